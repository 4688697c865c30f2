"""One encounter after the other: who serves, what is felt, what fails, who mends it, what is made of it."""

from agents.ahead import AHEAD, look_ahead
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
from agents.records import Record
from agents.recovery import (
    change_by_recovery,
    failures_in_mind,
    learn_to_expect,
    loss_by_failure,
    recover,
    satisfied_with_recovery,
)
from agents.rule import rule, step
from agents.shapes import share
from simulation.luck import FAILURE, RECOVERY, SERVICE, VISIT, draw, drawn, four, normal
from simulation.state import BLOCK, Causes, Makers, World

DEMANDING_FROM = 0.6
NOBODY = -1


@rule
def serve_visitors(world: World, causes: Causes, plan: Record, week: int) -> None:
    """Every encounter of the week; none depends on another of the same week."""
    key, visitors = world.settings[0].key, world.tally[0].visitors
    for first in range(0, visitors, BLOCK):
        people = world.visitors[first : min(first + BLOCK, visitors)]
        draw(world.luck, people, key, VISIT, week)
        draw(world.luck, people, key, SERVICE, week)
        draw(world.luck, people, key, FAILURE, week)
        for n in range(people.shape[0]):
            look_ahead(world.customers, world.visitors[first + n + AHEAD], 2)
            serve(world, causes, plan, week, people[n], n)


@step
def serve(world: World, causes: Causes, plan: Record, week: int, i: int, n: int) -> None:
    """One encounter from welcome to what is told afterwards. n: the customer's place in the block."""
    customer = world.customers[i]
    segment = world.segments[customer.segment]
    organisation, p, encounter = world.organisation[0], world.parameters[0], world.encounter[0]
    _, first, second, own = drawn(world.luck, VISIT, n)
    bell, luck, exit_luck, notice_luck = drawn(world.luck, SERVICE, n)
    seat = own_contact(world, customer, own)
    familiar = seat != NOBODY
    if not familiar:
        seat = whoever_is_free(world, first, second)
    if seat == NOBODY:
        return
    employee = world.employees[seat]
    leader = world.leaders[employee.team]
    begin_encounter(encounter, customer, week, i, seat, familiar)
    encounter.effort = effort_of(employee, organisation, world.settings[0].handovers, familiar, p)
    feel(encounter, employee, leader, organisation, familiar, p)
    encounter.performance = perceive(
        encounter, customer, segment, employee, organisation, normal(bell), plan.performance, p
    )
    surprises = causes.surprises
    if luck < chance_to_surprise(holder(surprises, seat, employee), surprises.organisation[0], plan.surprise, p):
        encounter.surprise = size_of_surprise(customer, surprises.organisation[0], p)
        customer.novelty = share(customer.novelty * p.surprise_wear)
    fails, severity, step, kind = drawn(world.luck, FAILURE, n)
    failing = holder(causes.failures, seat, employee)
    led = causes.failures.leaders[employee.team]
    if fails < chance_to_fail(failing, led, causes.failures.tally[0].common_failure, p):
        fail(world, encounter, failing, severity, step, kind)
        mend(world, causes.recovery, encounter, customer, segment, employee, notice_luck)
    conclude(world, encounter, customer, segment, employee)
    dropped = encounter.failed == 1 and encounter.recovered == 0 and customer.free == 1
    if dropped and exit_luck < p.exit_dropped * encounter.severity:
        world.tally[0].dropped += 1.0
        depart(world, i, week, WITH_RIVAL)
    if world.settings[0].log_events == 1 and world.tally[0].events < world.events.shape[0]:
        world.events[world.tally[0].events] = encounter
        world.tally[0].events += 1


@step
def holder(makers: Makers, seat: int, employee: Record) -> Record:
    """Who holds this seat among those who decide; the employee where nobody does."""
    other = makers.employees[seat]
    return other if other.status == EMPLOYED else employee


