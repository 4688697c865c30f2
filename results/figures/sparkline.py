"""A line as small as a word: where an indicator goes, without axes."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from results.trajectories import Curve, trajectories

WIDTH, HEIGHT, _EDGE = 100.0, 32.0, 3.0

_POINTS = 53
"""As many as can be told apart at this width."""


def sparkline(weeklies: Sequence[pa.Table], indicator: str) -> dict[str, Any]:
    """Points for SVG polylines in a box of WIDTH x HEIGHT, one line per table."""
    lines = [_thinned(trajectories({"": weekly}, indicator)[0].mean) for weekly in weeklies]
    values = np.concatenate([line[np.isfinite(line)] for line in lines])
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    span = max(high - low, 0.02 * max(abs(high), abs(low)), 1e-12)
    heights = [HEIGHT - _EDGE - (line - (low + high - span) / 2) / span * (HEIGHT - 2 * _EDGE) for line in lines]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "lines": [_points(line) for line in heights],
    }


def _thinned(mean: Curve) -> Curve:
    places = np.linspace(0, mean.size - 1, min(mean.size, _POINTS)).round().astype(int)
    return np.asarray(mean[places])


def _points(heights: Curve) -> str:
    across = np.linspace(0.0, WIDTH - _EDGE, heights.size)
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, heights, strict=True) if np.isfinite(y))
