"""What the page shows, as data: the list of folders, and the one that is open."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from effectchain.dashboard.experiments.drawing import movers, scatter, selection, spreads
from effectchain.dashboard.experiments.finding import Found, state_of
from effectchain.dashboard.experiments.opening import Opened
from effectchain.dashboard.experiments.scales import called
from effectchain.dashboard.experiments.work import Work, outcomes
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.words import words_of
from effectchain.sweep_status import Status
from experiments.naming import value_name
from results.numbers import decimal
from results.points import Points
from results.sensitivity.table import Sensitivity
from results.sweeps.store import KIND
from results.sweeps.summary import FailureKind
from results.words import harmless

KINDS: Final = (
    "sweep",
    "comparison",
    "run",
    "explanation",
    "roadmap",
    "calibration",
    "survey",
    "validation",
    "effect sizes",
    "robustness",
)
STATES: Final = ("running", "finished", "stopped", "damaged")
LONGEST_COMMAND: Final = 2_000


def listing(work: Work, language: str) -> dict[str, Any]:
    """The folders to choose from."""
    words = words_of("experiments", language)
    if work.findings is None:
        return {"is_looking": True, "folders": [], "kinds": [], "states": [], "count": ""}
    found = work.findings
    kinds = sorted({one.kind for one in found.folders}, key=lambda kind: KINDS.index(kind) if kind in KINDS else 99)
    shown, count = (decimal(number, 0, language) for number in (len(found.folders), found.count))
    more = found.count > len(found.folders)
    return {
        "is_looking": False,
        "folders": [_folder(one, work, words) for one in found.folders],
        "kinds": [{"key": kind, "text": kind_text(kind, words)} for kind in kinds],
        "states": [{"key": state, "text": words[f"state_{state}"]} for state in STATES],
        "count": words["newest"].format(shown=shown, count=count) if more else words["count"].format(count=count),
    }


def _folder(one: Found, work: Work, words: Mapping[str, str]) -> dict[str, Any]:
    moment = datetime.fromtimestamp(one.changed, UTC).astimezone()
    state = words[f"state_{one.state}"]
    if one.state in {"running", "stopped"}:
        state += f", {int(100 * one.share)}%"
    return {
        "path": one.path,
        "name": harmless(one.name, 80),
        "place": harmless(one.path, 200),
        "kind": one.kind,
        "kind_text": kind_text(one.kind, words),
        "state": one.state,
        "state_text": state,
        "when": f"{moment:%Y-%m-%d %H:%M}",
        "is_here": one.path == work.path,
    }


def kind_text(kind: str, words: Mapping[str, str]) -> str:
    """What sort of folder it is."""
    return words[f"kind_{kind.replace(' ', '_')}"] if kind in KINDS else harmless(kind, 30) or words["kind_other"]


def detail(work: Work, mover: Sensitivity | Exception | None, language: str) -> dict[str, Any]:
    """The folder that is open; mover: what moves its outcome, None while that is being worked out."""
    words = words_of("experiments", language)
    head = {"is_open": bool(work.path), "is_opening": work.is_opening, "mistake": _told(work.mistake, words, language)}
    if work.opened is None:
        return {**head, "has_points": False, "is_read": False}
    opened = work.opened
    points = opened.points
    parts = _with_points(work, points, mover, words, language) if points and points.levels else {}
    return {
        **head,
        "is_read": True,
        "has_points": bool(parts),
        "trouble": _told(opened.trouble, words, language),
        "without": "" if parts or opened.trouble else words["without_points"],
        **_about(opened, words, language),
        "progress": _progress(opened.status, words, language),
        "failures": [_failure(one, words, language) for one in opened.failures],
        **parts,
    }


def _about(opened: Opened, words: Mapping[str, str], language: str) -> dict[str, Any]:
    manifest = opened.manifest
    experiment = manifest.get("experiment")
    named = experiment.get("name") if isinstance(experiment, Mapping) else None
    design = experiment.get("design", {}) if isinstance(experiment, Mapping) else {}
    packages = manifest.get("packages")
    version = packages.get("effectchain") if isinstance(packages, Mapping) else None
    facts = {
        "fact_design": value_name(str(design.get("kind", "")), language) if isinstance(design, Mapping) else None,
        "fact_weeks": manifest.get("weeks"),
        "fact_seed": ", ".join(map(str, manifest["seeds"][:5])) if isinstance(manifest.get("seeds"), list) else None,
        "fact_started": str(manifest.get("started", ""))[:16].replace("T", " "),
        "fact_version": version,
        "fact_folder": opened.path,
    }
    return {
        "name": harmless(named or opened.path.rsplit("/", 1)[-1], 80),
        "kind": kind_text(opened.kind, words),
        "command": harmless(manifest.get("command", ""), LONGEST_COMMAND),
        "facts": [{"label": words[key], "text": harmless(value, 200)} for key, value in facts.items() if value],
        "can_open": opened.kind in {KIND, "run", "comparison"},
    }


def _progress(status: Status | None, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """How far a sweep is, and how long the rest will take."""
    if status is None:
        return {"is_sweep": False, "is_running": False}
    finished = status.done + status.failed
    numbers = {"finished": finished, "runs": status.runs, "cells": status.cells, "worlds": status.replications}
    text = words["progress"].format(**{key: decimal(value, 0, language) for key, value in numbers.items()})
    if status.rate:
        text += words["rate"].format(rate=decimal(status.rate, 1, language))
    if status.remaining is not None:
        text += words["remaining"].format(time=_duration(status.remaining, words))
    share = finished / max(1, status.runs)
    state = state_of(share, is_running=status.running)
    return {
        "is_sweep": True,
        "is_running": status.running,
        "state": state,
        "state_text": words[f"state_{state}"],
        "share": round(share, 4),
        "text": text,
        "hint": words["go_on"] if state == "stopped" else "",
        "failed": words["failed"].format(count=decimal(status.failed, 0, language)) if status.failed else "",
        "damaged": _damaged(status, words, language),
    }


def _damaged(status: Status, words: Mapping[str, str], language: str) -> str:
    """How many parts are none any more; what they held is lived anew when the sweep goes on."""
    if not status.damaged:
        return ""
    count = decimal(len(status.damaged), 0, language)
    return words["damaged_parts"].format(count=count, name=harmless(status.damaged[0].path, 80))


def _duration(seconds: float, words: Mapping[str, str]) -> str:
    minutes = round(seconds / 60)
    if minutes < 1:
        return words["seconds"].format(count=max(1, round(seconds)))
    return words["minutes"].format(count=minutes) if minutes < 120 else words["hours"].format(count=round(minutes / 60))


def _failure(one: FailureKind, words: Mapping[str, str], language: str) -> str:
    more = words["and_others"] if one.all_cells > len(one.cells) else ""
    return words["failure"].format(
        runs=decimal(one.runs, 0, language),
        stage=harmless(one.stage, 20),
        type=harmless(one.type, 40),
        message=harmless(one.message, 400),
        cells=", ".join(map(str, one.cells)) + more,
    )


def _with_points(
    work: Work, points: Points, mover: Sensitivity | Exception | None, words: Mapping[str, str], language: str
) -> dict[str, Any]:
    is_sweep = work.opened is not None and work.opened.kind == KIND
    names = outcomes(points)
    axes = [*points.factors, *names]
    return {
        "outcomes": _options(names, work.outcome, language),
        "factors": _options(list(points.factors), work.factor, language),
        "x_axes": _options(axes, work.x, language),
        "y_axes": _options(axes, work.y, language),
        "spread": spreads(points, work.factor, work.outcome, words, language) if work.factor else None,
        "movers": _movers(mover, work.opened.status, words, language) if is_sweep and work.opened else None,
        "scatter": scatter(points, work.x, work.y, words, language),
        "selection": selection(points, work.x, work.y, work.bounds, words, language),
        "point": words["point_cell" if is_sweep else "point_run"],
    }


def _movers(
    mover: Sensitivity | Exception | None, status: Status | None, words: Mapping[str, str], language: str
) -> dict[str, Any]:
    if mover is None:
        return {"rows": [], "trouble": "", "waiting": words["working"]}
    if isinstance(mover, Exception):
        return {"rows": [], "trouble": _why_not(mover, status, words, language), "waiting": ""}
    return {**movers(mover, words, language), "trouble": "", "waiting": ""}


def _why_not(trouble: Exception, status: Status | None, words: Mapping[str, str], language: str) -> str:
    """Why nobody can tell what moves an indicator."""
    if status and status.failed:
        return words["movers_failed"]
    if status and status.done < status.runs:
        return words["movers_unfinished"]
    return _told(trouble, words, language)


def _options(names: list[str], chosen: str, language: str) -> list[dict[str, Any]]:
    return [{"key": name, "text": called(name, language), "is_here": name == chosen} for name in names]


def _told(error: Exception | None, words: Mapping[str, str], language: str) -> str:
    """What keeps a folder from being read; details of results are in English."""
    return words["in_full"].format(text=harmless(sentence(error, language), 600)) if error else ""
