"""A few of those who changed: two worlds lived once more, week by week, to see when and over what their ways parted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from experiments.comparison.census import Census, Mask, are_customers, hired_weeks
from experiments.comparison.twins import cells, changed
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.replication import Replication
from experiments.worlds.watch import Watch
from experiments.worlds.workers import in_threads
from results.effects.twins import EXHAUSTED, Cell, Example, Outcome
from simulation.state import World
from simulation.week import live_weeks

Numbers = npt.NDArray[np.int64]
Lines = npt.NDArray[np.float32]
"""One row a week, one column a person."""

MOST_FOLLOWED: Final = 100
"""People of one cell of one world who are looked at; the first by number."""

MOST_WORLDS: Final = 3

VISIBLE: Final = 0.01
"""Least difference in what is told of an example."""

SHOWN: Final[Mapping[Outcome, tuple[str, ...]]] = {
    "customers_kept": ("satisfaction", "failures"),
    "customers_won": ("hearsay", "reputation"),
    "employees_kept": ("engagement", "exhaustion"),
    "employees_well": ("exhaustion", "engagement"),
}
"""What is told of somebody; by the first of these the clearest examples are chosen."""

CUSTOMERS: Final = ("satisfaction", "failures", "hearsay")
EMPLOYEES: Final = ("engagement", "exhaustion")
LESS_IS_BETTER: Final = frozenset({"exhaustion", "failures"})
TOLD_AT_END: Final = frozenset({"employees_well"})
"""Outcomes that part at a threshold, so that the people are told as they are in the end; others as they part."""

STARTS_OUT: Final = frozenset({"customers_won"})
"""Outcomes that nobody has as week 1 begins."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Some people of one outcome and one cell, in one pair of worlds: customers' numbers or employees' seats."""

    outcome: Outcome
    cell: Cell
    people: Numbers
    hired: Numbers | None

    @property
    def sign(self) -> float:
        """1 where the good outcome is the what-if's, -1 where it is the baseline's."""
        return 1.0 if self.cell == "only_what_if" else -1.0


@dataclass(frozen=True, slots=True)
class Course:
    """How some people fared in one world: whether the outcome held as each week ended, and what they were like."""

    holds: Mask
    states: Mapping[str, Lines]


def find_examples(
    base: Replication,
    what_if: Replication,
    counted: Sequence[tuple[Census, Census]],
    each: int,
) -> tuple[Example, ...]:
    """At most `each` people of every outcome and cell whose ways parted most clearly.

    base, what_if: any replication of each; counted: the people of all pairs of worlds, by number of replication.
    From the world in which a usual number of people changed, and from at most two more for kinds it does not have.
    """
    found: list[Example] = []
    for number in _usual_first(counted)[:MOST_WORLDS]:
        known = {(one.outcome, one.cell) for one in found}
        here = [group for group in _wanted(*counted[number]) if (group.outcome, group.cell) not in known]
        pair = [replace(one, number=number) for one in (base, what_if)]
        weeks = sum(one.all_weeks for one in pair)
        before_and_after = in_threads(pair, partial(follow, groups=here), weeks)
        for group, before, after in zip(here, *before_and_after, strict=True):
            found += _clearest(group, number, before, after, each)
    return tuple(sorted(found, key=lambda one: (list(SHOWN).index(one.outcome), one.cell != "only_what_if")))


def follow(one: Replication, watch: Watch, groups: Sequence[Wanted]) -> list[Course]:
    """Live a world week by week and write down how each group fares."""
    world = warmed_up(one.scenario, one.seed, one.number, one.weeks, watch)
    courses = [_empty(group, one.weeks) for group in groups]
    for week in range(1, one.weeks + 1):
        live_weeks(world, week, week)
        watch.passed(1)
        for group, course in zip(groups, courses, strict=True):
            _write_down(world, group, course, week - 1)
    return courses


def parted(base: Course, what_if: Course) -> Numbers:
    """For each person the week from which on the outcome differs to the end."""
    same = base.holds == what_if.holds
    weeks = same.shape[0]
    last_same = weeks - np.argmax(same[::-1], axis=0)
    return np.where(same.any(axis=0), last_same, 0) + 1


