"""Change: what is designed must be lived by people, costs them first, and can be lost again."""

from collections.abc import Callable

import numpy as np
import pytest

from agents.adoption import chance_to_adopt, chance_to_relapse
from agents.blocks import BLOCKS, NUMBER_OF_BLOCKS
from agents.building_blocks import align, live_up, strengthen
from agents.employee import engage
from agents.workload import handles
from simulation.state import World
from tests.mechanisms.experiment import (
    STEADY,
    Behaviour,
    Effect,
    blocks,
    effect,
    mean_of,
    parameters,
    pattern_of,
    programme,
    small,
)
from tests.mechanisms.people import a_leader, an_employee, an_organisation

TWO_YEARS = {"weeks": 104}
WEAK = blocks(0.3)
MANY_PEOPLE = {"organisation.employees": 240, "organisation.leaders": 30, "organisation.capacity": 0.73}
"""Enough teams for a mean: each tips one way or the other."""

NOBODY_COMES = {**MANY_PEOPLE, "organisation.elastic_staffing": False}


def worth_of_blocks(behaviour: Behaviour, *raised: int) -> float:
    """What nine blocks are worth together, these raised from .4 to .8."""
    organisation = an_organisation()
    for k in raised:
        organisation.lived[k] = 0.8
    align(organisation, parameters(behaviour))
    return float(np.sum(organisation.block))


@pattern_of("alignment")
def test_blocks_raised_one_by_one_gain_less_than_all_nine_together(on: Behaviour, off: Behaviour) -> None:
    """Each block works only as well as the others let it; without alignment gains just add up."""

    def share_of_joint_gain(behaviour: Behaviour) -> float:
        start = worth_of_blocks(behaviour)
        singly = sum(worth_of_blocks(behaviour, k) - start for k in range(NUMBER_OF_BLOCKS))
        return singly / (worth_of_blocks(behaviour, *range(NUMBER_OF_BLOCKS)) - start)

    assert share_of_joint_gain(on) < 0.9
    assert share_of_joint_gain(off) == pytest.approx(1.0)


def single_gains_beyond(part: float, behaviour: Behaviour, indicator: str) -> Effect:
    """The gains of nine organisations strong in one block each, beyond this part of the gain of all nine together."""
    steady = {**behaviour, **STEADY}
    single = [effect(blocks(0.8, name), indicator, (27, 52), steady, WEAK).values for name in BLOCKS]
    joint = effect(blocks(0.8), indicator, (27, 52), steady, WEAK).values
    return Effect(np.sum(single, axis=0) - part * joint)


@pattern_of("alignment")
def test_single_strengths_please_customers_less_than_the_whole(on: Behaviour, off: Behaviour) -> None:
    """Nine single strengths bring well below what all nine bring together, and more without alignment.

    Pattern 14 asks at most .8 in NPS of larger organisations and more worlds; here there are few of either.
    """
    for indicator in ("satisfaction", "nps"):
        assert single_gains_beyond(0.9, on, indicator).falls
        assert (single_gains_beyond(0.0, off, indicator) - single_gains_beyond(0.0, on, indicator)).rises


@pattern_of("decay")
def test_what_nobody_keeps_up_lapses(on: Behaviour, off: Behaviour) -> None:
    """Gained maturity falls back without effort and upkeep, and stays with upkeep."""

    def after_a_year(behaviour: Behaviour, upkeep: float) -> float:
        designed, p = 0.7, parameters(behaviour)
        for _ in range(52):
            designed = strengthen(designed, 0.4, 0.0, upkeep, 1.0, 0.5, p)
        return designed

    assert after_a_year(on, 0.0) < after_a_year(on, 0.5) < after_a_year(on, 1.0) == 0.7
    assert after_a_year(off, 0.0) == 0.7


@pattern_of("decay")
def test_a_programme_without_upkeep_ends_on_paper_too(on: Behaviour, off: Behaviour) -> None:
    """What half a year built is partly gone a year and a half later when its upkeep stopped."""
    base = {**TWO_YEARS, **programme()}
    change = programme(upkeep=0.0)

    assert effect(change, "designed_design", (92, 104), on, base).falls
    assert effect(change, "designed_design", (92, 104), off, base).values == pytest.approx(0.0)


