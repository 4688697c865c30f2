"""Everybody's choice of the week: who stays, leaves, comes or looks elsewhere, and what a week does to memory.

People are taken in blocks, three times each: how each leans; what chances follow, of a whole block at once; what each
then does. The middle loop has nothing but arithmetic over rows of numbers, so that the compiler takes several people
at once; the exponentials and normal distributions in it were half of a week's time.
"""

from typing import NamedTuple

from agents.ahead import AHEAD, look_ahead
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
from agents.encounter import novelty_half_life, wear_off
from agents.expectation import hear_promises, let_bar_move
from agents.loyalty import (
    chance_to_appeal,
    detractor_share,
    hazard_of,
    leaning_to_leave,
    likely_to_recommend,
    promoter_share,
)
from agents.mathematics import exp
from agents.organisation import promised_beyond_usual
from agents.records import Record
from agents.rival import (
    chance_of_joining,
    chance_to_choose_rival,
    chance_to_leave_rival,
    leaning_to_join,
    rival_advantage,
)
from agents.rule import rule, step
from agents.shapes import clip, share
from simulation.luck import JOIN, JOIN_PERSON, RENEWAL, STAY, draw, drawn, four, normal
from simulation.serving import NOBODY, depart, premium_for
from simulation.state import (
    ANSWER,
    BLOCK,
    COMING,
    CUSTOMERS,
    DETRACTOR,
    JOINING,
    LEAVING,
    OTHERS,
    PROMOTER,
    STAYING,
    World,
)
from simulation.working import sign

HEARSAY_LIMIT = 50.0


class Mood(NamedTuple):
    """What all have in common this week.

    rival: the outside option's advantage. price: relative price less 1. bar: by how much the market's bar rises.
    fade_bond, fade_failures: what is left of them. half_life: of the wear of surprises, in weeks.
    to_rival, from_rival: weekly chances. renewed: whether the repertoire is new.
    """

    rival: float
    price: float
    bar: float
    fade_bond: float
    fade_failures: float
    half_life: float
    to_rival: float
    from_rival: float
    renewed: bool


@rule
def take_in_hearsay(person: Record, p: Record) -> None:
    """Add what was heard this week to what is still in mind."""
    kept = person.hearsay * (1.0 - p.hearsay_fade)
    person.hearsay = clip(kept + person.heard_good - person.heard_bad, -HEARSAY_LIMIT, HEARSAY_LIMIT)
    person.heard_good = 0
    person.heard_bad = 0


@rule
def remember(customer: Record, organisation: Record, mood: Mood, novelty_factor: float, p: Record) -> None:
    """What a week does to memory: the bar moves, bonds, failures and the wear of surprises fade."""
    usual = wanted_above_expected(customer, p) + organisation.market_bar
    customer.desired = let_bar_move(customer, usual, mood.bar, p)
    customer.expectation = hear_promises(customer, promised_beyond_usual(organisation, p), p)
    customer.bond *= mood.fade_bond
    customer.failures *= mood.fade_failures
    if customer.failures < 0.5:
        customer.failures = 0.0
    for_new = wear_off(customer, mood.half_life, mood.renewed)
    customer.novelty = share(customer.novelty + novelty_factor * (for_new - customer.novelty))


@step
def ask(world: World, customer: Record, stay: float, n: int) -> None:
    """Add a customer to the week's picture of loyalty, and the fee to its revenue.

    stay: the chance to stay this week. n: place among the customers of the block.
    """
    tally = world.tally[0]
    segment = world.segments[customer.segment]
    fee = world.settings[0].fee * segment.spend * tally.price
    tally.revenue_fees += fee
    tally.revenue_premium += fee * premium_for(world, customer, segment)
    squared = stay * stay
    fourth = squared * squared
    sixteenth = fourth * fourth * fourth * fourth
    tally.active += 1.0
    tally.satisfaction += customer.satisfaction
    tally.expectation += customer.expectation
    tally.desired += customer.desired
    tally.bond += customer.bond
    tally.loyalty += sixteenth * sixteenth * sixteenth * fourth
    tally.promoters += world.minds[PROMOTER, n]
    tally.detractors += world.minds[DETRACTOR, n]


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
def mood_of(world: World, plan: Record, week: int) -> Mood:
    """What all have in common this week; the market's bar moves."""
    settings, p, organisation, tally = (
        world.settings[0],
        world.parameters[0],
        world.organisation[0],
        world.tally[0],
    )
    rival = rival_advantage(organisation, plan.rival, p)
    bar = p.desired_drift + p.imitation_bar * organisation.rival_novelty
    organisation.market_bar = share(organisation.market_bar + bar)
    new, _, _, _ = four(settings.key, RENEWAL, week, 0, 0)
    return Mood(
        rival,
        tally.price - 1.0,
        bar,
        exp(-0.6931471805599453 / p.bond_half_life),
        exp(-1.0 / p.failure_memory),
        novelty_half_life(organisation, p),
        chance_to_choose_rival(rival, p),
        chance_to_leave_rival(rival, p),
        new < p.renewal_chance * organisation.block[INNOVATION],
    )


