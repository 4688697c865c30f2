"""Verdicts: figures with their intervals against bounds, on numbers that are made up."""

from collections.abc import Sequence
from math import inf, isinf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.statistics import Interval
from results.validation.estimates import exact, mean_of, ratio_of
from results.validation.findings import ENOUGH, Finding, Part, Said, Verdict, tally
from results.validation.panels import Dots
from results.validation.words import bounds, interval, measured

SAID = Said("part", "onderdeel")
NOTE, WHY = Said("note.", "opmerking."), Said("why.", "waarom.")
ENDS = st.floats(-10.0, 10.0)


def part(
    low: float,
    high: float,
    *,
    at_least: float = -inf,
    at_most: float = inf,
    strict: bool = False,
    judged: bool = True,
    n: int = ENOUGH,
) -> Part:
    """A part whose interval and bounds are these."""
    found = Interval((low + high) / 2.0, low, high, n, 0.95)
    return Part(SAID, found, at_least, at_most, strict, judged=judged)


def finding(parts: Sequence[Part], name: str = "7") -> Finding:
    """A pattern with these parts."""
    panel = Dots(("title", "titel"), {})
    return Finding(name, SAID, "B", [], SAID, parts, panel, True, False, [], NOTE, WHY, ENOUGH, 1, 0.0)  # noqa: FBT003


MET, UNMET, STRADDLING = (part(low, low + 1.0, at_least=0.0) for low in (1.0, -3.0, -0.5))
FEW = part(1.0, 2.0, at_least=0.0, n=ENOUGH - 1)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.4, 2.5, "met"),
        (1.5, 2.0, "met"),
        (1.3, 1.5, "undecided"),
        (2.4, 2.6, "undecided"),
        (1.0, 3.0, "undecided"),
        (1.0, 1.39, "not met"),
        (2.51, 9.0, "not met"),
        (-inf, inf, "undecided"),
    ],
)
def test_the_whole_interval_must_lie_within_the_bounds(low: float, high: float, verdict: Verdict) -> None:
    """Met inside, not met outside, undecided where it straddles a bound."""
    assert verdict == part(low, high, at_least=1.4, at_most=2.5).verdict


@pytest.mark.parametrize(("strict", "verdict"), [(False, "met"), (True, "not met")])
def test_a_strict_bound_does_not_count_itself(strict: bool, verdict: Verdict) -> None:  # noqa: FBT001
    """Exactly 0 is not above 0, and is at least 0."""
    assert verdict == part(0.0, 0.0, at_least=0.0, strict=strict).verdict


@given(ENDS, ENDS, ENDS, ENDS, st.booleans())
def test_every_interval_has_one_verdict(one: float, other: float, low: float, high: float, strict: bool) -> None:  # noqa: FBT001
    """Met and not met exclude each other, and a narrower interval within never turns one into the other."""
    ends, (at_least, at_most) = sorted((one, other)), sorted((low, high))
    whole = part(ends[0], ends[1], at_least=at_least, at_most=at_most, strict=strict)
    middle = (ends[0] + ends[1]) / 2.0
    inner = part(middle, middle, at_least=at_least, at_most=at_most, strict=strict)

    assert whole.verdict in {"met", "not met", "undecided"}
    assert whole.verdict in {inner.verdict, "undecided"}


def test_fewer_than_twenty_replications_are_no_verdict() -> None:
    """19 worlds are too few, 20 enough; where there is no luck at all none are needed."""
    assert "too few to judge" == FEW.verdict
    assert "met" == part(1.0, 2.0, at_least=0.0, n=ENOUGH).verdict
    assert "met" == Part(SAID, exact(1.0), low=0.0).verdict
    assert "not met" == Part(SAID, exact(-1.0), low=0.0).verdict


@pytest.mark.parametrize(
    ("parts", "verdict", "deciding"),
    [
        ([MET, MET], "met", 0),
        ([MET, STRADDLING], "undecided", 1),
        ([STRADDLING, UNMET, MET], "not met", 1),
        ([FEW, MET], "too few to judge", 0),
        ([FEW, UNMET], "not met", 1),
    ],
)
def test_the_worst_part_decides(parts: list[Part], verdict: Verdict, deciding: int) -> None:
    """One part that is not met is enough for the pattern not to be."""
    found = finding(parts)

    assert verdict == found.verdict
    assert found.deciding is parts[deciding]


def test_what_is_shown_for_information_decides_nothing() -> None:
    """A part that is not judged has no verdict in the data."""
    aside = part(-3.0, -2.0, at_least=0.0, judged=False)
    found = finding([MET, aside])

    assert "met" == found.verdict
    assert [None, "met"] == [one["verdict"] for one in reversed(found.as_data()["parts"])]


