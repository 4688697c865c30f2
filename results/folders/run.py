"""Run folders: written whole or not at all, and checked when read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from results.errors import ResultsError
from results.folders.digest import TableDigest
from results.folders.draft import Draft
from results.folders.manifest import MANIFEST, SCHEMA, read_manifest, to_json

LARGEST_TABLE = 1_000_000_000
"""Values (rows x columns) that are read into memory at once: 8 GB; a larger table is read in batches."""

_TABLE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")

_FLAG = {"events": "--events", "people": "--people EVERY"}


def write_run(
    folder: str | Path,
    tables: Mapping[str, pa.Table],
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes | str] | None = None,
) -> Path:
    """Write a run at once and return its folder.

    tables: by name, such as weekly, events, people; each becomes <name>.parquet.
    files: further files by name, text in UTF-8.
    Raises ResultsError, with nothing half-written, for a full disk, a refused place or a wrong name.
    """
    with RunWriter(folder) as run:
        for name, table in tables.items():
            run.append(name, table)
        for name, content in (files or {}).items():
            run.add_file(name, content)
        run.describe(manifest)
    return run.folder


class RunWriter:
    """A run that grows table by table, row group by row group; it appears under its name when all is well.

    Left by an error or an interruption, it leaves nothing behind, and what stood in the folder still stands.
    """

    def __init__(self, folder: str | Path) -> None:
        """folder: a new folder, or one that holds an earlier run, which is then replaced as a whole."""
        self._draft = Draft(Path(folder), replaceable=holds_only_a_run)
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._digests: dict[str, TableDigest] = {}
        self._files: list[str] = []
        self._manifest: dict[str, Any] | None = None

    @property
    def folder(self) -> Path:
        """Where the run stands after a clean exit."""
        return self._draft.folder

    def __enter__(self) -> Self:
        self._draft.open()
        return self

    def append(self, name: str, table: pa.Table) -> None:
        """Write the next rows of a table; all pieces of one table have the same columns and types."""
        if name not in self._writers:
            self._begin(name, table.schema)
        _same_columns(name, self._writers[name].schema, table.schema)
        with self._draft.explaining():
            self._writers[name].write_table(table)
        self._digests[name].update(table)

    def add_file(self, name: str, content: bytes | str) -> None:
        """Put a further file, such as a report or a figure, into the run."""
        if not _FILE_NAME.fullmatch(name) or name == MANIFEST or name.endswith(".parquet"):
            raise ResultsError(f"'{name}' cannot be a file of a run: use letters, figures, '.', '_', '-'.")
        data = content.encode() if isinstance(content, str) else content
        with self._draft.explaining(), self._draft.create(name) as file:
            file.write(data)
        self._files.append(name)

    def describe(self, manifest: Mapping[str, Any]) -> None:
        """Give the manifest, which every run needs; the names of tables and files are added at the end."""
        self._manifest = dict(manifest)

    def summaries(self) -> dict[str, dict[str, Any]]:
        """Rows and digest of each table so far, as the manifest will have them under `tables`."""
        return {name: digest.summary() for name, digest in self._digests.items()}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        finally:
            for writer in self._writers.values():
                with suppress(Exception):
                    writer.close()
            self._draft.discard()

    def _begin(self, name: str, schema: pa.Schema) -> None:
        if not _TABLE_NAME.fullmatch(name):
            raise ResultsError(f"'{name}' cannot be a table's name: use small letters, figures, '_' and '-'.")
        self._digests[name] = TableDigest()
        with self._draft.explaining():
            sink = self._draft.create(f"{name}.table")
            self._writers[name] = pq.ParquetWriter(
                sink, schema, compression="zstd", use_dictionary=_repeating(schema), write_page_checksum=True
            )

    def _finish(self) -> None:
        if self._manifest is None:
            raise ResultsError(f"The run in '{self.folder}' has no manifest, so it was not kept.")
        with self._draft.explaining():
            for name, writer in self._writers.items():
                writer.close()
                self._draft.rename(f"{name}.table", f"{name}.parquet")
            whole = {"schema": SCHEMA, **self._manifest, "tables": self.summaries(), "files": sorted(self._files)}
            with self._draft.create(MANIFEST) as file:
                file.write(to_json(whole).encode())
            self._draft.commit()


@dataclass(frozen=True)
class Run:
    """A finished run: its manifest at once, its tables when asked for."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def tables(self) -> list[str]:
        """Names of the tables that this run keeps."""
        return sorted(self.manifest["tables"])

    @cached_property
    def weekly(self) -> pa.Table:
        """The indicators: one row per scenario, replication and week."""
        return self.table("weekly")

    @cached_property
    def events(self) -> pa.Table:
        """The encounter log; ResultsError where the run kept none."""
        return self.table("events")

    @cached_property
    def people(self) -> pa.Table:
        """The snapshots of people; ResultsError where the run kept none."""
        return self.table("people")

    def table(self, name: str) -> pa.Table:
        """A whole table, held against its page checksums and the digest in the manifest."""
        with _reading(self._path(name)):
            file = self._open(name)
            size = file.metadata.num_rows * len(file.schema_arrow)
            if size > LARGEST_TABLE:
                raise ResultsError(f"'{name}' has {size:,} values, too many to read at once: read it in batches.")
            table = file.read()
        self._compare(name, [table])
        return table

    def batches(self, name: str, rows: int = 65_536) -> Iterator[pa.RecordBatch]:
        """A table piece by piece, at most `rows` rows each, page checksums verified, for tables larger than memory."""
        with _reading(self._path(name)):
            file = self._open(name)
            for group in range(file.num_row_groups):  # all at once, the reader would keep many groups in memory
                yield from file.iter_batches(batch_size=rows, row_groups=[group])

    def verify(self) -> None:
        """Read everything and hold it against the manifest's digests; ResultsError names the first that differs."""
        for name in self.tables:
            self._compare(name, (pa.Table.from_batches([batch]) for batch in self.batches(name)))

    def _compare(self, name: str, pieces: Iterable[pa.Table]) -> None:
        found = TableDigest()
        for piece in pieces:
            found.update(piece)
        if found.summary()["digest"] != self.manifest["tables"][name]["digest"]:
            raise ResultsError(f"'{self._path(name)}' is not the table that its manifest describes: run it again.")

    def _path(self, name: str) -> Path:
        if name not in self.manifest["tables"]:
            raise ResultsError(f"The run in '{self.folder}' keeps no table '{name}'{_advice(name)}.")
        return self.folder / f"{name}.parquet"

    def _open(self, name: str) -> pq.ParquetFile:
        path = self._path(name)
        file = pq.ParquetFile(path, page_checksum_verification=True)
        expected = self.manifest["tables"][name]["rows"]
        if file.metadata.num_rows != expected:
            raise ResultsError(f"'{path}' has {file.metadata.num_rows} rows and should have {expected}: run it again.")
        return file


