"""The page on limits tells the truth about the model as it is: what it says that happens, happens."""

import re
from typing import Any

import numpy as np
import pytest

from agents.registry import PARAMETERS, mechanisms
from effectchain import scenario
from scenarios.scenario import Scenario
from simulation.indicators import WEEKLY
from simulation.week import live_weeks
from simulation.world import begin, recorded, warm_up
from tests.worlds import HOUSE

PAGES = ("limits.md", "limits.nl.md")


def lived(changed: Scenario, weeks: int = 60) -> Any:
    """The weekly table of one world."""
    world = begin(changed, seed=1, weeks=weeks)
    warm_up(world)
    live_weeks(world, 1, weeks)
    return recorded(world, weeks)


def text(page: str) -> str:
    """A page's text."""
    return (HOUSE / "docs" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_switches_on_the_page_are_those_of_the_model(page: str) -> None:
    """Every switch that is named is a parameter within its range; for mechanisms it is the value that switches off."""
    off = {one.switch: one.off for one in mechanisms().values()}
    named = re.findall(r"`(?:--set behaviour\.)?(\w+)=([\d.]+)`", text(page))

    assert len(named) > 15
    for name, value in named:
        assert PARAMETERS[name].low <= float(value) <= PARAMETERS[name].high
        assert off[name] == float(value)


@pytest.mark.parametrize("page", PAGES)
def test_every_mechanism_that_rests_on_a_claim_is_named(page: str) -> None:
    """What has no other source than a claim is on the page, in both languages."""
    claimed = {one.switch for one in mechanisms().values() if "claim" in one.source}
    table = re.findall(r"^\| [^|]+ \| `(\w+)=", text(page), re.MULTILINE)

    assert claimed == set(table)


def test_both_languages_say_as_much() -> None:
    """The Dutch page has the headings, table rows and points of the English one."""
    english, dutch = (re.findall(r"^(#+|\||-|\d)", text(page), re.MULTILINE) for page in PAGES)

    assert english == dutch


def test_half_the_budget_changes_nothing_but_the_result() -> None:
    """A non-profit's budget binds nothing."""
    base = scenario("municipality")
    usual, poor = (lived(base.with_({"economics.budget": base.economics.budget * share})) for share in (1.0, 0.5))
    changed = {name for name in WEEKLY.names or () if not np.array_equal(usual[name], poor[name], equal_nan=True)}

    assert {"revenue", "revenue_usual", "profit", "cash"} == changed


def test_overload_has_no_stop_where_nobody_can_leave() -> None:
    """The municipality with fixed staff and a fifth less capacity fails in nearly every case, and serves everybody."""
    base = scenario("municipality")
    less = {"organisation.elastic_staffing": False, "organisation.capacity": 0.8 * base.organisation.capacity}
    rows = lived(base.with_(less))

    assert rows.failure_rate[-13:].mean() > 0.9
    assert rows.utilisation[-13:].mean() > 1.5
    assert not rows.turned_away.any()
    assert rows.customers[-1] > 0.95 * rows.customers[0]
