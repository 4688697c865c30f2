"""One writer at a time: a lock that the kernel lets go when its holder dies, however it dies."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from results.errors import ResultsError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = ".lock"

_TAKEN = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


@contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises ResultsError when another process holds it, or it cannot be had."""
    descriptor = _descriptor(folder)
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _descriptor(folder: Path) -> int:
    try:
        return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise ResultsError(
            f"'{folder}' cannot be written: {os.strerror(error.errno or 0)}. It can still be read; to run more, copy "
            "it to a place of your own."
        ) from error


def _lock(descriptor: int, folder: Path) -> None:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            raise ResultsError(
                f"Another process is running this experiment in '{folder}'; wait until it has ended, or choose "
                "another folder."
            ) from error
        raise ResultsError(
            f"'{folder}' cannot be locked: {os.strerror(error.errno or 0)}. Its file system has no locks; choose a "
            "folder on another."
        ) from error


def is_held(folder: Path) -> bool:
    """Whether a process is running the sweep in this folder; asked without a right to write.

    To ask takes a moment in which nobody else can begin.
    """
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _TAKEN
    finally:
        os.close(descriptor)
    return False
