"""Axes that a room can read, and that give nothing away: round numbers, as much room above as below."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from effectchain.dashboard.present.measures import AS_MARK, MEASURES, Measure
from results.indicators import Indicator
from results.numbers import decimal, level

_WIDE: Final = {"share": 0.2, "rate": 0.15, "mark": 0.2, "points": 30.0}
_NARROW: Final = {"share": 0.02, "rate": 0.02, "mark": 0.03, "points": 4.0}
"""Least room above and below the baseline, where the room draws and where it does not; of money, see below."""

STEPS: Final = 60
"""Places, more or less, at which a guess can stand."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: its ends, its ticks, and the places at which a guess can stand."""

    low: float
    high: float
    ticks: tuple[float, ...]
    grid: tuple[float, ...]


def scale_of(measure: str, backdrop: float, values: Sequence[float], *, wide: bool) -> Scale:
    """The axis for values around a backdrop's level.

    wide: for drawing on: so wide that its ends say nothing about where a line goes.
    """
    one = MEASURES[measure]
    finite = [value for value in values if math.isfinite(value)] or [backdrop]
    reach = max(abs(value - backdrop) for value in finite)
    room = max((1.7 if wide else 1.15) * reach, _least(one, backdrop, wide=wide))
    low, high = _within(one, backdrop - room, backdrop + room)
    step = _round(high - low, 5)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = tuple(_clean(step * number) for number in range(first, last + 1))
    fine = _round(ticks[-1] - ticks[0], STEPS)
    count = round((ticks[-1] - ticks[0]) / fine)
    return Scale(ticks[0], ticks[-1], ticks, tuple(_clean(ticks[0] + fine * number) for number in range(count + 1)))


def _least(one: Measure, backdrop: float, *, wide: bool) -> float:
    if one.indicator.kind == "money":
        return abs(backdrop) * (0.5 if wide else 0.05) or 1.0
    return (_WIDE if wide else _NARROW)[one.indicator.kind] * (AS_MARK[1] if one.scale == AS_MARK else 1.0)


def _within(one: Measure, low: float, high: float) -> tuple[float, float]:
    """Nothing below none, or above all."""
    if one.scale == AS_MARK:
        return max(low, 1.0), min(high, 10.0)
    if one.indicator.kind in {"share", "mark"}:
        return max(low, 0.0), min(high, 1.0)
    return (max(low, 0.0) if one.indicator.kind == "rate" else low), high


def _round(span: float, pieces: int) -> float:
    """The round step nearest to cutting a span into so many pieces."""
    raw = span / pieces
    power = 10.0 ** math.floor(math.log10(raw))
    return min((factor * power for factor in (1.0, 2.0, 5.0, 10.0)), key=lambda step: abs(math.log(step / raw)))


def _clean(value: float) -> float:
    return float(f"{value:.10g}")


def decimals_for(step: float) -> int:
    """As many decimals as tell steps of this size apart."""
    return next((count for count in range(6) if abs(round(step, count) - step) < 1e-9), 6)


def written(value: float, indicator: Indicator, language: str, step: float | None = None) -> str:
    """A value as the room reads it; on an axis or a grid with as many decimals as its step needs."""
    if indicator.kind == "money" or step is None:
        return level(value, indicator, language)
    if indicator.kind in {"share", "rate"}:
        return decimal(100.0 * value, decimals_for(100.0 * step), language) + "%"
    return decimal(value, decimals_for(step), language, signed=indicator.kind == "points" and value != 0.0)


def apart(values: Sequence[float], indicator: Indicator, language: str) -> list[str]:
    """The values as the room reads them, with up to two more decimals where different ones would read alike."""
    usual = [level(value, indicator, language) for value in values]
    if indicator.kind == "money" or len(set(usual)) == len(set(values)):
        return usual
    least = indicator.decimals + (2 if indicator.kind in {"share", "rate"} else 0)
    finer = [[written(value, indicator, language, 10.0 ** -(least + more)) for value in values] for more in (1, 2)]
    return finer[0] if len(set(finer[0])) == len(set(values)) else finer[1]


def axis(scale: Scale, measure: str, language: str) -> dict[str, Any]:
    """The axis as a picture has it: ends, ticks and places for guesses, each in words."""
    indicator = MEASURES[measure].indicator
    return {
        "low": scale.low,
        "high": scale.high,
        "ticks": _in_words(scale.ticks, indicator, language),
        "grid": _in_words(scale.grid, indicator, language),
    }


def _in_words(places: Sequence[float], indicator: Indicator, language: str) -> list[dict[str, Any]]:
    step = float(np.diff(places).min()) if len(places) > 1 else 1.0
    return [{"value": value, "label": written(value, indicator, language, step)} for value in places]
