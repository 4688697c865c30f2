"""The worlds of a story, lived behind the screen: a few at first, then all, while the show goes on."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from effectchain.dashboard.present.casting import Cast, cast
from effectchain.dashboard.present.failures import Log, read_log, together
from effectchain.dashboard.present.measures import MEASURES, headlines
from effectchain.dashboard.present.story import BASELINE, Story
from experiments.comparison.growing import Growing
from experiments.worlds.replication import Replication
from experiments.worlds.watch import Stopped
from experiments.worlds.workers import in_threads

FIRST: Final = 4
"""Worlds of each scenario before anything is shown."""

MOST_LOGGED: Final = 6
"""Worlds whose encounters are read."""

NEWS: Final = 0.4
"""Seconds between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Found:
    """What there is so far: weekly tables by key, the log where the story needs one, and how far the work is.

    worlds: of each scenario, 0 for none yet; of: when all is done. share: of all weeks, 0 to 1.
    trouble: why the worlds could not be lived, where that is so.
    """

    worlds: int = 0
    of: int = 0
    share: float = 0.0
    weekly: Mapping[str, pa.Table] = field(default_factory=lambda: MappingProxyType({}))
    log: Log | None = None
    trouble: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing more will come."""
        return self.trouble is not None or 0 < self.of <= self.worlds


class Rehearsal:
    """The worlds of one story for one visitor; lives them in a thread of its own, once."""

    def __init__(self, story: Story, on_news: Callable[[], object]) -> None:
        self.story = story
        self.found = Found(of=story.worlds)
        self._on_news = on_news
        self._stop = threading.Event()
        self._told = 0.0
        self._weeks_done, self._all_weeks = 0, 1
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, unless that was done; returns at once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self.live, name="rehearsal", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Stop soon; what was found stays."""
        self._stop.set()

    def live(self) -> None:
        """Live all worlds in the calling thread; what fails becomes trouble on the screen, and the show goes on."""
        try:
            self._live(cast(self.story))
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001  whatever it is, nobody else would tell the room
            self._tell(replace(self.found, trouble=error))

    def _live(self, found: Cast) -> None:
        scenarios = {
            key: Replication(one, 0, self.story.seed, self.story.weeks) for key, one in found.scenarios.items()
        }
        logged = min(self.story.worlds, MOST_LOGGED) if found.is_logged else 0
        self._all_weeks = sum(one.all_weeks for one in scenarios.values()) * self.story.worlds
        self._all_weeks += logged * scenarios[BASELINE].all_weeks
        if logged:
            self._read_logs([replace(scenarios[BASELINE], number=number) for number in range(logged)])
        acts = [(act, self._growing([scenarios[key] for key in act])) for act in acts_of(self.story)]
        for worlds in sorted({min(FIRST, self.story.worlds), self.story.worlds}):
            for act, growing in acts:
                self._grow(act, growing, worlds, is_last=act is acts[-1][0])

    def _read_logs(self, jobs: list[Replication]) -> None:
        weeks = sum(one.all_weeks for one in jobs)
        logs = in_threads(jobs, read_log, weeks, on_progress=lambda done, _: self._pass(done), stop=self._stop)
        self._weeks_done += weeks
        self._tell(replace(self.found, log=together(logs)))

    def _growing(self, firsts: list[Replication]) -> Growing:
        growing = Growing(firsts, stop=self._stop)
        growing.on_progress = lambda done, _: self._pass(done - growing.weeks_done)
        return growing

    def _grow(self, act: tuple[str, ...], growing: Growing, worlds: int, *, is_last: bool) -> None:
        before = growing.weeks_done
        growing.grow(worlds)
        self._weeks_done += growing.weeks_done - before
        needed = columns_of(self.story)
        weekly = {**self.found.weekly, **{key: growing.weekly(place).select(needed) for place, key in enumerate(act)}}
        reached = worlds if is_last else self.found.worlds
        self._tell(replace(self.found, worlds=reached, weekly=MappingProxyType(weekly)))

    def _pass(self, weeks: int) -> None:
        share = (self._weeks_done + weeks) / self._all_weeks
        self.found = replace(self.found, share=min(share, 1.0))
        if time.monotonic() - self._told > NEWS:
            self._tell(self.found)

    def _tell(self, found: Found) -> None:
        self.found = found
        self._told = time.monotonic()
        if not self._stop.is_set():
            self._on_news()


def columns_of(story: Story) -> list[str]:
    """The columns of the weekly table that any step shows; the others need no room in memory."""
    measures = {step.measure for step in story.steps}
    if any(step.nodes or step.show == "chain" for step in story.steps):
        measures |= set(headlines().values())
    columns = {column for measure in measures for column in MEASURES[measure].columns}
    return ["replication", "week", *sorted(columns)]


def acts_of(story: Story) -> list[tuple[str, ...]]:
    """The story's scenarios in the order in which its steps need them: first those of the first step that shows any."""
    everything = (BASELINE, *(one.id for one in story.what_ifs))
    wanted = next((step.what_ifs for step in story.steps if step.show != "words" and step.what_ifs), everything)
    first = set(wanted)
    for one in reversed(story.what_ifs):
        if one.id in first:
            first.add(one.beside)
    act = tuple(one for one in everything if one in first or one == BASELINE)
    rest = tuple(one for one in everything if one not in act)
    return [act, rest] if rest else [act]
