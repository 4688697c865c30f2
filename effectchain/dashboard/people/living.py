"""Living the two worlds in the background: the one to be seen comes first, and the page is told how far they are."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event
from typing import Any, Final

import solara
from solara.lab import use_task

from effectchain.dashboard.people.asking import WORLDS
from effectchain.dashboard.people.telling import Pair
from experiments.history.history import History
from experiments.history.keeping import history_of
from experiments.worlds.watch import Stopped, Watch
from scenarios.scenario import Scenario

EVERY: Final = 0.25
"""Seconds between two words about how far it is."""

Asked = tuple[str, str, int]
"""What decides two worlds: both scenarios, as digests, and the seed."""


@dataclass(frozen=True, slots=True)
class News:
    """How far two worlds are, in percent, and those that are whole, with the decision and without."""

    asked: Asked | None = None
    part: int = 0
    worlds: tuple[History | None, History | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Living:
    """What the page knows of its worlds.

    pair: both, those asked for before as long as others are on their way; None where there are none.
    """

    pair: Pair | None
    news: News
    is_pending: bool
    error: BaseException | None

    def shown(self, world: str) -> History | None:
        """The world to be seen, as soon as it is whole; None as long as it is not."""
        worlds = (self.pair or (None, None)) if self.is_whole else self.news.worlds
        return worlds[WORLDS.index(world)]

    @property
    def is_whole(self) -> bool:
        """Whether there is a pair to be seen, and not one world that waits for the other."""
        return not any(self.news.worlds)


class Telling(Watch):
    """A watch that tells how many percent have passed."""

    def __init__(self, stop: Event, weeks: int, tell: Callable[[int], object]) -> None:
        """weeks: those of both worlds, warm-up included."""
        super().__init__(stop)
        self._all, self._tell, self._told = weeks, tell, time.monotonic()

    def passed(self, weeks: int) -> None:
        """Count these weeks and tell of them now and then; Stopped when there should be no more."""
        super().passed(weeks)
        if time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            self._tell(min(99, 100 * self.weeks // self._all))


def use_worlds(what_if: Scenario, base: Scenario, seed: int, first: str, tries: int) -> Living:
    """The two worlds, lived in a thread; those that nobody wants any more are stopped between two weeks.

    first: which of them is lived first. tries: another number lives them again.
    """
    asked = (what_if.digest(), base.digest(), seed)
    news, set_news = solara.use_state(News())
    stop = solara.use_ref(Event())

    def leave() -> None:
        stop.current.set()

    def live() -> Pair | None:
        stop.current.set()
        stop.current = mine = Event()
        try:
            return lived((what_if, base), asked, first, mine, set_news)
        except Stopped:  # nobody looks any more
            return None

    solara.use_effect(lambda: leave, [])
    task: Any = use_task(live, dependencies=[*asked, tries], raise_error=False)
    pair = task.latest if task.latest and not task.error else None
    return Living(pair, news if task.pending and news.asked == asked else News(), task.pending, task.exception)


def lived(
    scenarios: tuple[Scenario, Scenario], asked: Asked, first: str, stop: Event, tell: Callable[[News], object]
) -> Pair:
    """Both worlds; `tell` hears how far they are, and of the first as soon as it is whole. Stopped when asked to."""
    news = News(asked)
    weeks = sum(one.weeks + one.warmup for one in scenarios)

    def say(part: int) -> None:
        tell(replace(news, part=part))

    watch = Telling(stop, weeks, say)
    place = WORLDS.index(first)
    seen = history_of(scenarios[place], asked[2], watch)
    news = replace(news, worlds=(seen, None) if place == 0 else (None, seen))
    watch.passed(0)
    say(min(99, 100 * watch.weeks // weeks))
    other = history_of(scenarios[1 - place], asked[2], watch)
    return (seen, other) if place == 0 else (other, seen)
