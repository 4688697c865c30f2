"""Words in English and Dutch, from tables that stand beside what says them; and user text made harmless."""

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from results.errors import ResultsError

LANGUAGES = ("en", "nl")


def words(language: str) -> Mapping[str, str]:
    """What figures, tables and reports of all kinds say, in one language. ResultsError for one that there is not."""
    return words_of("results", language)


def words_of(package: str, language: str) -> Mapping[str, str]:
    """All phrases of the table words.toml that stands in this package, by key. ResultsError as `words`."""
    if language not in LANGUAGES:
        raise ResultsError(f"There are no words in '{language}'; choose {' or '.join(LANGUAGES)}.")
    return _words_of(package, language)


@cache
def _words_of(package: str, language: str) -> Mapping[str, str]:
    text = files(package).joinpath("words.toml").read_text(encoding="utf-8")
    return MappingProxyType({key: phrase[language] for key, phrase in tomllib.loads(text).items()})


def harmless(text: object, longest: int = 200) -> str:
    """User text on one line: no control characters (terminal escapes, reversed writing), and not endless."""
    visible = "".join(
        " " if unicodedata.category(letter).startswith("C") else letter for letter in str(text)[: 4 * longest]
    )
    line = " ".join(visible.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
