"""A leader: style from directive to facilitating, beliefs, time to coach, example; and a team that leads itself."""

from typing import Final

from agents.blocks import LEADERSHIP
from agents.records import Column, Record, record_type
from agents.rule import rule
from agents.shapes import above, share

COLUMNS: Final = (
    Column("style", 0, 1, "share", "0 directive, 1 facilitating"),
    Column("trait", -1, 1, "share", "lasting personal lean in style"),
    Column("belief", 0, 1, "share", "belief in steering and control"),
    Column("norm", 0, 1, "share", "the service norm that the leader lives"),
    Column("credibility", 0, 1, "share", "how far the leader's words are believed"),
    Column("coaching_hours", 0, 60, "hours a week", "time for coaching"),
    Column("coaching", 0, 1, "share", "coaching that each team member receives"),
    Column("self_managing", 0, 1, "share", "how far the team has taken over leading itself"),
    Column("members", 0, 1e6, "people", "span of control: team members this week"),
    Column("team_engagement", 0, 1, "share", "mean engagement of the team"),
    Column("team_competence", 0, 1, "share", "mean competence of the team"),
    Column("team_norm", 0, 1, "share", "mean service norm of the team"),
    Column("team_adoption", 0, 1, "share", "share of the team that adopted the new way"),
    Column("team_commitment", 0, 1, "share", "the same, each counted by how much they own it"),
    Column("team_served", 0, 1e6, "encounters", "the team's encounters this week"),
    Column("team_pleased", -1e6, 1e6, "share", "sum of what the team's customers felt this week"),
    Column("team_satisfaction", 0, 1, "share", "what customers of the team felt, smoothed"),
    Column("team_satisfaction_slow", 0, 1, "share", "the same, smoothed over a year"),
)

LEADER: Final = record_type(COLUMNS)


@rule
def let_go(leader: Record, organisation: Record, p: Record) -> float:
    """The leader's style a week later.

    Block 3 draws towards facilitating; belief in control holds back the way there, not the way back; pressure
    brings control back at once [sources 002, 004; model draft 6.4].
    """
    goal = share(p.style_base + p.style_range * organisation.block[LEADERSHIP] + leader.trait)
    distance = goal - leader.style
    pace = p.style_pace
    if distance > 0.0:
        pace *= 1.0 - p.belief_inertia * leader.belief
    relapse = p.style_relapse * above(organisation.strain, p.control_from)
    return share(leader.style + pace * distance - relapse)


@rule
def believe(leader: Record, organisation: Record, p: Record) -> float:
    """Belief in control a week later: it yields where room worked out well, and hardens under pressure.

    Compares what the team's customers felt lately with what they felt over the year, weighed by the room given
    [source 004: old beliefs of steering and control; Repenning & Sterman 2002: learning from one's own actions].
    """
    experience = leader.style * (leader.team_satisfaction - leader.team_satisfaction_slow)
    pressure = above(organisation.strain, 1.0)
    goal = p.belief_base * (1.0 - p.belief_openness * organisation.block[LEADERSHIP])
    change = p.belief_pace * (goal - leader.belief) - p.belief_learning * experience + p.belief_pressure * pressure
    return share(leader.belief + change)


@rule
def set_example(leader: Record, organisation: Record, p: Record) -> float:
    """The service norm that the leader lives, a week later."""
    goal = p.example_base + p.example_range * organisation.block[LEADERSHIP] + leader.trait * p.example_trait
    return share(leader.norm + p.style_pace * (goal - leader.norm))


@rule
def be_believed(leader: Record, organisation: Record, p: Record) -> float:
    """Credibility a week later: leadership that is lived builds it, a story that doesn't hold spends it."""
    goal = p.credibility_base + p.credibility_range * (0.5 * organisation.lived[LEADERSHIP] + 0.5 * organisation.story)
    return share(leader.credibility + p.credibility_pace * (goal - leader.credibility))


@rule
def coach(leader: Record, extra: float, p: Record) -> float:
    """Coaching that each team member receives: time over span, worth more from a facilitating leader.

    A wide span dilutes any style [Doran et al. 2004]; `extra` (0 to 1) is intensive guidance bought in
    [Jones et al. 2016]. A self-managing team coaches itself as well as its competence and norm allow.
    """
    time = 1.0
    if leader.members > 0.0:
        time = share(leader.coaching_hours / (p.coaching_need * leader.members))
    if p.span_strength < 1.0:
        time = p.span_strength * time + (1.0 - p.span_strength) * p.coaching_time_usual
    by_leader = time * (p.coaching_base + p.coaching_style * leader.style)
    by_peers = p.peer_coaching * leader.team_competence * leader.team_norm
    own = leader.self_managing
    given = (1.0 - own) * by_leader + own * by_peers
    return share(given + p.guidance * extra * (1.0 - given))


@rule
def manage_itself(leader: Record, wanted: bool, p: Record) -> float:
    """How far the team leads itself a week later: takes time, and a leader who lets go [source 002]."""
    if not wanted:
        return share(leader.self_managing - p.self_managing_pace * leader.self_managing)
    pace = p.self_managing_pace * (0.3 + 0.7 * leader.style)
    return share(leader.self_managing + pace * (1.0 - leader.self_managing))
