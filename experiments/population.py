"""A population of units that differ as real ones do: firms with policies of their own, and units inside them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from agents.blocks import BLOCKS
from experiments.request import LARGEST_SEED, whole_number
from scenarios.scenario import Scenario

FIRMS: Final = 10
"""Correlations between units are taken within firms, as the meta-analyses do: 36 firms in [Harter et al. 2002]."""

LARGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Spread:
    """How far firms and their units differ; standard deviations, all assumed, of the order that surveys find.

    firm, firm_block: designed maturity of a firm as a whole, and of each of its blocks beyond that (share).
    unit, unit_block: lived maturity of a unit beyond its firm's design, as a whole and of each block (share).
    size: of a unit, log. span_low, span_high: team members a leader, drawn evenly. overhead, pay, spend: rent, local
    wages and what is bought, log. Demand, labour market, price level and clientele differ by the unit_* parameters.
    """

    firm: float = 0.08
    firm_block: float = 0.08
    unit: float = 0.02
    unit_block: float = 0.05
    size: float = 0.5
    span_low: float = 8.0
    span_high: float = 16.0
    overhead: float = 0.25
    pay: float = 0.05
    spend: float = 0.10


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its scenario and the number of its firm."""

    scenario: Scenario
    firm: int


def population(
    units: int = 200, *, firms: int = FIRMS, seed: int = 1, base: Scenario | None = None, spread: Spread | None = None
) -> list[Unit]:
    """Units of several firms, dealt out evenly; the first ones are the same however many there are.

    base: what all have in common, by default a scenario with nothing set; blocks, sizes and economics are drawn about
    its own. Raises Mistake for numbers that cannot be.
    """
    whole_number("units", units, 1, LARGEST)
    whole_number("firms", firms, 1, LARGEST)
    whole_number("seed", seed, 0, LARGEST_SEED)
    ground, wide = base or Scenario.model_validate({"schema": 1}), spread or Spread()
    policies = [_policy(ground, wide, np.random.default_rng((seed, 0, firm))) for firm in range(firms)]
    return [
        Unit(
            _unit(ground, wide, policies[number % firms], np.random.default_rng((seed, 1, number)), number),
            number % firms,
        )
        for number in range(units)
    ]


def _policy(base: Scenario, spread: Spread, luck: np.random.Generator) -> list[float]:
    """A firm's designed maturity of each block."""
    whole = spread.firm * luck.standard_normal()
    own = spread.firm_block * luck.standard_normal(len(BLOCKS))
    return [_share(level + whole + one) for level, one in zip(base.designed(), own, strict=True)]


def _unit(base: Scenario, spread: Spread, policy: list[float], luck: np.random.Generator, number: int) -> Scenario:
    whole = spread.unit * luck.standard_normal()
    own = spread.unit_block * luck.standard_normal(len(BLOCKS))
    blocks = {
        block: {"designed": designed, "lived": _share(designed + whole + one)}
        for block, designed, one in zip(BLOCKS, policy, own, strict=True)
    }
    size, overhead, pay, spend = luck.standard_normal(4)
    employees = max(6, round(base.organisation.employees * _times(spread.size, size)))
    times = employees / base.organisation.employees
    behaviour = {"unit_start": 1.0, **base.behaviour}
    return base.with_(
        {
            "name": f"unit-{number}",
            "building_blocks": blocks,
            "organisation.employees": employees,
            "organisation.leaders": max(1, round(employees / luck.uniform(spread.span_low, spread.span_high))),
            "customers.active": round(base.customers.active * times),
            "customers.prospects": round(base.customers.prospects * times),
            "behaviour": behaviour,
            **_economics(base, spread, times, (float(overhead), float(pay), float(spend))),
        }
    )


def _economics(base: Scenario, spread: Spread, times: float, drawn: tuple[float, float, float]) -> dict[str, Any]:
    """Fixed sums by size; rent, wages and spending by place."""
    overhead, pay, spend = drawn
    money = base.economics
    return {
        "economics.overhead": money.overhead * times * _times(spread.overhead, overhead),
        "economics.budget": money.budget * times,
        "economics.pay": money.pay * _times(spread.pay, pay),
        "economics.price": money.price * _times(spread.spend, spend),
        "economics.fee": money.fee * _times(spread.spend, spend),
    }


def _times(spread: float, drawn: float) -> float:
    """A lognormal factor with mean 1."""
    return float(np.exp(spread * drawn - 0.5 * spread * spread))


def _share(value: float) -> float:
    return float(np.clip(value, 0.03, 0.97))
