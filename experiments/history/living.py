"""Living one world and keeping what can be seen of it; and a pair of worlds with the same luck."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from experiments.comparison.census import hired_weeks
from experiments.history.history import (
    BOUNCED,
    COUNTS,
    DELIGHTED,
    FAILED,
    FAMILIAR,
    FELT,
    GONE,
    LEADER_STATES,
    MESSAGES,
    MOVE,
    RECOVERED,
    STAND,
    STATES,
    SURPRISED,
    TOTALS,
    VISIT,
    VOICED,
    History,
    in_hundredths,
)
from experiments.history.sampling import CUSTOMERS, shown_people
from experiments.history.talking import told_by
from experiments.request import check_weeks
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.replication import prepare
from experiments.worlds.watch import Watch
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from simulation.state import Causes, World, makers_of
from simulation.week import CHANGE, CHOOSING, ENDING, SERVING, TALKING, live_parts
from simulation.world import recorded

MOST_SEAT_WEEKS: Final = 2_000_000
"""Seats times weeks at most: some 30 MB."""

MOST_PEOPLE_WEEKS: Final = 20_000_000
"""People times weeks, warm-up included, at most: some seconds."""

Rows = npt.NDArray[np.void]

_BITS: Final = (
    ("failed", FAILED),
    ("voiced", VOICED),
    ("recovered", RECOVERED),
    ("bounced", BOUNCED),
    ("delighted", DELIGHTED),
    ("familiar", FAMILIAR),
)


def live_histories(
    scenarios: tuple[Scenario, ...], seed: int, watch: Watch, *, weeks: int | None = None, most: int = CUSTOMERS
) -> tuple[History, ...]:
    """Live the first world of each of these scenarios with the same luck, one after the other.

    Threads would wait for each other more than they gain: after each week there is something to write down.
    weeks: by default the first one's. most: customers shown at most. Raises Mistake and Stopped.
    """
    length = check_weeks(scenarios[0], weeks)
    for scenario in scenarios:
        check_size(scenario, length)
    prepare()
    return tuple(live_history(scenario, seed, length, watch, most) for scenario in scenarios)


def check_size(scenario: Scenario, weeks: int) -> None:
    """Refuse what would take too long, or too much room, to look at. Raises Mistake."""
    people = scenario.customers.active + scenario.customers.prospects
    seats = 2 * scenario.organisation.employees
    if people * (weeks + scenario.warmup) > MOST_PEOPLE_WEEKS or seats * weeks > MOST_SEAT_WEEKS:
        raise Mistake(
            f"{people:,} customers and prospects and {scenario.organisation.employees:,} employees over {weeks} weeks "
            "are too many to follow one by one",
            hint="take a smaller organisation or fewer weeks",
        )


def live_history(scenario: Scenario, seed: int, weeks: int, watch: Watch, most: int = CUSTOMERS) -> History:
    """Live one world and keep what can be seen of it; Stopped between two weeks when the watch says so."""
    world = warmed_up(scenario, seed, 0, weeks, watch, log=True)
    keeper = Keeper(world, shown_people(scenario, seed, weeks, most), weeks)
    own = makers_of(world)
    causes = Causes(own, own, own)
    for week in range(1, weeks + 1):
        world.tally[0].events = world.tally[0].departures = 0
        live_parts(world, causes, (week, week), (CHANGE, SERVING))
        told = told_by(world, week, keeper.people)
        live_parts(world, causes, (week, week), (TALKING, TALKING))
        keeper.keep_messages(week, told)
        live_parts(world, causes, (week, week), (CHOOSING, ENDING))
        keeper.keep(week)
        watch.passed(1)
    return keeper.history(scenario, seed)


class Keeper:
    """Looks at a world at the end of each week and keeps what is to be seen later."""

    def __init__(self, world: World, people: npt.NDArray[np.int32], weeks: int) -> None:
        """people: numbers of the customers shown."""
        self.people = people
        self._world, self._weeks = world, weeks
        seats, leaders = len(world.employees), len(world.leaders)
        self._place = np.full(len(world.customers), -1, np.int32)
        self._place[people] = np.arange(len(people), dtype=np.int32)
        self._hired = np.zeros((weeks + 1, seats), np.int32)
        self._states = np.zeros((weeks + 1, seats, len(STATES)), np.uint8)
        self._adopted = np.zeros((weeks + 1, seats), np.bool_)
        self._leaders = np.zeros((weeks + 1, leaders, len(LEADER_STATES)), np.uint8)
        self._counts = np.zeros((weeks, seats, len(COUNTS)), np.uint16)
        self._totals = np.zeros((weeks, len(TOTALS)), np.int32)
        self._visits: list[npt.NDArray[np.void]] = []
        self._moves: list[npt.NDArray[np.void]] = []
        self._messages: list[npt.NDArray[np.void]] = []
        self._status = world.customers.status.copy()
        self._first = (self._status[people].astype(np.uint8), in_hundredths(world.customers.satisfaction[people]))
        self._stands = self._stand()
        self._customers = int((self._status == CUSTOMER).sum())
        self._look(0)

    def keep_messages(self, week: int, told: npt.NDArray[np.int8]) -> None:
        """Keep what is told and heard this week, while it is not yet taken in."""
        customers = self._world.customers
        good, bad = customers.heard_good[self.people], customers.heard_bad[self.people]
        who = np.flatnonzero((told != 0) | (good > 0) | (bad > 0))
        messages = np.zeros(len(who), MESSAGES)
        messages["week"], messages["person"], messages["told"] = week, who, told[who]
        messages["good"], messages["bad"] = good[who], bad[who]
        self._messages.append(messages)

    def keep(self, week: int) -> None:
        """Keep this week, which has just passed."""
        tally = self._world.tally[0]
        events = self._world.events[: tally.events].view(np.ndarray)
        departures = self._world.departures[: tally.departures].view(np.ndarray)
        self._look(week)
        self._count(week, events)
        self._keep_visits(events, departures)
        self._keep_moves(week, departures)

    def history(self, scenario: Scenario, seed: int) -> History:
        """All that was kept."""
        return History(
            scenario=scenario,
            seed=seed,
            replication=0,
            weeks=self._weeks,
            hired=self._hired,
            team=np.asarray(self._world.employees.team).copy(),
            states=self._states,
            adopted=self._adopted,
            leaders=self._leaders,
            counts=self._counts,
            totals=self._totals,
            customers=self._customers,
            people=self.people,
            status=self._first[0],
            satisfaction=self._first[1],
            visits=np.concatenate([np.zeros(0, VISIT), *self._visits]),
            moves=np.concatenate([np.zeros(0, MOVE), *self._moves]),
            messages=np.concatenate([np.zeros(0, MESSAGES), *self._messages]),
            stands=(self._stands, self._stand()),
            weekly=recorded(self._world, self._weeks).copy(),
        )

    def _look(self, week: int) -> None:
        employees, leaders = self._world.employees, self._world.leaders
        self._hired[week] = hired_weeks(self._world)
        self._adopted[week] = employees.adopted == 1
        for place, name in enumerate(STATES):
            self._states[week, :, place] = in_hundredths(employees[name])
        for place, name in enumerate(LEADER_STATES):
            self._leaders[week, :, place] = in_hundredths(leaders[name])

    def _count(self, week: int, events: Rows) -> None:
        counts = self._counts[week - 1]
        for place, name in enumerate(COUNTS):
            happened = np.ones(len(events), np.bool_) if name == "served" else events[name] == 1
            np.add.at(counts[:, place], events["employee"][happened], 1)
        self._totals[week - 1, : len(COUNTS)] = counts.sum(axis=0)

    def _keep_visits(self, events: Rows, departures: Rows) -> None:
        place = self._place[events["customer"]]
        shown = events[place >= 0]
        visits = np.zeros(len(shown), VISIT)
        visits["week"], visits["person"], visits["seat"] = shown["week"], place[place >= 0], shown["employee"]
        visits["satisfaction"] = in_hundredths(shown["satisfaction_after"])
        for name in ("step", "kind", *FELT):
            visits[name] = shown[name]
        for name, bit in _BITS:
            visits["happened"] |= np.where(shown[name] == 1, bit, 0).astype(np.uint8)
        visits["happened"] |= np.where(shown["surprise"] > 0.0, SURPRISED, 0).astype(np.uint8)
        gone = np.isin(shown["customer"], departures["customer"][: self._dropped()])
        visits["happened"] |= np.where(gone, GONE, 0).astype(np.uint8)
        self._visits.append(visits)

    def _keep_moves(self, week: int, departures: Rows) -> None:
        customers, tally = self._world.customers, self._world.tally[0]
        status = customers.status.copy()  # read once: a column of so many records is a walk through all of them
        moved = status[self.people] != self._status[self.people]
        moves = np.zeros(int(moved.sum()), MOVE)
        who = self.people[moved]
        moves["week"], moves["person"], moves["status"] = week, self._place[who], status[who]
        moves["expectation"], moves["felt"] = customers.expectation[who], customers.satisfaction[who]
        moves["satisfaction"] = in_hundredths(customers.satisfaction[who])
        self._moves.append(moves)
        joined = int(((status == CUSTOMER) & (self._status != CUSTOMER)).sum())
        self._status = status
        self._totals[week - 1, len(COUNTS) :] = (
            len(departures),
            self._dropped(),
            joined,
            int(tally.praised),
            int(tally.warned),
        )

    def _stand(self) -> npt.NDArray[np.void]:
        stand = np.zeros(len(self.people), STAND)
        for name in STAND.names or ():
            stand[name] = self._world.customers[name][self.people]
        return stand

    def _dropped(self) -> int:
        """How many left at once this week: they stand first among the departures."""
        dropped: Any = self._world.tally[0].dropped
        return int(dropped)
