"""The customer journey: four steps, where each principle is felt, and what is remembered of it."""

from typing import Final

from agents.records import Record
from agents.rule import rule

ORIENT: Final = 0
ARRANGE: Final = 1
MOMENT: Final = 2
AFTERCARE: Final = 3
STEPS: Final = ("orient", "arrange", "moment_of_truth", "aftercare")

WELCOME: Final = 0
BASICS: Final = 1
TAILORED: Final = 2
UNBURDENED: Final = 3
AMAZED: Final = 4
PRINCIPLES: Final = ("welcome", "basics", "tailored", "unburdened", "amazed")
"""Five of the six principles; the sixth, recovered, is felt only after a failure [source 003]."""

FELT_AT: Final = (
    (0.5, 0.0, 0.5, 0.0),
    (0.0, 0.2, 0.5, 0.3),
    (0.0, 0.3, 0.7, 0.0),
    (0.2, 0.4, 0.0, 0.4),
    (0.0, 0.0, 0.5, 0.5),
)
"""Part of each principle (row) that is felt at each step (column). Assumed."""

FAILS_AT: Final = (0.15, 0.30, 0.35, 0.20)
"""Where in the journey failures arise. Assumed."""

SPREAD_EVENLY: Final = 0.25


@rule
def memory_of(step: int, p: Record) -> float:
    """How much of what is remembered comes from this step: moment of truth and end weigh most.

    [Source 003: moment of truth; peak-end rule, Fredrickson & Kahneman 1993; sizes assumed.] Adds up to 1.
    """
    lean = p.peak_end
    if step == MOMENT:
        return SPREAD_EVENLY + 0.15 * lean
    if step == AFTERCARE:
        return SPREAD_EVENLY + 0.05 * lean
    return SPREAD_EVENLY - 0.10 * lean


@rule
def weigh(segment: Record, p: Record) -> None:
    """Turn a segment's raw weights into weights of what is remembered, adding up to 1."""
    total = 0.0
    for principle in range(5):
        remembered = 0.0
        for step in range(4):
            remembered += FELT_AT[principle][step] * memory_of(step, p)
        segment.weight[principle] *= remembered / SPREAD_EVENLY
        total += segment.weight[principle]
    for principle in range(5):
        segment.weight[principle] /= total


@rule
def step_that_fails(chance: float) -> int:
    """The step at which a failure arises, by a uniform draw."""
    reached = 0.0
    for step in range(3):
        reached += FAILS_AT[step]
        if chance < reached:
            return step
    return AFTERCARE
