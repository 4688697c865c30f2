"""Designs: how many cells there are, where they lie, and what their theory promises."""

from math import prod
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.designs import sampling
from experiments.designs.design import check_runs, points, size, units
from experiments.designs.experiment import experiment_of
from experiments.designs.factors import Factor, present_value, scenario_of
from scenarios.errors import Mistake
from scenarios.loading import load
from tests.experiment_forms import TWO, data_of, experiment

SEEDS = st.integers(0, 2**63 - 1)
EVERY_KIND = {
    "grid": {"levels": 3},
    "latin_hypercube": {"points": 12},
    "sobol": {"points": 12},
    "saltelli": {"points": 4},
    "morris": {"points": 5},
    "one_at_a_time": {"levels": 3},
}
ALL_SORTS: dict[str, dict[str, Any]] = {
    "building_blocks.leadership": {"low": 0.1, "high": 0.9},
    "organisation.employees": {"low": 20, "high": 40},
    "customers.active": {"low": 100, "high": 10_000, "scale": "log"},
    "organisation.elastic_staffing": {"values": [True, False]},
    "organisation.value_proposition": {"values": ["balanced", "customer_intimacy"]},
    "market.promise": {"values": [0, 0.1]},
}


@pytest.mark.parametrize("kind", EVERY_KIND)
@settings(max_examples=8)
@given(seed=SEEDS)
def test_cells_are_numbered_and_their_values_allowed(kind: str, seed: int) -> None:
    """As many as told beforehand; each value in its range or list, or the scenario's own, and of its type."""
    found = experiment(kind, ALL_SORTS, seed=seed, **EVERY_KIND[kind])
    table = points(found)

    assert ["cell", *ALL_SORTS] == table.column_names
    assert list(range(size(found))) == table.column("cell").to_pylist()
    assert [pa.float64(), pa.int64(), pa.int64(), pa.bool_(), pa.string(), pa.float64()] == table.schema.types[1:]
    for path, form in ALL_SORTS.items():
        values: set[Any] = set(table.column(path).to_pylist()) - {present_value(found.base, path)}
        assert all(
            value in form["values"] if "values" in form else form["low"] <= value <= form["high"] for value in values
        )
    for row in (0, table.num_rows // 2, table.num_rows - 1):
        scenario_of(found.base, {path: table.column(path)[row].as_py() for path in ALL_SORTS})


@given(seed=SEEDS, count=st.integers(1, 200), factors=st.integers(1, 6))
def test_a_latin_hypercube_has_one_point_in_each_slice(seed: int, count: int, factors: int) -> None:
    """Of every axis [McKay, Beckman & Conover 1979]."""
    slices = np.floor(sampling.latin_hypercube(count, factors, seed) * count)

    assert all(set(range(count)) == set(slices[:, axis]) for axis in range(factors))


@given(seed=SEEDS, few=st.integers(1, 100), more=st.integers(0, 100), factors=st.integers(1, 6))
def test_a_longer_sobol_sequence_begins_with_the_shorter(seed: int, few: int, more: int, factors: int) -> None:
    """So that a sweep can grow."""
    long = sampling.sobol(few + more, factors, seed)

    assert np.array_equal(sampling.sobol(few, factors, seed), long[:few])


@given(seed=SEEDS, exponent=st.integers(1, 8))
def test_a_sobol_sequence_is_balanced(seed: int, exponent: int) -> None:
    """Of 2^k points, each of 2^k equal slices of every axis holds one."""
    count = 2**exponent
    slices = np.floor(sampling.sobol(count, 3, seed) * count)

    assert all(count == len(set(slices[:, axis])) for axis in range(3))


@given(seed=SEEDS, exponent=st.integers(1, 5), factors=st.integers(1, 5))
def test_saltelli_changes_one_coordinate_at_a_time(seed: int, exponent: int, factors: int) -> None:
    """Each block: a row of A, one of B, and for each factor A's row with that coordinate from B's."""
    blocks = sampling.saltelli(2**exponent, factors, seed).reshape(-1, factors + 2, factors)

    a, b = blocks[:, 0], blocks[:, 1]
    assert np.array_equal(np.hstack((a, b)), sampling.sobol(2**exponent, 2 * factors, seed))
    for factor in range(factors):
        for other in range(factors):
            assert np.array_equal(blocks[:, 2 + factor, other], (b if other == factor else a)[:, other])


@given(seed=SEEDS, trajectories=st.integers(2, 12), factors=st.integers(1, 6), levels=st.sampled_from([2, 4, 6, 8]))
def test_morris_steps_each_factor_once_in_each_trajectory(
    seed: int, trajectories: int, factors: int, levels: int
) -> None:
    """Neighbours differ in one coordinate by delta = levels / (2 (levels - 1)) [Morris 1991]."""
    paths = sampling.morris(trajectories, factors, levels, seed).reshape(trajectories, factors + 1, factors)
    steps = np.abs(np.diff(paths, axis=1))

    assert np.allclose(levels / (2 * (levels - 1)), steps.sum(axis=(2)))
    assert np.array_equal(np.ones((trajectories, factors)), (steps > 0).sum(axis=1))
    assert ((paths >= 0) & (paths <= 1)).all()


@given(seed=SEEDS, low=st.integers(1, 50), span=st.integers(1, 50), levels=st.sampled_from([2, 4, 6]))
def test_a_step_of_morris_always_changes_the_value(seed: int, low: int, span: int, levels: int) -> None:
    """Also where there are fewer whole numbers or words than levels: else the step would tell nothing."""
    for factor in (Factor("a", "whole", low, low + span), Factor("a", "text", values=("x", "y", "z"))):
        trajectories = sampling.morris(4, 1, levels, seed).reshape(-1, 2)
        before, after = (factor.at(trajectories[:, place]).to_pylist() for place in (0, 1))

        assert all(one != other for one, other in zip(before, after, strict=True))


@settings(max_examples=15)
@given(
    st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=4, unique=True), min_size=1, max_size=3),
    st.integers(2, 4),
)
def test_a_grid_is_the_product_of_its_values(lists: list[list[int]], levels: int) -> None:
    """Every combination once; a range gives its levels, ends included."""
    paths = ["customers.active", "customers.prospects", "market.contacts"]
    factors = dict(zip(paths, ({"values": values} for values in lists), strict=False))
    found = experiment("grid", {**factors, "building_blocks.culture": {"low": 0.2, "high": 0.8, "levels": levels}})
    rows = list(zip(*(points(found).column(path).to_pylist() for path in found.form.factors), strict=True))

    assert prod(map(len, lists)) * levels == len(rows) == len(set(rows)) == size(found)
    assert (0.2, 0.8) == (rows[0][-1], rows[-1][-1])


