"""Expectation and delight: what surprises wears off and becomes expected, the bar rises, falling short hurts more."""

import numpy as np
import pytest

from agents.encounter import novelty_half_life, size_of_surprise, wear_off
from agents.expectation import expect_anew, hear_promises, let_bar_move, value_of_gap
from agents.records import Record
from simulation.choosing import welcome
from simulation.world import begin
from tests.mechanisms.experiment import (
    SEED,
    STEADY,
    Behaviour,
    Changes,
    Effect,
    Numbers,
    Weeks,
    blocks,
    effect,
    effect_of_rules,
    mean_of,
    parameters,
    pattern_of,
    shock,
    small,
    without,
)
from tests.mechanisms.people import a_customer, an_encounter, an_organisation

NOT_RENEWED = False
SURPRISES = shock("surprise", 0.5, weeks=104)
TWO_YEARS: Changes = {"weeks": 104}
THREE_YEARS: Changes = {"weeks": 150}
SAME_REPERTOIRE, NEW_REPERTOIRES = {"renewal_chance": 0.0}, {"renewal_chance": 0.3}
STILL_MARKET = without("market_bar", "imitation")
"""Rules under which the bar rises by our own doing only."""


def surprise_again(behaviour: Behaviour, times: int, level: float = 0.4) -> float:
    """Size of the last of so many surprises, a month apart."""
    customer, organisation, p = a_customer(), an_organisation(level), parameters(behaviour)
    for _ in range(times - 1):
        customer.novelty *= p.surprise_wear
        for _ in range(4):
            customer.novelty = wear_off(customer, novelty_half_life(organisation, p), NOT_RENEWED)
    return float(size_of_surprise(customer, organisation, p))


@pattern_of("worn_novelty")
def test_a_repeated_surprise_shrinks_and_innovation_renews_it(on: Behaviour, off: Behaviour) -> None:
    """The tenth surprise is smaller than the first, less so where innovation is strong."""
    assert surprise_again(on, 10) < surprise_again(on, 3) < surprise_again(on, 1)
    assert surprise_again(on, 10, level=0.1) < surprise_again(on, 10, level=0.9)
    assert surprise_again(off, 10) == pytest.approx(surprise_again(off, 1), rel=0.01)


def delight_per_surprise(behaviour: Behaviour, weeks: Weeks) -> Numbers:
    """Delights over surprises in these weeks, where half of all encounters hold a standing surprise."""
    scenario = small(behaviour, {**THREE_YEARS, **SURPRISES})
    return np.asarray(mean_of(scenario, "delight_rate", weeks) / mean_of(scenario, "surprise_rate", weeks))


def left_after_two_years(behaviour: Behaviour, beyond: float = 0.0) -> Effect:
    """Delight per surprise in the last half of two years, beyond this part of what it was in the first quarter."""
    first = delight_per_surprise(behaviour, (1, 13))
    return Effect(delight_per_surprise(behaviour, (79, 104)) - beyond * first)


@pattern_of("worn_novelty")
def test_a_standing_surprise_delights_ever_less(on: Behaviour, off: Behaviour) -> None:
    """Two years of the same take a quarter of its delight or more; less where nothing wears [pattern 7]."""
    worn, fresh = {**on, **SAME_REPERTOIRE}, {**off, **SAME_REPERTOIRE}

    assert left_after_two_years(worn, beyond=0.75).falls
    assert (left_after_two_years(fresh) - left_after_two_years(worn)).rises


def test_without_treadmill_and_wear_a_standing_surprise_keeps_delighting() -> None:
    """In a market that stands still only habituation takes delight away."""
    habit = {**STILL_MARKET, **SAME_REPERTOIRE, **STEADY}
    no_habit = {**habit, **without("treadmill", "worn_novelty")}

    assert left_after_two_years(habit, beyond=0.9).falls
    assert left_after_two_years(no_habit, beyond=0.8).rises


def test_a_renewed_repertoire_goes_on_delighting() -> None:
    """Where innovation often renews what surprises, customers are delighted more often than by the same."""
    changes = {**THREE_YEARS, **SURPRISES, **blocks(0.8, "innovation")}

    assert effect_of_rules(NEW_REPERTOIRES, SAME_REPERTOIRE, "delight_rate", (27, 104), changes).rises


