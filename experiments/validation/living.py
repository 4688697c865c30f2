"""Living a pattern's worlds over threads: arm by arm, so that what-ifs of one organisation share its warm-up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from threading import Event

from agents.records import Record
from experiments.validation.pattern import Arm, Figures, Worlds
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import pass_weeks, whole_log
from experiments.worlds.workers import Progress, in_threads
from scenarios.scenario import Scenario
from simulation.world import recorded

APART = 1_000_000
"""Replications between arms that share no luck."""


@dataclass(frozen=True, slots=True)
class Life:
    """One world to be lived."""

    arm: Arm
    scenario: Scenario
    seed: int
    replication: int

    @property
    def all_weeks(self) -> int:
        """Weeks to live, warm-up included."""
        return self.scenario.warmup + self.scenario.weeks


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of it."""

    weekly: Record
    figures: Figures


def lives_of(arms: Mapping[str, Arm], replications: int, seed: int) -> list[Life]:
    """All worlds of a pattern, arm by arm; made replication by replication, since arms may share what one has drawn."""
    made = [
        [Life(arm, arm.scenario_of(replication), seed, replication + APART * arm.apart) for arm in arms.values()]
        for replication in range(replications)
    ]
    return [life for of_arm in zip(*made, strict=True) for life in of_arm]


def live_arms(
    base: Scenario,
    arms: Mapping[str, Arm],
    replications: int,
    seed: int,
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Worlds:
    """The lived worlds of these arms; the other arguments are those of experiments.worlds.workers.live_all."""
    lives = lives_of(arms, replications, seed)
    weeks = sum(life.all_weeks for life in lives)
    left = iter(in_threads(lives, live, weeks, workers=workers, on_progress=on_progress, stop=stop))
    by_arm: dict[str, Sequence[Left]] = {name: list(islice(left, replications)) for name in arms}
    return Worlds(
        base,
        {name: [one.weekly for one in of_arm] for name, of_arm in by_arm.items()},
        {name: [one.figures for one in of_arm] for name, of_arm in by_arm.items()},
    )


def live(life: Life, watch: Watch) -> Left:
    """Live all weeks of one world; Stopped between two blocks when the watch says so."""
    scenario, arm = life.scenario, life.arm
    world = warmed_up(scenario, life.seed, life.replication, scenario.weeks, watch, log=arm.read is not None)
    if arm.prepare:
        arm.prepare(world)
    figures: Figures = {}
    if arm.read is None:
        pass_weeks(world, 1, scenario.weeks, watch)
    else:
        figures = arm.read(*whole_log(world, 1, scenario.weeks, watch))
    return Left(recorded(world, scenario.weeks).copy(), figures)
