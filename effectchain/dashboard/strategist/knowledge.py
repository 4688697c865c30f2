"""What the page tells of blocks and numbers beside the numbers themselves: meanings, definitions, what they rest on."""

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from agents.registry import PARAMETERS

MOST_SOURCES: Final = 4


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def meanings(block: str, language: str) -> list[str]:
    """What a block looks like in each quarter of the scale."""
    texts: list[str] = _table("meanings.toml")[block][language]
    return texts


def definition(indicator: str, language: str) -> str:
    """What a number stands for; empty for one that the page doesn't show."""
    return str(_table("definitions.toml").get(indicator, {}).get(language, ""))


def sections(indicator: str) -> Sequence[str]:
    """Where the parameters of the rules next to this number stand in the registry."""
    found: list[str] = _table("definitions.toml").get(indicator, {}).get("sections", [])
    return found


def origins(indicator: str) -> Mapping[str, int]:
    """How many parameters of those rules come from evidence, are calibrated or assumed."""
    own = sections(indicator)
    return Counter(one.origin for one in PARAMETERS.values() if one.section in own)


def evidence(indicator: str) -> list[str]:
    """The publications behind those rules, a few of them."""
    own = sections(indicator)
    found = [one.source for one in PARAMETERS.values() if one.section in own and one.origin == "evidence"]
    return list(dict.fromkeys(found))[:MOST_SOURCES]
