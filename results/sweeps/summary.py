"""What came of a sweep so far: how far it is, what failed, and between which levels its cells lie."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from results.chain import chain_links
from results.final_years import final_years, indicators_of
from results.indicators import INDICATORS, Indicator
from results.statistics import KEYS
from results.sweeps.parts import Failure
from results.sweeps.reading import Rows
from results.sweeps.store import SweepStore

FIRST_CELLS: Final = 5
"""Of a kind of failure, told by number."""

ROWS_AT_ONCE: Final = 65_536

A_LINK: Final = 2
"""Indicators shown of each link of the chain."""

_QUARTERS: Final = (0.0, 25.0, 50.0, 75.0, 100.0)


@dataclass(frozen=True, slots=True)
class FailureKind:
    """Runs that failed alike, at one stage with one kind of error: how many, of how many cells, and the first of each.

    cells: the first few, by number.
    """

    stage: str
    type: str
    message: str
    runs: int
    all_cells: int
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Between which levels an indicator's final year lies over the cells, each cell the mean of its replications.

    levels: lowest, first quarter, middle, third quarter, highest. lowest, highest: numbers of the cells at the ends.
    """

    indicator: Indicator
    levels: tuple[float, float, float, float, float]
    lowest: int
    highest: int

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        names = ("low", "first_quarter", "middle", "third_quarter", "high")
        cells = {"lowest_cell": self.lowest, "highest_cell": self.highest}
        return {"indicator": self.indicator.name, **dict(zip(names, self.levels, strict=True)), **cells}


@dataclass(frozen=True, slots=True)
class SweepSummary:
    """What was asked, how far it is, what failed and what came out."""

    cells: int
    replications: int
    done: int
    failed: int
    failures: tuple[FailureKind, ...]
    factors: tuple[str, ...]
    spreads: tuple[Spread, ...]
    cells_seen: int

    @property
    def runs(self) -> int:
        """How many runs were asked for."""
        return self.cells * self.replications

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        asked = {"cells": self.cells, "replications": self.replications, "runs": self.runs}
        found = {"done": self.done, "failed": self.failed, "failures": [asdict(one) for one in self.failures]}
        spreads = [one.as_data() for one in self.spreads]
        return {**asked, **found, "factors": list(self.factors), "final_year": spreads}


def summarise(store: SweepStore, sector: str = "commercial") -> SweepSummary:
    """Read the finished parts, one at a time, and sum them up. Raises ResultsError where one is damaged."""
    parts = list(store.parts())
    failures = [failure for part in parts for failure in part.failures]
    kinds: dict[tuple[str, str], list[Failure]] = {}
    for failure in failures:
        kinds.setdefault((failure.stage, failure.type), []).append(failure)
    factors = tuple(name for name in store.design().column_names if name != "cell")
    levels = _levels(store, Rows(store.folder, parts, None), factors, sector) if parts else _Levels(0, ())
    return SweepSummary(
        cells=store.cells,
        replications=store.replications,
        done=sum(part.done for part in parts),
        failed=len(failures),
        failures=tuple(_kind(stage, kind, found) for (stage, kind), found in kinds.items()),
        factors=factors,
        spreads=tuple(levels.spreads()),
        cells_seen=levels.seen,
    )


@dataclass(slots=True)
class _Levels:
    """Sums over the replications of each cell, one row a cell and one column an indicator."""

    cells: int
    indicators: Sequence[str]
    sums: npt.NDArray[np.float64] = field(init=False)
    counts: npt.NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.sums = np.zeros((self.cells, len(self.indicators)))
        self.counts = np.zeros((self.cells, len(self.indicators)), "i8")

    @property
    def seen(self) -> int:
        """Cells that have a value of something."""
        return int((self.counts > 0).any(axis=1).sum())

    def add(self, cells: npt.NDArray[np.int64], name: str, values: npt.NDArray[np.float64]) -> None:
        place = self.indicators.index(name)
        present = np.isfinite(values)
        np.add.at(self.sums[:, place], cells[present], values[present])
        np.add.at(self.counts[:, place], cells[present], 1)

    def spreads(self) -> Iterator[Spread]:
        for place, name in enumerate(self.indicators):
            cells = np.flatnonzero(self.counts[:, place])
            if cells.size:
                means = self.sums[cells, place] / self.counts[cells, place]
                levels = tuple(np.percentile(means, _QUARTERS).tolist())
                ends = (int(cells[means.argmin()]), int(cells[means.argmax()]))
                yield Spread(INDICATORS[name], levels, *ends)


def _levels(store: SweepStore, rows: Rows, factors: Sequence[str], sector: str) -> _Levels:
    schema = rows.schema(None)
    kept = set(indicators_of(schema, factors))
    main = [name for link in chain_links(sector) for name in [one for one in link.indicators if one in kept][:A_LINK]]
    levels = _Levels(store.cells, main)
    if not main:
        return levels
    for table in rows.whole_runs([*KEYS, *main], ROWS_AT_ONCE):
        if table.num_rows:
            years = final_years(table, main)
            for name in main:
                levels.add(years.column("cell").to_numpy(), name, years.column(name).to_numpy())
    return levels


def _kind(stage: str, kind: str, found: Sequence[Failure]) -> FailureKind:
    cells = sorted({failure.cell for failure in found})
    return FailureKind(stage, kind, found[0].message, len(found), len(cells), tuple(cells[:FIRST_CELLS]))
