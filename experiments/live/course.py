"""One world on its way through its weeks, in steps so short that somebody can look in between."""

from typing import Final

from agents.records import Record
from experiments.live.ground import Ground, Halfway
from experiments.worlds.beginnings import key_of, warmed
from experiments.worlds.guarding import Guard
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import block_length
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import recorded

STEP: Final = 13
"""Weeks that pass at once while somebody waits for the first curve."""


class Course:
    """A world of a scenario; one thread at a time takes its steps, others may read what has passed, or halt it."""

    def __init__(self, ground: Ground, number: int, halfway: Halfway | None = None) -> None:
        """number: of the world, from 0. halfway: where worlds are kept before something begins."""
        self.ground = ground
        self.number = number
        self.weeks = 0
        self._halfway = halfway
        self._watch = Watch()
        self._world: World | None = None
        self._keys: dict[int, bytes] = {}
        self._guard: Guard | None = None

    @property
    def is_whole(self) -> bool:
        """Whether all weeks have passed."""
        return self.weeks == self.ground.weeks

    def halt(self) -> None:
        """Nobody wants this world any more; a step that has begun ends soon."""
        self._watch.halt()

    def step(self) -> None:
        """Let a block of weeks pass, the first time after the warm-up.

        Raises Stopped where it was halted, Mistake for what cannot be, Violation for weeks that cannot be true.
        """
        world = self._world = self._world or self._begun()
        last = min(self.weeks + block_length(world, STEP), self.ground.weeks)
        live_weeks(world, self.weeks + 1, last)
        if self._guard is None:
            self._guard = Guard(world, self.ground.weeks, self.weeks)
        self._guard.passed(last)
        self.weeks = last
        if self._halfway and last in self._keys:
            self._halfway.keep(self._keys[last], world)
        self._watch.passed(last)

    def weekly(self, weeks: int) -> Record:
        """A copy of the rows of weeks 1 to `weeks`, which have passed; nobody may change it."""
        assert self._world is not None  # noqa: S101  weeks have passed, so there is a world
        rows = recorded(self._world, weeks).copy()
        rows.flags.writeable = False
        return rows

    def _begun(self) -> World:
        """The world at the end of its warm-up, or as far as one that began alike is kept."""
        world = self.ground.fresh(self.number)
        marks = self.ground.marks(block_length(world, STEP)) if self._halfway else ()
        self._keys = {week: key_of(world, week) for week in marks}
        self.weeks = self._halfway.resume(world, marks) if self._halfway else 0
        if self.weeks:
            return world
        return warmed(world, self.ground.scenario, self._watch)
