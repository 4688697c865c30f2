"""The pictures of one folder as data: how an indicator spreads at each value of a factor, what moves it, and points.

What goes to the browser is bounded, however many points there are.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from effectchain.dashboard.experiments.scales import Scale, called, scale_of
from effectchain.dashboard.experiments.work import Bounds
from results.numbers import decimal
from results.points import Group, Points, groups, within
from results.sensitivity.table import SHARES, Bar, FactorEffect, Sensitivity
from results.sensitivity.words import indicator_of, notes, phrases, settings, setup
from results.sensitivity.words import number as estimate
from results.words import harmless

MOST_DOTS: Final = 2_000
MOST_ROWS: Final = 12
MOST_BARS: Final = 20
FEW_TICKS: Final = 3
MOST_GROUPS: Final = 20
MOST_COLUMNS: Final = 5
"""Factors in the table."""


def spreads(points: Points, factor: str, indicator: str, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """A strip for each value of a factor: the middle, the half and nine tenths of the points."""
    axis, levels = points.axis(factor), points.axis(indicator)
    scale, along = scale_of(levels), scale_of(axis)
    found = groups(axis, levels.values)
    return {
        "title": words["spread_title"].format(outcome=called(indicator, language), factor=called(factor, language)),
        "rows": [_strip(one, along, scale, words, language) for one in found[:MOST_GROUPS]],
        "ticks": scale.ticks(language, FEW_TICKS),
    }


def _strip(group: Group, along: Scale, scale: Scale, words: Mapping[str, str], language: str) -> dict[str, Any]:
    low, first, middle, third, high = (scale.text(value, language) for value in group.spread)
    said = words["spread_row"].format(middle=middle, first=first, third=third, low=low, high=high)
    return {
        "name": _group_name(group, along, words, language),
        "count": decimal(group.count, 0, language),
        "at": [scale.share(value) for value in group.spread],
        "middle": middle,
        "text": said,
    }


def _group_name(group: Group, along: Scale, words: Mapping[str, str], language: str) -> str:
    if along.names:
        return along.text(group.low, language) or words["as_is"]
    low, high = along.text(group.low, language), along.text(group.high, language)
    return low if low == high else words["range"].format(low=low, high=high)


def movers(found: Sensitivity, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """A bar for each factor with its interval, the one that moves most on top."""
    rows = found.factors[:MOST_BARS]
    shown = [settings(one) for one in rows]
    ends = [edge for bars in shown for bar in bars for edge in _edges(bar)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    room = 0.04 * (high - low) or 1.0
    scale = Scale("", low - room if low < 0 else 0.0, high + room)
    phrase, left = phrases(language), len(found.factors) - len(rows)
    return {
        "title": phrase["title"].format(label=indicator_of(found).label(language)),
        "method": f"{phrase[found.method]}. {setup(found, language)}.",
        "rows": [_bars(found, one, bars, scale, words, language) for one, bars in zip(rows, shown, strict=True)],
        "zero": scale.share(0.0),
        "legend": _legend(found, language),
        "notes": notes(found, language),
        "more": words["more_factors"].format(count=left) if left else "",
    }


def _legend(found: Sensitivity, language: str) -> list[str]:
    phrase = phrases(language)
    return [phrase["first_order"], phrase["total_order"]] if found.method in SHARES else []


def _bars(
    found: Sensitivity,
    one: FactorEffect,
    bars: Sequence[Bar],
    scale: Scale,
    words: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    return {
        "name": called(one.factor, language),
        "bars": [
            {
                "from": min(scale.share(0.0), scale.share(bar.value)),
                "to": max(scale.share(0.0), scale.share(bar.value)),
                "low": scale.share(_edges(bar)[0]),
                "high": scale.share(_edges(bar)[1]),
                "has_interval": math.isfinite(bar.low) and math.isfinite(bar.high),
                "text": estimate(found, bar.value, language),
                "setting": harmless(bar.told[language], 60),
                "interval": _interval(found, bar, words, language),
            }
            for bar in bars
        ],
    }


def _edges(bar: Bar) -> tuple[float, float]:
    """The ends of bar and whisker."""
    known = [value for value in (bar.low, bar.high, bar.value) if math.isfinite(value)]
    return min(known), max(known)


def _interval(found: Sensitivity, bar: Bar, words: Mapping[str, str], language: str) -> str:
    if not (math.isfinite(bar.low) and math.isfinite(bar.high)):
        return ""
    low, high = (estimate(found, value, language) for value in (bar.low, bar.high))
    return f"95%: {words['range'].format(low=low, high=high)}"


def scatter(points: Points, x: str, y: str, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """Points along two axes, at most so many of them; each is its number and its place in thousandths."""
    across, up = points.axis(x), points.axis(y)
    known = np.isfinite(across.values) & np.isfinite(up.values)
    places = points.sample(MOST_DOTS)
    places = places[known[places]]
    wide, high = scale_of(across), scale_of(up)
    left = np.rint(1000 * (across.values[places] - wide.low) / (wide.high - wide.low)).astype(int)
    top = np.rint(1000 * (1 - (up.values[places] - high.low) / (high.high - high.low))).astype(int)
    told = {"shown": decimal(places.size, 0, language), "all": decimal(len(points), 0, language)}
    told |= {"x": called(x, language), "y": called(y, language)}
    fit = _together(across.values, up.values, words, language)
    return {
        "title": words["scatter_title"].format(x=called(x, language), y=called(y, language)),
        "dots": [[int(number), int(a), int(b)] for number, a, b in zip(points.numbers[places], left, top, strict=True)],
        "shown": words["shown"].format(**told),
        "x": {"label": called(x, language), "ticks": wide.ticks(language)},
        "y": {"label": called(y, language), "ticks": high.ticks(language)},
        "summary": words["scatter_summary"].format(**told, fit=fit),
    }


def _together(x: Any, y: Any, words: Mapping[str, str], language: str) -> str:
    """How the two go together, as a rank-free correlation in words."""
    known = np.isfinite(x) & np.isfinite(y)
    if known.sum() < 3 or not np.ptp(x[known]) or not np.ptp(y[known]):
        return words["fit_none"]
    return words["fit"].format(r=decimal(float(np.corrcoef(x[known], y[known])[0, 1]), 2, language))


def selection(
    points: Points, x: str, y: str, bounds: Bounds | None, words: Mapping[str, str], language: str
) -> dict[str, Any]:
    """The points in a rectangle, or all, the highest of the upright axis first, at most so many of them."""
    across, up = points.axis(x), points.axis(y)
    wide, high = scale_of(across), scale_of(up)
    whole = bounds or (0.0, 1.0, 0.0, 1.0)
    ends = (wide.at(whole[0]), wide.at(whole[1]), high.at(whole[2]), high.at(whole[3]))
    inside = within(across, up, ends)
    ordered = inside[np.argsort(-up.values[inside], kind="stable")][:MOST_ROWS]
    columns = list(dict.fromkeys([y, x, *list(points.factors)[:MOST_COLUMNS]]))
    scales = {name: scale_of(points.axis(name)) for name in columns}
    texts = [(wide, ends[0]), (wide, ends[1]), (high, ends[2]), (high, ends[3])]
    return {
        "is_part": bounds is not None,
        "shown": _told(ordered.size, inside.size, bounds, words, language),
        "columns": [called(name, language) for name in columns],
        "rows": [
            {
                "number": int(points.numbers[place]),
                "cells": [scales[name].text(points.axis(name).values[place], language) for name in columns],
            }
            for place in ordered
        ],
        "bounds": [_bound(share, *text, language) for share, text in zip(whole, texts, strict=True)],
    }


def _told(shown: int, count: int, bounds: Bounds | None, words: Mapping[str, str], language: str) -> str:
    said = words["selected" if bounds else "every"].format(all=decimal(count, 0, language))
    return said + (words["highest"].format(shown=decimal(shown, 0, language)) if shown < count else "")


def _bound(share: float, scale: Scale, value: float, language: str) -> dict[str, Any]:
    return {"at": round(share, 3), "text": scale.text(value, language)}
