"""A plan of change: which block is worked on, when, how much and by which approach, within budget and limits."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from scenarios.intervention import Approach
from scenarios.scenario import Scenario
from simulation.planning import weekly_effort_cost

YEAR: Final = 52
QUARTER: Final = 13
"""Weeks."""

FINEST: Final = 10_000
"""Steps in which effort is dosed: always rounded down, so that rounding never costs more."""

Weekly = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Work:
    """Work on one block: from week `start` on, `weeks` long, with this effort (0 to 1) every week.

    upkeep: share of the maintenance that is paid from the week after.
    """

    block: str
    start: int
    weeks: int
    effort: float
    approach: Approach = "combined"
    upkeep: float = 1.0

    @property
    def end(self) -> int:
        """The first week after it."""
        return self.start + self.weeks


@dataclass(frozen=True, slots=True)
class Limits:
    """What every plan stays within.

    budget: euro a year, for a part of a year as much less. weeks: the horizon. most_at_once: blocks worked on in the
    same week. most_effort: of all blocks together in a week. price: euro for a week of effort 1. maintenance: effort
    that keeps a block up.
    """

    budget: float
    weeks: int
    most_at_once: int
    most_effort: float
    price: float
    maintenance: float

    @property
    def budgets(self) -> Weekly:
        """Euro for each year of the horizon."""
        return np.asarray(np.bincount(years(self.weeks)) * (self.budget / YEAR))

    @property
    def affordable(self) -> float:
        """Effort in all weeks of the horizon that uses the budget up; at most 9, all blocks at full effort."""
        weekly = self.budget / YEAR
        return min(float(len(BLOCKS)), weekly / self.price) if self.price > 0.0 else float(len(BLOCKS))


def limits_of(
    scenarios: Sequence[Scenario], budget: float, weeks: int, most_at_once: int = 9, most_effort: float = 9.0
) -> Limits:
    """The limits at the prices of these scenarios; where they differ at the highest, so that no world is dearer."""
    return Limits(
        budget=budget,
        weeks=weeks,
        most_at_once=most_at_once,
        most_effort=most_effort,
        price=max(map(weekly_effort_cost, scenarios)),
        maintenance=max(scenario.behaviour_values()["maintenance_effort"] for scenario in scenarios),
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """Work on some blocks, at most one stretch a block, which may change its effort from year to year."""

    works: tuple[Work, ...]

    @property
    def start(self) -> int:
        """The first week in which something is done; 1 where nothing is."""
        return min((work.start for work in self.works), default=1)

    @property
    def end(self) -> int:
        """The first week in which no more is done."""
        return max((work.end for work in self.works), default=1)

    def blocks(self) -> tuple[str, ...]:
        """Blocks that are worked on, in the order in which work begins."""
        return tuple(dict.fromkeys(work.block for work in sorted(self.works, key=lambda work: work.start)))

    def of(self, block: str) -> tuple[Work, ...]:
        """Work on this block in the order of time."""
        return tuple(sorted((work for work in self.works if work.block == block), key=lambda work: work.start))

    def without(self, block: str) -> "Plan":
        """The plan without this block; all other work stays as it is."""
        return Plan(tuple(work for work in self.works if work.block != block))

    def done_in(self, base: Scenario, name: str, weeks: int) -> Scenario:
        """The scenario with this plan beside what it does already, long enough for so many weeks."""
        added = [
            {
                "block": work.block,
                "start": work.start,
                "weeks": work.weeks,
                "effort": work.effort,
                "approach": work.approach,
                "upkeep": work.upkeep,
            }
            for work in self.works
        ]
        already = base.as_dict()["interventions"]
        return base.with_(name=name, weeks=max(weeks, base.weeks), interventions=[*already, *added])

    def as_data(self) -> list[dict[str, Any]]:
        """The work as plain tables."""
        return [{name: getattr(work, name) for name in Work.__dataclass_fields__} for work in self.works]


def plan_from(data: Sequence[Mapping[str, Any]]) -> Plan:
    """What `as_data` gave, as a plan again."""
    return Plan(tuple(Work(**row) for row in data))


def years(weeks: int) -> npt.NDArray[np.int64]:
    """The year, from 0, of each week."""
    return np.arange(weeks) // YEAR


def efforts(works: Sequence[Work], weeks: int) -> Weekly:
    """Effort by week and block."""
    found = np.zeros((weeks, len(BLOCKS)))
    for work in works:
        found[work.start - 1 : work.end - 1, BLOCKS.index(work.block)] += work.effort
    return found


def upkeeps(works: Sequence[Work], limits: Limits) -> Weekly:
    """Effort that upkeep costs, by week and block: due after work that has ended, where less than that is done."""
    due = np.zeros((limits.weeks, len(BLOCKS)))
    for work in sorted(works, key=lambda work: work.end):
        due[work.end - 1 :, BLOCKS.index(work.block)] = work.upkeep
    return np.where(efforts(works, limits.weeks) < limits.maintenance, limits.maintenance * due, 0.0)


def costs(plan: Plan, limits: Limits) -> Weekly:
    """Euro that the plan takes at most in each year."""
    return _by_year(efforts(plan.works, limits.weeks) + upkeeps(plan.works, limits), limits)


def plan_within(wishes: Sequence[Work], limits: Limits) -> Plan:
    """What can be done of these wishes, one for each block at most: later, less long or with less effort.

    Work that would be one too many at once waits until other work ends. Then upkeep is set aside, as far as the budget
    reaches; what is left of each year's budget scales the efforts of that year.
    """
    waited = queued(wishes, limits)
    kept = _with_affordable_upkeep(waited, limits)
    factors = _factors(kept, limits)
    dosed = [_dosed(wish, factors) for wish in kept]
    if all(sum(work.weeks for work in works) == wish.weeks for works, wish in zip(dosed, kept, strict=True)):
        return Plan(tuple(work for works in dosed for work in works))
    shorter = [
        replace(wish, weeks=works[-1].end - wish.start) for works, wish in zip(dosed, kept, strict=True) if works
    ]
    return plan_within(shorter, limits)


def queued(wishes: Sequence[Work], limits: Limits) -> list[Work]:
    """The wishes in the order of their start, none beyond the horizon, never more at once than may be."""
    placed: list[Work] = []
    busy = np.zeros(limits.weeks, dtype="i8")
    for wish in sorted(wishes, key=lambda wish: wish.start):
        for start in sorted({wish.start, *(other.end for other in placed if other.end > wish.start)}):
            weeks = min(wish.weeks, limits.weeks + 1 - start)
            if weeks > 0 and wish.effort > 0.0 and busy[start - 1 : start - 1 + weeks].max() < limits.most_at_once:
                busy[start - 1 : start - 1 + weeks] += 1
                placed.append(replace(wish, start=start, weeks=weeks))
                break
    return placed


def _with_affordable_upkeep(wishes: Sequence[Work], limits: Limits) -> list[Work]:
    """The wishes with as much upkeep as every year's budget can pay."""
    due = _by_year(upkeeps([replace(wish, effort=0.0) for wish in wishes], limits), limits)
    budgets = limits.budgets
    part = min([1.0, *(float(budgets[year] / due[year]) for year in np.flatnonzero(due > budgets))])
    return [replace(wish, upkeep=_down(part * wish.upkeep)) for wish in wishes]


