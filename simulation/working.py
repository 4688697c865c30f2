"""Work and capacity: who comes this week, whether people can handle it, what that does to the service standard."""

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from agents.failure import failure_log_odds
from agents.mathematics import exp
from agents.records import Record
from agents.rule import rule
from agents.shapes import clip, share
from agents.workload import erode, handles, time_cut
from simulation.luck import VISIT, draw_first, open_share
from simulation.state import World

MOST_UTILISATION = 10.0
MOST_VISITS = 0.98


@rule
def call_the_roll(world: World) -> None:
    """List who is a customer now, in their order, so that visits and talk need not look at everybody.

    The list is written for everybody and only moves on for customers: a processor guesses half of such ifs wrong.
    """
    count = 0
    for i in range(world.customers.shape[0]):
        world.roll[count] = i  # written over by the next one, unless this one is a customer
        count += world.customers[i].status == CUSTOMER
    world.tally[0].on_roll = count


@rule
def receive_visitors(world: World, plan: Record, week: int) -> None:
    """Who has an encounter this week: each customer by an own draw, at the rate of the segment and of demand."""
    organisation = world.organisation[0]
    key = world.settings[0].key
    demand = plan.demand * exp(organisation.demand_drift)
    count = 0
    draw_first(world.luck[0], key, VISIT, week)
    for n in range(world.tally[0].on_roll):
        i = world.roll[n]
        world.visitors[count] = i  # likewise
        segment = world.segments[world.customers[i].segment]
        count += open_share(world.luck[0, i]) < min(MOST_VISITS, segment.visits * demand)
    world.tally[0].visitors = count


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
