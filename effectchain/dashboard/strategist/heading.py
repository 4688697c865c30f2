"""The head of the page as data: the baseline, the way back, and what is compared."""

from collections.abc import Mapping, Sequence
from typing import Any

from effectchain.dashboard.strategist.colours import BASELINE, PINS
from effectchain.dashboard.strategist.desk import worlds_wanted
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.work import MOST_PINS, Work
from effectchain.dashboard.words import words_of
from experiments.naming import block_names
from experiments.telling import text, title
from results.words import harmless
from scenarios.writing import to_toml


def heading(
    work: Work,
    groups: list[dict[str, Any]],
    language: str,
    *,
    mistake: str = "",
    told: str = "",
    kept: Sequence[Mapping[str, Any]] = (),
    code: str = "",
    rested: int = 0,
    shared: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """What the head shows of this work.

    mistake: what was asked and cannot be, if anything. told: what was done. kept: scenarios on this machine, as
    title, about and key. code: the what-if as part of an address, rested: how often that was
    made. shared: scenario files, once they are asked for.
    """
    words = words_of("strategist", language)
    pins = [pin.what_if.digest() for pin in work.pins]
    return {
        "origin": work.origin,
        "stamp": " ".join((work.origin, work.now.what_if.digest(), work.now.base.digest(), work.now.title, *pins)),
        "groups": groups,
        "about": harmless(text(work.now.base, language), 600),
        "can_undo": bool(work.past),
        "can_redo": bool(work.future),
        "is_glimpse": work.is_glimpse,
        "is_same": work.now.is_same,
        "title": harmless(work.now.title, 80),
        "suggestion": suggestion(work, language),
        "can_pin": not work.now.is_same and len(work.pins) < MOST_PINS,
        "baseline_colour": BASELINE,
        "pins": [
            {
                "number": pin.number,
                "title": harmless(pin.title, 40),
                "colour": PINS[pin.number - 1],
                "unpin": words["unpin"].format(name=harmless(pin.title, 40)),
                "take": words["take"].format(name=harmless(pin.title, 40)),
            }
            for pin in work.pins
        ],
        "mistake": mistake,
        "told": told,
        "panels": [{"name": name, "text": words[name]} for name in ("load", "save", "share")],
        "kept": list(kept),
        "code": code,
        "rested": rested,
        "files": list(shared),
        "command": f"effectchain compare baseline.toml what-if.toml --replications {worlds_wanted()}",
    }


def files_of(work: Work, language: str) -> list[dict[str, str]]:
    """Baseline and what-if as scenario files, which the command line runs to the same numbers."""
    words = words_of("strategist", language)
    return [
        {"name": "what-if.toml", "text": words["download_what_if"], "content": to_toml(work.now.what_if)},
        {"name": "baseline.toml", "text": words["download_baseline"], "content": to_toml(work.now.base)},
    ]


def called(work: Work, language: str) -> list[str]:
    """What baseline, pinned what-ifs and the present one are called on paper, in the order in which they are asked."""
    now = harmless(work.shown.title, 60) or suggestion(work, language)
    return [title(work.now.base, language), *(harmless(pin.title, 60) for pin in work.pins), now]


def suggestion(work: Work, language: str) -> str:
    """What the what-if could be called: after the first block that it works on, and how many more."""
    names = block_names(language)
    own = own_work(work.now.base, work.now.what_if)
    goals = {one.block: "" if one.to is None else f" {100 * one.to:.0f}" for one in own}
    shown = [names[block] + goal for block, goal in goals.items()]
    if not shown:
        return words_of("strategist", language)["what_if"]
    return shown[0] + (f" +{len(shown) - 1}" if len(shown) > 1 else "")
