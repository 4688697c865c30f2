"""Valid scenarios for property tests, drawn from the JSON Schema, so that a new key is tried at once."""

from collections.abc import Mapping
from typing import Any

import tomli_w
from hypothesis import strategies as st

from scenarios.loading import parse
from scenarios.scenario import Scenario
from scenarios.schema import json_schema
from scenarios.shock import SIZES
from scenarios.table import SLUG

SCHEMA = json_schema()
FILE_ONLY = {"extends", "from_diagnosis"}
MANY = 40
"""Tables with more keys than this get a few of them."""

TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=20)
SLUGS = st.from_regex(SLUG.replace("$", r"\Z"))


def values(node: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that this part of the schema allows, each by itself."""
    if "$ref" in node:
        return values(SCHEMA["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node:
        return st.one_of([values(choice) for choice in node["anyOf"] if choice.get("type") != "null"])
    if "enum" in node or "const" in node:
        return st.sampled_from(node.get("enum") or [node["const"]])
    return OF_TYPE[node["type"]](node)


def _texts(node: Mapping[str, Any]) -> st.SearchStrategy[str]:
    return SLUGS if "pattern" in node else TEXT


def _whole(node: Mapping[str, Any]) -> st.SearchStrategy[int]:
    return st.integers(node["minimum"], node["maximum"])


def _real(node: Mapping[str, Any]) -> st.SearchStrategy[float]:
    low, high = node.get("minimum", -1e6), node.get("maximum", 1e6)
    return st.floats(low, high) | st.just(low) | st.just(high)


def _arrays(node: Mapping[str, Any]) -> st.SearchStrategy[list[Any]]:
    if "prefixItems" in node:
        return st.tuples(*map(values, node["prefixItems"])).map(list)
    return st.lists(values(node["items"]), min_size=node.get("minItems", 0), max_size=min(node.get("maxItems", 3), 3))


def _tables(node: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    if "properties" not in node:
        return st.dictionaries(SLUGS, values(node["additionalProperties"]), max_size=3)
    keys = {name: part for name, part in node["properties"].items() if name not in FILE_ONLY}
    if len(keys) > MANY:
        chosen = st.lists(st.sampled_from(sorted(keys)), unique=True, max_size=4)
        return chosen.flatmap(lambda names: st.fixed_dictionaries({name: values(keys[name]) for name in names}))
    must = {name: values(keys.pop(name)) for name in node.get("required", ())}
    return st.fixed_dictionaries(must, optional={name: values(part) for name, part in keys.items()})


OF_TYPE = {
    "string": _texts,
    "integer": _whole,
    "number": _real,
    "boolean": lambda _node: st.booleans(),
    "array": _arrays,
    "object": _tables,
}


def _agreeing(data: dict[str, Any]) -> dict[str, Any]:
    """The data with those values changed that do not go together."""
    work = data.get("organisation", {})
    work["leaders"] = min(work.get("leaders", 6), work.get("employees", 60))
    for item in [*data.get("interventions", ()), *data.get("shocks", ())]:
        item["start"] = min(item["start"], data.get("weeks", 156))
    for item in data.get("interventions", ()):
        amounts = [name for name in ("effort", "budget", "to") if name in item] or ["effort"]
        item.setdefault("effort", 0.5)
        for name in {"effort", "budget", "to"} - {amounts[0]}:
            item.pop(name, None)
    for item in data.get("shocks", ()):
        item["size"] = max(SIZES[item["kind"]].low, min(item["size"], SIZES[item["kind"]].high))
    for band in data.get("expected", {}).values():
        band.sort()
    _agreeing_segments(data.get("customers", {}).get("segments", ()))
    return data


def _agreeing_segments(segments: list[dict[str, Any]]) -> None:
    total = sum(segment["share"] + 0.01 for segment in segments)
    for place, segment in enumerate(segments):
        segment["name"] = f"s{place}"
        segment["share"] = (segment["share"] + 0.01) / total
        if segment.get("weights") and not any(segment["weights"].values()):
            segment["weights"]["welcome"] = 1.0


scenario_data: st.SearchStrategy[dict[str, Any]] = values(SCHEMA).map(_agreeing)
"""What a valid scenario file may hold, as plain tables."""


def scenario_of(data: Mapping[str, Any]) -> Scenario:
    """The scenario that a file with these tables describes."""
    return parse(tomli_w.dumps(data))


scenarios: st.SearchStrategy[Scenario] = scenario_data.map(scenario_of)
"""Any valid scenario."""
