"""What the page shows, as data: its words and choices, and a sentence for each week."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from effectchain.dashboard.people.asking import LARGEST_SEED, STRATEGIST, WORLDS, Wish
from effectchain.dashboard.people.decisions import DECISIONS
from effectchain.dashboard.people.frames import MOST_TEAMS, SHOWN_STATES, shown_customers
from effectchain.dashboard.people.lines import joined
from effectchain.dashboard.people.marks import count, mark_of
from effectchain.dashboard.words import words_of
from experiments.comparison.census import NOBODY
from experiments.history.history import TOTALS, History
from experiments.telling import title
from scenarios.loading import load, presets
from scenarios.scenario import Scenario

FOR_THE_SERVER = (
    "folded",
    "suggest_",
    "decision_",
    "story_",
    "about_",
    "met_",
    "step_",
    "kind_",
    "summary",
    "since_",
    "twin_",
)
"""Beginnings of the keys of phrases that are filled in here and not in the browser."""


def picture(
    wish: Wish,
    language: str,
    *,
    strategist: tuple[Scenario, Scenario] | None = None,
    link: str = "",
    mistake: str = "",
    trouble: str = "",
    is_living: bool = False,
    part: int = 0,
    has_first: bool = False,
) -> dict[str, Any]:
    """Words and choices of the page, in this language.

    strategist: the worlds of a link or of the page What-if; link: these as they stand in the address. mistake: what is
    wrong with the link. trouble: why there are no worlds to show. part: how much of them has been lived, in percent;
    has_first: whether the one to be seen is whole already.
    """
    words = words_of("people", language)
    decisions = (*DECISIONS, STRATEGIST) if strategist else tuple(DECISIONS)
    return {
        "language": language,
        "words": {key: text for key, text in words.items() if not key.startswith(FOR_THE_SERVER)},
        "wish": wish.as_dict(),
        "link": link if wish.decision == STRATEGIST else "",
        "is_living": is_living,
        "part": part,
        "has_first": has_first,
        "trouble": words["trouble"].format(reason=trouble) if trouble else "",
        "mistake": mistake,
        "organisation": title(strategist[0], language) if strategist else "",
        "presets": [{"name": name, "label": label} for name, label in _titles(language)],
        "decisions": [{"name": name, "label": words[f"decision_{name}"]} for name in decisions],
        "largest_seed": LARGEST_SEED,
        "worlds": [
            {"name": name, "label": words[label]} for name, label in zip(WORLDS, ("what_if", "baseline"), strict=True)
        ],
        "states": [{"name": name, "label": words[name], "is_bad": name == "exhaustion"} for name in SHOWN_STATES],
        "marks": [mark_of(hundredths, language) for hundredths in range(101)],
    }


@cache
def _titles(language: str) -> tuple[tuple[str, str], ...]:
    """Names of the presets, and what they are called."""
    return tuple((name, title(load(name), language)) for name in presets())


def told_weeks(history: History, language: str) -> dict[str, Any]:
    """Who is shown, and what happened in each week, in sentences; figures are of all customers, shown or not."""
    words = words_of("people", language)
    return {
        "shown": _shown(history, words, language),
        "summaries": [_week(history, week, words, language) for week in range(history.weeks + 1)],
        "last_number": history.scenario.customers.active + history.scenario.customers.prospects - 1,
    }


def _shown(history: History, words: Mapping[str, str], language: str) -> str:
    shown, customers = shown_customers(history)
    organisation = history.scenario.organisation
    figures = {
        "employees": count(organisation.employees, language),
        "leaders": count(organisation.leaders, language),
        "customers": count(customers, language),
        "shown": count(shown, language),
    }
    said = words["everybody_shown" if shown == customers else "some_shown"].format(**figures)
    if organisation.leaders <= MOST_TEAMS:
        return said
    teams = words["teams_shown"].format(shown=MOST_TEAMS, teams=count(organisation.leaders, language))
    return f"{said} · {teams}"


def _week(history: History, week: int, words: Mapping[str, str], language: str) -> str:
    hired = history.hired[week]
    if week == 0:
        return words["summary_start"].format(
            employed=count(int((hired != NOBODY).sum()), language),
            customers=count(shown_customers(history)[1], language),
        )
    totals = dict(zip(TOTALS, history.totals[week - 1].tolist(), strict=True))
    told = words["summary"].format(**{name: count(number, language) for name, number in totals.items()})
    before = history.hired[week - 1]
    changed = before != hired
    came, gone = int(np.sum(changed & (hired != NOBODY))), int(np.sum(changed & (before != NOBODY)))
    staff = words["summary_staff"].format(came=count(came, language), gone=count(gone, language))
    return joined([told, staff if came or gone else ""])
