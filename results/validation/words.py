"""The words of a validation in English and Dutch, and how its figures are written."""

from collections.abc import Mapping
from math import inf, isfinite

from results.numbers import MINUS, NONE, decimal
from results.validation.findings import Form, Part, Verdict
from results.words import words_of


def words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.validation", language)


def value(number: float, form: Form, decimals: int, language: str, *, unit: bool = True) -> str:
    """A figure as people read it: 1.29, 12.3%, +1.2 pt."""
    if not isfinite(number):
        return f"{MINUS if number == -inf else ''}∞" if number in {inf, -inf} else NONE
    if form == "number":
        return decimal(number, decimals, language)
    text = decimal(100.0 * number, decimals, language, signed=form == "points" and number != 0.0)
    return text + ({"percent": "%", "points": " pt"}[form] if unit else "")


def measured(part: Part, language: str) -> str:
    """What came out."""
    return value(part.found.mean, part.form, part.decimals, language)


def interval(part: Part, language: str) -> str:
    """From where to where it may lie."""
    if part.found.n == 0:
        return words(language)["exact"]
    low, high = (
        value(end, part.form, part.decimals, language, unit=False) for end in (part.found.low, part.found.high)
    )
    return words(language)["between"].format(low=low, high=high)


def bounds(part: Part, language: str) -> str:
    """Where it must lie."""
    phrases = words(language)
    decimals = next((places for places in range(4) if _is_told(part, places)), 3)
    low, high = (value(end, part.form, decimals, language) for end in (part.low, part.high))
    if not isfinite(part.low) and not isfinite(part.high):
        return NONE
    if isfinite(part.low) and isfinite(part.high):
        return phrases["between"].format(low=value(part.low, part.form, decimals, language, unit=False), high=high)
    if isfinite(part.low):
        return phrases["above" if part.strict else "at_least"].format(low=low)
    return phrases["below" if part.strict else "at_most"].format(high=high)


def verdict(part: Part, language: str) -> str:
    """Its verdict in words."""
    return words(language)[part.verdict if part.judged else "information"]


def named(found: Verdict, language: str) -> str:
    """A verdict in words."""
    return words(language)[found]


def _is_told(part: Part, places: int) -> bool:
    """Whether so many decimals tell the bounds exactly."""
    factor = 1.0 if part.form == "number" else 100.0
    ends = [factor * end for end in (part.low, part.high) if isfinite(end)]
    return all(abs(round(end, places) - end) < 1e-9 for end in ends)
