"""The words about effect sizes, in English and Dutch, and their figures as they are written."""

from collections.abc import Mapping
from math import isfinite

from results.effect_sizes.table import EffectSize, EffectSizes, Published, Scale
from results.numbers import NONE, decimal
from results.words import words, words_of


def size_words(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.effect_sizes", language)


def written(value: float, scale: Scale, language: str) -> str:
    """A figure as its scale is read: +0.33, 23%, 2.9; a dash where there is none."""
    if not isfinite(value):
        return NONE
    if scale == "percent":
        is_small = abs(value) < 0.0995 and abs(100.0 * value - round(100.0 * value)) >= 0.05
        return decimal(100.0 * value, 1 if is_small else 0, language) + "%"
    return decimal(value, 2 if abs(value) < 10.0 else 0, language, signed=scale == "correlation")


def ranged(low: float, high: float, scale: Scale, language: str) -> str:
    """Two bounds."""
    to = words(language)["to"]
    return f"{written(low, scale, language)} {to} {written(high, scale, language)}"


def published_in_words(row: Published, language: str) -> str:
    """The published figure, both ends of a range, or that only order is known."""
    if not row.figure:
        return size_words(language)["sign_only"]
    low, high = row.figure[0], row.figure[-1]
    return written(low, row.scale, language) if low == high else ranged(low, high, row.scale, language)


def tolerance_in_words(row: Published, language: str) -> str:
    """Between which bounds the measured figure counts as inside; a dash where nothing is measured."""
    if not isfinite(row.low):
        return NONE
    if row.scale == "correlation" and (row.low, row.high) in {(0.0, 1.0), (-1.0, 0.0)}:
        return "> 0" if row.high > 0.0 else "< 0"
    return ranged(row.low, row.high, row.scale, language)


def measured_in_words(row: EffectSize, language: str) -> str:
    """The measured figure and its interval; a dash where there is none."""
    if row.found is None or row.verdict == "not measured":
        return NONE
    scale = row.published.scale
    figure = written(row.found.mean, scale, language)
    return f"{figure} ({ranged(row.found.low, row.found.high, scale, language)})"


def verdict_in_words(row: EffectSize, language: str) -> str:
    """The verdict, marked where the interval does not bear it out as a whole."""
    said = size_words(language)[row.verdict]
    return said if row.is_sure or row.verdict == "not measured" else f"{said} ~"


def details_in_words(row: EffectSize, language: str) -> str:
    """Figures behind the measured one, as a sentence; nothing where there are none."""
    figures = ", ".join(_detail(value, row, language) for value in row.details)
    return size_words(language)["details"].format(figures=figures) if figures else ""


def _detail(value: float, row: EffectSize, language: str) -> str:
    """Large figures are euros; a squared correlation has the correlation behind it."""
    if abs(value) >= 1_000.0:
        return decimal(value, 0, language)
    return decimal(value, 3 if row.published.scale == "percent" else 2, language)


def count_in_words(sizes: EffectSizes, language: str) -> list[str]:
    """How many lie inside, of all and of those that calibration did not use."""
    phrases = size_words(language)
    inside, outside, absent = (sizes.count(verdict) for verdict in ("inside", "outside", "not measured"))
    held = sizes.count("inside", "held out"), sizes.count("outside", "held out")
    return [
        phrases["count"].format(inside=inside, all=inside + outside, outside=outside, not_measured=absent),
        phrases["count_held_out"].format(inside=held[0], all=sum(held)),
    ]


def head_in_words(sizes: EffectSizes, language: str) -> str:
    """What the table was measured on."""
    return size_words(language)["head"].format(units=sizes.units, firms=sizes.firms, seed=sizes.seed)
