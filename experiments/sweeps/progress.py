"""How far a sweep is, how fast it goes, and what went wrong."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from experiments.sweeps.cells import Failure
from results.sweeps.verify import Problem

FIRST: Final = 3
"""Failures that are told in words."""


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """Runs in all, those done and failed so far, and what this process has to do with it.

    here: runs finished since this process began. seconds: since then. failures: the first ones in this process.
    state: what keeps the sweep waiting, in a few words; else empty. set_aside: what stood among the parts as it began
    and was no finished part.
    """

    runs: int
    done: int
    failed: int
    here: int
    seconds: float
    since: float
    failures: tuple[Failure, ...] = ()
    state: str = ""
    set_aside: tuple[Problem, ...] = ()

    @classmethod
    def begun(cls, runs: int, done: int, failed: int, set_aside: Sequence[Problem] = ()) -> Self:
        """At the start, with what earlier processes did."""
        return cls(runs, done, failed, 0, 0.0, time.monotonic(), set_aside=tuple(set_aside))

    def later(self) -> Self:
        """The same, now."""
        return replace(self, seconds=time.monotonic() - self.since)

    def with_more(self, done: int, failures: Sequence[Failure]) -> Self:
        """A block more is finished."""
        return replace(
            self.later(),
            done=self.done + done,
            failed=self.failed + len(failures),
            here=self.here + done + len(failures),
            failures=(*self.failures, *failures)[:FIRST],
        )

    @property
    def finished(self) -> int:
        """Runs that are done or failed."""
        return self.done + self.failed

    @property
    def rate(self) -> float:
        """Runs a second, since this process began; 0 where nothing is known yet."""
        return self.here / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at this rate; None where nothing is known yet."""
        return (self.runs - self.finished) / self.rate if self.rate else None
