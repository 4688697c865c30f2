"""The roadmap as data: bars on a time line, money by year, what it asks of people, and the search."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from agents.blocks import BLOCKS
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.roadmap.searching import ALL, TRIALS, WORLDS, Quest, Wish
from effectchain.dashboard.strategist.costs import HEAVY, bill
from effectchain.dashboard.strategist.levers import own_work
from effectchain.dashboard.strategist.moving import euro
from effectchain.dashboard.strategist.work import Sight
from effectchain.dashboard.words import words_of
from experiments.naming import block_names
from experiments.roadmaps.goals import COMMERCIAL, GOALS, PUBLIC
from experiments.roadmaps.plan import Plan
from experiments.roadmaps.telling import asked, blocks, findings
from results.figures.panel import time_ticks
from results.numbers import decimal, level, unbroken
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario

POINTS: Final = 160
"""Of the line of effort."""

USUAL_GOALS: Final = (
    "npv",
    "profit",
    "reputation",
    "trust",
    "loyalty",
    "nps",
    "delight_rate",
    "engagement",
    "turnover",
)
SHARE_OF_PAYROLL: Final = 0.03
"""A budget to begin with."""

Words = Mapping[str, str]


def roadmap_picture(sight: Sight, wish: Wish, quest: Quest, language: str) -> dict[str, Any]:
    """All that the roadmap shows of this what-if, this wish and this search."""
    words = words_of("roadmap", language)
    own = own_work(sight.base, sight.what_if)
    found = bill(sight.base, own)
    return {
        "weeks": sight.base.weeks,
        "ticks": [
            {"left": _part(week, sight.base.weeks), "text": text}
            for week, text in time_ticks(sight.base.weeks, language)
        ],
        "rows": _rows(sight.base, own, found.pieces, words, language),
        "is_empty": not own,
        "years": [_year(year, cost, wish, sight.base, words, language) for year, cost in enumerate(found.years)],
        "load": _load(found.weekly, found.most_at_once, words, language),
        "wish": _wish(sight.base, wish, language),
        "note": words["better_note"].format(worlds=WORLDS),
        "quest": _quest(quest, sight.base, words, language),
    }


def first_wish(base: Scenario) -> Wish:
    """A budget and a goal to begin with: a few per cent of payroll, and what the sector lives on."""
    payroll = base.organisation.employees * base.economics.pay
    rounded = max(1_000, int(round(SHARE_OF_PAYROLL * payroll, -3)))
    return Wish(rounded, "npv" if base.organisation.sector == "commercial" else "trust")


def _rows(
    base: Scenario, own: Sequence[Intervention], costs: Sequence[float], words: Words, language: str
) -> list[dict[str, Any]]:
    """The nine blocks with their bars, the what-if's own ones by their place."""
    names = block_names(language)
    rows = []
    for block in BLOCKS:
        given = [one for one in base.interventions if one.block == block]
        bars = [
            _bar(one, place, costs[place], names[block], base.weeks, words, language)
            for place, one in enumerate(own)
            if one.block == block
        ]
        rows.append(
            {
                "block": block,
                "name": names[block],
                "add": words["add"].format(block=names[block]),
                "given": [_given(one, names[block], base.weeks, words, language) for one in given],
                "bars": bars,
            }
        )
    return rows


def _bar(
    one: Intervention, place: int, cost: float, name: str, horizon: int, words: Words, language: str
) -> dict[str, Any]:
    amount = _amount(one, words, language)
    weeks = min(one.weeks, horizon + 1 - one.start)
    return {
        "place": place,
        "start": one.start,
        "weeks": weeks,
        "to": None if one.to is None else round(100.0 * one.to),
        "amount": amount,
        "label": words["bar"].format(block=name, amount=amount, start=one.start, weeks=weeks),
        "remove": words["remove_of"].format(block=name, start=one.start),
        "start_label": words["start_of"].format(block=name),
        "weeks_label": words["weeks_of"].format(block=name),
        "cost": unbroken(euro(cost, language)),
        **_span(one.start, weeks, horizon),
    }


def _given(one: Intervention, name: str, horizon: int, words: Words, language: str) -> dict[str, Any]:
    end = min(one.start + one.weeks - 1, horizon)
    label = words["of_baseline"].format(block=name, amount=_amount(one, words, language), start=one.start, end=end)
    return {"label": label, **_span(one.start, end + 1 - one.start, horizon)}


def _amount(one: Intervention, words: Words, language: str) -> str:
    if one.to is not None:
        return words["to"].format(goal=round(100.0 * one.to))
    if one.budget is not None:
        return unbroken(euro(one.budget, language))
    return words["effort"].format(effort=decimal(one.effort or 0.0, 2, language))


def _span(start: int, weeks: int, horizon: int) -> dict[str, float]:
    return {"left": _part(start - 1, horizon), "width": _part(weeks, horizon)}


def _part(weeks: float, horizon: int) -> float:
    """Per cent of the time line."""
    return round(100.0 * weeks / horizon, 3)


