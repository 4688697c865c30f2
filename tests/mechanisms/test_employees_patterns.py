"""Employees: what they learn and take from each other, who stays, what lifts and what tires them."""

import numpy as np
import pytest

from agents.employee import engage, hear_back, tire
from agents.learning import learn, reflect, take_norm
from agents.records import Record
from agents.turnover import chance_to_quit, welcome_newcomer
from agents.workload import erode
from tests.mechanisms.experiment import (
    STEADY,
    Behaviour,
    Changes,
    Effect,
    Numbers,
    blocks,
    each,
    effect,
    mean_of,
    parameters,
    pattern_of,
    shock,
    small,
    world_of,
)
from tests.mechanisms.people import a_leader, an_employee, an_organisation

DEMANDING: Changes = {"customers.segments": [{"name": "demanding", "share": 1.0, "demandingness": 0.7}]}
FIXED_STAFF: Changes = {"organisation.elastic_staffing": False, "weeks": 78}
OVERLOAD = shock("demand", 0.35, weeks=26)


def settled_reflection(behaviour: Behaviour, invited: float, style: float) -> Record:
    """An employee whose habit of reflection has come to rest."""
    employee, leader = an_employee(competence=0.5), a_leader(style=style)
    organisation, p = an_organisation(), parameters(behaviour)
    for _ in range(300):
        employee.reflection = reflect(employee, leader, organisation, invited, p)
    return employee


@pattern_of("reflection")
def test_reflection_speeds_up_learning_only_with_room(on: Behaviour, off: Behaviour) -> None:
    """Invited to reflect, people learn faster under a facilitating leader."""

    def learned(behaviour: Behaviour, invited: float) -> float:
        employee, leader = settled_reflection(behaviour, invited, 0.9), a_leader(style=0.9)
        return float(learn(employee, leader, an_organisation(), parameters(behaviour)))

    assert learned(on, 1.0) > learned(on, 0.0)
    assert learned(off, 1.0) == learned(off, 0.0)


@pattern_of("reflection")
def test_reflection_under_control_tires(on: Behaviour, off: Behaviour) -> None:
    """Invited to reflect under a directive leader, people grow exhausted; under a facilitating one they don't."""

    def exhaustion(behaviour: Behaviour, invited: float, style: float) -> float:
        employee, leader = settled_reflection(behaviour, invited, style), a_leader(style=style)
        return float(tire(employee, leader, an_organisation(), 0.0, parameters(behaviour)))

    assert exhaustion(on, 1.0, 0.1) > exhaustion(on, 0.0, 0.1)
    assert exhaustion(on, 1.0, 0.9) == exhaustion(on, 0.0, 0.9)
    assert exhaustion(off, 1.0, 0.1) == exhaustion(off, 0.0, 0.1)


@pattern_of("reflection")
def test_a_year_of_reflection_helps_or_harms_by_style(on: Behaviour, off: Behaviour) -> None:
    """A year of reflection makes newcomers more competent with room, and people more exhausted under control."""
    base = {"programme.reflection": 0.0, "warmup": 0, **shock("staff", 0.5)}
    change = {"programme.reflection": 1.0}
    room, control = {"style_held": 1.0}, {"style_held": 0.0}

    assert effect(change, "competence", (27, 52), {**on, **room}, base).rises
    assert effect(change, "exhaustion", (27, 52), {**on, **control}, base).rises
    assert effect(change, "competence", (27, 52), {**off, **room}, base).values == pytest.approx(0.0)
    assert effect(change, "exhaustion", (27, 52), {**off, **control}, base).values == pytest.approx(0.0)


@pattern_of("peer_norm")
def test_norms_of_team_mates_grow_alike(on: Behaviour, off: Behaviour) -> None:
    """Where neither culture nor leader hold a norm, colleagues still take it from each other."""

    def distance_after_a_year(behaviour: Behaviour) -> float:
        high, low = an_employee(norm=0.8), an_employee(norm=0.3)
        organisation, p = an_organisation(0.0), parameters(behaviour)
        for _ in range(52):
            mean = (high.norm + low.norm) / 2.0
            for employee in (high, low):
                leader = a_leader(team_norm=mean)
                employee.norm = take_norm(employee, leader, organisation, mean, 0.0, p)
        return float(high.norm - low.norm)

    assert distance_after_a_year(on) < 0.2
    assert distance_after_a_year(off) == pytest.approx(0.5)


