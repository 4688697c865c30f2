"""Intervals say how sure a difference is; a year is summed or averaged as its indicator asks."""

import math

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from results.errors import ResultsError
from results.statistics import (
    FLOWS,
    MAY_BE_ABSENT,
    Interval,
    PairedDifference,
    by_indicator,
    final_year,
    mean_interval,
    paired_difference,
)
from tests.synthetic import weekly

SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30)


@given(SAMPLES, st.sampled_from([0.8, 0.95, 0.99]))
def test_interval_is_student_t(values: list[float], level: float) -> None:
    """The interval is that of Student's t, as SciPy has it."""
    found = mean_interval(values, level)
    half = stats.sem(values) * stats.t.ppf(0.5 + level / 2, len(values) - 1)

    assert math.isclose(float(np.mean(values)), found.mean, abs_tol=1e-9)
    assert math.isclose(half, (found.high - found.low) / 2, rel_tol=1e-9, abs_tol=1e-8)


def test_interval_covers_as_often_as_it_says() -> None:
    """Of 2,000 intervals of 80 % over 10 replications, about 80 % hold the mean (false alarm: 1 in 10,000)."""
    draws = np.random.default_rng(1).normal(3.0, 2.0, (2_000, 10))
    found = [mean_interval(row, 0.8) for row in draws]
    hits = sum(interval.low <= 3.0 <= interval.high for interval in found)

    assert stats.binom.ppf(0.00005, 2_000, 0.8) <= hits <= stats.binom.ppf(0.99995, 2_000, 0.8)


@given(SAMPLES)
def test_identical_worlds_differ_by_exactly_nothing(values: list[float]) -> None:
    """A what-if that changes nothing has a difference of exactly 0, from 0 to 0."""
    found = paired_difference(values, values)

    assert (0.0, 0.0, 0.0) == (found.mean, found.low, found.high)
    assert math.inf == found.variance_ratio


def test_shared_luck_narrows_the_interval() -> None:
    """Worlds that share their luck need as many times fewer replications as the ratio of variances says."""
    luck = np.random.default_rng(2)
    world, own = luck.normal(0, 3, 400), luck.normal(0, 1, 400)
    base, what_if = world + luck.normal(0, 0.1, 400), world + 5.0 + 0.1 * own
    found = paired_difference(base, what_if)

    assert found.low < 5.0 < found.high
    assert found.correlation > 0.99
    assert math.isclose((base.var(ddof=1) + what_if.var(ddof=1)) / (what_if - base).var(ddof=1), found.variance_ratio)
    assert 500 < found.variance_ratio < 2_000


def test_difference_is_what_if_minus_base() -> None:
    """The sign is that of the change which the what-if brings."""
    found = paired_difference([1.0, 2.0, 4.0], [2.0, 4.0, 7.0], 0.95)

    assert math.isclose(2.0, found.mean)
    assert math.isclose(2.0 - 4.302652729911275 / math.sqrt(3), found.low)
    assert 3 == found.n


def test_one_world_says_nothing_of_spread() -> None:
    """With one replication the interval is endless, but no difference is no difference."""
    assert Interval(2.0, -math.inf, math.inf, 1, 0.95) == mean_interval([2.0])
    assert (0.0, 0.0) == (paired_difference([2.0], [2.0]).low, paired_difference([2.0], [2.0]).high)
    assert math.isnan(paired_difference([2.0], [3.0]).correlation)


def test_a_constant_has_no_correlation() -> None:
    """Where the baseline does not vary, correlation is no number and nothing is warned of."""
    found: PairedDifference = paired_difference([1.0, 1.0, 1.0], [1.0, 2.0, 3.0])

    assert math.isnan(found.correlation)
    assert 1.0 == found.variance_ratio


@pytest.mark.parametrize(
    ("base", "what_if", "words"),
    [
        ([1.0, math.nan, math.nan], [1.0, 2.0, 3.0], "Replication 1 of the baseline is nan, no number; 2 of 3"),
        ([1.0, 2.0, 3.0], [1.0, 2.0, math.inf], "Replication 2 of the what-if is inf"),
        ([1.0], [1.0, 2.0], "1 replications and the what-if 2"),
        ([], [], "no replications in the baseline"),
    ],
)
def test_what_cannot_be_compared_is_refused(base: list[float], what_if: list[float], words: str) -> None:
    """No interval is made of what is no number; the first offender is named."""
    with pytest.raises(ResultsError, match=words):
        paired_difference(base, what_if)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0, math.nan])
