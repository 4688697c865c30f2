"""The JSON Schema of scenario files says all that messages say."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from agents.registry import PARAMETERS
from scenarios.schema import json_schema
from scenarios.shock import SIZES

SCHEMA = json_schema()
TABLES = {"Scenario": SCHEMA, **SCHEMA["$defs"]}
FREE_OF_UNIT = {"schema", "size", "expected"}


def keys(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Names and schemas of a table's keys."""
    yield from table["properties"].items()


def is_number(node: Mapping[str, Any]) -> bool:
    """Whether the key takes a number, perhaps an optional one."""
    return any(part.get("type") in {"integer", "number"} for part in (node, *node.get("anyOf", ())))


@pytest.mark.parametrize("name", TABLES)
def test_unknown_keys_are_refused_everywhere(name: str) -> None:
    """An editor marks a misspelled key as it is typed."""
    assert TABLES[name]["additionalProperties"] is False


@pytest.mark.parametrize("name", TABLES)
def test_every_key_is_explained_and_every_number_has_a_unit(name: str) -> None:
    """Screens and documents take their words from here."""
    for key, node in keys(TABLES[name]):
        assert node.get("description"), key
        assert not is_number(node) or "anyOf" in node or key in FREE_OF_UNIT or node.get("unit"), key


@pytest.mark.parametrize("name", TABLES)
def test_every_number_has_a_range(name: str) -> None:
    """No number is unbounded, so that no sum can overflow."""
    for key, node in keys(TABLES[name]):
        for part in (node, *node.get("anyOf", ())):
            if part.get("type") in {"integer", "number"} and key not in FREE_OF_UNIT:
                assert {"minimum", "maximum"} <= part.keys(), key


def test_every_parameter_stands_in_the_schema_with_its_origin() -> None:
    """Name, range, unit, default, where the default comes from, and what it means."""
    properties = SCHEMA["properties"]["behaviour"]["properties"]

    assert list(PARAMETERS) == list(properties)
    for name, parameter in PARAMETERS.items():
        assert {
            "type": "number",
            "minimum": parameter.low,
            "maximum": parameter.high,
            "default": parameter.default,
            "unit": parameter.unit,
            "origin": parameter.origin,
            "source": parameter.source,
            "description": parameter.meaning,
        } == properties[name]


def test_what_only_files_may_say_stands_in_the_schema() -> None:
    """The form is required; `extends` and `from_diagnosis` are resolved while loading."""
    assert ["schema"] == SCHEMA["required"]
    assert "extends" in SCHEMA["properties"]
    assert "from_diagnosis" in SCHEMA["$defs"]["BuildingBlocks"]["properties"]


def test_a_block_is_a_number_or_a_table() -> None:
    """Both ways of writing are allowed."""
    number, table = SCHEMA["$defs"]["BuildingBlocks"]["properties"]["culture"]["anyOf"]

    assert {"type": "number", "minimum": 0, "maximum": 1} == number
    assert {"$ref": "#/$defs/Maturity"} == table


def test_rules_between_keys_stand_in_the_schema() -> None:
    """The size of each kind of shock, and the one amount of an intervention."""
    sizes = {
        rule["if"]["properties"]["kind"]["const"]: rule["then"]["properties"]["size"]
        for rule in TABLES["Shock"]["allOf"]
    }

    assert {kind: (size.low, size.high) for kind, size in SIZES.items()} == {
        kind: (size["minimum"], size["maximum"]) for kind, size in sizes.items()
    }
    assert [["effort"], ["budget"], ["to"]] == [choice["required"] for choice in TABLES["Intervention"]["oneOf"]]
