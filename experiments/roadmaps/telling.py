"""What a roadmap comes to, in sentences and tables for people, in English and Dutch."""

from collections.abc import Iterator, Sequence

from experiments.comparison.change import Change
from experiments.roadmaps.goals import NPV, Goal
from experiments.roadmaps.plan import Plan
from experiments.roadmaps.result import BEST, NOTHING, Roadmap
from experiments.roadmaps.words import euro, heads, phrase, plan_name, plan_rows
from experiments.telling import title
from results.columns import Row, as_lines
from results.indicators import Indicator
from results.numbers import NONE, bounds, compact, decimal, difference, level
from results.words import words

Block = tuple[str, Sequence[Row]]
"""A heading, and rows of which the first names the columns."""


def heading(found: Roadmap, language: str) -> str:
    """Whose roadmap it is."""
    return phrase("heading", language).format(scenario=title(found.request.scenario, language))


def asked(found: Roadmap, language: str) -> str:
    """What was asked: horizon, budget and goals."""
    request = found.request
    goals = f" {phrase('and', language)} ".join(goal.indicator.label(language) for goal in request.goals)
    budget = euro(request.limits.budget, language)
    return phrase("asked", language).format(weeks=request.limits.weeks, budget=budget, goal=goals)


def findings(found: Roadmap, language: str) -> list[str]:
    """What the best plan brings beside doing nothing, and honestly whether rules of thumb do as well."""
    return [*_gains(found, language), _beside_rules(found, language)]


def _gains(found: Roadmap, language: str) -> list[str]:
    if not found.plan.works:
        return []
    parts = [_parts(found.beside(BEST, NOTHING, goal), goal.indicator, language) for goal in found.request.goals]
    shifts = "; ".join(f"{part['change']} ({part['bounds']})" for part in parts)
    return [phrase("fresh", language).format(worlds=found.request.replications, shifts=shifts)]


def _beside_rules(found: Roadmap, language: str) -> str:
    if len(found.request.goals) > 1:
        better = ", ".join(plan_name(name, language) for name in found.better_in_both)
        return phrase(f"{found.verdict}_in_both", language).format(rules=better)
    key = "same_nothing" if found.verdict == "same" and found.best_rule == NOTHING else found.verdict
    parts = _parts(found.beside(BEST, found.best_rule), found.request.goals[0].indicator, language)
    return phrase(key, language).format(rule=plan_name(found.best_rule, language), **parts)


def _parts(change: Change, indicator: Indicator, language: str) -> dict[str, str]:
    if change.difference is None:
        return {"change": NONE, "bounds": NONE}
    shift = f"{indicator.label(language)} {difference(change.difference, indicator, language)}"
    return {"change": shift, "bounds": bounds(change.difference, indicator, language)}


def blocks(found: Roadmap, language: str) -> Iterator[Block]:
    """All tables: the plan, its rivals, what stopping early costs, and the front or the regrets where asked for."""
    yield "", plan_table(found.plan, found, language)
    yield phrase("rules", language), rules_table(found, language)
    if found.plan.works:
        yield phrase("impatience", language), impatience_table(found, language)
    if found.front:
        yield phrase("front", language), front_table(found, language)
    if found.robust:
        yield regret_heading(found, language), regret_table(found, language)


def plan_table(plan: Plan, found: Roadmap, language: str) -> list[Row]:
    """The plan, a row a block."""
    if not plan.works:
        return [(phrase("empty", language),)]
    return [heads(language), *plan_rows(plan, found.request.limits, language)]


def rules_table(found: Roadmap, language: str) -> list[Row]:
    """The roadmap and each rule: gain beside doing nothing, what the roadmap adds to it, and money spent."""
    goal = found.request.goals[0]
    keys = ("plan", "beside_nothing", "roadmap_more", "invested")
    names = sorted(found.rules, key=lambda name: -found.marks(name)[0])
    rows = [
        (
            plan_name(name, language),
            changed(found.beside(name), goal, language),
            changed(found.beside(BEST, name), goal, language) if name != BEST else "",
            euro(float(found.invested(name).sum(axis=1).mean()), language),
        )
        for name in (BEST, *names)
    ]
    return [tuple(phrase(key, language) for key in keys), *rows]


def impatience_table(found: Roadmap, language: str) -> list[Row]:
    """Each early stop beside the whole plan: goal, net present value and money spent."""
    goals = [found.request.goals[0], *_money(found)]
    heads_ = ["", *(f"{goal.indicator.label(language)}, {phrase('against_whole', language)}" for goal in goals)]
    rows = [
        (
            plan_name(name, language),
            *(changed(found.beside(name, BEST, goal), goal, language) for goal in goals),
            euro(float(found.invested(name).sum(axis=1).mean()), language),
        )
        for name in found.stops
    ]
    return [(*heads_, phrase("invested", language)), *rows]


def _money(found: Roadmap) -> list[Goal]:
    """Net present value, where it is not the goal itself and the organisation lives on what it earns."""
    request = found.request
    if request.goals[0].indicator == NPV or request.scenario.organisation.sector != "commercial":
        return []
    return [Goal(NPV, request.goals[0].interest)]


def front_table(found: Roadmap, language: str) -> list[Row]:
    """The front's plans with both goals beside doing nothing."""
    goals = found.request.goals
    rows = [
        (
            plan_name(name, language) + (" *" if found.plans[name] == found.plan else ""),
            *(changed(found.beside(name, NOTHING, goal), goal, language) for goal in goals),
            euro(float(found.invested(name).sum(axis=1).mean()), language),
        )
        for name in found.front
    ]
    return [("", *(goal.indicator.label(language) for goal in goals), phrase("invested", language)), *rows]


def regret_heading(found: Roadmap, language: str) -> str:
    """Whether the roadmap's least regret held in fresh worlds too."""
    least = min(found.regrets, key=lambda name: max(found.regrets[name].values()))
    if max(found.regrets[least].values()) == max(found.regrets[BEST].values()):
        return phrase("regret", language)
    return phrase("regret_other", language).format(plan=plan_name(least, language))


def regret_table(found: Roadmap, language: str) -> list[Row]:
    """A row a plan, a column a variant, and the worst of them."""
    indicator = found.request.goals[0].indicator
    ranked = sorted(found.regrets, key=lambda name: max(found.regrets[name].values()))
    rows = [
        (
            plan_name(name, language),
            *(amount(regret, indicator, language) for regret in found.regrets[name].values()),
            amount(max(found.regrets[name].values()), indicator, language),
        )
        for name in ranked
    ]
    return [("", *found.robust, phrase("worst", language)), *rows]


def amount(value: float, indicator: Indicator, language: str) -> str:
    """A regret without sign, finer than a level."""
    if indicator.kind == "money":
        return level(value, indicator, language)
    factor = 100.0 if indicator.kind in {"share", "rate"} else 1.0
    return decimal(factor * value, indicator.decimals + 1, language)


def changed(change: Change, goal: Goal, language: str) -> str:
    """A paired difference with its interval, as short as can be."""
    found = change.difference
    if found is None:
        return NONE
    if found.mean == found.low == found.high == 0.0:
        return words(language)["same"]
    return compact(found, goal.indicator, language)


def as_text(found: Roadmap, language: str) -> str:
    """The whole roadmap as plain text."""
    lines = [heading(found, language), asked(found, language), ""]
    for number, (head, rows) in enumerate(blocks(found, language)):
        lines += ([head + ":"] if head else []) + ["  " + line for line in as_lines(rows)] + [""]
        lines += [*findings(found, language), ""] if number == 0 else []
    return "\n".join(lines)
