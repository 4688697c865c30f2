"""Employees and customers at the end of the year: states, what they are likely to do, and what they went through."""

from collections.abc import Mapping
from math import exp, log
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from agents.loyalty import chance_to_praise, chance_to_warn
from agents.records import Record
from agents.turnover import absence, chance_to_quit
from experiments.one_person import leaving_hazard
from experiments.validation.encounters import FEWEST, YEAR
from experiments.validation.patterns.satisfied_leave import SATISFIED
from simulation.serving import DEMANDING_FROM
from simulation.state import World

Column = npt.NDArray[np.float64]

DISSATISFIED: Final = 0.5
"""A mark of 5.5, below which a Dutch school fails people."""

ASKED: Final = 200
"""Customers a unit that are looked at, or up to twice as many, so that they lie evenly over all."""

ENOUGH: Final = 20
"""Encounters of an employee from which a mean is taken."""

RECENT: Final = 26
"""Weeks over which an employee's encounters count."""


def employees(world: World, events: Record) -> Mapping[str, Column]:
    """A column a variable, an entry an employee; NaN where somebody served too few."""
    p = world.parameters[0]
    seats = np.flatnonzero(world.employees.status == EMPLOYED)
    held = world.employees[seats]
    leaders = [world.leaders[int(person.team)] for person in held]
    quits = [
        chance_to_quit(person, leader, 1.0, float(YEAR - person.hired_week), p)
        for person, leader in zip(held, leaders, strict=True)
    ]
    states = ("engagement", "autonomy", "exhaustion", "values_fit")
    return {name: np.array(held[name], dtype="f8") for name in states} | {
        "style": np.array([leader.style for leader in leaders], dtype="f8"),
        "leaving": np.array([log(max(chance, 1e-9)) for chance in quits], dtype="f8"),
        "absence": np.array([absence(person, p) for person in held], dtype="f8"),
        **encounters_of(world, seats, events),
    }


def encounters_of(world: World, seats: npt.NDArray[np.int64], events: Record) -> dict[str, Column]:
    """How well each was perceived to serve, and how far demanding customers felt short-changed, lately."""
    recent = events[(events["employee"] >= 0) & (events["week"] > YEAR - RECENT)]
    mine = recent[recent["week"] >= world.employees.hired_week[recent["employee"]]]
    size = len(world.employees)
    count = np.bincount(mine["employee"], minlength=size)
    demanding = world.customers.demandingness[mine["customer"]] > DEMANDING_FROM
    short = np.where(demanding, np.maximum(mine["expectation"] - mine["performance"], 0.0), 0.0)
    enough = np.where(count >= ENOUGH, count, np.nan)
    return {
        "served_well": (np.bincount(mine["employee"], mine["performance"], size) / enough)[seats],
        "stressor": (np.bincount(mine["employee"], short, size) / enough)[seats],
    }


def customers(world: World, events: Record) -> Mapping[str, Column]:
    """A column a variable, an entry a customer: ASKED of them or somewhat more, spread evenly over all."""
    p = world.parameters[0]
    numbers = np.flatnonzero(world.customers.status == CUSTOMER)
    numbers = numbers[:: max(1, len(numbers) // ASKED)]
    asked = [world.customers[number] for number in numbers]
    complained = np.bincount(events["customer"], events["voiced"] == 1, len(world.customers))[numbers]
    return {
        "satisfaction": np.array([one.satisfaction for one in asked], dtype="f8"),
        "staying": np.array([stays(one, p) for one in asked], dtype="f8"),
        "warning": np.array([chance_to_warn(one, p) for one in asked], dtype="f8"),
        "complained": np.minimum(complained, 1.0),
        "fairness": np.array([one.fair_price for one in asked], dtype="f8"),
    }


def stays(customer: Record, p: Record) -> float:
    """Chance to stay for another year at the usual price and with a rival as good as usual."""
    tenure = max(0.0, float(YEAR - customer.joined_week))
    return exp(-YEAR * leaving_hazard(customer, tenure, 0.0, 0.0, p))


def who_was_satisfied(before: Any, departures: Record) -> dict[str, float]:
    """Of the customers as the year began who gave a mark of 7 or more, the share that left in it."""
    satisfied = np.flatnonzero((before["status"] == CUSTOMER) & (before["satisfaction"] >= SATISFIED))
    left = np.isin(satisfied, departures["customer"])
    return {"satisfied_left": float(left.mean()) if left.size else float("nan")}


def told(world: World) -> float:
    """How many people a dissatisfied customer tells for each that a satisfied one does; NaN where few are either."""
    p = world.parameters[0]
    satisfaction = np.where(world.customers.status == CUSTOMER, world.customers.satisfaction, np.nan)
    bad, good = (
        [tell(world.customers[number], p) for number in np.flatnonzero(chosen)[:ASKED]]
        for tell, chosen in (
            (chance_to_warn, satisfaction < DISSATISFIED),
            (chance_to_praise, satisfaction >= SATISFIED),
        )
    )
    return float(np.mean(bad) / np.mean(good)) if min(len(bad), len(good)) >= FEWEST else float("nan")
