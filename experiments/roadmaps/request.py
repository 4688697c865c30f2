"""What is asked of a roadmap, checked before anything is simulated."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from agents.blocks import BLOCKS
from agents.rule import source_hash
from experiments.request import MOST_REPLICATIONS, check_luck, whole_number
from experiments.roadmaps.goals import Goal, goals_named
from experiments.roadmaps.plan import QUARTER, Limits, limits_of
from experiments.roadmaps.variants import variants_of
from scenarios.errors import Mistake, did_you_mean, shown
from scenarios.scenario import Scenario
from scenarios.table import LAST_WEEK, MOST_MONEY

TRIALS: Final = 240
MOST_TRIALS: Final = 100_000
MOST_MINUTES: Final = 60 * 24 * 30
FEWEST: Final = 2
"""Worlds from which an interval can be told."""

IN_SEARCH: Final = 3
"""Worlds in which each plan of a search is tried; with variants one in each."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is searched: scenario and its variants (the scenario first), goals, limits and luck.

    trials, minutes: how long, whichever comes first. replications: worlds of the final figures.
    """

    scenario: Scenario
    variants: tuple[Scenario, ...]
    goals: tuple[Goal, ...]
    limits: Limits
    blocks: tuple[str, ...]
    trials: int | None
    minutes: float | None
    replications: int
    seed: int

    @property
    def in_search(self) -> int:
        """Worlds in which each plan is tried, of each variant."""
        return IN_SEARCH if len(self.variants) == 1 else 1

    def decides(self) -> dict[str, Any]:
        """All that decides which plans are tried and what comes of them, by the name it has for people."""
        return {
            "scenario": self.scenario.digest(),
            "variants": [variant.digest() for variant in self.variants[1:]],
            "budget": self.limits.budget,
            "horizon": self.limits.weeks,
            "goal": [goal.name for goal in self.goals],
            "most at once": self.limits.most_at_once,
            "most effort": self.limits.most_effort,
            "blocks": list(self.blocks),
            "seed": self.seed,
            "rules of the model": source_hash(),
        }


def request_of(
    scenario: Scenario,
    *,
    budget: float,
    horizon: int | None,
    goal: str | tuple[str, ...],
    most_at_once: int | None,
    most_effort: float | None,
    blocks: tuple[str, ...],
    trials: int | None,
    minutes: float | None,
    replications: int,
    seed: int,
    robust: int | str | Path | None,
) -> Request:
    """The request, when it can be answered. Raises Mistake."""
    number("budget", budget, 0.0, MOST_MONEY, "euro a year, more than 0")
    weeks = check_horizon(scenario.weeks if horizon is None else horizon)
    goals = goals_named((goal,) if isinstance(goal, str) else goal, scenario)
    check_luck(replications, seed)
    whole_number("replications", replications, FEWEST, MOST_REPLICATIONS)
    if trials is not None:
        whole_number("trials", trials, 1, MOST_TRIALS)
    if minutes is not None:
        number("minutes", minutes, 0.0, MOST_MINUTES, "minutes, more than 0")
    if robust is not None and len(goals) > 1:
        raise Mistake("a robust roadmap has one goal", "--robust", hint="leave out the second goal or --robust")
    variants = variants_of(scenario, robust, seed)
    limits = limits_of(
        variants,
        float(budget),
        weeks,
        len(BLOCKS) if most_at_once is None else whole_number("most_at_once", most_at_once, 1, len(BLOCKS)),
        float(len(BLOCKS)) if most_effort is None else number("most_effort", most_effort, 0.0, 9.0, "more than 0"),
    )
    return Request(
        scenario,
        variants,
        goals,
        limits,
        check_blocks(blocks),
        TRIALS if trials is None and minutes is None else trials,
        minutes,
        replications,
        seed,
    )


def check_horizon(weeks: int) -> int:
    """The horizon, when it has room for a quarter. Raises Mistake."""
    try:
        return whole_number("horizon", weeks, QUARTER, LAST_WEEK)
    except Mistake as mistake:
        raise Mistake(mistake.what, mistake.where, hint="plans are made by quarters of 13 weeks") from None


def check_blocks(blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks that may be worked on, in the order of the model; all nine where none is named. Raises Mistake."""
    for block in blocks:
        if block not in BLOCKS:
            raise Mistake(
                "is no building block",
                f"--block {shown(block)}",
                allowed=", ".join(BLOCKS),
                hint=did_you_mean(block, BLOCKS),
            )
    return tuple(block for block in BLOCKS if block in blocks or not blocks)


def number(name: str, value: object, above: float, most: float, allowed: str) -> float:
    """The value, when it is a number above the one and at most the other. Raises Mistake."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        found = float(value)
        if math.isfinite(found) and above < found <= most:
            return found
    raise Mistake("cannot be", f"{name} = {shown(value)}", allowed=f"{allowed}, at most {most:g}")
