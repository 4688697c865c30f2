"""The tables of words: every phrase in both languages, with the same blanks, and none that nobody says."""

import re
import tomllib
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from results.errors import ResultsError
from results.words import LANGUAGES, words_of

HOUSE: Final = Path(__file__).parent.parent
TABLES: Final = sorted(
    path for room in ("experiments", "results", "effectchain") for path in (HOUSE / room).rglob("*words.toml")
)
SAYING: Final = {".py", ".vue", ".j2", ".js"}
IDS: Final = [str(path.relative_to(HOUSE)) for path in TABLES]
BLANKS_OF_ONE_LANGUAGE: Final = {"verb"}
BEGINNING: Final = re.compile(r"""f["'](\w+)\{|'(\w+_)' \+""")
END: Final = re.compile(r"""f["']\{[^}]+\}(_\w+)["']""")
"""Of keys that are put together, such as f"file_{name}"."""


def blanks(text: str) -> set[str]:
    """Names of what is filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name} - BLANKS_OF_ONE_LANGUAGE


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_every_phrase_is_there_in_both_languages(table: Path) -> None:
    """And with the same blanks."""
    for key, phrase in tomllib.loads(table.read_text(encoding="utf-8")).items():
        assert set(LANGUAGES) == phrase.keys(), key
        assert any(phrase.values()), key
        assert blanks(phrase["en"]) == blanks(phrase["nl"]), key


@pytest.mark.parametrize("table", TABLES, ids=IDS)
def test_every_phrase_is_said_somewhere(table: Path) -> None:
    """No phrase stays behind when its place is gone."""
    names, ends = set(re.findall(r"\w+", code())), tuple(END.findall(code()))
    beginnings = tuple(one or other for one, other in BEGINNING.findall(code()))
    phrases = tomllib.loads(table.read_text(encoding="utf-8"))
    keys = [key for key in phrases if key.removesuffix(".parquet") not in names]
    assert [] == [key for key in keys if not (key.startswith(beginnings) or key.endswith(ends) or f'"{key}"' in code())]


@cache
def code() -> str:
    """All that can say something."""
    rooms = ("agents", "scenarios", "simulation", "experiments", "results", "effectchain")
    files = (path for room in rooms for path in (HOUSE / room).rglob("*") if path.suffix in SAYING)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_a_language_that_there_is_not_is_refused() -> None:
    """In a sentence that names those there are."""
    with pytest.raises(ResultsError, match="choose en or nl"):
        words_of("results", "fr")