@step
def own_contact(world: World, customer: Record, chance: float) -> int:
    """Seat of the customer's own contact person, where there is one and continuity holds; else NOBODY.

    When that person has gone, part of the bond goes too.
    """
    if world.settings[0].continuity <= 0.0 or customer.contact == NOBODY:
        return NOBODY
    employee = world.employees[customer.contact]
    if employee.status != EMPLOYED or employee.hired_week != customer.contact_hired:
        customer.bond = share(customer.bond * (1.0 - world.parameters[0].continuity_break))
        customer.contact = NOBODY
        return NOBODY
    if chance < world.settings[0].continuity:
        return int(customer.contact)
    return NOBODY


@step
def whoever_is_free(world: World, first: float, second: float) -> int:
    """A seat whose holder serves: by the first draw, else by the second, else the next one that is held.

    Draws go over all seats, held or not, so that one vacancy changes nobody else's customers.
    """
    seats = world.tally[0].last_seat
    if seats < 1:
        return NOBODY
    seat = min(int(first * seats), seats - 1)
    if world.employees[seat].status == EMPLOYED:
        return seat
    seat = min(int(second * seats), seats - 1)
    for _ in range(seats):
        if world.employees[seat].status == EMPLOYED:
            return seat
        seat = (seat + 1) % seats
    return NOBODY


@step
def begin_encounter(encounter: Record, customer: Record, week: int, i: int, seat: int, familiar: bool) -> None:
    """An empty page for this encounter."""
    encounter.week = week
    encounter.customer = i
    encounter.employee = seat
    encounter.segment = customer.segment
    encounter.familiar = 1 if familiar else 0
    encounter.failed = 0
    encounter.step = -1
    encounter.kind = -1
    encounter.voiced = 0
    encounter.recovered = 0
    encounter.bounced = 0
    encounter.delighted = 0
    encounter.surprise = 0.0
    encounter.severity = 0.0
    encounter.distributive = 0.0
    encounter.procedural = 0.0
    encounter.interactional = 0.0
    encounter.recovery_quality = 0.0
    encounter.recovery_satisfaction = 0.0
    encounter.expectation = customer.expectation
    encounter.prior_failures = customer.failures
    encounter.recovery_expectation = customer.recovery_expectation
    encounter.satisfaction_before = customer.satisfaction


@step
def fail(world: World, encounter: Record, employee: Record, severity: float, step: float, kind: float) -> None:
    """Something goes wrong: where, of what kind, how badly."""
    p = world.parameters[0]
    encounter.failed = 1
    encounter.step = step_that_fails(step)
    encounter.kind = kind_of_failure(kind, employee, p)
    encounter.severity = severity_of(severity, encounter.step, p)


@step
def mend(
    world: World,
    makers: Makers,
    encounter: Record,
    customer: Record,
    segment: Record,
    employee: Record,
    notice_luck: float,
) -> None:
    """Whether the failure is heard or seen, whether somebody takes it up, and how well."""
    organisation, p = makers.organisation[0], world.parameters[0]
    mending = holder(makers, encounter.employee, employee)
    voice, elsewhere, help_luck, bell = four(world.settings[0].key, RECOVERY, encounter.week, encounter.customer, 0)
    if voice < chance_to_voice(customer, segment, organisation, encounter.kind, encounter.severity, p):
        encounter.voiced = 1
        encounter.effort = share(encounter.effort + p.effort_failure)
    elif notice_luck >= chance_to_notice(mending, p):
        return
    caused_elsewhere = elsewhere < chance_from_elsewhere(world.settings[0].handovers, organisation, p)
    if caused_elsewhere and help_luck >= chance_to_help(mending, organisation, p):
        encounter.bounced = encounter.voiced
        if encounter.voiced == 1:
            encounter.effort = share(encounter.effort + p.effort_bounced)
        return
    encounter.recovered = 1
    recover(encounter, mending, organisation, normal(bell), p)
    encounter.recovery_satisfaction = satisfied_with_recovery(
        encounter.recovery_quality + customer.leniency, customer.recovery_expectation, p
    )


