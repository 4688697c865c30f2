"""The table of indicators: what is measured each week, in what unit, with what definition."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

Perspective = Literal["organisation", "employees", "customers", "results"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One column of the weekly table."""

    name: str
    perspective: Perspective
    unit: str
    meaning: str


def read_indicators() -> dict[str, Indicator]:
    """All indicators by name, in the table's order."""
    table = tomllib.loads(files("simulation").joinpath("indicators.toml").read_text(encoding="utf-8"))
    return {name: Indicator(name=name, **row) for name, row in table.items()}


INDICATORS: Final[Mapping[str, Indicator]] = MappingProxyType(read_indicators())
"""Every indicator by name."""

WEEKLY: Final = np.dtype([(name, "f8") for name in INDICATORS], align=True)

ENGAGED_FROM: Final = 0.65
DISENGAGED_TO: Final = 0.35
"""Bounds of engaged and actively disengaged. Assumed; the shares are compared with Gallup's (E4)."""

EMPTY: Final = float("nan")