def _wanted(base: Census, what_if: Census) -> list[Wanted]:
    """Everybody of one pair of worlds who may serve as an example."""
    found = cells(base, what_if)
    stayed = base.stayed & what_if.stayed
    return [
        Wanted(outcome, cell, people, base.hired[people].astype(np.int64) if _is_employee(outcome) else None)
        for outcome in SHOWN
        for cell in ("only_what_if", "only_base")
        for people in [_some(found[outcome][cell] & stayed if outcome == "employees_well" else found[outcome][cell])]
        if people.size
    ]


def _usual_first(counted: Sequence[tuple[Census, Census]]) -> list[int]:
    """Worlds in which people changed, those first in which a usual number did."""
    changes = np.array([sum(map(changed, cells(*pair).values())) for pair in counted])
    order = np.argsort(np.abs(changes - np.median(changes)), kind="stable")
    return [int(number) for number in order if changes[number]]


def _clearest(group: Wanted, number: int, base: Course, what_if: Course, each: int) -> list[Example]:
    """Those who leave, join or burn out in one world only and differ most in what is told of them."""
    weeks = parted(base, what_if)
    told = np.full(weeks.size, base.holds.shape[0]) if group.outcome in TOLD_AT_END else weeks
    states = {name: _pair(base.states[name], what_if.states[name], told) for name in SHOWN[group.outcome]}
    decisive = SHOWN[group.outcome][0]
    gap = group.sign * (states[decisive][1] - states[decisive][0])
    clear = np.where(_plainly(group, base, weeks), -gap if decisive in LESS_IS_BETTER else gap, -np.inf)
    chosen = [int(place) for place in np.argsort(-clear, kind="stable")[:each] if clear[place] >= VISIBLE]
    return [_example(group, number, int(weeks[place]), place, states) for place in chosen]


def _pair(base: Lines, what_if: Lines, weeks: Numbers) -> tuple[Lines, Lines]:
    """For each person a number of a week of their own, in the baseline and in the what-if."""
    who = np.arange(weeks.size)
    return base[weeks - 1, who], what_if[weeks - 1, who]


def _plainly(group: Wanted, base: Course, weeks: Numbers) -> Mask:
    """Whether the ways part because somebody leaves, joins or burns out, not because somebody comes back."""
    who = np.arange(weeks.size)
    starts_out = group.outcome in STARTS_OUT
    held = np.where(weeks > 1, base.holds[weeks - 2, who], not starts_out)
    return np.asarray(held != starts_out)


def _example(group: Wanted, number: int, week: int, place: int, states: Mapping[str, tuple[Lines, Lines]]) -> Example:
    return Example(
        outcome=group.outcome,
        cell=group.cell,
        replication=number,
        person=int(group.people[place]),
        hired=None if group.hired is None else int(group.hired[place]),
        week=week,
        states={name: (float(before[place]), float(after[place])) for name, (before, after) in states.items()},
    )


def _empty(group: Wanted, weeks: int) -> Course:
    shape = (weeks, group.people.size)
    names = EMPLOYEES if _is_employee(group.outcome) else (*CUSTOMERS, "reputation")
    return Course(np.zeros(shape, bool), {name: np.zeros(shape, np.float32) for name in names})


def _write_down(world: World, group: Wanted, course: Course, row: int) -> None:
    """How the people of a group are as a week ends."""
    if group.hired is None:
        course.holds[row] = are_customers(world)[group.people]
        course.states["reputation"][row] = world.organisation[0].reputation
    else:
        course.holds[row] = hired_weeks(world)[group.people] == group.hired
    records = (world.customers if group.hired is None else world.employees)[group.people]
    for name in CUSTOMERS if group.hired is None else EMPLOYEES:
        course.states[name][row] = records[name]
    if group.outcome == "employees_well":
        course.holds[row] = course.states["exhaustion"][row] < EXHAUSTED


def _some(people: Mask) -> Numbers:
    return np.flatnonzero(people)[:MOST_FOLLOWED]


def _is_employee(outcome: Outcome) -> bool:
    return outcome.startswith("employees")
