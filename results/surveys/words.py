"""The words about what a survey came to, in English and Dutch, and its numbers as they are written."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Final

from results.numbers import NONE, decimal
from results.surveys.beside import Beside
from results.surveys.statistics import LEVEL
from results.words import words, words_of

PERCENT: Final = f"{100 * LEVEL:g}"


def survey_words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.surveys", language)


def written(value: float, language: str) -> str:
    """A figure with two decimals; a dash where there is none."""
    return decimal(value, 2, language) if isfinite(value) else NONE


def interval(low: float, high: float, language: str) -> str:
    """Two bounds."""
    to = words(language)["to"]
    return f"{written(low, language)} {to} {written(high, language)}"


def share_in_words(beside: Beside, kinds: Sequence[str], language: str) -> str:
    """How many figures of these kinds lie inside, and whether any has the wrong sign; without a full stop."""
    phrases, share = survey_words(language), beside.share(kinds)
    part = f"{100 * share.part:.0f}" if share.figures else NONE
    inside = phrases["share"].format(inside=share.inside, figures=share.figures, level=PERCENT, part=part)
    wrong = phrases["some_wrong"].format(count=share.wrong_sign) if share.wrong_sign else phrases["no_wrong"]
    return f"{inside}, {wrong}"


def units_in_words(units: int, language: str) -> str:
    """Of how many organisations the respondents are."""
    return survey_words(language)["one_unit" if units == 1 else "several_units"].format(units=units)


def source_in_words(source: str, language: str) -> str:
    """Where real figures are from, its grade in the reader's language."""
    grade, colon, rest = source.partition(": ")
    return f"{words(language).get(grade, grade)}{colon}{rest}"
