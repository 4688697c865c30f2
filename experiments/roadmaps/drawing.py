"""Figures of a roadmap: what stands in them, out of its plans and worlds."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from experiments.naming import block_name
from experiments.roadmaps.goals import NPV, Goal, present_value
from experiments.roadmaps.result import BEST, NOTHING, Roadmap, lines_in
from experiments.roadmaps.space import APPROACHES
from experiments.roadmaps.telling import asked, heading, regret_heading
from experiments.roadmaps.words import approach_name, phrase, plan_name
from experiments.telling import title as title_of
from results.errors import ResultsError
from results.figures.roadmap import Bar, Dot, Lettering, dots_figure, front_figure, plan_figure
from results.indicators import Indicator
from results.numbers import decimal
from results.statistics import Interval
from results.trajectories import BAND, Trajectory, trajectories
from results.words import LANGUAGES

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figures_of(found: Roadmap) -> list[str]:
    """The figures that there are of this roadmap."""
    asked = {
        "plan": True,
        "impatience": bool(found.plan.works),
        "front": bool(found.front),
        "regret": bool(found.robust),
    }
    return [name for name, is_there in asked.items() if is_there]


def draw_plan(found: Roadmap, language: str) -> "Figure":
    """Who works on what when, and what the first goal does over time."""
    blocks = found.plan.blocks()
    bars = [
        Bar(
            blocks.index(work.block),
            work.start,
            work.end,
            work.effort,
            APPROACHES.index(work.approach),
            decimal(work.effort, 2, language),
        )
        for work in found.plan.works
    ]
    kept = [
        (blocks.index(work.block), work.end)
        for work in found.plan.works
        if work.upkeep > 0.0 and work.end <= found.request.limits.weeks
    ]
    indicator, curves = _curves(found, language)
    lettering = Lettering(
        heading(found, language),
        asked(found, language),
        phrase("curve", language).format(goal=indicator.title(language)),
        phrase("band", language).format(worlds=found.request.replications),
        {
            place: approach_name(approach, language)
            for place, approach in enumerate(APPROACHES)
            if any(work.approach == approach for work in found.plan.works)
        },
        f"{phrase('thickness', language)}; {phrase('dotted', language)}",
    )
    rows = [block_name(block, language) for block in blocks]
    return plan_figure(rows, bars, kept, curves, indicator, lettering, language)


def _curves(found: Roadmap, language: str) -> tuple[Indicator, list[Trajectory]]:
    """Doing nothing, the roadmap, and the best rule of thumb where that is another plan."""
    goal = found.request.goals[0]
    names = [BEST, *(name for name in (found.best_rule,) if name != NOTHING and found.plans[name] != found.plan)]
    if goal.name != "npv":
        worlds = {plan_name(name, language): found.worlds[name].weekly for name in (NOTHING, *names)}
        return goal.indicator, trajectories(worlds, goal.name)
    weeks = np.arange(found.request.limits.weeks + 1)
    flat = np.zeros(weeks.size)
    nothing = Trajectory(plan_name(NOTHING, language), weeks, flat, flat, flat)
    so_far = Indicator(
        "npv", "money", 0, "higher", NPV.english, NPV.dutch, *(phrase("so_far", one) for one in LANGUAGES)
    )
    return so_far, [nothing, *(_worth(found, name, goal, language) for name in names)]


def _worth(found: Roadmap, name: str, goal: Goal, language: str) -> Trajectory:
    """What a plan has brought up to each week, beside doing nothing."""
    extra = lines_in(found.worlds[name], "profit") - lines_in(found.worlds[NOTHING], "profit")
    lines = present_value(np.pad(extra, ((0, 0), (1, 0))), goal.interest)
    low, high = np.quantile(lines, (0.5 - BAND / 2.0, 0.5 + BAND / 2.0), axis=0)
    return Trajectory(plan_name(name, language), np.arange(lines.shape[1]), lines.mean(axis=0), low, high)


def draw_impatience(found: Roadmap, language: str) -> "Figure":
    """Goal and money of the plan when it is stopped early, beside the whole plan."""
    if not found.plan.works:
        raise ResultsError("There is no work that could be stopped early: the roadmap does nothing.")
    goals = [found.request.goals[0]]
    if goals[0].name != "npv" and found.request.scenario.organisation.sector == "commercial":
        goals.append(Goal(NPV, goals[0].interest))
    panels = [
        (
            f"{goal.indicator.title(language)}, {phrase('against_whole', language)}",
            [_dot(found, name, BEST, goal, language) for name in found.stops],
        )
        for goal in goals
    ]
    return dots_figure(panels, [goal.indicator for goal in goals], _lettering(found, "impatience", language), language)


def draw_front(found: Roadmap, language: str) -> "Figure":
    """The front's plans and the rules of thumb by both goals, beside doing nothing."""
    if not found.front:
        raise ResultsError("There is no front: it takes two goals, as in --goal npv --goal engagement.")
    first, second = found.request.goals
    dots = [
        (
            _dot(found, name, NOTHING, first, language, strong=name in found.front),
            _dot(found, name, NOTHING, second, language, strong=name in found.front),
        )
        for name in (*found.rules, *found.front)
    ]
    lettering = _lettering(found, "front", language)
    return front_figure(dots, (first.indicator, second.indicator), lettering, language)


def draw_regret(found: Roadmap, language: str) -> "Figure":
    """The worst regret of each plan."""
    if not found.robust:
        raise ResultsError("There are no variants to regret anything in: ask for a robust roadmap.")
    ranked = sorted(found.regrets.items(), key=lambda row: max(row[1].values()))
    dots = [
        Dot(plan_name(name, language), Interval(max(row.values()), min(row.values()), max(row.values()), 1, 0.95))
        for name, row in ranked
    ]
    lettering = Lettering(phrase("figure_regret", language), regret_heading(found, language))
    indicator = found.request.goals[0].indicator
    return dots_figure([(phrase("worst", language), dots)], [indicator], lettering, language)


def _lettering(found: Roadmap, title: str, language: str) -> Lettering:
    subtitle = phrase("worlds", language).format(worlds=found.request.replications)
    return Lettering(phrase(f"figure_{title}", language), f"{title_of(found.request.scenario, language)}: {subtitle}")


def _dot(found: Roadmap, name: str, other: str, goal: Goal, language: str, *, strong: bool = False) -> Dot:
    change = found.beside(name, other, goal).difference
    nowhere = Interval(float("nan"), float("nan"), float("nan"), 0, 0.95)
    return Dot(plan_name(name, language), change or nowhere, strong)


FIGURES: Final[Mapping[str, Callable[[Roadmap, str], "Figure"]]] = {
    "plan": draw_plan,
    "impatience": draw_impatience,
    "front": draw_front,
    "regret": draw_regret,
}
"""By the name of the figure's file."""
