"""Experiments for tests: small, and of every design."""

from typing import Any

from experiments.designs.experiment import Experiment, experiment_of

TWO = {
    "building_blocks.leadership": {"low": 0.1, "high": 0.9},
    "organisation.employees": {"low": 20, "high": 40},
}


def data_of(kind: str = "latin_hypercube", factors: Any = None, **design: Any) -> dict[str, Any]:
    """What an experiment file holds, as plain tables."""
    more: dict[str, Any] = {"points": 8} if kind in {"latin_hypercube", "sobol", "saltelli", "morris"} else {}
    return {
        "schema": 1,
        "name": "small",
        "scenario": "hotel",
        "weeks": 20,
        "replications": 2,
        "seed": 3,
        "design": {"kind": kind, **more, **design},
        "factors": TWO if factors is None else factors,
    }


def experiment(kind: str = "latin_hypercube", factors: Any = None, *, seed: int = 3, **design: Any) -> Experiment:
    """The experiment of these data."""
    return experiment_of(data_of(kind, factors, **design) | {"seed": seed})
