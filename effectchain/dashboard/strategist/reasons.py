"""Why, as data: which intervention did it, along which path, what brakes, the five gaps, and whose course changed."""

from collections.abc import Mapping
from typing import Any, Final

from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.strategist.answering import LOYALTY
from effectchain.dashboard.strategist.changes import change_in_words
from effectchain.dashboard.strategist.inquiring import WORLDS, Inquiry
from effectchain.dashboard.strategist.work import Sight
from effectchain.dashboard.words import words_of
from experiments.explanation.blockers import clear_ones
from experiments.explanation.explanation import Explanation
from experiments.live.answer import Answer
from results.chain import chain_links
from results.effects.sentences import twin_cells, twin_heads
from results.explanation.explanation import LINKS, STAGES, Part, amount, of_total
from results.indicators import INDICATORS, Indicator
from results.numbers import decimal
from results.words import harmless

MOST_PAIRS: Final = 5
MOST_BLOCKERS: Final = 5
LARGEST: Final = 2
"""Links that the sentence names."""

CONTRIBUTES: Final = 0.1
"""Of the whole: the least that the sentence names."""

GAPS: Final = ("gap_1", "gap_2", "gap_3", "gap_4", "gap_5")
LEAST_GAP: Final = 0.1
"""A widest gap that is smaller has no whole bar: where all are small, none should look large."""


def reasons(inquiry: Inquiry, sight: Sight, answer: Answer | None, language: str) -> dict[str, Any]:
    """What the tab shows: the question, how far it is, and the answer, if there is one."""
    words = words_of("strategist", language)
    links = chain_links(sight.base.organisation.sector)
    options = [name for link in links for name in link.indicators[:1]]
    found = inquiry.explanation
    return {
        "state": inquiry.state,
        "indicator": inquiry.indicator,
        "options": [{"value": name, "text": INDICATORS[name].title(language)} for name in options],
        "head": words["why_head"].format(name=INDICATORS[inquiry.indicator].label(language)),
        "is_nothing": sight.is_same,
        "is_stale": inquiry.state == "done" and not inquiry.is_of(sight),
        "stage": words[f"stage_{inquiry.stage}"] if inquiry.stage else "",
        "part": round(100 * inquiry.part),
        "reason": words["why_failed"].format(reason=sentence(inquiry.trouble, language)) if inquiry.trouble else "",
        "found": _found(found, language) if found else None,
        "twins": _twins(inquiry, words, language) if found else None,
        "gaps": _gaps(answer, sight, words, language),
    }


def gist(inquiry: Inquiry, sight: Sight, language: str) -> dict[str, Any] | None:
    """What the first page says of an explanation of this very what-if: path, brake and the chain's shares.

    None where there is none, or where it explains something else than loyalty, which that page's sentence is about.
    """
    found = inquiry.explanation
    if inquiry.state != "done" or found is None or inquiry.indicator != LOYALTY or not inquiry.is_of(sight):
        return None
    words = words_of("strategist", language)
    explained = found.explained(language)
    whole = explained.total.mean
    parts = [part for part in explained.links.values() if whole and part.share.mean / whole >= CONTRIBUTES]
    largest = sorted(parts, key=lambda part: -abs(part.share.mean))[:LARGEST]
    names = f" {words['and']} ".join(
        f"{part.label.lower()} ({of_total(part.share, explained.total, language).lstrip('+')})" for part in largest
    )
    eased = clear_ones(found.blockers, found.indicator)
    return {
        "path": names,
        "brake": eased[0].easing.words(language) if eased else "",
        "shares": _shares(found, language) if whole else {},
    }


def _shares(found: Explanation, language: str) -> dict[str, dict[str, Any]]:
    """What the links of each stage pass on together, and how late, for the arrows between tiles."""
    explained = found.explained(language)
    shown = {}
    for place, stage in enumerate(STAGES):
        parts = [explained.links[name] for name in stage]
        share = sum(part.share.mean for part in parts) / explained.total.mean
        lags = [part.lag for part in sorted(parts, key=lambda part: -abs(part.share.mean)) if part.lag is not None]
        shown[str(place)] = {
            "share": decimal(100 * share, 0, language) + "%",
            "lag": f"≈ {lags[0]} {words_of('strategist', language)['weeks_short']}" if lags else "",
            "width": round(min(1.0, abs(share)), 2),
        }
    return shown