@pattern_of("peer_norm")
def test_teams_are_of_one_mind(on: Behaviour, off: Behaviour) -> None:
    """Team-mates' norms lie closer together than those of people who take nothing from each other."""

    def spread_within_teams(behaviour: Behaviour) -> Numbers:
        return np.array(each(lambda n: spread_of_norms(world_of(small(behaviour, {}), n).employees)))

    assert Effect(spread_within_teams(on) - spread_within_teams(off)).falls


def spread_of_norms(employees: Record) -> float:
    """Mean over teams of the standard deviation of the norm."""
    here = employees[employees.status == 2]
    return float(np.mean([np.std(here.norm[here.team == team]) for team in np.unique(here.team)]))


@pattern_of("values")
def test_people_whose_values_do_not_fit_leave_more_often(on: Behaviour, off: Behaviour) -> None:
    """Of two people alike in all else, the one whose values fit less is likelier to quit."""

    def chance(behaviour: Behaviour, values_fit: float) -> float:
        employee = an_employee(values_fit=values_fit)
        return float(chance_to_quit(employee, a_leader(), 1.0, 200.0, parameters(behaviour)))

    assert chance(on, 0.3) > chance(on, 0.9)
    assert chance(off, 0.3) == chance(off, 0.9)


@pattern_of("selection")
def test_a_stronger_hr_instrument_brings_in_people_whose_values_fit(on: Behaviour, off: Behaviour) -> None:
    """The same applicant pool gives better fitting newcomers where block 6 selects."""

    def fit(behaviour: Behaviour, level: float) -> float:
        employee = an_employee()
        welcome_newcomer(employee, an_organisation(level), 10, (0.0,) * 6, parameters(behaviour))
        return float(employee.values_fit)

    assert fit(on, 0.8) > fit(on, 0.2)
    assert fit(off, 0.8) == fit(off, 0.2)


@pattern_of("selection")
def test_selection_renews_the_organisation(on: Behaviour, off: Behaviour) -> None:
    """After half of the staff left, values fit better where those who came were selected."""
    base = {"warmup": 0, **shock("staff", 0.5), **blocks(0.2, "engagement")}
    change = blocks(0.8, "engagement")

    selected, taken = (effect(change, "values_fit", (40, 52), behaviour, base) for behaviour in (on, off))

    assert selected.rises
    assert (selected - taken).rises
    assert taken.is_gone_beside(selected)


@pattern_of("story")
def test_a_story_that_holds_lifts_and_a_broken_one_lowers(on: Behaviour, off: Behaviour) -> None:
    """Engagement follows the story in both directions."""

    def engagement(behaviour: Behaviour, told: float) -> float:
        organisation = an_organisation(story=parameters({}).story_usual + told)
        return float(engage(an_employee(), a_leader(), organisation, 0.57, 0.0, parameters(behaviour)))

    assert engagement(on, -0.3) < engagement(on, 0.0) < engagement(on, 0.3)
    assert engagement(off, -0.3) == engagement(off, 0.3)


@pattern_of("story")
def test_promises_that_are_broken_cost_engagement(on: Behaviour, off: Behaviour) -> None:
    """A year of overpromising breaks the story, and people engage less for it."""
    broken, deaf = (effect(shock("promise", 0.4), "engagement", (27, 52), behaviour) for behaviour in (on, off))

    assert effect(shock("promise", 0.4), "story", (27, 52), on).falls
    assert broken.falls
    assert (broken - deaf).falls


@pattern_of("thanks")
def test_thanks_of_satisfied_customers_lift_engagement(on: Behaviour, off: Behaviour) -> None:
    """Whoever feels that customers are pleased engages more: results drive engagement too."""

    def engagement(behaviour: Behaviour, feedback: float) -> float:
        employee = an_employee(feedback=feedback)
        return float(engage(employee, a_leader(), an_organisation(), 0.57, 0.0, parameters(behaviour)))

    assert engagement(on, 0.9) > engagement(on, 0.4)
    assert engagement(off, 0.9) == engagement(off, 0.4)


