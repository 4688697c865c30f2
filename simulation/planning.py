"""From scenario to plan: one record a week of what is done and what befalls, warm-up included."""

from typing import Any, Final

import numpy as np

from agents.blocks import BLOCKS
from agents.records import Record, empty
from scenarios.errors import Mistake
from scenarios.intervention import Approach, Intervention, Programme
from scenarios.scenario import Scenario
from scenarios.shock import Shock
from simulation.state import PLAN, PLAN_COLUMNS

APPROACHES: Final[dict[Approach, tuple[float, float]]] = {
    "top_down": (1.0, 0.0),
    "bottom_up": (0.0, 1.0),
    "combined": (0.5, 0.5),
}
"""Direction and involvement in each approach; together 1, so that approaches compare at equal effort."""

RELATIVE: Final = ("demand", "price", "labour_market", "seats")
"""Kinds of shock that multiply."""

WEEKS_A_YEAR: Final = 52.0


def plan_of(scenario: Scenario, weeks: int) -> Record:
    """The plan of the warm-up and these weeks. Raises Mistake for a budget that buys more than full effort."""
    plan = empty(PLAN, scenario.warmup + weeks)
    plan.routine = 1.0
    plan.reflection = Programme().reflection
    plan.target = -1.0
    plan.top_down = 0.5
    plan.bottom_up = 0.5
    for kind in RELATIVE:
        plan[kind] = 1.0
    lay_programme(plan, scenario)
    for place, intervention in enumerate(scenario.interventions):
        lay_intervention(plan, scenario, intervention, place)
    for intervention in sorted(scenario.interventions, key=lambda one: one.start + one.weeks):
        ended = scenario.warmup + intervention.start - 1 + intervention.weeks
        plan.upkeep[ended:, BLOCKS.index(intervention.block)] = intervention.upkeep
    for shock in scenario.shocks:
        lay_shock(plan, scenario.warmup, shock)
    for column in PLAN_COLUMNS:
        if not column.is_whole:
            np.clip(plan[column.name], column.low, column.high, out=plan[column.name])
    return plan


def lay_programme(plan: Any, scenario: Scenario) -> None:
    """What goes on all along, from its start."""
    programme = scenario.programme
    start = max(0, scenario.warmup + programme.start - 1) if programme.start else 0
    plan.routine[start:] = programme.upkeep
    plan.coaching[start:] = programme.coaching
    plan.reflection[start:] = programme.reflection
    plan.targets[start:] = programme.targets
    plan.respectful_exit[start:] = int(programme.respectful_exit)
    if programme.self_managing_from is not None:
        plan.self_managing[scenario.warmup + programme.self_managing_from - 1 :] = 1


def lay_intervention(plan: Any, scenario: Scenario, intervention: Intervention, place: int) -> None:
    """Effort or target during its weeks, upkeep afterwards; approaches of a block's efforts mix by effort."""
    k = BLOCKS.index(intervention.block)
    first = scenario.warmup + intervention.start - 1
    last = min(first + intervention.weeks, len(plan))
    effort = planned_effort(scenario, intervention, place)
    if intervention.to is not None:
        plan.target[first:last, k] = intervention.to
        plan.weeks_left[first:last, k] = range(intervention.weeks, intervention.weeks - (last - first), -1)
    weight = effort if intervention.to is None else 1.0
    top_down, bottom_up = APPROACHES[intervention.approach]
    for week in range(first, last):
        before = plan.effort[week, k]
        part = weight / (before + weight) if before + weight > 0.0 else 1.0
        plan.top_down[week, k] += part * (top_down - plan.top_down[week, k])
        plan.bottom_up[week, k] += part * (bottom_up - plan.bottom_up[week, k])
        plan.effort[week, k] = min(1.0, before + effort)


def planned_effort(scenario: Scenario, intervention: Intervention, place: int) -> float:
    """Weekly effort that was asked for, or that the budget buys; 0 where a target steers."""
    if intervention.effort is not None:
        return intervention.effort
    if intervention.budget is None:
        return 0.0
    price = intervention.weeks * weekly_effort_cost(scenario)
    effort = intervention.budget / price if price > 0.0 else 0.0
    if effort > 1.0:
        message = (
            f"interventions.{place}.budget = {intervention.budget:g}: buys an effort of {effort:.2f} in "
            f"{intervention.weeks} weeks; an effort can't exceed 1, which costs {price:.0f} here. "
            "Spread it over more weeks or more blocks."
        )
        raise Mistake(message)
    return effort


def weekly_effort_cost(scenario: Scenario) -> float:
    """What an effort of 1 on one block costs in a week."""
    payroll = scenario.organisation.employees * scenario.economics.pay / WEEKS_A_YEAR
    return scenario.economics.effort_cost * payroll


def lay_shock(plan: Any, warmup: int, shock: Shock) -> None:
    """A shock during its weeks; people who leave at once leave in the first."""
    first = warmup + shock.start - 1
    last = first + 1 if shock.kind == "staff" else first + shock.weeks
    if shock.kind in RELATIVE:
        plan[shock.kind][first:last] *= 1.0 + shock.size
    else:
        plan[shock.kind][first:last] += shock.size