def test_a_level_is_between_0_and_1(level: float) -> None:
    """A level of 95 instead of 0.95 is refused."""
    with pytest.raises(ResultsError, match=r"such as 0\.95"):
        mean_interval([1.0, 2.0], level)


def test_flows_add_up_and_the_rest_is_averaged() -> None:
    """In the final year money and people who come and go are sums, all else means over its weeks."""
    table = weekly(weeks=80, replications=3)
    found = by_indicator(final_year(table))
    last = table.filter(pc.field("week") >= 28)

    for name in ("profit", "engagement", "messages_positive"):
        values = last.column(name).to_numpy().reshape(3, 52)
        expected = values.sum(axis=1) if name in FLOWS else values.mean(axis=1)
        np.testing.assert_allclose(expected, found[name], rtol=1e-12)


def test_rows_are_told_apart_by_scenario_and_replication() -> None:
    """The order of rows does not count; scenarios stay in order of appearance, replications ascend."""
    table = pa.concat_tables([weekly("b", weeks=60, replications=2, seed=3), weekly("a", weeks=55, replications=3)])
    found = final_year(table)
    order = np.random.default_rng(0).permutation(np.arange(1, table.num_rows))
    mixed = final_year(table.take(np.concatenate(([0], order))))

    assert [("b", 0), ("b", 1), ("a", 0), ("a", 1), ("a", 2)] == list(
        dict.fromkeys(zip(found.column("scenario").to_pylist(), found.column("replication").to_pylist(), strict=True))
    )
    assert found.equals(mixed)
    alone = final_year(weekly("a", weeks=55, replications=3))
    assert alone.equals(found.filter(pc.field("scenario") == "a").combine_chunks())


def small(**columns: list[float]) -> pa.Table:
    """A table of one scenario and one replication."""
    weeks = len(next(iter(columns.values())))
    return pa.table({"scenario": ["x"] * weeks, "replication": [0] * weeks, "week": range(weeks), **columns})


def test_weeks_without_a_value_do_not_count() -> None:
    """Recovery is averaged over the weeks in which something failed; none at all gives no number."""
    table = small(recovery_quality=[0.2, math.nan, 0.6], voice_rate=[math.nan] * 3, knowledge=[0.1, math.nan, 0.3])
    found = by_indicator(final_year(table))

    assert math.isclose(0.4, found["recovery_quality"][0])
    assert math.isnan(found["voice_rate"][0])
    assert math.isnan(found["knowledge"][0])
    assert "knowledge" not in MAY_BE_ABSENT


def test_short_and_sparse_tables() -> None:
    """A short run counts whole; where every fourth week was kept, a year's flow is still a year's."""
    whole = weekly(weeks=104, replications=2)
    sparse = whole.filter(pa.array(whole.column("week").to_numpy() % 4 == 3))

    assert 30.0 == by_indicator(final_year(small(revenue=[10.0] * 3)))["revenue"][0]
    np.testing.assert_allclose(
        by_indicator(final_year(whole))["revenue"], by_indicator(final_year(sparse))["revenue"], rtol=0.02
    )


@pytest.mark.parametrize(("weeks", "every"), [(52, 4), (10, 4), (53, 13), (10, 10)])
def test_a_short_run_of_which_few_weeks_are_kept_counts_whole(weeks: int, every: int) -> None:
    """Its first weeks are not kept, and a year's flow is a year's all the same."""
    kept = list(range((weeks - 1) % every + 1, weeks + 1, every))
    count = len(kept)
    table = pa.table({"scenario": ["x"] * count, "replication": [0] * count, "week": kept, "revenue": [10.0] * count})

    assert 10.0 * min(52, weeks) == by_indicator(final_year(table))["revenue"][0]


@pytest.mark.parametrize("table", [pa.table({"x": [1]}), weekly().slice(0, 0)])
def test_what_is_no_weekly_table_is_said(table: pa.Table) -> None:
    """A table without weeks is one clear sentence."""
    with pytest.raises(ResultsError, match="no weekly table"):
        final_year(table)
