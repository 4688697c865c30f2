"""What the figures say about the parameters: which they determine, which can be traded, and which figures conflict."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from experiments.calibration.fitting import Fit, Problem, fit, linear_step
from experiments.calibration.parameters import Numbers

Known = Literal["determined", "partly", "undetermined", "no_part"]

DETERMINED: Final = 0.5
UNDETERMINED: Final = 0.85
"""Parts of the prior spread that are left, below and above which a parameter counts as determined or not."""

TRADED: Final = 0.7
"""Correlation left between two parameters from which on one can be traded against the other."""

RELIEF: Final = 0.3
"""Part of a figure's distance that must go without another figure for the two to be in conflict."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is left unsure of the fitted parameters. covariance: in squared spreads; before any figure it is 1.

    strengths: singular values of the slopes in standard deviations a spread: directions above 1 are told by figures.
    """

    covariance: Numbers
    strengths: Numbers
    moved: Numbers

    @property
    def spreads(self) -> Numbers:
        """What is left of each prior spread."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))

    def known(self) -> list[Known]:
        """How well each parameter is determined."""
        return [
            "determined" if left <= DETERMINED else "partly" if left <= UNDETERMINED else "undetermined"
            for left in self.spreads
        ]

    def trades(self) -> list[tuple[int, int, float]]:
        """Pairs of parameters that figures notice but cannot tell apart, with the correlation left; strongest first."""
        correlation = self.covariance / np.outer(self.spreads, self.spreads)
        pairs = [
            (one, other, float(correlation[one, other]))
            for other in range(len(correlation))
            for one in range(other)
            if abs(correlation[one, other]) >= TRADED and min(self.moved[one], self.moved[other]) >= 1.0
        ]
        return sorted(pairs, key=lambda pair: -abs(pair[2]))


def posterior(problem: Problem, found: Fit) -> Posterior:
    """The posterior around the fit if figures were straight lines there."""
    scaled = problem.scales(found.reached)[:, None] * found.jacobian
    precision = scaled.T @ scaled + np.eye(len(found.fitted))
    covariance = np.asarray(np.linalg.inv(precision), dtype="f8")
    strengths = np.asarray(np.linalg.svd(scaled, compute_uv=False), dtype="f8")
    return Posterior(covariance, strengths, np.sqrt((scaled**2).sum(axis=0)))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that cannot be met with all others. alone: what it comes to when it is the only one.

    is_reachable: whether it is met then. others: figures without which it would come markedly nearer.
    """

    figure: str
    alone: float
    is_reachable: bool
    others: tuple[str, ...]


def conflicts(problem: Problem, found: Fit, most: int = 4) -> list[Conflict]:
    """Why each figure that is not met is not: out of reach on its own, or at odds with others."""
    distances = problem.distances(found.reached)
    unmet = [place for place in np.argsort(-np.abs(distances)) if abs(distances[place]) > 1.0]
    return [_conflict(problem, found, int(place)) for place in unmet[:most]]


def _conflict(problem: Problem, found: Fit, place: int) -> Conflict:
    only = replace(problem, weights=np.eye(len(problem.figures))[place])
    alone = fit(only, found.place, found.jacobian, rounds=1)
    value = float(alone.reached[place])
    is_reachable = bool(abs(problem.distances(alone.reached)[place]) <= 1.0)
    return Conflict(problem.figures[place].name, value, is_reachable, _others(problem, found, place))


def _others(problem: Problem, found: Fit, place: int) -> tuple[str, ...]:
    """Figures without which, if figures were straight lines, this one would come nearer by a good part."""
    with_all = abs(_after_step(problem, found, place))
    nearer: dict[str, float] = {}
    for other in range(len(problem.figures)):
        if other != place:
            weights = problem.weights.copy()
            weights[other] = 0.0
            left = abs(_after_step(replace(problem, weights=weights), found, place))
            nearer[problem.figures[other].name] = 1.0 - left / with_all if with_all else 0.0
    return tuple(name for name, relief in sorted(nearer.items(), key=lambda item: -item[1]) if relief >= RELIEF)


def _after_step(problem: Problem, found: Fit, place: int) -> float:
    here = found.place[list(found.fitted)]
    step = linear_step(problem, here, found.reached, found.jacobian)
    return float(
        problem.deviations(found.reached)[place] + problem.scales(found.reached)[place] * found.jacobian[place] @ step
    )


def strongest(figures: Sequence[str], scaled: Numbers) -> str:
    """The figure that moves most; empty where none does."""
    return figures[int(np.argmax(np.abs(scaled)))] if np.abs(scaled).max(initial=0.0) > 0.0 else ""
