"""What must hold after every week: each number in its range, nobody and no euro lost.

The rows of the weekly table are looked at after every block of weeks, everybody's records when a row is wrong and at
the end. A violation is a fault of the rules, not of the user: the run fails and says where, and others go on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents import customer, employee, leader, organisation
from agents.records import Column
from simulation.indicators import INDICATORS, WEEKLY
from simulation.state import World
from simulation.world import recorded

Numbers = npt.NDArray[np.float64]

HUGE: Final = 1e300
"""More than any number of a week can be."""

BY_UNIT: Final[Mapping[str, tuple[float, float]]] = {
    "share": (0.0, 1.0),
    "chance": (0.0, 1.0),
    "performance": (0.0, 1.0),
    "points": (-100.0, 100.0),
    "euro": (-HUGE, HUGE),
}
"""Ranges of indicators by their unit; any other counts something, so it is not below 0."""

GAPS: Final = frozenset({"gap_2", "gap_3", "gap_4", "gap_5"})
"""Differences of two performances."""

REVENUES: Final = ("revenue_usual", "revenue_fees", "revenue_premium")
COSTS: Final = (
    *("cost_payroll", "cost_overhead", "cost_compensation", "cost_rework", "cost_hiring", "cost_acquisition"),
    "investment",
)

SAME: Final = 1e-9
"""How far sums may differ in the last figures, as part of what is summed."""

PEOPLE: Final[Mapping[str, tuple[str, Sequence[Column]]]] = {
    "organisation": ("organisation", organisation.COLUMNS),
    "leader": ("leaders", leader.COLUMNS),
    "employee": ("employees", employee.COLUMNS),
    "customer": ("customers", customer.COLUMNS),
}
"""Whose records are looked at: what one is called, where they stand in a world, and the ranges of their columns."""

_FORMS: Final[tuple[np.dtype[Any], ...]] = (np.dtype("f8"), np.dtype("i4"), np.dtype("i1"))
"""Types of the numbers of a record."""


SEVERAL: Final = 1_000_000
"""People times weeks that pass between two looks, so that they cost no more than a part in a hundred."""


class Violation(ArithmeticError):
    """A number of a week that cannot be, or people or money that appeared or disappeared."""


def range_of(indicator: str) -> tuple[float, float]:
    """Least and greatest value that this indicator can have."""
    return (-1.0, 1.0) if indicator in GAPS else BY_UNIT.get(INDICATORS[indicator].unit, (0.0, HUGE))


_NAMES: Final = tuple(INDICATORS)
_LOW, _HIGH = (np.array([range_of(name)[end] for name in _NAMES]) for end in (0, 1))


class Guard:
    """Looks at the weeks of one world as they pass; small worlds' all at once at the end, since a look takes time."""

    def __init__(self, world: World, weeks: int, seen: int = 0) -> None:
        """weeks: that the world will have. seen: weeks that were looked at already."""
        self._world, self._weeks, self._seen = world, weeks, seen

    def passed(self, last: int) -> None:
        """The weeks up to `last` have passed. Raises Violation where they cannot be true."""
        if last == self._weeks or (last - self._seen) * len(self._world.customers) >= SEVERAL:
            guard(self._world, self._seen + 1, last, ends=last == self._weeks)
            self._seen = last


def guard(world: World, first: int, last: int, *, ends: bool = False) -> None:
    """See that weeks `first` to `last`, which have just passed, can be true. Raises Violation.

    ends: whether the last week of the world was among them; then everybody's records are looked at too.
    """
    rows = np.asarray(recorded(world, last))
    wrong = wrong_in(rows, first, len(world.customers))
    agent = wrong_with_agents(world) if wrong or ends else ""
    if wrong or agent:
        raise Violation(f"{wrong} ({agent})" if wrong and agent else wrong or f"{agent} after week {last}")


def wrong_in(rows: Any, first: int, people: int) -> str:
    """What is wrong with the rows of the weeks from `first` on, in words; empty where nothing is.

    rows: those of week 1 on. people: customers, prospects and customers of rivals together.
    """
    found = out_of_range(rows[first - 1 :], first)
    if found:
        return found
    return next((said for said in _lost(rows, max(first, 1), people) if said), "")


def out_of_range(rows: Any, first: int = 1) -> str:
    """The first number of these rows that lies outside its range, in words; NaN only where there is nothing to measure.

    first: the week of the first row.
    """
    values = numbers_of(rows)
    wrong = ~((values >= _LOW) & (values <= _HIGH))  # so is a NaN
    for place in np.flatnonzero(wrong.any(axis=0)):
        wrong[:, place] &= ~(np.isnan(values[:, place]) & _may_be_absent(rows, _NAMES[place]))
    if not wrong.any():
        return ""
    week, column = (int(found[0]) for found in np.nonzero(wrong))
    name, value = _NAMES[column], values[week, column]
    allowed = f"not from {_LOW[column]:g} to {_HIGH[column]:g}" if np.isfinite(value) else "no number"
    return f"{name} is {value:g} in week {first + week}, {allowed}"


def numbers_of(rows: Any) -> Numbers:
    """The rows as plain numbers, a row a week and a column an indicator."""
    assert rows.dtype == WEEKLY  # noqa: S101  the table of indicators makes both
    return np.ascontiguousarray(rows).view(np.float64).reshape(len(rows), -1)


