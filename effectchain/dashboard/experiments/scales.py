"""Where numbers stand along an axis, and how they are written beside it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from experiments.naming import factor_name, value_name
from results.indicators import INDICATORS
from results.numbers import NONE, decimal, level
from results.points import SCENARIO, Axis
from results.words import harmless

STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
ABOUT: Final = 5
"""Ticks on an axis, more or less."""

LONGEST: Final = 60
"""Characters of a name that comes out of a file."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from low to high, with the name of a factor or an indicator; names: of its values, if it has words."""

    name: str
    low: float
    high: float
    names: tuple[str, ...] = ()

    def share(self, value: float) -> float:
        """How far along, 0 to 1, to four figures."""
        return round((value - self.low) / (self.high - self.low), 4)

    def at(self, share: float) -> float:
        """The number that stands there."""
        return self.low + share * (self.high - self.low)

    def ticks(self, language: str, about: int = ABOUT) -> list[dict[str, Any]]:
        """Round numbers along it, or its words, each with its place and text."""
        if self.names:
            return [
                {"at": self.share(place), "text": harmless(value_name(one, language), 18)}
                for place, one in enumerate(self.names[:12])
            ]
        return [{"at": self.share(value), "text": text} for value, text in self._round(language, about)]

    def text(self, value: float, language: str) -> str:
        """One value as people read it."""
        if not math.isfinite(value):
            return NONE
        if self.names:
            return harmless(value_name(self.names[min(max(round(value), 0), len(self.names) - 1)], language), LONGEST)
        if self.name in INDICATORS:
            return precise(self.name, value, self.high - self.low, language)
        return number(value, language)

    def _round(self, language: str, about: int) -> Iterator[tuple[float, str]]:
        step = tidy((self.high - self.low) / about)
        for place in range(math.ceil(self.low / step), math.floor(self.high / step) + 1):
            value = place * step
            found = INDICATORS.get(self.name)
            if found is None:
                yield value, decimal(value, _decimals(step), language)
            elif found.kind == "money":
                yield value, level(value, found, language)
            else:
                percent = found.kind in {"share", "rate"}
                factor = 100.0 if percent else 1.0
                yield value, decimal(factor * value, _decimals(factor * step), language) + ("%" if percent else "")


def scale_of(axis: Axis) -> Scale:
    """The scale on which all values of an axis stand."""
    low, high = axis.ends
    return Scale(axis.name, low, high, axis.names)


def tidy(step: float) -> float:
    """The next larger of 1, 2, 2.5, 5 and 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * one for one in STEPS if step <= power * one * (1 + 1e-9))


def number(value: float, language: str) -> str:
    """Three or four figures, without zeros at the end."""
    if value == int(value):
        return decimal(value, 0, language)
    decimals = max(0, min(6, 3 - math.ceil(math.log10(abs(value))))) if value else 0
    return decimal(round(value, decimals), _decimals(round(value, decimals), decimals), language)


def precise(name: str, value: float, span: float, language: str) -> str:
    """An indicator with as many decimals as its span asks for, so that points that differ are told apart."""
    found = INDICATORS[name]
    if found.kind == "money":
        return level(value, found, language)
    factor = 100.0 if found.kind in {"share", "rate"} else 1.0
    needed = math.ceil(2 - math.log10(factor * span)) if span > 0 else found.decimals
    text = decimal(factor * value, min(max(needed, found.decimals), found.decimals + 2), language)
    return text + ("%" if factor > 1 else "")


def called(name: str, language: str) -> str:
    """A factor or an indicator by its name for people."""
    if name in INDICATORS:
        return INDICATORS[name].title(language)
    if name == SCENARIO:
        return "Scenario"
    return factor_name(name, language)


def _decimals(value: float, most: int = 6) -> int:
    """How many decimals it takes to write this."""
    return next((count for count in range(most + 1) if abs(round(value, count) - value) < 1e-9 * abs(value)), most)
