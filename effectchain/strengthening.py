"""A what-if without a file: `--strengthen leadership=0.7`."""

from collections.abc import Sequence
from typing import Final

from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario

WEEKS: Final = 52
FORM: Final = "BLOCK=LEVEL with a level from 0 to 1, as in leadership=0.7"


def strengthened(base: Scenario, settings: Sequence[str]) -> Scenario:
    """The baseline with each block brought to its level in the first 52 weeks; named after blocks and levels.

    Raises Mistake.
    """
    levels = dict(parse_level(setting) for setting in settings)
    what_if = base
    for block, level in levels.items():
        try:
            what_if = what_if.strengthen(block, to=level, start=1, weeks=WEEKS)
        except Mistake as mistake:
            raise Mistake(mistake.what, f"--strengthen {shown(block)}", mistake.allowed, mistake.hint) from None
    return what_if.with_(name="-".join(f"{block}-{100 * level:.0f}" for block, level in levels.items())[:64])


def parse_level(setting: str) -> tuple[str, float]:
    """Block and level of one setting. Raises Mistake for what is no number from 0 to 1."""
    block, _, level = setting.partition("=")
    try:
        number = float(level)
    except ValueError:
        number = float("nan")
    if not 0.0 <= number <= 1.0:
        raise Mistake("is no what-if", f"--strengthen {shown(setting)}", FORM)
    return block.strip(), number
