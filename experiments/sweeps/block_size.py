"""How many cells a block has: seconds of work, not too many parts, and no more rows than memory holds with ease."""

import math
from collections.abc import Iterable
from typing import Final

from scenarios.scenario import Scenario

PEOPLE_WEEKS_A_SECOND: Final = 12e6
"""Roughly, of one core."""

SECONDS_A_RUN: Final = 0.005
"""Roughly, what a run costs however few people there are."""

SHORTEST: Final = 2.0
LONGEST: Final = 60.0
"""Seconds that a block should take, in a short sweep and in a very long one: what a kill can cost."""

PARTS: Final = 4_000
"""As many files are handled with ease."""

MOST_PARTS: Final = 20_000
BLOCKS_A_WORKER: Final = 8
"""In a short sweep: enough that all workers end at about the same time."""

MOST_VALUES: Final = 16_000_000
"""Rows times columns of a block: 128 MB."""


def block_cells(
    scenarios: Iterable[Scenario], *, cells: int, replications: int, weeks: int, values: int, workers: int
) -> int:
    """How many cells a block of this sweep should have.

    scenarios: some of its cells, to go by. values: numbers that are kept of a run.
    """
    a_run = seconds_a_run(scenarios, weeks)
    runs = cells * replications
    aim = min(max(a_run * runs / PARTS, SHORTEST), LONGEST)
    fair = a_run * runs / (BLOCKS_A_WORKER * workers) if workers > 1 else aim
    wanted = max(min(aim, fair) / a_run, runs / MOST_PARTS)
    return max(1, min(math.ceil(wanted), cells, MOST_VALUES // values))


def seconds_a_run(scenarios: Iterable[Scenario], weeks: int) -> float:
    """Roughly how long a run of these scenarios takes, on average."""
    seconds = [SECONDS_A_RUN + people_weeks(scenario, weeks) / PEOPLE_WEEKS_A_SECOND for scenario in scenarios]
    return sum(seconds) / len(seconds)


def people_weeks(scenario: Scenario, weeks: int) -> int:
    """Weeks lived by all customers and prospects of a world, warm-up included."""
    return (scenario.customers.active + scenario.customers.prospects) * (scenario.warmup + weeks)
