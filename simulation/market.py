"""The market's week: who talks to whom, who leaves, who comes, and what everybody's bar does meanwhile."""

import math

from agents.blocks import INNOVATION
from agents.customer import (
    CUSTOMER,
    PROSPECT,
    WITH_RIVAL,
    first_expectation,
    first_recovery_expectation,
    first_satisfaction,
    wanted_above_expected,
)
from agents.encounter import wear_off
from agents.expectation import hear_promises, let_bar_move
from agents.loyalty import (
    chance_to_appeal,
    chance_to_praise,
    chance_to_warn,
    detractor_share,
    leaving_hazard,
    likely_to_recommend,
    promoter_share,
)
from agents.organisation import promised_beyond_usual
from agents.records import Record
from agents.rival import (
    chance_to_choose_rival,
    chance_to_join,
    chance_to_leave_rival,
    copy_novelty,
    improve_rival,
    rival_advantage,
)
from agents.rule import rule, step
from agents.shapes import clip, share
from simulation.luck import CONTACT_DRAWN, JOIN, JOIN_PERSON, RENEWAL, STAY, TALK, draw_first, four, normal, open_share
from simulation.serving import NOBODY, depart, premium_for
from simulation.state import World

HEARSAY_LIMIT = 50.0


@step
def contact_of(world: World, i: int, slot: int) -> int:
    """Whom person i knows in this slot: a neighbour on a ring, or, for some slots, somebody from anywhere.

    A fixed small-world network [Watts & Strogatz 1998] that needs no memory: drawn anew from luck whenever asked.
    """
    settings = world.settings[0]
    people = int(settings.people)
    far, where, _, _ = four(settings.key, CONTACT_DRAWN, 0, i, slot)
    distance = slot // 2 + 1
    if slot % 2 == 1:
        distance = -distance
    found = (i + distance) % people
    if far < settings.random_contacts:
        found = min(int(where * people), people - 1)
    return found if found != i else (i + 1) % people


@rule
def talk(world: World, week: int) -> None:
    """Messages go from customers to one contact each; they are taken in only after all have been sent."""
    settings, p, tally = world.settings[0], world.parameters[0], world.tally[0]
    draw_first(world.luck[0], settings.key, TALK, week)
    for n in range(tally.on_roll):
        i = world.roll[n]
        customer = world.customers[i]
        if customer.status != CUSTOMER:  # gone this very week
            continue
        chance = open_share(world.luck[0, i])
        praises = chance < chance_to_praise(customer, p)
        warns = not praises and chance > 1.0 - chance_to_warn(customer, p)
        if not (praises or warns):
            continue
        if praises:
            tally.praised += 1.0
        else:
            tally.warned += 1.0
        _, slot, reaches, _ = four(settings.key, TALK, week, i, 0)
        if settings.contacts < 1 or settings.people < 2 or reaches >= p.network_strength:
            continue
        listener = world.customers[contact_of(world, i, min(int(slot * settings.contacts), settings.contacts - 1))]
        if praises:
            listener.heard_good += 1
        else:
            listener.heard_bad += 1


@rule
def take_in_hearsay(person: Record, p: Record) -> None:
    """Add what was heard this week to what is still in mind."""
    kept = person.hearsay * (1.0 - p.hearsay_fade)
    person.hearsay = clip(kept + person.heard_good - person.heard_bad, -HEARSAY_LIMIT, HEARSAY_LIMIT)
    person.heard_good = 0
    person.heard_bad = 0


@rule
def remember(
    customer: Record,
    organisation: Record,
    bar: float,
    fade_bond: float,
    fade_failures: float,
    renewed: bool,
    novelty_factor: float,
    p: Record,
) -> None:
    """What a week does to memory: the bar moves, bonds, failures and the wear of surprises fade."""
    usual = wanted_above_expected(customer, p) + organisation.market_bar
    customer.desired = let_bar_move(customer, usual, bar, p)
    customer.expectation = hear_promises(customer, promised_beyond_usual(organisation, p), p)
    customer.bond *= fade_bond
    customer.failures *= fade_failures
    if customer.failures < 0.5:
        customer.failures = 0.0
    for_new = wear_off(customer, organisation, renewed, p)
    customer.novelty = share(customer.novelty + novelty_factor * (for_new - customer.novelty))


@step
def ask(world: World, customer: Record, stay: float) -> None:
    """Add a customer to the week's picture of loyalty, and the fee to its revenue.

    stay: the chance to stay this week.
    """
    p, tally = world.parameters[0], world.tally[0]
    segment = world.segments[customer.segment]
    fee = world.settings[0].fee * segment.spend * tally.price
    tally.revenue_fees += fee
    tally.revenue_premium += fee * premium_for(world, customer, segment)
    answer = likely_to_recommend(customer, p)
    squared = stay * stay
    fourth = squared * squared
    sixteenth = fourth * fourth * fourth * fourth
    tally.active += 1.0
    tally.satisfaction += customer.satisfaction
    tally.expectation += customer.expectation
    tally.desired += customer.desired
    tally.bond += customer.bond
    tally.loyalty += sixteenth * sixteenth * sixteenth * fourth
    tally.promoters += promoter_share(answer, p)
    tally.detractors += detractor_share(answer, p)


