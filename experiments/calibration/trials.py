"""Trials: the scenario with its parameters at some places, lived in the same few worlds, and what figures come to."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final

import numpy as np

from experiments.calibration.asking import Asked
from experiments.calibration.figures import Figure
from experiments.calibration.parameters import Numbers, Parameter, scenario_at
from experiments.searching import JOURNAL, mend
from experiments.surveys.survey import lived
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Watch
from experiments.worlds.workers import in_threads
from scenarios.scenario import Scenario
from simulation.world import recorded

FIRST: Final = 1_500_000
"""Number of the first world of a calibration: no run or comparison can have it, so none repeats its luck."""

TOGETHER: Final = 8
"""Trials that are lived before any of them is written down."""

Place = tuple[float, ...]


@dataclass
class Trials:
    """What was tried so far, in memory and, where there is a folder, on disk; the same trial is never lived twice.

    base: the organisation before anything is done to it. replications: worlds of each trial, the same for all.
    asked: the survey whose answers are among the figures.
    """

    base: Scenario
    parameters: tuple[Parameter, ...]
    figures: tuple[Figure, ...]
    seed: int
    replications: int
    workers: int | None = None
    stop: Event | None = None
    folder: Path | None = None
    asked: Asked | None = None
    _known: dict[Place, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is not None and (self.folder / JOURNAL).exists():
            mend(self.folder / JOURNAL)
            self._known |= dict(_written(self.folder / JOURNAL))

    @property
    def tried(self) -> int:
        """How many trials there are."""
        return len(self._known)

    @property
    def weeks(self) -> int:
        """Recorded weeks of a trial: as many as the figure measured longest."""
        return max(figure.weeks for figure in self.figures)

    def by_world(self, points: Sequence[Numbers]) -> Numbers:
        """What the figures come to, by trial, figure and world; NaN where a world had nothing to measure."""
        places = [_place(point) for point in points]
        unknown = [place for place in dict.fromkeys(places) if place not in self._known]
        for first in range(0, len(unknown), TOGETHER):
            self._live(unknown[first : first + TOGETHER])
        return np.array([self._known[place] for place in places])

    def means(self, points: Sequence[Numbers]) -> Numbers:
        """The same, as means over the worlds that had something to measure."""
        return mean_over_worlds(self.by_world(points))

    def scenario(self, point: Numbers) -> Scenario:
        """The organisation with its parameters at these places."""
        return scenario_at(self.base, self.parameters, np.array(_place(point)))

    def fresh(self, point: Numbers, replications: int) -> Numbers:
        """What the figures come to by figure and world in worlds that no trial saw: those of a run with this seed."""
        lived = self._lives([(self.scenario(point), number) for number in range(replications)])
        return np.array(lived).T

    def _live(self, places: Sequence[Place]) -> None:
        scenarios = [self.scenario(np.array(place)) for place in places]
        worlds = range(FIRST, FIRST + self.replications)
        found = self._lives([(scenario, number) for scenario in scenarios for number in worlds])
        values = np.reshape(found, (len(places), self.replications, len(self.figures))).swapaxes(1, 2)
        for place, one in zip(places, values, strict=True):
            self._known[place] = one
        self._write(dict(zip(places, values, strict=True)))

    def _lives(self, jobs: Sequence[tuple[Scenario, int]]) -> list[list[float]]:
        def do(job: tuple[Scenario, int], watch: Watch) -> list[float]:
            scenario, number = job
            return self._measured(scenario, number, watch)

        all_weeks = len(jobs) * (self.base.warmup + self.weeks)
        return in_threads(jobs, do, all_weeks, workers=self.workers, stop=self.stop)

    def _measured(self, scenario: Scenario, number: int, watch: Watch) -> list[float]:
        """What the figures come to in one world; where people are asked, as its last week ends."""
        if self.asked is None:
            weekly = live(Replication(scenario, number, self.seed, self.weeks), watch).weekly
            return [figure.reached(weekly) for figure in self.figures]
        is_logged = self.asked.instrument.form.asks == "customers"
        scene = lived(scenario, self.seed, number, self.weeks, watch, log=is_logged)
        weekly, answered = recorded(scene.world, self.weeks), self.asked.ask(scene, self.seed, number)
        return [figure.reached(weekly, answered) for figure in self.figures]

    def _write(self, found: Mapping[Place, Numbers]) -> None:
        if self.folder is not None:
            with (self.folder / JOURNAL).open("a", encoding="utf-8") as journal:
                for place, values in found.items():
                    journal.write(json.dumps({"place": place, "values": values.tolist()}) + "\n")


def mean_over_worlds(values: Numbers) -> Numbers:
    """Means over the last axis, leaving out worlds without a value; NaN where no world has one."""
    present = ~np.isnan(values)
    total = np.where(present, values, 0.0).sum(axis=-1)
    counts = present.sum(axis=-1)
    return np.asarray(np.divide(total, counts, out=np.full(total.shape, np.nan), where=counts > 0))


def spread(by_world: Numbers) -> Numbers:
    """Standard deviations over worlds, of those that have a value."""
    present = ~np.isnan(by_world)
    means = mean_over_worlds(by_world)[:, None]
    squares = np.where(present, by_world - means, 0.0) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=1) / np.maximum(present.sum(axis=1) - 1, 1)))


def _place(point: Numbers) -> Place:
    """Six decimals of a spread tell places apart."""
    return tuple((np.round(point, 6) + 0.0).tolist())


def _written(journal: Path) -> Iterator[tuple[Place, Numbers]]:
    for line in journal.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield tuple(row["place"]), np.array(row["values"], dtype="f8")
