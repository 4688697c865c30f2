"""The JSON Schema of experiment files, for editors and for people who write tools."""

from typing import Any

from experiments.designs.form import Form


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an experiment file: every key with its meaning, unit, range and default."""
    schema = Form.model_json_schema(by_alias=True)
    schema["required"] = ["schema", "scenario", "design"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "EffectChain experiment file"}
