"""The task in laser-core: arrays of its frame, and a numba loop of the user's own, as its documents advise."""

from typing import Any

import numpy as np
from laser.core import LaserFrame
from numba import njit
from task import FIRST, NAMES, REST, measure


@njit(nogil=True, cache=False)
def follow(luck: Any, a0: Any, a1: Any, a2: Any, a3: Any, a4: Any, a5: Any, a6: Any, a7: Any, a8: Any, a9: Any) -> None:
    """One step of all agents."""
    for i in range(luck.shape[0]):
        a9[i] += REST * (a8[i] - a9[i])
        a8[i] += REST * (a7[i] - a8[i])
        a7[i] += REST * (a6[i] - a7[i])
        a6[i] += REST * (a5[i] - a6[i])
        a5[i] += REST * (a4[i] - a5[i])
        a4[i] += REST * (a3[i] - a4[i])
        a3[i] += REST * (a2[i] - a3[i])
        a2[i] += REST * (a1[i] - a2[i])
        a1[i] += REST * (a0[i] - a1[i])
        a0[i] += FIRST * (luck[i] - a0[i])


def prepare(agents: int, steps: int) -> Any:
    """A frame with so many agents."""
    frame = LaserFrame(agents)
    for name in NAMES:
        frame.add_scalar_property(name, dtype=np.float64)
    columns = [getattr(frame, name) for name in NAMES]
    generator = np.random.default_rng(1)

    def run() -> None:
        for _ in range(steps):
            follow(generator.random(agents), *columns)

    return run, lambda: [column.mean() for column in columns]


if __name__ == "__main__":
    measure(prepare)