def _found(found: Explanation, language: str) -> dict[str, Any]:
    explained = found.explained(language)
    total, name = explained.total, found.indicator
    largest = max((abs(part.share.mean) for part in explained.measures), default=0.0) or 1.0
    labels = found.labels(language)
    return {
        "total": amount(total.mean, name, language),
        "interval": f"{amount(total.low, name, language)} … {amount(total.high, name, language)}",
        "measures": [
            {
                "label": harmless(part.label, 60),
                "share": of_total(part.share, total, language),
                "amount": amount(part.share.mean, name, language),
                "alone": amount(credit.alone.mean, name, language),
                "part": round(100 * abs(part.share.mean) / largest),
                "is_against": part.share.mean * total.mean < 0,
            }
            for part, credit in zip(explained.measures, found.attribution.by_measure.values(), strict=True)
        ],
        "synergy": [
            {"label": harmless(f"{labels[one]} + {labels[other]}", 120), "amount": amount(both.mean, name, language)}
            for (one, other), both in sorted(found.attribution.synergy.items(), key=lambda pair: -abs(pair[1].mean))[
                :MOST_PAIRS
            ]
        ],
        "stages": [[_link(explained.links[link], link, total, name, language) for link in stage] for stage in STAGES],
        "direct": _link(explained.links["direct"], "direct", total, name, language),
        "blockers": [
            {"label": one.easing.words(language), "amount": amount(one.change.mean, name, language)}
            for one in clear_ones(found.blockers, name)[:MOST_BLOCKERS]
        ],
    }


def _link(part: Part, link: str, total: Any, name: str, language: str) -> dict[str, Any]:
    share = part.share.mean / total.mean if total.mean else 0.0
    return {
        "link": link,
        "label": LINKS[link][language == "nl"],
        "share": of_total(part.share, total, language),
        "amount": amount(part.share.mean, name, language),
        "lag": f"≈ {part.lag} {words_of('strategist', language)['weeks_short']}" if part.lag is not None else "",
        "width": round(min(1.0, abs(share)), 3),
        "is_against": round(100 * share) < 0,
    }


def _twins(inquiry: Inquiry, words: Mapping[str, str], language: str) -> dict[str, Any]:
    if inquiry.who is None:
        return {"note": words["why_no_twins"], "heads": [], "rows": [], "examples": []}
    rows = []
    for found in inquiry.who.twins:
        label, cells = twin_cells(found, language)
        rows.append({"label": label, "cells": [" ".join(part for part in cell if part) for cell in cells]})
    return {
        "note": words["why_twins_note"].format(count=WORLDS),
        "heads": twin_heads(language),
        "rows": rows,
        "examples": [harmless(one.sentence(language), 400) for one in inquiry.who.examples],
    }


def _gaps(answer: Answer | None, sight: Sight, words: Mapping[str, str], language: str) -> list[dict[str, Any]]:
    """The five gaps of the baseline and the what-if, as they are known now."""
    if answer is None or not answer.pairs(answer.newest):
        return []
    bases, levels = answer.levels(0, GAPS), answer.levels(answer.newest, GAPS)
    found = {} if sight.is_same else answer.outcomes(answer.newest, GAPS)
    widest = max(LEAST_GAP, *(level or 0.0 for level in levels.values()))
    return [
        {
            "indicator": name,
            "label": words[name],
            "base": _plain(bases[name], language),
            "what_if": "" if sight.is_same else _plain(levels[name], language),
            "change": change_in_words(found.get(name), GAP, answer.worlds, words, language)[1],
            "part": round(100 * max(0.0, levels[name] or 0.0) / widest),
        }
        for name in GAPS
    ]


GAP: Final = Indicator("gap", "mark", 3, "lower", "", "", "", "")
"""How a change of a gap is written."""


def _plain(value: float | None, language: str) -> str:
    return "…" if value is None else decimal(value, 3, language)
