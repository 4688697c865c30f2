"""Relations between individuals of many units, from one matrix of sums and products a unit."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def gram(columns: Sequence[npt.NDArray[np.float64]]) -> Matrix:
    """Sums of products of all columns and of a column of ones before them: all that a correlation needs."""
    table = np.column_stack([np.ones(len(columns[0])), *columns])
    whole = table[np.isfinite(table).all(axis=1)]
    return np.asarray(whole.T @ whole)


def covariance(grams: Matrix, groups: Places) -> Matrix:
    """Covariances of individuals within groups of units.

    grams: one matrix a unit. groups: the group of each, by which means are taken away: the units themselves for
    relations within units, their firms for relations between all individuals of a firm.
    """
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=groups.min() - 1))
    sums = np.add.reduceat(grams[order], starts, axis=0)
    sums = sums[sums[:, 0, 0] > 0.0]
    count, totals = sums[:, 0, 0], sums[:, 0, 1:]
    apart = sums[:, 1:, 1:] - totals[:, :, None] * totals[:, None, :] / count[:, None, None]
    return np.asarray(apart.sum(axis=0) / max(float(count.sum()) - len(sums), 1.0))


def correlations(grams: Matrix, groups: Places) -> Matrix:
    """Correlations of individuals within groups of units; NaN where something does not differ."""
    found = covariance(grams, groups)
    spread = np.sqrt(np.diagonal(found))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(found / spread[:, None] / spread[None, :])


def weights(grams: Matrix, groups: Places) -> Matrix:
    """Standardised regression weights of the first variable on all others."""
    r = correlations(grams, groups)
    return np.asarray(np.linalg.solve(r[1:, 1:], r[1:, 0]))
