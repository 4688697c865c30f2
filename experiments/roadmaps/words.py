"""The words of a roadmap in English and Dutch: its plan, its rivals and what came of them."""

from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from experiments.naming import block_name
from experiments.roadmaps.plan import QUARTER, YEAR, Limits, Plan, Work, costs
from experiments.roadmaps.result import FRONT, STOPPED
from experiments.roadmaps.rules import ONLY
from results.columns import Row
from results.numbers import decimal
from results.words import words_of
from scenarios.intervention import Approach


def phrase(key: str, language: str) -> str:
    """One phrase in this language. ResultsError for a language that there is not."""
    return words_of("experiments.roadmaps", language)[key]


def approach_name(approach: Approach, language: str) -> str:
    """Who leads the change."""
    return phrase(f"approach_{approach}", language)


def plan_name(name: str, language: str) -> str:
    """What a plan is called: the roadmap, equal split, only leadership, stopped at 25%."""
    parts = (("only", ONLY, "block"), ("stopped", STOPPED, "share"), ("one_of_front", FRONT, "place"))
    for key, beginning, part in parts:
        if name.startswith(beginning):
            rest = name.removeprefix(beginning)
            shown = block_name(rest, language).lower() if key == "only" else rest
            return phrase(key, language).format(**{part: shown})
    return phrase(f"name_{name}", language)


def plan_rows(plan: Plan, limits: Limits, language: str) -> list[Row]:
    """A row a block in the order of time: block, when, how much, approach, cost; then upkeep, and all together."""
    rows = [_row(plan.of(block), limits, language) for block in plan.blocks()]
    total = float(costs(plan, limits).sum())
    kept = total - sum(_worth(work, limits) for work in plan.works)
    shares = {work.upkeep for work in plan.works if work.upkeep > 0.0}
    if shares and kept > 0.5:
        words = phrase("upkeep", language).format(share=decimal(100.0 * max(shares), 0, language))
        rows.append((words, "", "", "", euro(kept, language)))
    return [*rows, (phrase("in_all", language), "", "", "", euro(total, language))]


def heads(language: str) -> Row:
    """What stands above the columns of `plan_rows`."""
    return tuple(phrase(key, language) for key in ("block", "when", "how_much", "approach", "cost"))


def _row(works: Sequence[Work], limits: Limits, language: str) -> Row:
    first, last = works[0], works[-1]
    when = phrase("weeks", language).format(first=first.start, last=last.end - 1)
    doses = [dose for dose, _ in groupby(decimal(work.effort, 2, language) for work in works)]
    effort = reduce(lambda before, after: phrase("then", language).format(before=before, after=after), doses)
    span = f"{quarter(first.start, language)}, {when}"
    cost = euro(sum(_worth(work, limits) for work in works), language)
    return (block_name(first.block, language), span, effort, approach_name(first.approach, language), cost)


def quarter(week: int, language: str) -> str:
    """Year and quarter of a week: y1 Q2."""
    year, rest = divmod(week - 1, YEAR)
    return phrase("quarters", language).format(year=year + 1, quarter=rest // QUARTER + 1)


def euro(amount: float, language: str) -> str:
    """Whole euros, rounded to three figures."""
    size = len(str(int(abs(amount)))) - 3
    return f"€ {decimal(round(amount, -max(size, 0)), 0, language)}"


def _worth(work: Work, limits: Limits) -> float:
    return work.effort * work.weeks * limits.price
