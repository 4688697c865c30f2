"""An organisation so small that many worlds of it take no time, and yet everything happens in it."""

from collections.abc import Mapping
from typing import Any

from scenarios.scenario import Scenario

SMALL: Mapping[str, Any] = {
    "schema": 1,
    "name": "small",
    "weeks": 20,
    "warmup": 8,
    "organisation": {"employees": 10, "leaders": 2, "capacity": 9.0},
    "customers": {
        "active": 120,
        "prospects": 80,
        "segments": [
            {"name": "easy", "share": 0.6, "visits": 0.7},
            {"name": "demanding", "share": 0.4, "visits": 0.4, "demandingness": 0.7},
        ],
    },
    "building_blocks": {"leadership": {"designed": 0.5, "lived": 0.3}},
    "shocks": [{"kind": "failures", "start": 1, "weeks": 20, "size": 1.5}],
}
"""Failures are frequent, so that recovery and departures are seen within 20 weeks."""


def small(**changes: Any) -> Scenario:
    """The small organisation, with other values at dotted paths (written with two underscores for a dot)."""
    return Scenario.model_validate(SMALL).with_({path.replace("__", "."): value for path, value in changes.items()})
