"""An employee's or a leader's story: how they felt, how they worked, whether they stayed; true to what was kept."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from effectchain.dashboard.people.lines import Line, Story
from effectchain.dashboard.people.marks import count, mark_of, years
from effectchain.dashboard.words import words_of
from experiments.comparison.census import NOBODY
from experiments.history.history import COUNTS, HUNDREDTHS, LEADER_STATES, STATES, Bytes, History
from results.effects.twins import EXHAUSTED
from simulation.indicators import ENGAGED_FROM

HALF_YEAR: Final = 26
"""Weeks over which encounters are told together."""

FAR: Final = 10
"""Hundredths by which a state has moved when that is told."""

FAR_OF_LEADERS: Final = 5
"""The same of leaders and their teams, who move less."""

BACK: Final = 3
"""Hundredths by which a state is back below a threshold when that is told: who hovers about it is not told of twice."""

TOLD: Final = ("autonomy", "competence", "norm")
"""States whose moves are told; engagement and exhaustion are told where they cross a threshold."""

TOLD_OF_LEADERS: Final = ("style", "belief", "credibility", "team_engagement", "team_satisfaction")
"""The same of leaders; coaching goes up and down with the size of the team."""


def employee_story(history: History, seat: int, since: int, language: str) -> Story:
    """All sentences about the person who came to this seat in this week, while they are here."""
    words = words_of("people", language)
    weeks = weeks_here(history, seat, since)
    teller = _Teller(history.states[:, seat], STATES, words, language)
    lines = sorted(_lines(history, seat, weeks, teller), key=lambda line: line.week)
    return Story(
        title=words["employee"].format(number=count(seat + 1, language)),
        about=words["about_employee"].format(
            team=count(int(history.team[seat]) + 1, language), since=_since(since, words, language)
        ),
        lines=tuple(lines),
        happened=_by_week(line for line in lines if line.kind in _EVENTS),
    )


_EVENTS: Final = frozenset({"adopted", "fell_back", "engaged", "tired", "rested", "left", "came"})


def leader_story(history: History, leader: int, language: str) -> Story:
    """All sentences about the leader of this team."""
    words = words_of("people", language)
    teller = _Teller(history.leaders[:, leader], LEADER_STATES, words, language)
    told = [line for name in TOLD_OF_LEADERS for line in teller.moves(name, 0, history.weeks, FAR_OF_LEADERS)]
    lines = [Line(0, "start", words["story_leader"].format(**teller.marks(0))), *sorted(told, key=lambda one: one.week)]
    lines.append(Line(history.weeks, "end", words["story_leader"].format(**teller.marks(history.weeks))))
    return Story(
        title=words["leader"].format(number=count(leader + 1, language)),
        about=words["about_leader"].format(team=count(leader + 1, language)),
        lines=tuple(lines),
        happened=_by_week(told),
    )


def weeks_here(history: History, seat: int, since: int) -> tuple[int, int] | None:
    """The first and the last week at whose end this person is here; None where they never are."""
    weeks = np.flatnonzero(history.hired[:, seat] == since)
    return (int(weeks[0]), int(weeks[-1])) if since != NOBODY and len(weeks) else None


def has_twin(history: History, other: History, seat: int, since: int) -> bool:
    """Whether this person is in both worlds: those who are here as week 1 begins are the same in both."""
    same = history.hired.shape == other.hired.shape
    return bool(same and since == history.hired[0, seat] == other.hired[0, seat])


def _by_week(lines: Iterator[Line] | list[Line]) -> dict[int, tuple[str, ...]]:
    """Kinds of what happened, by week."""
    found: dict[int, tuple[str, ...]] = {}
    for line in lines:
        found[line.week] = (*found.get(line.week, ()), line.kind)
    return found


def _since(since: int, words: Mapping[str, str], language: str) -> str:
    if since > 0:
        return words["since_week"].format(week=count(since, language))
    return words["since_years_before"].format(years=years(1 - since, language))


def _lines(history: History, seat: int, weeks: tuple[int, int] | None, teller: "_Teller") -> Iterator[Line]:
    if weeks is None:
        return
    first, last = weeks
    words = teller.words
    start = ("came", "story_came") if first else ("start", "story_states")
    yield Line(first, start[0], words[start[1]].format(**teller.marks(first)))
    yield from _adoption(history.adopted[:, seat], first, last, words)
    engaged = round(ENGAGED_FROM * HUNDREDTHS)
    yield from teller.crossings(
        "engagement", engaged, weeks, ("engaged", "story_engaged", "fell_back", "story_not_engaged")
    )
    tired = int(np.ceil(EXHAUSTED * HUNDREDTHS))
    yield from teller.crossings("exhaustion", tired, weeks, ("tired", "story_burnt_out", "rested", "story_rested"))
    for name in TOLD:
        yield from teller.moves(name, first, last)
    yield from _half_years(history, seat, weeks, words, teller.language)
    if last < history.weeks:
        yield Line(last + 1, "left", words["story_quit"].format(**teller.marks(last)))
        later = history.hired[last + 1 :, seat]
        came = np.flatnonzero(later != NOBODY)
        if len(came):
            yield Line(last + 1 + int(came[0]), "came", words["story_successor"])
    else:
        yield Line(last, "end", words["story_states"].format(**teller.marks(last)))


def _adoption(
    adopted: np.ndarray[tuple[int], np.dtype[np.bool_]], first: int, last: int, words: Mapping[str, str]
) -> Iterator[Line]:
    for week in range(first + 1, last + 1):
        if adopted[week] != adopted[week - 1]:
            key = "adopted" if adopted[week] else "fell_back"
            yield Line(week, key, words[f"story_{key}"])


def _half_years(
    history: History, seat: int, weeks: tuple[int, int], words: Mapping[str, str], language: str
) -> Iterator[Line]:
    """Encounters of each half-year of the world's, as far as the person was here: from the week after they came."""
    first, last = weeks[0] + 1, min(weeks[1] + 1, history.weeks)
    for begin in range(1, history.weeks + 1, HALF_YEAR):
        one, end = max(first, begin), min(last, begin + HALF_YEAR - 1)
        if one > end:
            continue
        sums = history.counts[one - 1 : end, seat].sum(axis=0, dtype=int)
        figures = {name: count(number, language) for name, number in zip(COUNTS, sums.tolist(), strict=True)}
        text = words["story_half_year"].format(first=count(one, language), last=count(end, language), **figures)
        yield Line(end, "work", text)


