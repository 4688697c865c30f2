"""Scenarios in the same worlds, and more of these worlds as they are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event

import pyarrow as pa

from experiments.comparison.census import Census, Counted, live_counted
from experiments.ensemble import Ensemble, assembled
from experiments.worlds.replication import Replication
from experiments.worlds.tables import weekly_table
from experiments.worlds.workers import Progress, in_threads

TOGETHER = 32
"""Worlds of one scenario in a row, before the next one lives them from the same beginnings while these are kept."""


@dataclass(eq=False)
class Growing:
    """The worlds lived so far, for each scenario by number; a world is the same whenever it is lived."""

    firsts: Sequence[Replication]
    workers: int | None = None
    on_progress: Progress | None = None
    stop: Event | None = None
    lived: list[list[Counted]] = field(init=False)
    weeks_done: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.lived = [[] for _ in self.firsts]

    @property
    def worlds(self) -> int:
        """How many worlds each scenario has lived."""
        return len(self.lived[0])

    def grow(self, worlds: int) -> None:
        """Live on until each scenario has so many. Raises Stopped, and Mistake for a wrong number of workers."""
        wanted = list(self._wanted(worlds))
        weeks = sum(one.all_weeks for _, one in wanted)
        found = in_threads(
            [one for _, one in wanted],
            live_counted,
            weeks,
            workers=self.workers,
            on_progress=self._report,
            stop=self.stop,
        )
        for (place, _), counted in zip(wanted, found, strict=True):
            self.lived[place].append(counted)
        self.weeks_done += weeks

    def weekly(self, place: int) -> pa.Table:
        """The weekly table of one scenario so far."""
        first = self.firsts[place]
        return weekly_table(first.scenario.name, first.seed, [one.lived.weekly for one in self.lived[place]])

    def is_same(self) -> bool:
        """Whether all scenarios have the same numbers to the bit, in every week of every world."""
        base, *others = self.lived
        return all(
            one.lived.weekly.tobytes() == same.lived.weekly.tobytes()
            for other in others
            for one, same in zip(base, other, strict=True)
        )

    def ensembles(self, started: datetime) -> list[Ensemble]:
        """What came of each scenario."""
        return [
            assembled(first, [one.lived for one in counted], started)
            for first, counted in zip(self.firsts, self.lived, strict=True)
        ]

    def census(self) -> tuple[tuple[Census, ...], ...]:
        """Who was where, by scenario and world."""
        return tuple(tuple(one.census for one in counted) for counted in self.lived)

    def _wanted(self, worlds: int) -> Iterator[tuple[int, Replication]]:
        """What is still to be lived, with the scenario's place: some worlds of each scenario in turn."""
        for start in range(self.worlds, worlds, TOGETHER):
            for place, first in enumerate(self.firsts):
                for number in range(start, min(start + TOGETHER, worlds)):
                    yield place, replace(first, number=number)

    def _report(self, done: int, weeks: int) -> None:
        if self.on_progress:
            self.on_progress(self.weeks_done + done, self.weeks_done + weeks)
