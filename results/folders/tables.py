"""The tables of a finished folder, of whichever kind, to be read piece by piece."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from results.folders.manifest import read_manifest
from results.folders.run import Run, read_run
from results.folders.sealed import check_data, open_sealed
from results.sweeps.parts import path_of
from results.sweeps.reading import Rows, reading
from results.sweeps.store import KIND, SweepStore

ROWS_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class FileTable:
    """A table in one or several Parquet files, each of which holds whole runs.

    Never more than one file is open: what a reader learns of thousands of files would fill the memory.
    """

    paths: Sequence[Path]
    schema: pa.Schema
    rows: int

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns, in the order of the files."""
        for path in self.paths:
            with reading(path), open_sealed(path) as file:
                for batch in file.iter_batches(ROWS_AT_ONCE, columns=list(columns)):
                    yield batch.select(columns).replace_schema_metadata()

    def whole_runs(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """The same in larger pieces, none of which cuts a run."""
        kept: list[pa.Table] = []
        for path in self.paths:
            with reading(path), open_sealed(path) as file:
                kept.append(file.read(list(columns)).select(columns).replace_schema_metadata())
            if sum(table.num_rows for table in kept) >= ROWS_AT_ONCE:
                yield pa.concat_tables(kept)
                kept = []
        if kept:
            yield pa.concat_tables(kept)


Tables = Mapping[str, FileTable | pa.Table]
"""By name; what is small is in memory."""


def open_folder(folder: str | Path) -> Run | SweepStore:
    """A finished run or comparison, or a sweep. Raises ResultsError for what is neither, or is damaged."""
    return SweepStore.open(folder) if _kind(Path(folder)) == KIND else read_run(folder)


def tables_of(opened: Run | SweepStore) -> Tables:
    """The tables by name: those of a run, or weekly, design and runs of a sweep, weekly only where a run is finished.

    All is read through and held against its digests first, so that no wrong number is ever given: ResultsError names
    what is damaged.
    """
    if isinstance(opened, Run):
        opened.verify()
        return {name: _of_run(opened, name) for name in opened.tables}
    return {**_weekly(opened), "design": opened.design(), "runs": opened.runs()}


def _of_run(run: Run, name: str) -> FileTable:
    path = run.folder.resolve() / f"{name}.parquet"
    with reading(path), open_sealed(path) as file:
        return FileTable([path], file.schema_arrow.remove_metadata(), file.metadata.num_rows)


def _weekly(store: SweepStore) -> Tables:
    parts = list(store.parts())
    if not parts:
        return {}
    rows = Rows(store.folder, parts, None)
    paths = [path_of(store.folder, part.block) for part in parts]
    for path in paths:
        with reading(path):
            check_data(path)
    return {"weekly": FileTable(paths, rows.schema(None), rows.count)}


def _kind(folder: Path) -> object:
    try:
        manifest = read_manifest(folder)
    except (OSError, ValueError):
        return None
    return manifest.get("kind") if isinstance(manifest, dict) else None
