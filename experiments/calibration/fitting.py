"""The point fit: Gauss-Newton steps over standardised distances, with what is plausible beforehand as a gentle pull."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.optimize import least_squares, lsq_linear

from experiments.calibration.figures import SURE, Figure
from experiments.calibration.parameters import Numbers
from experiments.calibration.trials import Trials, mean_over_worlds, spread

STEP: Final = 0.5
"""Spreads to either side over which slopes are taken; large enough that a few encounters more or less do not matter."""

MATTERS: Final = 0.2
"""Tolerances by which a parameter must move some figure within a spread, to be fitted."""

MOST_STEPS: Final = 10
ROUNDS: Final = 3
ENOUGH: Final = 1.0
"""Half-squared standard deviations that another round must promise to be worth its trials; and a tenth of what is left.

Slopes from a few worlds promise too much: of .8 promised, .2 came true on a small organisation."""

NOWHERE: Final = 10.0
"""Distance of a figure that had nothing to measure."""

Told = Callable[[str], object]


@dataclass(frozen=True)
class Fit:
    """Where the fit came to. place: of every open parameter. reached: the figures there, means over the worlds.

    jacobian: slopes of the figures by spread of each fitted parameter. fitted: positions of these parameters.
    """

    place: Numbers
    reached: Numbers
    jacobian: Numbers
    fitted: tuple[int, ...]


@dataclass(frozen=True)
class Problem:
    """What is fitted: figures in the trials' worlds, by the parameters at these positions.

    errors: standard deviations of the model's own means, since they are of a few worlds only.
    weights: 0 leaves a figure out.
    """

    trials: Trials
    fitted: tuple[int, ...]
    errors: Numbers
    weights: Numbers

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are wanted."""
        return self.trials.figures

    def ends(self) -> tuple[Numbers, Numbers]:
        """Lowest and highest places of the fitted parameters."""
        ends = np.array([self.trials.parameters[place].ends() for place in self.fitted])
        return ends[:, 0], ends[:, 1]

    def whole(self, places: Numbers, around: Numbers) -> Numbers:
        """All parameters' places: these for the fitted ones, and those around for the others."""
        found = around.copy()
        found[list(self.fitted)] = places
        return found

    def distances(self, reached: Numbers) -> Numbers:
        """How far figures lie from what is wanted, each in its own tolerance; far off where there is no value.

        reached: figures along the last axis.
        """
        gaps = reached - self._wanted
        found = gaps / self._rooms(gaps)
        return np.asarray(np.where(np.isnan(found), NOWHERE, found))

    def deviations(self, reached: Numbers) -> Numbers:
        """The same in standard deviations of all that is unsure about them, by weight."""
        gaps = reached - self._wanted
        return np.asarray(np.where(np.isnan(gaps), NOWHERE, gaps) * self.scales(reached))

    def scales(self, reached: Numbers) -> Numbers:
        """What turns slopes of figures into slopes of deviations."""
        rooms = self._rooms(reached - self._wanted)
        return np.asarray(self.weights / np.hypot(rooms / SURE, self.errors))

    @property
    def _wanted(self) -> Numbers:
        return np.array([one.wanted for one in self.figures])

    def _rooms(self, gaps: Numbers) -> Numbers:
        below = np.array([one.below or np.inf for one in self.figures])
        above = np.array([one.above or np.inf for one in self.figures])
        return np.where(gaps < 0.0, below, above)


