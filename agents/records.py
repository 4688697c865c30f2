"""How state is declared: one table of columns a kind of agent, from which memory, limits and documents follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

type_of = {"real": "f8", "whole": "i4", "small": "i1", "key": "u8"}

LINE: Final = 64
"""Bytes that memory hands over at once."""

Record = Any
"""One agent's record: the same attribute access for compiled rules and for plain Python."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record.

    name: attribute name, also the column's name in files.
    low, high: closed range that holds after every week; checked by the guard.
    unit: what one stands for.
    meaning: one sentence for documents and screens.
    kind: "real" (float64), "whole" (int32), "small" (int8) or "key" (uint64).
    length: 0 for one number, n for n numbers in a row.
    """

    name: str
    low: float
    high: float
    unit: str
    meaning: str
    kind: str = "real"
    length: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are whole, however many bytes they take."""
        return self.kind != "real"


def record_type(columns: Sequence[Column]) -> np.dtype[Any]:
    """The aligned NumPy record type of these columns, in their order."""
    fields: list[Any] = []
    for column in columns:
        form = type_of[column.kind]
        fields.append((column.name, form, (column.length,)) if column.length else (column.name, form))
    return np.dtype(fields, align=True)


def empty(columns_type: np.dtype[Any], count: int) -> Any:
    """`count` zeroed records that answer to attribute access, compiled or not; they begin a line of memory."""
    size = count * columns_type.itemsize
    room = np.zeros(size + LINE, np.uint8)
    skip = -room.ctypes.data % LINE
    return room[skip : skip + size].view(columns_type).view(np.recarray)


def like(records: Any) -> Any:
    """A copy of records that begins where a line of memory does, too."""
    room = empty(records.dtype, len(records))
    room[:] = records
    return room
