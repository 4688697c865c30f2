"""One customer's course through one world: every week in which something happened to them, as it happened."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.history.history import (
    BOUNCED,
    DELIGHTED,
    FAILED,
    FAMILIAR,
    GONE,
    RECOVERED,
    VOICED,
    History,
)


@dataclass(frozen=True, slots=True)
class Met:
    """An encounter, in the words of the encounter log; seat and since are who served, team is theirs."""

    seat: int
    since: int
    team: int
    familiar: bool
    expected: float
    got: float
    surprise: float
    failed: bool
    kind: int
    step: int
    severity: float
    voiced: bool
    recovered: bool
    bounced: bool
    quality: float
    quality_expected: float
    delighted: bool
    satisfaction_before: float
    satisfaction_after: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A week in which something happened.

    told: PRAISED, WARNED or 0. heard_good, heard_bad: messages that came in. left_at_once: after a failure nobody
    took up. status_before, status: as the week begins and ends. expectation, satisfaction: as it ends, where the
    status changed; else 0.
    """

    week: int
    met: Met | None
    told: int
    heard_good: int
    heard_bad: int
    left_at_once: bool
    status_before: int
    status: int
    expectation: float
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Stand:
    """How things are with a customer as a week ends."""

    status: int
    joined_week: int
    expectation: float
    satisfaction: float


@dataclass(frozen=True, slots=True)
class Course:
    """What one customer went through; segment: its number in the scenario. start: as week 1 begins."""

    number: int
    segment: int
    demandingness: float
    weeks: int
    start: Stand
    turns: tuple[Turn, ...]
    end: Stand


def course_of(history: History, number: int) -> Course | None:
    """The course of the customer or prospect with this number; None for one who is not shown."""
    person = int(np.searchsorted(history.people, number))
    if person >= len(history.people) or history.people[person] != number:
        return None
    first, last = history.stands[0][person], history.stands[1][person]
    return Course(
        number=number,
        segment=int(first["segment"]),
        demandingness=float(first["demandingness"]),
        weeks=history.weeks,
        start=_stand(first),
        turns=tuple(_turns(history, person)),
        end=_stand(last),
    )


def _stand(row: np.void) -> Stand:
    return Stand(int(row["status"]), int(row["joined_week"]), float(row["expectation"]), float(row["satisfaction"]))


def _turns(history: History, person: int) -> Iterator[Turn]:
    """Week by week, what the three lists have of this person."""
    visits, moves, messages = (
        {int(row["week"]): row for row in rows[rows["person"] == person]}
        for rows in (history.visits, history.moves, history.messages)
    )
    status = int(history.status[person])
    for week in sorted(visits.keys() | moves.keys() | messages.keys()):
        visit, move, message = visits.get(week), moves.get(week), messages.get(week)
        before, status = status, status if move is None else int(move["status"])
        yield Turn(
            week=week,
            met=None if visit is None else _met(history, visit),
            told=0 if message is None else int(message["told"]),
            heard_good=0 if message is None else int(message["good"]),
            heard_bad=0 if message is None else int(message["bad"]),
            left_at_once=visit is not None and bool(visit["happened"] & GONE),
            status_before=before,
            status=status,
            expectation=0.0 if move is None else float(move["expectation"]),
            satisfaction=0.0 if move is None else float(move["felt"]),
        )


def _met(history: History, visit: np.void) -> Met:
    seat, happened = int(visit["seat"]), int(visit["happened"])
    return Met(
        seat=seat,
        since=int(history.hired[visit["week"] - 1, seat]),
        team=int(history.team[seat]),
        familiar=bool(happened & FAMILIAR),
        expected=float(visit["expectation"]),
        got=float(visit["performance"]),
        surprise=float(visit["surprise"]),
        failed=bool(happened & FAILED),
        kind=int(visit["kind"]),
        step=int(visit["step"]),
        severity=float(visit["severity"]),
        voiced=bool(happened & VOICED),
        recovered=bool(happened & RECOVERED),
        bounced=bool(happened & BOUNCED),
        quality=float(visit["recovery_quality"]),
        quality_expected=float(visit["recovery_expectation"]),
        delighted=bool(happened & DELIGHTED),
        satisfaction_before=float(visit["satisfaction_before"]),
        satisfaction_after=float(visit["satisfaction_after"]),
    )
