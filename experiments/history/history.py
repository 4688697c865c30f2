"""What people of one world went through, week by week, as compact arrays."""

from dataclasses import dataclass, fields
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from scenarios.scenario import Scenario

STATES: Final = ("engagement", "autonomy", "exhaustion", "norm", "competence", "ownership")
"""What is kept of each employee and week, of the columns of the employees' records."""

LEADER_STATES: Final = ("style", "belief", "coaching", "credibility", "team_engagement", "team_satisfaction")
"""What is kept of each leader and week, of the columns of the leaders' records."""

COUNTS: Final = ("served", "failed", "voiced", "recovered", "delighted")
"""What is counted for each seat and week, of the encounters with all customers, shown or not."""

TOTALS: Final = (*COUNTS, "left", "dropped", "joined", "praised", "warned")
"""What is counted for each week in the whole organisation; dropped: left at once, after a failure nobody took up."""

FAILED, VOICED, RECOVERED, BOUNCED, DELIGHTED, FAMILIAR, SURPRISED, GONE = (1 << bit for bit in range(8))
"""Bits of a visit's `happened`; GONE: the customer left at once."""

HUNDREDTHS: Final = 100.0
"""Shares are kept in hundredths, so in tenths of a mark out of ten: enough to be seen, and one byte."""

FELT: Final = (
    "expectation",
    "performance",
    "surprise",
    "severity",
    "recovery_quality",
    "recovery_expectation",
    "satisfaction_before",
    "satisfaction_after",
)
"""Real numbers of the encounter log that are kept of each visit."""

VISIT: Final = np.dtype(
    [
        *(("week", "i2"), ("person", "i4"), ("seat", "i4"), ("happened", "u1"), ("satisfaction", "u1")),
        *(("step", "i1"), ("kind", "i1")),
        *((name, "f4") for name in FELT),
    ]
)
"""An encounter of somebody shown; person: place among those shown; satisfaction: afterwards, in hundredths."""

MOVE: Final = np.dtype(
    [("week", "i2"), ("person", "i4"), ("status", "u1"), ("satisfaction", "u1"), ("expectation", "f4"), ("felt", "f4")]
)
"""Somebody shown becomes a customer, goes to a rival, or is a prospect again, as this week ends.

satisfaction in hundredths, felt: the same, whole.
"""

MESSAGES: Final = np.dtype([("week", "i2"), ("person", "i4"), ("told", "i1"), ("good", "u2"), ("bad", "u2")])
"""What somebody shown told in a week (PRAISED, WARNED or 0), and how many good and bad messages they heard."""

STAND: Final = np.dtype(
    [
        *(("status", "u1"), ("segment", "u1"), ("joined_week", "i4")),
        *(("demandingness", "f4"), ("expectation", "f4"), ("satisfaction", "f4")),
    ]
)
"""How things are with somebody shown."""

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """One world. The first axis is the week: of what stands at the end of weeks 0 to the last, of counts from week 1.

    hired: (weeks + 1, seats), the week in which the holder of the seat came, NOBODY where there is none; seat and
    this week are a person. team: of each seat. states: (weeks + 1, seats, STATES) in hundredths. adopted: who works
    in the new way.
    leaders: (weeks + 1, leaders, LEADER_STATES). counts: (weeks, seats, COUNTS). totals: (weeks, TOTALS).
    people: numbers of the customers shown. status, satisfaction: theirs, as week 1 begins.
    visits, moves, messages: of those shown, sorted by week. stands: of those shown, as week 1 begins and at the end.
    customers: all who are customers as week 1 begins, shown or not.
    """

    scenario: Scenario
    seed: int
    replication: int
    weeks: int
    hired: npt.NDArray[np.int32]
    team: npt.NDArray[np.int32]
    states: Bytes
    adopted: npt.NDArray[np.bool_]
    leaders: Bytes
    counts: npt.NDArray[np.uint16]
    totals: npt.NDArray[np.int32]
    customers: int
    people: npt.NDArray[np.int32]
    status: Bytes
    satisfaction: Bytes
    visits: npt.NDArray[np.void]
    moves: npt.NDArray[np.void]
    messages: npt.NDArray[np.void]
    stands: tuple[npt.NDArray[np.void], npt.NDArray[np.void]]
    weekly: Record

    def __deepcopy__(self, _known: object) -> "History":
        """Itself: nobody changes it, and who holds a page's state against a copy of it finds the same."""
        return self

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        kept = [*self.stands, *(getattr(self, field.name) for field in fields(self))]
        return sum(one.nbytes for one in kept if isinstance(one, np.ndarray))


def in_hundredths(values: Any) -> Bytes:
    """Shares as whole hundredths."""
    return np.asarray(np.rint(np.clip(values, 0.0, 1.0) * HUNDREDTHS), np.uint8)
