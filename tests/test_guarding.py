"""A week that cannot be true ends its run, with week, column, agent and value; others go on."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.customer import COLUMNS
from agents.records import Column
from experiments.comparison import census as counting
from experiments.comparison.comparison import compare
from experiments.sweeps.sweep import sweep
from experiments.worlds import replication as living
from experiments.worlds.guarding import REVENUES, Violation, guard, range_of, wrong_in, wrong_with_agents
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Watch
from simulation.indicators import INDICATORS
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import recorded
from tests.small_organisation import small
from tests.sweep_forms import experiment, failed
from tests.test_any_scenario import can_begin, scenarios
from tests.test_ranges import EXTREMES, TEN_WEEKS
from tests.worlds import KINDS, TABLES, begun, lived
from tests.worlds import small as tiny


@pytest.mark.parametrize("kind", KINDS)
def test_organisations_of_every_kind_pass(kind: str) -> None:
    """Nothing is wrong with what is right, in one go or in blocks."""
    world = lived(tiny(KINDS[kind]))
    guard(world, 1, 30, ends=True)
    guard(world, 14, 26)
    guard(world, 30, 30)


@pytest.mark.parametrize("extreme", EXTREMES)
def test_extremes_pass(extreme: str) -> None:
    """Nor at the edge of what a file may say."""
    guard(lived(tiny(TEN_WEEKS, EXTREMES[extreme])), 1, 8, ends=True)


@settings(max_examples=60, derandomize=True)
@given(scenarios, st.integers(0, 2**32))
def test_any_scenario_passes(scenario: Any, seed: int) -> None:
    """Whatever is in the file."""
    if can_begin(scenario):
        guard(lived(scenario, seed), 1, scenario.weeks, ends=True)


def test_ranges_are_those_of_the_tables() -> None:
    """The same as those that tests of the model hold it to."""
    assert {column.name: (column.low, column.high) for column in TABLES["weekly"]} == {
        name: range_of(name) for name in INDICATORS
    }


@pytest.mark.parametrize(
    ("column", "change", "told"),
    [
        ("satisfaction", lambda _: np.nan, "satisfaction is nan in week 5, no number"),
        ("engagement", lambda _: np.inf, "engagement is inf in week 5, no number"),
        ("revenue", lambda _: -np.inf, "revenue is -inf in week 5, no number"),
        ("loyalty", lambda _: 1.0 + 1e-9, "loyalty is 1 in week 5, not from 0 to 1"),
        ("gap_3", lambda _: -1.5, "gap_3 is -1.5 in week 5, not from -1 to 1"),
        ("nps", lambda _: 101.0, "nps is 101 in week 5, not from -100 to 100"),
        ("encounters", lambda _: -1.0, "encounters is -1 in week 5"),
        ("with_rival", lambda old: old + 1, "customers, prospects and customers of rivals: 151 in week 5"),
        ("hires", lambda old: old + 1, "employees after hires and quits: "),
        ("acquired", lambda old: old + 1, "customers lost: "),
        ("revenue_fees", lambda old: old + 0.01, "revenue: "),
        ("cost_rework", lambda old: old + 0.01, "cost: "),
        ("profit", lambda old: old + 0.01, "profit: "),
        ("cash", lambda old: old - 0.01, "cash: "),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_each_wrong_number_is_found(column: str, change: Callable[[float], float], told: str) -> None:
    """By week and column, with its value."""
    world = lived(tiny())
    row = recorded(world, 30)[4]
    row[column] = change(float(row[column]))

    assert told in wrong_in(np.asarray(recorded(world, 30)), 1, len(world.customers))
    with pytest.raises(Violation, match=r"in week 5|in week 6"):
        guard(world, 1, 30)
    guard(world, 8, 30)


def test_a_seldom_sum_is_no_violation() -> None:
    """Last figures of large sums may differ."""
    rows = np.asarray(recorded(lived(tiny()), 30)).copy()
    for name in ("revenue", REVENUES[0]):
        rows[name] *= 1.0 + 1e-14

    assert "" == wrong_in(rows, 1, 150)


def test_the_agent_is_named() -> None:
    """Whose number is none, or outside its range, with column and value; also where the row does not show it."""
    world = lived(tiny())
    world.employees.engagement[3] = np.nan
    assert "employee 3: engagement is nan" == wrong_with_agents(world)
    guard(world, 1, 30)
    with pytest.raises(Violation, match="employee 3: engagement is nan after week 30"):
        guard(world, 1, 30, ends=True)
    recorded(world, 30)[29].engagement = np.nan
    with pytest.raises(Violation, match=r"engagement is nan in week 30, no number \(employee 3: engagement is nan\)"):
        guard(world, 27, 30)
    world.employees.engagement[3] = 0.5
    world.customers.satisfaction[7] = 1.25
    assert "customer 7: satisfaction is 1.25" == wrong_with_agents(world)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda one: one.name)
def test_each_column_of_a_customer_is_looked_at(column: Column) -> None:
    """Of whatever type its numbers are."""
    world = lived(tiny())
    assert "" == wrong_with_agents(world)
    beyond = column.high + 1
    world.customers[column.name][5] = beyond

    assert f"customer 5: {column.name} is {beyond:g}" == wrong_with_agents(world)


def spoilt(world: World, first: int, last: int) -> None:
    """Weeks in which, at some customers' number, one employee's engagement is lost."""
    live_weeks(world, first, last)
    if world.settings[0].active == 62 and first >= 1:
        world.employees.engagement[2] = np.nan
        recorded(world, last)[last - 1].engagement = np.nan


def test_a_run_that_breaks_fails_and_the_sweep_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A row with the stage and the sentence; the other cells give what they always give."""
    monkeypatch.setattr(living, "live_weeks", spoilt)
    result = sweep(experiment(tmp_path, replications=1), tmp_path / "out", workers=2)

    ((cell, _, stage, kind, message),) = failed(result)
    assert (2, "weeks", "Violation") == (cell, stage, kind)
    assert "engagement is nan in week 6, no number (employee 2: engagement is nan)" == message
    assert 11 == result.done


def test_compared_worlds_are_looked_at_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A what-if whose week cannot be true ends the comparison."""
    monkeypatch.setattr(counting, "live_weeks", spoilt)
    base = small(customers__active=61, weeks=6)
    with pytest.raises(Violation, match="engagement is nan in week 4, no number"):
        compare(base, [base.with_({"customers.active": 62})], replications=1)


def test_looking_takes_little_time() -> None:
    """A block of weeks is looked at in a small part of the time in which it is lived."""
    world = begun(small(weeks=100))
    live_weeks(world, 1, 100)
    began = time.perf_counter()
    for _ in range(20):
        guard(world, 1, 13)
    assert (time.perf_counter() - began) / 20 < 0.01


def test_live_guards_every_block() -> None:
    """Nothing is raised where all is well."""
    assert 20 == len(live(Replication(small(), 0, 1, 20), Watch()).weekly)
