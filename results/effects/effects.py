"""What came of a what-if beside the levels of its indicators: who changed, and what it earns or costs."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from results.effects.cost_effect import CostEffect, cost_effects
from results.effects.payback import Payback, cash_curve, interval_data, payback, present_value
from results.effects.twins import WhoChanged
from results.statistics import Interval


@dataclass(frozen=True, slots=True)
class Money:
    """What a what-if earns: pay-back, the running sum of what it adds to profit, and its worth at the start."""

    payback: Payback
    value: Interval
    cash: pa.Table


@dataclass(frozen=True, slots=True)
class Effects:
    """All of one what-if; interest is that by which later money counts less.

    who_changed: None where nobody has a twin. money: of a commercial organisation; cost_effects: of a non-profit.
    """

    what_if: str
    interest: float
    who_changed: WhoChanged | None
    money: Money | None
    cost_effects: tuple[CostEffect, ...]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        value = self.money and interval_data(self.money.value) | {"interest": self.interest}
        return {
            "who_changed": self.who_changed and self.who_changed.as_data(),
            "payback": self.money and self.money.payback.as_data(),
            "npv": value,
            "cost_effects": {found.indicator: found.as_data() for found in self.cost_effects},
        }


def money(base: pa.Table, what_if: pa.Table, interest: float) -> Money:
    """What a what-if earns, from weekly tables. ResultsError where these do not match week by week."""
    return Money(payback(base, what_if), present_value(base, what_if, interest), cash_curve(base, what_if))


def effects(
    name: str, base: pa.Table, what_if: pa.Table, *, sector: str, interest: float, who_changed: WhoChanged | None
) -> Effects:
    """All effects of a what-if on an organisation of this sector."""
    if sector == "nonprofit":
        return Effects(name, interest, who_changed, None, cost_effects(base, what_if, interest))
    return Effects(name, interest, who_changed, money(base, what_if, interest), ())