def _year(year: int, cost: float, wish: Wish, base: Scenario, words: Words, language: str) -> dict[str, Any]:
    """Money of a year beside the budget; a year that is cut short has as much less."""
    budget = wish.budget * min(52, base.weeks - 52 * year) / 52.0
    over = cost - budget
    return {
        "name": words["year"].format(year=year + 1),
        "text": unbroken(words["of_budget"].format(cost=euro(cost, language), budget=euro(budget, language))),
        "part": min(100.0, round(100.0 * cost / budget, 1)) if budget else 100.0,
        "over": unbroken(words["over"].format(amount=euro(over, language))) if over > 0.5 else "",
    }


def _load(weekly: Sequence[float], at_once: int, words: Words, language: str) -> dict[str, Any]:
    """Effort week by week as a line from 0 to 100, and what it comes to in words."""
    line = np.array(weekly)
    top = max(2.0 * HEAVY, float(line.max(initial=0.0)))
    places = np.unique(np.linspace(0, len(line) - 1, min(POINTS, len(line))).round().astype(int))
    across = 100.0 * places / max(1, len(line) - 1)
    heights = 100.0 - 100.0 * line[places] / top
    heavy = np.flatnonzero(line >= HEAVY / 2.0)
    is_too_much = bool((line >= HEAVY).any())
    key = "load_too_much" if is_too_much else "load_heavy" if heavy.size else "load_fine" if at_once else "load_none"
    first = int(heavy[0]) + 1 if heavy.size else 0
    return {
        "points": " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, heights, strict=True)),
        "heavy": round(100.0 - 100.0 * HEAVY / top, 1),
        "label": words["load_label"].format(
            most=decimal(float(line.max(initial=0.0)), 1, language), heavy=decimal(HEAVY, 1, language)
        ),
        "sentence": words[key].format(count=at_once, weeks=heavy.size, all=len(line), first=first),
        "is_heavy": bool(heavy.size),
    }


def _wish(base: Scenario, wish: Wish, language: str) -> dict[str, Any]:
    other = PUBLIC if base.organisation.sector == "commercial" else COMMERCIAL
    goals = [name for name in USUAL_GOALS if name not in other]
    return {
        "budget": wish.budget,
        "goal": wish.goal if wish.goal in goals else goals[0],
        "goals": [{"value": name, "text": GOALS[name].title(language)} for name in goals],
        "at_once": wish.at_once,
        "at_onces": list(range(1, ALL + 1)),
        "trials": wish.trials,
        "trial_choices": list(TRIALS),
    }


def _quest(quest: Quest, base: Scenario, words: Words, language: str) -> dict[str, Any]:
    return {
        "state": quest.state,
        "reason": sentence(quest.trouble, language) if quest.trouble else "",
        "progress": _progress(quest, words, language) if quest.state == "running" else "",
        "part": _done(quest),
        "found": _found(quest, base, words, language) if quest.found else None,
    }


def _done(quest: Quest) -> float:
    """Per cent of the plans tried."""
    standing = quest.standing
    return round(100.0 * standing.done / standing.trials) if standing and standing.trials else 0.0


def _progress(quest: Quest, words: Words, language: str) -> str:
    standing = quest.standing
    if standing is None or quest.wish is None:
        return words["beginning"]
    if standing.trials and standing.done >= standing.trials:
        return words["fresh"].format(trials=standing.trials)
    goal = GOALS.get(quest.wish.goal, GOALS["npv"])
    best = unbroken(level(standing.best * (-1.0 if goal.direction == "lower" else 1.0), goal, language))
    left = _left(standing.seconds_left or 0.0, words, language)
    return words["tried"].format(done=standing.done, trials=standing.trials, best=best, left=left)


def _left(seconds: float, words: Words, language: str) -> str:
    if seconds < 90.0:
        return words["seconds"].format(count=decimal(seconds, 0, language))
    return words["minutes"].format(count=decimal(seconds / 60.0, 0, language))


def _found(quest: Quest, base: Scenario, words: Words, language: str) -> dict[str, Any] | None:
    found = quest.found
    if found is None:
        return None
    return {
        "asked": unbroken(asked(found, language)),
        "findings": [unbroken(sentence) for sentence in findings(found, language)],
        "sure": words["sure"].format(worlds=found.request.replications, tried=found.tried),
        "is_stale": quest.base is not None and quest.base.digest() != base.digest(),
        "rows": _plan_rows(found.plan, found.request.limits.weeks, language),
        "can_take": bool(found.plan.works),
        "tables": [
            {
                "head": head[:1].upper() + head[1:],
                "columns": [column or words["plan"] for column in rows[0]],
                "rows": [[unbroken(cell) for cell in row] for row in rows[1:]],
            }
            for head, rows in blocks(found, language)
        ],
    }


def _plan_rows(plan: Plan, horizon: int, language: str) -> list[dict[str, Any]]:
    """The blocks that a plan works on, with their stretches; the darker the more effort."""
    names = block_names(language)
    return [
        {
            "name": names[block],
            "bars": [
                {
                    **_span(work.start, work.weeks, horizon),
                    "text": decimal(work.effort, 2, language),
                    "strength": round(0.35 + 0.65 * min(1.0, work.effort), 2),
                }
                for work in plan.of(block)
            ],
        }
        for block in plan.blocks()
    ]
