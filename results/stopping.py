"""When there are worlds enough: looks at set numbers of worlds, until each interval is as narrow as was asked for."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from results.proportion import proportion
from results.statistics import Column, finite, mean_interval

FIRST: Final = 20
EVERY: Final = 10
"""Worlds at the first look, and between two looks. Looking earlier or more often stops on luck: measured coverage of a
95 % interval was 0.92 when starting at 3 and looking after each, 0.95 when starting at 20 and looking every 10."""

Reason = Literal["narrow", "same", "most"]


@dataclass(frozen=True, slots=True)
class Width:
    """Half the width of an interval: as wanted, and as reached (inf where there is no spread to judge by)."""

    wanted: float
    reached: float

    @property
    def is_narrow(self) -> bool:
        """Whether it is as narrow as wanted."""
        return self.reached <= self.wanted


@dataclass(frozen=True, slots=True)
class Stopping:
    """How a number of worlds was come to.

    asked: as the user wrote it. reason: narrow (every width was reached), same (no number of any week differs in any
    world, so nothing changes), most (no more worlds were allowed). looks: how often was looked.
    """

    asked: str
    replications: int
    looks: int
    reason: Reason
    widths: Mapping[str, Width]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON and manifest."""
        widths = {
            name: {"wanted": finite(one.wanted), "reached": finite(one.reached)} for name, one in self.widths.items()
        }
        return {
            "asked": self.asked,
            "replications": self.replications,
            "looks": self.looks,
            "reason": self.reason,
            "widths": widths,
        }


def looks(first: int, every: int, most: int) -> Iterator[int]:
    """Numbers of worlds at which to look: first, then every so many more, and at last the most."""
    number = min(first, most)
    while number < most:
        yield number
        number += every
    yield most


def until_narrow(
    look: Callable[[int], Mapping[str, Width]],
    is_same: Callable[[], bool],
    *,
    asked: str,
    most: int,
    first: int = FIRST,
    every: int = EVERY,
) -> Stopping:
    """Look at more and more worlds, and stop when each width is narrow, when nothing changes, or at the most.

    look: lives as many worlds as it is told and gives the widths. is_same: whether, in all worlds so far, no number
    differs: then more worlds can hardly tell more. One indicator without a spread is no reason to stop: what is rare
    may not have happened yet.
    """
    number, count, found = 0, 0, {}
    for count, number in enumerate(looks(first, every, most), 1):
        found = dict(look(number))
        if is_same():
            return Stopping(asked, number, count, "same", found)
        if all(width.is_narrow for width in found.values()):
            return Stopping(asked, number, count, "narrow", found)
    return Stopping(asked, number, count, "most", found)


def half_width(differences: Column) -> float:
    """Half the 95 % interval of a mean; inf where all are the same, since a spread not seen yet is no certainty."""
    present = differences[np.isfinite(differences)]
    if present.size < 2 or (present == present[0]).all():
        return math.inf
    found = mean_interval(present)
    return (found.high - found.low) / 2.0


def half_width_of_share(outcomes: Column) -> float:
    """Half the 95 % score interval of the share of worlds in which something happens (1) and not (0) [Wilson 1927]."""
    found = proportion(int(outcomes.sum()), outcomes.size)
    return (found.high - found.low) / 2.0
