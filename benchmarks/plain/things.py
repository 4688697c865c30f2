"""What a plain model is made of besides agents: things with attributes, and records turned into them."""

from collections.abc import Iterable
from functools import reduce
from operator import add
from types import SimpleNamespace
from typing import Any, Final

import numpy as np

from agents.records import Record

NOBODY: Final = -1


def thing(record: Record) -> Any:
    """An object with the fields of a record as plain Python numbers and lists."""
    return fill(SimpleNamespace(), record)


def total(values: Iterable[float]) -> float:
    """These numbers added up one after the other; from Python 3.12 on, `sum` adds in a finer way, with other bits."""
    return reduce(add, values, 0.0)


def fill(one: Any, record: Record) -> Any:
    """Give an object the fields of a record."""
    for name in record.dtype.names:
        value = record[name]
        setattr(one, name, value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value)
    return one


class Tally:
    """What is counted in a week; everything begins at nothing."""

    def __init__(self) -> None:
        self.served = self.performance = self.effort = self.surprising = self.delighted = 0.0
        self.failed = self.voiced = self.recovered = self.recovery_quality = self.recovery_satisfaction = 0.0
        self.rework = self.appeals = self.compensation = 0.0
        self.revenue_usual = self.revenue_fees = self.revenue_premium = 0.0
        self.active = self.satisfaction = self.expectation = self.desired = self.bond = self.loyalty = 0.0
        self.promoters = self.detractors = self.lost = self.dropped = self.joined = 0.0
        self.praised = self.warned = self.quits = self.hires = self.capacity = 0.0
        self.felt = [0.0] * 5
        self.price = 1.0
        self.common_failure = 0.0


class Encounter:
    """One meeting of a customer and an employee, as it begins."""

    def __init__(self, week: int, customer: Any, familiar: bool) -> None:  # noqa: FBT001  the rules take it so too
        self.week = week
        self.familiar = int(familiar)
        self.failed = self.voiced = self.recovered = self.bounced = self.delighted = 0
        self.step = self.kind = NOBODY
        self.felt = [0.0] * 5
        self.effort = self.performance = self.surprise = self.severity = 0.0
        self.distributive = self.procedural = self.interactional = 0.0
        self.recovery_quality = self.recovery_satisfaction = 0.0
        self.expectation = customer.expectation
