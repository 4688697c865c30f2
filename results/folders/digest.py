"""A fingerprint of a table's data that is the same on every machine and however the table is stored."""

from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from results.errors import ResultsError

SIZE = 16
"""Bytes of a digest: 32 hexadecimal figures, so that chance never makes two tables alike."""


def digest(table: pa.Table) -> str:
    """The table's fingerprint: names, types, order and values to the bit.

    Chunks, dictionaries, compression and offsets do not count; every NaN is one NaN; -0.0 differs from 0.0.
    """
    fingerprint = TableDigest()
    fingerprint.update(table)
    return fingerprint.hexdigest()


class TableDigest:
    """The fingerprint of a table that arrives in pieces; the cuts between the pieces leave no trace."""

    def __init__(self) -> None:
        self.rows = 0
        self._columns: dict[str, _ColumnDigest] = {}

    def update(self, piece: pa.Table) -> None:
        """Take in the next rows; all pieces have the columns of the first."""
        if not self._columns:
            self._columns = {field.name: _ColumnDigest(field.type) for field in piece.schema}
        for name, column in self._columns.items():
            for chunk in piece.column(name).chunks:
                column.update(chunk)
        self.rows += piece.num_rows

    def hexdigest(self) -> str:
        """The fingerprint of all rows so far, as hexadecimal text."""
        whole = _hasher()
        whole.update(f"{len(self._columns)} columns, {self.rows} rows".encode())
        for name, column in self._columns.items():
            whole.update(_framed(name.encode()) + column.digest())
        return str(whole.hexdigest())

    def summary(self) -> dict[str, Any]:
        """What a manifest says of the table: `rows` and `digest`."""
        return {"rows": self.rows, "digest": self.hexdigest()}


class _ColumnDigest:
    """One column as three streams, none of which shows where a chunk ended: values, lengths, places of nulls."""

    def __init__(self, kind: pa.DataType) -> None:
        self._type = _plain_type(kind)
        self._rows = 0
        self._values = _hasher()
        self._lengths = _hasher()
        self._nulls = _hasher()
        self._inner = _ColumnDigest(self._type.value_type) if _is_list(self._type) else None

    def update(self, chunk: pa.Array) -> None:
        plain = chunk.cast(self._type) if chunk.type != self._type else chunk
        if plain.null_count:
            places = np.flatnonzero(plain.is_null().to_numpy(zero_copy_only=False)) + self._rows
            self._nulls.update(places.astype("<i8").tobytes())
        self._rows += len(plain)
        self._take_values(plain)

    def _take_values(self, plain: pa.Array) -> None:
        if pa.types.is_null(self._type):
            return
        if self._inner is not None:
            self._lengths.update(_numbers(pc.fill_null(pc.list_value_length(plain), -1)))
            self._inner.update(plain.flatten())
        elif pa.types.is_large_string(self._type) or pa.types.is_large_binary(self._type):
            self._lengths.update(_numbers(pc.fill_null(pc.binary_length(plain), -1)))
            self._values.update(_text(plain.drop_null()))
        else:
            self._values.update(_numbers(plain))

    def digest(self) -> bytes:
        whole = _hasher()
        whole.update(_framed(str(self._type).encode()))
        for stream in (self._values, self._lengths, self._nulls):
            whole.update(stream.digest())
        if self._inner is not None:
            whole.update(self._inner.digest())
        return bytes(whole.digest())


def _hasher() -> Any:
    return blake2b(digest_size=SIZE)


def _framed(text: bytes) -> bytes:
    return len(text).to_bytes(8, "little") + text


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _plain_type(kind: pa.DataType) -> pa.DataType:
    """The type without its storage: no dictionary, one width of offsets, one kind of text."""
    if pa.types.is_dictionary(kind):
        return _plain_type(kind.value_type)
    if pa.types.is_string(kind):
        return pa.large_string()
    if pa.types.is_binary(kind):
        return pa.large_binary()
    if _is_list(kind):
        return pa.large_list(_plain_type(kind.value_type))
    if any(holds(kind) for holds in _STORED_PLAINLY):
        return kind
    raise ResultsError(f"A column of type {kind} cannot be kept in a run: use numbers, text, times or lists of these.")


_STORED_PLAINLY = (pa.types.is_primitive, pa.types.is_null, pa.types.is_large_string, pa.types.is_large_binary)


def _text(present: pa.Array) -> bytes:
    """The bytes of all texts, one after another; `present` has no nulls."""
    _, offsets, data = present.buffers()
    if data is None or len(present) == 0:
        return b""
    ends = np.frombuffer(offsets, "i8")[present.offset : present.offset + len(present) + 1]
    return bytes(data.slice(int(ends[0]), int(ends[-1] - ends[0])).to_pybytes())


def _numbers(values: pa.Array) -> npt.NDArray[Any]:
    """Fixed-width values as they lie in memory: little-endian, 0 where there is none, one bit pattern for every NaN."""
    if pa.types.is_temporal(values.type):
        values = values.cast(pa.int64() if values.type.bit_width == 64 else pa.int32())
    filled = pc.fill_null(values, pa.scalar(0).cast(values.type)) if values.null_count else values
    array = filled.to_numpy(zero_copy_only=False)
    if array.dtype.kind == "b":
        array = array.astype("u1")
    if array.dtype.kind == "f" and np.isnan(array).any():
        array = np.where(np.isnan(array), array.dtype.type(np.nan), array)
    return np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
