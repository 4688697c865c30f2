"""The words about what a what-if comes to: luck saved, who changed, pay-back, and how many worlds it took."""

import tomllib
from functools import cache
from importlib.resources import files

from results.errors import ResultsError
from results.words import LANGUAGES


@cache
def effect_words(language: str) -> dict[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    if language not in LANGUAGES:
        raise ResultsError(f"There are no words in '{language}'; choose {' or '.join(LANGUAGES)}.")
    return {key: phrase[language] for key, phrase in _phrases().items()}


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("results").joinpath("effect_words.toml").read_text(encoding="utf-8"))
