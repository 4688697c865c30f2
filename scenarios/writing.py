"""A scenario as the text of a TOML file."""

from collections.abc import Mapping
from typing import Any

import tomli_w

from scenarios.scenario import Scenario


def to_toml(scenario: Scenario) -> str:
    """All keys of the scenario, defaults included, as a file that is read back as an equal scenario."""
    data = scenario.as_dict()
    data["building_blocks"] = {name: _simplest(block) for name, block in data["building_blocks"].items()}
    return _table(data, "")


def _simplest(block: Mapping[str, float]) -> Any:
    """One number where designed and lived are alike."""
    return block["designed"] if block["designed"] == block["lived"] else dict(block)


def _table(data: Mapping[str, Any], path: str) -> str:
    """The keys of one table, and then its tables and arrays of tables, each under its own header."""
    deeper = {name: value for name, value in data.items() if _is_table(value) or _is_array_of_tables(value)}
    text = tomli_w.dumps({name: value for name, value in data.items() if name not in deeper})
    for name, value in deeper.items():
        header = f"{path}.{name}" if path else name
        for item in [value] if _is_table(value) else value:
            text += f"\n[{header}]\n" if _is_table(value) else f"\n[[{header}]]\n"
            text += _table(item, header)
    return text


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))
