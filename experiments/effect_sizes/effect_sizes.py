"""Effect sizes of a population of units beside the published ones."""

import time
from collections.abc import Sequence
from threading import Event
from typing import Final

from experiments.effect_sizes.measures import MEASURES, Population
from experiments.effect_sizes.published import published
from experiments.effect_sizes.unit import Job, live
from experiments.population import FIRMS, population
from experiments.request import LARGEST_SEED, whole_number
from experiments.worlds.workers import Progress, in_threads
from results.effect_sizes.table import EffectSize, EffectSizes, Published
from scenarios.loading import load

FEWEST: Final = 40
"""Units below which nothing is said: four a firm."""

MOST: Final = 2_000

CENTRES: Final = "contact_centre"
UNITS_A_CENTRE: Final = 4
APART: Final = 1_000_000
"""Between the replication numbers of units and of contact centres, so that they share no luck."""


def effect_sizes(
    units: int = 200,
    *,
    seed: int = 1,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> EffectSizes:
    """Live a population of units of ten firms for a recorded year, each with luck of its own, and measure all rows.

    Raises Mistake for numbers that cannot be, and Stopped as `in_threads` does.
    """
    count = whole_number("units", units, FEWEST, MOST)
    jobs = jobs_of(count, whole_number("seed", seed, 0, LARGEST_SEED))
    weeks = sum(job.all_weeks for job in jobs)
    started = time.process_time()
    lived = in_threads(jobs, live, weeks, workers=workers, on_progress=on_progress, stop=stop)
    rows = measured(Population(lived[:count], lived[count:]))
    return EffectSizes(rows, count, FIRMS, seed, time.process_time() - started)


def jobs_of(units: int, seed: int) -> list[Job]:
    """The units, and after them a quarter as many contact centres, of which only the year's figures are asked."""
    centres = population(units // UNITS_A_CENTRE, seed=seed, base=load(CENTRES))
    return [
        *(Job(unit, number, seed) for number, unit in enumerate(population(units, seed=seed))),
        *(Job(unit, APART + number, seed, is_read=False) for number, unit in enumerate(centres)),
    ]


def measured(lived: Population) -> Sequence[EffectSize]:
    """All rows of the table on these units."""
    return [_row(row, lived) for row in published()]


def _row(row: Published, lived: Population) -> EffectSize:
    if row.id not in MEASURES:
        return EffectSize(row, None)
    return EffectSize(row, *MEASURES[row.id](lived))
