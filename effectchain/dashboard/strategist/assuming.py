"""The assumptions as data: parameters of the rules that have the words looked for, with origin, source and range."""

from collections.abc import Mapping
from typing import Any, Final

from agents.parameters import Parameter
from agents.registry import PARAMETERS
from effectchain.dashboard.words import words_of
from experiments.meanings import meaning, plain, unit
from scenarios.scenario import Scenario

MOST: Final = 40
"""Assumptions shown at once."""

LONGEST: Final = 60
"""Letters that one may search for."""


def assuming(base: Scenario, usual: Mapping[str, float], search: str, language: str) -> dict[str, Any]:
    """What is found, with what this baseline makes of it: changed ones first, then those that are its own.

    usual: what the organisation came with, where that is not what the rules assume.
    """
    words = words_of("strategist", language)
    found = [one for one in PARAMETERS.values() if _fits(one, search, words, language)]
    shown = sorted(found, key=lambda one: (not _is_changed(one, base, usual), one.name not in usual))[:MOST]
    return {
        "search": search,
        "search_label": words["search"].format(count=len(PARAMETERS)),
        "found": words["found"].format(count=len(found), shown=len(shown)) if found else words["none_found"],
        "rows": [_row(one, base, usual, words, language) for one in shown],
    }


def _fits(one: Parameter, search: str, words: Mapping[str, str], language: str) -> bool:
    said = meaning(one.name, language)
    text = f"{one.name} {one.section} {one.meaning} {said} {one.source} {one.origin} {words[one.origin]}".lower()
    return all(word in text for word in search[:LONGEST].lower().split())


def _is_changed(one: Parameter, base: Scenario, usual: Mapping[str, float]) -> bool:
    return base.behaviour.get(one.name, one.default) != usual.get(one.name, one.default)


def _row(
    one: Parameter, base: Scenario, usual: Mapping[str, float], words: Mapping[str, str], language: str
) -> dict[str, Any]:
    default = plain(one.default, language)
    here = plain(usual.get(one.name, one.default), language)
    return {
        "name": one.name,
        "meaning": meaning(one.name, language),
        "unit": unit(one.name, language),
        "origin": words[one.origin],
        "kind": one.origin,
        "source": one.source,
        "value": base.behaviour.get(one.name, one.default),
        "low": one.low,
        "high": one.high,
        "usual": words["usual" if here == default else "usual_here"].format(value=here, default=default),
        "is_changed": _is_changed(one, base, usual),
        "range": f"{plain(one.low, language)} \N{EN DASH} {plain(one.high, language)}",
    }
