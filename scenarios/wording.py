"""What is allowed at a key, in words, taken from the JSON Schema: so that messages and schema cannot differ."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from scenarios.table import SLUG, KeyPath, Table

Node = Mapping[str, Any]
"""A part of a JSON Schema."""

SCALARS: Final = {"string": "a text", "boolean": "true or false", "object": "a table", "array": "an array"}


@cache
def schema_of(model: type[Table]) -> Node:
    """The JSON Schema of a table, made when first asked for."""
    return model.model_json_schema()


def node_at(model: type[Table], path: KeyPath) -> Node:
    """The part of the schema that describes the value at this path; empty where the schema knows no such key."""
    root = schema_of(model)
    node = root
    for step in path:
        node = _below(_plain(node, root), step)
    return _plain(node, root)


def _plain(node: Node, root: Node) -> Node:
    """The node without references, and without the null of an optional key."""
    choices = [choice for choice in node.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        return _plain({**choices[0], **{name: value for name, value in node.items() if name != "anyOf"}}, root)
    if "$ref" in node:
        target = root["$defs"][node["$ref"].rpartition("/")[2]]
        return _plain({**target, **{name: value for name, value in node.items() if name != "$ref"}}, root)
    return {**node, "anyOf": [_plain(choice, root) for choice in choices]} if choices else node


def _below(node: Node, step: str | int) -> Node:
    """The schema of one key or position."""
    for table in (node, *node.get("anyOf", ())):
        found: Node | None = _item(table, step) if isinstance(step, int) else _value(table, step)
        if found is not None:
            return found
    return {}


def _item(array: Node, place: int) -> Node | None:
    items: list[Node] = array.get("prefixItems") or [array["items"]] if array.get("type") == "array" else []
    return items[min(place, len(items) - 1)] if items else None


def _value(table: Node, name: str) -> Node | None:
    free = table.get("additionalProperties")
    found: Node | None = table.get("properties", {}).get(name, free if isinstance(free, Mapping) else None)
    return found


def known_keys(node: Node) -> list[str]:
    """The keys that a table may have; empty where they are free."""
    return [name for table in (node, *node.get("anyOf", ())) for name in table.get("properties", ())]


def allowed(node: Node) -> str:
    """The values that a key takes: "a whole number from 1 to 20000 (employees: people who serve customers)"."""
    notes = ": ".join(note for note in (node.get("unit", ""), node.get("description", "")) if note)
    return _form(node) + (f" ({notes})" if notes else "")


def _form(node: Node) -> str:
    if node.get("anyOf"):
        return " or ".join(_form(choice) for choice in node["anyOf"])
    if "const" in node or "enum" in node:
        return _choice(node)
    if node.get("type") in {"integer", "number"}:
        return ("a whole number" if node["type"] == "integer" else "a number") + _range(node)
    if node.get("pattern") == SLUG:
        return "a name of at most 64 small letters, digits, - and _ that begins with a letter or digit"
    return SCALARS.get(node.get("type", ""), "another value") + _extent(node)


def _choice(node: Node) -> str:
    values = [str(value) for value in node.get("enum", [node.get("const")])]
    return f"one of {', '.join(values)}" if len(values) > 1 else values[0]


def _range(node: Node) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is None and high is None:
        return ""
    return f" from {low:.15g} to {high:.15g}" if None not in {low, high} else f" of at least {low:.15g}"


def _extent(node: Node) -> str:
    """How long a text or array may be, or which few keys a table has."""
    if 1 < len(node.get("properties", ())) < 4:
        return f" with {' and '.join(node['properties'])}"
    if "maxLength" in node:
        return f" of at most {node['maxLength']} characters"
    if "prefixItems" in node:
        return f" of {len(node['prefixItems'])} numbers"
    if "maxItems" in node:
        return f" of {node.get('minItems', 0)} to {node['maxItems']} entries"
    return ""
