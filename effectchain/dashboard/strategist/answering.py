"""What is known so far of a what-if as data: the chain's tiles, the sentence, the charts and how far the worlds are."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from effectchain.dashboard.strategist.colours import BASELINE, LINKS, PINS
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.work import Work
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from experiments.live.outcome import Curve, Outcome
from results.chain import Link, chain_links, verdict
from results.indicators import INDICATORS, Indicator
from results.numbers import bounds, difference, level, unbroken
from results.statistics import Interval
from results.words import harmless

FEW: Final = 4
"""Worlds from which their spread is told."""

SPARK: Final = 3
"""Weeks between the points of a small line."""

CHARTED: Final = ("employees", "delight", "loyalty")
LOYALTY: Final = "loyalty"
"""The indicator that the sentence is about, and that is explained unless one asks for another."""


def answering(work: Work, answer: Answer, language: str, why: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All that the right-hand side shows of this answer to this work.

    why: the shares and the brake of an explanation of this very what-if, where there is one.
    """
    words = words_of("strategist", language)
    sight = work.shown
    links = chain_links(sight.base.organisation.sector)
    names = [link.indicators[0] for link in links]
    place = answer.newest
    bases = answer.levels(0, names)
    found = {} if sight.is_same else answer.outcomes(place, names)
    levels = dict(bases) if sight.is_same else after(bases, found)
    curves = {name: [answer.curve(where, name) for where in range(len(answer.scenarios))] for name in names}
    called = titles(work, language)
    outcomes = [answer.outcomes(number, names) for number in range(1, len(work.pins) + 1)]
    pinned = [after(bases, one) for one in outcomes]
    beside = [(levels_, found_) for levels_, found_ in zip(pinned, outcomes, strict=True)]
    if not sight.is_same:
        beside.append((levels, found))
    return {
        "move": answer.move,
        "known": 0 if sight.is_same else answer.weeks_of(place),
        "worlds": answer.worlds,
        "is_same": sight.is_same,
        "tiles": [
            _tile(link, found.get(name), levels[name], bases[name], curves[name], place, answer, words, language)
            for link, name in zip(links, names, strict=True)
        ],
        "sentence": _sentence(found.get(LOYALTY), answer, words, language, why),
        "charts": [
            _chart(
                work, answer, link, curves[link.indicators[0]], levels, bases, found, pinned, called, words, language
            )
            for link in links
            if link.name in CHARTED or link is links[-1]
        ],
        "progress": progress(answer, words),
        "troubles": troubles(answer, called, words),
        "limit": answer.limit.sentence(language) if answer.limit.worlds < answer.limit.wanted else "",
        "side": _side_by_side(work, answer, links, bases, beside, called, language),
        "shares": dict(why["shares"]) if why else {},
    }


def after(bases: Mapping[str, float | None], found: Mapping[str, Outcome]) -> dict[str, float | None]:
    """Levels of a what-if: the baseline's over all its worlds, and the difference in those that both have."""
    shifts = {name: found[name].mean if name in found else None for name in bases}
    return {
        name: None if base is None or shifts[name] is None else base + (shifts[name] or 0.0)
        for name, base in bases.items()
    }


def titles(work: Work, language: str) -> list[str]:
    """What baseline, pinned what-ifs and the present one are called, in the order in which they are asked for."""
    words = words_of("strategist", language)
    return [
        words["baseline"].lower(),
        *(harmless(pin.title, 40) for pin in work.pins),
        harmless(work.shown.title, 40) or words["what_if"].lower(),
    ]


def progress(answer: Answer, words: Mapping[str, str]) -> str:
    """How many worlds there are of how many, and what the bands hold."""
    if answer.worlds == 0:
        return words["first_worlds"]
    key = "refined" if answer.worlds >= answer.wanted else "refining"
    return words[key].format(lived=answer.worlds, wanted=answer.wanted)


def troubles(answer: Answer, called: Sequence[str], words: Mapping[str, str]) -> list[str]:
    """What could not be lived, in a sentence each."""
    whole = [one for one in answer.failures if one.number is None]
    told = [words["failed_scenario"].format(name=called[one.place], reason=one.reason) for one in whole]
    single = [one for one in answer.failures if one.number is not None]
    if single:
        told.append(words["failed_worlds"].format(count=len(single), reason=single[0].reason))
    return told


