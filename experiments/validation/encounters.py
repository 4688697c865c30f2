"""What an encounter log tells of failures: changes of satisfaction, and who has left some time later."""

from typing import Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from experiments.validation.pattern import Numbers

Chosen = npt.NDArray[np.bool_]

YEAR: Final = 52
MANY_WEEKS: Final = 10_000
"""More than any run has: keeps customer and week apart in one number."""

FEWEST: Final = 5
"""Cases below which no mean is taken."""

MILD, SEVERE = 0.3, 0.6
POOR, FAIR, EXCELLENT = 0.5, 0.75, 0.9


def change_of(events: Record) -> Numbers:
    """Satisfaction after each encounter less before."""
    return np.asarray(events["satisfaction_after"] - events["satisfaction_before"], dtype="f8")


def mean_where(values: Numbers, chosen: Chosen) -> float:
    """The mean of the chosen ones; NaN for fewer than FEWEST."""
    return float(values[chosen].mean()) if np.count_nonzero(chosen) >= FEWEST else float("nan")


def recovered(events: Record) -> Chosen:
    """Which encounters failed and were taken up."""
    return np.asarray((events["failed"] == 1) & (events["recovered"] == 1))


def is_first(events: Record) -> Chosen:
    """Which encounters came to customers who have no failure in mind."""
    return np.asarray(events["prior_failures"] == 0.0)


def left_within(events: Record, departures: Record, weeks: int) -> Chosen:
    """Whether the customer of each encounter left within so many weeks of it."""
    when = np.sort(departures["customer"].astype("i8") * MANY_WEEKS + departures["week"])
    asked = events["customer"].astype("i8") * MANY_WEEKS + events["week"]
    place = np.searchsorted(when, asked)
    following = np.append(when, np.iinfo("i8").max)[place]
    return np.asarray(following <= asked + weeks)


def standardised(values: Numbers, group: Chosen, other: Chosen, strata: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Mean of a group, and what the other group's mean would be if it lay over the strata as the first does.

    Strata in which either has nobody do not count. NaN for both where there are fewer than FEWEST.
    """
    size = int(strata.max()) + 1
    of_group, of_other = (np.bincount(strata[chosen], minlength=size) for chosen in (group, other))
    sum_of_group, sum_of_other = (np.bincount(strata[chosen], values[chosen], size) for chosen in (group, other))
    both = (of_group > 0) & (of_other > 0)
    count = of_group[both].sum()
    if count < FEWEST:
        return float("nan"), float("nan")
    matched = float((sum_of_other[both] / of_other[both] * of_group[both]).sum() / count)
    return float(sum_of_group[both].sum() / count), matched
