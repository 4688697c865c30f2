"""Intervals for means and for paired differences, and what a replication comes to in its final year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.special import stdtrit

from results.errors import ResultsError

Numbers = Sequence[float] | npt.NDArray[np.float64]
Column = npt.NDArray[np.float64]

RUN_KEYS = ("scenario", "cell", "replication", "seed")
"""Columns of a weekly table that say which run a row is of."""

KEYS = (*RUN_KEYS, "week")
"""Columns that say whose row it is; all others are indicators or a sweep's factors."""

LAST_WEEKS = 52
"""Weeks at the end over which levels and differences are taken."""

FLOWS = frozenset(
    {
        "revenue",
        "cost",
        "profit",
        "investment",
        "quits",
        "hires",
        "acquired",
        "messages_positive",
        "messages_negative",
    }
)
"""Indicators that add up over the weeks of a year; the others are averaged."""

_OF_FAILURES = "felt_recovered recovery_quality recovery_rate voice_rate"
_OF_ENCOUNTERS = (
    "performance effort felt_welcome felt_basics felt_tailored felt_unburdened felt_amazed delight_rate surprise_rate "
    "failure_rate"
)
_OF_CUSTOMERS = "satisfaction measured_satisfaction expectation desired bond loyalty nps churn gap_2 gap_5"
_OF_EMPLOYEES = (
    "engagement share_engaged share_disengaged enps autonomy competence exhaustion values_fit service_norm reflection"
)
MAY_BE_ABSENT = frozenset(f"{_OF_FAILURES} {_OF_ENCOUNTERS} {_OF_CUSTOMERS} {_OF_EMPLOYEES}".split())
"""Indicators that have no value (NaN) in a week in which there was nothing to average: no failure, no encounter, no
customer or no employee, as happens in very small organisations; such weeks do not count."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over replications and the interval that holds the true mean with probability `level`.

    With one replication nothing is known of the spread: the interval is from minus to plus infinity.
    """

    mean: float
    low: float
    high: float
    n: int
    level: float


@dataclass(frozen=True, slots=True)
class PairedDifference(Interval):
    """What a what-if adds in the same worlds: mean and interval of the differences per replication.

    correlation: of baseline and what-if over the worlds; NaN where one of them does not vary.
    variance_ratio: how many times more replications independent seeds would need for the same interval;
    infinite where the difference is the same in every world.
    """

    correlation: float
    variance_ratio: float

    @property
    def saved(self) -> float:
        """Share of the worlds that shared luck saves against independent seeds; below 0 where it costs worlds."""
        return 1.0 - 1.0 / self.variance_ratio if self.variance_ratio else -inf


def mean_interval(values: Numbers, level: float = 0.95) -> Interval:
    """Mean and t interval of independent replications. ResultsError for none, or for one that is no number."""
    sample = _checked(values, "the values")
    mean, half = float(sample.mean()), _half_width(sample, level)
    return Interval(mean, mean - half, mean + half, sample.size, level)


def paired_difference(base: Numbers, what_if: Numbers, level: float = 0.95) -> PairedDifference:
    """What-if minus baseline, world by world, with the t interval of the mean difference.

    base, what_if: one value per replication, in the same order. Equal inputs give exact zeros.
    ResultsError for different lengths, for none, or naming the first replication that is no number.
    """
    one, other = _checked(base, "the baseline"), _checked(what_if, "the what-if")
    if one.size != other.size:
        raise ResultsError(
            f"The baseline has {one.size} replications and the what-if {other.size}; run both with the same number."
        )
    difference = other - one
    mean, half = float(difference.mean()), _half_width(difference, level)
    correlation, ratio = _pairing(one, other, difference)
    return PairedDifference(mean, mean - half, mean + half, one.size, level, correlation, ratio)


def finite(value: float) -> float | None:
    """The number as JSON has it: None where it is infinite or none."""
    return value if isfinite(value) else None


def final_year(weekly: pa.Table, weeks: int = LAST_WEEKS) -> pa.Table:
    """What each replication comes to in the last `weeks` weeks of its scenario.

    Returns one row per scenario (as they first appear), replication (ascending) and indicator, with `value`: the sum
    for FLOWS, the mean for all else, leaving out weeks without a value for MAY_BE_ABSENT (NaN if there is none).
    A run shorter than `weeks` counts whole. Where only every n-th week was kept, and the last, a flow is its mean times
    the weeks.
    """
    groups = _Groups(weekly, weeks)
    names = [name for name in weekly.column_names if name not in KEYS]
    values = np.array([groups.value(name) for name in names]).reshape(len(names), len(groups.starts))
    return pa.table(
        {
            "scenario": pa.array(np.repeat(groups.scenarios, len(names)), pa.string()),
            "replication": pa.array(np.repeat(groups.replications, len(names)), pa.int64()),
            "indicator": pa.array(names * len(groups.starts), pa.string()),
            "value": pa.array(values.T.ravel(), pa.float64()),
        }
    )