def _tile(
    link: Link,
    found: Outcome | None,
    value: float | None,
    base: float | None,
    curves: Sequence[Curve | None],
    place: int,
    answer: Answer,
    words: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    indicator = INDICATORS[link.indicators[0]]
    reading, text, spread = change_in_words(found, indicator, answer.worlds, words, language)
    return {
        "link": link.name,
        "title": link.title(language),
        "perspective": words[link.perspective],
        "indicator": indicator.name,
        "name": indicator.title(language),
        "unit": indicator.unit(language),
        "value": _level(value, indicator, language),
        "base": _level(base, indicator, language),
        "change": text,
        "spread": spread,
        "reading": reading,
        "sign": _sign(found, reading),
        "colour": LINKS[link.name],
        "spark": _spark(curves[0], curves[place]),
    }


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


def _sign(found: Outcome | None, reading: str) -> str:
    """An arrow that points where the number went, whether that is good or bad."""
    change = found.mean if found else None
    if not change or reading in {"", "same", "unclear"}:
        return ""
    return "▲" if change > 0.0 else "▼"


def _level(value: float | None, indicator: Indicator, language: str) -> str:
    return "" if value is None else unbroken(level(value, indicator, language))


def _spark(base: Curve | None, what_if: Curve | None) -> dict[str, Any] | None:
    if base is None or what_if is None:
        return None
    lines = {"base": numbers(base.mean[::SPARK]), "what_if": numbers(what_if.mean[::SPARK])}
    present = [value for line in lines.values() for value in line if value is not None]
    if not present:
        return None
    return {**lines, "low": min(present), "high": max(present), "weeks": len(lines["base"])}


def numbers(values: npt.NDArray[np.float64]) -> list[float | None]:
    """Values for the browser: four figures of each, None where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        decimals = 3.0 - np.floor(np.log10(np.abs(values)))
        scale = 10.0 ** np.abs(decimals)
        figures = np.where(decimals < 0.0, np.rint(values / scale) * scale, np.rint(values * scale) / scale)
    found: list[float] = np.where(values == 0.0, 0.0, figures).tolist()
    return list(found) if np.isfinite(figures).all() else [one if math.isfinite(one) else None for one in found]


def _sentence(
    found: Outcome | None, answer: Answer, words: Mapping[str, str], language: str, why: Mapping[str, Any] | None
) -> dict[str, str]:
    """What it comes to, how sure that is, along which path and what brakes."""
    indicator = INDICATORS[LOYALTY]
    change = found.change.difference if found else None
    if found is None or change is None:
        return {"head": "", "spread": "", "path": "", "brake": ""}
    reading, text, spread = change_in_words(found, indicator, answer.worlds, words, language)
    unsigned = text.lstrip("+\N{MINUS SIGN}")
    key = {"same": "sentence_same", "unclear": "sentence_same"}.get(
        reading, "sentence_up" if change.mean > 0 else "sentence_down"
    )
    return {
        "head": words[key].format(name=indicator.title(language), change=unsigned),
        "spread": spread,
        "path": words["sentence_path"].format(names=why["path"]) if why and why["path"] else "",
        "brake": words["brake_now"].format(name=why["brake"]) if why and why["brake"] else "",
    }


def _chart(
    work: Work,
    answer: Answer,
    link: Link,
    curves: Sequence[Curve | None],
    levels: Mapping[str, float | None],
    bases: Mapping[str, float | None],
    found: Mapping[str, Outcome],
    pinned: Sequence[Mapping[str, float | None]],
    called: Sequence[str],
    words: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    """One small multiple, and the same as text and table."""
    indicator = INDICATORS[link.indicators[0]]
    place = answer.newest
    colour = LINKS[link.name]
    lines = [_line(curves[0], called[0], bases, indicator, language, id="baseline", color=BASELINE, dash=True)]
    for number, pin in enumerate(work.pins, 1):
        ends = pinned[number - 1]
        look = {"id": f"pin-{pin.number}", "color": PINS[pin.number - 1], "width": 1.6, "beside": True}
        lines.append(_line(curves[number], called[number], ends, indicator, language, **look))
    band = curves[place]
    bands = []
    if not work.shown.is_same:
        lines.append(_line(curves[place], called[place], levels, indicator, language, id="now", color=colour))
        if band is not None and band.worlds > 1:
            low, high = (
                np.clip(edge, 0.0, 1.0) if indicator.kind == "share" else edge for edge in (band.low, band.high)
            )
            bands = [{"low": numbers(low), "high": numbers(high), "color": colour}]
    return {
        "indicator": indicator.name,
        "name": indicator.title(language),
        "unit": indicator.unit(language),
        "colour": colour,
        "spec": {
            "title": indicator.title(language),
            "summary": _summary(indicator, levels, bases, found, words, language),
            "lines": [line for line in lines if line],
            "bands": bands,
            "marks": marks(work),
            "x": {"weeks": answer.weeks, "first": 1, "ticks": ticks(answer.weeks, words), "name": words["week"]},
            "y": {"format": format_of(indicator)},
        },
        "table": _table(curves, called, indicator, answer.weeks, words, language, hide=work.shown.is_same),
    }


def _line(
    curve: Curve | None,
    name: str,
    levels: Mapping[str, float | None],
    indicator: Indicator,
    language: str,
    **look: Any,
) -> dict[str, Any] | None:
    """A line; at its end the last year's level, as on the tile."""
    if curve is None:
        return None
    end = {"value": _level(levels[indicator.name], indicator, language), "name": name}
    return {"name": name, "values": numbers(curve.mean), "end_label": end, **look}


def _summary(
    indicator: Indicator,
    levels: Mapping[str, float | None],
    bases: Mapping[str, float | None],
    found: Mapping[str, Outcome],
    words: Mapping[str, str],
    language: str,
) -> str:
    name, base = indicator.title(language), _level(bases[indicator.name], indicator, language)
    outcome = found.get(indicator.name)
    change = outcome.change.difference if outcome else None
    if change is None:
        return words["chart_summary_base"].format(name=name, base=base or "…")
    shown = _level(levels[indicator.name], indicator, language)
    return words["chart_summary"].format(
        name=name, base=base, level=shown, change=unbroken(difference(change, indicator, language))
    )


def _table(
    curves: Sequence[Curve | None],
    called: Sequence[str],
    indicator: Indicator,
    weeks: int,
    words: Mapping[str, str],
    language: str,
    *,
    hide: bool,
) -> dict[str, Any]:
    """Values at the end of each year, and of the last week; a column a scenario."""
    shown = [(name, curve) for name, curve in zip(called, curves, strict=True) if curve is not None]
    shown = shown[:-1] if hide else shown
    ends = sorted({*range(52, weeks + 1, 52), weeks})
    rows = [
        {
            "head": f"{words['week']} {end}" if end % 52 else words["year_number"].format(year=end // 52),
            "cells": [
                unbroken(level(float(curve.mean[end - 1]), indicator, language)) if len(curve.mean) >= end else "…"
                for _, curve in shown
            ],
        }
        for end in ends
    ]
    return {"columns": [name for name, _ in shown], "rows": rows}


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


def _side_by_side(
    work: Work,
    answer: Answer,
    links: Sequence[Link],
    bases: Mapping[str, float | None],
    beside: Sequence[tuple[Mapping[str, float | None], Mapping[str, Outcome]]],
    called: Sequence[str],
    language: str,
) -> dict[str, Any] | None:
    """Baseline, pinned what-ifs and the present one, a row a link; None where nothing is pinned."""
    if not work.pins:
        return None
    words = words_of("strategist", language)
    rows = []
    for link in links:
        name = link.indicators[0]
        indicator = INDICATORS[name]
        cells = [{"value": _level(bases[name], indicator, language), "change": "", "reading": ""}]
        for levels, outcomes in beside:
            reading, text, _ = change_in_words(outcomes.get(name), indicator, answer.worlds, words, language)
            cells.append({"value": _level(levels[name], indicator, language), "change": text, "reading": reading})
        rows.append({"head": indicator.title(language), "colour": LINKS[link.name], "cells": cells})
    return {"columns": called[: 1 + len(beside)], "rows": rows}
