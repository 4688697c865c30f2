"""The task in mesa-frames: an agent set on a Polars table, all columns in one go."""

from typing import Any

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from task import BACKWARDS, FIRST, NAMES, REST, measure


class Followers(AgentSetPolars):
    """Agents with ten columns."""

    def __init__(self, model: Any, count: int) -> None:
        super().__init__(model)
        self.add(pl.DataFrame({"unique_id": np.arange(count, dtype=np.int64)} | dict.fromkeys(NAMES, np.zeros(count))))

    def step(self) -> None:
        """One step of all agents."""
        luck = pl.Series(self.random.random(len(self.agents)))
        follows = [pl.col(name) + REST * (pl.col(before) - pl.col(name)) for before, name in BACKWARDS]
        self.agents = self.agents.with_columns(pl.col("a0") + FIRST * (luck - pl.col("a0")), *follows)


def prepare(agents: int, steps: int) -> Any:
    """A model with so many agents."""
    model = ModelDF(seed=1)
    followers = Followers(model, agents)
    model.agents += followers

    def run() -> None:
        for _ in range(steps):
            model.agents.do("step")

    def look() -> list[float]:
        table = next(iter(model.agents._agentsets)).agents  # noqa: SLF001  there is no other way to the columns
        return [table[name].mean() for name in NAMES]

    return run, look


if __name__ == "__main__":
    measure(prepare)
