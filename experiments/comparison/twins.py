"""Each person's twin: who fared otherwise in the what-if than in the baseline, by their own luck alone."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from experiments.comparison.census import NOBODY, Census, Mask
from results.effects.twins import CELLS, EXHAUSTED, OUTCOMES, Cell, Outcome, Twins, count_twins
from results.errors import ResultsError

NO_TWINS: Final = (
    "Baseline and what-if have other numbers of customers, prospects or employees, so nobody has a twin; "
    "only what-ifs of one organisation can say who changed."
)


def twins(base: Sequence[Census], what_if: Sequence[Census]) -> tuple[Twins, ...]:
    """All outcomes, counted in pairs of worlds. ResultsError where these are not the same people."""
    found = [cells(before, after) for before, after in zip(base, what_if, strict=True)]
    return tuple(
        count_twins(outcome, {cell: np.array([float(one[outcome][cell].sum()) for one in found]) for cell in CELLS})
        for outcome in OUTCOMES
    )


def cells(base: Census, what_if: Census) -> dict[Outcome, dict[Cell, Mask]]:
    """Who, of one world and its pair, falls into which cell: customers by number, employees by seat.

    Only those who are in the same place as week 1 begins have a twin. ResultsError where the numbers of people differ.
    """
    if base.customer_before.shape != what_if.customer_before.shape or base.hired.shape != what_if.hired.shape:
        raise ResultsError(NO_TWINS)
    were, were_not = base.customer_before & what_if.customer_before, ~base.customer_before & ~what_if.customer_before
    employed = (base.hired == what_if.hired) & (base.hired != NOBODY)
    return {
        "customers_kept": crossed(were, base.customer_after, what_if.customer_after),
        "customers_won": crossed(were_not, base.customer_after, what_if.customer_after),
        "employees_kept": crossed(employed, base.stayed, what_if.stayed),
        "employees_well": crossed(employed, base.exhaustion < EXHAUSTED, what_if.exhaustion < EXHAUSTED),
    }


def crossed(people: Mask, base: Mask, what_if: Mask) -> dict[Cell, Mask]:
    """These people by whether something holds in the baseline, in the what-if, in both or in neither."""
    return {
        "only_what_if": people & what_if & ~base,
        "only_base": people & base & ~what_if,
        "both": people & base & what_if,
        "neither": people & ~base & ~what_if,
    }


def changed(found: Mapping[Cell, Mask]) -> int:
    """How many fared otherwise."""
    return int(found["only_what_if"].sum() + found["only_base"].sum())