@step
def welcome(world: World, i: int, week: int) -> None:
    """Somebody becomes a customer: with expectations of their own, promises and hearsay in mind, nothing else."""
    settings, p, organisation = world.settings[0], world.parameters[0], world.organisation[0]
    customer = world.customers[i]
    expected, satisfied, _, _ = four(settings.key, JOIN_PERSON, week, i, 0)
    customer.status = CUSTOMER
    customer.joined_week = week
    customer.contact = NOBODY
    typical = settings.expectation + p.promise_expectation * promised_beyond_usual(organisation, p)
    first_expectation(customer, typical, organisation.market_bar, normal(expected), settings.expectation_sd, p)
    customer.satisfaction = first_satisfaction(
        customer, settings.satisfaction, normal(satisfied), settings.satisfaction_sd, p
    )
    customer.bond = 0.0
    customer.novelty = 1.0
    customer.failures = 0.0
    customer.failed_kind = -1
    customer.recovery_expectation = first_recovery_expectation(customer, p)
    world.tally[0].joined += 1.0


@rule
def choose(world: World, plan: Record, week: int) -> None:
    """Everybody's week in the market: customers stay or leave, prospects choose, rivals' customers look around."""
    settings, p, organisation, tally = (
        world.settings[0],
        world.parameters[0],
        world.organisation[0],
        world.tally[0],
    )
    rival = rival_advantage(organisation, plan.rival, p)
    price = tally.price - 1.0
    bar = p.desired_drift + p.imitation_bar * organisation.rival_novelty
    organisation.market_bar = share(organisation.market_bar + bar)
    fade_bond = math.exp(-0.6931471805599453 / p.bond_half_life)
    fade_failures = math.exp(-1.0 / p.failure_memory)
    to_rival = chance_to_choose_rival(rival, p)
    from_rival = chance_to_leave_rival(rival, p)
    new, _, _, _ = four(settings.key, RENEWAL, week, 0, 0)
    renewed = new < p.renewal_chance * organisation.block[INNOVATION]
    draw_first(world.luck[0], settings.key, STAY, week)
    draw_first(world.luck[1], settings.key, JOIN, week)
    for i in range(world.customers.shape[0]):
        person = world.customers[i]
        take_in_hearsay(person, p)
        if person.status == CUSTOMER:
            remember(person, organisation, bar, fade_bond, fade_failures, renewed, settings.novelty_factor, p)
            stay_or_leave(world, i, week, rival, price)
        else:
            look_around(world, i, week, rival, price, to_rival, from_rival)
        count_person(person, tally)


@step
def stay_or_leave(world: World, i: int, week: int, rival: float, price: float) -> None:
    """A customer's choice of the week; who cannot leave may appeal instead."""
    settings, p, tally = world.settings[0], world.parameters[0], world.tally[0]
    customer = world.customers[i]
    stay = math.exp(-leaving_hazard(customer, week - customer.joined_week, rival, price, p))
    ask(world, customer, stay)
    if open_share(world.luck[0, i]) > stay:
        _, where, _, _ = four(settings.key, STAY, week, i, 0)
        depart(world, i, week, WITH_RIVAL if where < p.churn_to_rival else PROSPECT)
    elif customer.free == 0:
        _, _, appeals, _ = four(settings.key, STAY, week, i, 0)
        tally.appeals += 1.0 if appeals < chance_to_appeal(customer, p) else 0.0


@step
def look_around(
    world: World, i: int, week: int, rival: float, price: float, to_rival: float, from_rival: float
) -> None:
    """The choice of the week of somebody who is no customer: prospects come or go to a rival, others look again.

    rival: the outside option's advantage. price: relative price less 1. to_rival, from_rival: weekly chances.
    """
    person = world.customers[i]
    if person.free == 0:
        return
    chance = open_share(world.luck[1, i])
    if person.status == WITH_RIVAL:
        if chance < from_rival:
            person.status = PROSPECT
    elif chance < chance_to_join(person, world.organisation[0], rival, price, world.parameters[0]):
        welcome(world, i, week)
    elif chance > 1.0 - to_rival:
        person.status = WITH_RIVAL


@step
def count_person(person: Record, tally: Record) -> None:
    """With whom this person is as the week ends."""
    if person.status == CUSTOMER:
        tally.customers += 1.0
    elif person.status == PROSPECT:
        tally.prospects += 1.0
    else:
        tally.rivals += 1.0


@rule
def move_market(world: World) -> None:
    """Reputation, delivery, rivals and what failures leave to do, from this week's tally."""
    p, organisation, tally = world.parameters[0], world.organisation[0], world.tally[0]
    messages = tally.praised + tally.warned
    if messages > 0.0:
        organisation.reputation += (tally.praised / messages - organisation.reputation) / p.reputation_lag
    if tally.served > 0.0:
        delivered = tally.performance / tally.served
        organisation.failing += (tally.failed / tally.served - organisation.failing) / p.reputation_lag
        organisation.delivered += (delivered - organisation.delivered) / p.delivered_lag
        organisation.rival_novelty = copy_novelty(organisation, tally.surprising / tally.served, p)
    organisation.rival_quality = improve_rival(organisation, p)
    organisation.rework = tally.rework + tally.appeals
