"""The task as a rule on our records, with our keyed luck."""

from typing import Any

import numpy as np
from task import FIRST, NAMES, REST, measure

from agents.records import Column, Record, empty, record_type
from agents.rule import entry, rule
from simulation.luck import DRAWN_TOGETHER, VISIT, draw, drawn
from simulation.state import BLOCK

FOLLOWER = record_type([Column(name, 0, 1, "share", "follows the one before") for name in NAMES])


@rule
def follow(one: Record, luck: float) -> None:
    """One step of one agent."""
    one.a9 += REST * (one.a8 - one.a9)
    one.a8 += REST * (one.a7 - one.a8)
    one.a7 += REST * (one.a6 - one.a7)
    one.a6 += REST * (one.a5 - one.a6)
    one.a5 += REST * (one.a4 - one.a5)
    one.a4 += REST * (one.a3 - one.a4)
    one.a3 += REST * (one.a2 - one.a3)
    one.a2 += REST * (one.a1 - one.a2)
    one.a1 += REST * (one.a0 - one.a1)
    one.a0 += FIRST * (luck - one.a0)


@entry
def take_steps(followers: Any, agents: Any, luck: Any, key: np.uint64, steps: int) -> None:
    """All steps of all agents. luck: room for the draws of a block."""
    for step in range(steps):
        for first in range(0, agents.shape[0], BLOCK):
            block = agents[first : first + BLOCK]
            draw(luck, block, key, VISIT, step)
            for n in range(block.shape[0]):
                chance, _, _, _ = drawn(luck, VISIT, n)
                follow(followers[first + n], chance)


def prepare(agents: int, steps: int) -> Any:
    """So many records."""
    followers, luck = empty(FOLLOWER, agents), np.zeros((DRAWN_TOGETHER, 4, BLOCK), np.uint32)
    everybody = np.arange(agents, dtype=np.int32)
    return (
        lambda: take_steps(followers, everybody, luck, np.uint64(1), steps),
        lambda: [followers[name].mean() for name in NAMES],
    )


if __name__ == "__main__":
    measure(prepare)
