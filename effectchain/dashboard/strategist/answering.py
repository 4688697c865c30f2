"""What is known so far of a what-if as data: the chain's tiles, the sentence, and how far the worlds are."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from effectchain.dashboard.strategist.changes import change_in_words, told_level
from effectchain.dashboard.strategist.charts import Seen, chart, numbers
from effectchain.dashboard.strategist.colours import LINKS
from effectchain.dashboard.strategist.work import Work
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from experiments.live.outcome import Curve, Outcome
from results.chain import Link, chain_links
from results.indicators import INDICATORS
from results.words import harmless

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
    seen = Seen(work, answer, bases, levels, found, pinned, called, words, language)
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
            chart(link, curves[link.indicators[0]], seen) for link in links if link.name in CHARTED or link is links[-1]
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
        "value": told_level(value, indicator, language),
        "base": told_level(base, indicator, language),
        "change": text,
        "spread": spread,
        "reading": reading,
        "sign": _sign(found, reading),
        "colour": LINKS[link.name],
        "spark": _spark(curves[0], curves[place]),
    }


def _sign(found: Outcome | None, reading: str) -> str:
    """An arrow that points where the number went, whether that is good or bad."""
    change = found.mean if found else None
    if not change or reading in {"", "same", "unclear"}:
        return ""
    return "▲" if change > 0.0 else "▼"


def _spark(base: Curve | None, what_if: Curve | None) -> dict[str, Any] | None:
    if base is None or what_if is None:
        return None
    lines = {"base": numbers(base.mean[::SPARK]), "what_if": numbers(what_if.mean[::SPARK])}
    present = [value for line in lines.values() for value in line if value is not None]
    if not present:
        return None
    return {**lines, "low": min(present), "high": max(present), "weeks": len(lines["base"])}


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
        cells = [{"value": told_level(bases[name], indicator, language), "change": "", "reading": ""}]
        for levels, outcomes in beside:
            reading, text, _ = change_in_words(outcomes.get(name), indicator, answer.worlds, words, language)
            cells.append({"value": told_level(levels[name], indicator, language), "change": text, "reading": reading})
        rows.append({"head": indicator.title(language), "colour": LINKS[link.name], "cells": cells})
    return {"columns": called[: 1 + len(beside)], "rows": rows}
