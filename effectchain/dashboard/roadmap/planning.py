"""What one does to a plan: move, lengthen, add or take away work, or take over a plan that was found."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from agents.blocks import BLOCKS
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.work import Sight
from scenarios.errors import Mistake
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario

HALF_A_YEAR: Final = 26
STEP: Final = 0.2
"""How much further than where a block stands new work is to bring it."""

MOST: Final = 60
"""Pieces of work in a plan."""

Piece = dict[str, Any]


def planned(sight: Sight, what: Mapping[str, Any]) -> Scenario:
    """The what-if after this act upon its own work. Raises Mistake for one that cannot be."""
    act = ACTS.get(str(what.get("do")))
    if act is None:
        raise Mistake("this page doesn't know what was asked of it", hint="load it again")
    own = [_plain(one) for one in own_work(sight.base, sight.what_if)]
    work = act(own, what, sight.base)
    if len(work) > MOST:
        raise Mistake(f"a plan has at most {MOST} pieces of work", hint="take one away first")
    already = sight.base.as_dict()["interventions"]
    return sight.what_if.with_(interventions=[*already, *work])


def _plain(one: Intervention) -> Piece:
    return one.model_dump(mode="json", exclude_none=True)


def _move(own: list[Piece], what: Mapping[str, Any], base: Scenario) -> list[Piece]:
    """Another start, length or goal; what would reach beyond the horizon is cut there."""
    place = _place(own, what)
    piece = dict(own[place])
    if "start" in what:
        piece["start"] = min(max(1, whole(what["start"])), base.weeks)
    if "weeks" in what:
        piece["weeks"] = max(1, whole(what["weeks"]))
    piece["weeks"] = min(piece["weeks"], base.weeks + 1 - piece["start"])
    if "to" in what:
        piece = {name: value for name, value in piece.items() if name not in {"effort", "budget"}}
        piece["to"] = min(max(0, whole(what["to"])), 100) / 100.0
    return [*own[:place], piece, *own[place + 1 :]]


def _add(own: list[Piece], what: Mapping[str, Any], base: Scenario) -> list[Piece]:
    """New work on a block, half a year long."""
    block = str(what.get("block"))
    if block not in BLOCKS:
        raise Mistake("there is no such building block")
    begin = base.designed()[BLOCKS.index(block)]
    start = min(max(1, whole(what.get("start", 1))), base.weeks)
    weeks = min(HALF_A_YEAR, base.weeks + 1 - start)
    return [*own, {"block": block, "start": start, "weeks": weeks, "to": round(min(1.0, begin + STEP), 2)}]


def _remove(own: list[Piece], what: Mapping[str, Any], _: Scenario) -> list[Piece]:
    place = _place(own, what)
    return [*own[:place], *own[place + 1 :]]


def _replace(_: list[Piece], what: Mapping[str, Any], __: Scenario) -> list[Piece]:
    """A whole plan instead of the present one."""
    works: Sequence[Piece] = what.get("works", ())
    return [dict(work) for work in works]


def _place(own: Sequence[Piece], what: Mapping[str, Any]) -> int:
    place = whole(what.get("place"))
    if not 0 <= place < len(own):
        raise Mistake("this piece of work is no longer in the plan")
    return place


def whole(value: Any) -> int:
    """A whole number that a browser sent. Raises Mistake."""
    try:
        return int(float(value))
    except (TypeError, ValueError, OverflowError):
        raise Mistake("this is no whole number") from None


ACTS: Final[Mapping[str, Callable[[list[Piece], Mapping[str, Any], Scenario], list[Piece]]]] = {
    "move": _move,
    "add": _add,
    "remove": _remove,
    "replace": _replace,
}
"""What can be done to a plan, by name."""
