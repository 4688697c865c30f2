"""Finished sweeps whose outcome is a formula, written through the real store."""

from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from experiments.designs.design import points
from experiments.designs.experiment import Experiment
from results.sweeps.parts import RUNS
from results.sweeps.store import SweepStore
from scenarios.writing import to_toml

Numbers = npt.NDArray[np.float64]
Formula = Callable[[pa.Table, int], Numbers]
"""The outcome of each cell of a design, in a replication."""


def finished(
    folder: Path,
    experiment: Experiment,
    formula: Formula,
    *,
    failed: Collection[int] = (),
    unfinished: Collection[int] = (),
    indicator: str = "loyalty",
    weeks: int = 3,
    every: int = 1,
) -> SweepStore:
    """The sweep of this experiment, with its outcome in each week that is kept: so many, every so many.

    failed: cells; unfinished: replications that lack their last cells.
    """
    design = points(experiment)
    store = SweepStore.create(
        folder,
        manifest={"experiment": experiment.as_dict(), "identity": {"seed": experiment.seed}},
        design=design,
        replications=experiment.replications,
        block_cells=max(1, -(-design.num_rows // 3)),
        files={"scenario.toml": to_toml(experiment.base)},
    )
    for block in store.blocks():
        if block.replication in unfinished and block.last == design.num_rows - 1:
            continue
        cells = np.setdiff1d(np.asarray(block.cells), list(failed))
        values = formula(design, block.replication)[cells]
        weekly = pa.table(
            {
                "scenario": ["hotel"] * (weeks * cells.size),
                "cell": np.repeat(cells, weeks),
                "replication": np.full(weeks * cells.size, block.replication),
                "seed": np.full(weeks * cells.size, 3),
                "week": np.tile(np.arange(1, weeks + 1) * every, cells.size),
                indicator: np.repeat(values, weeks),
            }
        )
        store.write(block, weekly, _runs(list(block.cells), block.replication, failed))
    return store


def _runs(cells: list[int], replication: int, failed: Collection[int]) -> pa.Table:
    why = {"status": "failed", "stage": "weeks", "type": "ValueError", "message": "x"}
    done = {"status": "done", "stage": None, "type": None, "message": None}
    rows = [{"cell": cell, "replication": replication, **(why if cell in failed else done)} for cell in cells]
    return pa.Table.from_pylist(rows, schema=RUNS)
