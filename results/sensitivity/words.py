"""The words of a sensitivity analysis in English and Dutch, for the terminal and for figures."""

import math
from collections.abc import Mapping
from typing import Final

from results.indicators import INDICATORS, Indicator
from results.numbers import decimal, difference
from results.sensitivity.table import SHARES, Bar, FactorEffect, Sensitivity
from results.statistics import Interval
from results.words import words, words_of

_ORDER: Final = ("luck", "lucky", "one_world", "fit", "weak_fit", "wide", "left_out")


def phrases(language: str) -> Mapping[str, str]:
    """All phrases in one language. ResultsError for a language that there is not."""
    return words_of("results.sensitivity", language)


def indicator_of(found: Sensitivity) -> Indicator:
    """How the indicator is written; by its own name where people do not steer on it."""
    name = found.indicator
    return INDICATORS.get(name, Indicator(name, "mark", _decimals(found), "neutral", name, name, "", ""))


def _decimals(found: Sensitivity) -> int:
    """Three figures of the largest change."""
    largest = max((one.size for one in found.factors), default=1.0) if found.method not in SHARES else found.mean
    return next((count for count in range(6) if abs(largest) * 10**count >= 100.0), 6)


def percent(share: float, language: str) -> str:
    """A share in per cent, with a decimal where it is small."""
    return decimal(100.0 * share, 1 if abs(share) < 0.0995 else 0, language) + "%"


def number(found: Sensitivity, value: float, language: str) -> str:
    """An estimate: a share of the variance, or a change with its unit and, where it may be either, its sign."""
    if found.method in SHARES:
        return decimal(value, 2, language)
    if value == 0.0:
        return "0"
    indicator, largest = indicator_of(found), max((one.size for one in found.factors), default=0.0)
    if indicator.kind == "money":
        beside = Interval(value, -largest, largest, found.replications, found.level)
        text = difference(beside, indicator, language)
    else:
        factor = 100.0 if indicator.kind in {"share", "rate"} else 1.0
        unit = f" {words(language)['points']}" if indicator.kind in {"share", "rate", "points"} else ""
        text = decimal(factor * value, _enough(factor * largest), language, signed=True) + unit
    return text.lstrip("+") if found.method == "morris" else text


def _enough(largest: float) -> int:
    """Decimals that give the largest change two figures at least."""
    return max(1, min(6, 1 - math.floor(math.log10(largest)))) if largest > 0.0 else 1


def settings(one: FactorEffect) -> tuple[Bar, ...]:
    """The bars of a factor; of many settings only those with the least and the greatest change."""
    if len(one.bars) < 3:
        return one.bars
    ordered = sorted(one.bars, key=lambda bar: bar.value)
    return ordered[0], ordered[-1]


def notes(found: Sensitivity, language: str) -> list[str]:
    """What the numbers rest on, and what a reader must bear in mind, a sentence each."""
    text = phrases(language)
    shares = {"luck": found.luck, "fit": found.fit}
    said = {key: text[key].format(share=percent(share, language)) for key, share in shares.items() if share is not None}
    said |= {key: text[key] for key in found.remarks}
    return [said[key] for key in _ORDER if key in said]


def setup(found: Sensitivity, language: str) -> str:
    """How many cells, worlds and weeks."""
    text = phrases(language)
    worlds = text["each_one"] if found.replications == 1 else text["each"].format(count=found.replications)
    cells = decimal(found.cells, 0, language)
    return text["setup"].format(cells=cells, design=found.design_names[language], worlds=worlds, weeks=found.weeks)
