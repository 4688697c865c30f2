"""Relations within groups, against known numbers and against other ways to the same figure."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from results.effect_sizes.gram import correlations, gram, weights
from results.effect_sizes.within import (
    bootstrapped,
    correlation,
    partial,
    quartile_change,
    quartile_levels,
    slope,
    within,
)

Numbers = npt.NDArray[np.float64]
Groups = npt.NDArray[np.int64]


def sample(seed: int, count: int = 60, firms: int = 5) -> tuple[Numbers, Numbers, Numbers, Groups]:
    """Three related things measured on units of some firms that differ in level."""
    luck = np.random.default_rng(seed)
    groups = np.arange(count) % firms
    levels = 5.0 * luck.standard_normal((3, firms))[:, groups]
    x, y, z = levels + luck.multivariate_normal(np.zeros(3), [[1, 0.5, 0.4], [0.5, 1, 0.6], [0.4, 0.6, 1]], count).T
    return x, y, z, groups


def test_firms_that_differ_in_level_do_not_count() -> None:
    """Between firms both rise together; within each, one falls as the other rises: the correlation is -1."""
    groups = np.repeat([0, 1, 2], 3)
    x = np.array([1.0, 2.0, 3.0, 11.0, 12.0, 13.0, 21.0, 22.0, 23.0])
    y = np.array([3.0, 2.0, 1.0, 13.0, 12.0, 11.0, 23.0, 22.0, 21.0])

    assert np.corrcoef(x, y)[0, 1] > 0.98
    assert pytest.approx(-1.0) == correlation(x, y, groups).mean


def test_correlation_within_firms_is_the_partial_one() -> None:
    """The same as that of residuals of a regression on a dummy for each firm, with its degrees of freedom."""
    x, y, _, groups = sample(1)
    dummies = (groups[:, None] == np.arange(5)).astype("f8")
    residuals = [values - dummies @ np.linalg.lstsq(dummies, values, rcond=None)[0] for values in (x, y)]
    expected = float(np.corrcoef(residuals)[0, 1])
    half = 1.959964 / np.sqrt(60 - 5 - 2)

    found = correlation(x, y, groups)

    assert pytest.approx(expected) == found.mean
    assert pytest.approx((np.tanh(np.arctanh(expected) - half), np.tanh(np.arctanh(expected) + half))) == (
        found.low,
        found.high,
    )


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """In 400 samples from a population with a correlation of .5 the 95 % interval holds it, give or take luck."""
    held = sum(
        (found := correlation(x, y, groups)).low <= 0.5 <= found.high for x, y, _, groups in map(sample, range(400))
    )

    assert stats.binom.cdf(held, 400, 0.95) > 0.001
    assert stats.binom.sf(held - 1, 400, 0.95) > 0.001


@given(st.integers(0, 1000), st.lists(st.floats(-100, 100), min_size=5, max_size=5))
def test_nothing_within_firms_hangs_on_their_level(seed: int, shifts: list[float]) -> None:
    """Correlation, slope and partial correlation stay when all units of a firm have more of something."""
    x, y, z, groups = sample(seed)
    shifted = x + np.array(shifts)[groups]

    assert pytest.approx(correlation(x, y, groups).mean, abs=1e-6) == correlation(shifted, y, groups).mean
    assert pytest.approx(slope(x, y, groups), abs=1e-6) == slope(shifted, y, groups)
    assert pytest.approx(partial(x, y, z, groups), abs=1e-6) == partial(shifted, y, z, groups)


def test_partial_correlation_is_that_of_residuals() -> None:
    """What is left of both once the third is taken out of them."""
    x, y, z, groups = sample(2)
    one, other, given_ = (within(values, groups) for values in (x, y, z))
    left = [values - given_ * float(values @ given_) / float(given_ @ given_) for values in (one, other)]

    assert pytest.approx(stats.pearsonr(left[0], left[1]).statistic) == partial(x, y, z, groups)


def test_quarters_are_ranked_and_compared_within_firms() -> None:
    """Eight units of one firm: the two least against the two most engaged, 11 against 21."""
    by, of = np.arange(8.0), np.array([10.0, 12.0, 1.0, 1.0, 1.0, 1.0, 20.0, 22.0])
    one = np.zeros(8, dtype=np.int64)

    assert (11.0, 21.0) == quartile_levels(by, of, one)
    assert pytest.approx(21.0 / 11.0 - 1.0) == quartile_change(by, of, one)


def test_another_firm_with_the_same_units_on_a_higher_level_changes_no_rank() -> None:
    """Units are ranked by how far they are from their own firm's mean."""
    by, of = np.arange(8.0), np.array([10.0, 12.0, 1.0, 1.0, 1.0, 1.0, 20.0, 22.0])
    groups = np.repeat([0, 1], 8)

    assert pytest.approx((11.0, 21.0)) == quartile_levels(np.append(by, by + 100.0), np.append(of, of), groups)


def test_a_ratio_to_a_loss_is_none() -> None:
    """Where the bottom quarter is below 0, by how much more the top has of it cannot be said."""
    by, of = np.arange(8.0), np.array([-2.0, -2.0, 0.0, 0.0, 0.0, 0.0, 4.0, 4.0])

    assert np.isnan(quartile_change(by, of, np.zeros(8, dtype=np.int64)))


def test_sums_of_units_give_the_correlations_of_all_their_people() -> None:
    """Within units, and within firms, as if all individuals lay in one table; who lacks a figure does not count."""
    luck = np.random.default_rng(3)
    people = [luck.standard_normal((20 + unit, 2)) + unit for unit in range(6)]
    people[0][0, 1] = np.nan
    firms = np.array([0, 1, 0, 1, 0, 1])
    grams = np.array([gram([one[:, 0], one[:, 1]]) for one in people])
    whole = [one[np.isfinite(one).all(axis=1)] for one in people]
    centred = np.concatenate([one - one.mean(axis=0) for one in whole])
    of_firm = [
        np.concatenate([one for one, firm in zip(whole, firms, strict=True) if firm == number]) for number in (0, 1)
    ]
    centred_by_firm = np.concatenate([one - one.mean(axis=0) for one in of_firm])

    for expected, groups in ((centred, np.arange(6)), (centred_by_firm, firms)):
        x, y = expected.T
        assert pytest.approx(stats.pearsonr(x, y).statistic) == correlations(grams, groups)[0, 1]


def test_weights_are_those_of_a_regression_on_standard_scores() -> None:
    """Of y on x and z, all standardised."""
    x, y, z, _ = sample(4)
    one = np.array([gram([y, x, z])])
    scores = [(values - values.mean()) / values.std() for values in (x, z)]
    expected = np.linalg.lstsq(np.column_stack(scores), (y - y.mean()) / y.std(), rcond=None)[0]

    assert pytest.approx(expected) == weights(one, np.zeros(1, dtype=np.int64))


def test_drawing_units_anew_gives_the_interval_of_a_mean() -> None:
    """Nearly that of theory, the same at each call, and none where there is nothing to draw from."""
    values = np.random.default_rng(5).standard_normal(400)
    one = np.zeros(400, dtype=np.int64)

    found = bootstrapped(lambda drawn: float(values[drawn].mean()), one)

    assert values.mean() == found.mean
    assert pytest.approx(1.96 * values.std() / 20.0, rel=0.12) == (found.high - found.low) / 2.0
    assert found == bootstrapped(lambda drawn: float(values[drawn].mean()), one)
    assert np.isinf(bootstrapped(lambda drawn: float(values[drawn].mean()), np.arange(4)).high)
