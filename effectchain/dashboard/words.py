"""The words of the dashboard's pages in English and Dutch: one table a page, beside the page."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from results.errors import ResultsError

LANGUAGES: Final = ("en", "nl")


def words_of(page: str, language: str) -> Mapping[str, str]:
    """All phrases of a page in one language, by key. ResultsError for a language that there is not."""
    if language not in LANGUAGES:
        raise ResultsError(f"There are no words in '{language}'; choose {' or '.join(LANGUAGES)}.")
    return _words_of(page, language)


@cache
def _words_of(page: str, language: str) -> Mapping[str, str]:
    return MappingProxyType({key: phrase[language] for key, phrase in _phrases(page).items()})


@cache
def _phrases(page: str) -> dict[str, dict[str, str]]:
    table = files("effectchain.dashboard").joinpath(page, "words.toml")
    return tomllib.loads(table.read_text(encoding="utf-8"))
