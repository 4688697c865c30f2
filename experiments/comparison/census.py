"""Who is where as a run begins and ends: what it takes to find each person's twin in another world."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.guarding import Guard
from experiments.worlds.replication import Lived, Replication
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import block_length, blocks
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import recorded

Mask = npt.NDArray[np.bool_]

LOOK: Final = 4
"""Weeks between two looks at the employees: whoever leaves is seen before a newcomer takes the seat, or else as they
were at most so many weeks before."""

NOBODY: Final = np.iinfo(np.int32).min
"""Stands where a seat was vacant or closed, among the weeks in which people came."""


@dataclass(frozen=True, slots=True)
class Census:
    """Customers by their number, employees by their seat, as week 1 begins and as the last week ends.

    hired: week in which the holder of the seat came, NOBODY where there was none as week 1 began; the other columns
    of seats are about this person. exhaustion: at the end, or as last seen before they left.
    """

    customer_before: Mask
    customer_after: Mask
    hired: npt.NDArray[np.int32]
    stayed: Mask
    exhaustion: npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Counted:
    """A replication that was lived, and the people in it."""

    lived: Lived
    census: Census


def live_counted(replication: Replication, watch: Watch) -> Counted:
    """Live all weeks of one replication and count its people; Stopped when the watch says so.

    Raises Violation for a week that cannot be true.
    """
    world = warmed_up(replication.scenario, replication.seed, replication.number, replication.weeks, watch)
    before, hired = are_customers(world), hired_weeks(world)
    exhaustion = np.full(hired.shape, np.nan, np.float32)
    guard = Guard(world, replication.weeks)
    for first, last in blocks(1, replication.weeks, min(LOOK, block_length(world))):
        live_weeks(world, first, last)
        guard.passed(last)
        np.copyto(
            exhaustion, world.employees.exhaustion, where=world.employees.hired_week == hired, casting="same_kind"
        )
        watch.passed(last - first + 1)
    stayed = (hired_weeks(world) == hired) & (hired != NOBODY)
    lived = Lived(weekly=recorded(world, replication.weeks).copy(), events=None, people=None)
    return Counted(lived, Census(before, are_customers(world), hired, stayed, exhaustion))


def are_customers(world: World) -> Mask:
    """Who is a customer now."""
    return np.asarray(world.customers.status == CUSTOMER)


def hired_weeks(world: World) -> npt.NDArray[np.int32]:
    """For each seat the week in which its holder came, NOBODY where there is none."""
    employees: Any = world.employees
    return np.where(employees.status == EMPLOYED, employees.hired_week, NOBODY).astype(np.int32)
