"""From lived worlds to the margins by which conclusions hold."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from agents.recovery import change_by_recovery, loss_by_failure
from agents.registry import parameter_record
from experiments.robustness.arms import APPROACHES, BALANCED, USUAL
from experiments.robustness.living import Outcome
from experiments.validation.patterns.paradox import (
    DEMANDINGNESS,
    FAIR_RECOVERIES,
    FINE_RECOVERIES,
    MILD_ONES,
    SEVERE_ONES,
)
from results.statistics import Interval, mean_interval
from scenarios.scenario import Scenario

Numbers = npt.NDArray[np.float64]
Arms = Mapping[str, Sequence[Outcome]]
"""Outcomes by arm, one a world, worlds in the same order."""

RARE: Final = 0.10
"""Failures that may end above pre-failure satisfaction, at most (pattern 2)."""

PLAUSIBLE: Final[Mapping[str, tuple[float, float]]] = {
    "churn": (0.02, 0.50),
    "turnover": (0.03, 0.70),
    "satisfaction": (0.45, 0.90),
    "customers": (0.5, 2.0),
}
"""Between which levels an organisation must stay, with nothing done to it, to be one that somebody might know."""


def returns(arms: Arms, name: str) -> Numbers:
    """What an arm earns for each euro put into it, world by world, all at its worth at the start.

    Gains are the extra profit before the extra investment; that is taken as its mean over the worlds.
    """
    worth, spent = (
        np.array([getattr(after, what) - getattr(before, what) for before, after in _pairs(arms, name)])
        for what in ("worth", "spent")
    )
    return np.asarray((worth + spent) / spent.mean())


def more_loyal(arms: Arms, name: str) -> Numbers:
    """By how much an arm raises the chance to stay, world by world."""
    return np.array([after.loyalty - before.loyalty for before, after in _pairs(arms, name)])


def gains(arms: Arms, *, money: bool) -> Numbers:
    """Gains of the nine blocks alone: a row a block, a column a world."""
    return np.array([(returns if money else more_loyal)(arms, block) for block in BLOCKS])


def best_of(single: Numbers) -> int:
    """The block that gains most in the mean."""
    return int(single.mean(axis=1).argmax())


def lead(single: Numbers, place: int) -> Interval:
    """By how much a block gains more than the best of the others."""
    others = np.delete(single, place, axis=0)
    return mean_interval(single[place] - others[best_of(others)])


def ranks(single: Numbers) -> tuple[int, ...]:
    """The place of each block, 1 for the one that gains most in the mean."""
    order = np.argsort(-single.mean(axis=1), kind="stable")
    return tuple(int(place) + 1 for place in np.argsort(order, kind="stable"))


def balance(arms: Arms, *, money: bool) -> Interval:
    """By how much the balanced programme gains more than the best single block at the same cost."""
    single = gains(arms, money=money)
    return mean_interval(balanced(arms, money=money) - single[best_of(single)])


def balance_to_blind(arms: Arms, *, money: bool) -> Interval:
    """By how much the balanced programme gains more than one block that is picked blindly: than the nine on average."""
    return mean_interval(balanced(arms, money=money) - gains(arms, money=money).mean(axis=0))


def balanced(arms: Arms, *, money: bool) -> Numbers:
    """Gains of the balanced programme, world by world."""
    return (returns if money else more_loyal)(arms, BALANCED)


def combination(arms: Arms) -> Interval:
    """By how much more maturity is lived when both ways go together than in the better of the two alone."""
    lived = {name: np.array([one.lived for one in arms[name]]) for name in APPROACHES}
    alone = max((lived[name] for name in APPROACHES[1:]), key=lambda values: float(values.mean()))
    return mean_interval(lived[APPROACHES[0]] - alone)


def paradox_bounded(base: Scenario) -> Interval:
    """How far the paradox is from the wrong side: by the rules, so no luck plays a part.

    The mean change of satisfaction over first, mild failures with excellent recovery, or minus the largest mean over
    the other regions of pattern 1 (an earlier failure, fair recovery, severe failures), whichever is less.
    """
    where = _mean_change(base, product(MILD_ONES, FINE_RECOVERIES, (0.0,)))
    elsewhere = max(
        _mean_change(base, region)
        for region in (
            product(MILD_ONES, FINE_RECOVERIES, (1.0, 2.0)),
            product(MILD_ONES, FAIR_RECOVERIES, (0.0,)),
            product(SEVERE_ONES, FINE_RECOVERIES, (0.0,)),
        )
    )
    margin = min(where, -elsewhere)
    return Interval(margin, margin, margin, 0, 0.95)


def _mean_change(base: Scenario, region: Iterable[tuple[float, float, float]]) -> float:
    return float(np.mean([change(base, *cell) for cell in region]))


def change(base: Scenario, severity: float, quality: float, failures: float) -> float:
    """What a failure and its recovery do to the satisfaction of a usual customer who has seen no recovery yet."""
    p = parameter_record(base.behaviour_values())[0]
    expected = p.recovery_expectation_base + p.recovery_expectation_demanding * DEMANDINGNESS
    won: float = change_by_recovery(severity, quality, expected, failures, p)
    return won - loss_by_failure(severity, DEMANDINGNESS, p)


def paradox_rare(arms: Arms) -> Interval:
    """By how much the share of failures that end above pre-failure satisfaction stays below RARE."""
    return mean_interval([RARE - one.level["paradox"] for one in arms[USUAL]])


def level(arms: Arms) -> dict[str, float]:
    """What the organisation is like when nothing is done: means over the worlds."""
    return {name: float(np.mean([one.level[name] for one in arms[USUAL]])) for name in (*PLAUSIBLE, "paradox")}


def is_plausible(found: Mapping[str, float]) -> bool:
    """Whether that is an organisation that somebody might know."""
    return all(low <= found[name] <= high for name, (low, high) in PLAUSIBLE.items())


def _pairs(arms: Arms, name: str) -> Iterable[tuple[Outcome, Outcome]]:
    return zip(arms[USUAL], arms[name], strict=True)
