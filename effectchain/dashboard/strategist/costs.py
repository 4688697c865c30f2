"""What the work of a what-if costs, before a world is lived: effort week by week, and euro year by year."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from agents.building_blocks import effort_for_target, pace_of_approach, strengthen
from scenarios.errors import Mistake
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario
from simulation.planning import APPROACHES, planned_effort, weekly_effort_cost

YEAR: Final = 52
HEAVY: Final = 1.5
"""Effort in one week from which change weighs heavily; at the parameter intensity_scale it does 63 % of its worst."""


@dataclass(frozen=True, slots=True)
class Bill:
    """What work costs: euro of each piece, euro in each year, blocks at once in the fullest week, effort by week."""

    pieces: tuple[float, ...]
    years: tuple[float, ...]
    most_at_once: int
    weekly: tuple[float, ...]

    @property
    def most_effort(self) -> float:
        """Effort on all blocks together in the fullest week."""
        return max(self.weekly, default=0.0)


def bill(base: Scenario, own: Sequence[Intervention]) -> Bill:
    """The bill of this work done from the baseline on, each block by itself; upkeep afterwards counts too."""
    parameters = SimpleNamespace(**base.behaviour_values())
    weeks = base.weeks
    price = weekly_effort_cost(base)
    rows = [_efforts(base, one, weeks, parameters) for one in own]
    kept = [_upkeep(one, weeks, parameters) for one in own]
    total = sum((work + upkeep for work, upkeep in zip(rows, kept, strict=True)), start=np.zeros(weeks))
    together = sum(rows, start=np.zeros(weeks))
    at_once = sum(((row > 0.0).astype(int) for row in rows), start=np.zeros(weeks, dtype=int))
    return Bill(
        tuple(float((work + upkeep).sum()) * price for work, upkeep in zip(rows, kept, strict=True)),
        tuple(float(total[first : first + YEAR].sum()) * price for first in range(0, weeks, YEAR)),
        int(at_once.max(initial=0)),
        tuple(together.tolist()),
    )


def _efforts(base: Scenario, one: Intervention, weeks: int, p: Any) -> npt.NDArray[np.float64]:
    """Effort in each week, as the rules spend it."""
    found = np.zeros(weeks)
    last = min(one.start - 1 + one.weeks, weeks)
    if one.to is None:
        found[one.start - 1 : last] = _effort_asked(base, one)
        return found
    begin = base.designed()[BLOCKS.index(one.block)]
    designed, pace = begin, pace_of_approach(*APPROACHES[one.approach], p)
    for week in range(one.start - 1, last):
        effort = effort_for_target(designed, one.to, float(one.start - 1 + one.weeks - week), pace, p)
        found[week] = effort
        designed = strengthen(designed, begin, effort, one.upkeep, 1.0, pace, p)
    return found


def _effort_asked(base: Scenario, one: Intervention) -> float:
    """Weekly effort, of a budget that is more than can be spent what it would buy: its worlds tell that it can't."""
    try:
        return planned_effort(base, one, 0)
    except Mistake:
        return (one.budget or 0.0) / (one.weeks * weekly_effort_cost(base))


def _upkeep(one: Intervention, weeks: int, p: Any) -> npt.NDArray[np.float64]:
    """Effort that holds what was gained, from the week after the work on."""
    found = np.zeros(weeks)
    found[one.start - 1 + one.weeks :] = one.upkeep * p.maintenance_effort
    return found
