"""What factors and their values are called, where a design holds keys of a scenario file."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from experiments.sensitivity import label
from results.words import harmless

LONGEST: Final = 60
"""Characters of a name that comes out of a file."""


def factor_name(path: str, language: str) -> str:
    """A factor by its name for people: 'Intervention 1: start week' for interventions.0.start.

    A building block has its own name; a key that nobody named is its own words.
    """
    named = label(path, language)
    if named != path:
        return harmless(named, LONGEST)
    *tables, last = path.split(".")
    place = "".join(f"{_table(one, language)} " for one in tables).strip()
    if last.isdigit():
        return harmless(f"{place} {int(last) + 1}".strip(), LONGEST)
    said = _said("keys", last, language)
    return harmless(f"{place}: {said}" if place else said[:1].upper() + said[1:], LONGEST)


def value_name(text: str, language: str) -> str:
    """A value that is a word, such as top_down, as people say it."""
    return _known("values", text, language) or text


def _table(part: str, language: str) -> str:
    return str(int(part) + 1) if part.isdigit() else _said("tables", part, language)


def _said(group: str, key: str, language: str) -> str:
    return _known(group, key, language) or key.replace("_", " ")


def _known(group: str, key: str, language: str) -> str | None:
    found: dict[str, str] = _names()[group].get(key, {})
    return found.get(language)


@cache
def _names() -> dict[str, Any]:
    text = files("effectchain.dashboard.experiments").joinpath("names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