@pattern_of("thanks")
def test_what_pleases_customers_comes_back_to_employees(on: Behaviour, off: Behaviour) -> None:
    """A year in which service is felt as better, for no merit of theirs, still lifts employees."""
    lifted, deaf = (
        effect(shock("performance", 0.1), "engagement", (13, 52), {**behaviour, **STEADY}) for behaviour in (on, off)
    )

    assert lifted.rises
    assert (lifted - deaf).rises


@pattern_of("misused_scores")
def test_scores_that_judge_turn_feedback_around(on: Behaviour, off: Behaviour) -> None:
    """Good feedback is felt as worse where scores are used to judge people."""

    def felt(behaviour: Behaviour, targets: float) -> float:
        return float(hear_back(an_employee(pleased=0.8), targets, parameters(behaviour)))

    assert felt(on, 1.0) < felt(on, 0.5) < felt(on, 0.0)
    assert felt(off, 1.0) == felt(off, 0.0)


@pattern_of("misused_scores")
def test_a_year_of_targets_costs_engagement(on: Behaviour, off: Behaviour) -> None:
    """Scores used to judge people for a year lower engagement."""
    assert effect({"programme.targets": 1.0}, "engagement", (13, 52), on).falls
    assert effect({"programme.targets": 1.0}, "engagement", (13, 52), off).values == pytest.approx(0.0)


@pattern_of("incivility")
def test_disappointed_demanding_customers_exhaust(on: Behaviour, off: Behaviour) -> None:
    """The more demanding customers get less than they expect, the more exhausted people grow."""

    def exhaustion(behaviour: Behaviour, incivility: float) -> float:
        employee = an_employee(incivility=incivility)
        return float(tire(employee, a_leader(), an_organisation(), 0.0, parameters(behaviour)))

    assert exhaustion(on, 0.1) > exhaustion(on, 0.0)
    assert exhaustion(off, 0.1) == exhaustion(off, 0.0)


@pattern_of("incivility")
def test_a_bad_spell_with_demanding_customers_exhausts(on: Behaviour, off: Behaviour) -> None:
    """Half a year of service below their demands makes customers uncivil and employees exhausted."""
    spell = shock("performance", -0.1, weeks=26)
    unhurried = {"exhaustion_pressure": 0.0}
    hit, spared = (
        effect(spell, "exhaustion", (5, 26), {**behaviour, **unhurried}, DEMANDING) for behaviour in (on, off)
    )

    assert hit.rises
    assert (hit - spared).rises
    assert spared.is_gone_beside(hit)


@pattern_of("erosion")
def test_standards_slide_under_overload_and_hardly_climb_back(on: Behaviour, off: Behaviour) -> None:
    """A week of overload takes more from the standard than a week of calm gives back."""

    def step(behaviour: Behaviour, utilisation: float, level: float = 0.4) -> float:
        organisation = an_organisation(level, utilisation=utilisation, standard=0.95)
        return float(erode(organisation, parameters(behaviour))) - 0.95

    assert -step(on, 1.3) > 2.0 * step(on, 0.8) > 0.0
    assert step(on, 1.3, level=0.8) > step(on, 1.3)
    assert step(on, 0.8, level=0.8) > step(on, 0.8)
    assert step(off, 1.3) == 0.0


def recovered(behaviour: Behaviour, changes: Changes, part: float) -> Effect:
    """What the standard won back in the year after half a year of overload, beyond this part of what it lost."""
    scenario = small(behaviour, {**FIXED_STAFF, **changes, **OVERLOAD})
    lowest, later = (mean_of(scenario, "service_standard", (week, week)) for week in (26, 78))
    return Effect(later - lowest - part * (1.0 - lowest))


@pattern_of("erosion")
def test_a_passing_overload_leaves_the_standard_lower_for_years(on: Behaviour, off: Behaviour) -> None:
    """Of what half a year of 35 % more work took, a year brings back less than .6 [pattern 18]."""
    assert effect(OVERLOAD, "service_standard", (26, 26), on, FIXED_STAFF).falls
    assert recovered(on, {}, 0.6).falls
    assert effect(OVERLOAD, "service_standard", (26, 26), off, FIXED_STAFF).values == pytest.approx(0.0)


def test_strategy_and_monitoring_bring_the_standard_back() -> None:
    """Where a lived strategy and monitoring show the difference, more is won back [Oliva & Sterman 2010]."""
    seeing = recovered({}, blocks(0.8, "strategy", "monitoring"), 0.0)

    assert (seeing - recovered({}, {}, 0.0)).rises
