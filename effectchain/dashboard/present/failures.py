"""What an encounter log tells of failures and recoveries: one customer's line, and how it goes on the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from effectchain.dashboard.present.measures import AS_MARK, Lines
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.replication import Replication
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import whole_log
from results.statistics import Interval, mean_interval

Chosen = npt.NDArray[np.bool_]

MILD, SEVERE, FAIR, EXCELLENT = 0.3, 0.6, 0.75, 0.9
"""The bounds that patterns 1 and 3 are judged by: severity of a failure, quality of a recovery."""

FEWEST: Final = 5
"""Failures of a kind in one world below which no mean is taken."""

SOONEST, APART = 8, 8
"""Weeks before a customer's first failure, and between both, so that a room sees what happened when."""

MET: Final = 2
"""Contacts that a customer had before the first failure."""

GAINED, LOST = 0.005, -0.05
"""Change of satisfaction by which a customer's two failures count as a gain and a clear loss."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One encounter of a customer, with satisfaction before and after it as marks from 1 to 10."""

    week: int
    before: float
    after: float
    failed: bool
    recovered: bool
    severity: float
    quality: float


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer whose first failure was made up for and more, and whose second was not.

    first, second: positions of both in contacts. left_week: when the customer left, or None.
    alike, of: how many customers went the same way, of all who met two failures.
    """

    number: int
    contacts: tuple[Contact, ...]
    first: int
    second: int
    left_week: int | None
    alike: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class WorldLog:
    """What is kept of one world's log."""

    above: npt.NDArray[np.float64]
    means: Mapping[str, float]
    counts: Mapping[str, int]
    best: tuple[float, Customer] | None
    alike: int
    of: int


@dataclass(frozen=True, slots=True)
class Log:
    """What the logs of all worlds come to.

    above: a row a world and a column a week: of all failures so far, the share after which the customer was more
    satisfied than before. groups: mean change of the mark by kind of failure; counts: failures of each kind.
    """

    above: Lines
    groups: Mapping[str, Interval]
    counts: Mapping[str, int]
    customer: Customer | None


def read_log(one: Replication, watch: Watch) -> WorldLog:
    """Live one world with its log, and keep what a story needs of it."""
    world = warmed_up(one.scenario, one.seed, one.number, one.weeks, watch, log=True)
    return summary(*whole_log(world, 1, one.weeks, watch), one.weeks)


def together(logs: Sequence[WorldLog]) -> Log:
    """All worlds in one."""
    names = sorted({name for log in logs for name in log.means})
    known = {name: [log.means[name] for log in logs if name in log.means] for name in names}
    best = max((log.best for log in logs if log.best), key=lambda found: found[0], default=None)
    alike, of = sum(log.alike for log in logs), sum(log.of for log in logs)
    customer = best and Customer(
        best[1].number, best[1].contacts, best[1].first, best[1].second, best[1].left_week, alike, of
    )
    return Log(
        np.array([log.above for log in logs]),
        MappingProxyType({name: mean_interval(values) for name, values in known.items()}),
        MappingProxyType({name: sum(log.counts.get(name, 0) for log in logs) for name in kinds_of_nothing()}),
        customer or None,
    )


def kinds_of_nothing() -> tuple[str, ...]:
    """The kinds of failures, by name."""
    return tuple(kinds(np.zeros(0, _FIELDS)))


_FIELDS: Final[Any] = [
    (name, "f8") for name in ("failed", "recovered", "severity", "prior_failures", "recovery_quality")
]


def kinds(events: Record) -> dict[str, Chosen]:
    """Which encounters are failures of each kind."""
    failed = events["failed"] == 1
    taken_up = failed & (events["recovered"] == 1)
    first, quality, severity = events["prior_failures"] == 0.0, events["recovery_quality"], events["severity"]
    return {
        "mild_first_excellent": taken_up & first & (severity <= MILD) & (quality >= EXCELLENT),
        "later": taken_up & ~first,
        "fair": taken_up & (quality <= FAIR),
        "severe": taken_up & (severity >= SEVERE),
        "not_taken_up": failed & ~taken_up,
    }


