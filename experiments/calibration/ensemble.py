"""Scenarios that a calibration wrote: every plausible one, so that what-ifs can carry what is not known."""

from pathlib import Path
from typing import Final

from scenarios.errors import Mistake, shown
from scenarios.loading import load
from scenarios.scenario import Scenario

PLAUSIBLE: Final = "plausible"
"""Folder of plausible scenarios inside that of a calibration."""


def ensemble_of(folder: str | Path) -> list[Scenario]:
    """The plausible scenarios in a calibration's folder, or all scenario files of any folder, by name of file.

    Raises Mistake for a folder that there is not, that holds no scenarios, or one that cannot be read.
    """
    place = Path(folder)
    if not place.is_dir():
        raise Mistake("is no folder", shown(str(folder)), "the folder of a calibration, or one of scenario files")
    inner = place / PLAUSIBLE if (place / PLAUSIBLE).is_dir() else place
    files = sorted(inner.glob("*.toml"))
    if not files:
        raise Mistake("holds no scenario files (*.toml)", shown(str(folder)))
    return [load(file) for file in files]
