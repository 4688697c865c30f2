"""What a worker must have in common with the process that leads a sweep, asked before the first block."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from agents.rule import source_hash
from results.folders.manifest import MANIFEST
from scenarios.errors import Mistake

PACKAGES: Final = ("numba", "llvmlite", "numpy")
"""Packages that can change a number's last bits."""


@dataclass(frozen=True, slots=True)
class Place:
    """What decides numbers, and where they go.

    source: hash of the rules. packages: versions by name. folder: absolute path of the results. mark: text of its
    manifest, by which a worker shows that it sees the same folder, or why it cannot be read or the folder not be
    written.
    """

    source: str
    packages: tuple[tuple[str, str], ...]
    folder: str
    mark: str


def place_of(folder: Path) -> Place:
    """What this process has, for results in this folder."""
    packages = tuple((name, version(name)) for name in PACKAGES)
    absolute = folder.resolve()
    return Place(source_hash(), packages, str(absolute), _mark(absolute))


def greet(place: Place) -> Place:
    """What a worker has, where it is to write into the same folder."""
    return place_of(Path(place.folder))


def check_workers(ours: Place, theirs: Mapping[str, Place]) -> None:
    """Refuse workers that would give other numbers or put them elsewhere. Raises Mistake that names the first."""
    for name, place in theirs.items():
        if place.source != ours.source:
            raise Mistake(
                "has other rules than this process", name, hint="install the same EffectChain on all machines"
            )
        for (package, wanted), (_, found) in zip(ours.packages, place.packages, strict=True):
            if wanted != found:
                raise Mistake(
                    f"has {package} {found}, and this process {wanted}",
                    name,
                    hint="install the same versions on all machines (requirements.lock lists them)",
                )
        if place.mark != ours.mark:
            raise Mistake(
                f"does not see the results folder '{ours.folder}'",
                name,
                hint="choose an --out on a disk that all machines share under the same path",
            )


def _mark(folder: Path) -> str:
    """The manifest's text, where the folder can be written."""
    try:
        with TemporaryFile(dir=folder / "parts"):
            return (folder / MANIFEST).read_text(encoding="utf-8")
    except OSError as error:
        return os.strerror(error.errno or 0)
