"""How people grow: competence by doing and coaching, reflection, and the norm that they take from each other."""

from agents.blocks import CULTURE, ENGAGEMENT, LEADERSHIP, MONITORING
from agents.records import Record
from agents.rule import rule
from agents.shapes import above, share


@rule
def learn(employee: Record, leader: Record, organisation: Record, p: Record) -> float:
    """Competence a week later: closes in on what the HR instrument makes possible.

    Faster with room, coaching and reflection [Bavafa & Jonasson 2021; Jones et al. 2016; Lorinkova et al. 2013:
    empowered teams improve more]; skills above what can be upheld wear off slowly.
    """
    if p.competence_held >= 0.0:
        return share(p.competence_held)
    ceiling = share(p.competence_ceiling + p.competence_hr * organisation.block[ENGAGEMENT] + employee.talent)
    room = 0.5 + p.learning_room * employee.autonomy + p.learning_coaching * leader.coaching
    reflecting = 1.0 + p.reflection_growth * employee.reflection * (2.0 * leader.style - 0.5)
    pace = p.learning_pace * room * max(0.2, reflecting)
    distance = ceiling - employee.competence
    if distance < 0.0:
        pace = p.forgetting_pace
    return share(employee.competence + pace * distance)


@rule
def reflect(employee: Record, leader: Record, organisation: Record, invited: float, p: Record) -> float:
    """The habit of checking oneself against reality, a week later: invited, coached, and fed by monitoring."""
    goal = p.reflection_strength * (
        invited + 0.3 * leader.coaching * leader.style + 0.2 * organisation.block[MONITORING]
    )
    return share(employee.reflection + p.reflection_pace * (share(goal) - employee.reflection))


@rule
def take_norm(
    employee: Record, leader: Record, organisation: Record, elsewhere: float, bell: float, p: Record
) -> float:
    """Service norm a week later: what colleagues do, culture holds and the leader shows [Hong et al. 2013].

    Team-mates weigh most; `elsewhere` is the mean norm of the whole organisation.
    """
    peers = (1.0 - p.norm_between_teams) * leader.team_norm + p.norm_between_teams * elsewhere
    culture = organisation.block[CULTURE]
    change = (
        p.norm_peers * (peers - employee.norm)
        + p.norm_culture * culture * (p.norm_base + p.norm_range * culture - employee.norm)
        + p.norm_leader * organisation.block[LEADERSHIP] * (leader.norm - employee.norm)
        + p.norm_adopted * employee.adopted * above(0.9, employee.norm)
    )
    return share(employee.norm + change + p.norm_noise * bell)


@rule
def settled_norm(leader: Record, organisation: Record, p: Record) -> float:
    """The norm at which culture and the leader's example balance: where a team would come to rest."""
    culture = organisation.block[CULTURE]
    hold = p.norm_culture * culture
    show = p.norm_leader * organisation.block[LEADERSHIP]
    if hold + show <= 0.0:
        return share(p.newcomer_norm)
    return share((hold * (p.norm_base + p.norm_range * culture) + show * leader.norm) / (hold + show))
