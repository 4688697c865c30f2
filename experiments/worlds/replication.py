"""One replication: a world that begins, warms up and lives its weeks, and what is kept of it."""

from dataclasses import dataclass
from functools import cache

import pyarrow as pa

from agents.records import Record
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.beside import compiled_beside
from experiments.worlds.guarding import Guard
from experiments.worlds.people import people
from experiments.worlds.tables import encounter_log, encounters
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import block_length, blocks
from scenarios.scenario import Scenario
from simulation.beginning import populate
from simulation.week import live_weeks
from simulation.world import founded, live_logged, recorded


@dataclass(frozen=True, slots=True)
class Replication:
    """One world to be lived; scenario, seed and number decide every number that comes of it.

    weeks: recorded ones, after the scenario's warm-up. people_every: weeks between snapshots of people.
    begins_alone: whether no other world will begin alike, so that its warm-up need not be kept for them.
    """

    scenario: Scenario
    number: int
    seed: int
    weeks: int
    events: bool = False
    people_every: int | None = None
    begins_alone: bool = False

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
    """Compile the rules, or load them compiled: a third of a minute the first time on a machine, then a moment.

    Threads that start afterwards do not wait for each other's compiler.
    """
    smallest = {"organisation": {"employees": 1, "leaders": 1}, "customers": {"active": 1, "prospects": 0}}
    world = founded(Scenario.model_validate({"schema": 1, **smallest}), 0)
    with compiled_beside(populate):
        live_weeks(world, 1, 0)
    populate(world, 1)


def live(replication: Replication, watch: Watch) -> Lived:
    """Live all weeks of one replication; Stopped between two blocks when the watch says so.

    Raises Violation for a week that cannot be true.
    """
    world = warmed_up(
        replication.scenario,
        replication.seed,
        replication.number,
        replication.weeks,
        watch,
        log=replication.events,
        keep=not replication.begins_alone,
    )
    snapshots = [people(world, replication.scenario, replication.number, 0)] if replication.people_every else []
    events, departures = [], []
    guard = Guard(world, replication.weeks)
    for first, last in blocks(1, replication.weeks, block_length(world), replication.people_every):
        if replication.events:
            happened, left = live_logged(world, first, last)
            events.append(encounters(happened, replication.scenario, replication.number))
            departures.append(left)
        else:
            live_weeks(world, first, last)
        guard.passed(last)
        if replication.people_every and last % replication.people_every == 0:
            snapshots.append(people(world, replication.scenario, replication.number, last))
        watch.passed(last - first + 1)
    return Lived(
        weekly=recorded(world, replication.weeks).copy(),
        events=encounter_log(events, departures) if events else None,
        people=pa.concat_tables(snapshots) if snapshots else None,
    )
