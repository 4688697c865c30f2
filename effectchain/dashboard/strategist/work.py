"""What a strategist is working on: a baseline, a what-if beside it, pinned ones, and the way back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from experiments.live.limits import MOST_WHAT_IFS
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from scenarios.scenario import Scenario

MOST_PINS: Final = MOST_WHAT_IFS - 1
MOST_STEPS: Final = 200
"""Moves that can be undone."""

LONGEST_TITLE: Final = 80


@dataclass(frozen=True, slots=True)
class Sight:
    """A baseline and the what-if beside it, as they stand after a move; title: what its maker calls the what-if."""

    base: Scenario
    what_if: Scenario
    title: str = ""

    @property
    def is_same(self) -> bool:
        """Whether the what-if does nothing beside its baseline."""
        return self.base.digest() == self.what_if.digest()


@dataclass(frozen=True, slots=True)
class Pin:
    """A what-if that stays beside the others; number: which of the colours and names it has, from 1."""

    number: int
    what_if: Scenario
    title: str


@dataclass(frozen=True, slots=True)
class Work:
    """All of one visitor's work; never changed, only replaced.

    origin: where the baseline comes from ('preset:hotel', 'kept:…', 'diagnosis', 'link'). glimpse: a moment of the past
    that is shown again, to see what the last move did. usual: assumptions that this organisation came with.
    """

    origin: str
    now: Sight
    past: tuple[Sight, ...] = ()
    future: tuple[Sight, ...] = ()
    pins: tuple[Pin, ...] = ()
    is_glimpse: bool = False
    usual: Mapping[str, float] = field(default_factory=dict)

    @property
    def shown(self) -> Sight:
        """What is to be seen: the present, or the moment before the last move."""
        return self.past[-1] if self.is_glimpse and self.past else self.now

    def moved(self, change: Callable[[Sight], Sight], *, goes_on: bool = False) -> "Work":
        """After a move; goes_on: it is the same drag as the last one, undone together with it."""
        after = change(self.now)
        if after == self.now:
            return replace(self, is_glimpse=False)
        past = self.past if goes_on and self.past else (*self.past, self.now)[-MOST_STEPS:]
        return replace(self, now=after, past=past, future=(), is_glimpse=False)

    def undone(self) -> "Work":
        """Before the last move."""
        if not self.past:
            return self
        return replace(self, now=self.past[-1], past=self.past[:-1], future=(self.now, *self.future), is_glimpse=False)

    def redone(self) -> "Work":
        """After the move that was undone last."""
        if not self.future:
            return self
        return replace(self, now=self.future[0], past=(*self.past, self.now), future=self.future[1:], is_glimpse=False)

    def glimpsed(self, *, is_glimpse: bool) -> "Work":
        """With the moment before the last move in sight, or the present again."""
        return replace(self, is_glimpse=is_glimpse and bool(self.past))

    def pinned(self, title: str) -> "Work":
        """With the what-if pinned as it is; another one of the same title gets a number behind it.

        Raises Mistake where there is no room, or it is pinned already.
        """
        if len(self.pins) >= MOST_PINS:
            raise Mistake(f"there are {MOST_PINS} pinned scenarios already", hint="take one away first")
        if any(pin.what_if.digest() == self.now.what_if.digest() for pin in self.pins):
            raise Mistake("this what-if is pinned already", hint="move a lever first")
        free = min(set(range(1, MOST_PINS + 1)) - {pin.number for pin in self.pins})
        taken = {pin.title for pin in self.pins}
        names = (title, *(f"{title} ({number})" for number in range(2, MOST_PINS + 1)))
        return replace(
            self, pins=(*self.pins, Pin(free, self.now.what_if, next(name for name in names if name not in taken)))
        )

    def unpinned(self, number: int) -> "Work":
        """Without this pin."""
        return replace(self, pins=tuple(pin for pin in self.pins if pin.number != number))

    def taken(self, number: int) -> "Work":
        """With this pin as the what-if to go on from."""
        found = next((pin for pin in self.pins if pin.number == number), None)
        if found is None:
            return self
        return self.moved(lambda sight: replace(sight, what_if=found.what_if, title=found.title))

    def called(self, title: str) -> "Work":
        """With this title of the what-if."""
        return replace(self, now=replace(self.now, title=title.strip()[:LONGEST_TITLE]))


def begun(origin: str, base: Scenario, what_if: Scenario | None = None, title: str = "") -> Work:
    """Work that begins at this baseline."""
    return Work(origin, Sight(base, what_if or base, title), usual=usual_behaviour(base))


def usual_behaviour(base: Scenario) -> Mapping[str, float]:
    """Assumptions that this organisation came with: those of the example whose name it has, or else its own."""
    return (load(base.name) if base.name in presets() else base).behaviour
