"""One part of a sweep: the weekly rows of one block, and what became of each of its runs."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from results.errors import ResultsError
from results.folders.digest import SIZE
from results.folders.disk import explaining, put
from results.folders.sealed import BrokenSealError, check_data, open_sealed, read_record, sealed
from results.sweeps.grid import Block, Grid
from results.sweeps.run_digest import columns_digest, run_digests

PARTS = "parts"
ENDING = ".parquet"

RUNS = pa.schema(
    {
        "cell": pa.int64(),
        "replication": pa.int64(),
        "status": pa.string(),
        "stage": pa.string(),
        "type": pa.string(),
        "message": pa.string(),
    }
)
"""What became of each run: status done or failed; where it failed the stage, the kind of error and its message."""

_WHY = ("stage", "type", "message")

LONGEST_MESSAGE = 2_000
"""Characters of a failure's message that are kept."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A run that gave no result, and why."""

    cell: int
    replication: int
    stage: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Part:
    """What the footer of a finished part says.

    columns: digest of their names and types. packed: the digests of the runs that are done, one after another in the
    order of their cells, since there may be millions.
    """

    block: Block
    rows: int
    columns: str
    packed: bytes
    failures: tuple[Failure, ...]

    @property
    def done(self) -> int:
        """How many of its runs are done."""
        return len(self.packed) // SIZE

    @property
    def digests(self) -> Mapping[int, str]:
        """The digests of the runs that are done, by cell."""
        failed = {failure.cell for failure in self.failures}
        cells = [cell for cell in self.block.cells if cell not in failed]
        starts = range(0, len(self.packed), SIZE)
        return {cell: self.packed[at : at + SIZE].hex() for cell, at in zip(cells, starts, strict=True)}


@dataclass(frozen=True, slots=True)
class PartWriter:
    """The one thing a worker needs, and the only one it can do: put a part in its place.

    It can be pickled and sent to another process, or to a machine that sees the same folder.
    """

    folder: Path
    grid: Grid

    def write(self, block: Block, weekly: pa.Table, runs: pa.Table) -> None:
        """Write the block's part, whole or not at all; a part that exists is replaced by the same bytes.

        weekly: the rows of the runs that are done, those of a cell together, with columns `cell` and `replication`.
        runs: one row for each of the block's cells, with the columns of RUNS.
        Raises ResultsError when the disk refuses, or when the rows are not those of the block.
        """
        with explaining(
            f"A part of the sweep could not be written to '{self.folder}'",
            "Finished parts are kept; put that right and give the same command again to go on.",
        ):
            put(path_of(self.folder, block), part_bytes(self.grid, block, weekly, runs))


def part_bytes(grid: Grid, block: Block, weekly: pa.Table, runs: pa.Table) -> bytes:
    """The whole file of a part: nothing in it depends on who wrote it, or when."""
    key = grid.key(block)
    if key is None:
        raise ResultsError(f"{block.name} is no block of this sweep.")
    digests, failures = _checked(block, weekly, runs)
    record = {
        "part": block.name,
        "key": key,
        "rows": weekly.num_rows,
        "columns": columns_digest(weekly.schema),
        "digests": "".join(digests[cell] for cell in sorted(digests)),
        "failures": [[one.cell, one.stage, one.type, one.message] for one in failures],
    }
    return sealed(weekly, record)


def path_of(folder: Path, block: Block) -> Path:
    """Where the block's part stands."""
    return folder / PARTS / f"{block.name}{ENDING}"


def read_part(folder: Path, block: Block, key: str, *, thoroughly: bool = False) -> Part:
    """What the part's footer says. Raises BrokenSealError for one that is not finished or not this one, or OSError.

    thoroughly: read all of it, which finds damage before the footer too.
    """
    path = path_of(folder, block)
    try:
        part = _part(read_record(path), block, key)
        if thoroughly:
            check_data(path)
    except FileNotFoundError as error:
        raise BrokenSealError("it is missing") from error
    except BrokenSealError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BrokenSealError("its footer says nothing of a part") from error
    return part


def runs_of(part: Part) -> pa.RecordBatch:
    """One row of RUNS for each of the part's cells, in their order."""
    failed = {failure.cell: failure for failure in part.failures}
    count = len(part.block.cells)
    found = [failed.get(cell) for cell in part.block.cells] if failed else []
    why = [pa.array([one and getattr(one, name) for one in found], pa.string()) for name in _WHY]
    columns = [
        pa.array(np.arange(part.block.first, part.block.last + 1)),
        pa.array(np.full(count, part.block.replication)),
        pa.array(["failed" if one else "done" for one in found]) if failed else pa.repeat("done", count),
        *(why if failed else [pa.nulls(count, pa.string())] * len(_WHY)),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=RUNS)


def check_rows(folder: Path, part: Part) -> str | None:
    """Read the part's rows and hold them against its footer; what is wrong with them in a few words, or None."""
    path = path_of(folder, part.block)
    try:
        check_data(path)
        with open_sealed(path) as file:
            rows, columns = file.metadata.num_rows, columns_digest(file.schema_arrow)
            if (rows, columns) != (part.rows, part.columns):
                return "it has other rows or columns than its footer says"
            table = file.read()
    except BrokenSealError as error:
        return str(error)
    except (OSError, pa.ArrowException):
        return "it cannot be read"
    return None if run_digests(table) == part.digests else "its numbers are not those of its runs"


def _part(record: Mapping[str, Any], block: Block, key: str) -> Part:
    if record["part"] != block.name:
        raise BrokenSealError(f"it is a copy of the part '{record['part']}'")
    if record["key"] != key:
        raise BrokenSealError("it belongs to another experiment")
    failures = tuple(Failure(cell, block.replication, *why) for cell, *why in record["failures"])
    packed = bytes.fromhex(record["digests"])
    if len(packed) != SIZE * (len(block.cells) - len(failures)):
        raise BrokenSealError("its footer tells of other runs than it has")
    return Part(block, record["rows"], record["columns"], packed, failures)


def _checked(block: Block, weekly: pa.Table, runs: pa.Table) -> tuple[Mapping[int, str], list[Failure]]:
    """The digests of the runs that are done, and the failures; ResultsError where the two tables disagree."""
    told = runs.select(RUNS.names).to_pylist()
    if Counter(one["cell"] for one in told) != Counter(block.cells):
        raise ResultsError(f"{block.name} needs one row in its runs for each of its cells.")
    numbers = np.append(runs.column("replication").to_numpy(), weekly.column("replication").to_numpy())
    if (numbers != block.replication).any():
        raise ResultsError(f"{block.name} has rows of another replication.")
    failures = [_failure(one) for one in sorted(told, key=lambda one: one["cell"]) if one["status"] == "failed"]
    digests = run_digests(weekly)
    if set(digests) != set(block.cells) - {one.cell for one in failures}:
        raise ResultsError(f"{block.name} must have weekly rows for each run that is done, and for no other.")
    return digests, failures


def _failure(told: Mapping[str, Any]) -> Failure:
    why = (str(told[name] or "")[:LONGEST_MESSAGE] for name in _WHY)
    return Failure(told["cell"], told["replication"], *why)
