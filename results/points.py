"""The points of a finished folder: one a cell of a sweep or a run of an ensemble, with its factors and its final year.

DuckDB sums up the weekly rows, so that a hundred thousand cells are a table of a hundred thousand rows, whatever the
number of weeks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from results.errors import ResultsError
from results.final_years import indicators_of
from results.folders.query import answer
from results.folders.run import Run
from results.folders.tables import tables_of
from results.indicators import INDICATORS
from results.statistics import FLOWS, LAST_WEEKS, MAY_BE_ABSENT
from results.sweeps.store import SweepStore

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

MEMORY: Final = "1GB"
MOST_VALUES: Final = 8
"""Different values of a factor up to which each is a group of its own; of more, the range is cut."""

PIECES: Final = 5
QUARTERS: Final = (5.0, 25.0, 50.0, 75.0, 95.0)
SCENARIO: Final = "scenario"


@dataclass(frozen=True, eq=False)
class Points:
    """All points: `numbers` names them, `factors` and `levels` have a value for each, `worlds` counts their runs.

    levels: of each indicator the final year, the mean over the point's worlds; NaN where there is none.
    """

    numbers: Places
    factors: Mapping[str, Sequence[Any]]
    levels: Mapping[str, Numbers]
    worlds: Places
    _axes: dict[str, "Axis"] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return int(self.numbers.size)

    def axis(self, name: str) -> "Axis":
        """A factor or an indicator along an axis. Raises ResultsError for a name that there is not."""
        if name not in self.levels and name not in self.factors:
            raise ResultsError(f"There is no '{name[:60]}' here.")
        if name not in self._axes:
            known = self.levels.get(name)
            self._axes[name] = _axis(name, self.factors[name]) if known is None else Axis(name, known, ())
        return self._axes[name]

    def table(self) -> pa.Table:
        """One row a point: its number, its factors, its worlds and its final year."""
        columns = {"point": self.numbers, **self.factors, "worlds": self.worlds, **self.levels}
        return pa.table({name: pa.array(values, from_pandas=True) for name, values in columns.items()})

    def sample(self, most: int) -> Places:
        """Places of at most so many points, every point as likely as any other, and each time the same."""
        if len(self) <= most:
            return np.arange(len(self))
        return np.sort(np.random.default_rng(0).choice(len(self), most, replace=False))


@dataclass(frozen=True, eq=False)
class Axis:
    """One number a point; names: what the numbers 0, 1, 2 … stand for, empty for numbers that are themselves."""

    name: str
    values: Numbers
    names: tuple[str, ...]

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest; a little apart where all are the same."""
        found = self.values[np.isfinite(self.values)]
        if self.names or not found.size:
            return -0.5, max(len(self.names), 1) - 0.5
        low, high = float(found.min()), float(found.max())
        room = 0.04 * (high - low) or max(abs(low) * 0.02, 1e-6)
        return low - room, high + room


@dataclass(frozen=True, slots=True)
class Group:
    """Points at one value of a factor, or in a piece of its range (low to high), and how an indicator spreads there.

    spread: what 5, 25, 50, 75 and 95 % of the points stay under.
    """

    name: str
    low: float
    high: float
    count: int
    spread: tuple[float, ...]


def points_of(opened: Run | SweepStore) -> Points:
    """The points of a folder as far as it is finished. Raises ResultsError where it is damaged or nothing is there."""
    tables = tables_of(opened)
    if "weekly" not in tables:
        raise ResultsError("No run is finished yet.")
    schema = tables["weekly"].schema
    keys = ("cell",) if isinstance(opened, SweepStore) else (SCENARIO, "replication")
    kept = [name for name in indicators_of(schema) if name in INDICATORS]
    with answer(tables, _question(kept, keys), memory=MEMORY) as reader:
        found = reader.read_all()
    levels = {name: _numbers(found.column(name)) for name in kept}
    worlds = found.column("worlds").to_numpy()
    if isinstance(opened, SweepStore):
        cells = found.column("cell").to_numpy()
        design = opened.design()
        factors = {name: design.column(name).take(cells).to_pylist() for name in design.column_names if name != "cell"}
        return Points(cells, factors, levels, worlds)
    return Points(np.arange(found.num_rows), {SCENARIO: found.column(SCENARIO).to_pylist()}, levels, worlds)


def groups(factor: Axis, levels: Numbers) -> list[Group]:
    """How the levels spread at each value of a factor, or in pieces of its range with equally many points."""
    known = np.isfinite(levels) & np.isfinite(factor.values)
    along, levels = factor.values[known], levels[known]
    return [_group(factor, along[inside], levels[inside]) for inside in _cut(along)]


def within(x: Axis, y: Axis, bounds: tuple[float, float, float, float]) -> Places:
    """Places of the points between these ends of both axes: lowest and highest x, lowest and highest y."""
    low_x, high_x, low_y, high_y = bounds
    inside = (x.values >= low_x) & (x.values <= high_x) & (y.values >= low_y) & (y.values <= high_y)
    return np.asarray(np.flatnonzero(inside))


def _question(indicators: Sequence[str], keys: Sequence[str]) -> str:
    """SQL: the final year of each run, then the mean over the worlds of each point."""
    runs = ", ".join(f'{_of_run(name)} AS "{name}"' for name in indicators)
    means = ", ".join(f'avg("{name}") AS "{name}"' for name in indicators)
    by, comma = ", ".join(keys), ", " if indicators else ""
    run = ", ".join(dict.fromkeys([*keys, "replication"]))
    return (
        f"WITH ends AS (SELECT max(week) AS last, least({LAST_WEEKS}, max(week)) AS span FROM weekly), "  # noqa: S608
        f"years AS (SELECT {run}{comma}{runs} FROM weekly, ends WHERE week > last - {LAST_WEEKS} GROUP BY {run}) "
        f"SELECT {by}, count(*) AS worlds{comma}{means} FROM years GROUP BY {by} ORDER BY {by}"
    )


def _of_run(name: str) -> str:
    """The final year of one indicator: the sum of a flow, the mean of all else, as `results.statistics` has it."""
    if name in FLOWS:
        return f'sum("{name}") / count(*) * any_value(span)'
    known = f' FILTER (WHERE NOT isnan("{name}"))' if name in MAY_BE_ABSENT else ""
    return f'avg("{name}"){known}'


def _numbers(column: pa.ChunkedArray) -> Numbers:
    return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False))


def _axis(name: str, values: Sequence[Any]) -> Axis:
    if all(value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)) for value in values):
        return Axis(name, np.array([np.nan if value is None else value for value in values], float), ())
    names = tuple(dict.fromkeys("" if value is None else str(value) for value in values))
    place = {one: number for number, one in enumerate(names)}
    return Axis(name, np.array([place["" if value is None else str(value)] for value in values], float), names)


def _cut(along: Numbers) -> Iterator[npt.NDArray[np.bool_]]:
    different = np.unique(along)
    if different.size <= MOST_VALUES:
        yield from (along == value for value in different)
        return
    edges = np.quantile(along, np.linspace(0.0, 1.0, PIECES + 1))
    place = np.clip(np.searchsorted(edges, along, side="right") - 1, 0, PIECES - 1)
    yield from (inside for piece in range(PIECES) if (inside := place == piece).any())


def _group(factor: Axis, along: Numbers, levels: Numbers) -> Group:
    low, high = float(along.min()), float(along.max())
    name = factor.names[int(low)] if factor.names else ""
    return Group(name, low, high, int(levels.size), tuple(np.percentile(levels, QUARTERS).tolist()))
