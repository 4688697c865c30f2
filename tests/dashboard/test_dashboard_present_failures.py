"""What a log of encounters tells of failures: kinds, how often the paradox shows, and one customer's line."""

import numpy as np
import numpy.typing as npt
import pytest

from effectchain.dashboard.present.curves import answer_of
from effectchain.dashboard.present.failures import Log, summary, together
from effectchain.dashboard.present.library import shelf
from effectchain.dashboard.present.living import Found, Rehearsal
from effectchain.dashboard.present.picture import drawing
from effectchain.dashboard.present.playing import Play

FIELDS = [
    ("week", "i4"), ("customer", "i4"), ("failed", "i1"), ("recovered", "i1"), ("severity", "f8"),
    ("prior_failures", "f8"), ("recovery_quality", "f8"), ("satisfaction_before", "f8"), ("satisfaction_after", "f8"),
]  # fmt: skip
GONE = [("customer", "i4"), ("week", "i4")]

Rows = npt.NDArray[np.void]


def log_of(*rows: tuple[float, ...]) -> Rows:
    """A log of encounters."""
    return np.array(list(rows), dtype=FIELDS)


def of_one(customer: int, first: float, second: float) -> list[tuple[float, ...]]:
    """A customer who meets two mistakes, with these changes of satisfaction."""
    return [
        (4, customer, 0, 0, 0, 0, 0, 0.80, 0.80),
        (8, customer, 0, 0, 0, 0, 0, 0.80, 0.80),
        (20, customer, 1, 1, 0.2, 0, 0.95, 0.80, 0.80 + first),
        (30, customer, 0, 0, 0, 0.7, 0, 0.80 + first, 0.80 + first),
        (40, customer, 1, 1, 0.4, 0.6, 0.55, 0.80 + first, 0.80 + first + second),
    ]


def read(rows: Rows, gone: list[tuple[int, int]] | None = None) -> Log:
    """What one world's log comes to; gone: customers with the week in which they left."""
    return together([summary(rows, np.array(gone or [], dtype=GONE), 52)])


def test_the_customer_is_one_whose_first_failure_paid_and_whose_second_did_not() -> None:
    """The clearest of those who went this way is shown, with how many did of all who met two failures."""
    rows = log_of(*of_one(1, -0.1, -0.1), *of_one(2, 0.02, -0.2), *of_one(3, 0.04, -0.3))
    found = read(rows, [(3, 45)]).customer
    assert found is not None
    assert (3, 2, 3) == (found.number, found.alike, found.of)
    assert (2, 4, 45) == (found.first, found.second, found.left_week)
    assert [8.2, 8.56] == pytest.approx([found.contacts[2].before, found.contacts[2].after])


def test_nobody_is_made_up() -> None:
    """Where nobody went this way there is no customer, and the screen says so."""
    log = read(log_of(*of_one(1, -0.1, -0.1)))
    assert log.customer is None
    story = shelf().stories["recovery"]
    found = Found(6, 6, 1.0, log=log)
    play = Play("recovery").at(1, 6)
    assert drawing(play, story, found, "nl")["nobody"].startswith("In deze werelden overkwam dit niemand")
    assert answer_of(story.steps[1], story, found) is None


def test_the_share_above_counts_all_failures_so_far() -> None:
    """One of two after week 20, one of four after week 40."""
    above = read(log_of(*of_one(1, 0.1, -0.1), *of_one(2, -0.1, -0.1))).above
    assert (0.0, 0.5, 0.25) == (above[0, 18], above[0, 19], above[0, 51])


def test_kinds_of_failure_are_told_apart() -> None:
    """By the bounds of the patterns; changes are in points of the mark, and rare kinds have no mean."""
    rows = [row for customer in range(6) for row in of_one(customer, 0.02, -0.2)]
    log = read(log_of(*rows))
    assert set(log.groups) == {"mild_first_excellent", "later", "fair"}
    assert log.groups["mild_first_excellent"].mean == pytest.approx(0.18)
    assert log.counts["severe"] == 0
    assert log.counts["later"] == 6


def test_the_shipped_story_finds_its_customer() -> None:
    """In the worlds that its seed names, on the shipped defaults, there is a customer to show."""
    story = shelf().stories["recovery"].model_copy(update={"worlds": 2})
    rehearsal = Rehearsal(story, lambda: None)
    rehearsal.live()
    log = rehearsal.found.log
    assert log is not None
    assert log.customer is not None
    drawn = drawing(Play("recovery").at(2, 6), story, rehearsal.found, "nl")["customer"]
    assert len(drawn["events"]) >= 2
    assert drawn["points"][drawn["asked"]]["before"] > drawn["points"][drawn["asked"]]["after"]
