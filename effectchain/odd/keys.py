"""What a scenario file can say, table by table: key, default, allowed values and meaning."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, Final, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from scenarios.building_blocks import BuildingBlocks
from scenarios.customers import Customers, Segment, Weights
from scenarios.economics import Economics
from scenarios.intervention import Intervention, Programme
from scenarios.market import Market
from scenarios.organisation import Organisation
from scenarios.shock import Shock
from scenarios.table import Table

TABLES: Final[dict[str, type[Table]]] = {
    "organisation": Organisation,
    "customers": Customers,
    "customers.segments": Segment,
    "customers.segments.weights": Weights,
    "building_blocks": BuildingBlocks,
    "economics": Economics,
    "market": Market,
}
"""Tables that say how things stand at the start."""

COURSE: Final[dict[str, type[Table]]] = {"programme": Programme, "interventions": Intervention, "shocks": Shock}
"""Tables that say what is done and what befalls, and when."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its default and allowed values in words, its unit and meaning."""

    name: str
    default: str
    allowed: str
    unit: str
    meaning: str


def keys_of(table: type[Table]) -> Iterator[Key]:
    """The keys of a table, in order."""
    for name, field in table.model_fields.items():
        extra = field.json_schema_extra
        unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
        yield Key(name, default_of(field), allowed_in(field), unit, field.description or "")


def default_of(field: FieldInfo) -> str:
    """The default in words."""
    value = field.default
    if value is PydanticUndefined:
        return "must be given"
    if isinstance(value, Table):
        return ", ".join(f"{name} {shown(one)}" for name, one in value)
    if isinstance(value, tuple):
        return ", ".join(one.name for one in value)
    return shown(value)


def shown(value: Any) -> str:
    """A value of a scenario file in words."""
    if value is None:
        return "absent"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.10g}" if isinstance(value, (int, float)) else str(value)


def allowed_in(field: FieldInfo) -> str:
    """What a key may be: a range, or a choice."""
    low, high = (bound(field, side) for side in ("ge", "le"))
    if low is not None and high is not None:
        return f"{low:g} to {high:,g}" if high < 1e6 else f"from {low:g}"
    if field.annotation is bool:
        return "yes, no"
    choices = [one for kind in kinds(field.annotation) for one in get_args(kind)]
    return ", ".join(str(one) for one in choices)


def bound(field: FieldInfo, side: str) -> float | None:
    """One end of a key's range."""
    found = [getattr(one, side) for one in field.metadata if hasattr(one, side)]
    return found[0] if found else None


def kinds(annotation: Any) -> list[Any]:
    """The choices of a type, also where it may be absent."""
    options = get_args(annotation) if NoneType in get_args(annotation) else (annotation,)
    return [one for one in options if get_origin(one) is Literal]
