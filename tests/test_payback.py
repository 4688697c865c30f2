"""Pay-back, present value and the cost of a non-profit's gain, against what can be said by hand."""

import math

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from results.effects.cost_effect import cost_effect, cost_effects
from results.effects.effects import effects
from results.effects.payback import NEVER, cash_curve, discounted, paid_back, payback, present_value
from results.effects.sentences import money_sentences, payback_sentence
from results.errors import ResultsError
from results.proportion import proportion
from tests.synthetic import weekly

Lines = npt.NDArray[np.float64]


def table(profit: Lines, name: str = "profit", **more: Lines) -> pa.Table:
    """A weekly table of these lines, one row a world and one column a week."""
    worlds, weeks = profit.shape
    keys = {
        "replication": np.repeat(np.arange(worlds), weeks),
        "week": np.tile(np.arange(1, weeks + 1), worlds),
    }
    return pa.table({**keys, name: profit.ravel(), **{other: line.ravel() for other, line in more.items()}})


def added(*lines: list[float]) -> tuple[pa.Table, pa.Table]:
    """Baseline and what-if whose profit differs by these lines."""
    extra = np.array(lines)
    return table(np.zeros_like(extra)), table(extra)


@given(arrays("f8", st.integers(1, 30), elements=st.integers(-5, 5).map(float)))
def test_pay_back_is_the_first_week_after_which_the_sum_stays_above_zero(line: Lines) -> None:
    """From that week on the sum is above zero to the end; in the week before it is not; without one, it ends below."""
    week = paid_back(line)

    if week == NEVER:
        assert line[-1] <= 0.0
    else:
        assert (line[int(week) - 1 :] > 0.0).all()
        assert week == 1 or line[int(week) - 2] <= 0.0


def test_pay_back_over_worlds() -> None:
    """Weeks by share of worlds; a world that never pays back within the run counts as never, not as late."""
    base, what_if = added([-3, 2, 2, 2], [-3, 1, 1, 2], [-3, 1, 1, 0], [1, 1, 1, 1])

    found = payback(base, what_if)

    assert (4, 4, 3, 4) == (found.weeks, found.worlds, getattr(found.reached, "count", None), found.reached.of)  # type: ignore[union-attr]
    assert (1.0, 1.0, 3.0, NEVER) == (found.first, found.early, found.median, found.late)
    assert 3.0 == found.of_mean
    assert pytest.approx(np.mean([-3, -3, -3, 0])) == found.deepest.mean
    assert {"first": 1, "early": 1, "median": 3, "late": None, "of_mean": 3} == found.as_data()["week"]


def test_what_is_not_paid_back_is_said_honestly() -> None:
    """Not within so many weeks, with what so many worlds can tell of others; nothing is made up of later weeks."""
    found = payback(*added(*[[-1.0, 0.5, 0.4]] * 10))

    assert (NEVER, NEVER) == (found.median, found.of_mean)
    assert "Not paid back within 3 weeks in any of 10 worlds (share: 0%, between 0% and 28%)" in payback_sentence(
        found, "en"
    )
    assert "In geen van 10 werelden terugverdiend binnen 3 weken" in payback_sentence(found, "nl")


def test_nothing_to_pay_back() -> None:
    """Where profit is the same in every week there is nothing to pay back, which is not the same as never."""
    same = weekly(weeks=60)
    found = effects("same", same, same, sector="commercial", interest=0.1, who_changed=None)

    assert found.money is not None
    assert found.money.payback.is_nothing
    assert (0.0, 0.0, 0.0) == (found.money.value.mean, found.money.value.low, found.money.value.high)
    assert ["There is nothing to pay back: profit is the same in every week."] == list(money_sentences(found, "en"))
    assert found.as_data()["payback"]["nothing_to_pay_back"] is True


def test_present_value_by_hand() -> None:
    """Money at the end of a year is worth 1 / (1 + interest) now; without interest the value is the plain sum."""
    year = np.zeros((2, 104))
    year[:, 51] = 110.0
    year[:, 103] = 121.0
    base, what_if = table(np.zeros_like(year)), table(year)

    assert pytest.approx(200.0) == present_value(base, what_if, 0.1).mean
    assert pytest.approx(231.0) == present_value(base, what_if, 0.0).mean
    with pytest.raises(ResultsError, match="interest of -1"):
        discounted(year, -1.0)


def test_cash_curve_ends_in_the_sum() -> None:
    """Each week's mean, interval and band are those of the running sums."""
    extra = np.random.default_rng(3).normal(1.0, 5.0, (12, 30))
    found = cash_curve(table(np.zeros_like(extra)), table(extra))
    sums = extra.cumsum(axis=1)

    assert list(range(1, 31)) == found["week"].to_pylist()
    np.testing.assert_allclose(sums.mean(0), found["mean"].to_numpy())
    np.testing.assert_allclose(np.quantile(sums, 0.9, axis=0), found["upper"].to_numpy())
    assert (found["low"].to_numpy() < found["mean"].to_numpy()).all()
    assert [None] * 30 == cash_curve(table(np.zeros((1, 30))), table(extra[:1]))["low"].to_pylist()


