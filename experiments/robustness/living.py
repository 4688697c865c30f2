"""One world under one variant, and the few numbers that conclusions need of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from agents.blocks import BLOCKS
from agents.records import Record
from experiments.validation.encounters import YEAR
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import logged_weeks, pass_weeks
from results.effects.payback import discounted
from scenarios.scenario import Scenario
from simulation.world import recorded


@dataclass(frozen=True, slots=True)
class Life:
    """A world to be lived. logged: whether its encounters are looked at."""

    variant: str
    arm: str
    scenario: Scenario
    seed: int
    replication: int
    logged: bool

    @property
    def all_weeks(self) -> int:
        """Weeks to live, warm-up included."""
        return self.scenario.warmup + self.scenario.weeks


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a world comes to.

    worth, spent: profit, and investment within it, of all weeks at their worth at the start (euro). loyalty: mean
    chance to stay in the last year. lived: mean lived maturity of the nine blocks in the last year. level: what the
    organisation is like in the last year, and the share of failures that ended above.
    """

    worth: float
    spent: float
    loyalty: float
    lived: float
    level: Mapping[str, float]


def live(life: Life, watch: Watch) -> Outcome:
    """Live all weeks of one world; Stopped between two blocks of them when the watch says so."""
    scenario = life.scenario
    world = warmed_up(scenario, life.seed, life.replication, scenario.weeks, watch, log=life.logged)
    failures, above = 0, 0
    if life.logged:
        for events, _ in logged_weeks(world, 1, scenario.weeks, watch):
            failed = events["failed"] == 1
            failures += int(failed.sum())
            above += int((failed & (events["satisfaction_after"] > events["satisfaction_before"])).sum())
    else:
        pass_weeks(world, 1, scenario.weeks, watch)
    paradox = above / failures if failures else 0.0
    return outcome_of(recorded(world, scenario.weeks), scenario, paradox)


def outcome_of(weekly: Record, scenario: Scenario, paradox: float) -> Outcome:
    """The numbers of a world from its weekly table."""
    worth, spent = discounted(np.array([weekly["profit"], weekly["investment"]]), scenario.economics.interest)
    end = weekly[-YEAR:]
    means = {name: float(np.nanmean(end[name])) for name in ("churn", "turnover", "satisfaction")}
    return Outcome(
        worth=float(worth),
        spent=float(spent),
        loyalty=float(np.nanmean(end["loyalty"])),
        lived=float(np.mean([end[f"lived_{block}"].mean() for block in BLOCKS])),
        level=means | {"customers": float(end["customers"].mean() / scenario.customers.active), "paradox": paradox},
    )
