"""Experiments: small organisations that differ in one thing and share all luck, and what follows from the difference.

The test of a mechanism is a function of the rules with it and the rules without it: it must find the pattern in the
first and miss it in the second. `pattern_of` calls it a second time with the mechanism gone from both, and then it
must fail: otherwise it wouldn't notice that the mechanism is broken.
"""

from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from agents.blocks import BLOCKS
from agents.records import Record
from agents.registry import mechanisms, parameter_record
from scenarios.scenario import Scenario
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import begin, live_logged, recorded, warm_up

Found = TypeVar("Found")
Numbers = npt.NDArray[np.float64]
Changes = Mapping[str, Any]
"""Keys of a scenario by dotted path."""

Behaviour = Mapping[str, float]
"""Changed parameters of the agents' rules."""

Weeks = tuple[int, int]
"""First and last week, both included."""

SEED: Final = 23592
REPLICATIONS: Final = 8
CONFIDENCE: Final = 0.999
"""Of each interval: where nothing changes in the mean, a rise is claimed once in 2,000 times, and so is a fall."""

SMALL: Final[Changes] = {
    "organisation.employees": 24,
    "organisation.leaders": 3,
    "organisation.capacity": 7.3,
    "customers.active": 600,
    "customers.prospects": 600,
    "warmup": 26,
    "weeks": 52,
}
"""A small organisation, as busy as the default one."""

STEADY: Final[Behaviour] = {"quit_base": 0.0, "unit_variance": 0.0}
"""Nobody quits and the outside world stands still: less noise where neither matters."""

lives: dict[Hashable, Record] = {}
"""Weekly tables of all worlds that lived in this session."""


def pattern_of(mechanism: str) -> Callable[[Callable[[Behaviour, Behaviour], None]], Callable[[], None]]:
    """Declare the test of a mechanism in the table: a function of the rules with it and the rules without it."""

    def declare(test: Callable[[Behaviour, Behaviour], None]) -> Callable[[], None]:
        def checked() -> None:
            off = without(mechanism)
            test({}, off)
            with pytest.raises(AssertionError):
                test(off, off)

        checked.__name__, checked.__doc__ = test.__name__, test.__doc__
        checked.__dict__["mechanism"] = mechanism
        return checked

    return declare


def without(*names: str) -> Behaviour:
    """The rules without these mechanisms."""
    return {mechanisms()[name].switch: mechanisms()[name].off for name in names}


def parameters(behaviour: Behaviour, **more: float) -> Record:
    """The parameters as a record, for rules that are called by themselves."""
    return parameter_record({**behaviour, **more})[0]


def small(behaviour: Behaviour, changes: Changes) -> Scenario:
    """The small organisation with these rules and keys."""
    return Scenario().with_({**SMALL, "behaviour": dict(behaviour), **changes})


def shock(kind: str, size: float, start: int = 1, weeks: int = 52) -> Changes:
    """The keys of one shock."""
    return {"shocks": [{"kind": kind, "size": size, "start": start, "weeks": weeks}]}


def programme(approach: str = "combined", upkeep: float = 1.0) -> Changes:
    """The keys of half a year's work on all nine blocks."""
    work = {"start": 1, "weeks": 26, "effort": 0.3, "approach": approach, "upkeep": upkeep}
    return {"interventions": [{"block": block, **work} for block in BLOCKS]}


def blocks(level: float, *names: str) -> Changes:
    """The keys of these blocks, or of all, at this maturity."""
    return {f"building_blocks.{name}": level for name in names or BLOCKS}


def each(look: Callable[[int], Found]) -> list[Found]:
    """What is found in each replication, on two threads."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(look, range(REPLICATIONS)))


def world_of(scenario: Scenario, replication: int, prepare: Callable[[World], None] | None = None) -> World:
    """A world that lived the scenario's weeks; `prepare` changes it before the first of them."""
    world = begin(scenario, SEED, replication)
    warm_up(world)
    if prepare:
        prepare(world)
    live_weeks(world, 1, scenario.weeks)
    return world


def weekly(scenario: Scenario, prepare: Callable[[World], None] | None = None) -> Record:
    """The weekly tables of all replications: a row for each, of the scenario's weeks. Lived once a session."""
    key = (scenario.digest(), prepare)
    if key not in lives:
        lives[key] = np.stack(each(lambda n: recorded(world_of(scenario, n, prepare), scenario.weeks)))
    return lives[key]


def encounters(scenario: Scenario) -> list[Record]:
    """The encounter logs of all replications."""

    def live(replication: int) -> Record:
        world = begin(scenario, SEED, replication, log=True)
        warm_up(world)
        return live_logged(world, 1, scenario.weeks)[0]

    return each(live)


def mean_of(
    scenario: Scenario, indicator: str, weeks: Weeks, prepare: Callable[[World], None] | None = None
) -> Numbers:
    """An indicator's mean over these weeks, one number a replication."""
    table = weekly(scenario, prepare)[indicator]
    return np.asarray(np.nanmean(table[:, weeks[0] - 1 : weeks[1]], axis=1))


@dataclass(frozen=True)
class Effect:
    """Paired differences, one a replication; differences of effects are effects too."""

    values: Numbers

    @property
    def mean(self) -> float:
        """The mean difference."""
        return float(np.mean(self.values))

    @property
    def margin(self) -> float:
        """Half the width of Student's interval at CONFIDENCE."""
        number = len(self.values)
        reach = stats.t.ppf(0.5 + CONFIDENCE / 2.0, number - 1)
        return float(reach * np.std(self.values, ddof=1) / np.sqrt(number))

    @property
    def rises(self) -> bool:
        """Whether the interval lies above 0."""
        return self.mean - self.margin > 0.0

    @property
    def falls(self) -> bool:
        """Whether the interval lies below 0."""
        return self.mean + self.margin < 0.0

    def is_gone_beside(self, other: "Effect") -> bool:
        """Whether at most a fifth of the other effect's mean is left here."""
        return abs(self.mean) <= abs(other.mean) / 5.0

    def __sub__(self, other: "Effect") -> "Effect":
        return Effect(self.values - other.values)

    def __repr__(self) -> str:
        return f"<{self.mean:+.4g} ± {self.margin:.2g}>"


def effect(change: Changes, indicator: str, weeks: Weeks, behaviour: Behaviour, base: Changes | None = None) -> Effect:
    """What the change does to an indicator's mean over these weeks, beside the base scenario."""
    usual = base or {}
    changed = mean_of(small(behaviour, {**usual, **change}), indicator, weeks)
    return Effect(changed - mean_of(small(behaviour, usual), indicator, weeks))


def effect_of_rules(behaviour: Behaviour, other: Behaviour, indicator: str, weeks: Weeks, changes: Changes) -> Effect:
    """What the first rules do to an indicator's mean over these weeks, beside the other rules."""
    changed = mean_of(small(behaviour, changes), indicator, weeks)
    return Effect(changed - mean_of(small(other, changes), indicator, weeks))
