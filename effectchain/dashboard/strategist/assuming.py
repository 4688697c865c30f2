"""The assumptions as data: parameters of the rules that have the words looked for, with origin, source and range."""

from typing import Any, Final

from agents.parameters import Parameter
from agents.registry import PARAMETERS
from effectchain.dashboard.words import words_of
from results.numbers import decimal
from scenarios.scenario import Scenario

MOST: Final = 40
"""Assumptions shown at once."""

LONGEST: Final = 60
"""Letters that one may search for."""


def assuming(base: Scenario, search: str, language: str) -> dict[str, Any]:
    """What is found, with what this baseline makes of it; changed ones stand first."""
    words = words_of("strategist", language)
    changed = [one for name, one in PARAMETERS.items() if name in base.behaviour and _fits(one, search)]
    fitting = [one for one in PARAMETERS.values() if _fits(one, search) and one not in changed]
    shown = (*changed, *fitting)[:MOST]
    found = len(changed) + len(fitting)
    return {
        "search": search,
        "search_label": words["search"].format(count=len(PARAMETERS)),
        "found": words["found"].format(count=found, shown=len(shown)) if found else words["none_found"],
        "rows": [_row(one, base, words, language) for one in shown],
    }


def _fits(one: Parameter, search: str) -> bool:
    text = f"{one.name} {one.section} {one.meaning} {one.source} {one.origin}".lower()
    return all(word in text for word in search[:LONGEST].lower().split())


def _row(one: Parameter, base: Scenario, words: Any, language: str) -> dict[str, Any]:
    value = base.behaviour.get(one.name, one.default)
    return {
        "name": one.name,
        "meaning": one.meaning,
        "unit": one.unit,
        "origin": words[one.origin],
        "kind": one.origin,
        "source": one.source,
        "value": value,
        "low": one.low,
        "high": one.high,
        "usual": words["usual"].format(value=_plain(one.default, language)),
        "is_changed": one.name in base.behaviour and value != one.default,
        "range": f"{_plain(one.low, language)} \N{EN DASH} {_plain(one.high, language)}",
    }


def _plain(value: float, language: str) -> str:
    text = f"{value:g}"
    places = len(text.split(".")[1]) if "." in text and "e" not in text else 0
    return decimal(value, places, language)
