"""What is searched: for each block how much of the budget, from which quarter, how long and by which approach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from optuna.distributions import BaseDistribution, CategoricalDistribution, IntDistribution

from experiments.roadmaps.plan import QUARTER, Limits, Plan, Work, plan_within
from scenarios.intervention import Approach

AMOUNTS: Final = (0.0, 1 / 32, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 2, 1.0)
"""Parts of the whole budget that a block may get; together they may ask for more than there is, and are then scaled."""

UPKEEPS: Final = (0.0, 0.5, 1.0)
"""Shares of the maintenance after the work that may be paid."""

APPROACHES: Final[tuple[Approach, ...]] = ("combined", "top_down", "bottom_up")


@dataclass(frozen=True)
class Space:
    """All plans that may be tried, as Optuna sees them: numbers by name.

    Each block has `.amount` (position in AMOUNTS), `.quarter` (of its start, from 0), `.quarters` (its length) and
    `.approach`; `upkeep` holds for all blocks.
    """

    blocks: tuple[str, ...]
    limits: Limits
    approaches: tuple[Approach, ...] = APPROACHES
    amounts: tuple[float, ...] = AMOUNTS
    upkeeps: tuple[float, ...] = UPKEEPS

    @property
    def quarters(self) -> int:
        """Quarters of a year in the horizon; a last one that is not whole does not count."""
        return self.limits.weeks // QUARTER

    @cached_property
    def distributions(self) -> dict[str, BaseDistribution]:
        """Name and range of each number."""
        found: dict[str, BaseDistribution] = {}
        for block in self.blocks:
            found[f"{block}.amount"] = IntDistribution(0, len(self.amounts) - 1)
            found[f"{block}.quarter"] = IntDistribution(0, self.quarters - 1)
            found[f"{block}.quarters"] = IntDistribution(1, self.quarters)
            found[f"{block}.approach"] = CategoricalDistribution(self.approaches)
        return found | {"upkeep": CategoricalDistribution(self.upkeeps)}

    def plan(self, point: Mapping[str, Any]) -> Plan:
        """The plan that these numbers stand for, within the limits."""
        return plan_within([self._wish(block, point) for block in self.blocks], self.limits)

    def near(self, plan: Plan) -> dict[str, Any]:
        """Numbers whose plan is much like this one, to begin a search with."""
        point = {name: _first(distribution) for name, distribution in self.distributions.items()}
        for block in plan.blocks():
            works = plan.of(block)
            spent = sum(work.effort * work.weeks for work in works) / (self.limits.affordable * self.limits.weeks)
            quarter = min(round((works[0].start - 1) / QUARTER), self.quarters - 1)
            length = round((works[-1].end - works[0].start) / QUARTER)
            point[f"{block}.amount"] = int(np.argmin([abs(spent - amount) for amount in self.amounts]))
            point[f"{block}.quarter"] = quarter
            point[f"{block}.quarters"] = min(max(length, 1), self.quarters - quarter)
        return point | {"upkeep": self.upkeeps[-1]}

    def _wish(self, block: str, point: Mapping[str, Any]) -> Work:
        weeks = QUARTER * point[f"{block}.quarters"]
        amount = self.amounts[point[f"{block}.amount"]]
        effort = min(1.0, amount * self.limits.affordable * self.limits.weeks / weeks)
        start = 1 + QUARTER * point[f"{block}.quarter"]
        return Work(block, start, weeks, effort, point[f"{block}.approach"], point["upkeep"])


def _first(distribution: BaseDistribution) -> Any:
    """The least of a range, or the first of some choices."""
    return distribution.low if isinstance(distribution, IntDistribution) else _choices(distribution)[0]


def _choices(distribution: BaseDistribution) -> Sequence[Any]:
    return distribution.choices if isinstance(distribution, CategoricalDistribution) else ()
