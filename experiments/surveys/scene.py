"""What a survey meets: a world at the end of a week, and what its customers remember of the year before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents import customer, employee
from agents.records import Record
from agents.recovery import satisfied_with_recovery
from simulation.state import World

Column = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

YEAR: Final = 52
"""Weeks of encounters that people are asked to think back on."""


@dataclass(frozen=True)
class Scene:
    """A world as this week ends.

    encounters: the encounter log of the last year, or of as much of it as was recorded; empty where only employees
    are asked.
    """

    world: World
    week: int
    encounters: Record

    @property
    def parameters(self) -> Any:
        """The parameters of this world."""
        return self.world.parameters[0]

    @cached_property
    def present(self) -> Numbers:
        """Numbers of those who are customers now."""
        return np.flatnonzero(self.world.customers.status == customer.CUSTOMER)

    @cached_property
    def at_work(self) -> Numbers:
        """Seats of those employed now."""
        return np.flatnonzero(self.world.employees.status == employee.EMPLOYED)

    @cached_property
    def quality(self) -> Column:
        """Quality as everybody remembers it, by the number of the customer (0 to 1).

        A memory like that of satisfaction: each encounter moves it towards what was perceived, faster downwards, and
        a failure takes from it what it takes from satisfaction, less what recovery made good. It starts from what
        was expected, which is what was received before.
        """
        p, remembered = self.parameters, self.world.customers.expectation.copy()
        encounters, turns = self._turns
        for number, places in enumerate(turns):
            log = encounters[places]
            who = log["customer"]
            before = log["expectation"] if number == 0 else remembered[who]
            received = log["performance"] + log["surprise"]
            unmended = log["severity"] * (1.0 - log["recovered"] * log["recovery_quality"])
            pace = p.satisfaction_pace * np.where(received < before, p.satisfaction_pace_down, 1.0)
            after = before + pace * (received - before) - p.failure_loss * log["failed"] * unmended
            remembered[who] = np.clip(after, 0.0, 1.0)
        return np.asarray(remembered)

    @cached_property
    def recovery(self) -> Column:
        """Satisfaction with how the latest complaint was handled, by the number of the customer; NaN without one."""
        felt = np.full(len(self.world.customers), np.nan)
        p = self.parameters
        for log in self._of_present[self._of_present["voiced"] == 1]:
            answered = log["recovery_satisfaction"]
            if log["recovered"] == 0:
                answered = satisfied_with_recovery(p.bounced_quality, log["recovery_expectation"], p)
            felt[log["customer"]] = answered
        return felt

    @cached_property
    def _of_present(self) -> Any:
        """Encounters of those who are customers now, since they became so; in the order in which they happened."""
        people, log = self.world.customers, np.asarray(self.encounters)
        who = log["customer"]
        here = (people.status[who] == customer.CUSTOMER) & (log["week"] >= people.joined_week[who])
        return log[here & (log["week"] > self.week - YEAR)]

    @cached_property
    def _turns(self) -> tuple[Any, list[Numbers]]:
        """Encounters by customer, and the places of everybody's first, of everybody's second, and so on."""
        log = self._of_present[np.lexsort((self._of_present["week"], self._of_present["customer"]))]
        first = np.flatnonzero(np.diff(log["customer"], prepend=-1))
        counts = np.diff(np.append(first, len(log)))
        turns = [first[counts > turn] + turn for turn in range(int(counts.max(initial=0)))]
        return log, turns
