"""Failure and recovery: the paradox and its limits, the second deviation, and what stays in mind."""

from itertools import product

import numpy as np
import pytest

from agents.records import Record
from agents.recovery import change_by_recovery, learn_to_expect, loss_by_failure, satisfied_with_recovery
from experiments.one_person import leaving_hazard
from simulation.serving import change_by_failure
from tests.mechanisms.experiment import Behaviour, effect, encounters, parameters, pattern_of, shock, small
from tests.mechanisms.people import a_customer, an_encounter

MILD, MEDIUM, SEVERE = (0.15, 0.2, 0.3), (0.4, 0.5), (0.6, 0.85)
POOR, FAIR, EXCELLENT = (0.3, 0.5), (0.65, 0.75), (0.9, 0.95, 1.0)
YEAR_OF_FAILURES = shock("failures", 2.0)


def change(behaviour: Behaviour, severity: float, quality: float, failures: float = 0.0) -> float:
    """What a failure and its recovery together do to satisfaction."""
    p, customer = parameters(behaviour), a_customer()
    recovered = change_by_recovery(severity, quality, customer.recovery_expectation, failures, p)
    return float(recovered - loss_by_failure(severity, customer.demandingness, p))


@pattern_of("recovery_paradox")
def test_only_an_excellent_recovery_of_a_mild_first_failure_pleases(on: Behaviour, off: Behaviour) -> None:
    """Satisfaction ends above where it was only then: not after an earlier failure, a severe one or a fair recovery.

    [de Matos et al. 2007; Magnini et al. 2007; Michel & Meuter 2008; pattern 1.]
    """
    for severity, quality in product(MILD, EXCELLENT):
        assert change(on, severity, quality) > 0.0
        assert change(off, severity, quality) < 0.0
        assert change(on, severity, quality, failures=1.0) <= 0.0
        assert change(on, severity, quality, failures=2.0) <= 0.0
    for severity, quality in (*product(MILD + MEDIUM, POOR + FAIR), *product(SEVERE, EXCELLENT)):
        assert change(on, severity, quality) <= 0.0


def test_recovery_hurts_less_the_better_it_is() -> None:
    """Whatever went wrong, better recovery leaves more satisfaction and a severer failure less."""
    for severity, failures in product(MILD + MEDIUM + SEVERE, (0.0, 1.0, 2.0)):
        by_quality = [change({}, severity, quality, failures) for quality in POOR + FAIR + EXCELLENT]

        assert sorted(by_quality) == by_quality
    for quality in POOR + FAIR:
        by_severity = [change({}, severity, quality) for severity in MILD + MEDIUM + SEVERE]

        assert sorted(by_severity, reverse=True) == by_severity


def test_the_paradox_is_rare() -> None:
    """At most one failure in ten ends above where satisfaction was before it [pattern 2]."""
    failed = np.concatenate([log[log["failed"] == 1] for log in encounters(small({}, {}))])

    assert np.mean(failed["satisfaction_after"] > failed["satisfaction_before"]) < 0.10


def fail(customer: Record, week: int, quality: float, p: Record, severity: float = 0.4) -> float:
    """Let something go wrong for this customer and be mended; gives the change of satisfaction."""
    encounter = an_encounter(week=week, failed=1, kind=0, severity=severity, recovered=1, recovery_quality=quality)
    moved = change_by_failure(encounter, customer, p)
    customer.satisfaction += moved
    customer.failures += 1.0
    customer.failed_week = week
    customer.failed_kind = 0
    return float(moved)


@pattern_of("double_deviation")
def test_a_poor_recovery_hurts_on_top_of_the_failure(on: Behaviour, off: Behaviour) -> None:
    """Less than what is expected of recovery costs satisfaction by itself, the more the more failures are in mind."""

    def by_recovery(behaviour: Behaviour, failures: float) -> float:
        return float(change_by_recovery(0.4, 0.3, 0.55, failures, parameters(behaviour)))

    assert by_recovery(on, 2.0) < by_recovery(on, 1.0) < by_recovery(on, 0.0) < 0.0
    assert by_recovery(off, 2.0) == by_recovery(off, 0.0) == 0.0