def test_sums_need_every_week_and_the_same_worlds() -> None:
    """Money that was kept for some weeks only, or for other worlds, is refused."""
    whole = table(np.ones((2, 8)))
    some = whole.filter(pa.compute.equal(pa.compute.bit_wise_and(whole["week"], 1), 0))

    with pytest.raises(ResultsError, match="only some of them"):
        payback(some, some)
    with pytest.raises(ResultsError, match="the same weeks and worlds"):
        payback(whole, table(np.ones((3, 8))))


def test_share_with_its_interval() -> None:
    """The score interval by hand, and ends that stay honest where none or all did it."""
    found = proportion(8, 10)

    assert pytest.approx((0.4901625, 0.9433178), abs=1e-6) == (found.low, found.high)
    assert (0.0, 1.0) == (proportion(0, 20).low, proportion(20, 20).high)
    assert pytest.approx(0.1611, abs=1e-4) == proportion(0, 20).high
    with pytest.raises(ResultsError, match="no share"):
        proportion(0, 0)


@pytest.mark.parametrize(
    ("cost", "gain", "reading"),
    [
        ([5.0, 6.0, 7.0], [1.0, 1.1, 1.2], "costs"),
        ([-5.0, -6.0, -7.0], [1.0, 1.1, 1.2], "saves"),
        ([-5.0, 6.0, -7.0], [1.0, 1.1, 1.2], "costs"),
        ([0.0, 0.0, 0.0], [1.0, 1.1, 1.2], "costs"),
        ([5.0, 6.0, 7.0], [-1.0, -1.1, -1.2], "worse"),
        ([5.0, 6.0, 7.0], [-1.0, 1.1, 1.2], "unclear"),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], "nothing"),
        ([5.0, 6.0, 7.0], [0.0, 0.0, 0.0], "unclear"),
    ],
)
def test_cost_is_divided_by_a_clear_gain_only(cost: list[float], gain: list[float], reading: str) -> None:
    """A ratio is given where a clear gain costs money, or may; to save money, its whole interval must say so."""
    found = cost_effect("trust", 52, np.array(cost), np.array(gain))

    assert reading == found.reading
    assert (reading == "costs") == (found.ratio is not None)


def test_nonprofit_has_cost_of_trust_instead_of_profit() -> None:
    """A point of trust held for a year: a hundredth, over 52 weeks; cost is worth what it is at the start."""
    nothing, ones = np.zeros((3, 52)), np.ones((3, 52))
    spread = ones * np.array([[0.9], [1.0], [1.1]])
    base = table(nothing, "cost", trust=nothing, commissioner_index=nothing)
    what_if = table(100.0 * ones, "cost", trust=0.02 * spread, commissioner_index=nothing)

    trust, commissioners = cost_effects(base, what_if, 0.0)

    assert pytest.approx((5200.0, 2.0)) == (trust.cost.mean, trust.gain.mean)
    assert trust.ratio is not None
    assert pytest.approx(2600.0) == trust.ratio.mean
    assert "unclear" == commissioners.reading
    found = effects("x", base, what_if, sector="nonprofit", interest=0.0, who_changed=None)
    assert (None, None) == (found.as_data()["payback"], found.as_data()["npv"])
    assert "at € 2,600 a point and year" in " ".join(money_sentences(found, "en"))


def test_a_loss_is_told_once() -> None:
    """A loss of 2 points, not of -2; what is no clear gain keeps its sign."""
    nothing, ones = np.zeros((3, 52)), np.ones((3, 52))
    loss, noise = (-0.02 * ones * np.array([[one], [1.0], [two]]) for one, two in ((0.9, 1.1), (-9.0, 9.0)))
    base = table(nothing, "cost", trust=nothing, commissioner_index=nothing)
    what_if = table(100.0 * ones, "cost", trust=loss, commissioner_index=noise)
    found = effects("x", base, what_if, sector="nonprofit", interest=0.0, who_changed=None)
    told = " ".join(money_sentences(found, "en"))

    assert "Trust: a loss of 2.0 points held for a year (between −2.5 and −1.5)." in told  # noqa: RUF001
    assert "no clear gain to divide the cost by (−0.7 points" in told  # noqa: RUF001


def test_one_world_has_no_interval() -> None:
    """What one world shows is told as that, and never as certain."""
    found = payback(*added([-1.0, 3.0]))

    assert "Paid back for good from week 2 on, in the one world." == payback_sentence(found, "en")
    assert not math.isfinite(present_value(*added([-1.0, 3.0]), 0.1).high)
