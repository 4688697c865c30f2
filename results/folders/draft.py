"""A folder that appears whole, under its own name, or not at all."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from results.errors import ResultsError
from results.folders.disk import to_disk

if sys.platform != "win32":
    import fcntl

SOON = 60.0
"""Seconds in which a writer surely has locked the draft that it made."""


class Draft:
    """A hidden folder beside its later place; `commit` renames it there, `discard` removes it.

    The kernel's lock on the draft says whether its writer lives, so what a killed process left is found and removed.
    """

    def __init__(self, folder: Path, replaceable: Callable[[Path], bool]) -> None:
        """replaceable: whether a folder that exists holds nothing but what may be replaced."""
        self.folder = folder.resolve()
        self._replaceable = replaceable
        self._draft: Path | None = None
        self._lock = -1
        self._open_files: list[BinaryIO] = []

    def open(self) -> None:
        """Make the draft. Raises ResultsError when the place is taken by something else or cannot be written."""
        with self.explaining():
            self._refuse_what_is_not_ours()
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            self._tidy_up()
            draft = Path(tempfile.mkdtemp(prefix=f".{self.folder.name}.", suffix=".new", dir=self.folder.parent))
            try:
                self._lock = _locked(draft)
                # Renamed only when locked, so that nobody takes it for left behind in between.
                self._draft = draft.rename(draft.with_suffix(".draft"))
            except BaseException:
                with suppress(OSError):
                    draft.rmdir()
                raise
            self._draft.chmod(0o755)

    def create(self, name: str) -> BinaryIO:
        """A new file of the draft, or of a folder in it, open for writing; it reaches the disk at `commit`."""
        file = (self._path / name).open("xb")
        self._open_files.append(file)
        return file

    def make_folder(self, name: str) -> None:
        """A folder within the draft."""
        (self._path / name).mkdir()

    def rename(self, old: str, new: str) -> None:
        """Give a file of the draft another name."""
        (self._path / old).rename(self._path / new)

    def commit(self) -> None:
        """Put everything on the disk, then move the draft to its place in one step."""
        for file in self._open_files:
            file.close()
        for path in self._path.rglob("*"):
            to_disk(path)
        to_disk(self._path)
        self._move()
        to_disk(self.folder.parent)

    def discard(self) -> None:
        """Remove what is left of the draft; harmless after `commit`."""
        for file in self._open_files:
            with suppress(OSError, ValueError):
                file.close()
        if self._draft is not None:
            shutil.rmtree(self._draft, ignore_errors=True)
        _unlock(self._lock)
        self._draft, self._lock = None, -1

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Turn an operating system's error into one sentence for the user."""
        try:
            yield
        except OSError as error:
            raise ResultsError(
                f"The results could not be written to '{self.folder}': {_reason(error)}. Nothing was half-written; "
                "make room or choose another folder, and run again."
            ) from error

    @property
    def _path(self) -> Path:
        if self._draft is None:
            raise ResultsError(f"'{self.folder}' is not open for writing.")
        return self._draft

    def _refuse_what_is_not_ours(self) -> None:
        if not os.path.lexists(self.folder):
            return
        if not self.folder.is_dir() or (any(self.folder.iterdir()) and not self._replaceable(self.folder)):
            raise ResultsError(
                f"'{self.folder}' exists and holds other files, which would be lost; "
                "choose a folder that is new or empty."
            )

    def _move(self) -> None:
        """One rename; an earlier run steps aside just before, and comes back when it fails or is interrupted."""
        self._refuse_what_is_not_ours()
        aside = self._path.with_suffix(".replaced")
        replaces = self.folder.is_dir()
        try:
            if replaces:
                self.folder.rename(aside)
            self._path.rename(self.folder)
        except BaseException:
            if replaces and not os.path.lexists(self.folder):
                aside.rename(self.folder)
            raise
        self._draft = None
        if replaces:
            shutil.rmtree(aside, ignore_errors=True)

    def _tidy_up(self) -> None:
        """Remove the drafts of processes that died, and bring back a run whose replacement was cut short."""
        for draft in self._hidden("draft"):
            with suppress(OSError):
                lock = _locked(draft)
                shutil.rmtree(draft, ignore_errors=True)
                _unlock(lock)
        for new in self._hidden("new"):  # empty; its writer lives if it has only just made it
            with suppress(OSError):
                if time.time() - new.stat().st_mtime > SOON:
                    new.rmdir()
        for aside in self._hidden("replaced"):
            if os.path.lexists(self.folder):
                shutil.rmtree(aside, ignore_errors=True)
            else:
                aside.rename(self.folder)

    def _hidden(self, ending: str) -> list[Path]:
        return sorted(self.folder.parent.glob(f".{escape(self.folder.name)}.????????.{ending}"))


def _reason(error: OSError) -> str:
    """What the system says, with the file that it says it of unless that is one of our hidden ones."""
    words = os.strerror(error.errno) if error.errno else str(error)
    hidden = error.filename is None or any(part.startswith(".") for part in Path(os.fsdecode(error.filename)).parts)
    return words if hidden else f"{words} ('{os.fsdecode(error.filename)}')"


def _locked(folder: Path) -> int:
    """A descriptor that holds the folder's lock until it is closed or its process ends; OSError when it is held."""
    if sys.platform == "win32":  # no folder can be locked there: drafts of killed processes stay
        return -1
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _unlock(descriptor: int) -> None:
    if descriptor >= 0:
        os.close(descriptor)
