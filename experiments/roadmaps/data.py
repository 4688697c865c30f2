"""A roadmap as plain data for JSON."""

from typing import Any

import numpy as np

from experiments.roadmaps.goals import NPV, Goal
from experiments.roadmaps.plan import costs
from experiments.roadmaps.result import BEST, NOTHING, Roadmap


def data_of(found: Roadmap) -> dict[str, Any]:
    """The request, the plan, its gain, and all that it is held against."""
    request = found.request
    return {
        "scenario": request.scenario.name,
        "budget": request.limits.budget,
        "horizon": request.limits.weeks,
        "goals": [goal.name for goal in request.goals],
        "most_at_once": request.limits.most_at_once,
        "most_effort": request.limits.most_effort,
        "blocks": list(request.blocks),
        "replications": request.replications,
        "seed": request.seed,
        "tried": found.tried,
        "level": 0.95,
        "plan": found.plan.as_data(),
        "cost_by_year": costs(found.plan, request.limits).tolist(),
        "gain": _gains(found, BEST),
        "best_rule": found.best_rule,
        "verdict": found.verdict,
        "rules": {name: _rival(found, name) for name in found.rules},
        "impatience": {name: _stop(found, name) for name in found.stops},
        "front": [{"plan": found.plans[name].as_data(), "gain": _gains(found, name)} for name in found.front],
        "regrets": found.regrets,
    }


def _gains(found: Roadmap, name: str, other: str = NOTHING) -> dict[str, Any]:
    return {goal.name: found.beside(name, other, goal).as_data() for goal in found.request.goals}


def _rival(found: Roadmap, name: str) -> dict[str, Any]:
    """A rule of thumb: its gain, what the roadmap adds to it, and what it spends."""
    return {"gain": _gains(found, name), "roadmap_adds": _gains(found, BEST, name), "invested": _invested(found, name)}


def _stop(found: Roadmap, name: str) -> dict[str, Any]:
    """A plan that is stopped early, beside the whole one."""
    money = Goal(NPV, found.request.goals[0].interest)
    return {
        "beside_whole": _gains(found, name, BEST) | {money.name: found.beside(name, BEST, money).as_data()},
        "invested": _invested(found, name),
    }


def _invested(found: Roadmap, name: str) -> list[float]:
    """Euro in each year, mean over the worlds."""
    return [float(year) for year in np.mean(found.invested(name), axis=0)]
