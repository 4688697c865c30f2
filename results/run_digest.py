"""A fingerprint of each run in a table of many, cheap enough to be taken whenever a part is written."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from results.digest import SIZE
from results.errors import ResultsError

Words = npt.NDArray[np.uint64]


def run_digests(weekly: pa.Table) -> Mapping[int, str]:
    """For each cell in the table the fingerprint of its rows, in hexadecimal: names, kinds, order, values to the bit.

    Width of numbers of one kind, chunks and dictionaries do not count; every NaN is one NaN. The rows of a cell stand
    together; ResultsError where they do not.
    """
    cells = weekly.column("cell").to_numpy()
    starts = np.flatnonzero(np.diff(cells, prepend=cells[0] - 1)) if cells.size else np.empty(0, "i8")
    if len(set(cells[starts].tolist())) != starts.size:
        raise ResultsError("The rows of one cell must stand together in a part.")
    bits = _rows(weekly)
    head = _head(weekly.schema)
    ends = np.append(starts[1:], cells.size)[: starts.size]  # no row, no cell
    found = zip(cells[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    return {cell: blake2b(head + bits[start:end].tobytes(), digest_size=SIZE).hexdigest() for cell, start, end in found}


def columns_digest(schema: pa.Schema) -> str:
    """The fingerprint of the columns' names and types."""
    told = "\n".join(f"{field.name}\t{field.type}" for field in schema)
    return blake2b(told.encode(), digest_size=8).hexdigest()


def _rows(weekly: pa.Table) -> npt.NDArray[np.uint64]:
    """Each row as eight bytes a column, then the places of its nulls, packed."""
    columns = [_column(weekly.column(name)) for name in weekly.column_names]
    nulls = np.column_stack([missing for _, missing in columns]) if columns else np.empty((0, 0), bool)
    spare = -nulls.shape[1] % 64
    packed = np.packbits(np.pad(nulls, ((0, 0), (0, spare))), axis=1).view("<u8")
    return np.ascontiguousarray(np.column_stack([*(bits for bits, _ in columns), packed]), "<u8")


def _column(column: pa.ChunkedArray) -> tuple[Words, npt.NDArray[np.bool_]]:
    """A column's values as eight bytes each, 0 where there is none, and where there is none."""
    missing = column.is_null().to_numpy()
    kind = _kind(column.type)
    if kind == "text":
        return _text(column), missing
    present = pc.fill_null(column, pa.scalar(0).cast(column.type)) if missing.any() else column
    if kind == "real":
        values = present.to_numpy().astype("<f8")
        return np.where(np.isnan(values), np.nan, values).view("<u8"), missing
    return present.to_numpy().astype("<i8").view("<u8"), missing


def _text(column: pa.ChunkedArray) -> Words:
    """Each text as the first eight bytes of its digest; few texts, many rows."""
    whole = column.combine_chunks()
    coded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    known = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in _all(coded)]
    places = pc.fill_null(coded.indices, len(known)).to_numpy(zero_copy_only=False)
    return np.asarray(np.array([*known, 0], "<u8")[places], "<u8")


def _all(coded: Any) -> list[str]:
    return [word or "" for word in coded.dictionary.to_pylist()]


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return _kind(kind.value_type)
    if pa.types.is_floating(kind):
        return "real"
    if pa.types.is_integer(kind):
        return "whole"
    if pa.types.is_boolean(kind):
        return "yes or no"
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return "text"
    raise ResultsError(f"A column of type {kind} cannot be kept in a sweep: use numbers, text, or yes and no.")


def _head(schema: pa.Schema) -> bytes:
    told = "\n".join(f"{field.name}\t{_kind(field.type)}" for field in schema)
    return blake2b(told.encode(), digest_size=SIZE).digest()
