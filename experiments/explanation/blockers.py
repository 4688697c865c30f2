"""What blocks it now: the constraint whose small easing would raise the outcome most."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any

import numpy as np
import numpy.typing as npt

from experiments.explanation.easings import Easing, easings
from experiments.explanation.outcome import course, final_values
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import pass_weeks
from experiments.worlds.workers import Progress, in_threads
from results.indicators import INDICATORS
from results.statistics import PairedDifference, paired_difference
from scenarios.scenario import Scenario
from simulation.world import recorded


@dataclass(frozen=True, slots=True)
class Blocker:
    """A constraint, and what easing it a little changes in the outcome."""

    easing: Easing
    change: PairedDifference

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "constraint": self.easing.name,
            "eased": self.easing.english,
            "change": self.change.mean,
            "interval": [self.change.low, self.change.high],
        }


@dataclass(frozen=True, slots=True)
class _Life:
    scenario: Scenario
    number: int
    seed: int
    weeks: int
    easing: Easing | None


def blockers(
    scenario: Scenario,
    indicator: str,
    *,
    weeks: int,
    replications: int,
    seed: int,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> list[Blocker]:
    """Every constraint, the one first whose easing from week 1 on changes the outcome of the last year most.

    Where the indicator has a good direction, that is the most for the better, and what makes it worse comes last.
    """
    all_easings = easings()
    jobs = [
        _Life(scenario, number, seed, weeks, easing)
        for number in range(replications)
        for easing in (None, *all_easings)
    ]

    def do(job: _Life, watch: Watch) -> npt.NDArray[np.float64]:
        return _live(job, indicator, watch)

    all_weeks = len(jobs) * (scenario.warmup + weeks)
    courses = in_threads(jobs, do, all_weeks, workers=workers, on_progress=on_progress, stop=stop)
    values = np.reshape(final_values(courses, indicator), (replications, len(all_easings) + 1))
    found = [
        Blocker(easing, paired_difference(values[:, 0], values[:, place]))
        for place, easing in enumerate(all_easings, 1)
    ]
    return sorted(found, key=lambda one: -_gain(one.change.mean, indicator))


def clear_ones(found: Sequence[Blocker], indicator: str) -> list[Blocker]:
    """Those whose easing is clearly for the better, most first."""
    return [one for one in found if min(_gain(one.change.low, indicator), _gain(one.change.high, indicator)) > 0.0]


def _live(job: _Life, indicator: str, watch: Watch) -> npt.NDArray[np.float64]:
    world = warmed_up(job.scenario, job.seed, job.number, job.weeks, watch)
    if job.easing is not None:
        job.easing.ease(world)
    pass_weeks(world, 1, job.weeks, watch)
    return course(recorded(world, job.weeks), indicator)


def _gain(change: float, indicator: str) -> float:
    """How much better: the other way round where lower is better; any change counts where neither is."""
    known = INDICATORS.get(indicator)
    if known is None or known.direction == "neutral":
        return abs(change)
    return change if known.direction == "higher" else -change
