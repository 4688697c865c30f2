"""One customer's course through one world: every week in which something happened to them, as it happened."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from agents.customer import CUSTOMER
from agents.loyalty import chance_to_praise, chance_to_warn
from agents.records import Record
from experiments.beginnings import warmed_up
from experiments.request import check_weeks, whole_number
from experiments.watch import Watch
from scenarios.scenario import Scenario
from simulation.luck import TALK, four
from simulation.state import Causes, World, makers_of
from simulation.week import CHANGE, CHOOSING, ENDING, SERVING, TALKING, live_parts

PRAISED: Final = 1
WARNED: Final = -1


@dataclass(frozen=True, slots=True)
class Met:
    """An encounter, in the words of the encounter log; seat and since are who served, team is theirs."""

    seat: int
    since: int
    team: int
    familiar: bool
    expected: float
    got: float
    surprise: float
    failed: bool
    kind: int
    step: int
    severity: float
    voiced: bool
    recovered: bool
    bounced: bool
    quality: float
    quality_expected: float
    delighted: bool
    satisfaction_before: float
    satisfaction_after: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A week in which something happened.

    told: PRAISED, WARNED or 0. heard_good, heard_bad: messages that came in. left_at_once: after a failure nobody
    took up. status_before, status: as the week begins and ends. expectation, satisfaction: as it ends.
    """

    week: int
    met: Met | None
    told: int
    heard_good: int
    heard_bad: int
    left_at_once: bool
    status_before: int
    status: int
    expectation: float
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Stand:
    """How things are with a customer as a week ends."""

    status: int
    joined_week: int
    expectation: float
    desired: float
    satisfaction: float
    bond: float


@dataclass(frozen=True, slots=True)
class Course:
    """What one customer went through; segment: its number in the scenario. start: as week 1 begins."""

    number: int
    segment: int
    demandingness: float
    weeks: int
    start: Stand
    turns: tuple[Turn, ...]
    end: Stand


def live_course(scenario: Scenario, seed: int, number: int, watch: Watch, weeks: int | None = None) -> Course:
    """Live the first world of this scenario and write down one customer's course.

    number: of the customer or prospect. Raises Mistake for one that there is not, and Stopped between two weeks.
    """
    length = check_weeks(scenario, weeks)
    people = scenario.customers.active + scenario.customers.prospects
    whole_number("customer", number, 0, people - 1)
    world = warmed_up(scenario, seed, 0, length, watch, log=True)
    start = stand_of(world, number)
    turns = []
    for week in range(1, length + 1):
        turn = _live_week(world, week, number)
        if turn is not None:
            turns.append(turn)
        watch.passed(1)
    customer = world.customers[number]
    return Course(
        number=number,
        segment=int(customer.segment),
        demandingness=float(customer.demandingness),
        weeks=length,
        start=start,
        turns=tuple(turns),
        end=stand_of(world, number),
    )


def stand_of(world: World, number: int) -> Stand:
    """How things are with this customer now."""
    one: Any = world.customers[number]
    reals = (float(value) for value in (one.expectation, one.desired, one.satisfaction, one.bond))
    return Stand(int(one.status), int(one.joined_week), *reals)


def _live_week(world: World, week: int, number: int) -> Turn | None:
    """Live this week in three parts, and look at the customer after each."""
    own = makers_of(world)
    causes = Causes(own, own, own)
    world.tally[0].events = world.tally[0].departures = 0
    before = int(world.customers[number].status)
    live_parts(world, causes, (week, week), (CHANGE, SERVING))
    met, served = _met(world, number), int(world.customers[number].status)
    told = told_by(world, week, number)
    live_parts(world, causes, (week, week), (TALKING, TALKING))
    heard = int(world.customers[number].heard_good), int(world.customers[number].heard_bad)
    live_parts(world, causes, (week, week), (CHOOSING, ENDING))
    after = world.customers[number]
    if met is None and not told and not any(heard) and int(after.status) == before:
        return None
    return Turn(
        week=week,
        met=met,
        told=told,
        heard_good=heard[0],
        heard_bad=heard[1],
        left_at_once=served != before,
        status_before=before,
        status=int(after.status),
        expectation=float(after.expectation),
        satisfaction=float(after.satisfaction),
    )


def told_by(world: World, week: int, number: int) -> int:
    """PRAISED, WARNED or 0: what this customer tells others, in a week that has come to where people talk."""
    customer, p = world.customers[number], world.parameters[0]
    if customer.status != CUSTOMER:
        return 0
    chance, _, _, _ = four(world.settings[0].key, TALK, week, number, 0)
    if chance < chance_to_praise(customer, p):
        return PRAISED
    return WARNED if chance > 1.0 - chance_to_warn(customer, p) else 0


def _met(world: World, number: int) -> Met | None:
    """The customer's encounter of this week, where there was one."""
    events = world.events[: world.tally[0].events]
    rows = np.flatnonzero(events["customer"] == number)
    return _read(world, events[rows[0]]) if len(rows) else None


def _read(world: World, event: Record) -> Met:
    holder: Any = world.employees[event.employee]
    return Met(
        seat=int(event.employee),
        since=int(holder.hired_week),
        team=int(holder.team),
        familiar=bool(event.familiar),
        expected=float(event.expectation),
        got=float(event.performance),
        surprise=float(event.surprise),
        failed=bool(event.failed),
        kind=int(event.kind),
        step=int(event.step),
        severity=float(event.severity),
        voiced=bool(event.voiced),
        recovered=bool(event.recovered),
        bounced=bool(event.bounced),
        quality=float(event.recovery_quality),
        quality_expected=float(event.recovery_expectation),
        delighted=bool(event.delighted),
        satisfaction_before=float(event.satisfaction_before),
        satisfaction_after=float(event.satisfaction_after),
    )