def by_indicator(final: pa.Table) -> Mapping[str, Column]:
    """The values of a final-year table of one scenario: indicator to one value per replication, in their order."""
    names = final.column("indicator").to_numpy()
    values = final.column("value").to_numpy()
    return {name: values[names == name] for name in dict.fromkeys(names.tolist())}


def first_week(weekly: pa.Table) -> int:
    """The week with which a run begins, though it may not be kept: 1, or 0 in a table that counts from there."""
    return min(1, int(weekly.column("week").to_numpy().min()))


class _Groups:
    """The rows of the last weeks, sorted so that each replication's rows stand together."""

    def __init__(self, weekly: pa.Table, weeks: int) -> None:
        absent = [name for name in ("scenario", "replication", "week") if name not in weekly.column_names]
        if absent or weekly.num_rows == 0:
            raise ResultsError(f"This is no weekly table: it has no {f'column {absent[0]!r}' if absent else 'rows'}.")
        names = weekly.column("scenario").to_pylist()
        codes = {name: code for code, name in enumerate(dict.fromkeys(names))}
        scenario = np.array([codes[name] for name in names])
        week, replication = (weekly.column(name).to_numpy() for name in ("week", "replication"))
        last = np.full(len(codes), np.iinfo(np.int64).min)
        np.maximum.at(last, scenario, week)
        order = np.lexsort((week, replication, scenario))
        self._rows = order[week[order] > (last[scenario] - weeks)[order]]
        self._weekly, self._week = weekly, week[self._rows]
        keys = np.stack((scenario[self._rows], replication[self._rows]))
        self.starts = np.flatnonzero(np.concatenate(([True], (np.diff(keys) != 0).any(axis=0))))
        self.scenarios = np.array(list(codes), dtype=object)[keys[0][self.starts]]
        self.replications = keys[1][self.starts]
        self._counts = np.diff(np.append(self.starts, keys.shape[1]))
        self._span = self._weeks_covered(weeks)

    def value(self, name: str) -> Column:
        """One value per replication of each scenario."""
        column = self._weekly.column(name).to_numpy().astype("f8")[self._rows]
        present = ~np.isnan(column) if name in MAY_BE_ABSENT else np.ones(column.size, dtype=bool)
        total = np.add.reduceat(np.where(present, column, 0.0), self.starts)
        counts = np.add.reduceat(present.astype("f8"), self.starts)
        if name in FLOWS:
            return np.asarray(np.where(self._counts == self._span, total, total / self._counts * self._span))
        return np.asarray(np.divide(total, counts, out=np.full(total.size, np.nan), where=counts > 0))

    def _weeks_covered(self, weeks: int) -> npt.NDArray[np.int64]:
        """How many weeks the rows of a replication stand for: `weeks`, or the whole of a shorter run."""
        ends = self._week[np.append(self.starts[1:], self._week.size) - 1]
        return np.asarray(np.minimum(weeks, ends - first_week(self._weekly) + 1))


def _checked(values: Numbers, whose: str) -> Column:
    sample = np.asarray(values, dtype="f8").ravel()
    if sample.size == 0:
        raise ResultsError(f"There are no replications in {whose}.")
    bad = np.flatnonzero(~np.isfinite(sample))
    if bad.size:
        raise ResultsError(
            f"Replication {bad[0]} of {whose} is {sample[bad[0]]}, no number; {bad.size} of {sample.size} are such. "
            "Find out why before comparing."
        )
    return sample


def _half_width(sample: Column, level: float) -> float:
    """Half the t interval; 0 where all values are the same, infinite for a single one that is not 0."""
    if not 0.0 < level < 1.0:
        raise ResultsError(f"An interval of {level} cannot be given: choose a level between 0 and 1, such as 0.95.")
    if (sample == sample[0]).all() and (sample.size > 1 or sample[0] == 0.0):
        return 0.0
    if sample.size == 1:
        return float("inf")
    freedom = sample.size - 1
    return float(stdtrit(freedom, 0.5 + level / 2.0) * sample.std(ddof=1) / np.sqrt(sample.size))


def _pairing(one: Column, other: Column, difference: Column) -> tuple[float, float]:
    """Correlation over the worlds, and how much variance the pairing saves."""
    if one.size < 2:
        return float("nan"), float("nan")
    apart = float(one.var(ddof=1) + other.var(ddof=1))
    together = 0.0 if (difference == difference[0]).all() else float(difference.var(ddof=1))
    spreads = float(one.std() * other.std())
    shared = float(((one - one.mean()) * (other - other.mean())).mean())
    return shared / spreads if spreads else float("nan"), apart / together if together else float("inf")
