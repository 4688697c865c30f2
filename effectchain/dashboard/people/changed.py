"""Customers worth following: those who stay in one world and leave in the other, best where a failure decides it."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.customer import CUSTOMER
from effectchain.dashboard.people.marks import count
from effectchain.dashboard.words import words_of
from experiments.history.history import FAILED, RECOVERED, History

MOST: Final = 6
"""Suggestions of each kind at most."""

ENOUGH: Final = 20
"""Encounters beyond which a story gets no better."""

Scores = npt.NDArray[np.float64]


def suggested(what_if: History, base: History, language: str) -> list[dict[str, str]]:
    """Whom to follow, and why: those who stay only with the decision, and those who stay only without it."""
    if not np.array_equal(what_if.people, base.people):
        return []
    words = words_of("people", language)
    began = what_if.status == CUSTOMER
    stays, stays_without = _ends_as_customer(what_if), _ends_as_customer(base)
    told = mended_in_one(what_if, base)
    found = []
    for key, who in (
        ("suggest_stays", began & stays & ~stays_without),
        ("suggest_leaves", began & ~stays & stays_without),
    ):
        best = sorted(np.flatnonzero(who).tolist(), key=lambda person: (-told[person], person))[:MOST]
        found += [_choice(int(what_if.people[person]), words[key], words["customer"], language) for person in best]
    return found


def mended_in_one(what_if: History, base: History) -> Scores:
    """For each customer shown: failures of the same week that are put right in one world only, then encounters."""
    people = len(what_if.people)
    marks = [_failures(history) for history in (what_if, base)]
    both = np.intersect1d(marks[0][0], marks[1][0])
    mended = [np.isin(both, weeks[mended]) for weeks, mended in marks]
    decided = np.bincount(both[mended[0] != mended[1]] % people, minlength=people)
    seen = np.bincount(what_if.visits["person"], minlength=people)
    return np.asarray(decided + np.minimum(seen, ENOUGH) / (ENOUGH + 1.0), np.float64)


def _failures(history: History) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Week and person of each failure as one number, and whether it was put right."""
    failed = history.visits[(history.visits["happened"] & FAILED) > 0]
    places = failed["week"].astype(np.int64) * len(history.people) + failed["person"]
    return places, (failed["happened"] & RECOVERED) > 0


def _ends_as_customer(history: History) -> npt.NDArray[np.bool_]:
    status = history.status.copy()
    status[history.moves["person"]] = history.moves["status"]  # of several moves of one person the last one counts
    return np.asarray(status == CUSTOMER)


def _choice(number: int, why: str, name: str, language: str) -> dict[str, Any]:
    return {"who": f"customer.{number}", "label": f"{name.format(number=count(number, language))} · {why}"}