def _factors(wishes: Sequence[Work], limits: Limits) -> Weekly:
    """By which efforts are multiplied in each year, so that budget and most effort hold."""
    wanted = efforts(wishes, limits.weeks)
    left = limits.budgets - _by_year(upkeeps([replace(wish, effort=0.0) for wish in wishes], limits), limits)
    money = _by_year(wanted, limits)
    peaks = np.array([wanted[years(limits.weeks) == year].sum(axis=1).max() for year in range(len(left))])
    by_money = np.divide(np.maximum(left, 0.0), money, out=np.ones_like(money), where=money > left)
    by_effort = np.divide(limits.most_effort, peaks, out=np.ones_like(peaks), where=peaks > limits.most_effort)
    return np.asarray(np.minimum(by_money, by_effort))


def _by_year(weekly: Weekly, limits: Limits) -> Weekly:
    found = np.bincount(years(limits.weeks), weights=limits.price * weekly.sum(axis=1))
    return found.astype("f8")


def _dosed(wish: Work, factors: Weekly) -> list[Work]:
    """The wish year by year at the effort that is left to it, up to the first year that leaves none."""
    works: list[Work] = []
    for effort, weeks in _stretches(wish, factors):
        if effort <= 0.0:
            break
        start = works[-1].end if works else wish.start
        works.append(replace(wish, start=start, weeks=weeks, effort=effort, upkeep=0.0))
    return [*works[:-1], replace(works[-1], upkeep=wish.upkeep)] if works else []


def _stretches(wish: Work, factors: Weekly) -> Iterator[tuple[float, int]]:
    """Effort and length of each stretch of equal effort."""
    weekly = (_down(min(1.0, wish.effort * factors[(week - 1) // YEAR])) for week in range(wish.start, wish.end))
    for effort, run in groupby(weekly):
        yield effort, sum(1 for _ in run)


def _down(value: float) -> float:
    return math.floor(value * FINEST) / FINEST
