"""Bands in which the first year must lie before anything is done: a preset's promise about itself."""

from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from scenarios.errors import Mistake, did_you_mean, one_mistake, shown
from scenarios.table import complaint


def _low_before_high(band: tuple[float, float]) -> tuple[float, float]:
    if band[0] > band[1]:
        raise complaint((), f"the band is [low, high], but {band[0]:g} is above {band[1]:g}")
    return band


Band = Annotated[tuple[float, float], Field(strict=False), AfterValidator(_low_before_high)]
"""[low, high], both included."""


def check_expected(expected: Mapping[str, tuple[float, float]], indicators: Collection[str]) -> None:
    """Refuse bands on indicators that the weekly table does not have.

    Raises Mistake, with the nearest indicator.
    """
    found = [
        Mistake(
            "unknown indicator",
            f"expected.{shown(name)}",
            hint=did_you_mean(name, indicators) or "see the columns of the weekly table",
        )
        for name in expected
        if name not in indicators
    ]
    if found:
        raise one_mistake(found)
