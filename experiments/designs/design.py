"""From an experiment's factors and design to its cells: how many there are, and which."""

from collections.abc import Callable, Mapping
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from experiments.designs import sampling
from experiments.designs.factors import TYPES, Factor, Units, present_value
from scenarios.errors import Mistake

if TYPE_CHECKING:
    from experiments.designs.experiment import Experiment

CELL: Final = "cell"

MOST_RUNS_UNASKED: Final = 1_000_000
"""Runs beyond which one more word is asked of the user."""

LARGEST_DESIGN: Final = 500_000_000
"""Values (cells x factors) of a table that memory holds: 4 GB."""

MORRIS_LEVELS: Final = 4
ENDS: Final = 2
"""Levels of a one-at-a-time design where none are given."""


def size(experiment: "Experiment") -> int:
    """How many cells there are, told without making them."""
    return _SIZES[experiment.design.kind](experiment)


def runs(experiment: "Experiment") -> int:
    """How many worlds are to be lived: cells x replications."""
    return size(experiment) * experiment.replications


def check_runs(experiment: "Experiment", *, agreed: bool) -> None:
    """Refuse more than a million runs to a user who has not agreed to them. Raises Mistake, which says how many."""
    if agreed or runs(experiment) <= MOST_RUNS_UNASKED:
        return
    cells, replications = size(experiment), experiment.replications
    raise Mistake(
        f"'{experiment.name}' has {cells:,} cells x {replications:,} replications = {runs(experiment):,} runs",
        hint="ask for fewer levels, points or replications, or add --yes if you mean it",
    )


def points(experiment: "Experiment") -> pa.Table:
    """The cells: `cell` from 0, then one column a factor, named by its dotted path.

    A null leaves the factor as the scenario has it. Raises Mistake for more cells than memory holds.
    """
    values = size(experiment) * len(experiment.factors)
    if values > LARGEST_DESIGN:
        raise Mistake(
            f"'{experiment.name}' has {size(experiment):,} cells; a table of them does not fit into memory",
            hint="ask for fewer levels or points",
        )
    return numbered(_MAKERS[experiment.design.kind](experiment))


def numbered(found: pa.Table, first: int = 0) -> pa.Table:
    """The table with the numbers of its cells before it."""
    return found.add_column(0, CELL, pa.array(np.arange(first, first + found.num_rows, dtype="i8")))


def units(experiment: "Experiment") -> Units:
    """Where the cells of a random design lie in the unit cube, one row a cell, one column a factor.

    Only for latin_hypercube, sobol, saltelli and morris.
    """
    design, count = experiment.design, len(experiment.factors)
    seed = experiment.seed if design.seed is None else design.seed
    if design.kind == "morris":
        return sampling.morris(design.points or 0, count, design.levels or MORRIS_LEVELS, seed)
    sampler = {"latin_hypercube": sampling.latin_hypercube, "sobol": sampling.sobol, "saltelli": sampling.saltelli}
    return sampler[design.kind](design.points or 0, count, seed)


def _random(experiment: "Experiment") -> pa.Table:
    where = units(experiment)
    return pa.table({factor.path: factor.at(where[:, place]) for place, factor in enumerate(experiment.factors)})


def _grid(experiment: "Experiment") -> pa.Table:
    """All combinations; the last factor changes first."""
    axes = _axes(experiment)
    shape = tuple(len(axis) for axis in axes.values())
    places = np.unravel_index(np.arange(prod(shape)), shape)
    return pa.table(
        {
            factor.path: pa.array(axes[factor.path], TYPES[factor.kind]).take(pa.array(places[order]))
            for order, factor in enumerate(experiment.factors)
        }
    )


def _axes(experiment: "Experiment") -> dict[str, list[Any]]:
    """The values of each factor in a grid."""
    general = experiment.design.levels or ENDS
    return {factor.path: factor.steps(factor.levels or general) for factor in experiment.factors}


def _one_at_a_time(experiment: "Experiment") -> pa.Table:
    """The scenario as it is, and then each factor at each of its other values."""
    present = {factor.path: _present(experiment, factor) for factor in experiment.factors}
    rows = [present, *({**present, path: value} for path, value in _departures(experiment))]
    return pa.table(
        {one.path: pa.array([row[one.path] for row in rows], TYPES[one.kind]) for one in experiment.factors}
    )


def _departures(experiment: "Experiment") -> list[tuple[str, Any]]:
    """Factor and value of each step away from the scenario as it is."""
    axes = _axes(experiment)
    present = {factor.path: _present(experiment, factor) for factor in experiment.factors}
    return [(path, value) for path, axis in axes.items() for value in axis if value != present[path]]


def _present(experiment: "Experiment", factor: Factor) -> Any:
    """The scenario's own value, in the factor's kind; None where there is no single one."""
    if factor.path == "scenario":
        return experiment.scenario if experiment.scenario in factor.values else None
    found = present_value(experiment.base, factor.path)
    return float(found) if factor.kind == "real" and found is not None else found


def _listed(experiment: "Experiment") -> pa.Table:
    if experiment.listed is None:
        raise ValueError("a design 'table' comes with its rows")
    return experiment.listed


_MAKERS: Final[Mapping[str, Callable[["Experiment"], pa.Table]]] = {
    "grid": _grid,
    "table": _listed,
    "latin_hypercube": _random,
    "sobol": _random,
    "saltelli": _random,
    "morris": _random,
    "one_at_a_time": _one_at_a_time,
}

_SIZES: Final[Mapping[str, Callable[["Experiment"], int]]] = {
    "grid": lambda one: prod(len(axis) for axis in _axes(one).values()),
    "table": lambda one: int(_listed(one).num_rows),
    "latin_hypercube": lambda one: one.design.points or 0,
    "sobol": lambda one: one.design.points or 0,
    "saltelli": lambda one: (one.design.points or 0) * (len(one.factors) + 2),
    "morris": lambda one: (one.design.points or 0) * (len(one.factors) + 1),
    "one_at_a_time": lambda one: 1 + len(_departures(one)),
}
