"""Timing things side by side: in turns, on this thread's processor time, told as ratios with their spread.

Other work on the machine slows both sides of a turn alike and takes no processor time of ours, so ratios hold where
seconds do not.
"""

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Job = Callable[[], object]
Prepare = Callable[[], Job]
"""Makes a job anew before each turn; making it isn't timed."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over some turns: median, least and most."""

    median: float
    least: float
    most: float
    turns: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """The spread of these values; there must be one at least."""
        return cls(statistics.median(values), min(values), max(values), len(values))

    def told(self, digits: str = ".2f", unit: str = "") -> str:
        """As words for a table."""
        return f"{self.median:{digits}}{unit} ({self.least:{digits}} to {self.most:{digits}})"

    def plain(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)


def late(times: Sequence[float]) -> float:
    """The time within which 95 of 100 of these lie: the nearest rank, never one too early."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def seconds(job: Job) -> float:
    """Processor seconds of this thread that a job takes."""
    start = time.thread_time()
    job()
    return time.thread_time() - start


def in_turns(jobs: Mapping[str, Prepare], turns: int) -> dict[str, list[float]]:
    """Seconds of each job in each turn; who goes first moves on by one each turn."""
    names = list(jobs)
    spent: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(turns):
        for place in range(len(names)):
            name = names[(turn + place) % len(names)]
            spent[name].append(seconds(jobs[name]()))
    return spent


def ratio(slow: Sequence[float], fast: Sequence[float], weight: float = 1.0) -> Spread:
    """How many times as long the one takes, turn by turn. weight: work of the fast one over that of the slow one."""
    return Spread.of([weight * one / other for one, other in zip(slow, fast, strict=True)])
