"""The words of a calibration in English and Dutch."""

import tomllib
from functools import cache
from importlib.resources import files

from results.errors import ResultsError
from results.words import LANGUAGES


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("experiments.calibration").joinpath("words.toml").read_text(encoding="utf-8"))


def phrase(key: str, language: str) -> str:
    """One phrase in this language. ResultsError for a language that there is not."""
    if language not in LANGUAGES:
        raise ResultsError(f"There are no words in '{language}'; choose {' or '.join(LANGUAGES)}.")
    return _phrases()[key][language]
