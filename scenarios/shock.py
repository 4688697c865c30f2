"""What befalls the organisation from outside, or is decided over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

from pydantic import ConfigDict, model_validator

from scenarios.table import LAST_WEEK, Table, complaint, key

Kind = Literal[
    "demand",
    "price",
    "staff",
    "failures",
    "performance",
    "surprise",
    "rival",
    "labour_market",
    "promise",
    "seats",
    "hiring_freeze",
]


@dataclass(frozen=True, slots=True)
class Size:
    """What the size of one kind of shock means, and its closed range."""

    low: float
    high: float
    meaning: str


SIZES: Final[Mapping[str, Size]] = MappingProxyType(
    {
        "demand": Size(-0.95, 5.0, "relative change of encounters wanted"),
        "price": Size(-0.9, 5.0, "relative change of the price"),
        "staff": Size(0.0, 0.9, "share of employees who leave at the start"),
        "failures": Size(-5.0, 5.0, "added to the log-odds of a failure"),
        "performance": Size(-0.5, 0.5, "added to the performance of every encounter"),
        "surprise": Size(0.0, 1.0, "added to the chance of a surprise"),
        "rival": Size(-0.5, 0.5, "added to the rivals' quality"),
        "labour_market": Size(-0.9, 5.0, "relative change of the chance to quit"),
        "promise": Size(-0.5, 0.5, "added to what is promised"),
        "seats": Size(-0.5, 2.0, "relative change of the authorised seats"),
        "hiring_freeze": Size(0.0, 1.0, "share of vacancies that stay open"),
    }
)
"""The size of a shock, by kind."""


def _sizes_too(schema: dict[str, Any]) -> None:
    """Adds to the JSON Schema the range of the size that each kind has."""
    schema["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"size": {"minimum": size.low, "maximum": size.high, "description": size.meaning}}},
        }
        for kind, size in SIZES.items()
    ]


class Shock(Table):
    """One disturbance during some weeks."""

    model_config = ConfigDict(json_schema_extra=_sizes_too)

    kind: Kind = key(..., "what is disturbed")
    start: int = key(..., "first week", "week", 1, LAST_WEEK)
    weeks: int = key(..., "how long it lasts", "weeks", 1, LAST_WEEK)
    size: float = key(..., "how strong it is; the range depends on the kind")

    @model_validator(mode="after")
    def _size_fits_kind(self) -> "Shock":
        size = SIZES[self.kind]
        if not size.low <= self.size <= size.high:
            span = f"{size.low:g} to {size.high:g}"
            raise complaint(("size",), f"must be a number from {span} for kind '{self.kind}' ({size.meaning})")
        return self
