"""The market's week: who talks to whom, who leaves, who comes, and what everybody's bar does meanwhile."""

from agents.ahead import AHEAD, look_ahead
from agents.customer import (
    CUSTOMER,
)
from agents.loyalty import (
    chance_to_praise,
    chance_to_warn,
)
from agents.rival import (
    copy_novelty,
    improve_rival,
)
from agents.rule import rule, step
from simulation.luck import CONTACT_DRAWN, TALK, draw, drawn, four
from simulation.state import BLOCK, WHO, World


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
    settings, tally = world.settings[0], world.tally[0]
    for first in range(0, tally.on_roll, BLOCK):
        people = world.roll[WHO, first : min(first + BLOCK, tally.on_roll)]
        draw(world.luck, people, settings.key, TALK, week)
        for n in range(people.shape[0]):
            look_ahead(world.customers, world.roll[WHO, first + n + AHEAD], 1)
            say(world, people[n], n)


@step
def say(world: World, i: int, n: int) -> None:
    """What customer i tells one contact this week, if anything. n: place in the block.

    The first draw decides: low is praise, high a warning.
    """
    settings, p, tally = world.settings[0], world.parameters[0], world.tally[0]
    customer = world.customers[i]
    if customer.status != CUSTOMER:  # gone this very week
        return
    chance, slot, reaches, _ = drawn(world.luck, TALK, n)
    praises = chance < chance_to_praise(customer, p)
    warns = not praises and chance > 1.0 - chance_to_warn(customer, p)
    if not (praises or warns):
        return
    if praises:
        tally.praised += 1.0
    else:
        tally.warned += 1.0
    if settings.contacts < 1 or settings.people < 2 or reaches >= p.network_strength:
        return
    listener = world.customers[contact_of(world, i, min(int(slot * settings.contacts), settings.contacts - 1))]
    if praises:
        listener.heard_good += 1
    else:
        listener.heard_bad += 1


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
