"""Parquet files with a record in their footer and a seal over it: a glance tells whether a file is what it was.

The seal is a digest of the whole footer and of the file's length. So a footer is judged by reading the file's end
only, without parsing its columns, twenty times quicker than Parquet's own reader opens it. The footer in turn has a
digest of all before it. Pages carry Parquet's own checksums too, but those leave out the pages' heads, and one wrong
bit there makes readers pass over a page without a word: who reads some columns only must count the rows.
"""

import io
import json
import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MAGIC = b"PAR1"
KEY = "effectchain"

LARGEST_FOOTER = 64 * 2**20
"""Bytes; a length beyond it can only be damage."""

_FIRST_READ = 2**16
_PIECE = 2**20
_BYTES = 16
"""Of a digest: 32 figures."""

_UNSEALED = b"0" * 32
_SEAL = b'{"seal": "'
_DATA = b', "data": "'
_AFTER_SEAL = len(_UNSEALED) + len(b'"') + len(_DATA)
"""From the seal's first figure to the first of the digest of the data."""

STATISTICS = ["cell", "replication", "week"]
"""Columns whose least and greatest value stand in the footer, so that a query skips what it need not read."""

ROWS_A_GROUP = 131_072

COMPRESSION = "snappy"
"""A part has a hundred columns: zstd makes it a tenth smaller, and takes twice as long for the whole file."""


class BrokenSealError(ValueError):
    """Why a file is not what was once written: a few words, to be put after its name."""


def sealed(table: pa.Table, record: Mapping[str, Any]) -> bytes:
    """The table as a Parquet file with page checksums and this record, plain JSON data, under a seal.

    The same table and record give the same bytes.
    """
    sink = io.BytesIO()
    text = json.dumps({"seal": _UNSEALED.decode(), "data": _UNSEALED.decode(), **record})
    with pq.ParquetWriter(
        sink,
        table.schema,
        compression=COMPRESSION,
        use_dictionary=[field.name for field in table.schema if not pa.types.is_floating(field.type)],
        write_statistics=[name for name in STATISTICS if name in table.column_names],
        write_page_checksum=True,
    ) as writer:
        writer.write_table(table, row_group_size=ROWS_A_GROUP)
        writer.add_key_value_metadata({KEY: text})
    return _with_seal(bytearray(sink.getvalue()))


def read_record(path: Path) -> dict[str, Any]:
    """The record in the file's footer. Raises BrokenSealError for a file that is not as it was written, or OSError."""
    with _opened(path) as file:
        return _record(*_sealed_footer(file))


def check_data(path: Path) -> None:
    """Read the whole file and hold it against its digest. Raises BrokenSealError where they differ, or OSError."""
    with _opened(path) as file:
        footer, place = _sealed_footer(file)
        rest = os.fstat(file.fileno()).st_size - len(footer)
        file.seek(0)
        found = blake2b(digest_size=_BYTES)
        while rest and (piece := file.read(min(rest, _PIECE))):
            found.update(piece)
            rest -= len(piece)
    start = place + _AFTER_SEAL
    if found.hexdigest().encode() != footer[start : start + len(_UNSEALED)]:
        raise BrokenSealError("its data are damaged")


def open_sealed(path: Path) -> pq.ParquetFile:
    """The file for reading, page checksums verified."""
    return pq.ParquetFile(path, page_checksum_verification=True)


def _opened(path: Path) -> io.BufferedReader:
    return open(os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), "rb")  # noqa: PTH123


def _sealed_footer(file: io.BufferedReader) -> tuple[bytes, int]:
    """The footer, whose seal holds, and where the seal's figures begin in it."""
    size = os.fstat(file.fileno()).st_size
    footer = _footer(file, size)
    place = _place(footer)
    found = footer[place : place + len(_UNSEALED)]
    if found != _seal(footer[:place] + _UNSEALED + footer[place + len(_UNSEALED) :], size):
        raise BrokenSealError("its footer is damaged")
    return footer, place


def _record(footer: bytes, place: int) -> dict[str, Any]:
    text = footer[place - len(_SEAL) :].decode("latin-1")
    record: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    del record["seal"], record["data"]
    return record


def _with_seal(data: bytearray) -> bytes:
    start = len(data) - int.from_bytes(data[-8:-4], "little") - 8
    place = start + _place(bytes(data[start:]))
    after = place + _AFTER_SEAL
    data[after : after + len(_UNSEALED)] = blake2b(data[:start], digest_size=_BYTES).hexdigest().encode()
    data[place : place + len(_UNSEALED)] = _seal(bytes(data[start:]), len(data))
    return bytes(data)


def _seal(unsealed: bytes, size: int) -> bytes:
    return blake2b(unsealed + size.to_bytes(8, "little"), digest_size=_BYTES).hexdigest().encode()


def _place(footer: bytes) -> int:
    """Where the seal's figures begin."""
    if footer.count(_SEAL) != 1:
        raise BrokenSealError("it was not written by EffectChain")
    return footer.index(_SEAL) + len(_SEAL)


def _footer(file: io.BufferedReader, size: int) -> bytes:
    """The end of the file, from the first byte of the footer on."""
    end = _last(file, size, _FIRST_READ)
    if size < 12 or end[-4:] != MAGIC:
        raise BrokenSealError("it is cut off" if size else "it is empty")
    length = int.from_bytes(end[-8:-4], "little") + 8
    if length > min(size - len(MAGIC), LARGEST_FOOTER):
        raise BrokenSealError("its footer is damaged")
    return end[-length:] if length <= len(end) else _last(file, size, length)


def _last(file: io.BufferedReader, size: int, count: int) -> bytes:
    file.seek(max(0, size - count))
    return file.read()
