"""The task in ambr: its array lane, which it names as the fastest for one run on a processor."""

from typing import Any

from ambr import ArrayKernelModel
from task import BACKWARDS, FIRST, NAMES, REST, measure


class Following(ArrayKernelModel):
    """Ten arrays."""

    def init_state(self, xp: Any, n: int, _rng: Any, _p: Any) -> dict[str, Any]:
        """All begin at nothing."""
        return {name: xp.zeros(n) for name in NAMES}

    def step_state(self, xp: Any, state: dict[str, Any], rng: Any, _p: Any) -> dict[str, Any]:
        """One step of all agents."""
        for before, name in BACKWARDS:
            state[name] += REST * (state[before] - state[name])
        state["a0"] += FIRST * (rng.random(len(state["a0"]), dtype=xp.float64) - state["a0"])
        self.last = state
        return state


def prepare(agents: int, steps: int) -> Any:
    """A model with so many agents."""
    model = Following({"n": agents, "steps": steps, "seed": 1, "prefer_gpu": False})
    return model.run, lambda: [model.last[name].mean() for name in NAMES]


if __name__ == "__main__":
    measure(prepare)
