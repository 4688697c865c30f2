"""No change makes the week dearer without a word: machine instructions of a fixed small run, against those stored."""

import pytest

from benchmarks.instructions import PARTS, TOLERANCE, count, dearer, made_with, stored, why_not


@pytest.mark.slow
def test_no_part_of_the_week_takes_more_instructions() -> None:
    """Within 5 % of what is stored; store anew what is meant to be dearer: make bench-guard STORE=--store."""
    reason = why_not()
    if not reason and made_with() != stored()["made_with"]:
        reason = (
            f"stored with {stored()['made_with']}, here is {made_with()}: store anew (make bench-guard STORE=--store)"
        )
    if reason:
        pytest.skip(f"INSTRUCTIONS ARE NOT COUNTED: {reason}")
    counts = count()

    assert set(PARTS) == set(counts)
    assert [] == dearer(counts, stored()["counts"])


def test_all_parts_are_stored() -> None:
    """Each part of the run has a number to be compared with."""
    assert set(PARTS) == set(stored()["counts"])
    assert min(stored()["counts"].values()) > 100_000


def test_what_is_dearer_is_told_with_both_numbers() -> None:
    """A little more passes; more than the tolerance is a sentence."""
    before = {"talk": 1_000_000, "work": 1_000_000}
    counts = {"talk": int(1_000_000 * (1 + TOLERANCE)), "work": 1_060_000}

    assert ["work: 1,060,000 instructions, +6.0% against 1,000,000 stored"] == dearer(counts, before)
