"""A customer meets an employee: written for objects."""

from typing import Any, Final

from agents.customer import WITH_RIVAL
from agents.employee import EMPLOYED
from agents.encounter import chance_to_surprise, effort_of, feel, perceive, size_of_surprise
from agents.expectation import delights, expect_anew, satisfaction_with, take_in
from agents.failure import (
    chance_from_elsewhere,
    chance_to_fail,
    chance_to_help,
    chance_to_notice,
    chance_to_voice,
    kind_of_failure,
    severity_of,
)
from agents.journey import step_that_fails
from agents.recovery import (
    change_by_recovery,
    failures_in_mind,
    learn_to_expect,
    loss_by_failure,
    recover,
    satisfied_with_recovery,
)
from agents.shapes import share
from benchmarks.luck_arrays import four
from benchmarks.plain.things import NOBODY, Encounter
from simulation.luck import RECOVERY, normal

DEMANDING_FROM: Final = 0.6

Draws = tuple[float, ...]


def meet(model: Any, customer: Any, service: Draws, trouble: Draws) -> None:
    """One encounter from welcome to what is told afterwards. service, trouble: four draws each."""
    employee, familiar = who_serves(model, customer)
    if employee is None:
        return
    firm, p, leader, segment = model.firm, model.p, employee.leader, customer.group
    bell, surprising, leaving, noticing = service
    met = Encounter(model.week, customer, familiar)
    met.effort = effort_of(employee, firm, model.settings.handovers, familiar, p)
    feel(met, employee, leader, firm, familiar, p)
    met.performance = perceive(met, customer, segment, employee, firm, normal(bell), model.plan.performance, p)
    if surprising < chance_to_surprise(employee, firm, model.plan.surprise, p):
        met.surprise = size_of_surprise(customer, firm, p)
        customer.novelty = share(customer.novelty * p.surprise_wear)
    fails, severity, step, kind = trouble
    if fails < chance_to_fail(employee, leader, model.tally.common_failure, p):
        met.failed = 1
        met.step = step_that_fails(step)
        met.kind = kind_of_failure(kind, employee, p)
        met.severity = severity_of(severity, met.step, p)
        mend(model, met, customer, employee, noticing)
    take_away(model, met, customer, employee)
    if met.failed and not met.recovered and customer.free and leaving < p.exit_dropped * met.severity:
        model.tally.dropped += 1.0
        customer.depart(WITH_RIVAL)


def who_serves(model: Any, customer: Any) -> tuple[Any, bool]:
    """The own contact person where continuity holds, else whoever is free; and whether they know each other."""
    _, first, second, own = (draws[customer.place] for draws in model.visits)
    if model.settings.continuity > 0.0 and customer.contact != NOBODY:
        contact = model.staff[customer.contact]
        if contact.status != EMPLOYED or contact.hired_week != customer.contact_hired:
            customer.bond = share(customer.bond * (1.0 - model.p.continuity_break))
            customer.contact = NOBODY
        elif own < model.settings.continuity:
            return contact, True
    if model.last_seat < 1:
        return None, False
    employee = model.staff[min(int(first * model.last_seat), model.last_seat - 1)]
    if employee.status == EMPLOYED:
        return employee, False
    start = min(int(second * model.last_seat), model.last_seat - 1)
    for further in range(model.last_seat):
        employee = model.staff[(start + further) % model.last_seat]
        if employee.status == EMPLOYED:
            return employee, False
    return None, False


def mend(model: Any, met: Encounter, customer: Any, employee: Any, noticing: float) -> None:
    """Whether the failure is heard or seen, whether somebody takes it up, and how well."""
    firm, p = model.firm, model.p
    voice, elsewhere, helping, bell = four(model.key, RECOVERY, model.week, customer.place)
    if voice < chance_to_voice(customer, customer.group, firm, met.kind, met.severity, p):
        met.voiced = 1
        met.effort = share(met.effort + p.effort_failure)
    elif noticing >= chance_to_notice(employee, p):
        return
    from_elsewhere = elsewhere < chance_from_elsewhere(model.settings.handovers, firm, p)
    if from_elsewhere and helping >= chance_to_help(employee, firm, p):
        met.bounced = met.voiced
        if met.voiced:
            met.effort = share(met.effort + p.effort_bounced)
        return
    met.recovered = 1
    recover(met, employee, firm, normal(bell), p)
    met.recovery_satisfaction = satisfied_with_recovery(
        met.recovery_quality + customer.leniency, customer.recovery_expectation, p
    )


def take_away(model: Any, met: Encounter, customer: Any, employee: Any) -> None:
    """What customer and employee take away, and what it brings in and costs."""
    p = model.p
    felt = satisfaction_with(met, customer, model.tally.price - 1.0, p)
    after = take_in(customer.satisfaction, felt, p)
    if met.failed:
        after = min(after, customer.satisfaction) + change_by_failure(met, customer, p)
        customer.failures += 1.0
        customer.failed_week = met.week
        customer.failed_kind = met.kind
    if delights(met, customer, p):
        met.delighted = 1
        gain = p.bond_gain * (1.0 + p.bond_demanding * (customer.demandingness - p.demandingness_usual))
        customer.bond = share(customer.bond + model.settings.bond_factor * gain * (1.0 - customer.bond))
    employee.served += 1.0
    employee.pleased += felt
    if customer.demandingness > DEMANDING_FROM and met.performance < customer.expectation:
        employee.incivility += customer.expectation - met.performance
    expect_anew(met, customer, p)
    customer.satisfaction = share(after)
    if customer.contact == NOBODY:
        customer.contact = employee.seat
        customer.contact_hired = employee.hired_week
    count(model, met, customer)


def change_by_failure(met: Encounter, customer: Any, p: Any) -> float:
    """Change of satisfaction by a failure and what was done about it."""
    change: float = -loss_by_failure(met.severity, customer.demandingness, p)
    expected = customer.recovery_expectation
    in_mind = failures_in_mind(customer, met.kind, met.week, p)
    if met.recovered:
        change += change_by_recovery(met.severity, met.recovery_quality, expected, in_mind, p)
        customer.recovery_expectation = learn_to_expect(customer, met.recovery_quality, p)
    elif met.bounced:
        change += change_by_recovery(met.severity, p.bounced_quality, expected, in_mind, p)
    return change


def count(model: Any, met: Encounter, customer: Any) -> None:
    """Add this encounter to the week's tally and to what it brings in and costs."""
    tally, p, settings = model.tally, model.p, model.settings
    price = settings.price * customer.group.spend * tally.price
    tally.revenue_usual += price
    tally.revenue_premium += price * customer.premium()
    tally.served += 1.0
    tally.performance += met.performance
    tally.effort += met.effort
    tally.felt = [one + other for one, other in zip(tally.felt, met.felt, strict=True)]
    tally.delighted += met.delighted
    tally.surprising += met.surprise > 0.0
    if not met.failed:
        return
    tally.failed += 1.0
    tally.voiced += met.voiced
    if not met.recovered:
        tally.rework += p.rework_dropped
        return
    tally.recovered += 1.0
    tally.recovery_quality += met.recovery_quality
    tally.recovery_satisfaction += met.recovery_satisfaction
    tally.compensation += met.distributive * settings.compensation * price
    tally.rework += p.rework_recovered
