"""A calibration as a folder: the best scenario, plausible ones, and what was found, for people and for programs."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import tomli_w

from experiments.calibration.ensemble import PLAUSIBLE
from experiments.calibration.request import Request
from experiments.calibration.result import Calibration, plausible_name
from experiments.calibration.telling import as_text
from experiments.run_folders import default_folder, manifest_of, options
from experiments.searching import kept_in
from results.folders.disk import explaining, put
from results.folders.manifest import to_json
from scenarios.writing import to_toml

GIVEN: Final = "scenario.toml"
BEST: Final = "best.toml"
FIGURES: Final = "figures.csv"
INSTRUMENT: Final = "instrument.toml"


def folder_of(request: Request) -> Path:
    """runs/calibrate-<scenario>-<digest>: the same for the same trials, however often they are gone on with."""
    return default_folder(f"calibrate-{request.scenario.name}", request.decides())


def write_calibration(found: Calibration, folder: str | Path | None = None, *, language: str = "en") -> Path:
    """Write a calibration into a folder, which may be the one that its trials are kept in, and return it.

    scenario.toml is the scenario as given, best.toml and plausible/*.toml build on it and hold what is changed only.
    Raises ResultsError where that cannot be written.
    """
    place = Path(folder) if folder is not None else folder_of(found.request)
    with kept_in(place, found.request), explaining(f"'{place}' cannot be written", "Make room, and run again."):
        (place / PLAUSIBLE).mkdir(exist_ok=True)
        files = dict(_files(found, language))
        for name, content in files.items():
            put(place / name, content.encode())
        for old in (place / PLAUSIBLE).glob("plausible-*.toml"):  # last, so that nothing lacks while it is interrupted
            if f"{PLAUSIBLE}/{old.name}" not in files:
                old.unlink()
    return place.resolve()


def calibrate_command(found: Calibration) -> list[str]:
    """The command that, given inside the folder, comes to the same; people's answers are not copied there."""
    request = found.request
    asked = options(
        to=FIGURES if any(not one.is_of_survey for one in request.figures) else None,
        survey=request.asked and request.asked.file,
        instrument=request.asked and f"./{INSTRUMENT}",
        free=[one.key for one in request.parameters if not one.reason],
        fix=list(request.fixed),
        members=request.members,
        replications=found.replications,
        seed=request.seed,
    )
    return ["effectchain", "calibrate", GIVEN, *asked]


def _files(found: Calibration, language: str) -> Iterator[tuple[str, str]]:
    yield GIVEN, to_toml(found.request.scenario)
    yield BEST, _changed(f"{found.best.name}", GIVEN, found.changes[0])
    for number, changes in enumerate(found.changes[1:], 1):
        name = plausible_name(number)
        yield f"{PLAUSIBLE}/{name}.toml", _changed(name, f"../{GIVEN}", changes)
    yield FIGURES, figures_table(found)
    if found.request.asked:
        yield INSTRUMENT, found.request.asked.instrument.text
    yield "calibration.txt", as_text(found, language)
    yield "calibration.json", json.dumps(found.as_data(), indent=1) + "\n"
    yield "manifest.json", _manifest(found)


def _changed(name: str, extends: str, changes: Mapping[str, float]) -> str:
    """A scenario file that builds on another and holds these changes."""
    table: dict[str, Any] = {"schema": 1, "extends": extends, "name": name}
    for path, value in changes.items():
        here = table
        *steps, last = path.split(".")
        for step in steps:
            here = here.setdefault(step, {})
        here[last] = value
    return tomli_w.dumps(table)


def figures_table(found: Calibration) -> str:
    """The figures as asked, to be read again; those without a tolerance stay without. Not those of a survey."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["indicator", "value", "low", "high", "weeks"])
    for one in found.request.figures:
        if one.is_of_survey:
            continue
        known = one.below is not None and one.above is not None
        ends = [repr(one.wanted - (one.below or 0.0)), repr(one.wanted + (one.above or 0.0))] if known else ["", ""]
        table.writerow([one.name, repr(one.wanted), *ends, one.weeks])
    return text.getvalue()


def _manifest(found: Calibration) -> str:
    manifest = manifest_of(
        found.request.scenario,
        seed=found.request.seed,
        command=calibrate_command(found),
        started=found.started,
        finished=datetime.now(UTC),
        kind="calibration",
        asked=found.request.decides(),
        tried=found.tried,
    )
    return to_json(manifest)