def slopes(trials: Trials, around: Numbers, positions: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Central differences of the figures under shared luck, by figure and parameter, and their standard errors."""
    return _differences(
        trials, [(_moved(trials, around, place, -STEP), _moved(trials, around, place, STEP)) for place in positions]
    )


def effects(trials: Trials, around: Numbers, positions: Sequence[int]) -> tuple[Numbers, Numbers]:
    """The same from one trial a parameter: a whole spread up, or down where there is more room."""
    sides = []
    for place in positions:
        low, high = trials.parameters[place].ends()
        step = 1.0 if high - around[place] >= min(1.0, around[place] - low) else -1.0
        sides.append((around, _moved(trials, around, place, step)))
    return _differences(trials, sides)


def _moved(trials: Trials, around: Numbers, position: int, step: float) -> Numbers:
    low, high = trials.parameters[position].ends()
    found = around.copy()
    found[position] = min(max(around[position] + step, low), high)
    return found


def _differences(trials: Trials, sides: Sequence[tuple[Numbers, Numbers]]) -> tuple[Numbers, Numbers]:
    """Slopes between two places that differ in one parameter, world by world: their means and standard errors."""
    widths = np.array([(other - one).sum() for one, other in sides])
    found = trials.by_world([place for pair in sides for place in pair])
    differences = (found[1::2] - found[0::2]) / widths[:, None, None]
    means = np.nan_to_num(mean_over_worlds(differences))
    spreads = np.array([spread(one) for one in differences])
    worlds = np.maximum(np.isfinite(differences).sum(axis=-1), 1)
    return means.T, (spreads / np.sqrt(worlds)).T


def that_matter(figures: Sequence[Figure], jacobian: Numbers, errors: Numbers) -> tuple[int, ...]:
    """Positions of the parameters that move some figure by more than a fifth of its tolerance, and surely so."""
    rooms = np.array([0.5 * ((one.below or 0.0) + (one.above or 0.0)) for one in figures])[:, None]
    strong = (np.abs(jacobian) >= MATTERS * rooms) & (np.abs(jacobian) > 2.0 * errors)
    return tuple(np.flatnonzero(strong.any(axis=0)).tolist())


def fit(problem: Problem, start: Numbers, jacobian: Numbers, rounds: int = ROUNDS, told: Told | None = None) -> Fit:
    """The places at which deviations of figures, and of places from where the scenario was, are least together.

    Between fresh slopes, each trial teaches the slopes along the way it went (Broyden), so that a step costs one trial.
    """
    place = start
    for number in range(rounds):
        place = _descend(problem, place, jacobian, told)
        reached = problem.trials.means([place])[0]
        if rounds == 1:
            break
        jacobian = slopes(problem.trials, place, problem.fitted)[0]
        if number == rounds - 1 or not _is_worth_it(problem, place, reached, jacobian):
            break
    return Fit(place, problem.trials.means([place])[0], jacobian, problem.fitted)


def _is_worth_it(problem: Problem, place: Numbers, reached: Numbers, jacobian: Numbers) -> bool:
    left = np.concatenate([problem.deviations(reached), place[list(problem.fitted)]])
    return promised(problem, place, reached, jacobian) >= max(ENOUGH, 0.1 * 0.5 * float(left @ left))


def promised(problem: Problem, place: Numbers, reached: Numbers, jacobian: Numbers) -> float:
    """By how much the slopes say that half the squared deviations could still fall."""
    here = place[list(problem.fitted)]
    step = linear_step(problem, here, reached, jacobian)
    scaled = problem.scales(reached)[:, None] * jacobian
    before = np.concatenate([problem.deviations(reached), here])
    after = np.concatenate([problem.deviations(reached) + scaled @ step, here + step])
    return float(0.5 * (before @ before - after @ after))


def linear_step(problem: Problem, here: Numbers, reached: Numbers, jacobian: Numbers) -> Numbers:
    """The best step if figures were straight lines, within the ends."""
    scaled = problem.scales(reached)[:, None] * jacobian
    matrix = np.vstack([scaled, np.eye(len(here))])
    wanted = -np.concatenate([problem.deviations(reached), here])
    low, high = problem.ends()
    room = np.maximum(high - here, 1e-9)
    return np.asarray(lsq_linear(matrix, wanted, (np.minimum(low - here, -1e-9), room)).x)


def _descend(problem: Problem, start: Numbers, jacobian: Numbers, told: Told | None) -> Numbers:
    secant = _Secant(problem, start, jacobian.copy(), told)
    low, high = problem.ends()
    first = np.clip(start[list(problem.fitted)], low, high)
    found = least_squares(
        secant.deviations,
        first,
        secant.slopes,
        bounds=(low, np.maximum(high, low + 1e-9)),
        method="dogbox",
        ftol=1e-2,
        xtol=1e-2,
        gtol=1e-3,
        max_nfev=MOST_STEPS,
    )
    return problem.whole(found.x, start)


class _Secant:
    """Deviations by trial, and slopes that learn from each."""

    def __init__(self, problem: Problem, around: Numbers, jacobian: Numbers, told: Told | None) -> None:
        self._problem, self._around, self._jacobian, self._told = problem, around, jacobian, told
        self._last: tuple[Numbers, Numbers] | None = None
        self._here: tuple[Numbers, Numbers] | None = None

    def deviations(self, places: Numbers) -> Numbers:
        reached = self._problem.trials.means([self._problem.whole(places, self._around)])[0]
        if self._here is not None:
            self._learn(places - self._here[0], reached - self._here[1])
        self._last = (places.copy(), reached)
        found = self._problem.deviations(reached)
        if self._told:
            self._told("fit")
        return np.concatenate([found, places])

    def slopes(self, places: Numbers) -> Numbers:
        if self._last is not None and np.array_equal(self._last[0], places):
            self._here = self._last
        reached = self._problem.trials.means([self._problem.whole(places, self._around)])[0]
        scaled = self._problem.scales(reached)[:, None] * self._jacobian
        return np.vstack([scaled, np.eye(len(places))])

    def _learn(self, step: Numbers, change: Numbers) -> None:
        length = float(step @ step)
        if length > 1e-6 and np.isfinite(change).all():
            self._jacobian += np.outer(change - self._jacobian @ step, step) / length