def read_run(folder: str | Path) -> Run:
    """Open a finished run; tables are read, with their checksums, when first used.

    Raises ResultsError when the folder is no run, or its manifest is damaged or of another version.
    """
    place = Path(folder)
    try:
        manifest = read_manifest(place)
    except OSError as error:
        raise ResultsError(f"'{place}' holds no finished run: {MANIFEST} cannot be read there.") from error
    except ValueError as error:
        raise ResultsError(f"'{place / MANIFEST}' is damaged and cannot be read: run the scenario again.") from error
    _check_manifest(place / MANIFEST, manifest)
    return Run(place, manifest)


def _check_manifest(path: Path, manifest: Any) -> None:
    schema = manifest.get("schema") if isinstance(manifest, dict) else None
    if schema != SCHEMA:
        raise ResultsError(f"'{path}' has schema {schema!r}; this version reads schema {SCHEMA}.")
    tables = manifest.get("tables")
    entries = tables.items() if isinstance(tables, dict) else [("", None)]
    for name, entry in entries:
        if not _TABLE_NAME.fullmatch(name) or not isinstance(entry, dict) or {"rows", "digest"} - set(entry):
            raise ResultsError(f"'{path}' does not say what its tables hold, so it is damaged: run the scenario again.")


def holds_only_a_run(folder: Path) -> bool:
    """Whether all that lies in the folder is what a finished run's manifest names."""
    try:
        run = read_run(folder)
    except ResultsError:
        return False
    ours = {MANIFEST, *(f"{name}.parquet" for name in run.tables), *run.manifest.get("files", [])}
    return {path.name for path in folder.iterdir()} <= ours


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what Parquet says of a missing or damaged file into one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise ResultsError(f"'{path}' is missing: the run is not whole; run the scenario again.") from error
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise ResultsError(f"'{path}' is damaged and was not read: run the scenario again.") from error


def _repeating(schema: pa.Schema) -> list[str]:
    """Columns whose values come back; for real numbers a dictionary costs six times the time and some room."""
    return [field.name for field in schema if not pa.types.is_floating(field.type)]


def _same_columns(name: str, expected: pa.Schema, found: pa.Schema) -> None:
    if expected.equals(found):
        return
    for one, other in zip(expected, found, strict=False):
        if not one.equals(other):
            raise ResultsError(
                f"Table '{name}' goes on with '{other.name}' ({other.type}) where '{one.name}' ({one.type}) belongs."
            )
    raise ResultsError(f"Table '{name}' goes on with {len(found)} columns; it began with {len(expected)}.")


def _advice(name: str) -> str:
    return f"; run again with {_FLAG[name]}" if name in _FLAG else ""
