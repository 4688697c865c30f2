"""Shares of a whole are fair by Shapley's axioms, and add up; synergy is what a pair brings beyond its two."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.explanation.shapley import (
    Values,
    all_coalitions,
    bare_synergies,
    coalitions_of,
    exact_shares,
    orders,
    shares,
    synergies,
)

PLAYERS = ("a", "b", "c", "d")

numbers = st.lists(st.floats(-100, 100), min_size=2, max_size=2)
games = st.fixed_dictionaries({coalition: numbers.map(np.array) for coalition in all_coalitions(PLAYERS)})


def whole(values: Values) -> object:
    """What all bring together beyond none."""
    return pytest.approx(values[frozenset(PLAYERS)] - values[frozenset()], abs=1e-9)


@given(games)
def test_exact_shares_add_up_and_are_the_mean_over_all_orders(values: Values) -> None:
    """Efficiency, and Shapley's own definition."""
    found = exact_shares(values, PLAYERS)
    by_order = shares(values, list(permutations(PLAYERS)))

    assert whole(values) == sum(found.values())
    assert all(pytest.approx(by_order[player], abs=1e-9) == found[player] for player in PLAYERS)


@given(games, st.integers(1, 9), st.integers(0, 99))
def test_shares_over_some_orders_add_up_too(values: Values, number: int, seed: int) -> None:
    """Whatever the orders, nothing is lost and nothing is counted twice."""
    assert whole(values) == sum(shares(values, orders(PLAYERS, number, seed)).values())


@given(games)
def test_who_adds_nothing_gets_nothing_and_equals_get_equal(values: Values) -> None:
    """The axioms of the null player and of symmetry."""
    ignoring = {one: values[one - {"d"}] for one in values}
    swapped = {"a": "b", "b": "a"}
    alike = {one: values[one] + values[frozenset(swapped.get(name, name) for name in one)] for one in values}

    assert pytest.approx(np.zeros(2), abs=1e-9) == exact_shares(ignoring, PLAYERS)["d"]
    assert all(
        pytest.approx(np.zeros(2), abs=1e-9) == found
        for pair, found in synergies(ignoring, PLAYERS).items()
        if "d" in pair
    )
    assert exact_shares(alike, PLAYERS)["a"] == pytest.approx(exact_shares(alike, PLAYERS)["b"])


def test_synergy_of_two_that_only_work_together() -> None:
    """Neither brings anything alone, both bring 6 whatever else is done: synergy 6, and 3 for each."""
    values = {one: np.array([6.0 if {"a", "b"} <= one else 0.0]) for one in all_coalitions(PLAYERS)}

    found = {pair: float(value[0]) for pair, value in synergies(values, PLAYERS).items()}
    assert pytest.approx(6.0) == found["a", "b"]
    assert all(pytest.approx(0.0) == value for pair, value in found.items() if pair != ("a", "b"))
    assert pytest.approx(6.0) == float(bare_synergies(values, PLAYERS)["a", "b"][0])
    assert [pytest.approx(3.0), pytest.approx(3.0)] == [float(exact_shares(values, PLAYERS)[one][0]) for one in "ab"]


def test_orders_begin_with_the_chain_and_come_in_pairs() -> None:
    """The given order, its reverse, then random ones with theirs; the same seed gives the same."""
    found = orders(PLAYERS, 6, 1)

    assert [PLAYERS, PLAYERS[::-1]] == found[:2]
    assert all(one[::-1] in found for one in found)
    assert orders(PLAYERS, 6, 1) == found
    assert all(sorted(PLAYERS) == sorted(one) for one in found)


@given(st.integers(1, 8), st.integers(0, 9))
def test_coalitions_met_suffice_for_the_shares(number: int, seed: int) -> None:
    """All that is asked of the worlds is lived, each once, none and all among it."""
    some = orders(PLAYERS, number, seed)
    met = coalitions_of(some)

    assert len(set(met)) == len(met)
    assert {frozenset(), frozenset(PLAYERS)} <= set(met)
    shares({one: np.zeros(1) for one in met}, some)
