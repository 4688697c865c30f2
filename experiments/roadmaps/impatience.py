"""The price of impatience: the same plan, stopped before it is done."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from experiments.roadmaps.plan import Plan, Work

SHARES: Final = (0.25, 0.5, 0.75)
"""Of the plan's length, after which it is stopped."""


def stopped(plan: Plan, share: float) -> Plan:
    """The plan up to this share of its length, from its first week of work to its last; then no work and no upkeep."""
    end = plan.start + round(share * (plan.end - plan.start))
    return Plan(tuple(_until(plan, end)))


def _until(plan: Plan, end: int) -> Iterator[Work]:
    for work in plan.works:
        weeks = min(work.end, end) - work.start
        if weeks > 0:
            yield replace(work, weeks=weeks, upkeep=0.0)