def wrong_with_agents(world: World) -> str:
    """The first record whose number is none or outside its range, in words; empty where there is none."""
    return next((said for kind in PEOPLE for said in _beyond(world, kind)), "")


def _beyond(world: World, kind: str) -> Iterator[str]:
    place, columns = PEOPLE[kind]
    records = np.asarray(getattr(world, place))
    if not len(records) or _all_within(records, kind):
        return
    for column in columns:
        values = records[column.name]
        bad = ~((values >= column.low) & (values <= column.high))  # so is a NaN
        if bad.any():
            number = int(np.nonzero(bad)[0][0])
            yield f"{kind} {number}: {column.name} is {values[bad][0]:g}"


def _all_within(records: Any, kind: str) -> bool:
    """Whether all numbers lie in their ranges: looked at as one table for each type of number, which is quick."""
    for form, (places, low, high) in zip(_FORMS, _ranges(kind, records.dtype), strict=True):
        if places.size:
            values = np.ascontiguousarray(records).view(form).reshape(len(records), -1).T[places]  # a row a column
            if not ((values.min(axis=1) >= low) & (values.max(axis=1) <= high)).all():  # not of a NaN either
                return False
    return True


@cache
def _ranges(kind: str, layout: Any) -> list[tuple[Any, Numbers, Numbers]]:
    """For real numbers, and for whole ones: where in a record they stand, the least and the greatest value of each."""
    _, columns = PEOPLE[kind]
    found = []
    for form in _FORMS:
        spans = [(column, *layout.fields[column.name][:2]) for column in columns]
        own = [(column, kind, start) for column, kind, start in spans if kind.base == form]
        step = form.itemsize
        places = [range(start // step, (start + kind.itemsize) // step) for _, kind, start in own]
        low, high = (
            np.repeat([getattr(column, end) for column, _, _ in own], [len(span) for span in places])
            for end in ("low", "high")
        )
        found.append((np.array([place for span in places for place in span], "i8"), low, high))
    return found


def _may_be_absent(rows: Any, indicator: str) -> npt.NDArray[np.bool_]:
    """Where this indicator has nothing to measure in its week, and is NaN for that reason."""
    return np.asarray(_NOTHING[_ABSENT.get(indicator, "never")](rows))


_NOTHING: Final[Mapping[str, Callable[[Any], Any]]] = {
    "nobody": lambda rows: rows["employees"] == 0.0,
    "encounters": lambda rows: rows["encounters"] == 0.0,
    "failures": lambda rows: ~(rows["failure_rate"] > 0.0),
    "recoveries": lambda rows: ~(rows["recovery_rate"] > 0.0),
    "customers": lambda rows: rows["customers"] == rows["acquired"],
    "start": lambda rows: np.ones(len(rows), np.bool_),
    "never": lambda rows: np.zeros(len(rows), np.bool_),
}

_OF: Final[Mapping[str, str]] = {
    "nobody": "engagement share_engaged share_disengaged enps autonomy competence exhaustion values_fit service_norm "
    "reflection",
    "encounters": "performance effort delight_rate surprise_rate failure_rate felt_welcome felt_basics felt_tailored "
    "felt_unburdened felt_amazed",
    "failures": "voice_rate recovery_rate",
    "recoveries": "recovery_quality felt_recovered",
    "customers": "expectation desired satisfaction bond loyalty nps measured_satisfaction gap_2 gap_5",
    "start": "churn",
}
_ABSENT: Final = {name: why for why, names in _OF.items() for name in names.split()}


def _lost(rows: Any, first: int, people: int) -> Iterator[str]:
    """People or money that appeared or disappeared in a week from `first` on, in words."""
    now, before = rows[first - 1 :], rows[max(first - 2, 0) : -1]
    since = first if first > 1 else 2
    later = rows[since - 1 :]
    everybody = now["customers"] + now["prospects"] + now["with_rival"]
    yield _unequal("customers, prospects and customers of rivals", everybody, people, first, 0.0)
    came = before["employees"] + later["hires"] - later["quits"]
    yield _unequal("employees after hires and quits", later["employees"], came, since, 0.0)
    lost = before["customers"] + later["acquired"] - later["customers"]
    told = np.where(before["customers"] > 0.0, later["churn"], 0.0) * before["customers"] / 52.0
    yield _unequal("customers lost", lost, told, since, SAME * (1.0 + before["customers"]))
    earned = sum(now[name] for name in REVENUES)
    spent = sum(now[name] for name in COSTS)
    size = SAME * (1.0 + np.abs(earned) + np.abs(spent))
    yield _unequal("revenue", now["revenue"], earned, first, size)
    yield _unequal("cost", now["cost"], spent, first, size)
    yield _unequal("profit", now["profit"], now["revenue"] - now["cost"], first, size)
    kept = before["cash"] + later["profit"]
    yield _unequal("cash", later["cash"], kept, since, SAME * (1.0 + np.abs(before["cash"]) + np.abs(later["profit"])))


def _unequal(what: str, found: Any, expected: Any, first: int, apart: Any) -> str:
    expected = np.broadcast_to(expected, found.shape)
    wrong = ~(np.abs(found - expected) <= apart)
    if not wrong.any():
        return ""
    week = int(np.argmax(wrong))
    return f"{what}: {found[week]:.12g} in week {first + week}, and it should be {expected[week]:.12g}"
