"""One encounter: what is felt on five principles, with how much effort, and what surprises."""

import math
from typing import Final

from agents.blocks import DESIGN, INNOVATION, OPERATIONS
from agents.employee import overload
from agents.journey import AMAZED, BASICS, TAILORED, UNBURDENED, WELCOME
from agents.records import Column, Record, record_type
from agents.rule import rule
from agents.shapes import above, clip, product_of_three, share, weakest_of_three, weakest_of_two

COLUMNS: Final = (
    Column("week", -1e6, 1e6, "week", "week of the encounter", "whole"),
    Column("customer", 0, 1e9, "number", "the customer", "whole"),
    Column("employee", -1, 1e6, "seat", "who served; -1 nobody could", "whole"),
    Column("segment", 0, 5, "number", "segment of the customer", "whole"),
    Column("failed", 0, 1, "yes or no", "something went wrong", "whole"),
    Column("step", -1, 3, "code", "step that failed, -1 none", "whole"),
    Column("kind", -1, 2, "code", "kind of failure, -1 none", "whole"),
    Column("voiced", 0, 1, "yes or no", "the customer complained", "whole"),
    Column("recovered", 0, 1, "yes or no", "somebody took it up", "whole"),
    Column("bounced", 0, 1, "yes or no", "a failure from elsewhere was not taken up", "whole"),
    Column("delighted", 0, 1, "yes or no", "the customer was delighted", "whole"),
    Column("familiar", 0, 1, "yes or no", "served by the own contact person", "whole"),
    Column("felt", 0, 1, "share", "what is felt on the five principles", length=5),
    Column("effort", 0, 1, "share", "effort that it cost the customer"),
    Column("performance", 0, 1, "performance", "performance as perceived and remembered"),
    Column("expectation", 0, 1, "performance", "expectation before"),
    Column("surprise", 0, 1, "performance", "size of the surprise, 0 none"),
    Column("severity", 0, 1, "share", "severity of the failure"),
    Column("prior_failures", 0, 1e3, "failures", "failures remembered before this one"),
    Column("distributive", 0, 1, "share", "justice of what was given"),
    Column("procedural", 0, 1, "share", "justice of how it went, speed"),
    Column("interactional", 0, 1, "share", "justice of how one was treated"),
    Column("recovery_quality", 0, 1, "share", "recovery quality"),
    Column("recovery_expectation", 0, 1, "share", "what was expected of recovery"),
    Column("recovery_satisfaction", 0, 1, "share", "satisfaction with the recovery itself"),
    Column("satisfaction_before", 0, 1, "share", "satisfaction before"),
    Column("satisfaction_after", 0, 1, "share", "satisfaction after"),
)

ENCOUNTER: Final = record_type(COLUMNS)


@rule
def effective_competence(employee: Record, leader: Record, p: Record) -> float:
    """Competence as far as it can be used: room beyond it gets in the way, direction helps novices along.

    [Lorinkova et al. 2013: directive teams start better, empowered teams improve more.]
    """
    usable = employee.competence * (1.0 - p.overload_competence * overload(employee, 0.1))
    return share(usable + p.directed_competence * above(0.6, employee.competence) * (1.0 - leader.style))


@rule
def effort_of(employee: Record, organisation: Record, handovers: float, familiar: bool, p: Record) -> float:
    """Effort that the journey costs the customer: the mean over its four steps.

    Design (5) and process (7) take effort away, handovers between departments and crowding add it, a known contact
    person saves some [source 003: unburden; source 004: functional structure; Dixon et al. 2010].
    """
    block = organisation.block
    crowded = above(organisation.utilisation, p.crowding_from)
    handed_over = handovers * (1.0 - p.handover_cure * block[OPERATIONS])
    orient = p.effort_base - p.effort_design * block[DESIGN]
    arrange = p.effort_base - p.effort_operations * block[OPERATIONS] + p.effort_handover * handed_over
    moment = p.effort_base - p.effort_competence * employee.competence + p.effort_crowding * crowded
    aftercare = p.effort_base - 0.5 * (p.effort_design * block[DESIGN] + p.effort_operations * block[OPERATIONS])
    mean = 0.2 * orient + 0.3 * arrange + 0.25 * moment + 0.25 * aftercare
    if familiar:
        mean -= p.effort_familiar
    return share(mean)


