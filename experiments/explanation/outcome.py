"""The outcome that an analysis is about: one indicator, what a replication comes to, and its course by week."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.records import Record
from results.statistics import final_year
from scenarios.errors import Mistake, did_you_mean
from simulation.indicators import INDICATORS


def check_indicator(name: str) -> str:
    """The indicator's name. Raises Mistake, with the nearest one, where there is none of this name."""
    if name not in INDICATORS:
        near = did_you_mean(name, INDICATORS)
        raise Mistake("there is no such indicator", f"indicator = {name!r}", hint=near or "see the weekly table")
    return name


def course(weekly: Record, indicator: str) -> npt.NDArray[np.float64]:
    """The indicator week by week."""
    return np.array(weekly[indicator], dtype="f8")


def final_values(courses: Sequence[npt.NDArray[np.float64]], indicator: str) -> npt.NDArray[np.float64]:
    """What each replication comes to in its last year: the sum of a flow, the mean of anything else.

    courses: one a replication, all of one length. Raises Mistake where one has no value in all that year.
    """
    weeks = len(courses[0])
    table = pa.table(
        {
            "scenario": ["one"] * (weeks * len(courses)),
            "replication": np.repeat(np.arange(len(courses)), weeks),
            "week": np.tile(np.arange(1, weeks + 1), len(courses)),
            indicator: np.concatenate(courses),
        }
    )
    values = final_year(table).column("value").to_numpy()
    missing = np.flatnonzero(~np.isfinite(values))
    if missing.size:
        raise Mistake(
            f"'{indicator}' has no value in the last year of replication {missing[0]}: there was nothing to measure",
            hint="choose another indicator, or a larger organisation",
        )
    return np.asarray(values)
