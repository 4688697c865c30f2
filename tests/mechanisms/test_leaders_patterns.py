"""Leaders and teams: style, belief, span, self-management, and room beside competence."""

import pytest

from agents.failure import chance_to_fail
from agents.leader import coach, let_go
from agents.workload import handles
from simulation.state import World
from tests.mechanisms.experiment import (
    Behaviour,
    Effect,
    Weeks,
    effect,
    effect_of_rules,
    mean_of,
    parameters,
    pattern_of,
    shock,
    small,
)
from tests.mechanisms.people import a_leader, an_employee, an_organisation

DIRECTIVE, FACILITATING = {"style_held": 0.05}, {"style_held": 0.9}
LITTLE_ROOM, MUCH_ROOM = {"autonomy_held": 0.25}, {"autonomy_held": 0.8}
ONE_LEADER = {"organisation.leaders": 1}
SELF_MANAGING = {"programme.self_managing_from": 1}
TWO_YEARS = {"weeks": 104}


@pattern_of("control_returns")
def test_overload_brings_control_back(on: Behaviour, off: Behaviour) -> None:
    """A year of 40 % more work makes leaders more directive."""
    assert effect(shock("demand", 0.4), "leadership_style", (40, 52), on).falls
    assert effect(shock("demand", 0.4), "leadership_style", (40, 52), off).values == pytest.approx(0.0, abs=1e-3)


@pattern_of("beliefs")
def test_belief_in_control_slows_letting_go_and_not_the_way_back(on: Behaviour, off: Behaviour) -> None:
    """A believer moves less towards facilitating, and just as fast towards control."""

    def step(behaviour: Behaviour, belief: float, style: float) -> float:
        leader = a_leader(style=style, belief=belief)
        return float(let_go(leader, an_organisation(0.8), parameters(behaviour))) - style

    assert 0.0 < step(on, 0.9, 0.3) < step(on, 0.1, 0.3)
    assert step(on, 0.9, 0.9) == step(on, 0.1, 0.9) < 0.0
    assert step(off, 0.9, 0.3) == step(off, 0.1, 0.3)


@pattern_of("beliefs")
def test_believers_in_control_are_behind_when_leadership_is_built(on: Behaviour, off: Behaviour) -> None:
    """Two years after block 3 was strengthened, leaders with old beliefs facilitate less."""
    changes = {**TWO_YEARS, "interventions": [{"block": "leadership", "start": 1, "weeks": 26, "to": 0.9}]}

    def gap(behaviour: Behaviour) -> Effect:
        fixed = {**behaviour, "belief_pace": 0.0, "belief_learning": 0.0}
        believing, open_minded = {**fixed, "belief_base": 1.0}, {**fixed, "belief_base": 0.2}
        return effect_of_rules(believing, open_minded, "leadership_style", (53, 104), changes)

    assert gap(on).falls
    assert gap(off).values == pytest.approx(0.0)


@pattern_of("span")
def test_a_wide_span_dilutes_coaching_of_any_style(on: Behaviour, off: Behaviour) -> None:
    """Twenty people get less coaching each than eight, whoever leads them."""

    def given(behaviour: Behaviour, members: float, style: float) -> float:
        return float(coach(a_leader(members=members, style=style), 0.0, parameters(behaviour)))

    for style in (0.0, 0.5, 1.0):
        assert given(on, 20.0, style) < given(on, 8.0, style)
        assert given(off, 20.0, style) == given(off, 8.0, style)
    assert given(on, 30.0, 1.0) < given(on, 8.0, 0.3)


@pattern_of("span")
def test_no_style_overcomes_a_wide_span(on: Behaviour, off: Behaviour) -> None:
    """One leader in place of three costs engagement under direction and under facilitation."""
    for style in (DIRECTIVE, FACILITATING):
        wide = effect(ONE_LEADER, "engagement", (27, 52), {**on, **style})
        free = effect(ONE_LEADER, "engagement", (27, 52), {**off, **style})

        assert wide.falls
        assert free.is_gone_beside(wide)


@pattern_of("self_management")
def test_a_team_that_leads_itself_pays_first_and_gains_room(on: Behaviour, off: Behaviour) -> None:
    """Capacity is short in the first half year; a year and a half later people have more room."""

    def change(behaviour: Behaviour, indicator: str, weeks: Weeks) -> Effect:
        return effect(SELF_MANAGING, indicator, weeks, behaviour, TWO_YEARS)

    assert change(on, "utilisation", (1, 26)).rises
    assert change(on, "autonomy", (79, 104)).rises
    assert change(off, "utilisation", (1, 26)).values == pytest.approx(0.0)
    assert change(off, "autonomy", (79, 104)).values == pytest.approx(0.0)


