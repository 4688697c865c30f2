"""A simulated sample beside a real one: what is inside, outside, of the wrong sign, and what counts."""

from dataclasses import replace
from math import isnan

import numpy as np
import pyarrow as pa
import pytest

from results.errors import ResultsError
from results.surveys.beside import beside
from results.surveys.figure import beside_figure
from results.surveys.real import RealSample, real_samples
from results.surveys.sample import Construct, Sample, Together, sample_of, summarised
from results.surveys.statistics import Variance


def answers(**columns: list[float | None]) -> pa.Table:
    """A table of answers."""
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def sample(r: float, *, mean: float = 5.0, within: float = 0.1, between: float = 0.1) -> Sample:
    """A sample of two constructs a and b, of 100 people in 10 units."""
    divided = Variance(3.0, 1.0, 10, 100, 10.0)
    return Sample(
        "s",
        100,
        10,
        {name: Construct(mean, 1.0, 100, 0.8, divided) for name in "ab"},
        {("a", "b"): Together(r, 100, within, 91, between, 10)},
        {},
    )


def real(one: Sample, *kinds: str, aside: str = "") -> RealSample:
    """The sample as a real one with which these kinds are compared."""
    return RealSample(one, "evidence: somewhere", kinds, frozenset(aside))


def test_a_sample_lies_inside_its_own_intervals() -> None:
    """Whatever is compared, nobody is outside of oneself."""
    for one in real_samples().values():
        found = beside(one.sample, one)
        assert all(figure.inside and not figure.wrong_sign for figure in found.figures)
        assert set(one.compared) == {figure.kind for figure in found.figures}


def test_the_name_of_a_scenario_is_not_broken_in_two() -> None:
    """Whatever stops it holds: what was asked stands on one line, what came out on the next."""
    ecsi = real_samples()["ecsi"]
    drawn = beside_figure(beside(ecsi.sample, ecsi), {}, title="ECSI", scenario="St. Mary's", week=52)

    assert any(text.get_text().startswith("St. Mary's, week 52") for text in drawn.texts)


def test_ecsi_counts_21_correlations_and_shows_more() -> None:
    """Seven constructs make 21 pairs; loyalty without the item on price stands beside them and does not count."""
    ecsi = real_samples()["ecsi"]
    found = beside(ecsi.sample, ecsi)

    assert 21 == found.share(["correlation"]).figures
    assert {"intention"} == {name for f in found.of(["correlation"]) if not f.counted for name in f.of} - {
        name for f in found.of(["correlation"]) if f.counted for name in f.of
    }


def test_outside_and_of_the_wrong_sign_are_told_apart() -> None:
    """Outside is beyond the interval; wrong is the opposite of a real correlation whose sign is beyond doubt."""
    certain, doubtful = real(sample(0.5), "correlation"), real(sample(0.1), "correlation")

    def verdict(r: float, one: RealSample) -> tuple[bool, bool]:
        (figure,) = beside(sample(r), one).figures
        return figure.inside, figure.wrong_sign

    assert (True, False) == verdict(0.4, certain)
    assert (False, False) == verdict(0.1, certain)
    assert (False, True) == verdict(-0.1, certain)
    assert (True, False) == verdict(-0.05, doubtful)
    assert (False, False) == verdict(-0.5, doubtful)
    assert (False, False) == verdict(float("nan"), certain)


def test_each_kind_is_held_against_its_own_numbers() -> None:
    """Within and between units have degrees of freedom of their own; levels and parts have intervals too."""
    found = beside(
        sample(0.3, mean=5.3, within=0.2, between=0.9), real(sample(0.3), "mean", "icc", "within", "between")
    )
    inside = {(figure.kind, *figure.of): figure.inside for figure in found.figures}

    assert not inside["mean", "a"]
    assert inside["icc", "a"]
    assert inside["within", "a", "b"]
    assert not inside["between", "a", "b"]
    widths = {figure.kind: figure.high - figure.low for figure in found.figures}
    assert widths["between"] > 2.0 * widths["within"]


def test_constructs_that_are_shown_beside_do_not_count() -> None:
    """A pair with such a construct is a figure, but not in the share."""
    found = beside(sample(-0.9), real(sample(0.5), "correlation", aside="b"))

    assert (1, 0) == (len(found.figures), found.share(["correlation"]).figures)
    assert isnan(found.share(["correlation"]).part)


def test_pairs_are_found_in_either_order_and_absent_constructs_are_left_out() -> None:
    """Order of constructs is the instrument's affair; what it does not ask is not compared."""
    one = sample(0.5)
    turned = replace(one, correlations={("b", "a"): Together(0.4, 100)})
    alone = Sample("s", 9, 1, {"a": one.constructs["a"]}, {}, {})

    assert [0.4] == [figure.simulated for figure in beside(turned, real(one, "correlation")).figures]
    assert [("a",)] == [figure.of for figure in beside(alone, real(one, "mean", "correlation")).figures]


def test_a_score_is_the_mean_over_the_items_answered() -> None:
    """Who skips an item is scored by the others; who skips all has no score."""
    table = answers(unit=[0, 0, 0], a=[1, 3, None], b=[3, None, None])
    found = summarised("s", table, {"x": ("a", "b")})

    assert (2, 2.5) == (found.constructs["x"].n, found.constructs["x"].mean)
    assert (3, 1) == (found.respondents, found.units)
    assert found.constructs["x"].variance is None


def test_constructs_that_share_an_item_are_not_correlated() -> None:
    """Their correlation would be that of the item with itself."""
    table = answers(unit=[0, 1, 0], a=[1, 3, 2], b=[3, 1, 2], c=[1, 1, 2])
    found = summarised("s", table, {"x": ("a", "b"), "y": ("b",), "z": ("c",)})

    assert (("x", "z"), ("y", "z")) == found.pairs


def test_a_summary_comes_back_from_plain_data() -> None:
    """What is written as JSON or TOML is the same sample again, numbers to seven decimals."""
    luck = np.random.default_rng(1)
    table = answers(unit=[0, 1] * 20, a=luck.random(40).tolist(), b=luck.random(40).tolist())
    found = summarised("s", table, {"x": ("a",), "y": ("b",)})
    again = sample_of(found.as_data())

    assert found.as_data() == again.as_data()
    assert isnan(again.constructs["x"].alpha)
    assert again.correlations["x", "y"].between == pytest.approx(found.correlations["x", "y"].between, abs=1e-7)


@pytest.mark.parametrize("table", [answers(unit=[0], b=[1]), answers(unit=[], a=[])])
def test_what_are_no_answers_is_said(table: pa.Table) -> None:
    """A table without an item's column, or without rows, is no table of answers."""
    with pytest.raises(ResultsError, match="no answers"):
        summarised("s", table, {"x": ("a",)})
