"""Overrides of the numbers in the agents' rules."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, ValidationError
from pydantic.functional_validators import AfterValidator
from pydantic_core import CoreSchema, PydanticCustomError

from agents.parameters import Parameter
from agents.registry import PARAMETERS
from scenarios.table import fault


def _known_and_within(values: Mapping[str, float]) -> Mapping[str, float]:
    unknown = [fault((name,), "extra_forbidden") for name in values if name not in PARAMETERS]
    outside = [
        fault((name,), PydanticCustomError("range", "out of range"))
        for name, value in values.items()
        if name in PARAMETERS and not PARAMETERS[name].low <= value <= PARAMETERS[name].high
    ]
    if unknown or outside:
        raise ValidationError.from_exception_data("behaviour", unknown + outside)
    return values


def parameter_schema(parameter: Parameter) -> dict[str, Any]:
    """JSON Schema of one behaviour parameter: range, unit, default, origin, source and meaning."""
    return {
        "type": "number",
        "minimum": parameter.low,
        "maximum": parameter.high,
        "default": parameter.default,
        "description": parameter.meaning,
        "unit": parameter.unit,
        "origin": parameter.origin,
        "source": parameter.source,
    }


class _Explained:
    """Gives every parameter its place in the JSON Schema."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        properties = {name: parameter_schema(parameter) for name, parameter in PARAMETERS.items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}


Behaviour = Annotated[Mapping[str, float], AfterValidator(_known_and_within), _Explained()]
"""Changed parameters by name, each within its range."""


def values_of(changes: Mapping[str, float]) -> dict[str, float]:
    """All parameters by name, in the order of the registry: defaults, with these changes."""
    return {name: changes.get(name, parameter.default) for name, parameter in PARAMETERS.items()}