@rule
def feel(encounter: Record, employee: Record, leader: Record, organisation: Record, familiar: bool, p: Record) -> None:
    """What the customer feels on the five principles; fills `encounter.felt`. Needs `encounter.effort`.

    Welcome comes from engagement and norm, not from a smile script [Hennig-Thurau et al. 2006]; basics from
    process, competence and design, the weakest weighing most; tailored from knowledge, room and competence;
    unburdened from effort; amazed from design and innovation, carried by people. [Source 003; sizes assumed.]
    """
    block = organisation.block
    rushed = p.rush * organisation.thin
    warmth = math.sqrt(employee.engagement * employee.norm) * (1.0 - 0.25 * above(employee.exhaustion, 0.30))
    encounter.felt[WELCOME] = share(p.welcome_base + p.welcome_people * warmth - rushed)
    ready = weakest_of_three(block[OPERATIONS], effective_competence(employee, leader, p), 0.3 + 0.7 * block[DESIGN])
    encounter.felt[BASICS] = share(p.basics_base + p.basics_range * ready - 0.5 * rushed)
    known = product_of_three(organisation.knowledge, employee.autonomy, employee.competence)
    tailored = p.tailored_base + p.tailored_range * known - rushed
    if familiar:
        tailored += p.tailored_familiar
    encounter.felt[TAILORED] = share(tailored)
    encounter.felt[UNBURDENED] = share(1.0 - encounter.effort - 0.5 * rushed)
    new = math.sqrt(block[DESIGN] * block[INNOVATION]) * (0.5 + 0.5 * employee.norm)
    encounter.felt[AMAZED] = share(p.amazed_base + p.amazed_range * new - rushed)


@rule
def perceive(
    encounter: Record,
    customer: Record,
    segment: Record,
    employee: Record,
    organisation: Record,
    bell: float,
    shock: float,
    p: Record,
) -> float:
    """Performance as this customer perceives and remembers it.

    The five principles with the customer's own weights; too little knowledge is felt most by demanding customers;
    spread shrinks with competence more than the mean rises [Bavafa & Jonasson 2021] and grows with room to decide.
    """
    value = 0.0
    for principle in range(5):
        value += segment.weight[principle] * encounter.felt[principle]
    spread = p.service_spread * (1.5 - employee.competence) * (0.7 + 0.6 * employee.autonomy)
    unknown = p.knowledge_penalty * (1.0 - organisation.knowledge) * customer.demandingness
    return share(value + p.performance_level + organisation.site + shock + customer.leniency - unknown + spread * bell)


@rule
def chance_to_surprise(employee: Record, organisation: Record, extra: float, p: Record) -> float:
    """Chance that this encounter holds something unexpected: designed, renewed, and done by people with room.

    `extra` adds a standing surprise that needs nobody (a gimmick).
    """
    block = organisation.block
    repertoire = weakest_of_two(block[DESIGN], block[INNOVATION])
    people = employee.engagement * employee.autonomy * (0.5 + 0.5 * employee.norm)
    return share(p.surprise_base * repertoire * people + extra)


@rule
def size_of_surprise(customer: Record, organisation: Record, p: Record) -> float:
    """How much a surprise adds to what is perceived: less as it wears off, and little while failures are in mind.

    Basics before delight [service pyramid: levels 3-4 need the lower ones; Dixon et al. 2010; sizes assumed]. It also
    rings hollow where failures are common knowledge.
    """
    known = p.basics_known * above(organisation.failing, p.basics_known_from)
    unforgiven = share(customer.failures / max(p.delight_failures, 1e-9) + known)
    return share(p.surprise_size * customer.novelty * (1.0 - p.basics_first * unforgiven))


@rule
def novelty_half_life(organisation: Record, p: Record) -> float:
    """Weeks after which half of the wear of a surprise is gone by itself: fewer with innovation.

    [Rust & Oliver 2000: delight raises the bar; sizes calibrated on the treadmill pattern.]
    """
    weeks: float = p.novelty_half_life / (1.0 + p.novelty_renewal * organisation.block[INNOVATION])
    return weeks


@rule
def wear_off(customer: Record, half_life: float, renewed: bool) -> float:
    """Novelty a week later: it recovers by itself; a new repertoire makes it new at once. half_life: in weeks."""
    if renewed:
        return 1.0
    return clip(customer.novelty + (1.0 - customer.novelty) * 0.6931471805599453 / half_life, 0.0, 1.0)