@step
def conclude(world: World, encounter: Record, customer: Record, segment: Record, employee: Record) -> None:
    """What customer and employee take away, and what it brings in and costs.

    An encounter in which something failed raises satisfaction by its recovery alone, never by how the rest went.
    """
    p = world.parameters[0]
    felt = satisfaction_with(encounter, customer, world.tally[0].price - 1.0, p)
    after = take_in(customer.satisfaction, felt, p)
    if encounter.failed == 1:
        after = min(after, customer.satisfaction) + change_by_failure(encounter, customer, p)
        customer.failures += 1.0
        customer.failed_week = encounter.week
        customer.failed_kind = encounter.kind
    if delights(encounter, customer, p):
        encounter.delighted = 1
        gain = p.bond_gain * (1.0 + p.bond_demanding * (customer.demandingness - p.demandingness_usual))
        customer.bond = share(customer.bond + world.settings[0].bond_factor * gain * (1.0 - customer.bond))
    employee.served += 1.0
    employee.pleased += felt
    if customer.demandingness > DEMANDING_FROM and encounter.performance < customer.expectation:
        employee.incivility += customer.expectation - encounter.performance
    expect_anew(encounter, customer, p)
    customer.satisfaction = share(after)
    encounter.satisfaction_after = customer.satisfaction
    if customer.contact == NOBODY:
        customer.contact = encounter.employee
        customer.contact_hired = employee.hired_week
    count(world, encounter, customer, segment)


@step
def change_by_failure(encounter: Record, customer: Record, p: Record) -> float:
    """Change of satisfaction by the failure and what was done about it; recovery expectation is learned."""
    change = -loss_by_failure(encounter.severity, customer.demandingness, p)
    expected = customer.recovery_expectation
    in_mind = failures_in_mind(customer, encounter.kind, encounter.week, p)
    if encounter.recovered == 1:
        change += change_by_recovery(encounter.severity, encounter.recovery_quality, expected, in_mind, p)
        customer.recovery_expectation = learn_to_expect(customer, encounter.recovery_quality, p)
    elif encounter.bounced == 1:
        change += change_by_recovery(encounter.severity, p.bounced_quality, expected, in_mind, p)
    return change


@step
def depart(world: World, i: int, week: int, where: int) -> None:
    """A customer leaves, for a rival or for the pool of prospects."""
    customer = world.customers[i]
    customer.status = where
    customer.bond = 0.0
    customer.contact = NOBODY
    tally = world.tally[0]
    tally.lost += 1.0
    if world.settings[0].log_events == 1 and tally.departures < world.departures.shape[0]:
        departure = world.departures[tally.departures]
        departure.customer = i
        departure.week = week
        tally.departures += 1


@step
def premium_for(world: World, customer: Record, segment: Record) -> float:
    """What a satisfied customer pays on top, as a share of the price; more where quality is paid for [source 003]."""
    p = world.parameters[0]
    extra = share((customer.satisfaction - p.satisfaction_usual) / p.premium_full)
    premium: float = world.settings[0].premium * extra * (0.5 + segment.pays_for_quality)
    return premium


@step
def count(world: World, encounter: Record, customer: Record, segment: Record) -> None:
    """Add this encounter to the week's tally and to what it brings in and costs."""
    p, settings, tally = world.parameters[0], world.settings[0], world.tally[0]
    price = settings.price * segment.spend * tally.price
    tally.revenue_usual += price
    tally.revenue_premium += price * premium_for(world, customer, segment)
    tally.served += 1.0
    tally.performance += encounter.performance
    tally.effort += encounter.effort
    for principle in range(5):
        tally.felt[principle] += encounter.felt[principle]
    tally.delighted += encounter.delighted
    if encounter.surprise > 0.0:
        tally.surprising += 1.0
    if encounter.failed == 0:
        return
    tally.failed += 1.0
    tally.voiced += encounter.voiced
    if encounter.recovered == 1:
        tally.recovered += 1.0
        tally.recovery_quality += encounter.recovery_quality
        tally.recovery_satisfaction += encounter.recovery_satisfaction
        tally.compensation += encounter.distributive * settings.compensation * price
        tally.rework += p.rework_recovered
    else:
        tally.rework += p.rework_dropped
