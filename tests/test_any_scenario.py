"""Any valid scenario makes a world that lives, loses nobody and no euro, and keeps every number in its range.

Scenarios are drawn from the JSON Schema, so a key that is new is tried at once; numbers of people and weeks are made
small. The examples are the same each time; `-m slow` tries many others.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED, VACANT
from agents.records import Record
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from simulation.state import World
from simulation.world import begin, copy
from tests.scenario_forms import FILE_ONLY, SCHEMA, scenario_data, scenario_of
from tests.worlds import COSTS, differences, lived, outside, outside_for_good, week_by_week

FEWER_THAN: Final = {"employees": 12, "leaders": 4, "active": 60, "prospects": 40, "weeks": 12, "warmup": 4}
"""Numbers that stay below these."""


def shrunk(data: dict[str, Any]) -> dict[str, Any]:
    """The same scenario with few people and weeks."""
    shrink(data, {"weeks": 1, "warmup": 0})
    data |= {"weeks": data.get("weeks", 12), "warmup": data.get("warmup", 2)}
    work, market = data.setdefault("organisation", {}), data.setdefault("customers", {})
    work.setdefault("employees", 7)
    market |= {"active": market.get("active", 50), "prospects": market.get("prospects", 30)}
    shrink(work, {"employees": 1, "leaders": 1})
    shrink(market, {"active": 1, "prospects": 0})
    work["leaders"] = min(work.get("leaders", 2), work["employees"])
    for item in [*data.get("interventions", ()), *data.get("shocks", ())]:
        item["start"] = item["start"] % data["weeks"] + 1
    for item in data.get("interventions", ()):
        vary_amount(item)
    return data


def vary_amount(intervention: dict[str, Any]) -> None:
    """Says how much is done now in this way, now in that."""
    value = intervention.pop("effort", 0.5)
    if not intervention.keys() & {"budget", "to"}:
        amount = ("effort", "to", "budget")[intervention["weeks"] % 3]
        intervention[amount] = value * (100.0 if amount == "budget" else 1.0)


def shrink(table: dict[str, Any], least: dict[str, int]) -> None:
    """Makes these numbers of the table small, where they stand in it."""
    for name, low in least.items():
        if name in table:
            table[name] = table[name] % (FEWER_THAN[name] - low) + low


scenarios: Final = scenario_data.map(shrunk).map(scenario_of)


def can_begin(scenario: Scenario) -> bool:
    """Whether its world can begin; if not, the scenario asks for what its budget can't buy, and hears so."""
    try:
        begin(scenario, 0)
    except Mistake as mistake:
        assert "budget" in str(mistake)  # noqa: PT017 both ways out are right
        return False
    return True


def live(scenario: Scenario, seed: int) -> None:
    """Fails unless this scenario's world lives all its weeks rightly."""
    if not can_begin(scenario):
        event("budget refused")
        return
    event("lived")
    before = begin(scenario, seed)
    assert [] == outside_for_good(before)
    for number, (world, row) in enumerate(week_by_week(scenario, seed, log=True), 1 - scenario.warmup):
        assert [] == outside(world, row)
        all_are_counted(world, row)
        all_changes_are_counted(before, world, row)
        all_money_is_counted(before, row, recorded=number >= 1)
        before = copy(world)


def all_are_counted(world: World, row: Record) -> None:
    """Everybody is somewhere, every seat is held or vacant, every encounter is logged."""
    seats = np.bincount(world.employees.status, minlength=3)
    logged = world.events[: world.tally[0].events].customer

    assert np.bincount(world.customers.status, minlength=3).tolist() == [row.prospects, row.customers, row.with_rival]
    assert (row.vacancies, row.employees) == (seats[VACANT], seats[EMPLOYED])
    assert len(logged) == len(set(logged.tolist())) == row.encounters


def all_changes_are_counted(before: World, world: World, row: Record) -> None:
    """Customers and employees come and go by the numbers that the row gives."""
    customers, employees = before.customers.status == CUSTOMER, before.employees.status == EMPLOYED

    assert row.customers == customers.sum() + row.acquired - world.tally[0].lost
    assert row.employees == employees.sum() + row.hires - row.quits


def all_money_is_counted(before: World, row: Record, *, recorded: bool) -> None:
    """Revenue, cost and profit are the sums of their parts, and cash of the profits that count."""
    assert row.revenue == row.revenue_usual + row.revenue_fees + row.revenue_premium
    assert math.isclose(row.cost, sum(row[name] for name in COSTS), rel_tol=1e-12)
    assert row.profit == row.revenue - row.cost
    assert row.cash == before.organisation[0].cash + recorded * row.profit


@settings(max_examples=240, derandomize=True)
@given(scenarios, st.integers(0, 2**32))
def test_any_scenario_lives(scenario: Scenario, seed: int) -> None:
    """Every key of the scenario file varied, its ends included."""
    live(scenario, seed)


@pytest.mark.slow
@settings(max_examples=2000)
@given(scenarios, st.integers(0, 2**32))
def test_many_more_scenarios_live(scenario: Scenario, seed: int) -> None:
    """The same, with other scenarios each time."""
    live(scenario, seed)


@settings(max_examples=30, derandomize=True)
@given(scenarios, st.integers(0, 2**32))
def test_any_scenario_lives_the_same_life_again(scenario: Scenario, seed: int) -> None:
    """In one go as week by week, logged or not."""
    if not can_begin(scenario):
        return
    whole, parts = lived(scenario, seed), [world for world, _ in week_by_week(scenario, seed)][-1]

    assert [] == differences(whole, parts)


def keys_of(data: Any, path: str = "") -> Iterator[str]:
    """All keys of these tables as dotted paths, without positions in arrays."""
    if isinstance(data, dict):
        for name, part in data.items():
            yield path + name
            yield from keys_of(part, f"{path}{name}.")
    elif isinstance(data, list):
        for part in data:
            yield from keys_of(part, path)


def keys_of_schema(node: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """All keys that a scenario file may have, as dotted paths."""
    if "$ref" in node:
        yield from keys_of_schema(SCHEMA["$defs"][node["$ref"].rpartition("/")[2]], path)
    for part in [*node.get("anyOf", ()), *([node["items"]] if "items" in node else [])]:
        yield from keys_of_schema(part, path)
    for name, part in node.get("properties", {}).items():
        if name not in FILE_ONLY:
            yield path + name
            yield from keys_of_schema(part, f"{path}{name}.")


def test_every_key_is_tried() -> None:
    """The scenarios above have, one here and one there, every key of the scenario file."""
    seen: set[str] = set()

    @settings(max_examples=700, derandomize=True)
    @given(scenario_data.map(shrunk))
    def look(data: dict[str, Any]) -> None:
        seen.update(keys_of(data))

    look()
    expected = {key for key in keys_of_schema(SCHEMA) if not key.startswith("behaviour.")}

    assert set() == {of_any_block(key) for key in expected} - {of_any_block(key) for key in seen}


def of_any_block(key: str) -> str:
    """The key, with one name for all nine blocks where it says how far one of them is."""
    return re.sub(r"^building_blocks\.\w+\.", "building_blocks.any.", key)
