"""The task in Starsim: a module with ten states, common random numbers as they come."""

from typing import Any

import starsim as ss
from task import BACKWARDS, FIRST, NAMES, REST, measure


class Following(ss.Module):
    """Ten numbers a person."""

    def __init__(self) -> None:
        super().__init__()
        self.define_states(*(ss.FloatArr(name, default=0.0) for name in NAMES))
        self.luck = ss.random()

    def step(self) -> None:
        """One step of everybody."""
        for before, name in BACKWARDS:
            one = self[name]
            one[:] += REST * (self[before] - one)
        self.a0[:] += FIRST * (self.luck.rvs(self.sim.people.auids) - self.a0)


def prepare(agents: int, steps: int) -> Any:
    """A simulation with so many people."""
    sim = ss.Sim(n_agents=agents, modules=[Following()], start=0, stop=steps - 1, dt=1, verbose=0, rand_seed=1)
    sim.init()
    assert sim.t.npts == steps, sim.t.npts  # noqa: S101
    module = next(one for one in sim.modules if isinstance(one, Following))
    return sim.run, lambda: [module[name].values.mean() for name in NAMES]


if __name__ == "__main__":
    measure(prepare)