@pattern_of("double_deviation")
def test_a_second_poor_recovery_costs_more_than_the_first(on: Behaviour, off: Behaviour) -> None:
    """At equal severity and recovery the second failure takes at least a tenth more [pattern 3]."""

    def losses(behaviour: Behaviour) -> tuple[float, float]:
        customer, p = a_customer(), parameters(behaviour)
        return fail(customer, 10, 0.4, p), fail(customer, 20, 0.4, p)

    first, second = losses(on)
    assert second <= 1.1 * first < 0.0
    first, second = losses(off)
    assert second == pytest.approx(first)


@pattern_of("learned_recovery")
def test_a_good_recovery_raises_what_is_expected_of_the_next(on: Behaviour, off: Behaviour) -> None:
    """After an excellent recovery the same recovery satisfies less; after a poor one it satisfies more."""

    def satisfied_next(behaviour: Behaviour, quality: float) -> float:
        p, customer = parameters(behaviour), a_customer()
        return float(satisfied_with_recovery(0.7, learn_to_expect(customer, quality, p), p))

    assert satisfied_next(on, 0.95) < satisfied_next(on, 0.7) < satisfied_next(on, 0.2)
    assert satisfied_next(off, 0.95) == satisfied_next(off, 0.2)


@pattern_of("learned_recovery")
def test_bad_then_good_ends_above_good_then_bad(on: Behaviour, off: Behaviour) -> None:
    """Because expectation is learned, the order of a good and a bad recovery counts [Maxham & Netemeyer 2002]."""

    def advantage_of_bad_then_good(behaviour: Behaviour) -> float:
        improving, worsening, p = a_customer(), a_customer(), parameters(behaviour)
        for week, quality in ((10, 0.4), (40, 0.95)):
            fail(improving, week, quality, p)
        for week, quality in ((10, 0.95), (40, 0.4)):
            fail(worsening, week, quality, p)
        return float(improving.satisfaction - worsening.satisfaction)

    assert advantage_of_bad_then_good(on) > 0.0
    assert advantage_of_bad_then_good(off) < 0.0


def yearly_chance_to_leave(behaviour: Behaviour, satisfaction: float, failures: float) -> float:
    """Chance that a customer with this satisfaction and these failures in mind leaves within a year."""
    customer = a_customer(satisfaction=satisfaction, failures=failures)
    weekly = leaving_hazard(customer, 120.0, 0.0, 0.0, parameters(behaviour))
    return float(1.0 - np.exp(-52.0 * weekly))


@pattern_of("failures_in_mind")
def test_the_paradox_does_not_reach_loyalty(on: Behaviour, off: Behaviour) -> None:
    """Whoever was won back excellently is no less likely to leave than whoever met no failure [de Matos et al. 2007].

    A point a year is let pass.
    """

    def difference(behaviour: Behaviour, severity: float, quality: float) -> float:
        after = 0.69 + change(behaviour, severity, quality)
        return yearly_chance_to_leave(behaviour, after, 1.0) - yearly_chance_to_leave(behaviour, 0.69, 0.0)

    for severity, quality in product(MILD, EXCELLENT):
        assert difference(on, severity, quality) > -0.01
        assert difference(on, severity, quality) > difference(off, severity, quality)
    assert difference(on, 0.2, 0.9) > 0.0 > difference(off, 0.2, 0.9)


@pattern_of("failures_in_mind")
def test_a_year_of_failures_costs_loyalty_beyond_satisfaction(on: Behaviour, off: Behaviour) -> None:
    """Failures lower the chance to stay more than they would through satisfaction only."""
    remembered, forgotten = (effect(YEAR_OF_FAILURES, "loyalty", (13, 52), behaviour) for behaviour in (on, off))

    assert remembered.falls
    assert (remembered - forgotten).falls
