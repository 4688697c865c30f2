"""How a level and a change are told: the value, whether it is better or worse, and how sure that is."""

from collections.abc import Mapping
from typing import Final

from experiments.live.outcome import Outcome
from results.chain import verdict
from results.indicators import Indicator
from results.numbers import bounds, difference, level, unbroken
from results.statistics import Interval

FEW: Final = 4
"""Worlds from which their spread is told."""


def change_in_words(
    found: Outcome | None, indicator: Indicator, worlds: int, words: Mapping[str, str], language: str
) -> tuple[str, str, str]:
    """How a change is to be read (better, worse, higher, lower, unclear, same; '' for not yet), itself, its spread."""
    change = found.change.difference if found else None
    if found is None or change is None:
        return "", "", ""
    reading = verdict(change, indicator)
    if reading == "same":
        return reading, words["as_baseline"], ""
    text = joined(unbroken(difference(change, indicator, language)))
    if worlds < FEW or found.lower is None or found.upper is None:
        few = words["one_world"] if worlds == 1 else words["two_worlds"].format(count=worlds)
        return reading, text, few
    spread = Interval(change.mean, found.lower, found.upper, change.n, 0.8)
    return reading, text, words["between"].format(bounds=joined(unbroken(bounds(spread, indicator, language))))


def joined(text: str) -> str:
    """The text with signs that stay with their amounts: no line ends between + and €."""
    return text.replace("+€", "+\N{WORD JOINER}€").replace("\N{MINUS SIGN}€", "\N{MINUS SIGN}\N{WORD JOINER}€")


def told_level(value: float | None, indicator: Indicator, language: str) -> str:
    """A level as people read it; empty where it is not known yet."""
    return "" if value is None else unbroken(level(value, indicator, language))
