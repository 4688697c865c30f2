"""Tiny worlds for tests: scenarios of every sort, living them, and comparing and measuring what came of it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from agents import customer, employee, encounter, leader, organisation
from agents.records import Column, Record
from agents.registry import PARAMETERS
from scenarios.checking import checked
from scenarios.scenario import Scenario
from simulation import state
from simulation.indicators import INDICATORS
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import begin, warm_up

Numbers = Mapping[str, Any]

HOUSE: Final = Path(__file__).parent.parent
"""Where a fresh interpreter finds the rooms and these tests."""

SMALL: Final[Numbers] = {
    "schema": 1,
    "weeks": 30,
    "warmup": 4,
    "organisation": {"employees": 8, "leaders": 2},
    "customers": {"active": 90, "prospects": 60},
}
"""Few people, and enough of them that everything happens now and then."""

SEGMENTS: Final = (
    {"name": "many", "share": 0.7, "visits": 0.5},
    {"name": "few", "share": 0.3, "visits": 0.9, "spend": 3.0, "demandingness": 0.8, "pays_for_quality": 0.6},
)

STORM: Final = (
    {"kind": "demand", "start": 3, "weeks": 9, "size": 0.8},
    {"kind": "price", "start": 5, "weeks": 6, "size": 0.15},
    {"kind": "staff", "start": 6, "weeks": 1, "size": 0.4},
    {"kind": "failures", "start": 4, "weeks": 8, "size": 1.5},
    {"kind": "performance", "start": 8, "weeks": 4, "size": -0.2},
    {"kind": "surprise", "start": 2, "weeks": 20, "size": 0.3},
    {"kind": "rival", "start": 9, "weeks": 9, "size": 0.2},
    {"kind": "labour_market", "start": 7, "weeks": 9, "size": 1.0},
    {"kind": "promise", "start": 10, "weeks": 9, "size": 0.2},
    {"kind": "seats", "start": 12, "weeks": 6, "size": -0.3},
    {"kind": "hiring_freeze", "start": 14, "weeks": 4, "size": 1.0},
)
"""One shock of each kind."""

EFFORTS: Final = (
    {"block": "culture", "start": 2, "weeks": 10, "effort": 0.7, "approach": "bottom_up", "upkeep": 0.5},
    {"block": "operations", "start": 4, "weeks": 8, "to": 0.8, "approach": "top_down"},
    {"block": "design", "start": 3, "weeks": 12, "budget": 1500.0},
)
"""An intervention of each sort, with each approach."""

KINDS: Final[Mapping[str, Numbers]] = {
    "ordinary": {},
    "luxury": {
        "organisation.value_proposition": "customer_intimacy",
        "organisation.continuity": 0.6,
        "customers.segments": list(SEGMENTS),
        "building_blocks": {"design": {"designed": 0.8, "lived": 0.5}, "operations": 0.7},
    },
    "crowded": {
        "organisation.capacity": 2.0,
        "organisation.elastic_staffing": False,
        "behaviour": {"quit_base": 0.05, "exit_dropped": 0.8, "failure_base": 0.4},
    },
    "captive": {
        "organisation.sector": "nonprofit",
        "economics.budget": 400_000.0,
        "economics.fee": 52.0,
        "customers.choice": 0.3,
        "behaviour": {"appeal_rate": 0.5},
    },
    "on_the_move": {
        "market.contacts": 20,
        "behaviour": {"churn_base": 0.05, "join_base": 0.05, "rival_churn": 0.05, "message_rate": 0.5},
        "programme": {"self_managing_from": 3, "respectful_exit": True, "coaching": 0.5, "targets": 0.4},
    },
    "changing": {"interventions": list(EFFORTS), "customers.segments": list(SEGMENTS)},
    "stormy": {"shocks": list(STORM), "behaviour": {"failure_base": 0.2}},
    "everything": {
        "organisation.sector": "nonprofit",
        "economics.budget": 400_000.0,
        "organisation.value_proposition": "product_leadership",
        "customers.choice": 0.8,
        "customers.segments": list(SEGMENTS),
        "interventions": list(EFFORTS),
        "shocks": list(STORM),
        "programme": {"start": 3, "self_managing_from": 5, "coaching": 0.4, "upkeep": 0.5, "respectful_exit": True},
        "behaviour": {"failure_base": 0.3, "quit_base": 0.03, "misfit_patience": 1.0, "misfit_norm": 1.0},
    },
}
"""Organisations that differ in what can go wrong with them, as changes of SMALL."""

ONLY_PEOPLE: Final[Numbers] = {
    "customers.prospects": 0,
    "customers.choice": 0.0,
    "behaviour": {"unit_variance": 0.0},
}
"""Everybody is a customer and stays one, and nothing drifts outside: who comes is luck alone."""


def small(*changes: Numbers, **more: Any) -> Scenario:
    """SMALL with these changes laid over it one after the other; a key is a dotted path."""
    scenario = checked(Scenario, SMALL)
    for change in (*changes, more):
        scenario = scenario.with_(change)
    return scenario


def begun(scenario: Scenario, seed: int = 1, **more: Any) -> World:
    """A world of this scenario whose warm-up is over."""
    world = begin(scenario, seed, **more)
    warm_up(world)
    return world


def lived(scenario: Scenario, seed: int = 1, **more: Any) -> World:
    """A world that has lived all weeks of its scenario in one go."""
    world = begun(scenario, seed, **more)
    live_weeks(world, 1, scenario.weeks)
    return world


def week_by_week(
    scenario: Scenario, seed: int = 1, *, log: bool = False, last: int | None = None
) -> Iterator[tuple[World, Record]]:
    """The world after each of its weeks, warm-up included, and that week's row; a log holds that week only.

    last: the last week to live, by default the scenario's.
    """
    world = begin(scenario, seed, log=log)
    for week in range(1 - scenario.warmup, (scenario.weeks if last is None else last) + 1):
        world.tally[0].events = world.tally[0].departures = 0
        live_weeks(world, week, week)
        yield world, world.weekly[week - 1 + scenario.warmup]


def differences(one: World, other: World) -> list[str]:
    """Every column, as "records.column", that isn't the same to the bit in both worlds."""
    return [
        f"{records}.{column}"
        for records, mine, theirs in zip(World._fields, one, other, strict=True)
        for column in mine.dtype.names or [""]
        if bits(mine, column) != bits(theirs, column)
    ]


