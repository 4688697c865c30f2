"""After every week, every number lies in the range that its table declares, even where a scenario goes to extremes."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import pytest

from agents.blocks import BLOCKS
from agents.parameters import Parameter
from agents.records import Column
from agents.registry import PARAMETERS
from scenarios.scenario import Scenario
from simulation.indicators import INDICATORS
from tests.worlds import (
    A_CUSTOMER,
    A_FAILURE,
    A_RECOVERY,
    A_RELATION,
    AN_EMPLOYEE,
    AN_ENCOUNTER,
    KINDS,
    STORM,
    TABLES,
    Numbers,
    beyond,
    lived,
    outside,
    outside_for_good,
    small,
    week_by_week,
)

TEN_WEEKS: Final[Numbers] = {"weeks": 8, "warmup": 2}
SECTIONS: Final = sorted({parameter.section for parameter in PARAMETERS.values()})
ALL_FAIL: Final = {"failure_base": 0.9, "notice": 0.0, "voice_base": 0.0, "voice_severity": 0.0}

EXTREMES: Final[dict[str, Numbers]] = {
    "all blocks 0": {"building_blocks": dict.fromkeys(BLOCKS, 0.0)},
    "all blocks 1": {"building_blocks": dict.fromkeys(BLOCKS, 1.0)},
    "all on paper": {"building_blocks": {block: {"designed": 1.0, "lived": 0.0} for block in BLOCKS}},
    "all unwritten": {"building_blocks": {block: {"designed": 0.0, "lived": 1.0} for block in BLOCKS}},
    "one block": {"building_blocks": dict.fromkeys(BLOCKS, 0.0) | {"culture": 1.0}},
    "far too much work": {"organisation.capacity": 0.01, "organisation.utilisation": 1.3},
    "far too little work": {"organisation.capacity": 10_000.0, "organisation.utilisation": 0.3},
    "one employee": {"organisation": {"employees": 1, "leaders": 1}},
    "a leader each": {"organisation": {"employees": 8, "leaders": 8}},
    "one customer": {"customers": {"active": 1, "prospects": 0}},
    "one of each": {"organisation": {"employees": 1, "leaders": 1}, "customers": {"active": 1, "prospects": 1}},
    "no prospects": {"customers.prospects": 0},
    "nobody may leave": {"customers.choice": 0.0, "economics.interest": 0.0, "behaviour.retention_lag": 1.0},
    "nobody wants to leave": {"economics.interest": 0.0, "behaviour.churn_base": 0.0},
    "everybody leaves at once": {"customers.prospects": 0, "behaviour": ALL_FAIL | {"exit_dropped": 1.0}},
    "always one's own contact": {"organisation.continuity": 1.0},
    "no contacts": {"market.contacts": 0},
    "contacts everywhere": {"market.contacts": 64, "market.random_contacts": 1.0, "behaviour.message_rate": 1.0},
    "nobody is hired": {"shocks": [{"kind": "hiring_freeze", "start": 1, "weeks": 8, "size": 1.0}, STORM[2]]},
    "all quit": {"behaviour": {"quit_base": 0.2, "quit_engagement": 20.0, "engagement_base": -1.0}},
    "everything expected": {"customers.expectation": 1.0, "customers.satisfaction": 1.0},
    "nothing expected": {"customers.expectation": 0.0, "customers.satisfaction": 0.0},
    "as different as can be": {
        "customers": {"active": 4000, "expectation_sd": 0.3, "satisfaction_sd": 0.3, "leniency_sd": 0.3}
    },
    "no money": {"economics": dict.fromkeys(("price", "pay", "overhead", "compensation", "acquisition_cost"), 0.0)},
    "all effort": {"interventions": [{"block": block, "start": 1, "weeks": 8, "effort": 1.0} for block in BLOCKS]},
    "all targets": {"interventions": [{"block": block, "start": 1, "weeks": 1, "to": 1.0} for block in BLOCKS]},
    "each shock twice": {"shocks": [shock | {"start": 2, "weeks": 6} for shock in STORM] * 2},
    "outside in turmoil": {"behaviour": {"unit_variance": 5.0, "unit_start": 5.0, "drift_memory": 1.0}},
    "no warm-up": {"warmup": 0},
}
"""Scenarios at the edge of what a file may say, as changes of SMALL."""


def wrong(scenario: Scenario, seed: int = 1, **more: Any) -> list[str]:
    """What leaves its range, each with the first week in which it does."""
    found: dict[str, str] = {}
    for number, (world, row) in enumerate(week_by_week(scenario, seed, **more), 1 - scenario.warmup):
        for fault in (outside_for_good(world) if number == 1 else []) + outside(world, row):
            found.setdefault(fault.split()[0], f"week {number}: {fault}")
    return list(found.values())


@pytest.mark.parametrize("kind", KINDS)
def test_organisations_of_every_kind(kind: str) -> None:
    """Ordinary, luxurious, crowded, captive, changing and stormy ones, and all at once."""
    assert [] == wrong(small(KINDS[kind]), log=True) + wrong(small(KINDS[kind]), seed=2)


@pytest.mark.parametrize("extreme", EXTREMES)
def test_extreme_scenarios(extreme: str) -> None:
    """At the edge of what a file may say."""
    assert [] == wrong(small(TEN_WEEKS, EXTREMES[extreme]), log=True)


def of_section(section: str) -> Iterable[Parameter]:
    """The parameters under this heading of the registry."""
    return (parameter for parameter in PARAMETERS.values() if parameter.section == section)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_parameter_at_both_its_ends(section: str) -> None:
    """One at a time, for ten weeks of an organisation in which everything goes on."""
    base = small(KINDS["everything"])
    ends = [(parameter.name, end) for parameter in of_section(section) for end in (parameter.low, parameter.high)]
    found = {pair: wrong(base.with_({f"behaviour.{pair[0]}": pair[1]}), last=6) for pair in ends}

    assert {} == {pair: faults for pair, faults in found.items() if faults}


@pytest.mark.parametrize("end", ["low", "high"])
@pytest.mark.parametrize("section", SECTIONS)
def test_all_parameters_of_a_section_at_one_end(section: str, end: str) -> None:
    """Together they reach further than one by one."""
    behaviour = {parameter.name: getattr(parameter, end) for parameter in of_section(section)}

    assert [] == wrong(small(KINDS["everything"], behaviour=behaviour))


@pytest.mark.parametrize("name", [name for name in TABLES if name != "parameters"])
def test_tables_declare_every_column(name: str) -> None:
    """The declared columns are those of the records, so that none escapes these tests."""
    world = lived(small(TEN_WEEKS))
    expected = [column.name for column in TABLES[name]]

    assert expected == list(getattr(world, name).dtype.names)
    assert all(column.low <= column.high for column in TABLES[name])


def test_empty_indicators_say_so() -> None:
    """Whoever reads the table learns from a column's meaning that it may be empty, and finds no other empty one."""
    expected = AN_ENCOUNTER | A_CUSTOMER | A_RELATION | AN_EMPLOYEE | A_FAILURE | A_RECOVERY

    assert sorted(expected) == sorted(name for name, row in INDICATORS.items() if "; empty " in row.meaning)


def test_a_number_out_of_range_is_found() -> None:
    """The instrument of these tests: too low, too high, endless and no number, in one of many records."""
    column = Column("share", 0.0, 1.0, "share", "a share")
    records = np.zeros(5, [("share", "f8")])
    found = []
    for value in (-1e-9, 1.0 + 1e-9, np.inf, np.nan, 1.0):
        records["share"][3] = value
        found.append(len(beyond("records", records, [column])))

    assert [1, 1, 1, 2, 0] == found