def test_finding_out_how_to_lead_itself_costs_a_team_only_on_the_way() -> None:
    """A team that is half-way handles less than one that has a leader or needs none."""
    led, half_way, leading_itself = (
        handles(an_employee(), a_leader(self_managing=own), an_organisation(), parameters({}))
        for own in (0.0, 0.5, 1.0)
    )

    assert half_way < led
    assert half_way < leading_itself
    assert led == leading_itself


def test_self_managing_teams_stand_on_their_competence_and_norm() -> None:
    """A skilled team with a firm norm coaches itself better than a new one with a weak norm."""
    strong = a_leader(self_managing=1.0, team_competence=0.85, team_norm=0.8)
    weak = a_leader(self_managing=1.0, team_competence=0.45, team_norm=0.35)
    led = a_leader(self_managing=0.0, style=0.6)

    strong_alone, weak_alone, with_leader = (coach(team, 0.0, parameters({})) for team in (strong, weak, led))

    assert weak_alone < with_leader
    assert weak_alone < strong_alone


@pattern_of("room_beyond_competence")
def test_room_beyond_competence_brings_failures(on: Behaviour, off: Behaviour) -> None:
    """Much room makes people with little competence fail more often, and leaves competent people as they are."""

    def chance(behaviour: Behaviour, room: float, competence: float) -> float:
        employee = an_employee(autonomy=room, competence=competence)
        return float(chance_to_fail(employee, a_leader(), -2.75, parameters(behaviour)))

    assert chance(on, 0.8, 0.4) > 1.5 * chance(on, 0.25, 0.4)
    assert chance(on, 0.8, 0.8) == chance(on, 0.25, 0.8)
    assert chance(off, 0.8, 0.4) == chance(off, 0.25, 0.4)


@pattern_of("room_beyond_competence")
def test_room_needs_competence(on: Behaviour, off: Behaviour) -> None:
    """At little competence room brings half as many failures more and less satisfied customers.

    At much competence it brings better recovery and more satisfied customers [pattern 11].
    """

    def of_room(behaviour: Behaviour, competence: float, indicator: str, part: float = 1.0) -> Effect:
        held = {**behaviour, "competence_held": competence}
        much, little = (mean_of(small({**held, **room}, {}), indicator, (13, 52)) for room in (MUCH_ROOM, LITTLE_ROOM))
        return Effect(much - part * little)

    assert of_room(on, 0.4, "failure_rate", part=1.5).rises
    assert of_room(on, 0.4, "satisfaction").falls
    assert of_room(on, 0.8, "satisfaction").rises
    assert of_room(on, 0.8, "recovery_quality").rises
    assert not of_room(off, 0.4, "failure_rate", part=1.5).rises


@pattern_of("direction_for_novices")
def test_direction_spares_novices_failures(on: Behaviour, off: Behaviour) -> None:
    """Novices fail less under a directive leader; experienced people don't need one for that."""

    def chance(behaviour: Behaviour, style: float, competence: float) -> float:
        employee = an_employee(autonomy=0.3, competence=competence)
        return float(chance_to_fail(employee, a_leader(style=style), -2.75, parameters(behaviour)))

    assert chance(on, 0.1, 0.35) < chance(on, 0.9, 0.35)
    assert chance(on, 0.1, 0.8) == chance(on, 0.9, 0.8)
    assert chance(off, 0.1, 0.35) == chance(off, 0.9, 0.35)


def everybody_is_new(world: World) -> None:
    """All employees are novices in a new team, as the first week begins."""
    world.employees.competence = 0.35
    world.employees.hired_week = 1


def letting_go(behaviour: Behaviour, indicator: str, weeks: Weeks) -> Effect:
    """What a facilitating leader of new teams brings beside a directive one."""
    changes = {"warmup": 0, "weeks": 78}
    facilitated, directed = (
        mean_of(small({**behaviour, **style}, changes), indicator, weeks, everybody_is_new)
        for style in (FACILITATING, DIRECTIVE)
    )
    return Effect(facilitated - directed)


@pattern_of("direction_for_novices")
def test_new_teams_fail_less_under_direction(on: Behaviour, off: Behaviour) -> None:
    """In the first two months new teams without direction fail more often than those with it."""
    assert letting_go(on, "failure_rate", (1, 8)).rises
    assert (letting_go(on, "failure_rate", (1, 8)) - letting_go(off, "failure_rate", (1, 8))).rises


def test_directive_leaders_win_at_first_and_empowering_ones_later() -> None:
    """Customers of new teams are better off with direction for two months, and with room after a year [pattern 12]."""
    assert letting_go({}, "satisfaction", (1, 8)).falls
    assert letting_go({}, "satisfaction", (53, 78)).rises
    assert letting_go({}, "competence", (53, 78)).rises
    assert letting_go({}, "performance", (53, 78)).rises
