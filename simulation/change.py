"""The week's first part: effort on building blocks, and what the organisation knows, promises and tells."""

from agents.blocks import NUMBER_OF_BLOCKS
from agents.building_blocks import align, effort_for_target, live_up, pace_of_approach, strengthen
from agents.mathematics import exp
from agents.organisation import drift, promise, specify, tell, understand
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, share
from simulation.luck import OUTSIDE, four, normal
from simulation.state import World


@rule
def meet_outside_world(world: World, week: int) -> None:
    """Demand, labour market and price level drift for reasons outside the chain."""
    organisation, p = world.organisation[0], world.parameters[0]
    demand, labour, price, _ = four(world.settings[0].key, OUTSIDE, week, 0, 0)
    organisation.demand_drift = drift(
        organisation.demand_drift, organisation.demand_usual, p.demand_spread, normal(demand), p
    )
    organisation.labour_drift = drift(
        organisation.labour_drift, organisation.labour_usual, p.labour_spread, normal(labour), p
    )
    organisation.price_drift = drift(
        organisation.price_drift, organisation.price_usual, p.price_spread, normal(price), p
    )


@rule
def effort_on(organisation: Record, plan: Record, k: int, pace: float, p: Record) -> float:
    """Effort on block k this week: what was planned, and what a wanted level asks for."""
    effort: float = plan.effort[k]
    if plan.target[k] >= 0.0:
        effort += effort_for_target(organisation.designed[k], plan.target[k], plan.weeks_left[k], pace, p)
    return share(effort)


@rule
def work_on_blocks(world: World, plan: Record) -> None:
    """Designed maturity moves; effort sets how intense change is, from which side, and what it costs."""
    organisation, p = world.organisation[0], world.parameters[0]
    total = 0.0
    top_down = 0.0
    bottom_up = 0.0
    gained = 0.0
    paper = 0.0
    kept = 0.0
    for k in range(NUMBER_OF_BLOCKS):
        pace = pace_of_approach(plan.top_down[k], plan.bottom_up[k], p)
        effort = effort_on(organisation, plan, k, pace, p)
        start = organisation.designed_start[k]
        organisation.designed[k] = strengthen(
            organisation.designed[k], start, effort, plan.upkeep[k], plan.routine, pace, p
        )
        total += effort
        top_down += effort * plan.top_down[k]
        bottom_up += effort * plan.bottom_up[k]
        gained += above(organisation.designed[k], start)
        paper += above(start, organisation.lived_start[k])
        if organisation.designed[k] > start and effort < p.maintenance_effort:
            kept += p.maintenance_effort * plan.upkeep[k]
    organisation.intensity = 1.0 - exp(-total / p.intensity_scale)
    organisation.top_down = top_down / total if total > 0.0 else 0.0
    organisation.bottom_up = bottom_up / total if total > 0.0 else 0.0
    to_adopt = gained + (paper if total > 0.0 else 0.0)
    organisation.pull = share(to_adopt / p.adoption_scope + organisation.intensity)
    organisation.investment = (total + kept + plan.coaching) * world.settings[0].effort_cost


@rule
def live_blocks(world: World) -> None:
    """Lived maturity follows, blocks align, knowledge and specification with them."""
    organisation, p = world.organisation[0], world.parameters[0]
    for k in range(NUMBER_OF_BLOCKS):
        organisation.lived[k] = live_up(organisation, k, p)
    align(organisation, p)
    organisation.knowledge = understand(organisation, p)
    organisation.specification = specify(organisation, p)


@rule
def promise_and_tell(world: World, plan: Record) -> None:
    """What is promised follows what is delivered; promise, mission and behaviour make a story, or don't."""
    organisation, p = world.organisation[0], world.parameters[0]
    excess = world.settings[0].promise + plan.promise
    organisation.promise = promise(organisation, excess, p)
    organisation.story = tell(organisation, p)
