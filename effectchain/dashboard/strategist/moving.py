"""The left-hand side as data: levers with what they mean and cost, and what stands beside the blocks."""

from typing import Any, Final

from effectchain.dashboard.strategist import knowledge
from effectchain.dashboard.strategist.costs import HEAVY, YEAR, bill
from effectchain.dashboard.strategist.levers import (
    APPROACHES,
    Lever,
    common_approach,
    levers,
    own_work,
    seats_of,
    style_of,
)
from effectchain.dashboard.strategist.work import Sight
from effectchain.dashboard.words import words_of
from experiments.naming import block_name
from results.numbers import decimal, unbroken
from scenarios.scenario import Scenario

STYLES: Final = (0.15, 0.5, 0.85)
"""Held styles that one can choose: directive, in between, facilitating."""

SEATS: Final = (-0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2)
PROPOSITIONS: Final = ("balanced", "operational_excellence", "product_leadership", "customer_intimacy")


def moving(sight: Sight, language: str) -> dict[str, Any]:
    """Levers, meters and choices of the what-if in sight."""
    words = words_of("strategist", language)
    own = own_work(sight.base, sight.what_if)
    found = bill(sight.base, own)
    costs: dict[str, float] = {}
    for one, cost in zip(own, found.pieces, strict=True):
        costs[one.block] = costs.get(one.block, 0.0) + cost
    return {
        "weeks": sight.base.weeks,
        "levers": [
            _lever(number, lever, costs.get(lever.block, 0.0), sight.base, words, language)
            for number, lever in enumerate(levers(sight.base, sight.what_if), 1)
        ],
        "meters": _meters(found.years, found.most_at_once, found.most_effort, sight.base, words, language),
        "beside": _beside(sight, words, language),
    }


def _lever(number: int, lever: Lever, cost: float, base: Scenario, words: Any, language: str) -> dict[str, Any]:
    name = block_name(lever.block, language)
    goal = lever.goal
    return {
        "number": number,
        "block": lever.block,
        "name": name,
        "label": words["lever_of"].format(block=name),
        "less": words["less"].format(block=name),
        "more": words["more"].format(block=name),
        "goal": round(100.0 * goal),
        "designed": round(100.0 * lever.designed),
        "stands": words["stands"].format(designed=round(100 * lever.designed), lived=round(100 * lever.lived)),
        "meanings": knowledge.meanings(lever.block, language),
        "is_moved": lever.is_moved,
        "note": words["given_effort"] if lever.amount in {"effort", "budget"} else "",
        "more_work": words["more_work"].format(count=lever.more) if lever.more else "",
        "start": lever.start,
        "weeks": lever.weeks,
        "approach": lever.approach,
        "cost": unbroken(euro(cost, language)),
        "years": _years(base.weeks, words, language),
    }


def _years(weeks: int, words: Any, language: str) -> str:
    """How long costs run, with a decimal where that is no whole number of years."""
    if weeks == YEAR:
        return str(words["over_year"])
    return str(words["over_years"].format(years=decimal(weeks / YEAR, 1 if weeks % YEAR else 0, language)))


def _meters(
    years: tuple[float, ...], at_once: int, effort: float, base: Scenario, words: Any, language: str
) -> dict[str, Any]:
    payroll = base.organisation.employees * base.economics.pay
    dearest = max(range(len(years)), key=lambda year: years[year])
    share = years[dearest] / payroll if payroll else 0.0
    load = "none" if not at_once else "fine" if effort < HEAVY / 2 else "heavy" if effort < HEAVY else "too_much"
    return {
        "cost_label": words["cost_year"].format(year=dearest + 1),
        "cost": unbroken(euro(years[dearest], language)),
        "cost_share": words["of_payroll"].format(share=decimal(100.0 * share, 1, language) + "%"),
        "cost_part": min(1.0, share / 0.1),
        "load_label": words["absorb"],
        "load": words[f"absorb_{load}"].format(count=at_once),
        "load_part": min(1.0, effort / (2 * HEAVY)),
        "is_heavy": load in {"heavy", "too_much"},
    }


def _beside(sight: Sight, words: Any, language: str) -> dict[str, Any]:
    held = style_of(sight.what_if)
    seats = seats_of(sight.base, sight.what_if)
    return {
        "style": "" if held is None else str(min(range(3), key=lambda number: abs(STYLES[number] - held))),
        "styles": [
            {"value": "", "text": words["style_follows"]},
            *({"value": str(number), "text": words[f"style_{number}"]} for number in range(3)),
        ],
        "seats": min(range(len(SEATS)), key=lambda number: abs(SEATS[number] - seats)),
        "seat_choices": [
            words["seats_change"].format(share=decimal(100 * one, 0, language, signed=True) + "%")
            if one
            else words["seats_same"]
            for one in SEATS
        ],
        "approach": common_approach(sight.base, sight.what_if),
        "approaches": [{"value": one, "text": words[one]} for one in APPROACHES],
        "proposition": sight.what_if.organisation.value_proposition,
        "propositions": [{"value": one, "text": words[one]} for one in PROPOSITIONS],
    }


def euro(amount: float, language: str) -> str:
    """Money in few letters: € 0, € 96k, € 1.2 m."""
    words = words_of("strategist", language)
    if amount >= 999_500:
        return words["millions"].format(amount=decimal(amount / 1e6, 1, language))
    if amount >= 1_000:
        return words["thousands"].format(amount=decimal(amount / 1e3, 0, language))
    return f"€ {decimal(amount, 0, language)}"
