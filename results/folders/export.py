"""A table of a finished folder as one file for other programs: CSV, a spreadsheet, or Parquet; whole or not at all."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from openpyxl import Workbook

from results.errors import ResultsError
from results.final_years import final_years, indicators_of
from results.folders.disk import explaining, replacing
from results.folders.tables import FileTable, Tables
from results.nearest import nearest
from results.statistics import KEYS

SHEET_ROWS: Final = 1_048_576
SHEET_COLUMNS: Final = 16_384
"""What a spreadsheet holds, its head included."""

LARGEST_WHOLE: Final = 2**53
"""Beyond it a spreadsheet rounds."""

_FORMULA: Final = "^([\\x00-\\x20\ufffe\uffff]*[=+\\-@]|[\\t\\r])"
"""How a formula begins, also after what a spreadsheet file cannot hold and so leaves out."""

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that a spreadsheet file cannot hold."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A table, piece by piece, and how many rows it has, where that is known before it is read."""

    schema: pa.Schema
    rows: int | None
    pieces: Iterator[pa.RecordBatch]


def select(tables: Tables, name: str, indicators: Sequence[str] = (), *, by_year: bool = False) -> Selection:
    """The table of this name.

    indicators: of the weekly table only these, beside keys and factors; none for all.
    by_year: the weekly table as one row a run, with the value of its final year.
    Raises ResultsError for a table or an indicator that is not kept.
    """
    if name not in tables:
        raise ResultsError(f"There is no table '{name}' here; {nearest(name, list(tables))}.")
    table = tables[name]
    if (indicators or by_year) and name != "weekly":
        raise ResultsError("Indicators and final years are chosen of the table 'weekly' only.")
    if not isinstance(table, FileTable):
        return Selection(table.schema, table.num_rows, iter(table.to_batches()))
    if name != "weekly":
        return _all(table, table.schema.names)
    factors = _factors(tables)
    chosen = _chosen(table.schema, factors, indicators)
    if by_year:
        return _years(table, chosen, factors)
    keys = [name for name in table.schema.names if name in {*KEYS, *factors}]
    return _all(table, [*keys, *chosen])


def export(selection: Selection, path: Path, *, force: bool = False, about: Mapping[str, str] | None = None) -> int:
    """Write the file, in the form that its name's ending says, and return how many rows it has.

    Words that a spreadsheet would take for a formula get an apostrophe before them, except in Parquet.
    force: replace a file that exists. about: what made the table, for a second sheet or Parquet's metadata; a CSV file
    has no place for it. Raises ResultsError when that is not wanted or not possible.
    """
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ResultsError(f"'{path}' must end in {' or '.join(_WRITERS)}, which says the form of the file.")
    if path.exists() and not (force and path.is_file()):
        raise ResultsError(f"'{path}' exists; choose another name{', or add --force' if path.is_file() else ''}.")
    with explaining(f"'{path}' could not be written", "Make room or choose another place."), replacing(path) as draft:
        return write(draft, selection, about or {})


