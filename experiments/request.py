"""What may be asked of a run: each number within its range, and no table larger than memory."""

import os
from typing import Final, SupportsIndex

from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario
from scenarios.table import LAST_WEEK

MOST_REPLICATIONS: Final = 1_000_000
MOST_WORKERS: Final = 1_024
LARGEST_SEED: Final = 2**63 - 1
"""What the `seed` column of a table can hold."""

MOST_WEEKS: Final = 5_000_000
"""Rows of a weekly table: about 4 GB."""

MOST_ROWS: Final = 30_000_000
"""Rows of an encounter log or of people's snapshots: about 7 GB."""


def whole_number(name: str, value: object, low: int, high: int) -> int:
    """The value, when it is a whole number from low to high. Raises Mistake, which names it, for anything else."""
    if isinstance(value, SupportsIndex) and not isinstance(value, bool) and low <= value.__index__() <= high:
        return value.__index__()
    raise Mistake(f"must be a whole number from {low} to {high}", f"{name} = {shown(value)}")


def threads_of(workers: int | None) -> int:
    """How many threads or processes: as many as asked for, or one a core. Raises Mistake."""
    return cores() if workers is None else whole_number("workers", workers, 1, MOST_WORKERS)


def cores() -> int:
    """Processor cores that this process may use, which can be fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_room(scenarios: list[Scenario], weeks: int, replications: int) -> None:
    """Refuse a weekly table that no memory holds. Raises Mistake."""
    _fits("weekly table", len(scenarios) * weeks * replications, MOST_WEEKS, "fewer weeks or replications")


def check_room_for_encounters(scenario: Scenario, weeks: int, replications: int) -> None:
    """Refuse an encounter log that no memory holds, by the encounters to be expected. Raises Mistake."""
    expected = expected_encounters(scenario) * weeks * replications
    _fits("encounter log", round(expected), MOST_ROWS, "fewer weeks or replications, or a smaller organisation")


def check_room_for_people(scenario: Scenario, weeks: int, replications: int, every: int) -> None:
    """Refuse snapshots of people that no memory holds. Raises Mistake."""
    people = scenario.customers.active + scenario.organisation.employees + scenario.organisation.leaders
    rows = people * (weeks // every + 1) * replications
    _fits("table of people", rows, MOST_ROWS, "snapshots less often, or fewer weeks or replications")


def expected_encounters(scenario: Scenario) -> float:
    """Encounters in an ordinary week, with as many customers as at the start."""
    visits = sum(segment.share * segment.visits for segment in scenario.customers.segments)
    return scenario.customers.active * visits


def check_weeks(scenario: Scenario, weeks: int | None) -> int:
    """How many weeks are recorded: those asked for, or else the scenario's. Raises Mistake."""
    return scenario.weeks if weeks is None else whole_number("weeks", weeks, 1, LAST_WEEK)


def check_luck(replications: int, seed: int) -> tuple[int, int]:
    """Number of replications and seed. Raises Mistake."""
    return (
        whole_number("replications", replications, 1, MOST_REPLICATIONS),
        whole_number("seed", seed, 0, LARGEST_SEED),
    )


def _fits(what: str, rows: int, most: int, instead: str) -> None:
    if rows > most:
        raise Mistake(
            f"the {what} would have about {rows:,} rows; at most {most:,} fit into memory", hint=f"ask for {instead}"
        )
