"""Plain rules of thumb: plans that need no search, each spending the same budget within the same limits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from agents.blocks import BLOCKS
from experiments.roadmaps.plan import QUARTER, YEAR, Limits, Plan, Work, plan_within
from scenarios.scenario import Scenario

EQUAL: Final = "equal_split"
WEAKEST: Final = "weakest_first"
BOOK: Final = "book_order"
LEADERS: Final = "leaders_first"
AT_FIRST: Final = "equal_at_first"
ONLY: Final = "only_"
"""Before the name of the one block that is worked on."""


def rules_of_thumb(scenario: Scenario, limits: Limits, blocks: Sequence[str] = BLOCKS) -> dict[str, Plan]:
    """The rules' plans by name.

    equal_split: all blocks alike all the time, in turns where not all may be worked on at once. weakest_first,
    book_order: one block after another, the least lived first or as the model numbers them. leaders_first: leadership
    alone in the first third, then the others alike. only_<block>: one block all the time. equal_at_first: all blocks
    alike in the first year, and no more than their upkeep after it; the one rule that does not spend all.
    """
    lived = dict(zip(BLOCKS, scenario.lived(), strict=True))
    ranked = sorted(blocks, key=lambda block: lived[block])
    wishes = {
        EQUAL: alike(blocks, 1, limits, limits.most_at_once),
        WEAKEST: alike(ranked, 1, limits, 1),
        BOOK: alike(blocks, 1, limits, 1),
        AT_FIRST: alike(blocks, 1, replace(limits, weeks=min(YEAR, limits.weeks)), limits.most_at_once),
        **{ONLY + block: alike([block], 1, limits, 1) for block in blocks},
    }
    if "leadership" in blocks and len(blocks) > 1 and limits.weeks >= 3 * QUARTER:
        wishes[LEADERS] = leaders_first(blocks, limits)
    return {name: plan_within(wished, limits) for name, wished in wishes.items()}


def leaders_first(blocks: Sequence[str], limits: Limits) -> list[Work]:
    """Leadership in the first third of the horizon, in whole quarters, and the others in what is left."""
    first = limits.weeks // 3 // QUARTER * QUARTER
    others = [block for block in blocks if block != "leadership"]
    leaders = Work("leadership", 1, first, min(1.0, limits.affordable))
    return [leaders, *alike(others, 1 + first, limits, limits.most_at_once)]


def alike(blocks: Sequence[str], start: int, limits: Limits, most_at_once: int) -> list[Work]:
    """The same for each block up to the horizon: so many at once, in as many turns of equal length as that takes.

    Together the blocks of a turn are wished all effort that the budget buys; upkeep of earlier ones takes its part.
    """
    turns = list(_turns(blocks, most_at_once))
    weeks = limits.weeks + 1 - start
    edges = [start + weeks * turn // len(turns) for turn in range(len(turns) + 1)]
    return [
        Work(block, edges[turn], edges[turn + 1] - edges[turn], min(1.0, limits.affordable / len(together)))
        for turn, together in enumerate(turns)
        for block in together
        if edges[turn + 1] > edges[turn]
    ]


def _turns(blocks: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    for first in range(0, len(blocks), most):
        yield blocks[first : first + most]
