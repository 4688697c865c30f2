"""What somebody may decide on this page, to see what becomes of people: a what-if for any organisation."""

from typing import Final

from agents.blocks import BLOCKS
from scenarios.scenario import Scenario

RISE: Final = 0.3
"""By how much a block is to be stronger."""

MOST: Final = 0.9

YEAR: Final = 52
HALF_YEAR: Final = 26

Step = tuple[str, int]
"""A block and the week in which the work on it begins."""

DECISIONS: Final[dict[str, tuple[Step, ...]]] = {
    "leaders_then_all": (("leadership", 1), ("engagement", 1 + HALF_YEAR), ("operations", 1 + HALF_YEAR)),
    "leaders": (("leadership", 1),),
    "processes": (("operations", 1),),
    "nine": tuple((block, 1) for block in BLOCKS),
}
"""The blocks that are strengthened in a year of work each, from which week on; the first decision is taken at first."""


def decided(base: Scenario, decision: str) -> Scenario:
    """The organisation with this decision; blocks whose work could not begin in time are left out."""
    what_if = base.with_(name=decision)
    for block, start in DECISIONS[decision]:
        if start <= base.weeks:
            now = base.designed()[BLOCKS.index(block)]
            what_if = what_if.strengthen(block, to=max(now, min(MOST, now + RISE)), start=start, weeks=YEAR)
    return what_if
