"""What is done to the organisation: nothing, one block, all nine at the same cost, and all nine in three ways."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from agents.blocks import BLOCKS
from scenarios.scenario import Scenario

USUAL: Final = "usual"
BALANCED: Final = "balanced"
APPROACHES: Final = ("combined", "top_down", "bottom_up")

EFFORT: Final = 0.45
"""Weekly effort on one block, or on all nine together: in a year it takes one block from .40 to about .80."""

EFFORT_OF_CHANGE: Final = 0.9
"""Weekly effort on all nine together where the approaches are compared."""

WEEKS: Final = 52
"""How long the work lasts; what was gained is kept up after it."""


def arms(base: Scenario) -> Mapping[str, Scenario]:
    """The organisation without interventions, and with each of those that are compared."""
    plain = base.with_(interventions=[])
    done: dict[str, Sequence[dict[str, Any]]] = {block: [work(block, EFFORT)] for block in BLOCKS}
    done[BALANCED] = [work(block, EFFORT / len(BLOCKS)) for block in BLOCKS]
    for approach in APPROACHES:
        done[approach] = [work(block, EFFORT_OF_CHANGE / len(BLOCKS), approach) for block in BLOCKS]
    return {USUAL: plain} | {name: plain.with_(interventions=list(works)) for name, works in done.items()}


def work(block: str, effort: float, approach: str = "combined") -> dict[str, Any]:
    """Work on one block in the first year."""
    return {"block": block, "start": 1, "weeks": WEEKS, "effort": effort, "approach": approach}
