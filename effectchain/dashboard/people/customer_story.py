"""A customer's story: what they expected, got, felt and did, in sentences that are true to the log."""

from collections.abc import Iterator, Mapping

from agents.customer import CUSTOMER, PROSPECT, WITH_RIVAL
from agents.failure import KINDS
from agents.journey import STEPS
from effectchain.dashboard.people.lines import Line, Story, joined
from effectchain.dashboard.people.marks import count, mark, years
from effectchain.dashboard.words import words_of
from experiments.history.course import Course, Met, Turn
from experiments.history.talking import PRAISED
from scenarios.scenario import Scenario

STANDING = {CUSTOMER: "customer", PROSPECT: "prospect", WITH_RIVAL: "rival"}


def customer_story(course: Course, scenario: Scenario, language: str) -> Story:
    """All sentences about one customer in one world."""
    words = words_of("people", language)
    lines = [line for turn in course.turns for line in _turn(turn, course, words, language)]
    return Story(
        title=words["customer"].format(number=count(course.number, language)),
        about=joined([_about(course, scenario, words, language), _met_how_often(course, words, language)]),
        lines=(*lines, _end(course, words, language)),
        happened={turn.week: happened(turn) for turn in course.turns if _is_own(turn)},
    )


def happened(turn: Turn) -> tuple[object, ...]:
    """What happened in a week apart from figures, who served and what was heard."""
    met = turn.met
    seen = met and (met.failed, met.voiced, met.recovered, met.bounced, met.delighted, met.surprise > 0.0)
    return (seen, turn.told, turn.left_at_once, turn.status)


def _is_own(turn: Turn) -> bool:
    return bool(turn.met or turn.told or turn.left_at_once or turn.status != turn.status_before)


def _about(course: Course, scenario: Scenario, words: Mapping[str, str], language: str) -> str:
    start = course.start
    since = words["since_years"].format(years=years(max(0, 1 - start.joined_week), language))
    return (
        words[f"about_customer_{STANDING[start.status]}"].format(
            segment=_segment(scenario.customers.segments[course.segment].name, words),
            demanding=mark(course.demandingness, language),
            since=since,
            expectation=mark(start.expectation, language),
            satisfaction=mark(start.satisfaction, language),
        )
        + "."
    )


def _segment(name: str, words: Mapping[str, str]) -> str:
    return words.get(f"segment_{name}") or name.replace("_", " ").capitalize()


def _met_how_often(course: Course, words: Mapping[str, str], language: str) -> str:
    met = [turn.met for turn in course.turns if turn.met]
    employees = len({(one.seat, one.since) for one in met})
    key = "none" if not met else "one" if len(met) == 1 else "same" if employees == 1 else "many"
    return words[f"met_{key}"].format(
        times=count(len(met), language), employees=count(employees, language), weeks=count(course.weeks, language)
    )


def _turn(turn: Turn, course: Course, words: Mapping[str, str], language: str) -> Iterator[Line]:
    """A week: the encounter, what came of it, what was told and heard, and whether the customer stayed."""
    if turn.met:
        yield from _met(turn.week, turn.met, course, words, language)
    if turn.told:
        praised = turn.told == PRAISED
        yield Line(
            turn.week, "told_good" if praised else "told_bad", words[f"story_{'praised' if praised else 'warned'}"]
        )
    for kind, messages in (("heard_good", turn.heard_good), ("heard_bad", turn.heard_bad)):
        if messages:
            text = words[f"story_{kind}_one"] if messages == 1 else words[f"story_{kind}"].format(people=messages)
            yield Line(turn.week, kind, text)
    change = _change(turn)
    if change:
        figures = {"expectation": mark(turn.expectation, language), "satisfaction": mark(turn.satisfaction, language)}
        yield Line(turn.week, change[0], words[change[1]].format(**figures))


def _change(turn: Turn) -> tuple[str, str] | None:
    """Kind and key of the sentence about a change of status, if there was one."""
    if turn.left_at_once:
        return "left", "story_left_at_once"
    if turn.status == turn.status_before:
        return None
    if turn.status == CUSTOMER:
        return "joined", "story_joined"
    if turn.status_before == CUSTOMER:
        return "left", "story_left_rival" if turn.status == WITH_RIVAL else "story_left"
    return ("rival", "story_chose_rival") if turn.status == WITH_RIVAL else ("visit", "story_open_again")


def _met(week: int, met: Met, course: Course, words: Mapping[str, str], language: str) -> Iterator[Line]:
    """An encounter: what was expected and got, what failed and was mended, what surprised."""
    figures = {
        "seat": count(met.seat + 1, language),
        "team": count(met.team + 1, language),
        "before": mark(met.satisfaction_before, language),
        "after": mark(met.satisfaction_after, language),
        "got": mark(met.got, language),
    }
    visit = words["story_visit_own" if met.familiar else "story_visit"]
    yield Line(week, "visit", visit.format(expected=mark(met.expected, language), **figures))
    if met.failed:
        yield from _failure(week, met, figures, words, language)
    if met.surprise > 0.0 or met.delighted:
        yield _surprise(week, met, course, words, language)


def _failure(
    week: int, met: Met, figures: Mapping[str, str], words: Mapping[str, str], language: str
) -> Iterator[Line]:
    yield Line(
        week,
        "failure",
        words["story_failure"].format(
            step=words[f"step_{STEPS[met.step]}"],
            kind=words[f"kind_{KINDS[met.kind]}"],
            severity=mark(met.severity, language),
        ),
    )
    if not met.recovered:
        yield Line(week, "dropped", words["story_bounced" if met.voiced else "story_dropped"])
        return
    recovered = words["story_recovered_voiced" if met.voiced else "story_recovered_noticed"]
    quality, expected = mark(met.quality, language), mark(met.quality_expected, language)
    yield Line(week, "recovered", recovered.format(quality=quality, expected=expected, **figures))
    if met.satisfaction_after > met.satisfaction_before and figures["before"] != figures["after"]:
        yield Line(week, "paradox", words["story_paradox"].format(**figures))
    elif met.quality < met.quality_expected and quality != expected:
        yield Line(week, "dropped", words["story_second"].format(**figures))


def _surprise(week: int, met: Met, course: Course, words: Mapping[str, str], language: str) -> Line:
    surprise = mark(met.surprise, language)
    if met.delighted:
        key = "story_delighted_surprise" if met.surprise > 0.0 else "story_delighted"
        return Line(week, "delighted", words[key].format(surprise=surprise))
    if met.failed:
        return Line(week, "surprise", words["story_surprise_failed"].format(surprise=surprise))
    first = _first_delight(week, course)
    if first and first.met and mark(first.met.surprise, language) != surprise and first.met.surprise > met.surprise:
        before = mark(first.met.surprise, language)
        return Line(
            week,
            "surprise",
            words["story_worn"].format(surprise=surprise, first=before, week=count(first.week, language)),
        )
    return Line(week, "surprise", words["story_surprise"].format(surprise=surprise))


def _first_delight(before: int, course: Course) -> Turn | None:
    """The first week, before this one, in which a surprise delighted."""
    found = (
        turn
        for turn in course.turns
        if turn.week < before and turn.met and turn.met.delighted and turn.met.surprise > 0.0
    )
    return next(found, None)


def _end(course: Course, words: Mapping[str, str], language: str) -> Line:
    end = course.end
    text = words[f"story_end_{STANDING[end.status]}"].format(
        expectation=mark(end.expectation, language), satisfaction=mark(end.satisfaction, language)
    )
    return Line(course.weeks, "end", text)
