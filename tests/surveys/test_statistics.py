"""What surveys are summarised by, against hand-computed examples, published figures and known synthetic data."""

from math import inf, isnan, nan

import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom

from results.surveys.real import real_samples
from results.surveys.statistics import (
    Variance,
    alpha,
    between_units,
    correlation,
    correlation_interval,
    icc_interval,
    net_score,
    spread_interval,
    variance,
    within_units,
)

FALSE_ALARM = 1e-4
"""How often a correct program fails one of the statistical tests below."""


def column(*values: float) -> npt.NDArray[np.float64]:
    """Values as a column."""
    return np.array(values, dtype="f8")


def test_alpha_of_a_worked_example() -> None:
    """Three people, two items: item variances 1 and 1, variance of sums 3, so alpha = 2 (1 - 2/3)."""
    assert 2.0 / 3.0 == pytest.approx(alpha(np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0]])))


def test_alpha_leaves_out_who_skipped_an_item_and_is_nan_where_it_says_nothing() -> None:
    """One who skipped an item does not count; a single item, one person, or no variance has no alpha."""
    answers = np.array([[1.0, 1.0], [2.0, 3.0], [3.0, 2.0], [9.0, nan]])
    assert 2.0 / 3.0 == pytest.approx(alpha(answers))
    assert all(isnan(alpha(one)) for one in (answers[:, :1], answers[:1], np.ones((5, 2))))


def test_icc_of_a_worked_example() -> None:
    """Units 1-3, 4-6, 7-9: mean squares 27 and 1, three a unit: ICC(1) = 26/29; its interval holds it."""
    found = variance(column(1, 2, 3, 4, 5, 6, 7, 8, 9), np.repeat([0, 1, 2], 3))
    low, high = icc_interval(found)

    assert (27.0, 1.0, 3, 9, 3.0) == pytest.approx(
        (found.between, found.within, found.units, found.answers, found.size)
    )
    assert 26.0 / 29.0 == pytest.approx(found.icc)
    assert 0.3 < low < found.icc < high < 1.0


def test_icc_of_units_that_are_more_alike_than_chance_is_negative() -> None:
    """Where unit means are the same, ICC(1) is -1/(k - 1)."""
    assert pytest.approx(-1.0) == variance(column(1, 3, 1, 3), np.array([0, 0, 1, 1])).icc


def test_within_and_between_of_a_worked_example() -> None:
    """Within units the two go together, between them they go apart, and over all it depends."""
    units = np.array([7, 7, 7, 9, 9, 9, 4, 4, 4])
    x = column(1, 2, 3, 4, 5, 6, 7, 8, 9)
    y = column(7, 8, 9, 4, 5, 6, 1, 2, 3)

    assert (1.0, 7) == pytest.approx(within_units(x, y, units))
    assert (-1.0, 3) == pytest.approx(between_units(x, y, units))
    assert pytest.approx(-0.8) == correlation(x, y)[0]


def test_missing_answers_count_for_nobody() -> None:
    """A pair with a missing half plays no part, nor does a unit in which there is none."""
    units = np.array([0, 0, 1, 1, 2])
    x, y = column(1, 2, 3, 5, nan), column(2, 1, 5, 3, 9)

    assert correlation(x[:4], y[:4]) == correlation(x, y)
    assert within_units(x[:4], y[:4], units[:4]) == within_units(x, y, units)
    assert between_units(x[:4], y[:4], units[:4]) == between_units(x, y, units)


def test_fishers_interval_of_a_worked_example() -> None:
    """Of 103 pairs .5: z = .5493 with standard error .1, so .3393 to .6324 (tanh of .3533 and .7453)."""
    low, high = correlation_interval(0.5, 103)
    assert (0.3393, 0.6324) == pytest.approx((low, high), abs=5e-4)
    assert (-1.0, 1.0) == correlation_interval(0.5, 3)
    assert (1.0, 1.0) == correlation_interval(1.0, 50)
    assert (1.0 + 1e-15,) * 2 == correlation_interval(1.0 + 1e-15, 50), "a perfect one, but for rounding"
    assert (-1.0, 1.0) == correlation_interval(nan, 50)


