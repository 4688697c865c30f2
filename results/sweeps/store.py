"""The folder of a sweep, which is its own ledger: what is finished is what lies there whole, and nothing else says so.

manifest.json, the files of the experiment and design/design-00000.parquet are written once. Each finished block is one
file in parts/. An extension adds design/design-00001.parquet and so on; nothing that stands is written again.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from results.errors import ResultsError
from results.folders.digest import SIZE
from results.folders.disk import explaining, remove_leftovers
from results.folders.draft import Draft
from results.folders.manifest import MANIFEST, SCHEMA, read_manifest, to_json
from results.folders.run import LARGEST_TABLE
from results.folders.sealed import BrokenSealError
from results.sweeps.design import DESIGN, add_generation, design_file, like_before, read_design, read_grid
from results.sweeps.grid import Block, Grid
from results.sweeps.lock import LOCK, holding
from results.sweeps.parts import ENDING, PARTS, RUNS, Part, PartWriter, path_of, read_part, runs_of
from results.sweeps.reading import Rows
from results.sweeps.verify import Problem, problems_of

KIND: Final = "sweep"
BAD: Final = ".bad"
"""Ending of what stood in parts/ and was no finished part; nobody reads it, and anybody may remove it."""

NO_PART: Final = "it is no part of this sweep"
ASIDE: Final = "it was set aside"
AGAIN: Final = f"{ASIDE}, and its runs are done again"

ROWS_A_BATCH: Final = 65_536

_FINGERPRINT: Final = np.dtype([("cell", "<i8"), ("replication", "<i8"), ("digest", "V16")])


class SweepStore:
    """A sweep on disk: one writer, who holds the lock, and any number of readers at any moment.

    A part is finished if it stands under its name and its footer agrees; whoever writes a part again writes the same
    bytes. Reading needs no right to write and sees every part that is finished when it looks.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], grid: Grid) -> None:
        """Use `create` or `open`."""
        self.folder = folder
        self.manifest = manifest
        self.grid = grid
        self._is_locked = False

    @classmethod
    def create(
        cls,
        folder: str | Path,
        *,
        manifest: Mapping[str, Any],
        design: pa.Table,
        replications: int,
        block_cells: int,
        files: Mapping[str, str] | None = None,
    ) -> Self:
        """Begin a sweep in a folder that is new or empty; it appears there whole, or not at all.

        manifest: its `identity`, plain JSON data, is all that decides the numbers apart from the design; every part
        carries a digest of it, so that a part of another experiment is told from one of this.
        design: column `cell` with 0, 1, 2 and so on, then one column per factor.
        block_cells: how many cells a block has.
        files: further files by name, such as experiment.toml.
        Raises ResultsError when the place is taken or cannot be written.
        """
        draft = Draft(Path(folder), replaceable=lambda _: False)
        whole = {**manifest, "schema": SCHEMA, "kind": KIND, "files": sorted(files or {})}
        file = design_file(
            None, design, identity=manifest.get("identity"), replications=replications, block_cells=block_cells
        )
        try:
            draft.open()
            with draft.explaining():
                for name in (DESIGN, PARTS):
                    draft.make_folder(name)
                for name, text in {**(files or {}), MANIFEST: to_json(whole), LOCK: ""}.items():
                    draft.create(name).write(text.encode())
                draft.create(f"{DESIGN}/{file.name}").write(file.data)
                draft.commit()
        finally:
            draft.discard()
        return cls.open(folder)

    @classmethod
    def open(cls, folder: str | Path) -> Self:
        """Open a sweep, to read it or to go on. Raises ResultsError for what is no sweep, or a damaged one."""
        place = Path(folder).resolve()
        try:
            manifest = read_manifest(place)
        except OSError as error:
            raise ResultsError(f"'{folder}' holds no sweep: {MANIFEST} cannot be read there.") from error
        except ValueError as error:
            raise ResultsError(f"'{place / MANIFEST}' is damaged; start the sweep anew in another folder.") from error
        if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
            raise ResultsError(f"'{folder}' holds no sweep, but something else.")
        if manifest.get("schema") != SCHEMA:
            raise ResultsError(f"'{folder}' has schema {manifest.get('schema')!r}; this version reads schema {SCHEMA}.")
        return cls(place, manifest, read_grid(place))

    @property
    def cells(self) -> int:
        """How many cells were asked for."""
        return self.grid.cells

    @property
    def replications(self) -> int:
        """How many replications of each cell were asked for."""
        return self.grid.replications

    def design(self) -> pa.Table:
        """The cells of all generations: column `cell`, then one column per factor."""
        return read_design(self.folder)

    def extend(
        self, *, design: pa.Table, replications: int, block_cells: int, files: Mapping[str, str] | None = None
    ) -> None:
        """Ask for more: new cells, numbered on from those there are, more replications, or both.

        design: only the new cells, possibly none. replications: how many each cell has from now on.
        files: as at the beginning; they get the generation's number, as in experiment-00001.toml.
        What is finished stays as it is. Raises ResultsError when that is no extension, or the disk refuses.
        """
        with self.locked():
            file = design_file(
                self.grid,
                like_before(self.design().schema, design),
                identity=self.manifest.get("identity"),
                replications=replications,
                block_cells=block_cells,
            )
            add_generation(self.folder, file, files or {})
            self.grid = read_grid(self.folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Be the one writer. Raises ResultsError when another process is; may be nested.

        What dead writers left half-written is removed first. Workers that write parts need no lock of their own.
        """
        if self._is_locked:
            yield
            return
        with holding(self.folder):
            self._is_locked = True
            try:
                self._tidy_up()
                yield
            finally:
                self._is_locked = False

    def blocks(self) -> Iterator[Block]:
        """Every block, finished or not: all cells once before any cell twice."""
        return self.grid.blocks()

    @property
    def writer(self) -> PartWriter:
        """What a worker needs to write parts, wherever it runs; it can be pickled."""
        return PartWriter(self.folder, self.grid)

    def write(self, block: Block, weekly: pa.Table, runs: pa.Table) -> None:
        """Write a finished block, as `PartWriter.write` does."""
        self.writer.write(block, weekly, runs)

    def finished(self, *, thoroughly: bool = False) -> frozenset[Block]:
        """The blocks whose parts are finished. While the lock is held, parts that are not are renamed to .bad.

        thoroughly: read all of each part, about a millisecond a megabyte, which finds any damage; else the footers
        alone are judged.
        """
        if self._is_locked:
            self.set_aside(thoroughly=thoroughly)
            return frozenset(block for _, block in self._named() if block)
        return frozenset(part.block for part in self.parts(thoroughly=thoroughly))

    def set_aside(self, *, thoroughly: bool = False) -> list[Problem]:
        """Rename to .bad what is no finished part, so that nobody reads it and its block is run again; tell each.

        Only while the lock is held.
        """
        found = [(name, what) for name, what in self.standing(thoroughly=thoroughly) if isinstance(what, str)]
        for name, _ in found:
            path = self.folder / PARTS / name
            with explaining(f"'{path}' is damaged and could not be set aside", "Put that right, and try again."):
                path.replace(path.with_suffix(BAD))
        return [Problem("damaged", f"{PARTS}/{name}", what, self._done_about(name)) for name, what in found]

    def parts(self, *, thoroughly: bool = False) -> Iterator[Part]:
        """What the footers of the finished parts say, in the order of the blocks; others are passed over."""
        return (part for _, part in self.standing(thoroughly=thoroughly) if isinstance(part, Part))

    def standing(self, *, thoroughly: bool = False) -> Iterator[tuple[str, Part | str]]:
        """Each file in parts/ by its name, with what its footer says, or why it is no finished part, in a few words.

        Parts come in the order of the blocks, and then what has no block's name.
        """
        for name, block in self._named():
            yield name, self.part(block, thoroughly=thoroughly) if block else NO_PART

    def part(self, block: Block, *, thoroughly: bool = False) -> Part | str:
        """What the footer of the block's part says, or why it is not finished, in a few words."""
        key = self.grid.key(block)
        if key is None:
            return NO_PART
        try:
            with explaining(f"'{path_of(self.folder, block)}' could not be read", "Put that right, and try again."):
                return read_part(self.folder, block, key, thoroughly=thoroughly)
        except BrokenSealError as error:
            return str(error)

    def names(self) -> list[str]:
        """What stands in parts/ under the name of a Parquet file."""
        with explaining(f"'{self.folder / PARTS}' could not be read", "Put that right, and try again."):
            place = self.folder / PARTS
            found = os.listdir(place) if place.exists() else []  # noqa: PTH208
            return sorted(name for name in found if name.endswith(ENDING) and name[0] != ".")

    def runs(self) -> pa.Table:
        """What became of each finished run: the columns of `results.sweeps.parts.RUNS`."""
        return pa.Table.from_batches(map(runs_of, self.parts()), RUNS)

    def weekly(self, columns: Sequence[str] | None = None, cells: Sequence[int] | None = None) -> pa.Table:
        """The weekly rows of the finished parts: scenario, cell, replication, seed, week, factors, indicators.

        columns, cells: only these; None for all. Checksums are verified.
        Raises ResultsError where no part is finished, a column does not exist, a part is damaged, or the table would
        be too large for memory; `batches` gives that one piece by piece.
        """
        rows = self._rows(cells)
        schema = rows.schema(columns)
        size = rows.count * len(schema)
        if size > LARGEST_TABLE:
            raise ResultsError(f"The table has {size:,} values, too many to read at once: ask for fewer columns.")
        return pa.Table.from_batches(rows.batches(columns, ROWS_A_BATCH), schema)

    def batches(
        self, columns: Sequence[str] | None = None, cells: Sequence[int] | None = None, rows: int = ROWS_A_BATCH
    ) -> Iterator[pa.RecordBatch]:
        """The same piece by piece, at most `rows` rows each, for tables larger than memory."""
        return self._rows(cells).batches(columns, rows)

    def digest(self) -> str:
        """The fingerprint of all finished runs: the same on every machine, and however they were cut into blocks.

        Neither order nor workers nor interruptions leave a trace in it.
        """
        found = [_fingerprints(part) for part in self.parts()]
        whole = blake2b(digest_size=SIZE)
        if found:
            together = np.concatenate(found)
            whole.update(together[np.lexsort((together["replication"], together["cell"]))].tobytes())
        return str(whole.hexdigest())

    def verify(self) -> list[Problem]:
        """Read everything, and tell all that is wrong; empty for a sweep that is whole and done."""
        return list(problems_of(self))

    def _rows(self, cells: Sequence[int] | None) -> Rows:
        """The rows of the finished parts that hold some of these cells."""
        wanted = None if cells is None else np.unique(np.asarray(cells, "i8"))
        return Rows(self.folder, [part for part in self.parts() if _holds_any(part.block, wanted)], cells)

    def _named(self) -> list[tuple[str, Block | None]]:
        """What stands in parts/, finished or not, of this sweep or not: in the order of blocks, then what is none."""
        found = [(name, Block.named(name.removesuffix(ENDING))) for name in self.names()]
        blocks = sorted((block, name) for name, block in found if block)
        return [*((name, block) for block, name in blocks), *(one for one in found if one[1] is None)]

    def _done_about(self, name: str) -> str:
        block = Block.named(name.removesuffix(ENDING))
        return AGAIN if block and self.grid.key(block) is not None else ASIDE

    def _tidy_up(self) -> None:
        """What has to be done once the lock is had, and before anybody writes."""
        what = f"'{self.folder}' could not be written"
        with explaining(what, "Finished parts are kept; put that right and give the same command again to go on."):
            for place in (self.folder, self.folder / PARTS, self.folder / DESIGN):
                place.mkdir(exist_ok=True)
                remove_leftovers(place)
        self.grid = read_grid(self.folder)


def _holds_any(block: Block, wanted: npt.NDArray[np.int64] | None) -> bool:
    """Whether one of the wanted cells, in order, is in the block."""
    if wanted is None:
        return True
    place = int(np.searchsorted(wanted, block.first))
    return place < wanted.size and int(wanted[place]) <= block.last


def _fingerprints(part: Part) -> npt.NDArray[np.void]:
    """Cell, replication and digest of each run of a part; zeros for one that failed."""
    found = np.zeros(len(part.block.cells), _FINGERPRINT)
    found["cell"], found["replication"] = part.block.cells, part.block.replication
    done = np.ones(found.size, bool)
    done[[failure.cell - part.block.first for failure in part.failures]] = False
    found["digest"][done] = np.frombuffer(part.packed, _FINGERPRINT["digest"])
    return found
