"""A fingerprint of each run in a table of many, cheap enough to be taken whenever a part is written."""

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from results.errors import ResultsError
from results.folders.digest import SIZE

Words = npt.NDArray[np.uint64]

NAN: Final = np.array(np.nan, "<f8").view("<u8")
"""The bits of the one NaN that a digest knows."""


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


def _rows(weekly: pa.Table) -> Words:
    """Each row as eight bytes a column, with one bit pattern for every NaN, then the places of its nulls, packed."""
    width = weekly.num_columns
    nulls = np.zeros((weekly.num_rows, width + -width % 64), np.bool_)
    bits = np.zeros((weekly.num_rows, width + nulls.shape[1] // 64), "<u8")
    for place, column in enumerate(weekly.itercolumns()):
        if column.null_count:
            nulls[:, place] = column.is_null().to_numpy()
        bits[:, place] = _column(column)
    if nulls.any():
        bits[:, width:] = np.packbits(nulls, axis=1).view("<u8")
    is_nan = np.isnan(bits[:, :width].view("<f8"))
    is_nan &= np.array([_kind(kind) == "real" for kind in weekly.schema.types], np.bool_)
    if is_nan.any():
        bits[:, :width][is_nan] = NAN
    return bits


def _column(column: pa.ChunkedArray) -> Words:
    """A column's values as eight bytes each, 0 where there is none."""
    kind = _kind(column.type)
    if kind == "text":
        return _text(column)
    present = pc.fill_null(column, pa.scalar(0).cast(column.type)) if column.null_count else column
    return np.asarray(present.to_numpy().astype("<f8" if kind == "real" else "<i8", copy=False).view("<u8"))


def _text(column: pa.ChunkedArray) -> Words:
    """Each text as the first eight bytes of its digest; few texts, many rows."""
    whole = column.combine_chunks()
    coded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
    known = [int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") for word in _all(coded)]
    places = pc.fill_null(coded.indices, len(known)).to_numpy(zero_copy_only=False)
    return np.asarray(np.array([*known, 0], "<u8")[places], "<u8")


def _all(coded: Any) -> list[str]:
    return [word or "" for word in coded.dictionary.to_pylist()]


@cache
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
