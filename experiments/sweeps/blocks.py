"""A block of cells: what a thread, a process or a machine of a cluster does at a time, seconds of work.

The worker writes the block's part itself; only a receipt goes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.rule import source_hash
from experiments.sweeps.cells import WORKER, Cell, Failure, LiveCell, Outcome, outcome_of
from experiments.worlds.columns import same_number
from experiments.worlds.guarding import numbers_of
from experiments.worlds.replication import prepare
from results.sweeps.grid import Block
from results.sweeps.parts import RUNS, PartWriter
from scenarios.scenario import Scenario
from simulation.indicators import INDICATORS

DONE: Final = "done"
FAILED: Final = "failed"

KILLED: Final = Failure(WORKER, "WorkerKilled", "the worker was killed (out of memory?)")


Weeks = npt.NDArray[np.int64]


class OtherModel(RuntimeError):
    """A worker has another model than the sweep that it works for."""


@dataclass(frozen=True, slots=True)
class Work:
    """What all blocks of a sweep have in common.

    base: the scenario that all cells build on. others: those that a factor `scenario` names.
    indicators: those that are kept, in the order of the weekly table. every: weeks between two that are kept.
    source: hash of the model with which the sweep began. cell_seconds: time limit of a run, None for no limit.
    """

    writer: PartWriter
    base: Scenario
    others: Mapping[str, Scenario]
    seed: int
    weeks: int
    indicators: tuple[str, ...]
    every: int
    source: str
    live_cell: LiveCell
    cell_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class BlockTask:
    """A block to be lived; points: the design's rows of its cells, `cell` first."""

    work: Work
    block: Block
    points: pa.Table

    @property
    def cells(self) -> list[int]:
        """Numbers of its cells."""
        numbers: list[int] = self.points.column("cell").to_pylist()
        return numbers

    def alone(self, cell: int) -> "BlockTask":
        """The same block with this cell only."""
        return replace(self, points=self.points.slice(self.cells.index(cell), 1).take([0]))


@dataclass(frozen=True, slots=True)
class Receipt:
    """What goes back of a block: how many of its runs are done, which failed and why.

    hangs: whether a cell goes on for ever in the worker, which should be replaced. worker: its name, where it has one.
    """

    block: Block
    done: int
    failures: tuple[tuple[int, Failure], ...]
    hangs: bool = False
    worker: str = ""

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return len(self.failures)


def run_block(task: BlockTask, stop: Event | None = None) -> Receipt:
    """Live all cells of a block and write its part. Raises Stopped, with nothing written, once `stop` is set."""
    return write_block(task, live_block(task, stop))


def live_block(task: BlockTask, stop: Event | None = None) -> list[Outcome]:
    """What came of each cell of a block, in their order. Raises OtherModel where this worker has another model."""
    work = task.work
    if work.source != source_hash():
        raise OtherModel("a worker has other rules than the sweep began with")
    prepare()
    outcomes = []
    for point in task.points.to_pylist():
        cell = Cell(point.pop("cell"), point, work.base, work.others, task.block.replication, work.seed, work.weeks)
        outcomes.append(outcome_of(cell, work.live_cell, stop, work.cell_seconds))
    return outcomes


def write_block(task: BlockTask, outcomes: Sequence[Outcome]) -> Receipt:
    """Write the part of a block: what came of each of its cells, in their order."""
    task.work.writer.write(task.block, weekly_rows(task, outcomes), run_rows(task.block, outcomes))
    failures = tuple((outcome.cell, outcome.failure) for outcome in outcomes if outcome.failure)
    return Receipt(task.block, len(outcomes) - len(failures), failures, any(outcome.hangs for outcome in outcomes))


def run_rows(block: Block, outcomes: Sequence[Outcome]) -> pa.Table:
    """One row a cell: whether it is done, and if not, at which stage it failed and why."""
    rows = [
        {
            "cell": outcome.cell,
            "replication": block.replication,
            "status": FAILED if outcome.failure else DONE,
            "stage": outcome.failure.stage if outcome.failure else "",
            "type": outcome.failure.type if outcome.failure else "",
            "message": outcome.failure.message if outcome.failure else "",
        }
        for outcome in outcomes
    ]
    return pa.Table.from_pylist(rows, schema=RUNS)


def weekly_rows(task: BlockTask, outcomes: Sequence[Outcome]) -> pa.Table:
    """The weeks that are kept of all cells that are done: keys, factors, indicators."""
    work = task.work
    kept = kept_weeks(work.weeks, work.every)
    done = [place for place, outcome in enumerate(outcomes) if outcome.weekly is not None]
    places = pa.array(np.repeat(np.array(done, "i8"), len(kept)))
    points = task.points.take(places).combine_chunks()
    keys = {
        "scenario": pa.array([outcome.scenario for outcome in outcomes], pa.string()).take(places),
        "cell": points.column("cell"),
        "replication": same_number(task.block.replication, len(places)),
        "seed": pa.array(np.full(len(places), work.seed, "i8")),
        "week": pa.array(np.tile(kept, len(done)).astype("i4")),
    }
    factors = {name: points.column(name) for name in points.column_names if name not in keys}
    return pa.table(keys | factors | indicator_columns(work.indicators, kept, outcomes))


def indicator_columns(names: Sequence[str], kept: Weeks, outcomes: Sequence[Outcome]) -> dict[str, pa.Array]:
    """These indicators in the weeks that are kept, cell after cell."""
    rows = [numbers_of(outcome.weekly)[kept - 1] for outcome in outcomes if outcome.weekly is not None]
    columns = np.concatenate([np.empty((0, len(INDICATORS))), *rows]).T.copy()
    return {name: pa.array(column) for name, column in zip(INDICATORS, columns, strict=True) if name in names}


def kept_weeks(weeks: int, every: int) -> Weeks:
    """Numbers of the weeks that are kept, counted back from the last."""
    return np.arange((weeks - 1) % every + 1, weeks + 1, every, dtype="i8")
