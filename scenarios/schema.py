"""The JSON Schema of scenario files, for editors and for people who write tools."""

from typing import Any

from scenarios.scenario import Scenario


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a scenario file, with the unit of every key and the origin of every parameter."""
    schema = Scenario.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "EffectChain scenario file"}
