"""Loyalty and talk: who stays, what binds, and what people tell each other."""

import math

import numpy as np
import pytest

from agents.loyalty import chance_to_appeal
from experiments.one_person import chance_to_join, leaving_hazard
from simulation.market import talk
from simulation.working import call_the_roll
from simulation.world import begin
from tests.mechanisms.experiment import (
    SEED,
    STEADY,
    Behaviour,
    Changes,
    effect,
    effect_of_rules,
    parameters,
    pattern_of,
    shock,
    small,
)
from tests.mechanisms.people import a_customer, an_organisation

CAPTIVE: Changes = {"customers.choice": 0.0}
TALKATIVE = {"message_rate": 0.2, **STEADY}
WORSE_SERVICE = shock("performance", -0.15)


def log_hazard(behaviour: Behaviour, **customer: float) -> float:
    """Log of the weekly hazard that a customer of two years leaves over the service."""
    p = parameters(behaviour)
    hazard = leaving_hazard(a_customer(**customer), 104.0, 0.0, 0.0, p)
    return math.log(hazard - p.churn_base * p.churn_involuntary)


@pattern_of("involuntary_leaving")
def test_some_leave_however_satisfied_and_attached_they_are(on: Behaviour, off: Behaviour) -> None:
    """Who could not be happier leaves at the involuntary part of the usual rate at least, and hardly ever without it.

    The hazard over the service is cut off far below that part.
    """

    def leaves(behaviour: Behaviour) -> float:
        happy = a_customer(satisfaction=1.0, bond=1.0)
        hazard = leaving_hazard(happy, 104.0, 0.0, 0.0, parameters(behaviour))
        return float(hazard / parameters(behaviour).churn_base)

    involuntary = parameters(on).churn_involuntary
    assert involuntary < leaves(on) < involuntary + leaves(off)
    assert leaves(off) < 0.5 * involuntary


@pattern_of("involuntary_leaving")
def test_more_of_the_very_satisfied_leave(on: Behaviour, off: Behaviour) -> None:
    """Among customers .2 above usual fewer would stay another year where some leave for no fault of the service."""
    delighted = {"customers.satisfaction": 0.9, "customers.satisfaction_sd": 0.02, "warmup": 0}

    assert effect_of_rules(on, off, "loyalty", (1, 8), delighted).falls


@pattern_of("steep_loyalty")
def test_the_delighted_stay_far_more_than_the_merely_satisfied(on: Behaviour, off: Behaviour) -> None:
    """The last steps to full satisfaction keep more than the same steps in the middle [Jones & Sasser 1995]."""

    def kept_by_step(behaviour: Behaviour, low: float) -> float:
        return log_hazard(behaviour, satisfaction=low) - log_hazard(behaviour, satisfaction=low + 0.1)

    assert kept_by_step(on, 0.85) > 1.5 * kept_by_step(on, 0.68) > 0.0
    assert kept_by_step(on, 0.4) > 1.5 * kept_by_step(on, 0.68)
    assert kept_by_step(off, 0.85) == pytest.approx(kept_by_step(off, 0.68))
    assert kept_by_step(off, 0.4) == pytest.approx(kept_by_step(off, 0.68))


@pattern_of("steep_loyalty")
def test_many_very_satisfied_customers_stay_more_than_equal_steps_tell(on: Behaviour, off: Behaviour) -> None:
    """Among customers .1 to .25 above usual the chance to stay is higher than a straight line has it."""
    delighted = {"customers.satisfaction": 0.9, "customers.satisfaction_sd": 0.02, "warmup": 0}

    assert effect_of_rules(on, off, "loyalty", (1, 8), delighted).rises


@pattern_of("bond")
def test_a_bond_keeps_beyond_satisfaction(on: Behaviour, off: Behaviour) -> None:
    """Of two customers equally satisfied, the attached one is likelier to stay."""
    assert log_hazard(on, bond=0.6) < log_hazard(on, bond=0.1)
    assert log_hazard(off, bond=0.6) == log_hazard(off, bond=0.1)