def bits(records: Record, column: str) -> bytes:
    """One column of these records, or the whole of an array that has none, as it lies in memory."""
    values: bytes = np.ascontiguousarray(records[column] if column else records).tobytes()
    return values


def weekly_columns() -> tuple[Column, ...]:
    """The weekly table's columns with the limits that follow from their units."""
    shares = {"share": (0.0, 1.0), "chance": (0.0, 1.0), "performance": (0.0, 1.0), "points": (-100.0, 100.0)}
    open_ended = {"euro": (-1e300, 1e300)}
    gaps = {f"gap_{number}": (-1.0, 1.0) for number in range(2, 6)}
    limits = shares | open_ended
    return tuple(
        Column(name, *gaps.get(name, limits.get(indicator.unit, (0.0, 1e300))), indicator.unit, indicator.meaning)
        for name, indicator in INDICATORS.items()
    )


TABLES: Final[Mapping[str, Sequence[Column]]] = {
    "settings": state.SETTING_COLUMNS,
    "parameters": [Column(name, row.low, row.high, row.unit, row.meaning) for name, row in PARAMETERS.items()],
    "plan": state.PLAN_COLUMNS,
    "organisation": organisation.COLUMNS,
    "leaders": leader.COLUMNS,
    "employees": employee.COLUMNS,
    "segments": customer.SEGMENT_COLUMNS,
    "customers": customer.COLUMNS,
    "tally": state.TALLY_COLUMNS,
    "encounter": encounter.COLUMNS,
    "events": encounter.COLUMNS,
    "departures": state.DEPARTURE_COLUMNS,
    "weekly": weekly_columns(),
}
"""All columns of a world, by the field of World that holds them."""

COSTS: Final = (
    *("cost_payroll", "cost_overhead", "cost_compensation", "cost_rework", "cost_hiring", "cost_acquisition"),
    "investment",
)
"""The columns of the weekly table that add up to cost."""

FIXED: Final = ("settings", "parameters", "segments", "plan")
STATE: Final = ("organisation", "leaders", "employees", "customers", "tally", "encounter", "events", "departures")

AN_ENCOUNTER: Final = {
    *("performance", "effort", "delight_rate", "surprise_rate", "failure_rate"),
    *(f"felt_{principle}" for principle in ("welcome", "basics", "tailored", "unburdened", "amazed")),
}
A_CUSTOMER: Final = {
    *("expectation", "desired", "satisfaction", "bond", "loyalty", "nps", "measured_satisfaction"),
    *("gap_2", "gap_5"),
}
A_RELATION: Final = {"churn"}
AN_EMPLOYEE: Final = {
    *("engagement", "share_engaged", "share_disengaged", "enps", "autonomy", "competence", "exhaustion"),
    *("values_fit", "service_norm", "reflection"),
}
A_FAILURE: Final = {"voice_rate", "recovery_rate"}
A_RECOVERY: Final = {"recovery_quality", "felt_recovered"}


def may_be_empty(world: World, row: Record) -> set[str]:
    """Indicators that have nothing to average in this week, and are NaN for that reason alone."""
    tally = world.tally[0]
    nothing_of = (
        (AN_ENCOUNTER, row.encounters),
        (A_CUSTOMER, tally.active),
        (A_RELATION, tally.active + tally.dropped),
        (AN_EMPLOYEE, row.employees),
        (A_FAILURE, tally.failed),
        (A_RECOVERY, tally.recovered),
    )
    return {name for names, number in nothing_of if number == 0 for name in names}


def outside(world: World, row: Record) -> list[str]:
    """What is wrong with this world after the week of this row, a few words each.

    A number outside the closed range that its table declares, a NaN, or a number where there was nothing to average.
    """
    empty = may_be_empty(world, row)
    full = [f"weekly.{name} = {row[name]}, not empty" for name in sorted(empty) if row[name] == row[name]]
    weekly = [column for column in TABLES["weekly"] if column.name not in empty]
    return full + beyond("weekly", row, weekly) + [wrong for name in STATE for wrong in _beyond_in(world, name)]


def outside_for_good(world: World) -> list[str]:
    """The same for what never changes in a life: settings, parameters, segments, and the plan of all weeks."""
    return [wrong for name in FIXED for wrong in _beyond_in(world, name)]


def _beyond_in(world: World, records: str) -> list[str]:
    return beyond(records, getattr(world, records), TABLES[records])


def beyond(records: str, values: Record, columns: Sequence[Column]) -> list[str]:
    """The columns whose values leave their range, with the value that does."""
    plain = np.asarray(values)
    return [
        f"{records}.{column.name} = {worst}, not in {column.low:g} to {column.high:g}"
        for column in columns
        for worst in ends(plain[column.name])
        if not column.low <= worst <= column.high
    ]


def ends(numbers: Any) -> tuple[float, ...]:
    """The least and the greatest of these numbers, as far as there are any; NaN where one of them is."""
    if numbers.size == 1:
        return (numbers.item(),)
    return (numbers.min(), numbers.max()) if numbers.size else ()