def after_encounters(behaviour: Behaviour, surprise: float) -> Record:
    """A customer after ten encounters as expected, each with a surprise of this size."""
    customer, p = a_customer(), parameters(behaviour)
    for _ in range(10):
        expect_anew(an_encounter(performance=0.6, surprise=surprise), customer, p)
    return customer


@pattern_of("treadmill")
def test_what_surprised_becomes_what_is_expected_and_wanted(on: Behaviour, off: Behaviour) -> None:
    """Surprises raise expectation and the wanted level of whoever gets them."""
    plain, surprised, untouched = after_encounters(on, 0.0), after_encounters(on, 0.15), after_encounters(off, 0.15)

    assert surprised.expectation > plain.expectation
    assert surprised.desired > plain.desired
    assert untouched.expectation == pytest.approx(plain.expectation)
    assert untouched.desired == plain.desired


@pattern_of("treadmill")
def test_two_years_of_surprises_raise_expectation_and_punish_stopping(on: Behaviour, off: Behaviour) -> None:
    """Customers expect more, and are less satisfied after it stops than if it had never begun [Rust & Oliver 2000]."""
    raised, level = (effect(SURPRISES, "expectation", (53, 104), behaviour, THREE_YEARS) for behaviour in (on, off))

    assert raised.rises
    assert (raised - level).rises
    assert level.is_gone_beside(raised)
    assert effect(SURPRISES, "satisfaction", (131, 150), on, THREE_YEARS).falls


@pattern_of("market_bar")
def test_the_market_lifts_what_is_wanted(on: Behaviour, off: Behaviour) -> None:
    """A customer to whom nothing happens wants more a year later, and forgets none of it."""

    def wanted_after_a_year(behaviour: Behaviour) -> float:
        customer, p = a_customer(), parameters(behaviour)
        usual = customer.desired - customer.expectation
        for week in range(52):
            customer.desired = let_bar_move(customer, usual + week * p.desired_drift, p.desired_drift, p)
        return float(customer.desired)

    assert wanted_after_a_year(on) == pytest.approx(a_customer().desired + 52 * parameters(on).desired_drift)
    assert wanted_after_a_year(on) > wanted_after_a_year(off) == a_customer().desired


@pattern_of("market_bar")
def test_the_journey_has_no_end(on: Behaviour, off: Behaviour) -> None:
    """The bar rises in the first year and goes on rising in the second."""
    first, second = (effect_of_rules(on, off, "desired", weeks, TWO_YEARS) for weeks in ((40, 52), (92, 104)))

    assert first.rises
    assert (second - first).rises


@pattern_of("loss_aversion")
def test_falling_short_weighs_more_than_exceeding(on: Behaviour, off: Behaviour) -> None:
    """The same distance from expectation costs more below than it brings above, in and out of tolerance."""
    for gap in (0.03, 0.1, 0.3):
        above, below = (value_of_gap(side * gap, 0.06, parameters(on)) for side in (1.0, -1.0))

        assert -below > 1.4 * above > 0.0
        assert value_of_gap(-gap, 0.06, parameters(off)) == -value_of_gap(gap, 0.06, parameters(off))


def loss_beyond(ratio: float, behaviour: Behaviour) -> Effect:
    """Satisfaction lost by worse service, beyond so many times what equally better service gains."""
    gain, loss = (effect(shock("performance", size), "satisfaction", (1, 26), behaviour) for size in (0.1, -0.1))
    return Effect(-loss.values - ratio * gain.values)


@pattern_of("loss_aversion")
def test_worse_service_costs_more_satisfaction_than_better_service_brings(on: Behaviour, off: Behaviour) -> None:
    """Equal steps down and up: the loss is 1.4 to 2.5 times the gain [pattern 6]."""
    assert loss_beyond(1.4, on).rises
    assert loss_beyond(2.5, on).falls
    assert loss_beyond(1.4, off).falls


