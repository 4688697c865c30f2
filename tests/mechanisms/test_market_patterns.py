"""Market and money: what promises win, what rivals do, how units differ, and what measured marks hide."""

import numpy as np
import pytest

from agents.organisation import drift
from agents.rival import copy_novelty, rival_advantage
from experiments.one_person import chance_to_join
from tests.mechanisms.experiment import (
    Behaviour,
    Changes,
    Effect,
    Weeks,
    effect,
    mean_of,
    parameters,
    pattern_of,
    shock,
    small,
)
from tests.mechanisms.people import a_customer, an_organisation

BETTER_RIVAL = shock("rival", 0.1)
BOAST = shock("promise", 0.2)
SURPRISES = shock("surprise", 0.5, weeks=104)
TARGETS: Changes = {"programme.targets": 1.0}
TWO_YEARS: Changes = {"weeks": 104}
YEAR: Weeks = (1, 52)


@pattern_of("promises")
def test_overpromising_brings_customers_in(on: Behaviour, off: Behaviour) -> None:
    """The chance to join rises with what is promised above what is delivered."""

    def chance(behaviour: Behaviour, promised: float) -> float:
        organisation = an_organisation(promise=0.6 + promised)
        return float(chance_to_join(a_customer(), organisation, 0.0, 0.0, parameters(behaviour)))

    assert chance(on, 0.2) > chance(on, 0.0) > chance(on, -0.1)
    assert chance(off, 0.2) == chance(off, 0.0)


@pattern_of("promises")
def test_a_year_of_overpromising_wins_customers_first(on: Behaviour, off: Behaviour) -> None:
    """More come than would have without the boast; how much satisfaction that costs is another mechanism's test."""
    boasted, modest = (effect(BOAST, "acquired", (13, 52), behaviour) for behaviour in (on, off))

    assert boasted.rises
    assert modest.is_gone_beside(boasted)


@pattern_of("rivals")
def test_a_better_outside_option_pulls_customers_away(on: Behaviour, off: Behaviour) -> None:
    """When rivals improve more leave, fewer come, and the market share falls."""
    assert effect(BETTER_RIVAL, "churn", YEAR, on).rises
    assert effect(BETTER_RIVAL, "acquired", YEAR, on).falls
    assert effect(BETTER_RIVAL, "market_share", (40, 52), on).falls
    for indicator in ("churn", "acquired", "market_share"):
        assert effect(BETTER_RIVAL, indicator, YEAR, off).values == pytest.approx(0.0)


@pattern_of("imitation")
def test_rivals_copy_novelty_after_a_lag(on: Behaviour, off: Behaviour) -> None:
    """What surprises here is little copied after a month, mostly after three years, and makes rivals better."""

    def copied(behaviour: Behaviour, weeks: int) -> float:
        organisation, p = an_organisation(rival_quality=0.6), parameters(behaviour)
        before = rival_advantage(organisation, 0.0, p)
        for _ in range(weeks):
            organisation.rival_novelty = copy_novelty(organisation, 0.5, p)
        return float(rival_advantage(organisation, 0.0, p) - before)

    assert 0.0 < copied(on, 4) < 0.2 * copied(on, 156)
    assert copied(off, 156) == 0.0


@pattern_of("imitation")
def test_copied_surprises_raise_the_bar_of_the_whole_market(on: Behaviour, off: Behaviour) -> None:
    """In the second year of a standing surprise customers want more, because others offer it too."""
    lifted, left = (effect(SURPRISES, "desired", (79, 104), behaviour, TWO_YEARS) for behaviour in (on, off))

    assert lifted.rises
    assert (lifted - left).rises


@pattern_of("unit_variance")
def test_outside_influences_drift_and_return(on: Behaviour, off: Behaviour) -> None:
    """A push from outside moves a unit, which then returns to its usual level; without variance nothing moves it."""

    def moved(behaviour: Behaviour, level: float, bell: float) -> float:
        return float(drift(level, 0.0, 0.1, bell, parameters(behaviour)))

    assert moved(on, 0.0, 1.0) > 0.0 > moved(on, 0.0, -1.0)
    assert 0.0 < moved(on, 0.3, 0.0) < 0.3
    assert moved(off, 0.0, 1.0) == 0.0


@pattern_of("unit_variance")
def test_units_differ_for_reasons_outside_the_chain(on: Behaviour, off: Behaviour) -> None:
    """Units that lie in different places differ at least twice as much in visits and revenue as mere luck has it."""

    def spread(behaviour: Behaviour, indicator: str) -> float:
        units = mean_of(small({**behaviour, "unit_start": 1.0}, {}), indicator, YEAR)
        return float(np.std(units, ddof=1) / np.mean(units))

    for indicator in ("encounters", "revenue_usual"):
        assert spread(on, indicator) > 2.0 * spread(off, indicator)


@pattern_of("measured_inflation")
def test_chasing_scores_lifts_the_measured_mark_only(on: Behaviour, off: Behaviour) -> None:
    """Under targets the measured mark rises while the real one doesn't."""

    def inflation(behaviour: Behaviour) -> Effect:
        return effect(TARGETS, "measured_satisfaction", YEAR, behaviour) - effect(
            TARGETS, "satisfaction", YEAR, behaviour
        )

    assert effect(TARGETS, "measured_satisfaction", YEAR, on).rises
    assert not effect(TARGETS, "satisfaction", YEAR, on).rises
    assert inflation(on).rises
    assert inflation(off).values == pytest.approx(0.0)
