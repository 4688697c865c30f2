"""What a non-profit's gain costs: euros for each point of trust held for a year, instead of profit."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import pyarrow as pa

from results.effects.payback import discounted, gained, interval_data
from results.statistics import Column, Interval, mean_interval
from results.trajectories import WEEKS_A_YEAR
from results.validation.estimates import ratio_of

POINTS: Final = 100.0
"""Trust and the commissioners' index run from 0 to 1; a point is a hundredth."""

GAINS: Final = ("trust", "commissioner_index")

Reading = Literal["nothing", "unclear", "costs", "saves", "worse"]


@dataclass(frozen=True, slots=True)
class CostEffect:
    """What a what-if costs in all, what it gains in one indicator, and what a point held for a year so costs.

    cost: euro over the run, worth at the start; budgets are not in it, whatever commissioners make of the gain.
    weeks: of the run. gain: points of a hundred, times years held. ratio: euro a point and year with its 95 %
    interval, None unless the gain is clear and does not surely save money.
    reading: nothing (no number differs), unclear (the gain's interval holds 0), worse (a clear loss), saves (a clear
    gain for surely less money), costs (a clear gain for more, or for what may be more).
    """

    indicator: str
    weeks: int
    cost: Interval
    gain: Interval
    ratio: Interval | None
    reading: Reading

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "reading": self.reading,
            "cost": interval_data(self.cost),
            "gain": interval_data(self.gain),
            "ratio": self.ratio and interval_data(self.ratio),
        }


def cost_effects(base: pa.Table, what_if: pa.Table, interest: float) -> tuple[CostEffect, ...]:
    """Cost per point of trust and of satisfied commissioners, from weekly tables. ResultsError as `payback`."""
    spent = gained(base, what_if, "cost")
    cost, weeks = discounted(spent, interest), spent.shape[1]
    return tuple(
        cost_effect(name, weeks, cost, POINTS / WEEKS_A_YEAR * gained(base, what_if, name).sum(axis=1))
        for name in GAINS
    )


def cost_effect(indicator: str, weeks: int, cost: Column, gain: Column) -> CostEffect:
    """Cost and gain of each world, together."""
    spent, won = mean_interval(cost), mean_interval(gain)
    reading = _reading(spent, won)
    ratio = ratio_of(cost, gain) if reading == "costs" else None
    return CostEffect(indicator, weeks, spent, won, ratio, reading)


def _reading(cost: Interval, gain: Interval) -> Reading:
    if gain.mean == gain.low == gain.high == 0.0 == cost.mean == cost.low == cost.high:
        return "nothing"
    if gain.low <= 0.0 <= gain.high:
        return "unclear"
    if gain.mean < 0.0:
        return "worse"
    return "saves" if cost.high < 0.0 else "costs"
