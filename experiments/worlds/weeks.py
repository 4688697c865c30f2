"""Weeks lived in blocks, so that somebody can look at the watch in between."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from agents.encounter import ENCOUNTER
from agents.records import Record, empty
from experiments.worlds.watch import Watch
from simulation.state import DEPARTURE, World
from simulation.week import live_weeks
from simulation.world import live_logged

BLOCK: Final = 52
"""Weeks between two looks at the watch; fewer where many people make a week long."""

PEOPLE_WEEKS: Final = 2_000_000
"""People times weeks in a block at most: about a sixth of a second."""


def warm_up(world: World, watch: Watch) -> None:
    """Live the weeks before week 1 block by block; nothing of them is logged."""
    settings = world.settings[0]
    logged = int(settings.log_events)
    settings.log_events = 0
    pass_weeks(world, int(settings.first_week), 0, watch)
    settings.log_events = logged


def pass_weeks(world: World, first: int, last: int, watch: Watch) -> None:
    """Live these weeks; their log is not looked at. Stopped between two blocks when the watch says so."""
    for start, end in blocks(first, last, block_length(world)):
        live_weeks(world, start, end)
        watch.passed(end - start + 1)


def logged_weeks(world: World, first: int, last: int, watch: Watch) -> Iterator[tuple[Record, Record]]:
    """Live these weeks of a world with a log: encounters and departures of each block. Stopped as in `pass_weeks`."""
    for start, end in blocks(first, last, block_length(world)):
        found = live_logged(world, start, end)
        watch.passed(end - start + 1)
        yield found


def whole_log(world: World, first: int, last: int, watch: Watch) -> tuple[Record, Record]:
    """Encounters and departures of these weeks, in their order, as they are lived; see `logged_weeks`."""
    none = (empty(ENCOUNTER, 0), empty(DEPARTURE, 0))
    events, departures = zip(none, *logged_weeks(world, first, last, watch), strict=True)
    return np.concatenate(events), np.concatenate(departures)


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
