"""Money over time: when a what-if has paid itself back, what it is worth today, and how deep it goes before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from results.errors import ResultsError
from results.proportion import Proportion, proportion
from results.statistics import Interval, finite, mean_interval
from results.trajectories import BAND, WEEKS_A_YEAR, Curve, lines_of_worlds

NEVER = math.inf
"""Week of pay-back where there is none within the run."""


@dataclass(frozen=True, slots=True)
class Payback:
    """When the profit that a what-if adds, its investment included, is above zero for good.

    weeks: of the run; nothing is known of later ones. worlds: how many there are.
    reached: worlds in which it pays back, among those in which profit changes at all; None where it does in none.
    first: week in the earliest world. early, median, late: weeks by which 1, 5 and 9 of 10 of these worlds have paid
    back. All are inf for not within the run.
    of_mean: the same week for the mean of all worlds. deepest: the lowest point of each world's sum, 0 at most.
    """

    weeks: int
    worlds: int
    reached: Proportion | None
    first: float
    early: float
    median: float
    late: float
    of_mean: float
    deepest: Interval

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to pay back: profit is the same to the bit in every week of every world."""
        return self.reached is None

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; null stands for weeks that lie beyond the run."""
        return {
            "weeks": self.weeks,
            "nothing_to_pay_back": self.is_nothing,
            "reached": self.reached and self.reached.as_data(),
            "week": {name: _week(getattr(self, name)) for name in ("first", "early", "median", "late", "of_mean")},
            "deepest": interval_data(self.deepest),
        }


def payback(base: pa.Table, what_if: pa.Table) -> Payback:
    """Pay-back of a what-if over its baseline from their weekly tables, world by world.

    ResultsError where the tables have other worlds or weeks, or not every week.
    """
    extra = gained(base, what_if)
    sums = extra.cumsum(axis=1)
    changing = (extra != 0.0).any(axis=1)
    weeks = np.array([paid_back(line) for line in sums[changing]])
    early, median, late = (_quantile(weeks, share) for share in ((1.0 - BAND) / 2.0, 0.5, (1.0 + BAND) / 2.0))
    return Payback(
        weeks=extra.shape[1],
        worlds=extra.shape[0],
        reached=proportion(int(np.isfinite(weeks).sum()), weeks.size) if weeks.size else None,
        first=float(weeks.min(initial=NEVER)),
        early=early,
        median=median,
        late=late,
        of_mean=paid_back(sums.mean(axis=0)),
        deepest=mean_interval(np.minimum(sums.min(axis=1), 0.0)),
    )


def paid_back(line: Curve) -> float:
    """The first week from which on a running sum stays above zero to its end; inf where it does not."""
    below = np.flatnonzero(line <= 0.0)
    first = int(below[-1]) + 2 if below.size else 1
    return float(first) if first <= line.size else NEVER


def present_value(base: pa.Table, what_if: pa.Table, interest: float) -> Interval:
    """The profit that a what-if adds over the run, worth at the start, with its 95 % interval over the worlds.

    interest: by which a year later counts less; each week's profit comes at the end of that week.
    """
    return mean_interval(discounted(gained(base, what_if), interest))


def discounted(lines: Curve, interest: float) -> Curve:
    """The worth of each line's weeks together at the start. ResultsError for an interest of -100 % or less."""
    if not interest > -1.0:
        raise ResultsError(f"An interest of {interest:g} a year cannot be; 0.05 is five per cent.")
    return np.asarray(lines @ (1.0 + interest) ** (-np.arange(1, lines.shape[1] + 1) / WEEKS_A_YEAR))


def cash_curve(base: pa.Table, what_if: pa.Table) -> pa.Table:
    """The running sum of the profit that a what-if adds: week, mean, low, high, lower, upper.

    low and high bound the 95 % interval of the mean (null for one world); 8 of 10 worlds lie from lower to upper.
    """
    sums = gained(base, what_if).cumsum(axis=1)
    found = [mean_interval(week) for week in sums.T]
    lower, upper = np.quantile(sums, ((1.0 - BAND) / 2.0, (1.0 + BAND) / 2.0), axis=0)
    return pa.table(
        {
            "week": pa.array(range(1, sums.shape[1] + 1), pa.int32()),
            "mean": [one.mean for one in found],
            "low": pa.array([finite(one.low) for one in found], pa.float64()),
            "high": pa.array([finite(one.high) for one in found], pa.float64()),
            "lower": lower,
            "upper": upper,
        }
    )


def gained(base: pa.Table, what_if: pa.Table, indicator: str = "profit") -> Curve:
    """What a what-if adds to an indicator: one row a world, one column a week. ResultsError as `payback`."""
    (weeks, before), (others, after) = (
        lines_of_worlds(name, table, indicator) for name, table in (("baseline", base), ("what-if", what_if))
    )
    if not np.array_equal(weeks, others) or before.shape != after.shape:
        raise ResultsError("Baseline and what-if do not have the same weeks and worlds; run both alike.")
    if not np.array_equal(np.diff(weeks), np.ones(weeks.size - 1)):
        raise ResultsError("Sums of money need every week; this table holds only some of them.")
    return np.asarray(after - before)


def interval_data(found: Interval) -> dict[str, Any]:
    """Mean and interval for JSON, null for what does not exist."""
    return {"mean": found.mean, "interval": [finite(found.low), finite(found.high)]}


def _week(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None


def _quantile(weeks: Sequence[float] | Curve, share: float) -> float:
    """A week that a world has, so that none is made up between a week and never."""
    return float(np.quantile(weeks, share, method="inverted_cdf")) if len(weeks) else NEVER
