"""Which folders with results there are under the folder where the dashboard was started; nothing else is read."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from results.folders.manifest import MANIFEST
from results.sweeps.lock import is_held
from results.sweeps.store import KIND, SweepStore
from scenarios.errors import Mistake, shown

DEEPEST: Final = 3
"""Folders below the start in which is looked: runs/hotel is at 2."""

MOST_LOOKED_AT: Final = 3_000
MOST_FOUND: Final = 300
LARGEST_MANIFEST: Final = 5_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Found:
    """A folder with results: path below the start, kind, state (finished, running, stopped, damaged), share done.

    changed: when it was made or begun, seconds since 1970.
    """

    path: str
    kind: str
    name: str
    state: str
    share: float
    changed: float
    manifest: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """The folders, newest first, and how many there are in all."""

    folders: tuple[Found, ...]
    count: int


def find(start: Path) -> Findings:
    """The folders with results below the start, three deep; hidden ones and links that lead elsewhere are left out."""
    places = sorted(_places(start.resolve()), key=lambda place: -_changed(place))
    return Findings(tuple(_found(start.resolve(), place) for place in places[:MOST_FOUND]), len(places))


def below(start: Path, path: str) -> Path:
    """The folder at this path below the start. Raises Mistake for any other place, links that lead there included."""
    root = start.resolve()
    if "\0" in path or len(path) > 4_000:
        raise Mistake("is no folder here", shown(path))
    place = (root / path).resolve()
    if place == root or not place.is_relative_to(root) or not place.is_dir():
        raise Mistake("is no folder with results here", shown(path), "a folder below the one you started in")
    for entry in _entries(place):
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            raise Mistake("holds a link to another place, so it is not read", shown(path))
    return place


def _entries(place: Path) -> Iterator[os.DirEntry[str]]:
    """All that is in a folder with results, in its own folders too."""
    with os.scandir(place) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(Path(entry.path))


def manifest_of(place: Path) -> Mapping[str, Any]:
    """What the folder says of itself; nothing where that cannot be read."""
    path = place / MANIFEST
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            return {}
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _places(root: Path) -> Iterator[Path]:
    waiting, looked = [(root, 0)], 0
    while waiting and looked < MOST_LOOKED_AT:
        place, depth = waiting.pop(0)
        looked += 1
        if depth and (place / MANIFEST).is_file():
            yield place
        elif depth < DEEPEST:
            waiting += [(one, depth + 1) for one in _folders(place)]


def _folders(place: Path) -> list[Path]:
    try:
        with os.scandir(place) as found:
            names = [one.name for one in found if one.name[0] != "." and one.is_dir(follow_symlinks=False)]
    except OSError:
        return []
    return [place / name for name in sorted(names)]


def _changed(place: Path) -> float:
    try:
        return (place / MANIFEST).stat().st_mtime
    except OSError:
        return 0.0


def _found(root: Path, place: Path) -> Found:
    manifest = manifest_of(place)
    path = place.relative_to(root).as_posix()
    kind = str(manifest.get("kind", "")) if manifest else ""
    state, share = _state(place, kind) if manifest else ("damaged", 0.0)
    return Found(path, kind, _name(manifest, place), state, share, _changed(place), manifest)


def _name(manifest: Mapping[str, Any], place: Path) -> str:
    experiment = manifest.get("experiment")
    named = experiment.get("name") if isinstance(experiment, Mapping) else None
    return str(named or place.name)


def _state(place: Path, kind: str) -> tuple[str, float]:
    """For a sweep, how many of its parts are there; all else stands in its place only when it is finished."""
    if kind != KIND:
        return "finished", 1.0
    try:
        store = SweepStore.open(place)
        share = len(store.names()) / max(1, sum(1 for _ in store.blocks()))
        is_running = is_held(place)
    except Exception:  # noqa: BLE001  whatever a file of somebody else's holds, the others are listed
        return "damaged", 0.0
    return state_of(share, is_running=is_running), min(1.0, share)


def state_of(share: float, *, is_running: bool) -> str:
    """What a sweep does that is done so far: running, finished or stopped."""
    return "running" if is_running else "finished" if share >= 1.0 else "stopped"
