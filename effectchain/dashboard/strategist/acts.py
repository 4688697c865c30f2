"""What a strategist can do, by the names that the page sends; everything that comes from a browser is checked here."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from effectchain.dashboard.roadmap.planning import planned
from effectchain.dashboard.session import Session
from effectchain.dashboard.strategist import keeping, levers
from effectchain.dashboard.strategist.baselines import baseline
from effectchain.dashboard.strategist.heading import suggestion
from effectchain.dashboard.strategist.moving import PROPOSITIONS, SEATS, STYLES
from effectchain.dashboard.strategist.work import Sight, Work, begun
from effectchain.dashboard.words import LANGUAGES
from scenarios.errors import Mistake

Act = Callable[[Work, Mapping[str, Any], Session], Work]


def done(work: Work, what: Mapping[str, Any], session: Session) -> Work:
    """The work after this act. Raises Mistake for one that cannot be."""
    act = ACTS.get(str(what.get("kind")))
    if act is None:
        raise Mistake("this page doesn't know what was asked of it", hint="load it again")
    return act(work, what, session)


def _move(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    block = str(what.get("block"))
    if block not in BLOCKS:
        raise Mistake("there is no such building block")
    change = _change(what, work.now.base.weeks)
    return work.moved(
        lambda sight: replace(sight, what_if=levers.moved(sight.base, sight.what_if, block, change)),
        goes_on=bool(what.get("goes_on")),
    )


def _change(what: Mapping[str, Any], weeks: int) -> dict[str, Any]:
    change: dict[str, Any] = {}
    if "to" in what:
        change["to"] = _number(what["to"], 0, 100) / 100.0
    if "start" in what:
        change["start"] = int(_number(what["start"], 1, weeks))
    if "weeks" in what:
        change["weeks"] = int(_number(what["weeks"], 1, 5200))
    if "approach" in what:
        change["approach"] = str(what["approach"])
    return change


def _number(value: Any, low: float, high: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise Mistake("this is no number", allowed=f"{low:g} to {high:g}") from None
    if not low <= number <= high:
        raise Mistake(f"{number:g} is out of range", allowed=f"{low:g} to {high:g}")
    return number


def _beside(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    """Style, seats, approach of all blocks, value proposition."""
    name, value = str(what.get("name")), what.get("value")
    if name == "style":
        held = None if value in {"", None} else STYLES[int(_number(value, 0, len(STYLES) - 1))]
        return _changed(work, lambda sight: levers.with_style(sight.base, sight.what_if, held))
    if name == "seats":
        share = SEATS[int(_number(value, 0, len(SEATS) - 1))]
        return _changed(work, lambda sight: levers.with_seats(sight.base, sight.what_if, share))
    if name == "approach" and value in levers.APPROACHES:
        return _changed(work, lambda sight: levers.with_approach(sight.base, sight.what_if, str(value)))
    if name == "proposition" and value in PROPOSITIONS:
        return _changed(work, lambda sight: levers.with_proposition(sight.what_if, str(value)))
    raise Mistake("there is no such choice")


def _changed(work: Work, change: Callable[[Sight], Any]) -> Work:
    return work.moved(lambda sight: replace(sight, what_if=change(sight)))


def _assume(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    """An assumption changes for the baseline, the what-if and so for both alike."""
    name, value = str(what.get("name")), what.get("value")
    if name not in PARAMETERS or name == levers.HELD:
        raise Mistake("there is no such assumption")
    parameter = PARAMETERS[name]
    number = work.usual.get(name) if value is None else _number(value, parameter.low, parameter.high)
    return work.moved(
        lambda sight: replace(
            sight,
            base=levers.with_assumption(sight.base, name, number),
            what_if=levers.with_assumption(sight.what_if, name, number),
        )
    )


def _plan(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    """The roadmap's plan changes."""
    return work.moved(lambda sight: replace(sight, what_if=planned(sight, what)), goes_on=bool(what.get("goes_on")))


def _baseline(work: Work, what: Mapping[str, Any], session: Session) -> Work:
    origin = str(what.get("origin"))[:200]
    return begun(origin, baseline(session, origin)) if origin != work.origin else work


def _pin(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    """The name is found here: the page may still show the one of an earlier move."""
    language = str(what.get("language"))
    return work.pinned(work.now.title[:80] or suggestion(work, language if language in LANGUAGES else LANGUAGES[0]))


def _keep(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    name = keeping.keep(work.now, str(what.get("title", ""))[:200])
    return work.called(name)


def _delete(work: Work, what: Mapping[str, Any], _: Session) -> Work:
    keeping.forget(str(what.get("key")))
    return work


ACTS: Final[Mapping[str, Act]] = {
    "move": _move,
    "beside": _beside,
    "assume": _assume,
    "plan": _plan,
    "baseline": _baseline,
    "pin": _pin,
    "unpin": lambda work, what, _: work.unpinned(int(_number(what.get("number"), 1, 9))),
    "take": lambda work, what, _: work.taken(int(_number(what.get("number"), 1, 9))),
    "undo": lambda work, _, __: work.undone(),
    "redo": lambda work, _, __: work.redone(),
    "glimpse": lambda work, what, _: work.glimpsed(is_glimpse=bool(what.get("on"))),
    "clear": lambda work, _, __: _changed(work, lambda sight: levers.reset(sight.base, sight.what_if)),
    "keep": _keep,
    "open": lambda _, what, __: keeping.opened(str(what.get("key"))),
    "delete": _delete,
}
"""What can be done, by name."""
