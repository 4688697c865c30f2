"""What the page People tells of somebody is true to the log of their world, in both languages."""

from collections import Counter
from functools import cache

import numpy as np
import pytest

from effectchain.dashboard.people.changed import suggested
from effectchain.dashboard.people.customer_story import customer_story
from effectchain.dashboard.people.employee_story import employee_story, has_twin, leader_story
from effectchain.dashboard.people.lines import Line, Story, parting, told
from effectchain.dashboard.people.marks import mark
from effectchain.dashboard.words import LANGUAGES, words_of
from experiments.comparison.census import NOBODY
from experiments.history.course import Course, Met, Stand, Turn, course_of
from experiments.history.history import STATES, History
from experiments.history.living import live_histories
from experiments.history.talking import PRAISED
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from simulation.world import live_logged
from tests.small_organisation import small

SEED = 7
SOME = range(40, 80)


@cache
def course(number: int) -> Course:
    """Of this customer in the small organisation."""
    found = course_of(history(), number)
    assert found is not None
    return found


@cache
def log() -> tuple[np.ndarray, np.ndarray]:
    """Encounters and departures of the small organisation."""
    return live_logged(warmed_up(small(), SEED, 0, 20, Watch(), log=True), 1, 20)


@cache
def history() -> History:
    """Of the small organisation."""
    return live_histories((small(),), SEED, Watch())[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_customers_story_has_a_sentence_for_each_thing_in_the_log_and_no_other(language: str) -> None:
    """As many visits, failures, recoveries, delights and departures as the log has for this customer."""
    events, departures = log()
    seen: Counter[str] = Counter()
    for number in SOME:
        own = events[events["customer"] == number]
        lines = customer_story(course(number), small(), language).lines
        kinds = Counter(line.kind for line in lines)
        seen += kinds
        assert len(own) == kinds["visit"] - _open_again(course(number))
        assert own["failed"].sum() == kinds["failure"]
        assert own["recovered"].sum() == kinds["recovered"]
        assert own["delighted"].sum() == kinds["delighted"]
        assert (departures["customer"] == number).sum() == kinds["left"]
        assert [line.week for line in lines] == sorted(line.week for line in lines)
    assert all(seen[kind] for kind in ("visit", "failure", "recovered", "left", "told_good", "heard_good", "end"))


def _open_again(one: Course) -> int:
    return sum(turn.status == 0 and turn.status_before == 2 for turn in one.turns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_in_a_customers_story_are_the_logs(language: str) -> None:
    """Expected, got, severity, recovery and satisfaction stand in the sentence as the log has them."""
    events, _ = log()
    checked = 0
    for number in SOME:
        lines = customer_story(course(number), small(), language).lines
        for event in events[events["customer"] == number]:
            text = " ".join(line.text for line in lines if line.week == event["week"])
            wanted = ["expectation", "performance", "satisfaction_before", "satisfaction_after"]
            wanted += ["severity"] * int(event["failed"])
            wanted += ["recovery_quality", "recovery_expectation"] * int(event["recovered"])
            for name in wanted:
                assert mark(float(event[name]), language) in text, (name, text)
            assert f" {event['employee'] + 1} (team {event['employee'] % 2 + 1})" in text
            checked += 1
    assert checked > 100


def met(**changes: object) -> Met:
    """An ordinary encounter, with changes."""
    usual: dict[str, object] = {
        "seat": 11, "since": -40, "team": 1, "familiar": False, "expected": 0.64, "got": 0.66, "surprise": 0.0,
        "failed": False, "kind": -1, "step": -1, "severity": 0.0, "voiced": False, "recovered": False,
        "bounced": False, "quality": 0.0, "quality_expected": 0.6, "delighted": False,
        "satisfaction_before": 0.7, "satisfaction_after": 0.71,
    }  # fmt: skip
    return Met(**{**usual, **changes})  # type: ignore[arg-type]


def story_of(*turns: Turn) -> list[Line]:
    """What is told of such turns."""
    stand = Stand(1, -100, 0.64, 0.7)
    made = Course(3, 0, 0.4, 20, stand, turns, stand)
    return list(customer_story(made, small(), "en").lines)


def turn(week: int, one: Met | None = None, **changes: object) -> Turn:
    """An ordinary week, with changes."""
    usual: dict[str, object] = {
        "told": 0, "heard_good": 0, "heard_bad": 0, "left_at_once": False, "status_before": 1, "status": 1,
        "expectation": 0.64, "satisfaction": 0.71,
    }  # fmt: skip
    return Turn(week, one, **{**usual, **changes})  # type: ignore[arg-type]


def test_the_paradox_and_the_second_disappointment_are_told_only_where_they_are() -> None:
    """More satisfied after a recovery than before it; or less than was expected of it."""
    failed = {"failed": True, "kind": 0, "step": 2, "severity": 0.4, "voiced": True, "recovered": True}
    better = story_of(turn(3, met(**failed, quality=0.9, satisfaction_after=0.8)))
    worse = story_of(turn(3, met(**failed, quality=0.4, satisfaction_after=0.5)))
    enough = story_of(turn(3, met(**failed, quality=0.7, satisfaction_after=0.6)))

    assert "More satisfied than before it went wrong: from 7.0 to 8.0." in [line.text for line in better]
    assert any("second disappointment" in line.text for line in worse)
    assert ["visit", "failure", "recovered", "end"] == [line.kind for line in enough]


def test_the_same_surprise_no_longer_delights() -> None:
    """After a surprise that delighted, a smaller one that does not says so, with both sizes and the week."""
    lines = story_of(
        turn(4, met(surprise=0.09, delighted=True)), turn(9, met(surprise=0.04)), turn(12, met(surprise=0.09))
    )
    texts = [line.text for line in lines]

    assert "A surprise (+0.9): delighted." in texts
    assert "A surprise again (+0.4), but it was +0.9 in week 4: no longer delighted." in texts
    assert "A surprise (+0.9), not enough to delight." in texts


def test_what_nobody_took_up_and_who_left_at_once() -> None:
    """A failure passed on, one that was swallowed, and a departure in the same week."""
    bounced = met(failed=True, kind=1, step=1, severity=0.6, voiced=True, bounced=True)
    swallowed = met(failed=True, kind=2, step=3, severity=0.5)
    texts = [line.text for line in story_of(turn(2, bounced), turn(5, swallowed, left_at_once=True, status=2))]

    assert "Complained, but it came from another department and nobody took it up." in texts
    assert "Something went wrong in the aftercare: treated badly, severity 5.0 out of 10." in texts
    assert "Did not complain, and nobody took it up." in texts
    assert "Left at once: a failure that nobody took up." in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_employees_story_is_true_to_what_was_kept(language: str) -> None:
    """States at the start, changes of the way of working, encounters and the end are those of seat and person."""
    shown = history()
    for seat in np.flatnonzero(shown.hired[0] != NOBODY).tolist():
        since = int(shown.hired[0, seat])
        here = np.flatnonzero(shown.hired[:, seat] == since)
        lines = employee_story(shown, seat, since, language).lines
        kinds = Counter(line.kind for line in lines)
        first = mark(shown.states[0, seat, STATES.index("engagement")] / 100.0, language)

        assert lines[0].week == 0
        assert first in lines[0].text
        assert (np.diff(shown.adopted[here, seat].astype(int)) == 1).sum() == kinds["adopted"]
        assert kinds["end"] == (here[-1] == 20)
        assert kinds["left"] == (here[-1] < 20)
        work = next(line for line in lines if line.kind == "work")
        served = shown.counts[: min(20, here[-1] + 1), seat, 0].sum()
        assert f" {served} " in work.text


def test_newcomers_have_no_twin_and_others_have() -> None:
    """Whoever is here as week 1 begins is in both worlds; a newcomer is told of without a twin."""
    base, what_if = live_histories((small(), small(weeks=20).strengthen("leadership", to=0.9)), SEED, Watch())
    since = int(base.hired[0, 0])

    assert has_twin(what_if, base, 0, since)
    assert not has_twin(what_if, base, 0, since + 1)
    assert told(employee_story(what_if, 0, since, "en"), None, "no twin", words_of("people", "en"))["said"] == "no twin"
    rows = told(leader_story(what_if, 0, "en"), leader_story(base, 0, "en"), "", words_of("people", "en"))["rows"]
    assert rows[0]["week"] == 0
    assert not rows[0]["apart"]
    assert rows[-1]["week"] == 20
    assert rows[-1]["apart"]


def test_two_stories_part_where_other_things_happen() -> None:
    """Figures alone do not part them; from the week in which things differ, both are shown."""

    def made(*happened: tuple[int, str]) -> Story:
        lines = tuple(Line(week, "failure", text) for week, text in happened)
        return Story("x", "", lines, {week: (text,) for week, text in happened})

    one, other = made((3, "a"), (5, "b"), (9, "c")), made((3, "a"), (6, "b"), (9, "c"))
    words = words_of("people", "en")
    rows = told(one, other, "", words)["rows"]

    assert parting(one, other) == 5
    assert parting(one, one) is None
    assert [(3, False), (5, True), (6, True), (9, True)] == [(row["week"], row["apart"]) for row in rows]
    assert rows[2] == {"week": 6, "apart": True, "mine": [], "twin": [{"kind": "failure", "text": "b"}]}
    assert told(one, one, "", words)["said"] == words["twin_same"]
    assert "week 4" in told(one, other, "", words)["said"]


def test_those_suggested_end_otherwise_in_the_other_world() -> None:
    """Whoever 'stays only with the decision' is a customer at the end there, and not in the baseline."""
    worse = small(weeks=80)
    better = worse.strengthen("operations", to=0.95, weeks=10).strengthen("leadership", to=0.95, weeks=10)
    what_if, base = live_histories((better, worse), SEED, Watch())
    found = suggested(what_if, base, "en")

    assert found
    for one in found:
        courses = [course_of(world, int(one["who"][9:])) for world in (what_if, base)]
        ends = [found.end.status for found in courses if found]
        stays = words_of("people", "en")["suggest_stays"] in one["label"]
        assert [stays, not stays] == [status == 1 for status in ends]


def test_praise_is_told_as_praise() -> None:
    """Word of mouth, sent and heard, one and several."""
    texts = [line.text for line in story_of(turn(2, told=PRAISED, heard_bad=1), turn(3, told=-1, heard_good=3))]

    assert [
        "Spoke well of the organisation to somebody.",
        "Heard something bad from somebody.",
        "Warned somebody about the organisation.",
        "Heard something good from 3 people.",
    ] == texts[:-1]


def test_weeks_in_which_nothing_special_happened_are_folded() -> None:
    """Three ordinary weeks in a row lie behind one row, nothing is lost, and two are shown as they are."""
    kinds = ["visit", "visit", "visit", "failure", "visit", "heard_good", "end"]
    lines = tuple(Line(week, kind, kind) for week, kind in enumerate(kinds, 1))
    rows = told(Story("x", "", lines, {}), None, "", words_of("people", "nl"))["rows"]

    assert rows[0]["said"] == "Week 1 tot en met 3: 3 weken zonder iets bijzonders"
    assert [1, 2, 3] == [row["week"] for row in rows[0]["rows"]]
    assert [4, 5, 6, 7] == [row["week"] for row in rows[1:]]
