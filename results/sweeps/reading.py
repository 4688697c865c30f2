"""The weekly rows of many parts as one table, or piece by piece."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from results.errors import ResultsError
from results.folders.sealed import BrokenSealError, open_sealed
from results.nearest import nearest
from results.sweeps.parts import Part, path_of


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of these cells, or of all where that is None, in these finished parts.

    Raises ResultsError where there is no part, or where the parts have different columns.
    """

    folder: Path
    parts: Sequence[Part]
    cells: Sequence[int] | None

    def __post_init__(self) -> None:
        if not self.parts:
            raise ResultsError(f"'{self.folder}' has no finished run of what was asked for yet.")
        first = self.parts[0]
        odd = next((part for part in self.parts if part.columns != first.columns), None)
        if odd:
            raise ResultsError(
                f"'{first.block.name}' and '{odd.block.name}' in '{self.folder}' have different columns, so one is "
                "not of this sweep: remove that, and give the sweep's command again."
            )

    @property
    def count(self) -> int:
        """How many rows the parts have, at most."""
        return sum(part.rows for part in self.parts)

    def schema(self, columns: Sequence[str] | None) -> pa.Schema:
        """These columns, or all. Raises ResultsError for one that is not kept."""
        path = path_of(self.folder, self.parts[0].block)
        with reading(path), open_sealed(path) as file:
            schema = file.schema_arrow.remove_metadata()
        unknown = [name for name in columns or () if name not in schema.names]
        if unknown:
            raise ResultsError(f"The sweep keeps no column '{unknown[0]}'; {nearest(unknown[0], schema.names)}.")
        return schema if columns is None else pa.schema([schema.field(name) for name in columns])

    def batches(self, columns: Sequence[str] | None, rows: int) -> Iterator[pa.RecordBatch]:
        """At most so many rows at once, checksums verified; one part is open at a time."""
        schema = self.schema(columns)
        wanted = None if self.cells is None else pa.array(np.unique(np.asarray(self.cells, "i8")))
        read = [*dict.fromkeys([*schema.names, *([] if wanted is None else ["cell"])])]
        for part in self.parts:
            for batch in self._part(part, read, rows):
                found = batch if wanted is None else batch.filter(pc.is_in(batch.column("cell"), wanted))
                yield found.select(schema.names)

    def whole_runs(self, columns: Sequence[str], rows: int) -> Iterator[pa.Table]:
        """These columns in pieces of at least so many rows, none of which cuts a run; `cells` is passed over."""
        schema = self.schema(columns)
        kept: list[pa.RecordBatch] = []
        for part in self.parts:
            kept += self._part(part, schema.names, max(1, part.rows))
            if sum(batch.num_rows for batch in kept) >= rows:
                yield pa.Table.from_batches(kept, schema)
                kept = []
        yield pa.Table.from_batches(kept, schema)

    def _part(self, part: Part, columns: list[str], rows: int) -> Iterator[pa.RecordBatch]:
        """The rows are counted, since a reader may pass over a page whose head is damaged."""
        path, count = path_of(self.folder, part.block), 0
        with reading(path), open_sealed(path) as file:
            if file.metadata.num_rows != part.rows:
                raise OSError
            for batch in file.iter_batches(rows, columns=columns):
                count += batch.num_rows
                yield batch.select(columns).replace_schema_metadata()
            if count != part.rows:
                raise OSError


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what Parquet says of a missing or damaged part into one sentence."""
    try:
        yield
    except FileNotFoundError as error:
        raise ResultsError(f"'{path}' was there and is gone: read again.") from error
    except (OSError, pa.ArrowException, BrokenSealError, UnicodeDecodeError) as error:
        raise ResultsError(
            f"'{path}' is damaged, so nothing was read: remove it and give the sweep's command again; only its runs "
            "are run again."
        ) from error
