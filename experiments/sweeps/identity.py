"""What makes a sweep this sweep: all that decides its numbers apart from the design, and what of it has changed."""

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from agents.rule import source_hash
from experiments.designs.experiment import Experiment
from experiments.run_folders import LONGEST_NAME, RUNS
from experiments.sweeps.handshake import PACKAGES
from results.folders.manifest import installed_version
from scenarios.errors import Mistake, shown

MOST_TOLD: Final = 4
ABSENT: Final = "absent"

ELSEWHERE: Final = "choose another --out for it"


def identity_of(experiment: Experiment) -> dict[str, Any]:
    """All that decides the numbers of a cell, as plain JSON data."""
    keep = experiment.keep
    identity = {
        "scenario": experiment.base.as_dict(),
        "scenarios": {name: scenario.as_dict() for name, scenario in experiment.others.items()},
        "weeks": experiment.weeks,
        "seed": experiment.seed,
        "keep": {"indicators": keep.indicators and sorted(keep.indicators), "every": keep.every},
        "rules": source_hash(),
        "packages": {name: installed_version(name) for name in PACKAGES},
    }
    plain: dict[str, Any] = json.loads(json.dumps(identity))
    return plain


def refuse_another(folder: Path, started: Any, identity: Mapping[str, Any]) -> None:
    """Refuse to go on where something that decides numbers has changed. Raises Mistake that names it."""
    changed = list(_changes(started, identity, ()))
    if changed:
        more = f", and {len(changed) - MOST_TOLD} more" if len(changed) > MOST_TOLD else ""
        raise Mistake(
            f"the sweep in it was started with other numbers: {'; '.join(changed[:MOST_TOLD])}{more}",
            f"'{folder}'",
            hint=f"to run this experiment, {ELSEWHERE}",
        )


def default_folder(experiment: Experiment) -> Path:
    """runs/<name>-<digest>: the same for the same experiment, also when its design grows."""
    factors = experiment.as_dict().get("factors")
    asked = json.dumps([experiment.name, factors, identity_of(experiment)], sort_keys=True, default=str)
    return RUNS / f"{experiment.name[:LONGEST_NAME]}-{blake2b(asked.encode(), digest_size=6).hexdigest()}"


def _changes(before: Any, now: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in dict.fromkeys([*before, *now]):
            yield from _changes(before.get(name, ABSENT), now.get(name, ABSENT), (*path, name))
    elif before != now:
        yield f"{'.'.join(path)} was {_short(before)}, is now {_short(now)}"


def _short(value: Any) -> str:
    """A value in a few words; of a hash the first figures."""
    if isinstance(value, str) and len(value) == 64:
        return value[:8]
    return value if value == ABSENT else shown(value)
