"""What plans bring in worlds that share all luck: gains over doing nothing, world by world."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event

import numpy as np
import numpy.typing as npt

from experiments.roadmaps.goals import Goal
from experiments.roadmaps.plan import Plan
from experiments.worlds.replication import Lived, Replication
from experiments.worlds.workers import live_all
from scenarios.scenario import Scenario

Gains = npt.NDArray[np.float64]


@dataclass
class Worlds:
    """The organisation, or its plausible variants, lived under one seed; what was lived once is known.

    Gains are what a plan adds to a goal beside doing nothing in the same world, signed so that more is better.
    """

    variants: tuple[Scenario, ...]
    goals: tuple[Goal, ...]
    weeks: int
    seed: int
    workers: int | None = None
    stop: Event | None = None
    _known: dict[tuple[Plan, int, int], tuple[float, ...]] = field(default_factory=dict)

    def gains(self, plans: Sequence[Plan], numbers: Iterable[int]) -> Gains:
        """Gains by plan, variant, goal and world; NaN where a goal had nothing to measure."""
        worlds = tuple(numbers)
        self._live_unknown([Plan(()), *plans], worlds)
        found = np.array(
            [
                [[self._known[plan, variant, number] for number in worlds] for variant in range(len(self.variants))]
                for plan in [Plan(()), *plans]
            ]
        )
        signs = np.array([goal.sign for goal in self.goals])
        return np.asarray(((found[1:] - found[0]) * signs).swapaxes(2, 3))

    def _live_unknown(self, plans: Sequence[Plan], numbers: Sequence[int]) -> None:
        """Worlds of one organisation and luck stand together, so that they can share their warm-up."""
        wanted = dict.fromkeys(
            (plan, variant, number)
            for variant in range(len(self.variants))
            for number in numbers
            for plan in plans
            if (plan, variant, number) not in self._known
        )
        replications = [self._replication(*one) for one in wanted]
        if replications:
            lived = live_all(replications, workers=self.workers, stop=self.stop)
            self._known |= {one: self._reached(life) for one, life in zip(wanted, lived, strict=True)}

    def _replication(self, plan: Plan, variant: int, number: int) -> Replication:
        scenario = self.variants[variant]
        return Replication(plan.done_in(scenario, scenario.name, self.weeks), number, self.seed, self.weeks)

    def _reached(self, life: Lived) -> tuple[float, ...]:
        return tuple(float(goal.reached(lambda name: life.weekly[name][None, :])[0]) for goal in self.goals)
