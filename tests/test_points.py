"""The points of a folder: their final year is the house's, however many there are, and samples are honest."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from results.errors import ResultsError
from results.final_years import final_years
from results.folders.run import read_run, write_run
from results.points import MOST_VALUES, Axis, Points, groups, points_of, within
from tests import sweeps


def numbers(count: int) -> Points:
    """So many points in a row, with an indicator that is their number."""
    along = np.arange(count)
    return Points(along, {"factor": along.tolist()}, {"loyalty": along.astype(float)}, np.ones(count, int))


def test_the_final_year_is_that_of_the_whole_house(tmp_path: Path) -> None:
    """The sum of a flow and the mean of a level, as `final_years` says, over the worlds of each cell."""
    store = sweeps.fill(sweeps.sweep(tmp_path / "s"), failed=[3])
    points = points_of(store)
    runs = final_years(store.weekly(), ["loyalty"])
    cell, loyalty = runs.column("cell").to_numpy(), runs.column("loyalty").to_numpy()

    assert [one for one in range(10) if one != 3] == points.numbers.tolist()
    expected = [loyalty[cell == one].mean() for one in points.numbers]
    np.testing.assert_allclose(points.levels["loyalty"], expected, rtol=1e-12)
    assert {2} == set(points.worlds.tolist())
    assert [one / 64 for one in points.numbers] == points.factors["building_blocks.leadership"]


def test_a_run_of_a_year_of_which_few_weeks_are_kept_is_a_year(tmp_path: Path) -> None:
    """Also where its first weeks are not among them."""
    weeks = np.arange(4, 53, 4)
    table = pa.table({"scenario": ["x"] * 13, "replication": [0] * 13, "week": weeks, "profit": [10.0] * 13})
    run = read_run(write_run(tmp_path / "run", {"weekly": table}, {"scenario": {}}))

    assert [520.0] == points_of(run).levels["profit"].tolist() == final_years(table, ["profit"])["profit"].to_pylist()


def test_a_sweep_that_has_not_got_anywhere_has_no_points(tmp_path: Path) -> None:
    """That is said, not shown as nothing."""
    with pytest.raises(ResultsError, match="No run is finished"):
        points_of(sweeps.sweep(tmp_path / "s"))


def test_a_sample_is_of_all_points_alike_and_the_same_each_time() -> None:
    """Of 100,000, 2,000; their mean is that of all within what chance does."""
    places = numbers(100_000).sample(2_000)

    assert 2_000 == len(set(places.tolist()))
    assert places.tolist() == numbers(100_000).sample(2_000).tolist()
    assert abs(places.mean() - 50_000) < 4 * 28_868 / 2_000**0.5
    assert list(range(5)) == numbers(5).sample(2_000).tolist()


def test_groups_are_values_where_they_are_few_and_pieces_where_they_are_many() -> None:
    """Together they hold every point once."""
    few, many = Axis("f", np.arange(80.0) % MOST_VALUES, ()), Axis("f", np.arange(100.0), ())

    assert [10] * MOST_VALUES == [one.count for one in groups(few, few.values)]
    assert [20] * 5 == [one.count for one in groups(many, many.values)]
    assert 49.5 == pytest.approx(np.mean([one.spread[2] for one in groups(many, many.values)]))


def test_words_are_groups_by_their_name() -> None:
    """And points without a value of the indicator belong to none."""
    axis = Points(np.arange(3), {"approach": ["a", None, "a"]}, {}, np.ones(3, int)).axis("approach")
    found = groups(axis, np.array([1.0, np.nan, 3.0]))

    assert [("a", 2, 2.0)] == [(one.name, one.count, one.spread[2]) for one in found]


def test_a_rectangle_holds_what_lies_in_it_ends_included() -> None:
    """Of all points, not of those that happen to be shown."""
    axis = numbers(10_000).axis("loyalty")

    assert [10, 11, 12] == within(axis, axis, (10.0, 12.0, 0.0, 99_999.0)).tolist()


def test_an_unknown_axis_is_refused() -> None:
    """A name that comes from a browser is held against those there are."""
    with pytest.raises(ResultsError, match="no 'x; drop"):
        numbers(1).axis("x; drop table")