def summary(events: Record, departures: Record, weeks: int) -> WorldLog:
    """What a story needs of one world's log."""
    change = np.asarray(events["satisfaction_after"] - events["satisfaction_before"], dtype="f8")
    found = kinds(events)
    counts = {name: int(np.count_nonzero(chosen)) for name, chosen in found.items()}
    means = {
        name: AS_MARK[1] * float(change[chosen].mean()) for name, chosen in found.items() if counts[name] >= FEWEST
    }
    best, alike, of = _best_customer(events, departures, change)
    return WorldLog(_share_above(events, change, weeks), means, counts, best, alike, of)


def _share_above(events: Record, change: npt.NDArray[np.float64], weeks: int) -> npt.NDArray[np.float64]:
    failed = events["failed"] == 1
    week = np.asarray(events["week"][failed], dtype="i8") - 1
    above = np.bincount(week[change[failed] > 0.0], minlength=weeks).cumsum()[:weeks]
    all_failures = np.bincount(week, minlength=weeks).cumsum()[:weeks]
    return np.asarray(above / np.maximum(all_failures, 1))


def _best_customer(
    events: Record, departures: Record, change: npt.NDArray[np.float64]
) -> tuple[tuple[float, Customer] | None, int, int]:
    """The customer whose two failures show most clearly what a room is to see; how many are alike, and of how many."""
    order = np.lexsort((events["week"], events["customer"]))
    events, change = events[order], change[order]
    failures = np.flatnonzero(events["failed"] == 1)
    one, other = failures[:-1], failures[1:]
    same = events["customer"][one] == events["customer"][other]
    is_first = np.append(True, events["customer"][failures[1:-1]] != events["customer"][failures[:-2]])[: one.size]
    first = same & is_first & (events["prior_failures"][one] == 0.0)
    alike = first & (events["recovered"][one] == 1) & (change[one] > GAINED) & (change[other] < LOST)
    of, count = int(first.sum()), int(alike.sum())
    visible = alike & (events["week"][one] > SOONEST) & (events["week"][other] - events["week"][one] >= APART)
    visible &= events["severity"][other] < SEVERE
    visible &= (events["recovered"][other] == 0) | (events["recovery_quality"][other] <= FAIR)
    visible &= events["customer"][np.maximum(one - MET, 0)] == events["customer"][one]
    if not visible.any():
        return None, count, of
    score = np.where(visible, np.minimum(5.0 * change[one], -change[other]), -np.inf)
    place = int(np.argmax(score))
    return (float(score[place]), _customer(events, departures, int(one[place]), int(other[place]))), count, of


def _customer(events: Record, departures: Record, one: int, other: int) -> Customer:
    number = int(events["customer"][one])
    rows = np.flatnonzero(events["customer"] == number)
    gone = departures["week"][departures["customer"] == number]
    since = int(max([week for week in gone if week < events["week"][one]], default=0))
    later = [int(week) for week in gone if week >= events["week"][other]]
    left = min(later, default=None)
    rows = rows[(events["week"][rows] > since) & (events["week"][rows] <= (left or np.inf))]
    return Customer(
        number,
        tuple(_contact(events[row]) for row in rows),
        int(np.flatnonzero(rows == one)[0]),
        int(np.flatnonzero(rows == other)[0]),
        left,
    )


def _contact(event: Record) -> Contact:
    add, times = AS_MARK
    return Contact(
        week=int(event["week"]),
        before=add + times * float(event["satisfaction_before"]),
        after=add + times * float(event["satisfaction_after"]),
        failed=bool(event["failed"] == 1),
        recovered=bool(event["recovered"] == 1),
        severity=float(event["severity"]),
        quality=float(event["recovery_quality"]),
    )
