"""The model written a second time, as plain Mesa objects, lives the same lives: every number of every week, to the bit.

The behaviour rules are shared. Who acts when, on what, with which luck, and what is counted, is written anew in
`benchmarks/plain`; so a slip in the compiled week would show itself here.
"""

from typing import Any

import pytest

from agents.records import Record
from benchmarks.plain.organisation import PlainOrganisation
from simulation.indicators import INDICATORS
from simulation.week import live_weeks
from simulation.world import begin
from tests.worlds import KINDS, small


def unequal(weekly: Record, rows: list[dict[str, float]]) -> list[str]:
    """Indicators that differ in a week, and the first week in which they do."""
    found: dict[str, str] = {}
    for week, (ours, plain) in enumerate(zip(weekly, rows, strict=True)):
        for name in INDICATORS:
            if not same(float(ours[name]), plain[name]):
                found.setdefault(name, f"row {week}: {name} is {ours[name]}, as plain objects {plain[name]}")
    return list(found.values())


def same(one: Any, other: Any) -> bool:
    """Whether these are the same number, or neither is one."""
    return bool(one == other or (one != one and other != other))  # noqa: PLR0124  NaN differs from itself


def people_unequal(records: Record, people: list[Any]) -> list[str]:
    """What somebody's record and object don't agree on."""
    return [
        f"{place}: {name}"
        for place, (record, person) in enumerate(zip(records, people, strict=True))
        for name in records.dtype.names
        if not same(record[name].item(), getattr(person, name))
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_plain_objects_live_the_same_lives(kind: str) -> None:
    """From the first warm-up week on, in organisations of every kind; and everybody ends the same."""
    scenario = small(KINDS[kind], weeks=20)
    world = begin(scenario, seed=3)
    plain = PlainOrganisation(world, -scenario.warmup)
    live_weeks(world, 1 - scenario.warmup, scenario.weeks)
    for _ in range(scenario.warmup + scenario.weeks):
        plain.step()

    assert set(INDICATORS) == set(plain.weekly[0])
    assert [] == unequal(world.weekly, plain.weekly)
    assert [] == people_unequal(world.customers, plain.people)
    assert [] == people_unequal(world.employees, plain.staff)
    assert [] == people_unequal(world.leaders, plain.teams)
