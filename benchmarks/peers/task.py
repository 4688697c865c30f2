"""One task for all engines: a chain of ten numbers an agent, each following the one before, the first following luck.

What is followed is what was there as the step began, so numbers are updated from the last to the first.

Every engine runs it in a way that it offers for speed, on one processor, with its own generator. The
means after so many steps are known, so an engine that doesn't do the work is found out.
"""

import argparse
import itertools
import json
import time
from collections.abc import Callable
from typing import Any

NAMES = tuple(f"a{k}" for k in range(10))
FIRST, REST = 0.1, 0.05
"""Part of the way that a number goes in a step: the first to this step's draw, the others to the one before them."""


BACKWARDS = tuple(itertools.pairwise(NAMES))[::-1]
"""Pairs of a number and the one that follows it, in the order in which they are updated."""


def means(steps: int) -> list[float]:
    """What each number is on average after so many steps, from 0."""
    values = [0.0] * 10
    for _ in range(steps):
        for k in range(9, 0, -1):
            values[k] += REST * (values[k - 1] - values[k])
        values[0] += FIRST * (0.5 - values[0])
    return values


def measure(prepare: Callable[[int, int], tuple[Callable[[], object], Callable[[], Any]]]) -> None:
    """Run the task as the command line asks and print processor seconds and the greatest error of a mean.

    prepare: takes agents and steps; gives what takes all steps, and what tells the means after it.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("agents", type=int)
    parser.add_argument("steps", type=int)
    asked = parser.parse_args()
    prepare(100, 2)[0]()  # so that all is loaded and compiled
    run, look = prepare(asked.agents, asked.steps)
    start = time.process_time()
    run()
    seconds = time.process_time() - start
    error = max(abs(float(one) - other) for one, other in zip(look(), means(asked.steps), strict=True))
    print(json.dumps({"seconds": seconds, "error": error}))
