"""What is known of a move so far: it never changes, and summaries are made as they are asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from agents.records import Record
from experiments.comparison.comparison import apart
from experiments.live.limits import Limit
from experiments.live.outcome import Curve, Outcome, outcome
from experiments.live.summaries import Content, course_of, finals_of
from experiments.worlds.tables import weekly_table
from results.statistics import LAST_WEEKS, Column, by_indicator, final_year
from results.trajectories import Trajectory, trajectory
from scenarios.scenario import Scenario

Worlds = Mapping[int, Record]
"""Weekly records by the number of their world."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A world that could not be lived, or, where number is None, no world of the scenario at this place."""

    place: int
    number: int | None
    reason: str


@dataclass(frozen=True, eq=False)
class Answer:
    """A baseline and its what-ifs as far as their worlds are lived; place 0 is the baseline.

    lived: whole worlds of each place, without a gap but for those that failed. begun: where the first two are not
    whole, these as far as they have come. seconds: since the move. What is told of a pair of places is about the
    worlds that both have: what `effectchain compare` tells with so many replications.
    """

    move: int
    scenarios: tuple[Scenario, ...]
    newest: int
    seed: int
    weeks: int
    limit: Limit
    lived: tuple[Worlds, ...]
    begun: tuple[Worlds, ...]
    failures: tuple[Failure, ...]
    is_finished: bool
    seconds: float

    @property
    def worlds(self) -> int:
        """Whole worlds that the baseline and the newest what-if have in common: the 42 of "42 of 60"."""
        return len(self.pairs(self.newest))

    @property
    def wanted(self) -> int:
        """Worlds that there will be in the end."""
        return self.limit.worlds

    def pairs(self, place: int) -> list[int]:
        """Numbers of the worlds that this place and the baseline have both lived to the end."""
        return sorted(self.lived[0].keys() & self.lived[place].keys())

    def weeks_of(self, place: int) -> int:
        """How many weeks a curve of this place has now; 0 where nothing is known of it."""
        if not self.begun[place]:
            return self.weeks if self.lived[place] else 0
        return min(len(record) for record in self.begun[place].values())

    def outcomes(self, place: int, indicators: Sequence[str]) -> dict[str, Outcome]:
        """What a what-if makes of each indicator's last year, over the worlds in common; empty where there is none.

        Flows count as yearly sums.
        """
        numbers = self.pairs(place)
        if not numbers:
            return {}
        before, after = (self._finals(one, numbers, indicators) for one in (0, place))
        return {name: outcome(name, before[name], after[name]) for name in indicators}

    def levels(self, place: int, indicators: Sequence[str]) -> dict[str, float | None]:
        """Each indicator's mean in the last year over all whole worlds of a place; None where it has no value.

        Of a what-if with fewer worlds than the baseline: the baseline's level and the difference in common worlds,
        so that no luck of few worlds passes for an effect.
        """
        if not self.lived[place]:
            return dict.fromkeys(indicators)
        own = self._finals(0, sorted(self.lived[0]), indicators) if self._is_behind(place) else None
        if own is None:
            found = self._finals(place, sorted(self.lived[place]), indicators)
            return {name: _mean(values) for name, values in found.items()}
        apart = self.outcomes(place, indicators)
        return {name: _plus(_mean(values), apart[name].mean) for name, values in own.items()}

    def curve(self, place: int, indicator: str) -> Curve | None:
        """The course of an indicator; None where nothing is known of it yet.

        Of a what-if with fewer worlds than the baseline: the baseline's course and the difference in common worlds.
        """
        if place == 0 or not self._is_behind(place):
            own = self._trajectory(place, self.lived[place], indicator) if self.lived[place] else None
            known = own or self._trajectory(place, self.begun[place], indicator)
            return Curve.of(known, len(self.lived[place])) if known else None
        base = self._trajectory(0, self.lived[0], indicator)
        mine = self.lived[place] if len(self.lived[place]) >= min(2, self.wanted) else self.begun[place]
        numbers = sorted(mine.keys() & self.lived[0].keys())
        own = self._trajectory(place, {number: mine[number] for number in numbers}, indicator)
        same = self._trajectory(0, {number: self.lived[0][number] for number in numbers}, indicator)
        if base is None or own is None or same is None:
            return None
        shift = (base.mean - same.mean)[: len(own.mean)]
        return Curve.of(own, len(self.lived[place]), shift)

    def weekly(self, place: int, indicators: Sequence[str] = ()) -> pa.Table:
        """The weekly table over the worlds that this place and the baseline have in common; empty list: all columns."""
        return self._table(place, self.pairs(place), indicators)

    def tables(self, names: Sequence[str] = ()) -> dict[str, pa.Table]:
        """The weekly tables of all scenarios over the worlds that all have in common, by name, the baseline first.

        names: of all scenarios, by default their own. A later one whose name is taken has a number after it, as in a
        comparison. Empty where there is no such world.
        """
        numbers = sorted(set.intersection(*(set(one) for one in self.lived)))
        if not numbers:
            return {}
        called = names or [one.name for one in apart(self.scenarios)]
        return {name: self._table(place, numbers, (), name) for place, name in enumerate(_distinct(called))}

    def _is_behind(self, place: int) -> bool:
        return bool(place) and len(self.lived[0]) > len(self.lived[place])

    def _table(
        self, place: int, numbers: Sequence[int], indicators: Sequence[str] = (), name: str | None = None
    ) -> pa.Table:
        rows = [self.lived[place][number] for number in numbers]
        return weekly_table(name or self.scenarios[place].name, self.seed, rows, indicators)

    def _finals(self, place: int, numbers: Sequence[int], indicators: Sequence[str]) -> Mapping[str, Column]:
        def make() -> Mapping[str, Column]:
            rows = [self.lived[place][number][-LAST_WEEKS:] for number in numbers]
            table = weekly_table(self.scenarios[place].name, self.seed, rows, indicators)
            return by_indicator(final_year(table, LAST_WEEKS))

        return finals_of(self._content(place, numbers), indicators, make)

    def _content(self, place: int, numbers: Sequence[int]) -> Content:
        return self.scenarios[place].digest(), self.seed, self.weeks, tuple(numbers)

    def _trajectory(self, place: int, worlds: Worlds, indicator: str) -> Trajectory | None:
        if not worlds:
            return None
        weeks = min(len(record) for record in worlds.values())
        numbers = sorted(worlds)

        def make() -> Trajectory:
            lines = np.array([worlds[number][indicator][:weeks] for number in numbers], dtype="f8")
            return trajectory(self.scenarios[place].name, indicator, np.arange(1, weeks + 1), lines)

        return course_of(self._content(place, numbers), indicator, make) if weeks == self.weeks else make()


def _distinct(names: Sequence[str]) -> list[str]:
    """The names, with a number after those that are taken."""
    return [name if name not in names[:place] else f"{name} ({place + 1})" for place, name in enumerate(names)]


def _mean(values: Column) -> float | None:
    """The mean over the worlds that have a value."""
    present = values[np.isfinite(values)]
    return float(present.mean()) if present.size else None


def _plus(level: float | None, difference: float | None) -> float | None:
    return None if level is None or difference is None else level + difference
