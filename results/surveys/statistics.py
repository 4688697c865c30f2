"""What surveys are summarised by: reliability, correlations, and how much of them lies between units."""

from dataclasses import dataclass
from math import atanh, inf, isnan, nan, sqrt, tanh

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri, fdtri, ndtri

Column = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Variance:
    """How the variance of answers divides over units: mean squares and sizes of a one-way analysis of variance.

    size: mean number of answers in a unit.
    """

    between: float
    within: float
    units: int
    answers: int
    size: float

    @property
    def icc(self) -> float:
        """ICC(1): the share of variance that lies between units [Bartko 1976]; NaN where nothing varies."""
        spread = self.between + (self.size - 1.0) * self.within
        return (self.between - self.within) / spread if spread > 0.0 else nan


def alpha(items: Column) -> float:
    """Cronbach's alpha of answers (a row a respondent, a column an item), over those who answered all of them.

    NaN for a single item, for fewer than two respondents, and where nothing varies.
    """
    whole = items[~np.isnan(items).any(axis=1)]
    respondents, count = whole.shape
    if count < 2 or respondents < 2:
        return nan
    total = float(whole.sum(axis=1).var(ddof=1))
    return count / (count - 1.0) * (1.0 - float(whole.var(axis=0, ddof=1).sum()) / total) if total > 0.0 else nan


def correlation(one: Column, other: Column) -> tuple[float, int]:
    """Pearson's correlation over those who have both, and how many they are; NaN where one of them does not vary."""
    both = ~(np.isnan(one) | np.isnan(other))
    x, y = one[both], other[both]
    if x.size < 2:
        return nan, int(x.size)
    x, y = x - x.mean(), y - y.mean()
    spread = sqrt(float((x * x).sum()) * float((y * y).sum()))
    return (float((x * y).sum()) / spread if spread > 0.0 else nan), int(x.size)


def correlation_interval(r: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """The interval of a correlation of n independent pairs [Fisher 1921]; -1 to 1 for fewer than four, or for NaN."""
    if n <= 3 or isnan(r):
        return -1.0, 1.0
    if abs(r) >= 1.0:
        return r, r
    half = float(ndtri(0.5 + level / 2.0)) / sqrt(n - 3.0)
    return tanh(atanh(r) - half), tanh(atanh(r) + half)


def spread_interval(sd: float, n: int, level: float = LEVEL) -> tuple[float, float]:
    """The chi-square interval of a standard deviation of n values."""
    if n < 2:
        return 0.0, inf
    low, high = (float(chdtri(n - 1, tail)) for tail in (0.5 - level / 2.0, 0.5 + level / 2.0))
    return sd * sqrt((n - 1) / low), sd * sqrt((n - 1) / high)


def variance(values: Column, units: Codes) -> Variance:
    """The one-way analysis of variance of values over units; those without a value are left out.

    units: of each value, its unit's number. Mean squares are NaN where there are too few units or answers.
    """
    there = ~np.isnan(values)
    values, units = values[there], units[there]
    found, codes, sizes = np.unique(units, return_inverse=True, return_counts=True)
    answers, count = int(values.size), int(found.size)
    if count < 2 or answers <= count:
        return Variance(nan, nan, count, answers, answers / count if count else nan)
    means = np.bincount(codes, values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum()) / (count - 1)
    within = float(((values - means[codes]) ** 2).sum()) / (answers - count)
    return Variance(between, within, count, answers, answers / count)


def icc_interval(found: Variance, level: float = LEVEL) -> tuple[float, float]:
    """The interval of ICC(1) from the F distribution [McGraw & Wong 1996], exact for units of equal size."""
    if found.units < 2 or found.answers <= found.units or not found.within > 0.0:
        return -1.0, 1.0
    ratio, tail = found.between / found.within, 0.5 + level / 2.0
    low = ratio / float(fdtri(found.units - 1, found.answers - found.units, tail))
    high = ratio * float(fdtri(found.answers - found.units, found.units - 1, tail))
    return tuple((end - 1.0) / (end + found.size - 1.0) for end in (low, high))  # type: ignore[return-value]


def within_units(one: Column, other: Column, units: Codes) -> tuple[float, int]:
    """The correlation of deviations from unit means, and its degrees of freedom and two: answers less units and one."""
    x, y, codes, _ = _both(one, other, units)
    if not x.size:
        return nan, 0
    sizes = np.bincount(codes)
    r, n = correlation(x - (np.bincount(codes, x) / sizes)[codes], y - (np.bincount(codes, y) / sizes)[codes])
    return r, n - int(sizes.size) + 1


def between_units(one: Column, other: Column, units: Codes) -> tuple[float, int]:
    """The correlation of raw unit means, each unit counted once, and how many units there are."""
    x, y, codes, count = _both(one, other, units)
    if count < 2:
        return nan, count
    sizes = np.bincount(codes)
    return correlation(np.bincount(codes, x) / sizes, np.bincount(codes, y) / sizes)


def _both(one: Column, other: Column, units: Codes) -> tuple[Column, Column, Codes, int]:
    """Values of those who have both, with the places of their units among those that are left."""
    both = ~(np.isnan(one) | np.isnan(other))
    found, codes = np.unique(units[both], return_inverse=True)
    return one[both], other[both], codes, int(found.size)


def net_score(values: Column) -> float:
    """Percentage of answers of 9 and more less that of 6 and less [Reichheld 2003]; NaN for no answers."""
    there = values[~np.isnan(values)]
    return 100.0 * float((there >= 9.0).mean() - (there <= 6.0).mean()) if there.size else nan
