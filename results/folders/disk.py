"""One file put in its place whole or not at all, and what the system says where that fails."""

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from results.errors import ResultsError

ENDING = ".writing"
"""Of files that are not whole yet; they are hidden and no reader takes them for Parquet."""


def put(path: Path, data: bytes) -> None:
    """Write the file so that it stands whole, on the disk, under its name; an earlier one is replaced.

    Killed at any moment, the process leaves either no trace under this name or the whole file. Raises OSError.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}{ENDING}")
    try:
        _write(draft, data)
        os.replace(draft, path)  # noqa: PTH105  the name of the system's own call
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    to_disk(path.parent)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A hidden file to write to, which takes its place under the name when all is well. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}{ENDING}")
    try:
        yield draft
        to_disk(draft)
        os.replace(draft, path)  # noqa: PTH105  the name of the system's own call
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Make what was written to this file, or the names in this folder, last beyond a power cut."""
    if sys.platform == "win32":  # no folder, and no file open for reading, can be flushed there
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path) -> None:
    """Remove what dead writers left half-written; call it only where no writer can be alive, so under a lock."""
    for entry in os.scandir(folder):
        if entry.name.startswith(".") and entry.name.endswith(ENDING):
            Path(entry.path).unlink(missing_ok=True)


@contextmanager
def explaining(what: str, advice: str) -> Iterator[None]:
    """Turn the system's refusal into one sentence: what could not be done, why, and what to do."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ResultsError(f"{what}: {reason}. {advice}") from error


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
