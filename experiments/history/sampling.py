"""Who is shown of many customers: a keyed draw, so that the same seed shows the same people."""

from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt

from experiments.request import expected_encounters
from scenarios.scenario import Scenario

CUSTOMERS: Final = 3_000
"""Customers shown at most, of those who are customers in the beginning as the scenario has it."""

VISITS: Final = 150_000
"""Encounters of those shown at most, as far as they can be foreseen: some 5 MB."""

Numbers = npt.NDArray[np.int32]


def shown_people(scenario: Scenario, seed: int, weeks: int, most: int = CUSTOMERS) -> Numbers:
    """Numbers of the customers and prospects who are shown, in order; everybody where there is room for all.

    most: customers shown at most; prospects are drawn in the same part. Who is among few is also among more.
    """
    people = scenario.customers.active + scenario.customers.prospects
    order = drawn_order(seed, people)
    return np.sort(order[: round(people * shown_part(scenario, weeks, most))])


def shown_part(scenario: Scenario, weeks: int, most: int = CUSTOMERS) -> float:
    """Which part of all customers and prospects is shown."""
    foreseen = expected_encounters(scenario) * weeks
    return min(1.0, most / max(1, scenario.customers.active), VISITS / max(1.0, foreseen))


def drawn_order(seed: int, people: int) -> Numbers:
    """All numbers below `people` in an order that the seed decides.

    Each person's place comes from raw words of Philox, whose stream is fixed, so that NumPy's version plays no part.
    """
    key = int.from_bytes(blake2b(f"effectchain shown {seed}".encode(), digest_size=16).digest(), "little")
    return np.argsort(np.random.Philox(key=key).random_raw(people), kind="stable").astype(np.int32)
