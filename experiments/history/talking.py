"""Who talks about the organisation in a week, and who hears of it: for many customers at once."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from agents.loyalty import chance_to_praise, chance_to_warn
from simulation.luck import HALF, HALF_STEP, MASK, STEP, TALK, WEEK_OFFSET, philox
from simulation.state import World

PRAISED: Final = 1
WARNED: Final = -1

Numbers = npt.NDArray[np.int32]


def for_many(rule: Callable[..., float]) -> Callable[..., Any]:
    """A rule about one person as one about many, each number being a column: the same formula, not a copy."""
    assert isinstance(rule, FunctionType)  # noqa: S101  rules are plain functions unless compiled code calls them
    instead = {"share": lambda column: np.clip(column, 0.0, 1.0), "max": np.maximum, "min": np.minimum}
    return FunctionType(rule.__code__, {**rule.__globals__, **instead})


_praise, _warn = for_many(chance_to_praise), for_many(chance_to_warn)


class Columns:
    """Columns of some records, taken when they are asked for: rows as wholes would be copied whole."""

    def __init__(self, records: Any, rows: Numbers) -> None:
        self._records, self._rows = records.view(np.ndarray), rows

    def __getattr__(self, name: str) -> Any:
        return self._records[name][self._rows]


def told_by(world: World, week: int, people: Numbers) -> npt.NDArray[np.int8]:
    """PRAISED, WARNED or 0 for each of these, in a week that has come to where people talk."""
    customers, p = Columns(world.customers, people), world.parameters[0]
    chance = talk_draws(world, week, people)
    praises = chance < _praise(customers, p)
    warns = ~praises & (chance > 1.0 - _warn(customers, p))
    told = np.where(praises, PRAISED, np.where(warns, WARNED, 0))
    return np.asarray(np.where(customers.status == CUSTOMER, told, 0), np.int8)


def talk_draws(world: World, week: int, people: Numbers) -> npt.NDArray[np.float64]:
    """The first draw of simulation.luck.four for talking, of each of these."""
    key = world.settings[0].key
    draw: Any = philox  # takes columns as well as numbers
    who = people.astype(np.uint64)
    nobody = np.zeros_like(who)
    first, _, _, _ = draw(
        who, nobody, nobody + np.uint64(week + WEEK_OFFSET), nobody + np.uint64(TALK), key & MASK, key >> HALF
    )
    return np.asarray(first.astype(np.float64) * STEP + HALF_STEP)
