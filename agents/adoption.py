"""Adoption of the new way of working: it spreads among people, and it can be lost again."""

from agents.blocks import LEADERSHIP
from agents.records import Record
from agents.rule import rule
from agents.shapes import cumulative_bend, share


@rule
def chance_to_adopt(employee: Record, leader: Record, organisation: Record, peers: float, p: Record) -> float:
    """Weekly chance that an employee takes up the new way.

    Direction counts as far as the leader is believed, involvement as far as there is room; committed colleagues tip
    the rest, around a quarter of them [Centola et al. 2018; transfer unsure]; both approaches help each other
    [Beer & Nohria 2000]. Values that fit make it easier. Zero where there is nothing to adopt; where nobody works on
    it, only colleagues convince.
    peers: commitment of colleagues, adoption counted by ownership; mere compliance convinces nobody.
    """
    push = organisation.intensity
    top_down = organisation.top_down
    bottom_up = organisation.bottom_up
    lead = 0.4 + 0.6 * organisation.block[LEADERSHIP]
    believed = p.adoption_credibility * leader.credibility / p.credibility_usual + 1.0 - p.adoption_credibility
    hazard = (
        p.adoption_base * push
        + p.adoption_top_down * push * top_down * lead * believed
        + p.adoption_bottom_up * push * bottom_up * employee.autonomy
        + p.adoption_peers * cumulative_bend(peers, p.adoption_half)
    )
    together = 1.0 + p.adoption_together * (top_down * bottom_up) * 2.0
    return share(organisation.pull * hazard * (0.5 + 0.5 * employee.values_fit) * together)


@rule
def ownership_at_adoption(employee: Record, leader: Record, organisation: Record, p: Record) -> float:
    """How much somebody owns what they just took up: most where they helped to make it [source 004, claim].

    Who joins later takes over how the team's adopters feel about it.
    """
    involved = organisation.bottom_up * (0.4 + 0.6 * employee.autonomy)
    own = p.ownership_base + p.ownership_bottom_up * involved + p.ownership_top_down * organisation.top_down
    taken_over = leader.team_commitment / max(leader.team_adoption, 0.05)
    return share(max(own, taken_over))


@rule
def grow_into(employee: Record, p: Record) -> float:
    """Ownership a week later, of somebody who works in the new way: grows with room to shape it."""
    return share(employee.ownership + p.ownership_pace * (employee.autonomy - employee.ownership))


@rule
def chance_to_relapse(employee: Record, leader: Record, organisation: Record, peers: float, p: Record) -> float:
    """Weekly chance of falling back into the old way.

    Ownership, leaders who persevere (block 3), coaching and a running programme hold people; so do colleagues
    [sources 000, 004: perseverance, coaching is indispensable].
    """
    hold = 1.0 - 0.5 * organisation.block[LEADERSHIP]
    coached = 1.0 - p.relapse_coaching * leader.coaching
    running = 1.0 - p.relapse_running * organisation.intensity
    together = 1.0 - p.relapse_peers * peers
    return share(p.relapse * (1.0 - employee.ownership) * hold * coached * running * together)