def test_intervals_cover_what_they_are_intervals_of() -> None:
    """Fisher's, the chi-square and the F interval hold the truth in 95 of 100 samples: binomial, false alarm 1e-4."""
    luck = np.random.default_rng(5)
    units, size, icc, r, samples = 40, 10, 0.2, 0.4, 600
    held = np.zeros(3, dtype=int)
    codes = np.repeat(np.arange(units), size)
    for _ in range(samples):
        shared = np.sqrt(icc) * luck.standard_normal(units)
        values = shared[codes] + np.sqrt(1.0 - icc) * luck.standard_normal(units * size)
        low, high = icc_interval(variance(values, codes))
        x = luck.standard_normal(60)
        y = r * x + np.sqrt(1.0 - r * r) * luck.standard_normal(60)
        bounds = correlation_interval(correlation(x, y)[0], 60)
        spread = spread_interval(float(y.std(ddof=1)), 60)
        held += [low <= icc <= high, bounds[0] <= r <= bounds[1], spread[0] <= 1.0 <= spread[1]]

    least, most = binom.ppf([FALSE_ALARM / 6, 1.0 - FALSE_ALARM / 6], samples, 0.95)
    assert ((least <= held) & (held <= most)).all(), held / samples


def test_within_and_between_are_found_in_data_made_so() -> None:
    """Correlations of .3 within and -.6 between 300 large units come out, within intervals of false alarm 1e-4."""
    luck = np.random.default_rng(8)
    codes = np.repeat(np.arange(300), 60)
    firm = luck.multivariate_normal([0, 0], [[1, -0.6], [-0.6, 1]], 300)
    own = luck.multivariate_normal([0, 0], [[1, 0.3], [0.3, 1]], len(codes))
    x, y = (4.0 * firm[codes] + own).T

    for (found, n), truth in ((within_units(x, y, codes), 0.3), (between_units(x, y, codes), -0.6)):
        low, high = correlation_interval(found, n, 1.0 - FALSE_ALARM / 2)
        assert low < truth < high


def test_what_cannot_be_known_has_no_interval() -> None:
    """One answer says nothing of a spread, one unit nothing of a part between units."""
    assert (0.0, inf) == spread_interval(1.0, 1)
    assert (-1.0, 1.0) == icc_interval(Variance(nan, nan, 1, 9, 9.0))
    assert isnan(variance(column(1, 2, 3), np.array([0, 0, 0])).icc)


def test_net_score_of_a_worked_example() -> None:
    """Two of five give 9 or 10, one gives 6 or less: +20; who did not answer does not count."""
    assert 20.0 == pytest.approx(net_score(column(9, 10, 8, 7, 6, nan)))
    assert isnan(net_score(column(nan)))


def test_real_samples_are_the_published_ones() -> None:
    """Figures that were computed from the raw files elsewhere, to the decimals with which they are known."""
    ecsi, military = (real_samples()[name].sample for name in ("ecsi", "bliese_halverson"))
    known = {
        ("expectation", "satisfaction"): 0.50,
        ("quality", "satisfaction"): 0.79,
        ("value", "satisfaction"): 0.59,
        ("satisfaction", "image"): 0.67,
        ("satisfaction", "complaint"): 0.53,
        ("satisfaction", "loyalty"): 0.56,
        ("expectation", "quality"): 0.55,
        ("quality", "loyalty"): 0.44,
        ("complaint", "loyalty"): 0.37,
    }
    assert known == {pair: round(ecsi.correlations[pair].r, 2) for pair in known}
    assert [0.127, 0.133, 0.044, 0.043] == [
        round(one.variance.icc, 3) for one in military.constructs.values() if one.variance
    ]
    together = military.correlations[("leadership", "well_being")]
    assert (0.42, 0.61) == (round(together.within or 0.0, 2), round(together.between or 0.0, 2))
    assert (250, 7382, 99) == (ecsi.respondents, military.respondents, military.units)
