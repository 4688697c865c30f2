"""Small sweeps with invented numbers, for tests of the store."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from results.sweeps.grid import Block
from results.sweeps.parts import RUNS
from results.sweeps.store import SweepStore

WEEKS = 4
IDENTITY: Mapping[str, Any] = {"scenario": "hotel", "seed": 7}
MANIFEST: Mapping[str, Any] = {"experiment": {"name": "held"}, "scenario": {"name": "hotel"}, "identity": IDENTITY}


def design(cells: int, first: int = 0) -> pa.Table:
    """Two factors, a number and a word."""
    number = np.arange(first, first + cells)
    words = ["top_down" if one % 2 else "combined" for one in number]
    return pa.table({"cell": number, "building_blocks.leadership": number / 64, "approach": words})


def sweep(folder: Path, cells: int = 10, replications: int = 2, block_cells: int = 4, **more: Any) -> SweepStore:
    """A sweep that is only begun."""
    given = {"manifest": MANIFEST, "design": design(cells), "files": {"experiment.toml": "schema = 1\n"}, **more}
    return SweepStore.create(folder, replications=replications, block_cells=block_cells, **given)


def rows(block: Block, failed: Collection[int] = (), weeks: int = WEEKS) -> pa.Table:
    """The weekly rows of the block's runs: each number tells its cell, replication and week."""
    cell = np.repeat(np.setdiff1d(np.arange(block.first, block.last + 1), list(failed)), weeks)
    week = np.tile(np.arange(1, weeks + 1, dtype="i4"), cell.size // weeks)
    loyalty = np.sin(1.0 + cell + 1000.0 * block.replication + week / 100)
    factors = design(block.last + 1).take(cell).drop_columns("cell")
    return pa.table(
        {
            "scenario": pa.array(["=hotel"] * cell.size, pa.string()),
            "cell": cell,
            "replication": np.full(cell.size, block.replication, "i4"),
            "seed": np.full(cell.size, 7),
            "week": week,
            **dict(zip(factors.column_names, factors.columns, strict=True)),
            "loyalty": loyalty,
            "profit": np.where(week % 3 == 0, np.nan, 1000 * loyalty),
        }
    )


def runs(block: Block, failed: Collection[int] = ()) -> pa.Table:
    """What became of the block's runs."""
    why = {"status": "failed", "stage": "weeks", "type": "ValueError", "message": "loyalty is NaN in week 3"}
    done = {"status": "done", "stage": None, "type": None, "message": None}
    told = [{"cell": one, "replication": block.replication, **(why if one in failed else done)} for one in block.cells]
    return pa.Table.from_pylist(told, schema=RUNS)


def fill(store: SweepStore, failed: Collection[int] = ()) -> SweepStore:
    """The sweep with all its blocks written."""
    for block in store.blocks():
        store.write(block, rows(block, failed), runs(block, failed))
    return store
