"""What is done to strengthen one building block, and to hold what was gained."""

from typing import Any, Final, Literal

from pydantic import ConfigDict, model_validator

from scenarios.building_blocks import Block
from scenarios.table import LAST_WEEK, MOST_MONEY, Label, Table, complaint, key

Approach = Literal["top_down", "bottom_up", "combined"]

AMOUNTS: Final = ("effort", "budget", "to")
"""The three ways to say how much is done."""


def _one_amount_too(schema: dict[str, Any]) -> None:
    """Adds to the JSON Schema that exactly one amount is given."""
    schema["oneOf"] = [{"required": [amount]} for amount in AMOUNTS]


class Intervention(Table):
    """Work on one building block during some weeks; exactly one of effort, budget and to says how much."""

    model_config = ConfigDict(json_schema_extra=_one_amount_too)

    name: Label | None = key(None, "what people call it")
    block: Block = key(..., "building block that is strengthened")
    start: int = key(..., "first week of work", "week", 1, LAST_WEEK)
    weeks: int = key(..., "how long the work lasts", "weeks", 1, LAST_WEEK)
    effort: float | None = key(None, "part of what the organisation can do in a week", "share", 0, 1)
    budget: float | None = key(None, "what may be spent over all weeks", "money", 0, MOST_MONEY)
    to: float | None = key(None, "wanted designed maturity at the end", "maturity", 0, 1)
    approach: Approach = key("combined", "who leads the change: the top, the teams or both")
    upkeep: float = key(1.0, "maintenance that goes on after the last week", "share of the need", 0, 1)

    @model_validator(mode="after")
    def _one_amount(self) -> "Intervention":
        given = [name for name in AMOUNTS if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) if given else "none of them"
            raise complaint((), f"give exactly one of effort, budget and to; found {found}")
        return self


class Programme(Table):
    """What goes on all along beside the interventions."""

    start: int = key(0, "first week; 0 for from the beginning", "week", 0, LAST_WEEK)
    upkeep: float = key(1.0, "maintenance of all blocks that is paid", "share of the need", 0, 1)
    coaching: float = key(0.0, "extra attention to coaching", "share", 0, 1)
    reflection: float = key(0.2, "how far people test their own picture of their work", "share", 0, 1)
    targets: float = key(0.0, "scores used to judge people instead of to learn", "share", 0, 1)
    self_managing_from: int | None = key(
        None, "week from which teams take over the leader's work; absent for never", "week", 1, LAST_WEEK
    )
    respectful_exit: bool = key(False, "whether lasting misfits part with respect after coaching")
