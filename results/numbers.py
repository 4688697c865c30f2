"""How values and differences are written in English and Dutch."""

import math
import re

from results.indicators import Indicator
from results.statistics import Interval
from results.words import words

MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
"""Stands where there is no value."""

_BREAKABLE = re.compile(r"(?<=€) (?=\d)|(?<=\d) (?=(?:m|mln|points|punten)\b)|(?<=\d) (?=±)")


def unbroken(text: str) -> str:
    """The text with amounts that stay on one line: the blank inside € 4.1 m does not break."""
    return _BREAKABLE.sub("\N{NO-BREAK SPACE}", text)


def decimal(value: float, decimals: int, language: str, *, signed: bool = False) -> str:
    """A number with its separators: 1,234.5 in English, 1.234,5 in Dutch; a value that rounds to 0 has no minus."""
    text = f"{round(value, decimals) + 0.0:{'+' if signed else ''},.{decimals}f}"
    if language == "nl":
        text = text.translate(str.maketrans(",.", ".,"))
    return text.replace("-", MINUS)


def level(value: float, indicator: Indicator, language: str) -> str:
    """A value as people read it: 0.66, 73%, 24% a year, +12, € 4.10 m."""
    if not math.isfinite(value):
        return NONE
    if indicator.kind == "money":
        return _money(value, abs(value), indicator.decimals, language)
    if indicator.kind in {"share", "rate"}:
        return decimal(100.0 * value, indicator.decimals, language) + "%"
    return decimal(value, indicator.decimals, language, signed=indicator.kind == "points")


def difference(found: Interval, indicator: Indicator, language: str) -> str:
    """The difference alone, with its sign and its unit, if it has one: +0.05, +1.9 points, +€ 0.54 m."""
    unit = f" {words(language)['points']}" if _in_points(indicator) else ""
    return _change(found.mean, found, indicator, language) + unit


def bounds(found: Interval, indicator: Indicator, language: str) -> str:
    """The interval in words: between +0.04 and +0.06."""
    if not math.isfinite(found.high):
        return words(language)["no_interval"]
    low, high = (_change(value, found, indicator, language) for value in (found.low, found.high))
    return words(language)["between"].format(low=low, high=high)


def compact(found: Interval, indicator: Indicator, language: str) -> str:
    """Difference and interval for a narrow column: +€ 0.54 m (0.49 to 0.59)."""
    change = _change(found.mean, found, indicator, language) + (" pt" if _in_points(indicator) else "")
    if not math.isfinite(found.high):
        return change
    low, high = (_bare(_change(value, found, indicator, language), language) for value in (found.low, found.high))
    return f"{change} ({low} {words(language)['to']} {high})"


def in_words(found: Interval, indicator: Indicator, language: str) -> str:
    """The whole effect: engagement +0.05 (between +0.04 and +0.06)."""
    label = indicator.label(language)
    if found.mean == found.low == found.high == 0.0:
        return f"{label} {words(language)['same']}"
    return f"{label} {difference(found, indicator, language)} ({bounds(found, indicator, language)})"


def _in_points(indicator: Indicator) -> bool:
    return indicator.kind in {"share", "rate", "points"}


def _bare(change: str, language: str) -> str:
    """A bound without the plus and the unit, which the difference before it has."""
    return change.replace("€ ", "").removeprefix("+").removesuffix(f" {words(language)['million_short']}")


def _change(value: float, found: Interval, indicator: Indicator, language: str) -> str:
    largest = max(abs(number) for number in (found.mean, found.low, found.high) if math.isfinite(number))
    if indicator.kind == "money":
        return _money(value, largest, indicator.decimals, language, signed=True)
    factor = 100.0 if indicator.kind in {"share", "rate"} else 1.0
    decimals = _enough(factor * largest, max(indicator.decimals, 1))
    return decimal(factor * value, decimals, language, signed=True)


def _enough(largest: float, decimals: int) -> int:
    """As many decimals as usual, and up to two more where the largest number would round to 0."""
    return min(max(decimals, math.ceil(-math.log10(largest))), decimals + 2) if largest > 0.0 else decimals


def _money(value: float, scale: float, decimals: int, language: str, *, signed: bool = False) -> str:
    """Euro: millions from a tenth of one, three figures from a thousand; `scale` is the largest of the numbers."""
    unit = ""
    if scale >= 99_500:
        text, unit = decimal(value / 1e6, 2, language, signed=signed), f" {words(language)['million_short']}"
    elif scale >= 1_000:
        text = decimal(round(value, 2 - math.floor(math.log10(scale))), 0, language, signed=signed)
    else:
        text = decimal(value, decimals, language, signed=signed)
    sign = text[0] if text[0] in {"+", MINUS} else ""
    return f"{sign}€ {text.removeprefix(sign)}{unit}"
