"""Points of the unit cube: where in each factor's range the cells of a random design lie."""

from typing import Any

import numpy as np
from scipy.stats import qmc

from experiments.designs.factors import Units


def latin_hypercube(points: int, factors: int, seed: int) -> Units:
    """One point in each of `points` equal slices of every axis [McKay, Beckman & Conover 1979]."""
    return np.asarray(qmc.LatinHypercube(factors, rng=np.random.default_rng(seed)).random(points))


def sobol(points: int, factors: int, seed: int) -> Units:
    """The first points of a scrambled Sobol' sequence; more points keep the earlier ones [Sobol' 1967; Owen 1998]."""
    sequence = qmc.Sobol(factors, rng=np.random.default_rng(seed))
    # The sequence warns of a first piece that is no power of two; of a longer one it does not.
    balanced = 1 << (points.bit_length() - 1)
    pieces = [sequence.random(balanced)]
    if points > balanced:
        pieces.append(sequence.random(points - balanced))
    return np.concatenate(pieces)


def saltelli(points: int, factors: int, seed: int) -> Units:
    """Blocks of factors + 2 rows: a row of A, the row of B, and A's row with each coordinate in turn from B's.

    points: rows of A and of B; twice as many keep the earlier blocks.
    [Saltelli et al. 2010, doi:10.1016/j.cpc.2009.09.018]
    """
    both = sobol(points, 2 * factors, seed)
    a, b = both[:, :factors], both[:, factors:]
    blocks = np.repeat(a[:, np.newaxis, :], factors + 2, axis=1)
    blocks[:, 1] = b
    for factor in range(factors):
        blocks[:, 2 + factor, factor] = b[:, factor]
    return blocks.reshape(-1, factors)


def morris(trajectories: int, factors: int, levels: int, seed: int) -> Units:
    """Trajectories of factors + 1 points, in each of which every factor steps once [Morris 1991]."""
    from SALib.sample.morris import sample  # noqa: PLC0415  takes a second to load

    cube: dict[str, Any] = {
        "num_vars": factors,
        "names": [str(factor) for factor in range(factors)],
        "bounds": [[0.0, 1.0]] * factors,
    }
    return np.asarray(sample(cube, trajectories, num_levels=levels, seed=np.random.default_rng(seed)))