def harmless_cells(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The same rows, safe in a spreadsheet: an apostrophe before words that look like a formula, no NaN."""
    columns = [_harmless(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=[_harmless_name(name) for name in batch.schema.names])


def as_csv(sink: Any, schema: pa.Schema, pieces: Iterable[pa.RecordBatch]) -> int:
    """Write rows as CSV, an empty field where there is no value, and return how many."""
    head = harmless_cells(pa.RecordBatch.from_pylist([], schema))
    count = 0
    with pacsv.CSVWriter(sink, head.schema) as writer:
        for piece in pieces:
            writer.write_batch(harmless_cells(piece))
            count += piece.num_rows
    return count


def _csv(path: Path, selection: Selection, _about: Mapping[str, str]) -> int:
    return as_csv(path, selection.schema, selection.pieces)


def _parquet(path: Path, selection: Selection, about: Mapping[str, str]) -> int:
    count = 0
    schema = (
        selection.schema.with_metadata({**(selection.schema.metadata or {}), **about}) if about else selection.schema
    )
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
        for piece in selection.pieces:
            writer.write_batch(piece.replace_schema_metadata(schema.metadata))
            count += piece.num_rows
    return count


def _sheet(path: Path, selection: Selection, about: Mapping[str, str]) -> int:
    _refuse_too_large(selection.rows or 0, len(selection.schema))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    try:
        sheet.append([_harmless_name(name) for name in selection.schema.names])
        count = 0
        for piece in map(harmless_cells, selection.pieces):
            count += piece.num_rows
            _refuse_too_large(count, len(selection.schema))
            for row in zip(*(column.to_pylist() for column in piece.columns), strict=True):
                sheet.append([_cell(value) for value in row])
        if about:
            second = book.create_sheet("about")
            for name, value in about.items():
                second.append([_cell(_harmless_name(name)), _cell(_harmless_name(value))])
    finally:
        sheet.close()
    book.save(path)
    return count


def _refuse_too_large(rows: int, columns: int) -> None:
    if rows >= SHEET_ROWS or columns > SHEET_COLUMNS:
        raise ResultsError(
            f"A spreadsheet holds {SHEET_ROWS - 1:,} rows and {SHEET_COLUMNS:,} columns, and this table has {rows:,} "
            f"and {columns:,}: add --final-year or --indicators, or export CSV or Parquet."
        )


def _cell(value: Any) -> Any:
    """What a spreadsheet can hold: no control characters, and whole numbers that it would round as words."""
    if isinstance(value, str):
        return _UNWRITABLE.sub("", value)
    return str(value) if isinstance(value, int) and abs(value) > LARGEST_WHOLE else value


_Writer = Callable[[Path, Selection, Mapping[str, str]], int]

_WRITERS: Final[Mapping[str, _Writer]] = {
    ".csv": _csv,
    ".xlsx": _sheet,
    ".parquet": _parquet,
}


def _harmless(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _harmless(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.replace_substring_regex(column, _FORMULA, r"'\1")
    if pa.types.is_floating(kind):
        return pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
    if pa.types.is_nested(kind) or pa.types.is_decimal(kind) or pa.types.is_binary(kind):
        return _harmless(pa.array([None if one is None else str(one) for one in column.to_pylist()], pa.string()))
    return column


def _harmless_name(name: str) -> str:
    return re.sub(_FORMULA, r"'\1", name)


def _all(table: FileTable, columns: Sequence[str]) -> Selection:
    return Selection(pa.schema([table.schema.field(name) for name in columns]), table.rows, table.batches(columns))


def _years(table: FileTable, indicators: Sequence[str], factors: Sequence[str]) -> Selection:
    if not indicators:
        raise ResultsError("The weekly table keeps no indicator, so there is no final year to tell.")
    columns = [name for name in (*KEYS, *factors, *indicators) if name in table.schema.names]
    pieces = (
        batch
        for runs in table.whole_runs(columns)
        if runs.num_rows
        for batch in final_years(runs, indicators, factors).to_batches()
    )
    first = next(pieces, None)
    if first is None:
        raise ResultsError("No run is finished, so there is no final year to tell.")
    return Selection(first.schema, None, chain([first], pieces))


def _factors(tables: Tables) -> list[str]:
    """Columns of the weekly table that hold factors; that of the factor `scenario` is a key of every run already."""
    return [name for name in tables["design"].schema.names if name not in KEYS] if "design" in tables else []


def _chosen(schema: pa.Schema, factors: Sequence[str], indicators: Sequence[str]) -> list[str]:
    kept = indicators_of(schema, factors)
    unknown = [name for name in indicators if name not in kept]
    if unknown:
        raise ResultsError(f"There is no indicator '{unknown[0]}' here; {nearest(unknown[0], kept)}.")
    return list(dict.fromkeys(indicators)) or kept
