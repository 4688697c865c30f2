"""What a roadmap is to bring: net present value, or an indicator of the effect chain in the last year."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from experiments.roadmaps.plan import YEAR
from results.indicators import INDICATORS, Indicator
from results.statistics import FLOWS
from scenarios.errors import Mistake, did_you_mean, shown
from scenarios.scenario import Scenario

Numbers = npt.NDArray[np.float64]
Lines = Callable[[str], Numbers]
"""A column of the weekly table: one row a world, one column a week."""

NPV: Final = Indicator(
    "npv", "money", 0, "higher", "net present value", "netto contante waarde", "over the horizon", "over de looptijd"
)
"""Profit of all weeks together, later weeks counting less by the scenario's interest."""

COMMERCIAL: Final = frozenset({"npv", "profit", "revenue", "market_share", "customer_lifetime_value"})
PUBLIC: Final = frozenset({"trust", "commissioner_index", "cost_per_case"})
"""Goals of one sector only."""

GOALS: Final = {"npv": NPV, **{name: one for name, one in INDICATORS.items() if one.direction != "neutral"}}
"""All goals by name."""


@dataclass(frozen=True, slots=True)
class Goal:
    """An indicator to be raised, or lowered where lower is better; interest: by which later money counts less."""

    indicator: Indicator
    interest: float

    @property
    def name(self) -> str:
        """As it is asked for."""
        return self.indicator.name

    @property
    def sign(self) -> float:
        """1 where higher is better, -1 where lower is."""
        return -1.0 if self.indicator.direction == "lower" else 1.0

    def reached(self, lines: Lines) -> Numbers:
        """What each world comes to; NaN where there was nothing to measure.

        Net present value: over all weeks. Others: the mean of the last 52 weeks, of flows their sum.
        """
        if self.name == "npv":
            return present_value(lines("profit"), self.interest)[:, -1]
        last = lines(self.name)[:, -YEAR:]
        if self.name in FLOWS:
            return np.asarray(last.sum(axis=1))
        present = np.isfinite(last)
        counts = present.sum(axis=1)
        total = np.where(present, last, 0.0).sum(axis=1)
        return np.asarray(np.divide(total, counts, out=np.full(len(last), np.nan), where=counts > 0))


def present_value(profit: Numbers, interest: float) -> Numbers:
    """Profit up to and including each week, worth what it is at the start: a year later it counts 1 / (1 + interest).

    profit: one row a world, one column a week.
    """
    weeks = np.arange(1, profit.shape[1] + 1)
    return np.asarray(np.cumsum(profit * (1.0 + interest) ** (-weeks / YEAR), axis=1))


def goals_named(names: tuple[str, ...], scenario: Scenario) -> tuple[Goal, ...]:
    """One or two goals for this organisation. Raises Mistake."""
    if not 1 <= len(names) <= 2:
        raise Mistake("give one goal, or two for a front of plans", f"--goal, {len(names)} times")
    if len(set(names)) < len(names):
        raise Mistake("is given twice", f"--goal {shown(names[0])}", hint="name another second goal")
    return tuple(goal_named(name, scenario) for name in names)


def goal_named(name: str, scenario: Scenario) -> Goal:
    """The goal of this name. Raises Mistake for one that there is not, or not in this sector."""
    place = f"--goal {shown(name)}"
    if name not in GOALS:
        raise Mistake("is no goal", place, allowed=", ".join(sorted(GOALS)), hint=did_you_mean(name, GOALS))
    sector = scenario.organisation.sector
    if sector == "commercial" and name in PUBLIC:
        raise Mistake(
            f"'{scenario.name}' is a commercial organisation, and this is a result of non-profit ones",
            place,
            hint="take npv, profit, reputation or loyalty",
        )
    if sector == "nonprofit" and name in COMMERCIAL:
        raise Mistake(
            f"'{scenario.name}' is a non-profit organisation, which lives on a budget and not on sales",
            place,
            hint="take trust, commissioner_index or satisfaction",
        )
    return Goal(GOALS[name], scenario.economics.interest)
