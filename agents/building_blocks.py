"""Building blocks: designed maturity that effort raises, lived maturity that follows, and how they align."""

import math

from agents.blocks import NUMBER_OF_BLOCKS
from agents.mathematics import power
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, clip, share


@rule
def pace_of_approach(top_down: float, bottom_up: float, p: Record) -> float:
    """How well effort turns into design under this mix of approaches (shares that add up to at most 1)."""
    both = math.sqrt(top_down * bottom_up)
    return (
        p.approach_base + p.approach_top_down * top_down + p.approach_bottom_up * bottom_up + p.approach_together * both
    )


@rule
def effort_for_target(designed: float, target: float, weeks_left: float, pace: float, p: Record) -> float:
    """Effort (0 to 1) that takes designed maturity in even steps to the target; 0 when it is there."""
    step = above(target, designed) / max(weeks_left, 1.0)
    possible = p.design_speed * pace * (1.0 - designed)
    if step <= 0.0 or possible <= 0.0:
        return 0.0
    return share(step / possible)


@rule
def strengthen(
    designed: float, start: float, effort: float, upkeep: float, routine: float, pace: float, p: Record
) -> float:
    """Designed maturity after a week of this effort, upkeep of what was gained, and routine upkeep of the rest.

    Gains shrink as maturity nears 1; what is not kept up lapses [Repenning & Sterman 2002; draft 6.2].
    """
    gained = above(designed, start)
    kept = share(effort / p.maintenance_effort)
    lapse = gained * (1.0 - max(kept, upkeep)) + (designed - gained) * (1.0 - max(kept, routine))
    return share(designed + p.design_speed * effort * pace * (1.0 - designed) - p.design_decay * lapse)


@rule
def live_up(organisation: Record, k: int, p: Record) -> float:
    """Lived maturity of block k a week later: it follows design, the people's part through those who adopted.

    At the start practice may lie below design ('paper excellence'): that distance closes through adoption too.
    """
    people = organisation.people_share[k] * p.adoption_strength
    reach = 1.0 - people + people * organisation.adoption
    change = organisation.designed[k] - organisation.designed_start[k]
    paper = above(organisation.designed_start[k], organisation.lived_start[k])
    goal = organisation.lived_start[k] + reach * change + people * organisation.adoption * paper
    lived: float = organisation.lived[k]
    return share(lived + (share(goal) - lived) / organisation.lag[k])


@rule
def align(organisation: Record, p: Record) -> None:
    """What each block is worth beside the others: M^(1-chi) G^chi, G the harmonic mean of all nine."""
    reciprocal = 0.0
    total = 0.0
    for k in range(NUMBER_OF_BLOCKS):
        reciprocal += 1.0 / max(organisation.lived[k], 0.01)
        total += organisation.lived[k]
    harmonic = NUMBER_OF_BLOCKS / reciprocal
    together = power(harmonic, p.alignment_strength)
    for k in range(NUMBER_OF_BLOCKS):
        organisation.block[k] = power(organisation.lived[k], 1.0 - p.alignment_strength) * together
    organisation.alignment = clip(harmonic / max(total / NUMBER_OF_BLOCKS, 0.01), 0.0, 1.0)
