"""Plausible organisations: draws of what the figures leave open, each lived and kept only where it meets them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from experiments.calibration.determined import Posterior
from experiments.calibration.fitting import Fit, Problem
from experiments.calibration.parameters import Numbers

WAVES: Final = 6
CANDIDATES: Final = 400
"""Draws for each that is lived: the emulator says which are worth it."""

LEAST_LIVED: Final = 8
EASE: Final = 0.5
"""Tolerances beyond the best fit that are allowed for a figure that even the best fit does not meet."""

Told = Callable[[int], object]


@dataclass(frozen=True)
class Plausible:
    """Places of every open parameter, a row an organisation, and what the figures come to in each.

    lived: how many were tried.
    """

    places: Numbers
    reached: Numbers
    lived: int


def bands(problem: Problem, found: Fit) -> Numbers:
    """Greatest distance from each figure that is allowed: its tolerance, or a little more than the best fit's."""
    best = np.abs(problem.distances(found.reached))
    return np.asarray(np.where(best <= 1.0, 1.0, best + EASE))


def plausible(
    problem: Problem, found: Fit, left: Posterior, count: int, seed: int, told: Told | None = None
) -> Plausible:
    """So many organisations, or fewer where six waves of trials do not find them; the best fit is not among them.

    What the figures say nothing about is drawn as plausible beforehand. Each wave draws from the posterior, weighs the
    draws by an emulator that all trials of earlier waves have taught, and lives those drawn by these weights.
    """
    emulator = Emulator(found, len(problem.trials.parameters))
    allowed = bands(problem, found)
    tried, values = np.empty((0, found.place.size)), np.empty((0, len(problem.figures)))
    for wave in range(WAVES):
        met = _met(problem, values, allowed)
        if met.sum() >= count:
            break
        random = np.random.default_rng(np.random.SeedSequence([seed, wave]))
        rate = met.mean() if wave else 0.7
        wanted = max(LEAST_LIVED, int(np.ceil((count - met.sum()) / min(max(rate, 0.3), 0.9))))
        points = _drawn(problem, found, left, emulator, allowed, wanted, random)
        if not len(points):
            break
        tried = np.concatenate([tried, points])
        values = np.concatenate([values, problem.trials.means(list(points))])
        emulator.learn(problem, tried, values)
        if told:
            told(int(min(_met(problem, values, allowed).sum(), count)))
    met = _met(problem, values, allowed)
    return Plausible(tried[met][:count], values[met][:count], len(tried))


def _met(problem: Problem, values: Numbers, allowed: Numbers) -> npt.NDArray[np.bool_]:
    """Which of these trials meet every figure as far as allowed."""
    return np.asarray((np.abs(problem.distances(values)) <= allowed).all(axis=1))


def _drawn(
    problem: Problem,
    found: Fit,
    left: Posterior,
    emulator: "Emulator",
    allowed: Numbers,
    count: int,
    random: np.random.Generator,
) -> Numbers:
    """Places that the emulator thinks within the bands, drawn by how plausible they are; perhaps fewer."""
    fitted = list(found.fitted)
    ends = np.array([one.ends() for one in problem.trials.parameters])
    places = random.standard_normal((CANDIDATES * count, found.place.size))
    root = np.linalg.cholesky(left.covariance)
    bells = places[:, fitted].copy()
    places[:, fitted] = found.place[fitted] + bells @ root.T
    inside = ((places >= ends[:, 0]) & (places <= ends[:, 1])).all(axis=1)
    places, bells = places[inside], bells[inside]
    reached = emulator.reached(places)
    near = _met(problem, reached, allowed)
    places, bells, reached = places[near], bells[near], reached[near]
    deviations = problem.deviations(reached)
    target = -0.5 * ((deviations**2).sum(axis=1) + (places[:, fitted] ** 2).sum(axis=1))
    proposed = -0.5 * (bells**2).sum(axis=1)
    order = np.argsort(-(target - proposed + random.gumbel(size=len(places))), kind="stable")
    return np.asarray(places[order[:count]])


class Emulator:
    """What the figures come to, as straight lines from the best fit, bent by what trials teach."""

    def __init__(self, found: Fit, parameters: int) -> None:
        """Begins with the slopes at the best fit; parameters that were not fitted have none."""
        self._here, self._reached = found.place, found.reached
        self._lines = np.zeros((parameters, found.reached.size))
        self._lines[list(found.fitted)] = found.jacobian.T
        self._bends = np.zeros((2 * parameters, found.reached.size))

    def reached(self, places: Numbers) -> Numbers:
        """The figures at these places, a row a place."""
        return np.asarray(self._reached + (places - self._here) @ self._lines + self._terms(places) @ self._bends)

    def learn(self, problem: Problem, places: Numbers, values: Numbers) -> None:
        """Correct lines and bends by ridge regression on what these trials came to beside the lines."""
        scales = problem.scales(self._reached)
        known = np.isfinite(values).all(axis=1)
        beside = (values - self._reached - (places - self._here) @ self._lines)[known] * scales
        terms = self._terms(places[known])
        gram = terms.T @ terms + np.eye(terms.shape[1])
        self._bends = np.linalg.solve(gram, terms.T @ beside) / np.where(scales > 0.0, scales, 1.0)

    def _terms(self, places: Numbers) -> Numbers:
        moved = places - self._here
        return np.concatenate([moved, 0.5 * moved**2], axis=1)
