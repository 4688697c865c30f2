"""The folder of a result: where it goes when nobody says where, and what its manifest says."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from agents.rule import source_hash
from results.folders.manifest import build_manifest
from scenarios.scenario import Scenario

RUNS: Final = Path("runs")
"""In the current folder."""

PACKAGES: Final = ("effectchain", "numba", "llvmlite", "numpy", "scipy", "pyarrow", "pydantic", "matplotlib")
"""Packages on which a number or a figure may depend."""

LONGEST_NAME: Final = 120
"""Without the digest; file systems allow 255 bytes."""


def default_folder(name: str, *asked: Any) -> Path:
    """runs/<name>-<digest>: twelve hexadecimal digits for what was asked and for the rules of the model.

    asked: plain data, all that decides the numbers and which of them are kept.
    """
    digest = blake2b(json.dumps([*asked, source_hash()], sort_keys=True).encode(), digest_size=6).hexdigest()
    return RUNS / f"{name[:LONGEST_NAME]}-{digest}"


def manifest_of(
    scenario: Scenario,
    *,
    seed: int,
    command: Sequence[str],
    started: datetime,
    finished: datetime,
    packages: Sequence[str] = PACKAGES,
    **more: Any,
) -> dict[str, Any]:
    """What made a result; the store adds rows and digest of each table. more: further keys, such as `kind`."""
    return build_manifest(
        scenario=scenario.as_dict(),
        seeds=[seed],
        packages=packages,
        source_hash=source_hash(),
        command=command,
        started=started,
        finished=finished,
        more=more,
    )


def options(**given: Any) -> list[str]:
    """Options as one types them: --weeks 52 --most-at-once 2. Of a list, each item has its own; None has none."""
    each = [
        (name.replace("_", "-"), one)
        for name, value in given.items()
        for one in (value if isinstance(value, (list, tuple)) else [value])
        if one is not None
    ]
    return [word for name, one in each for word in (f"--{name}", _typed(one))]


def _typed(value: Any) -> str:
    """A number with all of its figures, for the command must come to the same; of a whole one without the .0."""
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)
