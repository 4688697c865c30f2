"""Organisations to measure on: the default one, larger or smaller with everything in proportion."""

from typing import Any

from scenarios.checking import checked
from scenarios.scenario import Scenario
from simulation.state import Causes, World, makers_of
from simulation.week import live_parts
from simulation.world import begin, warm_up


def organisation(customers: int, **more: Any) -> Scenario:
    """So many customers, and prospects and staff in the default's proportion. more: further changes."""
    employees = max(2, customers // 50)
    scenario = checked(Scenario, {"schema": 1})
    size = {
        "customers": {"active": customers, "prospects": customers * 4 // 3},
        "organisation": {"employees": employees, "leaders": max(1, employees // 10)},
    }
    return scenario.with_(size | more)


def warm(scenario: Scenario, weeks: int | None = None) -> World:
    """A world of it, its warm-up lived."""
    world = begin(scenario, 1, 0, weeks)
    warm_up(world)
    return world


def live(world: World, first: int, last: int, first_part: int, last_part: int) -> None:
    """Parts of weeks of ours, first and last included."""
    own = makers_of(world)
    live_parts(world, Causes(own, own, own), (first, last), (first_part, last_part))