@rule
def choose(world: World, plan: Record, week: int) -> None:
    """Everybody's week in the market: customers stay or leave, prospects choose, rivals' customers look around."""
    key = world.settings[0].key
    mood = mood_of(world, plan, week)
    people, on_roll = world.customers.shape[0], 0
    for first in range(0, people, BLOCK):
        last = min(first + BLOCK, people)
        customers = incline(world, first, last, mood, week)
        others = last - first - customers
        weigh_options(world, customers, others)
        draw(world.luck, world.who[CUSTOMERS, :customers], key, STAY, week)
        draw(world.luck, world.who[OTHERS, :others], key, JOIN, week)
        on_roll = act(world, first, last, mood, week, on_roll)
    tally = world.tally[0]
    tally.on_roll = on_roll
    tally.customers = on_roll
    tally.prospects = people - on_roll - tally.rivals


@rule
def incline(world: World, first: int, last: int, mood: Mood, week: int) -> int:
    """What the past week leaves with each of a block, and what each then leans to; the number of customers in it."""
    settings, p, organisation, minds = world.settings[0], world.parameters[0], world.organisation[0], world.minds
    customers = 0
    others = 0
    for i in range(first, last):
        person = world.customers[i]
        look_ahead(world.customers, i + AHEAD, 2)
        take_in_hearsay(person, p)
        if person.status == CUSTOMER:
            remember(person, organisation, mood, settings.novelty_factor, p)
            minds[LEAVING, customers] = leaning_to_leave(person, week - person.joined_week, mood.rival, mood.price, p)
            minds[ANSWER, customers] = likely_to_recommend(person, p)
            world.who[CUSTOMERS, customers] = i
            customers += 1
        else:
            minds[JOINING, others] = leaning_to_join(person, organisation, mood.rival, mood.price, p)
            world.who[OTHERS, others] = i
            others += 1
    return customers


@rule
def weigh_options(world: World, customers: int, others: int) -> None:
    """The chances that follow from what a block leans to: nothing but numbers, so that several are taken at once."""
    p, minds = world.parameters[0], world.minds
    base, involuntary, noise, join = p.churn_base, p.churn_involuntary, p.recommend_noise, p.join_base
    for n in range(customers):
        minds[STAYING, n] = exp(-hazard_of(minds[LEAVING, n], base, involuntary))
    for n in range(customers):
        minds[PROMOTER, n] = promoter_share(minds[ANSWER, n], noise)
        minds[DETRACTOR, n] = detractor_share(minds[ANSWER, n], noise)
    for n in range(others):
        minds[COMING, n] = chance_of_joining(minds[JOINING, n], join)


@rule
def act(world: World, first: int, last: int, mood: Mood, week: int, on_roll: int) -> int:
    """What each of a block does, and with whom they are as the week ends: who is a customer signs next week's roll.

    on_roll: how many have signed before them; returned is how many have then.
    """
    customers = 0
    others = 0
    for i in range(first, last):
        person = world.customers[i]
        if person.status == CUSTOMER:
            stay_or_leave(world, i, customers, week)
            customers += 1
        else:
            look_around(world, i, others, week, mood)
            others += 1
        on_roll = sign(world, i, on_roll)
        if person.status == WITH_RIVAL:
            world.tally[0].rivals += 1.0
    return on_roll


@step
def stay_or_leave(world: World, i: int, n: int, week: int) -> None:
    """A customer's choice of the week; who cannot leave may appeal instead. n: place among the block's customers."""
    p, tally = world.parameters[0], world.tally[0]
    customer = world.customers[i]
    stay = world.minds[STAYING, n] if customer.free == 1 else 1.0
    ask(world, customer, stay, n)
    chance, where, appeals, _ = drawn(world.luck, STAY, n)
    if chance > stay:
        depart(world, i, week, WITH_RIVAL if where < p.churn_to_rival else PROSPECT)
    elif customer.free == 0:
        tally.appeals += 1.0 if appeals < chance_to_appeal(customer, p) else 0.0


@step
def look_around(world: World, i: int, n: int, week: int, mood: Mood) -> None:
    """The choice of the week of somebody who is no customer: prospects come or go to a rival, others look again.

    n: place among those of the block who are no customers.
    """
    person = world.customers[i]
    if person.free == 0:
        return
    chance, _, _, _ = drawn(world.luck, JOIN, n)
    if person.status == WITH_RIVAL:
        if chance < mood.from_rival:
            person.status = PROSPECT
    elif chance < world.minds[COMING, n]:
        welcome(world, i, week)
    elif chance > 1.0 - mood.to_rival:
        person.status = WITH_RIVAL
