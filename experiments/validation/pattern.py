"""A pattern: a claim, the worlds to live for it, and the function from these worlds to figures."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from agents.records import Record
from results.validation.findings import Part, Said, Source
from results.validation.panels import Panel
from scenarios.scenario import Scenario
from simulation.state import World

Numbers = npt.NDArray[np.float64]
Weeks = tuple[int, int]
"""First and last week, both included."""

Figures = Mapping[str, float]
Reading = Callable[[Record, Record], Figures]
"""From an encounter log and the list of departures to figures; NaN where there is nothing to measure."""


def over(one: Numbers, other: Numbers) -> Numbers:
    """One over the other; NaN where there is nothing to divide by."""
    return np.asarray(np.divide(one, other, out=np.full(one.shape, np.nan), where=other != 0.0))


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a paired experiment: a scenario, lived once a replication under the luck that all arms share.

    scenario: one for all replications, or what replication n has. prepare: changes a world before its first recorded
    week. read: what is taken from the encounter log, which is then not kept. apart: 0 for the shared luck; arms with
    other numbers have luck of their own, as different organisations have.
    """

    scenario: Scenario | Callable[[int], Scenario]
    prepare: Callable[[World], None] | None = None
    read: Reading | None = None
    apart: int = 0

    def scenario_of(self, replication: int) -> Scenario:
        """The scenario that this replication lives."""
        return self.scenario if isinstance(self.scenario, Scenario) else self.scenario(replication)


class Worlds:
    """The lived worlds of all arms of a pattern, replications in the same order."""

    def __init__(
        self, base: Scenario, weekly: Mapping[str, Sequence[Record]], read: Mapping[str, Sequence[Figures]]
    ) -> None:
        """base: the organisation whose rules all arms have. weekly, read: by arm, one a replication."""
        self.base = base
        self._weekly, self._read = weekly, read

    def course(self, arm: str, indicator: str) -> Numbers:
        """An indicator week by week: a row a replication."""
        return np.array([weekly[indicator] for weekly in self._weekly[arm]], dtype="f8")

    def mean(self, arm: str, indicator: str, weeks: Weeks) -> Numbers:
        """An indicator's mean over these weeks, one number a replication; weeks without a value don't count."""
        return np.asarray(np.nanmean(self.course(arm, indicator)[:, weeks[0] - 1 : weeks[1]], axis=1))

    def figure(self, arm: str, name: str) -> Numbers:
        """A figure from the encounter log, one number a replication."""
        return np.array([figures[name] for figures in self._read[arm]], dtype="f8")

    def change(self, arm: str, beside: str, indicator: str, weeks: Weeks) -> Numbers:
        """What the arm has more of an indicator than another one in the same world."""
        return self.mean(arm, indicator, weeks) - self.mean(beside, indicator, weeks)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern and how it is looked for.

    arms: from the organisation that all have in common to the sides of the experiment, by name. judge: from lived
    worlds to the parts of the criterion. draw: the figure that shows it. listed: whether it is one of the patterns of
    the list in docs/evidence.md; the others are further evidence. held_out: nothing of it was used to set a parameter
    or the form of a rule. The rest is as in results.validation.findings.Finding.
    """

    id: str
    claim: Said
    grade: str
    sources: Sequence[Source]
    criterion: Said
    arms: Callable[[Scenario], Mapping[str, Arm]]
    judge: Callable[[Worlds], Sequence[Part]]
    draw: Callable[[Worlds], Panel]
    note: Said | None = None
    why_red: Said | None = None
    listed: bool = True
    held_out: bool = False
