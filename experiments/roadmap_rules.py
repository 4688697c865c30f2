"""Plain rules of thumb: plans that need no search, each spending the same budget within the same limits."""

from collections.abc import Iterator, Sequence
from typing import Final

from agents.blocks import BLOCKS
from experiments.roadmap_plan import QUARTER, Limits, Plan, Work, plan_within
from scenarios.scenario import Scenario

EQUAL: Final = "equal_split"
WEAKEST: Final = "weakest_first"
BOOK: Final = "book_order"
LEADERS: Final = "leaders_first"
ONLY: Final = "only_"
"""Before the name of the one block that is worked on."""

ALL_IT_TAKES: Final = 1.0
"""Effort that is wished for; the budget doses it, so that a rule leaves no money on the table."""


def rules_of_thumb(scenario: Scenario, limits: Limits, blocks: Sequence[str] = BLOCKS) -> dict[str, Plan]:
    """The rules' plans by name.

    equal_split: all blocks alike all the time, in turns where not all may be worked on at once. weakest_first,
    book_order: one block after another, the least lived first or as the model numbers them. leaders_first: leadership
    alone in the first third, then the others alike. only_<block>: one block all the time.
    """
    lived = dict(zip(BLOCKS, scenario.lived(), strict=True))
    ranked = sorted(blocks, key=lambda block: lived[block])
    weeks = limits.weeks
    wishes = {
        EQUAL: alike(blocks, 1, weeks, limits.most_at_once),
        WEAKEST: alike(ranked, 1, weeks, 1),
        BOOK: alike(blocks, 1, weeks, 1),
        **{ONLY + block: [Work(block, 1, weeks, ALL_IT_TAKES)] for block in blocks},
    }
    if "leadership" in blocks and len(blocks) > 1 and weeks >= 3 * QUARTER:
        wishes[LEADERS] = leaders_first(blocks, limits)
    return {name: plan_within(wished, limits) for name, wished in wishes.items()}


def leaders_first(blocks: Sequence[str], limits: Limits) -> list[Work]:
    """Leadership in the first third of the horizon, in whole quarters, and the others in what is left."""
    first = limits.weeks // 3 // QUARTER * QUARTER
    others = [block for block in blocks if block != "leadership"]
    leaders = Work("leadership", 1, first, ALL_IT_TAKES)
    return [leaders, *alike(others, 1 + first, limits.weeks - first, limits.most_at_once)]


def alike(blocks: Sequence[str], start: int, weeks: int, most_at_once: int) -> list[Work]:
    """The same for each block: at most so many at once, in as many turns of equal length as that takes."""
    turns = list(_turns(blocks, most_at_once))
    edges = [start + weeks * turn // len(turns) for turn in range(len(turns) + 1)]
    return [
        Work(block, edges[turn], edges[turn + 1] - edges[turn], ALL_IT_TAKES)
        for turn, together in enumerate(turns)
        for block in together
        if edges[turn + 1] > edges[turn]
    ]


def _turns(blocks: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(blocks), most):
        yield blocks[first : first + most]
