"""The published effect sizes, read from the table beside this file."""

import tomllib
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any

from results.effect_sizes.table import Published, Texts


@cache
def published() -> tuple[Published, ...]:
    """All rows in the order in which they are shown."""
    text = files("experiments.effect_sizes").joinpath("published.toml").read_text(encoding="utf-8")
    return tuple(_row(name, row) for name, row in tomllib.loads(text).items())


def _row(name: str, row: dict[str, Any]) -> Published:
    """Where nothing can be measured, no tolerance is set."""
    low, high = row["within"] or (-inf, inf)
    return Published(
        id=name,
        ref=row["ref"],
        source=row["source"],
        status=row["status"],
        scale=row["scale"],
        figure=tuple(row["published"]),
        low=low,
        high=high,
        use=row["use"],
        english=Texts(row["en"][0], row["en"][1], row.get("note_en", "")),
        dutch=Texts(row["nl"][0], row["nl"][1], row.get("note_nl", "")),
    )
