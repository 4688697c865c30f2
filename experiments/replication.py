"""One replication: a world that begins, warms up and lives its weeks, and what is kept of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyarrow as pa

from agents.records import Record
from experiments.people import people
from experiments.tables import encounter_log, encounters
from experiments.watch import Watch
from scenarios.scenario import Scenario
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import begin, live_logged, recorded

BLOCK: Final = 13
"""Weeks between two looks at the watch; fewer where many people make a week long."""

PEOPLE_WEEKS: Final = 2_000_000
"""People times weeks in a block at most: about a fifth of a second."""


@dataclass(frozen=True, slots=True)
class Replication:
    """One world to be lived; scenario, seed and number decide every number that comes of it.

    weeks: recorded ones, after the scenario's warm-up. people_every: weeks between snapshots of people.
    """

    scenario: Scenario
    number: int
    seed: int
    weeks: int
    events: bool = False
    people_every: int | None = None

    @property
    def all_weeks(self) -> int:
        """Weeks to live, warm-up included."""
        return self.scenario.warmup + self.weeks


@dataclass(frozen=True, slots=True)
class Lived:
    """What is left of a replication: its rows of the weekly table and, where asked for, its log and snapshots."""

    weekly: Record
    events: pa.Table | None
    people: pa.Table | None


@cache
def prepare() -> None:
    """Compile the rules, or load them compiled: half a minute the first time on a machine, then a moment.

    Threads that start afterwards do not wait for each other's compiler.
    """
    smallest = {"organisation": {"employees": 1, "leaders": 1}, "customers": {"active": 1, "prospects": 0}}
    live_weeks(begin(Scenario.model_validate({"schema": 1, **smallest}), 0), 1, 0)


def live(replication: Replication, watch: Watch) -> Lived:
    """Live all weeks of one replication; Stopped between two blocks when the watch says so."""
    world = begin(replication.scenario, replication.seed, replication.number, replication.weeks, log=replication.events)
    warm_up(world, watch)
    snapshots = [people(world, replication.scenario, replication.number, 0)] if replication.people_every else []
    events, departures = [], []
    for first, last in blocks(1, replication.weeks, block_length(world), replication.people_every):
        if replication.events:
            happened, left = live_logged(world, first, last)
            events.append(encounters(happened, replication.scenario, replication.number))
            departures.append(left)
        else:
            live_weeks(world, first, last)
        if replication.people_every and last % replication.people_every == 0:
            snapshots.append(people(world, replication.scenario, replication.number, last))
        watch.passed(last - first + 1)
    return Lived(
        weekly=recorded(world, replication.weeks).copy(),
        events=encounter_log(events, departures) if events else None,
        people=pa.concat_tables(snapshots) if snapshots else None,
    )


def warm_up(world: World, watch: Watch) -> None:
    """Live the weeks before week 1 block by block; nothing of them is logged."""
    settings = world.settings[0]
    logged = int(settings.log_events)
    settings.log_events = 0
    for first, last in blocks(int(settings.first_week), 0, block_length(world)):
        live_weeks(world, first, last)
        watch.passed(last - first + 1)
    settings.log_events = logged


def block_length(world: World) -> int:
    """How many weeks to live at once, so that an interruption need not wait."""
    return max(1, min(BLOCK, PEOPLE_WEEKS // len(world.customers)))


def blocks(first: int, last: int, length: int, every: int | None = None) -> Iterator[tuple[int, int]]:
    """First and last week of each block, at most `length` weeks, cut after each multiple of `every`."""
    while first <= last:
        end = min(first + length - 1, last)
        if every:
            end = min(end, first + (-first) % every)
        yield first, end
        first = end + 1
