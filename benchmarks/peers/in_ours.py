"""The task as a rule on our records, with our keyed luck."""

from typing import Any

import numpy as np
from task import FIRST, NAMES, REST, measure

from agents.records import Column, Record, empty, record_type
from agents.rule import entry, rule
from simulation.luck import VISIT, draw_first, open_share

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
def take_steps(followers: Any, words: Any, key: np.uint64, steps: int) -> None:
    """All steps of all agents. words: room for a draw of each."""
    for step in range(steps):
        draw_first(words, key, VISIT, step)
        for who in range(followers.shape[0]):
            follow(followers[who], open_share(words[who]))


def prepare(agents: int, steps: int) -> Any:
    """So many records."""
    followers, words = empty(FOLLOWER, agents), np.zeros(agents, np.uint32)
    return lambda: take_steps(followers, words, np.uint64(1), steps), lambda: [followers[name].mean() for name in NAMES]


if __name__ == "__main__":
    measure(prepare)
