"""Four ways to tell how much each factor moves an outcome, one for each sort of design."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy import stats

from experiments.designs.factors import Units
from experiments.sensitivity.coding import Coded
from results.errors import ResultsError
from results.sensitivity.outcomes import Outcomes
from results.sensitivity.table import Bar
from results.statistics import paired_difference

RESAMPLES: Final = 999
LEVEL: Final = 0.95
SAME_EACH_TIME: Final = 20_100_259
"""Names the luck of resampling, so that intervals do not change on a second look."""


def sobol_effects(outcome: Units, paths: Sequence[str]) -> list[tuple[Bar, Bar]]:
    """First- and total-order index of each factor, with bootstrap intervals over the rows of A and B.

    outcome: one number a cell, in blocks of `len(paths) + 2` as `sampling.saltelli` lays them out; their number must be
    a power of two. [Saltelli et al. 2010]
    """
    blocks = np.reshape(outcome, (-1, len(paths) + 2))
    a, b, mixed = blocks[:, 0], blocks[:, 1], blocks[:, 2:].T
    rows = len(blocks)

    def indices(chosen: Any) -> Units:
        outputs = {"f_A": a[chosen], "f_B": b[chosen], "f_AB": mixed[:, np.newaxis, chosen]}
        found = stats.sobol_indices(func=outputs, n=rows)
        return np.vstack((np.atleast_1d(found.first_order), np.atleast_1d(found.total_order)))

    value = indices(np.arange(rows))
    spread = stats.bootstrap(
        (np.arange(rows),),
        indices,
        method="percentile",
        vectorized=False,
        n_resamples=RESAMPLES,
        confidence_level=LEVEL,
        rng=np.random.default_rng(SAME_EACH_TIME),
    ).confidence_interval
    return [
        (
            Bar("first_order", *_three(value[0, place], spread.low[0, place], spread.high[0, place])),
            Bar("total_order", *_three(value[1, place], spread.low[1, place], spread.high[1, place])),
        )
        for place in range(len(paths))
    ]


def whole_blocks(cells: int, factors: int) -> int:
    """How many rows A and B have. Raises ResultsError where they are no power of two."""
    rows, rest = divmod(cells, factors + 2)
    if rest or rows < 2 or rows & (rows - 1):
        raise ResultsError(
            f"A Saltelli design of {factors} factors has {factors + 2} cells for each row, and a power of two of rows; "
            f"{cells:,} cells are not that. Extend the sweep to twice its points."
        )
    return rows


def morris_effects(outcome: Units, units: Units, levels: int) -> list[tuple[Bar, dict[str, float]]]:
    """Mean size of each factor's elementary effects with its interval, their mean and their standard deviation.

    outcome: one number a cell, trajectory by trajectory; units: 0 to 1, one row a cell. Effects are for a factor's
    whole range. [Morris 1991; Campolongo, Cariboni & Saltelli 2007]
    """
    from SALib.analyze.morris import analyze  # noqa: PLC0415  takes a second to load

    names = [str(factor) for factor in range(units.shape[1])]
    cube = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
    found = analyze(
        cube,
        units,
        outcome,
        num_resamples=RESAMPLES,
        conf_level=LEVEL,
        num_levels=levels,
        seed=np.random.default_rng(SAME_EACH_TIME),
    )
    return [
        (
            Bar("mu_star", *_three(size, max(0.0, size - half), size + half)),
            {"mu": float(mean), "sigma": float(spread)},
        )
        for size, half, mean, spread in zip(
            found["mu_star"], found["mu_star_conf"], found["mu"], found["sigma"], strict=True
        )
    ]


def one_at_a_time_effects(found: Outcomes, factors: Sequence[Coded]) -> list[list[Bar]]:
    """What each setting changes against the first cell, world by world, with paired intervals.

    Raises ResultsError for a cell that departs from the first in more than one factor.
    """
    settings = np.array([one.values for one in factors])
    departs = (settings != settings[:, :1]) & ~(np.isnan(settings) & np.isnan(settings[:, :1]))
    many = np.flatnonzero(departs.sum(axis=0) > 1)
    if many.size:
        raise ResultsError(f"Cell {many[0]} departs in several factors from cell 0: this is not one at a time.")
    return [
        [
            _swing(found, int(cell), one.setting(one.values[cell]))
            for cell in sorted(np.flatnonzero(departs[place]), key=lambda cell: float(one.values[cell]))
        ]
        for place, one in enumerate(factors)
    ]


def _swing(found: Outcomes, cell: int, setting: str) -> Bar:
    change = paired_difference(found.values[0], found.values[cell], LEVEL)
    return Bar("change", *_three(change.mean, change.low, change.high), setting)


def regression_effects(outcome: Units, factors: Sequence[Coded]) -> tuple[list[tuple[Bar, dict[str, float]]], float]:
    """The change that a straight line through all cells gives each factor from one end of its range to the other.

    Of words and of yes and no, the largest difference between two. Also the share of the variance that the line
    explains, and of each number its standardised coefficient and rank correlation. Intervals by Student's t.
    Raises ResultsError for too few cells, and for factors that move together.
    """
    _refuse_empty(factors)
    columns = [column for one in factors for column in _columns(one)]
    matrix = np.column_stack([np.ones(outcome.size), *columns])
    freedom = outcome.size - matrix.shape[1]
    if freedom < 1:
        raise ResultsError(
            f"{outcome.size} cells are too few for a line through {len(factors)} factors: at least "
            f"{matrix.shape[1] + 1} are needed, better ten times as many."
        )
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        raise ResultsError("Some factors always move together in this design, so their effects cannot be told apart.")
    slopes = np.asarray(np.linalg.lstsq(matrix, outcome)[0], "f8")
    rest = float(((outcome - matrix @ slopes) ** 2).sum())
    spread = np.asarray(np.linalg.inv(matrix.T @ matrix) * rest / freedom, "f8")
    reach = float(stats.t.ppf(0.5 + LEVEL / 2.0, freedom))
    fit = 1.0 - rest / float(((outcome - outcome.mean()) ** 2).sum())
    found, first = [], 1
    for one in factors:
        last = first + len(_columns(one))
        found.append(_line(one, outcome, slopes[first:last], spread[first:last, first:last], reach))
        first = last
    return found, fit


def _refuse_empty(factors: Sequence[Coded]) -> None:
    for one in factors:
        empty = np.flatnonzero(np.isnan(one.values))
        if empty.size:
            raise ResultsError(
                f"Cell {empty[0]} leaves '{one.path}' as the scenario has it, which is no single number: give it one."
            )


def _columns(factor: Coded) -> list[Units]:
    """One column of numbers, or one for each kind but the first."""
    if not factor.kinds:
        return [factor.along]
    return [(factor.values == kind).astype("f8") for kind in range(1, len(factor.kinds))]


def _line(factor: Coded, outcome: Units, slopes: Units, spread: Units, reach: float) -> tuple[Bar, dict[str, float]]:
    if factor.kinds:
        levels = np.append(0.0, slopes)
        low, high = int(levels.argmin()), int(levels.argmax())
        around = np.pad(spread, ((1, 0), (1, 0)))
        half = reach * float(np.sqrt(around[low, low] + around[high, high] - 2.0 * around[low, high]))
        change = float(levels[high] - levels[low])
        return Bar(
            "change", *_three(change, change - half, change + half), f"{factor.kinds[low]} → {factor.kinds[high]}"
        ), {}
    slope, half = float(slopes[0]), reach * float(np.sqrt(spread[0, 0]))
    (column,) = _columns(factor)
    more = {
        "standardised": slope * float(column.std() / outcome.std()),
        "rank_correlation": float(stats.spearmanr(column, outcome).statistic),
    }
    return Bar("change", *_three(slope, slope - half, slope + half), factor.span), more


def _three(value: Any, low: Any, high: Any) -> tuple[float, float, float]:
    return float(value), float(low), float(high)
