"""How an indicator goes over the weeks: the mean of all worlds and the band that holds most of them."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from results.errors import ResultsError
from results.statistics import FLOWS, KEYS

BAND = 0.8
"""Share of the worlds between the lower and the upper edge of a band."""

WEEKS_A_YEAR = 52
QUARTER = 13

Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One indicator of one scenario: weeks since the start, mean over the worlds, and the band's edges.

    Flows are at a yearly rate, each point the mean of the quarter before it. A single world has no band: low and high
    are then its own line. NaN where no world has a value.
    """

    name: str
    weeks: npt.NDArray[np.int64]
    mean: Curve
    low: Curve
    high: Curve


def trajectories(worlds: Mapping[str, pa.Table], indicator: str) -> list[Trajectory]:
    """One trajectory per scenario, in the order given. ResultsError where a table lacks the indicator or weeks."""
    return [_trajectory(name, weekly, indicator) for name, weekly in worlds.items()]


def _trajectory(name: str, weekly: pa.Table, indicator: str) -> Trajectory:
    return trajectory(name, indicator, *lines_of_worlds(name, weekly, indicator))


def trajectory(name: str, indicator: str, weeks: npt.NDArray[np.int64], lines: Curve) -> Trajectory:
    """The trajectory of one line a world, as lines_of_worlds gives them."""
    if indicator in FLOWS:
        lines = WEEKS_A_YEAR * _quarter_before(lines)
    edges = (0.5 - BAND / 2.0, 0.5 + BAND / 2.0)
    if len(lines) == 1:
        return Trajectory(name, weeks - weeks[0], lines[0], lines[0], lines[0])
    if np.isfinite(lines).all():  # the same numbers, twenty times faster
        low, high = np.quantile(lines, edges, axis=0)
        return Trajectory(name, weeks - weeks[0], lines.mean(axis=0), low, high)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a week in which no world has a value stays NaN
        low, high = np.nanquantile(lines, edges, axis=0)
        return Trajectory(name, weeks - weeks[0], np.nanmean(lines, axis=0), low, high)


def lines_of_worlds(name: str, weekly: pa.Table, indicator: str) -> tuple[npt.NDArray[np.int64], Curve]:
    """The weeks, and one line per replication. ResultsError where the table lacks the indicator or weeks."""
    if indicator not in weekly.column_names or indicator in KEYS:
        raise ResultsError(f"The weekly table of '{name}' has no indicator '{indicator}'.")
    week, replication = (weekly.column(key).to_numpy() for key in ("week", "replication"))
    order = np.lexsort((week, replication))
    weeks, count = np.unique(week), np.unique(replication).size
    if count == 0 or not np.array_equal(week[order], np.tile(weeks, count)):
        raise ResultsError(f"The weekly table of '{name}' does not have the same weeks in every replication.")
    values = weekly.column(indicator).to_numpy().astype("f8")[order]
    return weeks.astype("i8"), values.reshape(count, weeks.size)


def _quarter_before(lines: Curve) -> Curve:
    """Each point the mean of itself and the twelve before it, as far as they exist."""
    total = np.cumsum(lines, axis=1)
    total[:, QUARTER:] -= total[:, :-QUARTER].copy()
    return np.asarray(total / np.minimum(np.arange(1, lines.shape[1] + 1), QUARTER))
