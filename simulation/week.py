"""What happens in a week, in order. Everything else in this room is a chapter of it."""

from agents.records import Record
from agents.rule import entry, rule
from simulation.change import live_blocks, meet_outside_world, promise_and_tell, work_on_blocks
from simulation.choosing import choose
from simulation.leading import lead, look_at_teams, spread_the_new_way
from simulation.ledger import settle
from simulation.market import move_market, talk
from simulation.measuring import measure
from simulation.own_rules import put_in_place
from simulation.serving import serve_visitors
from simulation.staffing import come, count_seats, leave, live_through, show_leaders, size_up
from simulation.state import Causes, World, makers_of
from simulation.working import call_the_roll, receive_visitors, set_odds_and_price, weigh_work

put_in_place()

CHANGE, LEADING, SPREADING, WORKLOAD, SERVING, TALKING, CHOOSING, LIVING, ENDING = range(9)
"""The parts of a week, in order."""


@rule
def live_week(world: World, causes: Causes, week: int, first: int, last: int) -> None:
    """The parts of one week of one world from `first` to `last`, both included."""
    plan = world.plan[week - world.settings[0].first_week]
    if first <= CHANGE <= last:
        open_page(world.tally[0])
        meet_outside_world(world, week)
        work_on_blocks(world, plan)
        live_blocks(world)
        promise_and_tell(world, plan)
    if first <= LEADING <= last:
        look_at_teams(world)
        lead(world, plan)
    if first <= SPREADING <= last:  # adoption, room, norm
        spread_the_new_way(world, plan, week)
    if first <= WORKLOAD <= last:
        count_seats(world)
        receive_visitors(world, plan, week)
        weigh_work(world)
    if first <= SERVING <= last:  # encounters, failure, recovery, expectation, delight
        set_odds_and_price(world, plan)
        serve_visitors(world, causes, plan, week)
    if first <= TALKING <= last:  # word of mouth
        talk(world, week)
    if first <= CHOOSING <= last:  # churn, acquisition
        choose(world, plan, week)
        move_market(world)
    if first <= LIVING <= last:  # engagement, exhaustion, learning
        live_through(world, plan, week)
        show_leaders(world)
    if first <= ENDING <= last:  # quits and hiring, results and measured indicators
        leave(world, plan, week)
        come(world, plan, week)
        size_up(world, plan)
        count_seats(world)
        settle(world, week)
        measure(world, plan, week)


@rule
def open_page(tally: Record) -> None:
    """A new week's tally; the row counts of the logs go on."""
    tally.visitors = 0
    tally.served = 0.0
    tally.performance = 0.0
    tally.effort = 0.0
    tally.surprising = 0.0
    tally.delighted = 0.0
    tally.failed = 0.0
    tally.voiced = 0.0
    tally.recovered = 0.0
    tally.recovery_quality = 0.0
    tally.recovery_satisfaction = 0.0
    tally.rework = 0.0
    tally.appeals = 0.0
    tally.compensation = 0.0
    tally.revenue_usual = 0.0
    tally.revenue_fees = 0.0
    tally.revenue_premium = 0.0
    tally.active = 0.0
    tally.satisfaction = 0.0
    tally.expectation = 0.0
    tally.desired = 0.0
    tally.bond = 0.0
    tally.loyalty = 0.0
    tally.promoters = 0.0
    tally.detractors = 0.0
    tally.lost = 0.0
    tally.dropped = 0.0
    tally.joined = 0.0
    tally.customers = 0.0
    tally.prospects = 0.0
    tally.rivals = 0.0
    tally.praised = 0.0
    tally.warned = 0.0
    tally.quits = 0.0
    tally.hires = 0.0
    for principle in range(5):
        tally.felt[principle] = 0.0


@entry
def live_parts(world: World, causes: Causes, weeks: tuple[int, int], parts: tuple[int, int]) -> None:
    """Let these parts of these weeks pass, first and last of each included, as far as the weeks are planned.

    Compiled once, kept on disk, free of the GIL.
    """
    planned = world.settings[0].first_week + world.plan.shape[0]
    if parts[0] <= WORKLOAD <= parts[1]:
        call_the_roll(world)  # anybody may have been moved meanwhile; from here on, who chooses signs it
    for week in range(max(weeks[0], world.settings[0].first_week), min(weeks[1] + 1, planned)):
        live_week(world, causes, week, parts[0], parts[1])


def live_weeks(world: World, first: int, last: int) -> None:
    """Let the weeks from `first` to `last`, both included, pass, as far as they are planned."""
    own = makers_of(world)
    live_parts(world, Causes(own, own, own), (first, last), (CHANGE, ENDING))
