"""What a what-if makes of one indicator: levels, paired difference, how sure, and how many worlds fare better."""

from dataclasses import dataclass

import numpy as np

from experiments.comparison.change import Change, change
from results.indicators import INDICATORS
from results.proportion import Proportion, proportion
from results.statistics import Column
from results.trajectories import BAND, Trajectory


@dataclass(frozen=True, slots=True)
class Outcome:
    """One indicator's last year: the change with its 95 % interval, and its spread over the worlds.

    lower, upper: 8 of 10 worlds lie between these differences. better: the worlds that fare better; None for an
    indicator of which neither way is better, or where no world has a value.
    """

    change: Change
    lower: float | None
    upper: float | None
    better: Proportion | None

    @property
    def mean(self) -> float | None:
        """The mean difference."""
        return self.change.difference.mean if self.change.difference else None


@dataclass(frozen=True, slots=True)
class Curve:
    """An indicator from week 1 on: the mean, and the band of 8 of 10 worlds; worlds: how many whole ones it is of.

    It ends early while the first worlds are still on their way. NaN where no world has a value.
    """

    mean: Column
    low: Column
    high: Column
    worlds: int

    @classmethod
    def of(cls, found: Trajectory, worlds: int, shift: Column | None = None) -> "Curve":
        """The curve of a trajectory, moved by `shift` where this is given."""
        if shift is None:
            return cls(found.mean, found.low, found.high, worlds)
        return cls(found.mean + shift, found.low + shift, found.high + shift, worlds)


def outcome(indicator: str, before: Column, after: Column) -> Outcome:
    """The outcome of one value a world, in the same worlds."""
    differences = (after - before)[np.isfinite(before) & np.isfinite(after)]
    if not differences.size:
        return Outcome(change(before, after), None, None, None)
    lower, upper = np.quantile(differences, (0.5 - BAND / 2.0, 0.5 + BAND / 2.0))
    return Outcome(change(before, after), float(lower), float(upper), _better(indicator, differences))


def _better(indicator: str, differences: Column) -> Proportion | None:
    direction = INDICATORS[indicator].direction if indicator in INDICATORS else "neutral"
    if direction == "neutral":
        return None
    gains = differences if direction == "higher" else -differences
    return proportion(int((gains > 0).sum()), gains.size)
