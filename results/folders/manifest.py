"""The manifest: all that is needed to know, and to repeat, what made a result."""

import json
import os
import platform
import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"

SCHEMA = 1
"""The manifest's own version; a reader refuses what it does not know."""

_FACTORS = ("experiment", "factors")
_TABLES = (("scenario",), ("scenario", "organisation"), ("experiment",), ("experiment", "design"), _FACTORS)
_LISTS = {"files": str, "what_ifs": dict, "seeds": int}


def read_manifest(folder: Path) -> Any:
    """What the manifest of this folder says. Raises OSError, or ValueError for what is damaged.

    What readers look into, such as the scenario or the names of files, is absent or has the form in which it is
    written; all else may be anything.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if isinstance(manifest, dict) and not _is_formed(manifest):
        raise ValueError("formed otherwise than a manifest")
    return manifest


def _is_formed(manifest: Mapping[str, Any]) -> bool:
    tables = [_at(manifest, path) for path in _TABLES]
    lists = [(manifest.get(name, []), kind) for name, kind in _LISTS.items()]
    return (
        all(isinstance(table, dict) for table in tables)
        and all(isinstance(factor, dict) for factor in _at(manifest, _FACTORS).values())
        and all(isinstance(listed, list) and all(isinstance(one, kind) for one in listed) for listed, kind in lists)
    )


def _at(manifest: Mapping[str, Any], path: Sequence[str]) -> Any:
    here: Any = manifest
    for step in path:
        here = here.get(step, {}) if isinstance(here, dict) else None
    return here


def build_manifest(
    *,
    scenario: Mapping[str, Any],
    seeds: Sequence[int],
    packages: Sequence[str],
    source_hash: str,
    command: Sequence[str],
    started: datetime,
    finished: datetime,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What was run, with what, by which command and when; the store adds rows and digest of each table.

    scenario: the scenario as run, after all overrides.
    seeds: one for each replication.
    packages: names whose installed versions count; one that is not installed is recorded as such.
    started, finished: times with a time zone, written in UTC.
    more: further keys, such as `interventions` or `weeks`; they do not replace the keys above.
    """
    return {
        **(more or {}),
        "schema": SCHEMA,
        "scenario": dict(scenario),
        "seeds": [int(seed) for seed in seeds],
        "packages": {name: installed_version(name) for name in packages},
        "python": platform.python_version(),
        "platform": platform_name(),
        "source_hash": source_hash,
        **own_rules(),
        "command": without_home(shlex.join(command)),
        "started": in_utc(started),
        "finished": in_utc(finished),
    }


def own_rules() -> dict[str, str]:
    """The text of the user's rules that took the place of shipped ones (EFFECTCHAIN_RULES), where there are any."""
    path = os.environ.get("EFFECTCHAIN_RULES")
    if not path:
        return {}
    try:
        return {"own_rules": Path(path).read_text(encoding="utf-8")}
    except OSError as error:  # it was there when the rules were loaded
        return {"own_rules": f"could not be read again ({error.strerror})"}


@cache
def installed_version(name: str) -> str:
    """The version of an installed package, or "not installed"; looked up once, since that takes milliseconds."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def platform_name() -> str:
    """System and processor kind, never the machine's name."""
    return f"{platform.system()} {platform.machine()}, {platform.python_implementation()}"


def without_home(text: str) -> str:
    """The text with the home folder's path as ~, so that a shared result does not tell who ran it."""
    home = str(Path.home())
    return text if home == "/" else text.replace(home, "~")


def in_utc(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def to_json(manifest: Mapping[str, Any]) -> str:
    """The manifest as readable text, keys in order, so that two of them can be compared line by line."""
    return json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    """What JSON has no form for: numbers of other libraries as numbers, mappings as objects, the rest as text."""
    if isinstance(value, Mapping):
        return dict(value)
    return value.item() if hasattr(value, "item") else str(value)
