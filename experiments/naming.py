"""What people call building blocks, factors and the words that factors take, in both languages."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from agents.registry import PARAMETERS
from experiments.meanings import meaning
from results.words import harmless
from scenarios.statements import questionnaire

LONGEST: Final = 60
"""Characters of a name that comes out of a file."""


def block_name(block: str, language: str) -> str:
    """A building block as the self-diagnosis calls it. KeyError where there is no such block."""
    return block_names(language)[block]


@cache
def block_names(language: str) -> Mapping[str, str]:
    """All nine, by their keys in scenario files."""
    return {block.key: block.name("nl" if language == "nl" else "en") for block in questionnaire().blocks}


def factor_name(path: str, language: str) -> str:
    """A factor by its name for people: 'Intervention 1: start week' for interventions.0.start.

    A building block has its own name, and a behaviour parameter, whose key is English, in Dutch what it stands for; a
    key that nobody named is its own words.
    """
    *tables, last = path.split(".")
    if tables[:1] == ["building_blocks"]:
        block, *half = [*tables[1:], last]
        if block in block_names(language):
            return " ".join([block_name(block, language), *(f"({_said('halves', one, language)})" for one in half)])
    if tables == ["behaviour"] and language == "nl" and last in PARAMETERS:
        return f"{_table('behaviour', language)}: {meaning(last, language)}"
    place = " ".join(_table(one, language) for one in tables)
    if last.isdigit():
        return harmless(f"{place} {int(last) + 1}".strip(), LONGEST)
    said = _said("keys", last, language)
    return harmless(f"{place}: {said}" if place else said[:1].upper() + said[1:], LONGEST)


def value_name(text: str, language: str) -> str:
    """A value, such as top_down or 0.2, as people write it; from what to what where there is an arrow in it."""
    return " → ".join(_known("values", one, language) or _number(one, language) for one in text.split(" → "))


def _number(text: str, language: str) -> str:
    """With the reader's decimal sign where it is a number."""
    return text.replace(".", ",") if language == "nl" and text.replace(".", "").lstrip("-").isdecimal() else text


def _table(part: str, language: str) -> str:
    return str(int(part) + 1) if part.isdigit() else _said("tables", part, language)


def _said(group: str, key: str, language: str) -> str:
    return _known(group, key, language) or key.replace("_", " ")


def _known(group: str, key: str, language: str) -> str | None:
    return _names()[group].get(key, {}).get(language)


@cache
def _names() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("experiments").joinpath("naming.toml").read_text(encoding="utf-8"))
