"""A roadmap: which building block to work on when, how much and by which approach, so that a goal gains most."""

from collections.abc import Mapping
from pathlib import Path
from threading import Event

import numpy as np

from experiments.comparison.comparison import Comparison, compare
from experiments.request import check_room
from experiments.roadmaps.choice import Chosen, chosen
from experiments.roadmaps.impatience import SHARES, stopped
from experiments.roadmaps.ledger import Ledger
from experiments.roadmaps.marks import marks_of
from experiments.roadmaps.plan import Plan
from experiments.roadmaps.request import Request, request_of
from experiments.roadmaps.result import BEST, FRONT, STOPPED, Numbers, Roadmap, best_single, lines_in, rule_names
from experiments.roadmaps.rules import rules_of_thumb
from experiments.roadmaps.search import FIRST, Search, Told
from experiments.roadmaps.space import Space
from experiments.roadmaps.worlds import Worlds
from experiments.searching import keeping
from scenarios.scenario import Scenario

Said = str
"""What is going on, as a word: search, choice, figures."""


def roadmap(
    scenario: Scenario,
    *,
    budget: float,
    horizon: int | None = None,
    goal: str | tuple[str, ...] = "npv",
    most_at_once: int | None = None,
    most_effort: float | None = None,
    blocks: tuple[str, ...] = (),
    trials: int | None = None,
    minutes: float | None = None,
    replications: int = 16,
    seed: int = 1,
    workers: int | None = None,
    robust: int | str | Path | None = None,
    out: str | Path | None = None,
    on_progress: Told | None = None,
    stop: Event | None = None,
) -> Roadmap:
    """Search for the plan that serves a goal best, and hold it against rules of thumb in fresh worlds.

    budget: euro a year; upkeep of what was gained is paid from it too. horizon: weeks, by default the scenario's.
    goal: `npv`, or an indicator in the last year; two for a front of plans. most_at_once: blocks worked on in the same
    week; most_effort: of all of them together. blocks: those that may be worked on, by default all. trials, minutes:
    how long to search, by default 240 plans; an interrupted search goes on in the same `out`. replications: worlds of
    the final figures. robust: so many draws of assumed parameters, or a file or folder of variants of the scenario;
    the plan is then the one with the least regret in the worst of them. Raises Mistake for what cannot be, ResultsError
    where `out` cannot be used, and Stopped once `stop` is set.
    """
    request = request_of(
        scenario,
        budget=budget,
        horizon=horizon,
        goal=goal,
        most_at_once=most_at_once,
        most_effort=most_effort,
        blocks=blocks,
        trials=trials,
        minutes=minutes,
        replications=replications,
        seed=seed,
        robust=robust,
    )
    return answered(request, workers=workers, out=out, on_progress=on_progress, stop=stop)


def answered(
    request: Request,
    *,
    workers: int | None = None,
    out: str | Path | None = None,
    on_progress: Told | None = None,
    stop: Event | None = None,
) -> Roadmap:
    """The roadmap that was asked for. Raises what `roadmap` raises."""
    limits = request.limits
    check_room([request.scenario] * 20, limits.weeks, request.replications)
    worlds = Worlds(request.variants, request.goals, limits.weeks, request.seed, workers, stop)
    space = Space(request.blocks, limits)
    rules = rules_of_thumb(request.scenario, limits, request.blocks)
    starts = [space.near(plan) for plan in (Plan(()), *rules.values())]
    search = Search(space, worlds, request.in_search, starts, request.trials, request.minutes)
    with keeping(request, out) as folder:
        ledger = Ledger(folder, space.distributions)
        search.go_on(ledger, on_progress)
        single = _best_single(rules, worlds, request)
        told = {name: rules[name] for name in rule_names(rules, single)}
        choice = chosen(ledger.trials, {"nothing": Plan(()), **told}, worlds)
        plans = _plans(choice, told)
        found = _lived(request, plans, workers, stop)
        robust = _robust(request, choice, told, ledger, workers, stop)
    result = Roadmap(request, plans, found, robust, len(ledger.trials))
    result.check_invested()
    return result


def _best_single(rules: Mapping[str, Plan], worlds: Worlds, request: Request) -> str:
    gains = worlds.gains(list(rules.values()), range(FIRST, FIRST + request.in_search)).mean(axis=-1)
    return best_single(list(rules), marks_of(gains)[:, 0].tolist())


def _plans(choice: Chosen, rules: Mapping[str, Plan]) -> dict[str, Plan]:
    """All plans that are lived in fresh worlds, by name."""
    stops = {f"{STOPPED}{100 * share:.0f}": stopped(choice.plan, share) for share in SHARES}
    front = {f"{FRONT}{place}": plan for place, plan in enumerate(choice.front, 1)}
    return {BEST: choice.plan, **rules, **stops, **front}


def _lived(request: Request, plans: Mapping[str, Plan], workers: int | None, stop: Event | None) -> Comparison:
    """The organisation as it is and with each plan, as `effectchain compare` lives them."""
    weeks = request.limits.weeks
    return compare(
        request.scenario,
        [plan.done_in(request.scenario, slug(name), weeks) for name, plan in plans.items()],
        weeks=weeks,
        replications=request.replications,
        seed=request.seed,
        workers=workers,
        stop=stop,
    )


def _robust(
    request: Request,
    choice: Chosen,
    rules: Mapping[str, Plan],
    ledger: Ledger,
    workers: int | None,
    stop: Event | None,
) -> dict[str, dict[str, Numbers]]:
    """The goal in each variant for the robust plan, the one that was best for the default, and the rules."""
    if len(request.variants) == 1:
        return {}
    trusting = max(ledger.trials, key=lambda trial: np.nan_to_num(trial.gains[0][0], nan=-np.inf)).plan
    plans = {BEST: choice.plan, "best_for_default": trusting, "nothing": Plan(()), **rules}
    return {variant.name: _reached(request, variant, plans, workers, stop) for variant in request.variants}


def _reached(
    request: Request, variant: Scenario, plans: Mapping[str, Plan], workers: int | None, stop: Event | None
) -> dict[str, Numbers]:
    weeks, goal = request.limits.weeks, request.goals[0]
    found = compare(
        variant,
        [plan.done_in(variant, slug(name), weeks) for name, plan in plans.items()],
        weeks=weeks,
        replications=request.replications,
        seed=request.seed,
        workers=workers,
        stop=stop,
    )
    return {
        name: goal.reached(lambda indicator, one=one: lines_in(one, indicator))  # type: ignore[misc]
        for name, one in zip(plans, found.what_ifs, strict=True)
    }


def slug(name: str) -> str:
    """The name as scenarios have them."""
    return name.replace("_", "-")
