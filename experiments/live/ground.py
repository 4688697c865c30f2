"""What all worlds of a scenario have in common: laid down once, and by what decides them up to a week, kept."""

from threading import Lock
from typing import Final

from experiments.keep import Keep
from experiments.worlds.beginnings import key_of, size_of
from scenarios.scenario import Scenario
from simulation.luck import world_key
from simulation.state import World
from simulation.world import LIVING, copy, founded

ROOM: Final = 128 * 2**20
"""Bytes of worlds that are kept half-way: some 70 of a default organisation."""


class Ground:
    """A scenario with seed and weeks, from which each of its worlds begins; for any number of threads."""

    def __init__(self, scenario: Scenario, seed: int, weeks: int) -> None:
        """weeks: recorded ones."""
        self.scenario = scenario
        self.seed = seed
        self.weeks = weeks
        self.digest = scenario.digest()
        self._first: World | None = None
        self._lock = Lock()

    def fresh(self, number: int) -> World:
        """A founded world of one's own, as simulation.world.founded gives it. Raises Mistake for what cannot be."""
        with self._lock:
            if self._first is None:
                self._first = founded(self.scenario, self.seed, 0, self.weeks)
        world = copy(self._first)
        world.settings[0].key = world_key(self.seed, number)
        return world

    def marks(self, block: int) -> tuple[int, ...]:
        """Ends of blocks of weeks, the last first, after which something begins: who changes that begins here again."""
        starts = [one.start for one in self.scenario.interventions]
        starts += [one.start for one in self.scenario.shocks]
        ends = {(start - 1) // block * block for start in starts}
        return tuple(sorted((end for end in ends if 0 < end < self.weeks), reverse=True))


class Halfway:
    """Worlds at the end of some week, by all that decides it: another plan from there on begins there."""

    def __init__(self, room: int = ROOM) -> None:
        """room: bytes that are kept at most."""
        self._room = room
        self._kept: Keep[World] = Keep(room, size_of)

    def resume(self, world: World, weeks: tuple[int, ...]) -> int:
        """Put a founded world where a kept one stands, at the first of these weeks that is kept; 0 where none is."""
        for week in weeks:
            kept = self._kept.take(key_of(world, week))
            if kept is not None:
                lay_over(kept, world, week)
                return week
        return 0

    def keep(self, key: bytes, world: World) -> None:
        """Keep a copy of this world as it stands, unless it is too large; key: key_of it when it was founded."""
        if size_of(world) <= self._room:
            self._kept.keep(key, copy(world))


def lay_over(kept: World, world: World, week: int) -> None:
    """Put a founded world where another one stands as this week ends, its pages of the weekly table included."""
    for name in LIVING:
        getattr(world, name)[:] = getattr(kept, name)
    world.weekly[: lived(world, week)] = kept.weekly[: lived(world, week)]


def lived(world: World, week: int) -> int:
    """Weeks that have passed, warm-up included, when this week ends."""
    return week + 1 - int(world.settings[0].first_week)
