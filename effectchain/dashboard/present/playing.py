"""Where a show stands: story, step, what was uncovered, and what the room guessed; never changed, always made anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, TypeVar

MOST_GUESSES: Final = 400

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Play:
    """A show as it stands.

    story: its name, or None while one is chosen. step: from 0. shown: steps whose outcome is uncovered.
    guesses: by step, where the room thinks the line ends. picks: by step, what the room chose.
    """

    story: str | None = None
    step: int = 0
    shown: frozenset[int] = frozenset()
    guesses: Mapping[int, tuple[float, ...]] = field(default_factory=lambda: MappingProxyType({}))
    picks: Mapping[int, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def opened(self, story: str | None, step: int = 0) -> "Play":
        """Another story from its beginning, or the list of stories."""
        return Play(story, max(step, 0))

    def at(self, step: int, steps: int) -> "Play":
        """At another step of this story, at its first or last where there is none."""
        return replace(self, step=min(max(step, 0), steps - 1))

    def uncovered(self) -> "Play":
        """The outcome of this step is shown."""
        return replace(self, shown=self.shown | {self.step})

    def covered(self) -> "Play":
        """The outcome of this step is hidden again, so that the room can predict once more."""
        return replace(self, shown=self.shown - {self.step})

    def guessed(self, value: float) -> "Play":
        """One more guess of where the line ends."""
        return replace(self, guesses=_added(self.guesses, self.step, value))

    def picked(self, choice: str) -> "Play":
        """One more vote."""
        return replace(self, picks=_added(self.picks, self.step, choice))

    def taken_back(self) -> "Play":
        """Without the last guess or vote of this step."""
        return replace(self, guesses=_shorter(self.guesses, self.step), picks=_shorter(self.picks, self.step))

    @property
    def is_shown(self) -> bool:
        """Whether this step's outcome is uncovered."""
        return self.step in self.shown


def _added(all_: Mapping[int, tuple[Kind, ...]], step: int, one: Kind) -> Mapping[int, tuple[Kind, ...]]:
    return MappingProxyType({**all_, step: (*all_.get(step, ()), one)[-MOST_GUESSES:]})


def _shorter(all_: Mapping[int, tuple[Kind, ...]], step: int) -> Mapping[int, tuple[Kind, ...]]:
    return MappingProxyType({**all_, step: all_.get(step, ())[:-1]})