def test_the_reason_is_told_only_where_a_pattern_is_not_met() -> None:
    """What must be known is told always, why it is red only when it is."""
    assert "note." == finding([MET]).as_data()["note"]
    assert "note. why." == finding([UNMET]).as_data()["note"] == finding([STRADDLING]).as_data()["note"]


def test_patterns_are_counted_by_verdict() -> None:
    """The best verdict first; verdicts that nobody has are left out."""
    assert {"met": 2, "not met": 1} == dict(tally([finding([MET]), finding([UNMET]), finding([MET])]))
    assert ["met", "not met"] == list(tally([finding([UNMET]), finding([MET])]))


def test_data_of_a_pattern_holds_the_contract() -> None:
    """What others read: id, claim, grade, criterion, measured, interval, verdict; an endless interval is null."""
    data = finding([part(-inf, inf, at_least=0.0)]).as_data()

    assert {"id", "claim", "grade", "sources", "criterion", "measured", "interval", "verdict", "parts"} <= data.keys()
    assert [None, None] == data["interval"]
    assert "undecided" == data["verdict"]


def test_a_mean_has_students_interval() -> None:
    """Of 1 to 20: mean 10.5 and half-width t(.975, 19) x s / sqrt(20)."""
    found = mean_of(np.arange(1.0, 21.0))

    assert (10.5, 20) == (found.mean, found.n)
    assert found.high - found.mean == pytest.approx(2.093024 * 5.9160798 / np.sqrt(20.0))


def test_a_ratio_has_fiellers_interval() -> None:
    """With a denominator without spread it is the interval of the mean over that denominator."""
    values = np.random.default_rng(5).normal(3.0, 0.4, 25)
    mean, ratio = mean_of(values), ratio_of(values, np.full(25, 2.0))

    assert ratio.mean == pytest.approx(mean.mean / 2.0)
    assert (ratio.low, ratio.high) == pytest.approx((mean.low / 2.0, mean.high / 2.0))


def test_fiellers_interval_holds_the_ratio_as_often_as_it_says() -> None:
    """The interval of cost over gain holds the true ratio in about 95 of 100 experiments.

    2,000 experiments with a true coverage of 0.95 fall outside 0.93 to 0.97 with probability below 1e-4.
    """
    luck = np.random.default_rng(11)
    covered = 0
    for _ in range(2000):
        gain = luck.normal(2.0, 0.8, 12)
        cost = 30.0 * gain + luck.normal(0.0, 25.0, 12)
        found = ratio_of(cost, gain)
        covered += found.low <= 30.0 <= found.high

    assert 0.93 <= covered / 2000 <= 0.97


def test_a_ratio_to_what_may_be_nothing_has_no_ends() -> None:
    """Where the denominator cannot be told from 0, nothing is claimed; nor with one replication."""
    signs = np.tile([1.0, -1.0], 10)

    assert isinf(ratio_of(np.ones(20), signs + 0.01).high)
    assert isinf(ratio_of(np.ones(1), np.ones(1)).low)
    assert (2.0, 2.0) == (ratio_of(np.full(20, 4.0), np.full(20, 2.0)).low, ratio_of(np.full(20, 4.0), [2.0] * 20).high)


def test_figures_are_written_in_both_languages() -> None:
    """Points have a sign, percentages none; bounds are told with as many decimals as they have."""
    loss = Part(SAID, Interval(-0.0123, -0.02, -0.005, 20, 0.95), high=0.0, strict=True, form="points", decimals=1)
    ratio = Part(SAID, Interval(1.294, 1.261, 1.327, 20, 0.95), low=1.4, high=2.5)

    assert ("\N{MINUS SIGN}1.2 pt", "below 0 pt") == (measured(loss, "en"), bounds(loss, "en"))
    assert ("1,29", "1,26 tot 1,33", "1,4 tot 2,5") == (
        measured(ratio, "nl"),
        interval(ratio, "nl"),
        bounds(ratio, "nl"),
    )
    assert "no luck in it" == interval(Part(SAID, exact(1.0)), "en")


def test_what_could_not_be_measured_claims_nothing() -> None:
    """A world without a value, or nothing to divide by: no figure, no ends, undecided."""
    for found in (mean_of([1.0] * 19 + [np.nan]), ratio_of(np.ones(20), np.zeros(20))):
        assert np.isnan(found.mean)
        assert "undecided" == Part(SAID, found, low=0.0).verdict
