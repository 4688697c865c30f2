"""A search that can go on: the folder that holds what was tried, for one process and one question at a time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol

from results.errors import ResultsError
from results.folders.disk import explaining, put, remove_leftovers
from results.sweeps.lock import LOCK, holding

ASKED: Final = "request.json"
JOURNAL: Final = "search.journal"
"""One line a trial."""


class Decided(Protocol):
    """A search that can go on: all that decides what its trials come to."""

    def decides(self) -> dict[str, Any]:
        """By name, as plain data."""


@contextmanager
def keeping(request: Decided, out: str | Path | None) -> Iterator[Path | None]:
    """The folder in which trials are kept, held against other processes; None where nothing is kept."""
    if out is None:
        yield None
        return
    with kept_in(Path(out), request) as folder:
        yield folder


@contextmanager
def kept_in(folder: Path, request: Decided) -> Iterator[Path]:
    """The folder, held while this lasts. Raises ResultsError for one that holds something else or another search."""
    with explaining(f"'{folder}' cannot be written", "Choose another folder."):
        if folder.is_dir() and not (folder / ASKED).exists() and {path.name for path in folder.iterdir()} - {LOCK}:
            raise ResultsError(f"'{folder}' holds other files; choose a folder that is new or empty.")
        folder.mkdir(parents=True, exist_ok=True)
    with holding(folder):
        remove_leftovers(folder)
        _same_search(folder, request)
        yield folder


def mend(journal: Path) -> None:
    """Cut off a last line that is not whole, as a kill leaves it."""
    if journal.exists():
        with journal.open("r+b") as file:
            file.truncate(file.read().rfind(b"\n") + 1)


def _same_search(folder: Path, request: Decided) -> None:
    """Go on with the search that the folder holds, or begin one."""
    asked = request.decides()
    if (folder / ASKED).exists():
        _refuse_another(folder, _read(folder / ASKED), asked)
        return
    with explaining(f"'{folder}' cannot be written", "Choose another folder."):
        (folder / JOURNAL).unlink(missing_ok=True)
        put(folder / ASKED, (json.dumps(asked, indent=1) + "\n").encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise ResultsError(f"'{path}' cannot be read; choose another folder.")
    return found


def _refuse_another(folder: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    changed = [name for name in now if before.get(name) != now[name]]
    if changed:
        differences = ", ".join(f"{name} was {_short(before.get(name))} and is {_short(now[name])}" for name in changed)
        raise ResultsError(
            f"'{folder}' holds another search: {differences}. Choose another folder with --out, or ask the same."
        )


def _short(value: Any) -> str:
    """A value as it is told."""
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"
