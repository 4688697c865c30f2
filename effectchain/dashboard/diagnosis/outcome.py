"""What the answers come to, as data for the screen: dots a block, weak links, how sure, and the baseline they give."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from effectchain.dashboard.diagnosis.baseline import scores
from effectchain.dashboard.diagnosis.people import People
from effectchain.dashboard.diagnosis.work import SIDES, Work
from effectchain.dashboard.words import words_of
from effectchain.diagnosis_report import block_remarks, findings, number, summary
from experiments.telling import title
from results.words import harmless
from scenarios.confidence import confidence
from scenarios.diagnosis import FEWEST_ANSWERS, BlockScore, Diagnosis, diagnose
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from scenarios.statements import Language, questionnaire, words

BINS: Final = 50
"""Along the scale from 0 to 1: respondents in the same one share a dot, which grows with their number."""

SMALLEST_DOT: Final = 2.4
LARGEST_DOT: Final = 6.0
TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
FEWEST_OF_A_ROLE: Final = 2
MOST_ROLES: Final = 12
LONGEST_ROLE: Final = 40
GENERAL: Final = 2
"""Findings at the end that say how scores are made, and what they are not."""


def diagnosis_of(people: People) -> Diagnosis | None:
    """The scores of all who answered; None where that is too little for any."""
    try:
        return diagnose(people.as_answers())
    except Mistake:
        return None


def outcome(work: Work, diagnosis: Diagnosis | None, language: str) -> dict[str, Any]:
    """All that stands on the tab with the outcome."""
    said = words_of("diagnosis", language)
    if diagnosis is None:
        return {"is_scored": False, "empty": said["nothing_yet"].format(fewest=FEWEST_ANSWERS)}
    tongue = cast("Language", language)
    sentences = findings(diagnosis, tongue)
    return {
        "is_scored": True,
        "summary": summary(diagnosis, tongue),
        "ticks": [{"x": _across(tick), "text": number(tick, tongue)} for tick in TICKS],
        "rows": [_row(score, diagnosis, tongue) for score in diagnosis.scores],
        "has_spread": len(diagnosis.respondents) > 1,
        "roles": _roles(diagnosis, tongue),
        "findings": sentences[:-GENERAL],
        "notes": [words(tongue)["scale_note"], *sentences[-GENERAL:]],
        "confidence": _confidence(diagnosis, said),
        "weakest": _weakest(diagnosis, tongue),
        **_mapping(work, diagnosis, tongue),
    }


def _row(score: BlockScore, diagnosis: Diagnosis, language: Language) -> dict[str, Any]:
    said = words_of("diagnosis", language)
    block = next(one for one in questionnaire().blocks if one.key == score.block)
    missing = score.possible - score.answered
    return {
        "key": score.block,
        "number": block.id[1:],
        "name": block.name(language),
        "remarks": block_remarks(score, diagnosis, language),
        "designed": _mark(score.mean.designed if score.mean else None, language),
        "lived": _mark(score.mean.lived if score.mean else None, language),
        "gap": number(score.mean.designed - score.mean.lived if score.mean else None, language),
        "dots": {side: _dots([getattr(one, side) for one in score.counted]) for side in SIDES},
        "spread": _spread(score, language),
        "answered": said["short_progress"].format(answered=score.answered, possible=score.possible),
        "missing": _missing(missing, said),
    }


def _missing(count: int, said: Mapping[str, str]) -> str:
    if not count:
        return ""
    return said["one_missing"] if count == 1 else said["missing"].format(count=count)


def _spread(score: BlockScore, language: Language) -> str:
    if not score.spread:
        return ""
    low, high = (number(value, language) for value in (score.spread.lowest_lived, score.spread.highest_lived))
    return words_of("diagnosis", language)["spread"].format(low=low, high=high)


def _mark(value: float | None, language: Language) -> dict[str, Any]:
    return {"x": None if value is None else _across(value), "text": number(value, language)}


def _dots(values: Sequence[float]) -> list[dict[str, float]]:
    """One dot for all respondents at nearly the same place; none for a single respondent, who is the mean."""
    if len(values) < 2:
        return []
    found = Counter(round(value * BINS) for value in values)
    most = max(found.values())
    return [{"x": _across(place / BINS), "r": _radius(count, most)} for place, count in sorted(found.items())]


def _radius(count: int, most: int) -> float:
    """The area grows with the number of respondents."""
    if most == 1:
        return SMALLEST_DOT
    share = (count - 1) / (most - 1)
    return round(math.sqrt(SMALLEST_DOT**2 + share * (LARGEST_DOT**2 - SMALLEST_DOT**2)), 2)


def _across(value: float) -> float:
    """Where on the strip, in per cent of its width; room is left at both ends for whole dots."""
    return round(3 + 94 * value, 2)


def _roles(diagnosis: Diagnosis, language: Language) -> list[dict[str, Any]]:
    """Lived maturity as each role sees it; what a single person of a role answered is nobody else's business."""
    said, found = words_of("diagnosis", language), []
    for role, blocks in list(diagnosis.roles.items())[:MOST_ROLES]:
        people = len(blocks[0].each)
        name = f"{harmless(role, LONGEST_ROLE) or words(language)['no_role']} ({people})"
        cells = [number(score.mean.lived if score.mean else None, language) for score in blocks]
        is_alone = people < FEWEST_OF_A_ROLE
        found.append({"name": name, "cells": [] if is_alone else cells, "hidden": said["alone"] if is_alone else ""})
    return found


def _confidence(diagnosis: Diagnosis, said: Mapping[str, str]) -> dict[str, Any]:
    found = confidence(diagnosis)
    reasons = [said[f"because_{one.word}"].format(**one.values) for one in found.reasons]
    return {
        "level": found.level,
        "title": said[f"confidence_{found.level}"],
        "reasons": reasons or [said["because_good"]],
    }


def _weakest(diagnosis: Diagnosis, language: Language) -> list[dict[str, Any]]:
    """The three blocks that are lived least; which of them are weak links is said."""
    names = {block.key: block.name(language) for block in questionnaire().blocks}
    weak = {link.block for link in diagnosis.weak_links}
    return [
        {"name": names[link.block], "lived": number(link.lived, language), "is_weak": link.block in weak}
        for link in diagnosis.lowest_first[:3]
    ]


def _mapping(work: Work, diagnosis: Diagnosis, language: Language) -> dict[str, Any]:
    """Score beside maturity, block by block, and what the rest of the organisation is taken from."""
    said, found = words_of("diagnosis", language), scores(diagnosis, work.preset)
    preset = title(load(work.preset), language)
    rows = [
        {
            "key": block.key,
            "number": block.id[1:],
            "name": block.name(language),
            "from": said["as_in_preset"].format(preset=preset) if block.key in diagnosis.unscored else "",
            "sides": [_side(work, block.key, side, found[block.key, side], language) for side in SIDES],
        }
        for block in questionnaire().blocks
    ]
    chosen = [{"key": one, "text": title(load(one), language), "is_here": one == work.preset} for one in presets()]
    return {"mapping": rows, "presets": chosen, "edited": bool(work.edits)}


def _side(work: Work, block: str, side: str, score: float, language: Language) -> dict[str, Any]:
    said = words_of("diagnosis", language)
    edited = work.edits.get((block, side))
    value = score if edited is None else edited
    return {
        "side": side,
        "label": said[side],
        "score": number(score, language),
        "value": f"{value:.2f}",
        "is_edited": edited is not None,
        "changed": said["changed_from"].format(score=number(score, language)) if edited is not None else "",
    }
