"""Experiments that grow: what is there keeps its number, what is new follows."""

from pathlib import Path

import pyarrow as pa
import pytest

from experiments.designs.design import points
from experiments.designs.experiment import Experiment
from experiments.designs.extending import extended
from scenarios.errors import Mistake
from tests.experiment_forms import TWO, experiment
from tests.test_design_file import listed


def grown(before: Experiment, after: Experiment) -> pa.Table:
    """Old and new cells together."""
    old = points(before)
    return pa.concat_tables([old, extended(old, after)])


@pytest.mark.parametrize(
    ("kind", "few", "more"), [("sobol", 5, 12), ("sobol", 8, 16), ("saltelli", 4, 8), ("morris", 3, 7)]
)
@pytest.mark.parametrize("seed", range(5))
def test_more_points_follow_the_old_ones(kind: str, few: int, more: int, seed: int) -> None:
    """The grown design is the larger one, cell by cell, also where whole numbers make points alike."""
    factors = {**TWO, "organisation.leaders": {"low": 1, "high": 3}}
    before, after = (experiment(kind, factors, points=count, seed=seed) for count in (few, more))

    assert grown(before, after).equals(points(after))


def test_more_replications_need_no_new_cells() -> None:
    """Of any design, a Latin hypercube too."""
    found = extended(points(experiment()), experiment())

    assert 0 == found.num_rows
    assert points(experiment()).schema == found.schema


def test_a_grid_grows_by_values() -> None:
    """Old cells keep their numbers though the larger grid would count otherwise."""
    before = experiment("grid", {"customers.active": {"values": [100, 300]}, "market.contacts": {"values": [4, 8]}})
    after = experiment("grid", {"customers.active": {"values": [100, 200, 300]}, "market.contacts": {"values": [4, 8]}})
    found = grown(before, after)

    assert points(before).equals(found.slice(0, 4))
    assert [(4, 200, 4), (5, 200, 8)] == [tuple(row.values()) for row in found.slice(4).to_pylist()]


def test_a_table_grows_by_rows(tmp_path: Path) -> None:
    """Wherever they stand in it; a row that stands twice is two cells."""
    before = listed(tmp_path, "customers.active\n100\n300\n")
    after = listed(tmp_path, "customers.active\n200\n100\n300\n300\n", "more.csv")

    assert [(0, 100), (1, 300), (2, 200), (3, 300)] == [tuple(row.values()) for row in grown(before, after).to_pylist()]


def test_a_latin_hypercube_cannot_grow() -> None:
    """And what can is said."""
    with pytest.raises(Mistake, match=r"a Latin hypercube of another size.*Allowed: replications of any design"):
        extended(points(experiment(points=8)), experiment(points=16))


@pytest.mark.parametrize("kind", ["sobol", "saltelli", "morris"])
def test_nothing_is_left_out(kind: str) -> None:
    """Fewer points, or those of another seed, are no extension."""
    with pytest.raises(Mistake, match=r"leaves out \d+ of the \d+ cells that are there already"):
        extended(points(experiment(kind, points=8)), experiment(kind, points=4))
    with pytest.raises(Mistake, match="leaves out"):
        extended(points(experiment(kind, points=8)), experiment(kind, points=16, seed=4))


def test_factors_stay() -> None:
    """A new or missing one makes another experiment."""
    one = {"building_blocks.leadership": TWO["building_blocks.leadership"]}

    with pytest.raises(Mistake, match=r"'organisation\.employees' is new"):
        extended(points(experiment("sobol", one)), experiment("sobol"))
    with pytest.raises(Mistake, match=r"'organisation\.employees' is gone"):
        extended(points(experiment("sobol")), experiment("sobol", one))
