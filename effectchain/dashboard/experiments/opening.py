"""A folder that somebody chose, opened: how far it is, its points, what moves an indicator, and a point's scenario."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from effectchain.dashboard.experiments.finding import below, manifest_of
from effectchain.sweep_status import Status, status_of
from experiments.designs.factors import scenario_of
from experiments.sensitivity.sensitivity import sensitivity
from results.errors import ResultsError
from results.folders.run import read_run
from results.points import SCENARIO, Points, points_of
from results.sensitivity.table import Sensitivity
from results.sweeps.store import KIND, SweepStore
from results.sweeps.summary import FIRST_CELLS, FailureKind
from scenarios.checking import checked
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

WITH_POINTS: Final = frozenset({"run", "comparison", KIND})
WEEKS: Final = 52
SCENARIO_FILE: Final = "scenario.toml"
BUILDS_ON: Final = re.compile(r"^\s*[\"']?(extends|from_diagnosis)\b", re.MULTILINE)
"""In a scenario file: that it names another file; what a sweep writes never does."""


@dataclass(frozen=True, eq=False)
class Opened:
    """A folder as it was when it was opened; no points where it is of another kind, or where `trouble` says why."""

    path: str
    kind: str
    manifest: Mapping[str, Any]
    points: Points | None = None
    status: Status | None = None
    failures: tuple[FailureKind, ...] = ()
    trouble: Exception | None = None


def opened(start: Path, path: str) -> Opened:
    """Open a folder below the start. Raises Mistake for any other; damage in it is told by the outcome."""
    place = below(start, path)
    manifest = manifest_of(place)
    if not manifest:
        raise Mistake("holds no results that can be read", path)
    kind = str(manifest.get("kind", ""))
    if kind not in WITH_POINTS:
        return Opened(path, kind, manifest)
    try:
        if kind != KIND:
            return Opened(path, kind, manifest, points_of(read_run(place)))
        return _sweep(place, path, manifest)
    except ResultsError as error:
        return Opened(path, kind, manifest, trouble=error)


def with_status(start: Path, opened: Opened) -> Opened:
    """The same with how far its sweep is now; its points are as they were. Raises ResultsError where it is gone."""
    return replace(opened, status=status_of(below(start, opened.path))) if opened.kind == KIND else opened


def _sweep(place: Path, path: str, manifest: Mapping[str, Any]) -> Opened:
    store = SweepStore.open(place)
    status = status_of(place)
    failures = _failures(store) if status.failed else ()
    try:
        points = points_of(store)
    except ResultsError as error:
        return Opened(path, KIND, manifest, None, status, failures, error)
    return Opened(path, KIND, manifest, points, status, failures)


def _failures(store: SweepStore) -> tuple[FailureKind, ...]:
    """Runs that failed alike, counted together."""
    kinds: dict[tuple[str, str], list[Any]] = {}
    for part in store.parts():
        for one in part.failures:
            kinds.setdefault((one.stage, one.type), []).append(one)
    return tuple(_kind(stage, kind, found) for (stage, kind), found in kinds.items())


def _kind(stage: str, kind: str, found: list[Any]) -> FailureKind:
    cells = sorted({one.cell for one in found})
    return FailureKind(stage, kind, found[0].message, len(found), len(cells), tuple(cells[:FIRST_CELLS]))


def mover(start: Path, path: str, indicator: str) -> Sensitivity | Exception:
    """What moves an indicator in this sweep, or why that cannot be said."""
    try:
        place = below(start, path)
        if BUILDS_ON.search((place / SCENARIO_FILE).read_text(encoding="utf-8", errors="replace")):
            return ResultsError("The scenario of this sweep builds on another file, which is not read here.")
        return sensitivity(place, indicator, weeks=WEEKS)
    except (ResultsError, Mistake) as error:
        return error
    except OSError as error:
        return ResultsError(f"A file of the sweep cannot be read: {error.strerror}.")


def scenario_at(opened: Opened, number: int) -> Scenario:
    """The scenario of the point of this number. Raises Mistake where the folder doesn't say it."""
    points = opened.points
    place = None if points is None else next((at for at, one in enumerate(points.numbers) if one == number), None)
    if points is None or place is None:
        raise Mistake("there is no such point here")
    values = {name: values[place] for name, values in points.factors.items()}
    if opened.kind != KIND:
        return _as_run(opened.manifest, str(values[SCENARIO]))
    identity = opened.manifest.get("identity")
    if not isinstance(identity, Mapping) or not isinstance(identity.get("scenario"), Mapping):
        raise Mistake("this folder does not say which scenario was swept")
    others = identity.get("scenarios") or {}
    known = {name: checked(Scenario, dict(data)) for name, data in others.items()}
    if values.get(SCENARIO) is not None and values[SCENARIO] not in known:
        raise Mistake("this folder does not say which scenario the point is of")
    return scenario_of(checked(Scenario, dict(identity["scenario"])), values, known)


def _as_run(manifest: Mapping[str, Any], name: str) -> Scenario:
    """The scenario of this name as it was run."""
    listed = [manifest.get("scenario"), *(manifest.get("what_ifs") or [])]
    found = next((one for one in listed if isinstance(one, Mapping) and one.get("name") == name), None)
    if found is None:
        raise Mistake("this folder does not say which scenario the point is of")
    return checked(Scenario, dict(found))
