"""Bands in which the first year must lie before anything is done: a preset's promise about itself."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from pydantic.functional_validators import AfterValidator

from scenarios.errors import Mistake, did_you_mean, one_mistake, shortened
from scenarios.table import complaint

if TYPE_CHECKING:
    from scenarios.scenario import Scenario


def _low_before_high(band: tuple[float, float]) -> tuple[float, float]:
    if band[0] > band[1]:
        raise complaint((), f"the band is [low, high], but {band[0]:g} is above {band[1]:g}")
    return band


Band = Annotated[tuple[float, float], Field(strict=False), AfterValidator(_low_before_high)]
"""[low, high], both included."""


def check_expected(scenario: "Scenario", indicators: Collection[str]) -> None:
    """Refuse a scenario with bands on indicators that the weekly table does not have.

    indicators: the table's columns, which the caller knows. Raises Mistake, with the nearest indicator.
    """
    found = [
        Mistake(
            "unknown indicator",
            f"scenario {scenario.name}, expected.{shortened(name)}",
            hint=did_you_mean(name, indicators) or "see the columns of the weekly table",
        )
        for name in scenario.expected
        if name not in indicators
    ]
    if found:
        raise one_mistake(found)