@pattern_of("lived_through_people")
def test_lived_maturity_stays_behind_while_few_have_adopted(on: Behaviour, off: Behaviour) -> None:
    """A block of people comes to rest at its design only as far as they took it up."""

    def at_rest(behaviour: Behaviour, adoption: float) -> float:
        organisation = an_organisation(0.4, adoption=adoption)
        organisation.designed[3] = 0.8
        p = parameters(behaviour)
        for _ in range(500):
            organisation.lived[3] = live_up(organisation, 3, p)
        return float(organisation.lived[3])

    assert at_rest(on, 0.2) < 0.65 < at_rest(on, 0.9)
    assert at_rest(on, 1.0) == pytest.approx(0.8)
    assert at_rest(off, 0.2) == pytest.approx(0.8)


@pattern_of("tipping")
def test_committed_colleagues_tip_the_rest_around_a_quarter(on: Behaviour, off: Behaviour) -> None:
    """The pull of colleagues rises fastest around a quarter of them, and hardly below or above."""

    def steepness(behaviour: Behaviour, low: float, high: float) -> float:
        organisation = an_organisation(pull=1.0)
        few, many = (
            chance_to_adopt(an_employee(), a_leader(), organisation, peers, parameters(behaviour))
            for peers in (low, high)
        )
        return (many - few) / (high - low)

    assert steepness(on, 0.1, 0.3) > 1.5 * steepness(on, 0.0, 0.05) > 0.0
    assert steepness(on, 0.1, 0.3) > 1.5 * steepness(on, 0.6, 1.0) > 0.0
    assert steepness(off, 0.0, 1.0) == 0.0


def half_are_convinced(world: World) -> None:
    """There is much to adopt, and half of the people do, because they want it."""
    half_have_adopted(world, ownership=0.7)


def half_comply(world: World) -> None:
    """There is much to adopt, and half of the people do, because they must."""
    half_have_adopted(world, ownership=0.25)


def half_have_adopted(world: World, ownership: float) -> None:
    """Half of each team works in the new way."""
    world.organisation.designed[:] = 0.6
    world.employees.adopted[:120] = 1
    world.employees.ownership[:120] = ownership


@pattern_of("tipping")
def test_the_convinced_win_the_rest_and_the_compliant_fall_back(on: Behaviour, off: Behaviour) -> None:
    """Half an organisation that owns the new way pulls the other half along; half that merely complies relapses."""
    changes = {**NOBODY_COMES, "warmup": 0, "weeks": 78}

    def growth(behaviour: Behaviour, prepare: Callable[[World], None]) -> Effect:
        return Effect(mean_of(small({**behaviour, **STEADY}, changes), "adoption", (66, 78), prepare) - 0.5)

    assert growth(on, half_are_convinced).rises
    assert growth(on, half_comply).falls
    assert growth(off, half_are_convinced).falls


@pattern_of("relapse")
def test_those_who_own_the_new_way_least_fall_back_first(on: Behaviour, off: Behaviour) -> None:
    """Ownership, coaching and persevering leaders hold people."""

    def chance(behaviour: Behaviour, ownership: float, coaching: float = 0.5, level: float = 0.4) -> float:
        employee = an_employee(adopted=1, ownership=ownership)
        leader, organisation = a_leader(coaching=coaching), an_organisation(level)
        return float(chance_to_relapse(employee, leader, organisation, 0.5, parameters(behaviour)))

    assert chance(on, 0.2) > chance(on, 0.8) > 0.0
    assert chance(on, 0.2, coaching=0.9) < chance(on, 0.2)
    assert chance(on, 0.2, level=0.8) < chance(on, 0.2)
    assert chance(off, 0.0) == 0.0


def kept_adopters(behaviour: Behaviour, approach: str) -> Effect:
    """Change of the adopted share from the end of a programme to a year and a half later; nobody comes or goes."""
    scenario = small({**behaviour, **STEADY}, {**NOBODY_COMES, **TWO_YEARS, **programme(approach)})
    return Effect(mean_of(scenario, "adoption", (101, 104)) - mean_of(scenario, "adoption", (25, 26)))


