"""Worlds in which links of the effect chain are cut: they live beside their baseline, part of the week by part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from agents.records import Record
from experiments.worlds.beginnings import size_of, warmed_up
from experiments.worlds.watch import Watch
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from simulation.links import LINKS, causes_of, hold
from simulation.state import Causes, World
from simulation.week import CHANGE, ENDING, live_parts
from simulation.world import recorded

TOGETHER: Final = 128 * 2**20
"""Bytes of worlds that live side by side at most; where there are more, the baseline is lived again for the rest."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """A what-if to be lived beside its baseline with these links cut, each set of links in a world of its own."""

    base: Scenario
    what_if: Scenario
    number: int
    seed: int
    weeks: int
    cuts: tuple[frozenset[str], ...]

    @property
    def all_weeks(self) -> int:
        """Weeks to live, warm-up included, if all can live side by side."""
        return (1 + len(self.cuts)) * (self.what_if.warmup + self.weeks)


@dataclass(frozen=True, slots=True)
class Severed:
    """The weekly records of a baseline and, by the links that were cut, of its what-if."""

    base: Record
    what_ifs: dict[frozenset[str], Record]


def live_cut(job: Cuts, watch: Watch) -> Severed:
    """Live a baseline and its what-if with links cut. Raises Mistake where the two have other people, and Stopped."""
    base: Record | None = None
    lived: dict[frozenset[str], Record] = {}
    for cuts in _batches(job):
        reference = warmed_up(job.base, job.seed, job.number, job.weeks, watch)
        beside = [_Beside(job, reference, cut, watch) for cut in cuts]
        for week in range(1, job.weeks + 1):
            _live_week(reference, beside, week)
            watch.passed(1 + len(beside))
        base = recorded(reference, job.weeks).copy()
        lived |= {one.cut: recorded(one.world, job.weeks).copy() for one in beside}
    return Severed(base, lived)


def _batches(job: Cuts) -> Iterator[tuple[frozenset[str], ...]]:
    size = size_of(warmed_up(job.what_if, job.seed, job.number, job.weeks, Watch()))
    many = max(1, TOGETHER // size)
    for first in range(0, len(job.cuts), many):
        yield job.cuts[first : first + many]


class _Beside:
    """A world that lives beside its baseline, and stops where it has to look at it."""

    def __init__(self, job: Cuts, reference: World, cut: frozenset[str], watch: Watch) -> None:
        self.cut = cut
        self.world = warmed_up(job.what_if, job.seed, job.number, job.weeks, watch)
        for records in ("leaders", "employees", "customers"):
            if len(getattr(self.world, records)) != len(getattr(reference, records)):
                raise Mistake(
                    f"'{job.what_if.name}' has other numbers of {records} than '{job.base.name}'",
                    hint="links can be cut between worlds of the same people only",
                )
        self.causes: Causes = causes_of(self.world, reference, cut)
        self.stops = {ENDING} | {part for link in cut for part in LINKS[link].parts}
        self.next = CHANGE

    def catch_up(self, reference: World, week: int, part: int) -> None:
        """Live up to this part of the week, which the baseline has just lived, if there is something to see."""
        if part not in self.stops:
            return
        live_parts(self.world, self.causes, (week, week), (self.next, part))
        hold(self.world, reference, self.cut, part)
        self.next = CHANGE if part == ENDING else part + 1


def _live_week(reference: World, beside: Sequence[_Beside], week: int) -> None:
    own = causes_of(reference, reference, frozenset())
    stops = sorted({part for one in beside for part in one.stops} | {ENDING})
    first = CHANGE
    for part in stops:
        live_parts(reference, own, (week, week), (first, part))
        first = part + 1
        for one in beside:
            one.catch_up(reference, week, part)
