"""The search: batches of plans, each thought up from all finished ones, tried in the same few worlds."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import optuna
from optuna.samplers import BaseSampler, TPESampler
from optuna.trial import create_trial

from experiments.roadmaps.ledger import Ledger, Trial, quiet
from experiments.roadmaps.marks import Marks, marks_of
from experiments.roadmaps.space import Space
from experiments.roadmaps.worlds import Worlds

BATCH: Final = 8
"""Plans that are thought up before any of them is tried; the same however many threads there are."""

FIRST: Final = 1_000_000
"""Number of the first world of a search: no run or comparison can have it, so none repeats a search's luck."""

STARTUP: Final = 32
"""Trials before the sampler learns from them; until then it tries at random."""

Told = Callable[["Standing"], object]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a search is: plans tried, of how many (None where time decides), the best mark, and seconds left."""

    done: int
    trials: int | None
    best: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched, where, and how long: until so many trials or minutes, whichever comes first.

    replications: worlds in which each plan is tried. starts: points that are tried before any other.
    """

    space: Space
    worlds: Worlds
    replications: int
    starts: Sequence[Mapping[str, Any]]
    trials: int | None
    minutes: float | None = None

    def go_on(self, ledger: Ledger, told: Told | None = None) -> None:
        """Search on from where the ledger ends: the same trials in the same order, however often interrupted."""
        started, had = time.monotonic(), len(ledger.trials)
        while not self._is_over(len(ledger.trials), had, time.monotonic() - started):
            self._try_a_batch(ledger)
            if told:
                told(self._standing(ledger, had, time.monotonic() - started))

    def _is_over(self, done: int, had: int, seconds: float) -> bool:
        if self.trials is not None and done >= self.trials:
            return True
        return self.minutes is not None and done > had and seconds >= 60.0 * self.minutes

    def _try_a_batch(self, ledger: Ledger) -> None:
        """Think up a batch from the whole batches before it, and try what of it the ledger does not have."""
        done = len(ledger.trials)
        first = done - done % BATCH
        points = self.points(ledger.trials[:first])[done - first :]
        if self.trials is not None:
            points = points[: self.trials - done]
        plans = [self.space.plan(point) for point in points]
        gains = self.worlds.gains(plans, range(FIRST, FIRST + self.replications)).mean(axis=-1)
        for point, plan, gain in zip(points, plans, gains, strict=True):
            ledger.add(Trial(point, plan, tuple(map(tuple, gain.tolist()))))

    def points(self, finished: Sequence[Trial]) -> list[Mapping[str, Any]]:
        """The next batch of points: those to start with, and then what the sampler makes of all finished trials."""
        given = list(self.starts[len(finished) : len(finished) + BATCH])
        return given + self._thought_up(finished, BATCH - len(given)) if len(given) < BATCH else given

    def _thought_up(self, finished: Sequence[Trial], count: int) -> list[Mapping[str, Any]]:
        """A sampler that knows nothing but these trials, so that nothing is lost with the process that ran it."""
        marks = marks_in(finished, self.objectives)
        with quiet():
            study = optuna.create_study(
                sampler=sampler(self.worlds.seed, len(finished)), directions=["maximize"] * self.objectives
            )
            for trial, mark in zip(finished, marks, strict=True):
                if np.isfinite(mark).all():
                    known = create_trial(
                        params=dict(trial.point), distributions=self.space.distributions, values=mark.tolist()
                    )
                    study.add_trial(known)
            return [study.ask(self.space.distributions).params for _ in range(count)]

    @property
    def objectives(self) -> int:
        """How many marks a plan has."""
        return len(self.worlds.goals)

    def _standing(self, ledger: Ledger, had: int, seconds: float) -> Standing:
        done = len(ledger.trials)
        best = marks_in(ledger.trials, self.objectives)[:, 0]
        left = []
        if self.trials is not None:
            left.append(seconds / (done - had) * (self.trials - done))
        if self.minutes is not None:
            left.append(60.0 * self.minutes - seconds)
        return Standing(done, self.trials, float(np.nanmax(best)), max(0.0, min(left, default=0.0)))


def marks_in(trials: Sequence[Trial], objectives: int) -> Marks:
    """Marks by trial and objective."""
    return marks_of(np.array([trial.gains for trial in trials])) if trials else np.empty((0, objectives))


def sampler(seed: int, finished: int) -> BaseSampler:
    """What thinks up plans; its luck is named by seed and by how many trials are finished."""
    luck = np.random.SeedSequence([seed, finished]).generate_state(1)[0]
    return TPESampler(seed=int(luck), n_startup_trials=STARTUP)
