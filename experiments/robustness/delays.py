"""Which parameters are delays, and what they are when everything takes longer or goes quicker."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from agents.registry import PARAMETERS

PACE: Final = "_pace"
"""End of a name whose parameter, per week, is one over a delay."""


@cache
def delays() -> tuple[str, ...]:
    """Parameters counted in weeks: lags, half-lives, memories and waiting times."""
    return tuple(name for name, one in PARAMETERS.items() if one.unit == "weeks")


@cache
def paces() -> tuple[str, ...]:
    """Parameters per week that say how fast something follows; a doubled delay halves them."""
    return tuple(name for name, one in PARAMETERS.items() if one.unit == "per week" and name.endswith(PACE))


def stretched(values: Mapping[str, float], factor: float) -> dict[str, float]:
    """These values with all delays so many times as long, as far as their ranges allow."""
    changed = {name: values[name] * factor for name in delays()} | {name: values[name] / factor for name in paces()}
    return {name: min(max(value, PARAMETERS[name].low), PARAMETERS[name].high) for name, value in changed.items()}