@pattern_of("relapse")
def test_adopters_are_lost_after_a_programme_from_above(on: Behaviour, off: Behaviour) -> None:
    """A programme that was only told is half forgotten a year and a half later, one made together is not."""
    assert kept_adopters(on, "top_down").falls
    assert (kept_adopters(on, "bottom_up") - kept_adopters(on, "top_down")).rises
    assert not kept_adopters(off, "top_down").falls


def test_both_approaches_together_bring_most_into_practice() -> None:
    """At equal effort the combined approach has the highest lived maturity after two years [pattern 16]."""
    both, top, bottom = (
        np.mean(
            [
                mean_of(small({}, {**MANY_PEOPLE, **TWO_YEARS, **programme(approach)}), f"lived_{name}", (101, 104))
                for name in BLOCKS
            ],
            axis=0,
        )
        for approach in ("combined", "top_down", "bottom_up")
    )

    assert Effect(both - top).rises
    assert Effect(both - bottom).rises


@pattern_of("uncertainty")
def test_change_from_above_makes_those_uncertain_who_have_not_adopted(on: Behaviour, off: Behaviour) -> None:
    """Engagement falls under top-down change, less where people are involved, not for those who adopted."""

    def after_a_week(behaviour: Behaviour, top_down: float, adopted: int = 0) -> float:
        organisation = an_organisation(intensity=0.8, top_down=top_down, bottom_up=1.0 - top_down)
        employee = an_employee(adopted=adopted)
        return float(engage(employee, a_leader(), organisation, 0.57, 0.0, parameters(behaviour)))

    assert after_a_week(on, 1.0) < after_a_week(on, 0.5) < after_a_week(on, 0.0)
    assert after_a_week(on, 1.0, adopted=1) == after_a_week(on, 0.0)
    assert after_a_week(off, 1.0) == after_a_week(off, 0.0)


@pattern_of("uncertainty")
def test_top_down_change_dips_engagement_in_its_first_months(on: Behaviour, off: Behaviour) -> None:
    """A dip in weeks 4 to 16, deeper from above than from below; hardly any without uncertainty."""
    dip = effect(programme("top_down"), "engagement", (4, 16), on, TWO_YEARS)
    from_below = effect(programme("bottom_up"), "engagement", (4, 16), on, TWO_YEARS)
    certain = effect(programme("top_down"), "engagement", (4, 16), off, TWO_YEARS)

    assert dip.falls
    assert (dip - from_below).falls
    assert (dip - certain).falls
    assert certain.is_gone_beside(dip)


def test_design_goes_slower_from_below_and_fastest_together() -> None:
    """At equal effort direction designs faster than involvement, and both together fastest."""
    top, bottom, both = (
        mean_of(small({}, {**TWO_YEARS, **programme(approach)}), "designed_culture", (26, 26))
        for approach in ("top_down", "bottom_up", "combined")
    )

    assert np.all(bottom < top)
    assert np.all(top < both)


@pattern_of("change_load")
def test_change_on_all_blocks_takes_capacity_first(on: Behaviour, off: Behaviour) -> None:
    """A person handles less while much is being changed."""

    def handled(behaviour: Behaviour, intensity: float) -> float:
        organisation = an_organisation(intensity=intensity, top_down=0.5, bottom_up=0.5)
        return float(handles(an_employee(), a_leader(), organisation, parameters(behaviour)))

    assert handled(on, 0.9) < handled(on, 0.2) < handled(on, 0.0)
    assert handled(off, 0.9) == handled(off, 0.0)


@pattern_of("change_load")
def test_working_on_all_blocks_fills_the_organisation(on: Behaviour, off: Behaviour) -> None:
    """Utilisation rises in the first quarter of a programme on all nine blocks."""
    load = effect(programme(), "utilisation", (1, 13), on, TWO_YEARS)
    free = effect(programme(), "utilisation", (1, 13), off, TWO_YEARS)

    assert load.rises
    assert (load - free).rises
    assert free.is_gone_beside(load)
