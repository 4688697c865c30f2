"""The task as Mesa agents."""

import random
from typing import Any

import mesa
from task import FIRST, NAMES, REST, measure


class Follower(mesa.Agent):
    """An agent with ten numbers."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.a0 = self.a1 = self.a2 = self.a3 = self.a4 = self.a5 = self.a6 = self.a7 = self.a8 = self.a9 = 0.0

    def follow(self) -> None:
        """One step."""
        self.a9 += REST * (self.a8 - self.a9)
        self.a8 += REST * (self.a7 - self.a8)
        self.a7 += REST * (self.a6 - self.a7)
        self.a6 += REST * (self.a5 - self.a6)
        self.a5 += REST * (self.a4 - self.a5)
        self.a4 += REST * (self.a3 - self.a4)
        self.a3 += REST * (self.a2 - self.a3)
        self.a2 += REST * (self.a1 - self.a2)
        self.a1 += REST * (self.a0 - self.a1)
        self.a0 += FIRST * (random.random() - self.a0)  # noqa: S311  luck of a simulation


def prepare(agents: int, steps: int) -> Any:
    """A model with so many agents."""
    model = mesa.Model(rng=1)
    Follower.create_agents(model, agents)

    def run() -> None:
        for _ in range(steps):
            model.agents.do("follow")

    return run, lambda: [sum(model.agents.get(name)) / agents for name in NAMES]


if __name__ == "__main__":
    measure(prepare)
