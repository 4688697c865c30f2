"""Columns of tables out of columns of records."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.records import Column, Record

WORD: Final = pa.dictionary(pa.int32(), pa.string())
"""Words out of a few, each kept once."""

Mask = npt.NDArray[np.bool_]


def type_of(column: Column) -> pa.DataType:
    """How a column of a record stands in a table."""
    if column.unit == "yes or no":
        return pa.bool_()
    return pa.int32() if column.is_whole else pa.float64()


def plain(records: Record, column: Column, present: Mask | None = None) -> pa.Array:
    """The column's values, null where they are not present."""
    values = np.ascontiguousarray(records[column.name])
    if column.unit == "yes or no":
        values = values == 1
    return pa.array(values, type_of(column), mask=None if present is None else ~present)


def words(codes: Any, of: Sequence[str], present: Mask | None = None) -> pa.Array:
    """The words that these codes stand for, null where they are not present."""
    mask = None if present is None else ~present
    return pa.DictionaryArray.from_arrays(pa.array(np.ascontiguousarray(codes), pa.int32(), mask=mask), list(of))


def same_word(word: str, count: int) -> pa.Array:
    """The same word in each row."""
    return words(np.zeros(count, "i4"), [word])


def same_number(number: int, count: int) -> pa.Array:
    """The same number in each row."""
    return pa.array(np.full(count, number, "i4"))
