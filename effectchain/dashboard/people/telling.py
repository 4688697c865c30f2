"""Whose story is told, in the world shown and beside it in the other one."""

from collections.abc import Mapping
from typing import Any

from effectchain.dashboard.people.asking import WORLDS, Who, Wish
from effectchain.dashboard.people.customer_story import customer_story
from effectchain.dashboard.people.employee_story import employee_story, has_twin, leader_story, weeks_here
from effectchain.dashboard.people.lines import told
from effectchain.dashboard.people.marks import count
from effectchain.dashboard.words import words_of
from experiments.history.course import course_of
from experiments.history.history import History

Pair = tuple[History, History]
"""The world with the decision, and the baseline."""


def tell(worlds: Pair, wish: Wish, language: str) -> dict[str, Any]:
    """The story of whom the wish names, as the page shows it; empty where there is nobody like that."""
    shown, other = worlds if wish.world == WORLDS[0] else (worlds[1], worlds[0])
    words = words_of("people", language)
    headings = (words["what_if"], words["baseline"])
    mine, twin = headings if wish.world == WORLDS[0] else (headings[1], headings[0])
    story = _told(wish.who, shown, other, words, language) if wish.who else None
    return {**story, "who": wish.who.text(), "mine": mine, "twin": twin} if story and wish.who else {}


def _told(who: Who, shown: History, other: History, words: Mapping[str, str], language: str) -> dict[str, Any] | None:
    if who.kind == "customer":
        return _customer(who.number, shown, other, words, language)
    if who.kind == "leader":
        return _leader(who.number, shown, other, words, language)
    return _employee(who, shown, other, words, language)


def _customer(
    number: int, shown: History, other: History, words: Mapping[str, str], language: str
) -> dict[str, Any] | None:
    courses = course_of(shown, number), course_of(other, number)
    if not (courses[0] and courses[1]):
        return None
    story = customer_story(courses[0], shown.scenario, language)
    twin = customer_story(courses[1], other.scenario, language)
    return told(story, twin, "", words)


def _leader(
    leader: int, shown: History, other: History, words: Mapping[str, str], language: str
) -> dict[str, Any] | None:
    if leader >= min(shown.leaders.shape[1], other.leaders.shape[1]):
        return None
    return told(leader_story(shown, leader, language), leader_story(other, leader, language), "", words)


def _employee(
    who: Who, shown: History, other: History, words: Mapping[str, str], language: str
) -> dict[str, Any] | None:
    if who.number >= shown.hired.shape[1] or weeks_here(shown, who.number, who.since) is None:
        return None
    twin = (
        employee_story(other, who.number, who.since, language)
        if has_twin(shown, other, who.number, who.since)
        else None
    )
    why = words["twin_none"].format(week=count(who.since, language))
    return told(employee_story(shown, who.number, who.since, language), twin, why, words)
