"""Small organisations for tests of the Mesa face, in which people come and go."""

from typing import Any, Final

import numpy as np

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from scenarios.loading import parse
from simulation.organisation import Organisation
from simulation.state import World

SMALL: Final = parse(
    """
    schema = 1
    name = "small"
    weeks = 40
    warmup = 4

    [organisation]
    employees = 12
    leaders = 3

    [customers]
    active = 250
    prospects = 250

    [[customers.segments]]
    name = "regulars"
    share = 0.6

    [[customers.segments]]
    name = "visitors"
    share = 0.4

    [[shocks]]
    kind = "staff"
    start = 3
    weeks = 1
    size = 0.5

    [[interventions]]
    block = "leadership"
    start = 6
    weeks = 30
    effort = 0.4
    """
)
"""Half of the staff leaves in week 3; their seats are filled afterwards."""

SEED: Final = 11


def small(rng: int = SEED, **more: Any) -> Organisation:
    """A model of the small organisation."""
    return Organisation(SMALL, rng=rng, **more)


def different(one: World, other: World) -> list[str]:
    """Names of the arrays that are not equal to the bit, up to the weeks that both have room for."""
    return [name for name in World._fields if not same_bits(getattr(one, name), getattr(other, name))]


def same_bits(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> bool:
    """Whether two arrays are equal to the bit, as far as the shorter one goes.

    Field by field: what lies in the padding between fields is chance, and a copy doesn't keep it.
    """
    length = min(len(one), len(other))
    if one.dtype.names is None:
        return one[:length].tobytes() == other[:length].tobytes()
    return all(one[name][:length].tobytes() == other[name][:length].tobytes() for name in one.dtype.names)


def employed(world: World) -> set[tuple[int, int]]:
    """Seat and week of hiring of everybody employed, from the records."""
    return {
        (seat, int(record["hired_week"])) for seat, record in enumerate(world.employees) if record["status"] == EMPLOYED
    }


def present(world: World) -> set[tuple[int, int]]:
    """Number and week of joining of every customer, from the records."""
    return {(i, int(record["joined_week"])) for i, record in enumerate(world.customers) if record["status"] == CUSTOMER}
