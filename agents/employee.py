"""An employee: engagement, exhaustion, autonomy and values, and what acts on them."""

from typing import Final

from agents.blocks import ENGAGEMENT, OPERATIONS, STRATEGY
from agents.records import Column, Record, record_type
from agents.rule import rule
from agents.shapes import above, share

CLOSED: Final = 0
VACANT: Final = 1
EMPLOYED: Final = 2
"""Values of `status`: a record is a seat; the seat is closed, vacant, or held by somebody."""

COLUMNS: Final = (
    Column("status", 0, 2, "code", "0 seat closed, 1 vacant, 2 employed", "whole"),
    Column("team", 0, 1e6, "number", "team, and so leader", "whole"),
    Column("hired_week", -1e6, 1e6, "week", "week in which this person came", "whole"),
    Column("vacant_weeks", 0, 1e6, "weeks", "how long the seat has been vacant", "whole"),
    Column("adopted", 0, 1, "yes or no", "works in the new way", "whole"),
    Column("misfit_weeks", 0, 1e6, "weeks", "how long values and norm have been below what fits", "whole"),
    Column("engagement", 0, 1, "share", "engagement"),
    Column("exhaustion", 0, 1, "share", "exhaustion"),
    Column("competence", 0, 1, "share", "competence"),
    Column("autonomy", 0, 1, "share", "perceived room to decide"),
    Column("norm", 0, 1, "share", "personal service norm"),
    Column("values_fit", 0, 1, "share", "fit of own values with the organisation's"),
    Column("ownership", 0, 1, "share", "felt ownership of the new way"),
    Column("reflection", 0, 1, "share", "habit of checking one's own work against reality"),
    Column("feedback", 0, 1, "share", "what customers let feel, smoothed"),
    Column("talent", -1, 1, "share", "lasting personal lean in the competence within reach"),
    Column("disposition", -1, 1, "share", "lasting personal lean in engagement"),
    Column("strain", -1, 1, "share", "lasting personal lean in exhaustion"),
    Column("served", 0, 1e6, "encounters", "encounters this week"),
    Column("pleased", -1e6, 1e6, "share", "sum of what customers felt this week"),
    Column("incivility", 0, 1e6, "share", "sum of demanding customers' shortfalls this week"),
)

EMPLOYEE: Final = record_type(COLUMNS)


@rule
def overload(employee: Record, margin: float) -> float:
    """By how much the room to decide exceeds competence, less a margin."""
    return above(employee.autonomy, employee.competence + margin)


@rule
def take_room(employee: Record, leader: Record, organisation: Record, p: Record) -> float:
    """Perceived autonomy a week later.

    Follows the leader's style, decision rights (block 7), say (6) and a clear course (2); more in a self-managing
    team [Seibert et al. 2011; draft 6.4].
    """
    if p.autonomy_held >= 0.0:
        return share(p.autonomy_held)
    block = organisation.block
    goal = (
        p.autonomy_base
        + p.autonomy_style * leader.style
        + p.autonomy_operations * block[OPERATIONS]
        + p.autonomy_engagement * block[ENGAGEMENT]
        + p.autonomy_strategy * block[STRATEGY]
        + p.autonomy_self_managing * leader.self_managing
    )
    return share(employee.autonomy + (share(goal) - employee.autonomy) / p.autonomy_lag)


@rule
def engage(employee: Record, leader: Record, organisation: Record, peers: float, bell: float, p: Record) -> float:
    """Engagement a week later: resources raise it, exhaustion and pressure lower it [JD-R; Crawford et al. 2010].

    Resources are the room to decide, coaching, the HR instrument (block 6), meaning and story, engaged colleagues,
    customers' thanks and fitting values [Harter et al. 2002; Decuypere & Schaufeli 2021; source 003]. Change from
    above makes those who haven't adopted uncertain.
    """
    block = organisation.block
    uncertainty = 0.0
    if employee.adopted == 0:
        uncertainty = (
            p.uncertainty
            * organisation.intensity
            * organisation.top_down
            * (1.0 - p.uncertainty_relief * organisation.bottom_up)
        )
    goal = (
        p.engagement_base
        + employee.disposition
        + p.engagement_autonomy * employee.autonomy
        + p.engagement_coaching * leader.coaching
        + p.engagement_hr * block[ENGAGEMENT]
        + p.engagement_meaning * block[STRATEGY]
        + p.engagement_story * (organisation.story - p.story_usual)
        + p.engagement_peers * peers
        + p.engagement_feedback * employee.feedback
        + p.engagement_values * employee.values_fit
        - p.engagement_exhaustion * employee.exhaustion
        - p.engagement_pressure * above(organisation.utilisation, 1.0)
        - p.engagement_overload * overload(employee, 0.1)
        - uncertainty
    )
    step = (share(goal) - employee.engagement) / p.engagement_lag
    return share(employee.engagement + step + p.engagement_noise * bell)


@rule
def tire(employee: Record, leader: Record, organisation: Record, bell: float, p: Record) -> float:
    """Exhaustion a week later: work pressure, demanding customers' shortfalls, change and lack of support.

    Customers' disproportionate expectations explain 14 % of exhaustion [Dormann & Zapf 2004]; reflection under
    control turns into self-doubt [source 003; assumed].
    """
    incivility = employee.incivility / employee.served if employee.served > 0.0 else 0.0
    control = p.reflection_backfire * employee.reflection * above(0.5, leader.style)
    goal = (
        p.exhaustion_base
        + employee.strain
        + p.exhaustion_pressure * above(organisation.utilisation, p.pressure_from)
        + p.exhaustion_incivility * incivility
        + p.exhaustion_support * (1.0 - leader.coaching)
        + p.exhaustion_change * organisation.intensity
        + p.exhaustion_overload * overload(employee, 0.0)
        + control
        - p.exhaustion_hr * organisation.block[ENGAGEMENT]
    )
    step = (share(goal) - employee.exhaustion) / p.exhaustion_lag
    return share(employee.exhaustion + step + p.exhaustion_noise * bell)


@rule
def fit_values(employee: Record, organisation: Record, p: Record) -> float:
    """Values fit a week later: drifts with the story that one can or cannot recognise oneself in [source 004]."""
    goal = p.values_base + p.values_story * (organisation.story - p.story_usual)
    return share(employee.values_fit + p.values_pace * (goal - employee.values_fit))


@rule
def hear_back(employee: Record, targets: float, p: Record) -> float:
    """Customers' feedback as felt, a week later.

    Scores used to judge people instead of to learn (`targets`, 0 to 1) turn a third of feedback effects around:
    more than a third of feedback interventions lowered performance [Kluger & DeNisi 1996].
    """
    if employee.served <= 0.0:
        return share(employee.feedback)
    felt = employee.pleased / employee.served
    turned = p.feedback_turned * targets
    goal = (1.0 - turned) * felt + turned * (1.0 - felt)
    return share(employee.feedback + p.feedback_pace * (goal - employee.feedback))
