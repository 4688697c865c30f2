"""The small multiples as data: lines with their bands over time, and the same as text and as a table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from effectchain.dashboard.strategist.changes import told_level
from effectchain.dashboard.strategist.colours import BASELINE, LINKS, PINS
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.work import Work
from experiments.live.answer import Answer
from experiments.live.outcome import Curve, Outcome
from results.chain import Link
from results.indicators import INDICATORS, Indicator
from results.numbers import difference, level, unbroken

Levels = Mapping[str, float | None]
"""The last year's level of each indicator; None where it is not known yet."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What all charts of an answer are drawn from.

    bases, levels: of the baseline and of the what-if; found: how they differ; pinned: levels of each pinned what-if.
    called: names of baseline, pinned what-ifs and the what-if.
    """

    work: Work
    answer: Answer
    bases: Levels
    levels: Levels
    found: Mapping[str, Outcome]
    pinned: Sequence[Levels]
    called: Sequence[str]
    words: Mapping[str, str]
    language: str


def chart(link: Link, curves: Sequence[Curve | None], seen: Seen) -> dict[str, Any]:
    """One small multiple of this link's indicator, and the same as text and table; curves: in the order of names."""
    indicator, answer, language = INDICATORS[link.indicators[0]], seen.answer, seen.language
    name = indicator.title(language)
    return {
        "indicator": indicator.name,
        "name": name,
        "unit": indicator.unit(language),
        "colour": LINKS[link.name],
        "spec": {
            "title": name,
            "summary": _summary(indicator, seen),
            "lines": [line for line in _lines(indicator, LINKS[link.name], curves, seen) if line],
            "bands": _bands(indicator, LINKS[link.name], curves[answer.newest], seen.work),
            "marks": marks(seen.work),
            "x": {
                "weeks": answer.weeks,
                "first": 1,
                "ticks": ticks(answer.weeks, seen.words),
                "name": seen.words["week"],
            },
            "y": {"format": format_of(indicator)},
        },
        "table": _table(indicator, curves, seen),
    }


def _lines(
    indicator: Indicator, colour: str, curves: Sequence[Curve | None], seen: Seen
) -> list[dict[str, Any] | None]:
    """The baseline, pinned what-ifs, and the what-if where it differs."""
    work, called, place, language = seen.work, seen.called, seen.answer.newest, seen.language
    lines = [_line(curves[0], called[0], seen.bases, indicator, language, id="baseline", color=BASELINE, dash=True)]
    for number, pin in enumerate(work.pins, 1):
        look = {"id": f"pin-{pin.number}", "color": PINS[pin.number - 1], "width": 1.6, "beside": True}
        lines.append(_line(curves[number], called[number], seen.pinned[number - 1], indicator, language, **look))
    if not work.shown.is_same:
        lines.append(_line(curves[place], called[place], seen.levels, indicator, language, id="now", color=colour))
    return lines


def _bands(indicator: Indicator, colour: str, curve: Curve | None, work: Work) -> list[dict[str, Any]]:
    """How sure the what-if's line is; none for a single world."""
    if work.shown.is_same or curve is None or curve.worlds < 2:
        return []
    low, high = (np.clip(edge, 0.0, 1.0) if indicator.kind == "share" else edge for edge in (curve.low, curve.high))
    return [{"low": numbers(low), "high": numbers(high), "color": colour}]


def _line(
    curve: Curve | None,
    name: str,
    levels: Levels,
    indicator: Indicator,
    language: str,
    **look: Any,
) -> dict[str, Any] | None:
    """A line; at its end the last year's level, as on the tile."""
    if curve is None:
        return None
    end = {"value": told_level(levels[indicator.name], indicator, language), "name": name}
    return {"name": name, "values": numbers(curve.mean), "end_label": end, **look}


def _summary(indicator: Indicator, seen: Seen) -> str:
    """The chart in a sentence."""
    words, language = seen.words, seen.language
    name, base = indicator.title(language), told_level(seen.bases[indicator.name], indicator, language)
    outcome = seen.found.get(indicator.name)
    change = outcome.change.difference if outcome else None
    if change is None:
        return words["chart_summary_base"].format(name=name, base=base or "…")
    shown = told_level(seen.levels[indicator.name], indicator, language)
    return words["chart_summary"].format(
        name=name, base=base, level=shown, change=unbroken(difference(change, indicator, language))
    )


def _table(indicator: Indicator, curves: Sequence[Curve | None], seen: Seen) -> dict[str, Any]:
    """Values at the end of each year, and of the last week; a column a scenario."""
    weeks, words = seen.answer.weeks, seen.words
    shown = [(name, curve) for name, curve in zip(seen.called, curves, strict=True) if curve is not None]
    shown = shown[:-1] if seen.work.shown.is_same else shown
    rows = [
        {
            "head": f"{words['week']} {end}" if end % 52 else words["year_number"].format(year=end // 52),
            "cells": [_at(end, curve, indicator, seen.language) for _, curve in shown],
        }
        for end in sorted({*range(52, weeks + 1, 52), weeks})
    ]
    return {"columns": [name for name, _ in shown], "rows": rows}


def _at(week: int, curve: Curve, indicator: Indicator, language: str) -> str:
    """The value in this week, as far as it is lived."""
    return unbroken(level(float(curve.mean[week - 1]), indicator, language)) if len(curve.mean) >= week else "…"


def marks(work: Work) -> list[dict[str, Any]]:
    """Where own work starts, by the numbers of its blocks."""
    starts: dict[int, list[str]] = {}
    for one in own_work(work.shown.base, work.shown.what_if):
        number = str(BLOCKS.index(one.block) + 1)
        if number not in starts.setdefault(one.start, []):
            starts[one.start].append(number)
    return [
        {"at": start - 1, "label": " ".join(sorted(blocks)) if len(blocks) < 4 else f"{min(blocks)} … {max(blocks)}"}
        for start, blocks in sorted(starts.items())
    ]


def ticks(weeks: int, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Years on the time axis, or quarters where there are few years."""
    if weeks < 78:
        return [
            {"at": at, "label": f"{at} {words['weeks_short']}" if at else words["now"]} for at in range(0, weeks, 13)
        ]
    step = 1 if weeks <= 520 else 5
    years = range(0, weeks // 52 + 1, step)
    return [
        {"at": min(52 * year, weeks - 1), "label": f"{year} {words['years_short']}" if year else words["now"]}
        for year in years
    ]


def format_of(indicator: Indicator) -> dict[str, Any]:
    """How a chart writes an indicator's values."""
    if indicator.kind in {"share", "rate"}:
        return {"style": "percent", "decimals": max(1, indicator.decimals)}
    if indicator.kind == "money":
        return {"style": "euro", "decimals": 0}
    return {"style": "number", "decimals": indicator.decimals}


def numbers(values: npt.NDArray[np.float64]) -> list[float | None]:
    """Values for the browser: four figures of each, None where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        decimals = 3.0 - np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** np.abs(decimals)
        figures = np.where(decimals < 0.0, np.rint(values / scale) * scale, np.rint(values * scale) / scale)
    found: list[float] = np.where(values == 0.0, 0.0, figures).tolist()
    return list(found) if np.isfinite(figures).all() else [one if math.isfinite(one) else None for one in found]