@pattern_of("promised_expectations")
def test_overpromising_raises_what_newcomers_and_customers_expect(on: Behaviour, off: Behaviour) -> None:
    """Whoever comes expects more, and so in time does everybody who is there."""

    def newcomer_expects(behaviour: Behaviour, promised: float) -> float:
        world = begin(small(behaviour, {}), SEED)
        world.organisation[0].promise = world.organisation[0].delivered + promised
        welcome(world, 0, 5)
        return float(world.customers[0].expectation)

    assert newcomer_expects(on, 0.2) > newcomer_expects(on, 0.0)
    assert hear_promises(a_customer(), 0.2, parameters(on)) > a_customer().expectation
    assert newcomer_expects(off, 0.2) == newcomer_expects(off, 0.0)
    assert hear_promises(a_customer(), 0.2, parameters(off)) == a_customer().expectation


@pattern_of("promised_expectations")
def test_a_year_of_overpromising_opens_the_customer_gap(on: Behaviour, off: Behaviour) -> None:
    """Expectation and gap 5 rise, and satisfaction falls more than it would from the crowd that comes."""
    boast = shock("promise", 0.2, weeks=104)
    for indicator in ("expectation", "gap_5"):
        heard, ignored = (effect(boast, indicator, (27, 104), behaviour, TWO_YEARS) for behaviour in (on, off))

        assert heard.rises
        assert (heard - ignored).rises
    heard, ignored = (effect(boast, "satisfaction", (53, 104), behaviour, TWO_YEARS) for behaviour in (on, off))
    assert heard.falls
    assert (heard - ignored).falls


@pattern_of("basics_first")
def test_surprises_bring_less_while_failures_are_in_mind(on: Behaviour, off: Behaviour) -> None:
    """A surprise adds less the more failures somebody remembers, and where everybody knows of failures."""

    def added(behaviour: Behaviour, failures: float, failing: float = 0.0) -> float:
        customer, organisation = a_customer(failures=failures), an_organisation(failing=failing)
        return float(size_of_surprise(customer, organisation, parameters(behaviour)))

    assert added(on, 1.0) < added(on, 0.6) < added(on, 0.0)
    assert added(on, 0.0, failing=0.12) < added(on, 0.0, failing=0.09) < added(on, 0.0, failing=0.05)
    assert added(off, 1.0) == added(off, 0.0) == added(off, 0.0, failing=0.12)


@pattern_of("basics_first")
def test_surprises_bring_little_loyalty_where_failures_are_frequent(on: Behaviour, off: Behaviour) -> None:
    """At more than 10 % failures surprises add less than a third of the loyalty that they usually add (pattern 8)."""
    surprises = shock("surprise", 0.2)

    def part_left(behaviour: Behaviour) -> float:
        usual, failing = ({**behaviour, **STEADY, "failure_base": base} for base in (0.06, 0.15))
        return effect(surprises, "loyalty", (13, 52), failing).mean / effect(surprises, "loyalty", (13, 52), usual).mean

    assert mean_of(small({**on, **STEADY, "failure_base": 0.15}, {}), "failure_rate", (13, 52)).min() > 0.1
    assert part_left(on) < 1.0 / 3.0
    assert part_left(off) > 1.0 / 3.0


@pattern_of("basics_first")
def test_surprises_satisfy_less_where_failures_are_frequent(on: Behaviour, off: Behaviour) -> None:
    """The same surprises bring less satisfaction to customers who meet failures more than twice as often."""
    surprises, failing = shock("surprise", 0.5), shock("failures", 1.5)
    both = {"shocks": [*failing["shocks"], *surprises["shocks"]]}

    def lost_by_failing(behaviour: Behaviour) -> Effect:
        steady = {**behaviour, **STEADY}
        usual = effect(surprises, "satisfaction", (13, 52), steady)
        return effect(both, "satisfaction", (13, 52), steady, failing) - usual

    assert mean_of(small(STEADY, failing), "failure_rate", (13, 52)).min() > 0.1
    assert lost_by_failing(on).falls
    assert (lost_by_failing(on) - lost_by_failing(off)).falls
