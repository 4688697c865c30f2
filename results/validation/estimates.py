"""Figures with their 95 % intervals from one number a replication: means, and ratios of means."""

from math import inf, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from results.statistics import Interval, Numbers, mean_interval

LEVEL: Final = 0.95


def exact(value: float) -> Interval:
    """A figure in which no luck plays a part: of no replication."""
    return Interval(value, value, value, 0, LEVEL)


def mean_of(values: Numbers) -> Interval:
    """The mean over replications. ResultsError for one that is no number."""
    return mean_interval(values, LEVEL)


def ratio_of(above: Numbers, below: Numbers) -> Interval:
    """Mean of `above` over mean of `below`, paired by replication, with Fieller's interval [Fieller 1954].

    Without end on both sides where the lower mean cannot be told from 0.
    """
    one, other = np.asarray(above, "f8"), np.asarray(below, "f8")
    first, second = mean_interval(one, LEVEL), mean_interval(other, LEVEL)
    ratio = first.mean / second.mean if second.mean else float("nan")
    low, high = (-inf, inf) if one.size < 2 else _fieller(one, other)
    return Interval(ratio, low, high, one.size, LEVEL)


def _fieller(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> tuple[float, float]:
    reach = float(stdtrit(one.size - 1, 0.5 + LEVEL / 2.0)) ** 2 / one.size
    (v11, v12), (_, v22) = np.cov(one, other)
    a = other.mean() ** 2 - reach * v22
    b = one.mean() * other.mean() - reach * v12
    c = one.mean() ** 2 - reach * v11
    inside = max(0.0, b * b - a * c)
    if a <= 0.0:
        return -inf, inf
    return float((b - sqrt(inside)) / a), float((b + sqrt(inside)) / a)
