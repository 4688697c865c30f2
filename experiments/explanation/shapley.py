"""Sharing a whole effect fairly among the parts that bring it about together: Shapley values and synergy."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from math import comb

import numpy as np
import numpy.typing as npt

Coalition = frozenset[str]
Values = Mapping[Coalition, npt.NDArray[np.float64]]
"""What comes of each coalition: an array of any shape (replications, weeks), the same for all."""


def all_coalitions(players: Sequence[str]) -> list[Coalition]:
    """Every set of these players, from none to all."""
    return [frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size)]


def orders(players: Sequence[str], number: int, seed: int) -> list[tuple[str, ...]]:
    """Orders in which players come in: the given one, its reverse, then random ones, each followed by its reverse.

    Reverse orders cancel much of what is owed to an order [antithetic sampling: Mitchell et al. 2022].
    """
    luck = np.random.default_rng(seed)
    found = [tuple(players), tuple(reversed(players))]
    while len(found) < number:
        drawn = tuple(players[place] for place in luck.permutation(len(players)))
        found += [drawn, tuple(reversed(drawn))]
    return list(dict.fromkeys(found[: max(1, number)]))


def coalitions_of(some_orders: Iterable[Sequence[str]]) -> list[Coalition]:
    """The coalitions that are met when players come in one by one in these orders, each once."""
    met = {frozenset(order[:size]): None for order in some_orders for size in range(len(order) + 1)}
    return list(met)


def shares(values: Values, some_orders: Sequence[Sequence[str]]) -> dict[str, npt.NDArray[np.float64]]:
    """What each player adds on coming in, averaged over these orders; together they are the whole, exactly.

    Over all orders these are the Shapley values [Shapley 1953]; over some of them an estimate.
    """
    added = {player: np.zeros_like(values[frozenset()]) for player in some_orders[0]}
    for order in some_orders:
        steps = [frozenset(order[:size]) for size in range(len(order) + 1)]
        for player, (before, after) in zip(order, pairwise(steps), strict=True):
            added[player] += values[after] - values[before]
    return {player: total / len(some_orders) for player, total in added.items()}


def exact_shares(values: Values, players: Sequence[str]) -> dict[str, npt.NDArray[np.float64]]:
    """The Shapley value of each player, from the values of all coalitions [Shapley 1953]."""
    return {player: _expected_addition(values, players, (player,)) for player in players}


def synergies(values: Values, players: Sequence[str]) -> dict[tuple[str, str], npt.NDArray[np.float64]]:
    """What each pair brings beyond the sum of its two, averaged over what else is done [Grabisch & Roubens 1999].

    Positive: they strengthen each other; negative: one does in part what the other does.
    """
    return {pair: _expected_addition(values, players, pair) for pair in combinations(players, 2)}


def bare_synergies(values: Values, players: Sequence[str]) -> dict[tuple[str, str], npt.NDArray[np.float64]]:
    """What each pair brings beyond the sum of its two when nothing else is done."""
    return {pair: _addition(values, frozenset(), pair) for pair in combinations(players, 2)}


def _expected_addition(values: Values, players: Sequence[str], who: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """What `who` add together beyond their parts, averaged over sizes of what else is done, then over its sets."""
    rest = [player for player in players if player not in who]
    total = np.zeros_like(values[frozenset()])
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            total += _addition(values, frozenset(others), who) / comb(len(rest), size)
    return np.asarray(total / (len(rest) + 1))


def _addition(values: Values, others: Coalition, who: tuple[str, ...]) -> npt.NDArray[np.float64]:
    """The discrete derivative: the alternating sum over which of `who` are there."""
    total = np.zeros_like(values[frozenset()])
    for size in range(len(who) + 1):
        for some in combinations(who, size):
            total += (-1) ** (len(who) - size) * values[others | set(some)]
    return total
