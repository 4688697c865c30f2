"""Whether the worlds that are asked for fit into this machine's memory: told before, not found out half-way."""

from collections.abc import Sequence
from typing import Final

from agents.customer import CUSTOMER_RECORD
from agents.encounter import ENCOUNTER
from effectchain.doctor import available_memory, megabytes
from experiments.request import cores
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from simulation.indicators import WEEKLY
from simulation.state import DEPARTURE

LISTED: Final = 12
"""Bytes of a person on the lists of a week: who comes, who is on the roll, and of which segment."""

COPIES: Final = 3
"""A weekly table stands as records, as columns and as a file on its way to the disk."""


def refuse_too_much(
    scenarios: Sequence[Scenario],
    *,
    weeks: int,
    replications: int,
    workers: int | None,
    events: bool = False,
    available: int | None = None,
) -> None:
    """Refuse what needs more memory than there is. Raises Mistake, with what is needed and what there is.

    available: bytes; by default what this machine has now. Where that is unknown nothing is refused.
    """
    free = available_memory() if available is None else available
    needed = memory_needed(scenarios, weeks=weeks, replications=replications, workers=workers, events=events)
    if free is not None and needed > free:
        raise Mistake(
            f"this needs about {megabytes(needed)} of memory, and {megabytes(free)} is free",
            hint="ask for fewer customers and prospects, replications or weeks, or for --workers 1",
        )


def memory_needed(
    scenarios: Sequence[Scenario], *, weeks: int, replications: int, workers: int | None, events: bool
) -> int:
    """Bytes for the worlds that live at the same time, and for the weekly tables of all."""
    at_once = min(workers or cores(), replications * len(scenarios))
    largest = max(scenario.customers.active + scenario.customers.prospects for scenario in scenarios)
    person = CUSTOMER_RECORD.itemsize + LISTED + (ENCOUNTER.itemsize + DEPARTURE.itemsize if events else 0)
    rows = weeks * replications * len(scenarios)
    return at_once * largest * person + COPIES * rows * WEEKLY.itemsize
