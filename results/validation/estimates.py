"""Figures with their 95 % intervals from one number a replication: means, and ratios of means."""

from math import inf, nan, sqrt
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
    """The mean over replications; nothing is known of it where one of them had nothing to measure (NaN)."""
    sample = np.asarray(values, "f8")
    return mean_interval(sample, LEVEL) if np.isfinite(sample).all() else unknown(sample.size)


def unknown(replications: int) -> Interval:
    """A figure of which nothing is known."""
    return Interval(nan, -inf, inf, replications, LEVEL)


def ratio_of(above: Numbers, below: Numbers) -> Interval:
    """Mean of `above` over mean of `below`, paired by replication, with Fieller's interval [Fieller 1954].

    Without end on both sides where the lower mean cannot be told from 0, or where a replication had nothing to measure.
    """
    one, other = np.asarray(above, "f8"), np.asarray(below, "f8")
    if not (np.isfinite(one).all() and np.isfinite(other).all() and other.mean()):
        return unknown(one.size)
    low, high = (-inf, inf) if one.size < 2 else _fieller(one, other)
    return Interval(float(one.mean() / other.mean()), low, high, one.size, LEVEL)


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
