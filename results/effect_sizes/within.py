"""Relations between things measured on units of several groups, taken within groups as meta-analyses do."""

from collections.abc import Callable
from math import inf, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from results.statistics import Interval
from results.surveys.statistics import correlation_interval

Numbers = npt.NDArray[np.float64]
Groups = npt.NDArray[np.int64]

LEVEL: Final = 0.95
DRAWS: Final = 1000
SEED: Final = 20
QUARTER: Final = 0.25


def within(values: Numbers, groups: Groups) -> Numbers:
    """Values less the mean of their group."""
    size = int(groups.max()) + 1
    means = np.bincount(groups, values, size) / np.maximum(np.bincount(groups, minlength=size), 1)
    return np.asarray(values - means[groups])


def standard(values: Numbers, groups: Groups) -> Numbers:
    """Values within groups, in standard deviations; zeros where they do not differ."""
    apart = within(values, groups)
    spread = float(apart.std())
    return apart / spread if spread else apart


def correlation(x: Numbers, y: Numbers, groups: Groups) -> Interval:
    """Correlation of deviations from group means, with Fisher's interval.

    One degree of freedom is lost for each group: the standard error of z is 1 / sqrt(n - groups - 2), which is
    1 / sqrt(n - 3) for a single group. NaN where one of both does not differ within groups.
    """
    one, other = within(x, groups), within(y, groups)
    spread = sqrt(float(one @ one) * float(other @ other))
    r = float(one @ other) / spread if spread else float("nan")
    low, high = correlation_interval(r, len(x) - len(np.unique(groups)) + 1, LEVEL)
    return Interval(r, low, high, len(x), LEVEL)


def quartile_levels(by: Numbers, of: Numbers, groups: Groups) -> tuple[float, float]:
    """The mean of `of` in the bottom and in the top quarter of units, ranked by `by` within groups.

    Levels are deviations from the group's mean on top of the mean of all, so that groups of other levels do not count.
    """
    rank = np.argsort(within(by, groups), kind="stable")
    quarter = max(1, round(QUARTER * len(rank)))
    levels = within(of, groups) + of.mean()
    return float(levels[rank[:quarter]].mean()), float(levels[rank[-quarter:]].mean())


def quartile_change(by: Numbers, of: Numbers, groups: Groups) -> float:
    """By how much `of` is higher in the top than in the bottom quarter of units, as a part of the bottom.

    NaN where the bottom is not above 0, as with a loss: a part of that says nothing.
    """
    bottom, top = quartile_levels(by, of, groups)
    return top / bottom - 1.0 if bottom > 0.0 else float("nan")


def slope(x: Numbers, y: Numbers, groups: Groups) -> float:
    """How much y is higher for each 1 of x, within groups."""
    one, other = within(x, groups), within(y, groups)
    return float(one @ other) / float(one @ one) if (one != 0.0).any() else float("nan")


def partial(x: Numbers, y: Numbers, given: Numbers, groups: Groups) -> float:
    """Correlation of x and y within groups, at equal values of a third."""
    a, b, c = (correlation(*pair, groups).mean for pair in ((x, y), (x, given), (y, given)))
    return (a - b * c) / sqrt((1.0 - b * b) * (1.0 - c * c))


def bootstrapped(figure: Callable[[Groups], float], groups: Groups) -> Interval:
    """A figure of units with its percentile interval over units drawn anew, with replacement, within their groups.

    figure: from the places of the units that are drawn to the figure. The draws are the same at each call.
    """
    places = np.arange(len(groups))
    luck = np.random.default_rng(SEED)
    members = [places[groups == group] for group in np.unique(groups)]
    found = np.array([figure(_anew(members, luck)) for _ in range(DRAWS)])
    sure = found[np.isfinite(found)]
    tail = (1.0 - LEVEL) / 2.0
    low, high = np.quantile(sure, (tail, 1.0 - tail)) if len(places) > len(members) and sure.size else (-inf, inf)
    return Interval(figure(places), float(low), float(high), len(groups), LEVEL)


def _anew(members: list[Groups], luck: np.random.Generator) -> Groups:
    return np.concatenate([of_group[luck.integers(0, len(of_group), len(of_group))] for of_group in members])
