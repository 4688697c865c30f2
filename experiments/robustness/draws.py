"""Draws of all that is assumed or calibrated, each within a band about its value: a Latin hypercube."""

from collections.abc import Mapping

from scipy.stats import qmc

from agents.parameters import Parameter
from agents.registry import PARAMETERS

PART = 0.25
"""How far a band reaches: a quarter of the way to the nearest of 0 and both ends of the range."""


def band(parameter: Parameter, value: float) -> tuple[float, float] | None:
    """Lowest and highest value drawn; None for what stays as it is.

    What evidence has set stays, and what is 0 or at the low end of its range: it is switched off. What is at the high
    end is drawn a quarter of the way down to 0. The band is symmetric elsewhere, so that draws have the same level
    on average.
    """
    if parameter.origin == "evidence" or value == 0.0 or value <= parameter.low:
        return None
    if value >= parameter.high:
        return value - PART * min(abs(value), value - parameter.low), value
    reach = PART * min(abs(value), value - parameter.low, parameter.high - value)
    return value - reach, value + reach


def bands(values: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The bands of all parameters that are drawn."""
    found = {name: band(parameter, values[name]) for name, parameter in PARAMETERS.items()}
    return {name: ends for name, ends in found.items() if ends is not None}


def draws(values: Mapping[str, float], count: int, seed: int) -> list[dict[str, float]]:
    """So many draws; each parameter's band is cut into as many parts, and each part is drawn from once."""
    wide = bands(values)
    table = qmc.LatinHypercube(len(wide), rng=seed).random(count) if count else []
    return [
        {name: low + share * (high - low) for (name, (low, high)), share in zip(wide.items(), row, strict=True)}
        for row in table
    ]