def test_the_levels_of_a_range_are_plain_numbers() -> None:
    """0.3, not 0.30000000000000004: people read them, and growing designs compare them."""
    assert [0.1, 0.3, 0.5, 0.7, 0.9] == Factor("a", "real", 0.1, 0.9).steps(5)
    assert [1.0, 10.0, 100.0] == Factor("a", "real", 1.0, 100.0, is_log=True).steps(3)
    assert [1, 2, 3] == Factor("a", "whole", 1.0, 3.0).steps(5)


@given(st.floats(0, 1), st.integers(1, 1000), st.integers(0, 1000), st.booleans())
def test_whole_numbers_stay_in_their_range(unit: float, low: int, span: int, is_log: bool) -> None:  # noqa: FBT001
    """At every place of it, on both scales."""
    found = Factor("a", "whole", low, low + span, is_log).at(np.array([unit]))[0].as_py()

    assert low <= found <= low + span


def test_whole_numbers_share_the_range_evenly() -> None:
    """The ends are no rarer than what lies between."""
    found = Factor("a", "whole", 1, 4).at((np.arange(4000) + 0.5) / 4000).to_numpy()

    assert [1000] * 4 == np.bincount(found)[1:].tolist()


def test_one_at_a_time_departs_from_the_scenario() -> None:
    """First the scenario as it is, then each factor at each other value while the rest stays."""
    base = load("hotel")
    found = points(experiment("one_at_a_time", TWO)).to_pylist()
    staff = base.organisation.employees

    assert 5 == len(found)
    assert [staff, staff, staff, 20, 40] == [row["organisation.employees"] for row in found]
    assert [0.1, 0.9] == [row["building_blocks.leadership"] for row in found[1:3]]
    assert 1 == len({row["building_blocks.leadership"] for row in (found[0], found[3], found[4])})


def test_a_value_that_the_scenario_has_is_not_lived_twice() -> None:
    """The first cell has it already."""
    staff = load("hotel").organisation.employees
    found = experiment("one_at_a_time", {"organisation.employees": {"values": [staff, staff + 1]}})

    assert 2 == size(found) == points(found).num_rows


def test_the_luck_of_the_design_follows_the_seed() -> None:
    """The experiment's, or its own; seed 0 is as good as any."""
    for kind in ("latin_hypercube", "sobol", "saltelli", "morris"):
        one, other = (units(experiment(kind, seed=seed)) for seed in (0, 1))

        assert not np.array_equal(one, other)
        assert np.array_equal(one, units(experiment(kind, seed=0)))
        assert np.array_equal(one, units(experiment(kind, {**TWO}, **EVERY_KIND[kind] | {"points": 8}, seed=0)))


def test_a_design_may_have_a_seed_of_its_own() -> None:
    """Other worlds at the same points."""
    same = [points(experiment_of(data_of("sobol") | {"seed": s, "design": design})) for s in (1, 2) for design in OWN]

    assert same[0].equals(same[1])


OWN = ({"kind": "sobol", "points": 8, "seed": 5},)


def test_a_thousand_million_cells_are_told_at_once() -> None:
    """Their number is known without making them, and one more word is asked for."""
    blocks = ("understanding", "strategy", "leadership", "culture", "design", "engagement", "operations")
    factors = {f"building_blocks.{block}": {"low": 0.1, "high": 0.9} for block in blocks}
    huge = experiment("grid", factors, levels=20)

    assert 20**7 == size(huge)
    with pytest.raises(Mistake, match=r"1,280,000,000 cells x 2 replications = 2,560,000,000 runs.*--yes"):
        check_runs(huge, agreed=False)
    check_runs(huge, agreed=True)
    with pytest.raises(Mistake, match="does not fit into memory"):
        points(huge)


def test_a_usual_experiment_is_not_asked_about() -> None:
    """No question without need."""
    check_runs(experiment(), agreed=False)


def test_nothing_stands_for_the_scenario_itself() -> None:
    """A null leaves the key alone."""
    base = load("hotel")

    assert base == scenario_of(base, {"building_blocks.leadership": None})
    assert 7 == scenario_of(base, {"organisation.leaders": 7, "organisation.employees": None}).organisation.leaders


def test_a_scenario_among_others_is_the_one_that_is_changed() -> None:
    """The factor `scenario` comes first, the rest is laid over it."""
    others = {"hotel": load("hotel"), "municipality": load("municipality")}
    found = scenario_of(others["hotel"], {"organisation.employees": 77, "scenario": "municipality"}, others)

    assert ("municipality", 77) == (found.name, found.organisation.employees)
