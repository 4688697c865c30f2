"""Work and capacity: who comes this week, whether people can handle it, what that does to the service standard."""

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from agents.failure import failure_log_odds
from agents.mathematics import exp
from agents.records import Record
from agents.rule import rule, step
from agents.shapes import clip, share
from agents.workload import erode, handles, time_cut
from simulation.luck import VISIT, draw, drawn
from simulation.state import BLOCK, OF_SEGMENT, WHO, World

MOST_UTILISATION = 10.0
MOST_VISITS = 0.98


@rule
def call_the_roll(world: World) -> None:
    """List who is a customer now, in their order, so that visits and talk need not look at everybody."""
    on_roll = 0
    for i in range(world.customers.shape[0]):
        on_roll = sign(world, i, on_roll)
    world.tally[0].on_roll = on_roll


@step
def sign(world: World, i: int, on_roll: int) -> int:
    """Put person i on the roll if it is a customer; returned is how many are on it then.

    The roll is written for everybody and only moves on for customers: a processor guesses half of such ifs wrong.
    """
    person = world.customers[i]
    world.roll[WHO, on_roll] = i
    world.roll[OF_SEGMENT, on_roll] = person.segment
    return on_roll + (person.status == CUSTOMER)


@rule
def receive_visitors(world: World, plan: Record, week: int) -> None:
    """Who has an encounter this week: each customer by an own draw, at the rate of the segment and of demand."""
    key, tally = world.settings[0].key, world.tally[0]
    demand = plan.demand * exp(world.organisation[0].demand_drift)
    count = 0
    for first in range(0, tally.on_roll, BLOCK):
        last = min(first + BLOCK, tally.on_roll)
        people, segments = world.roll[WHO, first:last], world.roll[OF_SEGMENT, first:last]
        draw(world.luck, people, key, VISIT, week)
        for n in range(last - first):
            world.visitors[count] = people[n]  # likewise: it only moves on for who comes
            rate = world.segments[segments[n]].visits * demand
            chance, _, _, _ = drawn(world.luck, VISIT, n)
            count += chance < min(MOST_VISITS, rate)
    tally.visitors = count


@rule
def weigh_work(world: World) -> None:
    """Utilisation, the strain that is felt, and the standard that holds."""
    organisation, p, tally = world.organisation[0], world.parameters[0], world.tally[0]
    capacity = 0.0
    for employee in world.employees:
        if employee.status == EMPLOYED:
            capacity += handles(employee, world.leaders[employee.team], organisation, p)
    tally.capacity = capacity * world.settings[0].capacity
    work = tally.visitors + organisation.rework
    organisation.utilisation = MOST_UTILISATION
    if tally.capacity > 0.0:
        organisation.utilisation = clip(work / tally.capacity, 0.0, MOST_UTILISATION)
    organisation.strain += (organisation.utilisation - organisation.strain) / p.strain_lag
    organisation.standard = erode(organisation, p)
    organisation.thin = share(time_cut(organisation))


@rule
def set_odds_and_price(world: World, plan: Record) -> None:
    """What all encounters of this week share: the price level and a part of the failure odds."""
    organisation, p, tally = world.organisation[0], world.parameters[0], world.tally[0]
    tally.price = plan.price * exp(organisation.price_drift)
    tally.common_failure = failure_log_odds(organisation, world.settings[0].handovers, plan.failures, p)
