"""Where the organisation stands on the nine building blocks."""

from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, GetJsonSchemaHandler
from pydantic.functional_validators import BeforeValidator
from pydantic_core import CoreSchema

from agents.blocks import BLOCKS
from scenarios.table import Table, key

Block = Literal[
    "understanding",
    "strategy",
    "leadership",
    "culture",
    "design",
    "engagement",
    "operations",
    "monitoring",
    "innovation",
]
"""Keys of the nine blocks; the same as `agents.blocks.BLOCKS`."""

DEFAULT_MATURITY: Final = 0.4


class Maturity(Table):
    """How far one building block is, on paper and in daily life."""

    designed: float = key(DEFAULT_MATURITY, "maturity as designed: plans, rules, systems", "maturity", 0, 1)
    lived: float = key(DEFAULT_MATURITY, "maturity as people live it", "maturity", 0, 1)


def is_number(value: object) -> bool:
    """Whether the value is a number as TOML writes it; true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def both(value: Any) -> Any:
    """One number written for a block, as the table that it stands for: designed and lived alike."""
    return {"designed": value, "lived": value} if is_number(value) else value


class _OneNumberToo:
    """Tells the JSON Schema that a number may stand in place of the table."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, handler(schema)]}


def _diagnosis_too(schema: dict[str, Any]) -> None:
    answers = {"type": "string", "description": "file with answers to the self-diagnosis, relative to this one"}
    schema["properties"] = {"from_diagnosis": answers, **schema["properties"]}


BlockMaturity = Annotated[Maturity, BeforeValidator(both), _OneNumberToo()]


def block(meaning: str) -> Any:
    """Declare one building block's key."""
    return key(Maturity(), f"{meaning}; one number stands for designed and lived alike")


class BuildingBlocks(Table):
    """Maturity of each building block at the start [CEN/TS 16880:2015, ISO 23592:2021]."""

    model_config = ConfigDict(json_schema_extra=_diagnosis_too)

    understanding: BlockMaturity = block("understanding customers' needs, expectations and desires")
    strategy: BlockMaturity = block("service excellence vision, mission and strategy")
    leadership: BlockMaturity = block("leadership and management conditions")
    culture: BlockMaturity = block("service excellence culture")
    design: BlockMaturity = block("designing and renewing outstanding customer experiences")
    engagement: BlockMaturity = block("employee engagement")
    operations: BlockMaturity = block("customer-oriented processes and organisation structure")
    monitoring: BlockMaturity = block("monitoring activities and results")
    innovation: BlockMaturity = block("service innovation management")

    def designed(self) -> tuple[float, ...]:
        """Designed maturity of the nine blocks, in the order of BLOCKS."""
        return tuple(getattr(self, name).designed for name in BLOCKS)

    def lived(self) -> tuple[float, ...]:
        """Lived maturity of the nine blocks, in the order of BLOCKS."""
        return tuple(getattr(self, name).lived for name in BLOCKS)
