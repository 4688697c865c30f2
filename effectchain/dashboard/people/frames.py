"""A world for the browser: all weeks at once, as bytes in base64, so that playing and scrubbing need no messages."""

from base64 import b64encode
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from experiments.comparison.census import NOBODY
from experiments.history.history import LEADER_STATES, STATES, History

MOST_TEAMS: Final = 20
"""Teams drawn at most; those of the first leaders, whose people are as much drawn by lot as anybody's."""

ABSENT: Final = np.iinfo(np.int16).min
"""Stands for nobody, where the browser has weeks."""

SHOWN_STATES: Final = ("engagement", "autonomy", "exhaustion", "norm", "competence")
"""By which employees can be coloured, the first at first."""


def world_data(history: History) -> dict[str, Any]:
    """All that the browser draws of one world.

    seats: numbers of the seats in teams drawn that are ever held; arrays are over these. visits and moves are sorted
    by week; `visit_from` has the place of the first of each week, and of the end.
    """
    leaders = min(history.leaders.shape[1], MOST_TEAMS)
    seats = np.flatnonzero((history.hired != NOBODY).any(axis=0) & (history.team < leaders))
    return {
        "weeks": history.weeks,
        "leaders": leaders,
        "states": list(STATES),
        "leader_states": list(LEADER_STATES),
        "seats": packed(seats.astype(np.int32)),
        "team": packed(history.team[seats].astype(np.uint8)),
        "hired": packed(_weeks_of_coming(history.hired[:, seats])),
        "employees": packed(history.states[:, seats]),
        "teams": packed(history.leaders[:, :leaders]),
        "counts": packed(narrow(history.counts[:, seats])),
        "people": packed(history.people),
        "status": packed(history.status),
        "satisfaction": packed(history.satisfaction),
        **_visits(history, seats),
        **_moves(history),
    }


def shown_customers(history: History) -> tuple[int, int]:
    """How many of those who are customers as week 1 begins are shown, and how many there are."""
    return int((history.status == CUSTOMER).sum()), history.customers


def packed(array: npt.NDArray[Any]) -> dict[str, str]:
    """Numbers as little-endian bytes in base64, with the name of their type."""
    plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return {"type": array.dtype.name, "bytes": b64encode(plain.tobytes()).decode("ascii")}


def narrow(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers from 0 on in the narrowest type that holds them."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def _weeks_of_coming(hired: npt.NDArray[np.int32]) -> npt.NDArray[np.int16]:
    return np.asarray(np.where(hired == NOBODY, ABSENT, np.maximum(hired, ABSENT + 1)), np.int16)


def _visits(history: History, seats: npt.NDArray[Any]) -> dict[str, Any]:
    """Visits to those drawn; a seat is told by its place among those drawn."""
    place = np.full(history.hired.shape[1], -1, np.int32)
    place[seats] = np.arange(len(seats))
    visits = history.visits[place[history.visits["seat"]] >= 0]
    return {
        "visit_from": packed(_first_of_week(visits["week"], history.weeks)),
        "visit_person": packed(narrow(visits["person"])),
        "visit_seat": packed(narrow(place[visits["seat"]])),
        "visit_happened": packed(visits["happened"]),
        "visit_satisfaction": packed(visits["satisfaction"]),
    }


def _moves(history: History) -> dict[str, Any]:
    moves = history.moves
    return {
        "move_from": packed(_first_of_week(moves["week"], history.weeks)),
        "move_person": packed(narrow(moves["person"])),
        "move_status": packed(moves["status"]),
        "move_satisfaction": packed(moves["satisfaction"]),
    }


def _first_of_week(weeks: npt.NDArray[Any], last: int) -> npt.NDArray[np.int32]:
    """Where weeks 0 to `last` + 1 begin in a sorted column of weeks."""
    return np.searchsorted(weeks, np.arange(last + 2)).astype(np.int32)
