"""What each run of a finished sweep comes to in one indicator: refused where a number is missing or tells nothing."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from results.errors import ResultsError
from results.final_years import indicators_of
from results.nearest import nearest
from results.statistics import FLOWS, MAY_BE_ABSENT
from results.sweeps.store import SweepStore
from results.words import harmless

Numbers = npt.NDArray[np.float64]

MOST_NAMED: Final = 5

_STATES: Final = {"done": 1, "failed": 2}


@dataclass(frozen=True, eq=False)
class Outcomes:
    """One number a run: `values` has a row for each cell, in their order, and a column for each replication.

    weeks: how many the numbers stand for. left_out: replications that are not finished in all cells.
    """

    indicator: str
    weeks: int
    values: Numbers
    left_out: int

    @property
    def means(self) -> Numbers:
        """The mean over the replications, one a cell."""
        return np.asarray(self.values.mean(axis=1))

    @property
    def replications(self) -> int:
        """How many replications there are of each cell."""
        return int(self.values.shape[1])

    def luck(self) -> float | None:
        """The part of the variance between cells that is luck; None where one replication cannot tell.

        What luck does to all cells alike, which share it, does not count; only how cells differ in it.
        """
        cells, replications = self.values.shape
        if replications < 2 or cells < 2:
            return None
        cell, world = self.values.mean(axis=1, keepdims=True), self.values.mean(axis=0, keepdims=True)
        rest = self.values - cell - world + self.values.mean()
        noise = float((rest**2).sum() / ((cells - 1) * (replications - 1)) / replications)
        return min(1.0, noise / float(cell.var(ddof=1)))


def outcomes(store: SweepStore, indicator: str, weeks: int = 52) -> Outcomes:
    """The indicator in the last `weeks` weeks of each run: the sum of FLOWS, the mean of all else.

    Only replications that are finished in all cells count. Raises ResultsError for an indicator that is not kept, for
    a sweep in which no replication is finished, and, naming the first cells, for runs that failed or have no number;
    also where the number is the same in all cells.
    """
    state = _states(store)
    whole = (state > 0).all(axis=0)
    if not whole.any():
        raise ResultsError(
            f"The sweep is not finished: of {state.size:,} runs {int((state == 0).sum()):,} are missing, and no "
            "replication is there in all cells. Give the sweep's command again to go on."
        )
    _refuse_cells(_cells_where((state == _STATES["failed"])[:, whole]), "failed", "see `effectchain status`")
    values, span = _values(store, indicator, weeks)
    values = values[:, whole]
    _refuse_cells(_cells_where(~np.isfinite(values)), f"have no value of '{indicator}'", "its weeks are all empty")
    _refuse_constant(values, indicator)
    return Outcomes(indicator, span, values, int((~whole).sum()))


def _states(store: SweepStore) -> npt.NDArray[np.int8]:
    """0 for a run that is missing, 1 done, 2 failed; a row a cell, a column a replication."""
    found = np.zeros((store.cells, store.replications), "i1")
    runs = store.runs()
    cell, replication = (runs.column(name).to_numpy() for name in ("cell", "replication"))
    found[cell, replication] = [_STATES[status] for status in runs.column("status").to_pylist()]
    return found


def _values(store: SweepStore, indicator: str, weeks: int) -> tuple[Numbers, int]:
    """The number of each run, NaN where there is none, and how many weeks it stands for."""
    _check_indicator(store, indicator)
    last = _last_week(store)
    span = min(weeks, last)
    total, present, rows = np.zeros((3, store.cells * store.replications))
    for batch in store.batches(["cell", "replication", "week", indicator]):
        cell, replication, week, values = (batch.column(place).to_numpy(zero_copy_only=False) for place in range(4))
        late = week > last - weeks
        place, values = (cell * store.replications + replication)[late], values[late].astype("f8")
        counts = np.isfinite(values) if indicator in MAY_BE_ABSENT else np.ones(values.size, dtype=bool)
        np.add.at(total, place, np.where(counts, values, 0.0))
        np.add.at(present, place, counts)
        np.add.at(rows, place, 1.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        found = total / present
        if indicator in FLOWS:
            found = np.where(rows == span, total, total / rows * span)
    return found.reshape(store.cells, store.replications), span


def _check_indicator(store: SweepStore, indicator: str) -> None:
    schema = next(iter(store.batches(rows=1))).schema
    kept = indicators_of(schema, store.design().column_names)
    if indicator not in kept:
        raise ResultsError(f"The sweep keeps no indicator '{harmless(indicator, 60)}'; {nearest(indicator, kept)}.")


def _last_week(store: SweepStore) -> int:
    """The last week of every run, which is always kept."""
    weeks = (batch.column(0).to_numpy(zero_copy_only=False) for batch in store.batches(["week"]))
    found = [int(week.max()) for week in weeks if week.size]
    if not found:
        raise ResultsError("The sweep has no weeks: all of its runs failed.")
    return max(found)


def _cells_where(wrong: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.asarray(np.flatnonzero(wrong.any(axis=1)))


def _refuse_cells(cells: npt.NDArray[np.int64], what: str, hint: str) -> None:
    if cells.size:
        named = ", ".join(map(str, cells[:MOST_NAMED].tolist())) + (", …" if cells.size > MOST_NAMED else "")
        raise ResultsError(
            f"{cells.size:,} cell{'s' if cells.size > 1 else ''} {what} (cell {named}): {hint}. An analysis that left "
            "them out would mislead."
        )


def _refuse_constant(values: Numbers, indicator: str) -> None:
    means = values.mean(axis=1)
    if means.size < 2 or np.ptp(means) == 0.0:
        raise ResultsError(
            f"'{indicator}' is {means[0]:g} in all {means.size:,} cells, from cell 0 on: no factor moves it, so there "
            "is nothing to explain."
        )
