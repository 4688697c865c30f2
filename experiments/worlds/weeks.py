"""Weeks lived in blocks, so that somebody can look at the watch in between."""

from collections.abc import Iterator
from typing import Final

from experiments.worlds.watch import Watch
from simulation.state import World
from simulation.week import live_weeks

BLOCK: Final = 52
"""Weeks between two looks at the watch; fewer where many people make a week long."""

PEOPLE_WEEKS: Final = 2_000_000
"""People times weeks in a block at most: about a sixth of a second."""


def warm_up(world: World, watch: Watch) -> None:
    """Live the weeks before week 1 block by block; nothing of them is logged."""
    settings = world.settings[0]
    logged = int(settings.log_events)
    settings.log_events = 0
    for first, last in blocks(int(settings.first_week), 0, block_length(world)):
        live_weeks(world, first, last)
        watch.passed(last - first + 1)
    settings.log_events = logged


def block_length(world: World, most: int = BLOCK) -> int:
    """How many weeks to live at once, so that an interruption need not wait."""
    return max(1, min(most, PEOPLE_WEEKS // len(world.customers)))


def blocks(first: int, last: int, length: int, every: int | None = None) -> Iterator[tuple[int, int]]:
    """First and last week of each block, at most `length` weeks, cut after each multiple of `every`."""
    while first <= last:
        end = min(first + length - 1, last)
        if every:
            end = min(end, first + (-first) % every)
        yield first, end
        first = end + 1