@pattern_of("bond")
def test_surprises_keep_customers_through_the_bond(on: Behaviour, off: Behaviour) -> None:
    """Half a year of surprises raises the chance to stay, and less so where bonds don't count."""
    surprises = shock("surprise", 0.5, weeks=26)

    assert effect(surprises, "bond", (5, 26), on).rises
    assert effect(surprises, "loyalty", (5, 26), on).rises
    assert (effect(surprises, "loyalty", (5, 26), on) - effect(surprises, "loyalty", (5, 26), off)).rises


@pattern_of("word_of_mouth")
def test_messages_reach_contacts_only_while_people_talk(on: Behaviour, off: Behaviour) -> None:
    """Each message sent is heard by one person; where the network is off nobody hears anything."""

    def sent_and_heard(behaviour: Behaviour) -> tuple[float, float]:
        world = begin(small({**behaviour, **TALKATIVE}, {}), SEED)
        call_the_roll(world)
        talk(world, 1)
        sent = world.tally[0].praised + world.tally[0].warned
        return float(sent), float(np.sum(world.customers.heard_good + world.customers.heard_bad))

    sent, heard = sent_and_heard(on)
    assert sent == heard > 0.0
    sent, heard = sent_and_heard(off)
    assert sent > heard == 0.0


def test_what_is_heard_moves_choosing_more_than_staying() -> None:
    """A message moves a prospect's choice, either way alike, more than a customer's stay [East et al. 2008]."""
    p = parameters({})

    def choosing(hearsay: float) -> float:
        return math.log(chance_to_join(a_customer(hearsay=hearsay), an_organisation(), 0.0, 0.0, p))

    good, bad = choosing(1.0) - choosing(0.0), choosing(0.0) - choosing(-1.0)
    kept, driven_out = (
        log_hazard({}) - log_hazard({}, hearsay=1.0),
        log_hazard({}, hearsay=-1.0) - log_hazard({}),
    )

    assert good == pytest.approx(bad)
    assert good > kept > driven_out > 0.0


@pattern_of("word_of_mouth")
def test_good_talk_brings_customers(on: Behaviour, off: Behaviour) -> None:
    """Where most of what is told is good and people talk much, more come than if nobody listened."""
    many_prospects = {"customers.prospects": 1200}

    assert effect_of_rules({**on, **TALKATIVE}, {**off, **TALKATIVE}, "acquired", (5, 52), many_prospects).rises


@pattern_of("appeals")
def test_only_captive_clients_appeal(on: Behaviour, off: Behaviour) -> None:
    """Dissatisfied clients who can't leave appeal; those who can leave don't [Hirschman 1970]."""

    def chance(behaviour: Behaviour, free: int, satisfaction: float) -> float:
        return float(chance_to_appeal(a_customer(free=free, satisfaction=satisfaction), parameters(behaviour)))

    assert chance(on, 0, 0.4) > chance(on, 0, 0.6) > chance(on, 0, 0.8) == 0.0
    assert chance(on, 1, 0.4) == 0.0
    assert leaving_hazard(a_customer(free=0), 104.0, 0.0, 0.0, parameters(on)) == 0.0
    assert chance(off, 0, 0.4) == 0.0


@pattern_of("appeals")
def test_worse_service_makes_captive_clients_appeal_and_free_ones_leave(on: Behaviour, off: Behaviour) -> None:
    """The same bad year shows as appeals where nobody has a choice, and as churn where all have."""
    weeks = (13, 52)

    assert effect(WORSE_SERVICE, "appeals", weeks, on, CAPTIVE).rises
    assert effect(WORSE_SERVICE, "churn", weeks, on, CAPTIVE).values == pytest.approx(0.0)
    assert effect(WORSE_SERVICE, "churn", weeks, on).rises
    assert effect(WORSE_SERVICE, "appeals", weeks, on).values == pytest.approx(0.0)
    assert effect(WORSE_SERVICE, "appeals", weeks, off, CAPTIVE).values == pytest.approx(0.0)


@pattern_of("fair_price")
def test_a_price_rise_makes_the_same_service_satisfy_less(on: Behaviour, off: Behaviour) -> None:
    """Nobody can leave or come, so that nothing changes but what people think of the price."""
    everybody = {**CAPTIVE, "customers.prospects": 0}
    dearer = shock("price", 0.15)

    assert effect(dearer, "satisfaction", (10, 40), on, everybody).falls
    assert effect(dearer, "satisfaction", (10, 40), off, everybody).mean == pytest.approx(0.0, abs=1e-3)