class _Teller:
    """Tells of one person's states, hundredths by week and place."""

    def __init__(self, states: Bytes, names: tuple[str, ...], words: Mapping[str, str], language: str) -> None:
        self.words, self.language = words, language
        self._courses = {name: states[:, place].astype(int) for place, name in enumerate(names)}

    def marks(self, week: int) -> dict[str, str]:
        """All states at the end of this week, as marks."""
        return {name: mark_of(int(course[week]), self.language) for name, course in self._courses.items()}

    def moves(self, name: str, first: int, last: int, far: int = FAR) -> Iterator[Line]:
        """Each time that a state has moved far since it was told last."""
        course, told = self._courses[name], first
        for week in range(first + 1, last + 1):
            if abs(course[week] - course[told]) >= far:
                yield Line(week, "up" if course[week] > course[told] else "down", self._move(name, told, week))
                told = week

    def crossings(
        self, name: str, threshold: int, weeks: tuple[int, int], told: tuple[str, str, str, str]
    ) -> Iterator[Line]:
        """Each time that a state comes to a threshold, or is clearly below it again."""
        course = self._courses[name]
        above = bool(course[weeks[0]] >= threshold)
        for week in range(weeks[0] + 1, weeks[1] + 1):
            now = int(course[week])
            if not above and now >= threshold:
                yield Line(week, told[0], self.words[told[1]].format(now=mark_of(now, self.language)))
                above = True
            elif above and now < threshold - BACK:
                yield Line(week, told[2], self.words[told[3]].format(now=mark_of(now, self.language)))
                above = False

    def _move(self, name: str, told: int, week: int) -> str:
        course = self._courses[name]
        now, before = (mark_of(int(course[one]), self.language) for one in (week, told))
        return self.words["story_moved"].format(
            state=self.words[name], now=now, before=before, week=count(told, self.language)
        )
