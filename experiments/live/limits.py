"""How much one session, and all together, may ask of the machine: too large gets fewer worlds, and is told so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from results.words import words_of
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from simulation.indicators import WEEKLY

MOST_WHAT_IFS: Final = 5
"""The scenario that is being changed, and four that are pinned."""

LEAST_WORLDS: Final = 2

MOST_AGENT_WEEKS: Final = 2_000_000_000
"""People times weeks times worlds over all scenarios of a session: about a minute of two cores."""


MOST_TOGETHER: Final = 10 * MOST_AGENT_WEEKS
"""The same over all sessions whose worlds are not all lived yet: what this machine does in some minutes."""

MOST_BYTES: Final = 2_000_000_000
"""Bytes of weekly records that all sessions together may hold."""

A_WEEK: Final = WEEKLY.itemsize
"""Bytes of a week of one world."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What others' sessions ask of the machine already: people times weeks times worlds to be lived, and bytes."""

    agent_weeks: int = 0
    bytes: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.agent_weeks + other.agent_weeks, self.bytes + other.bytes)


NOTHING: Final = Taken()


@dataclass(frozen=True, slots=True)
class Limit:
    """That there will be fewer worlds than wanted, because people, weeks and scenarios are many.

    is_busy: or because others are at work on this machine.
    """

    worlds: int
    wanted: int
    is_busy: bool = False

    def sentence(self, language: str = "en") -> str:
        """The same in words."""
        phrase = words_of("experiments.live", language)["busy" if self.is_busy else "large"]
        return phrase.format(worlds=self.worlds, wanted=self.wanted)


def limit_of(scenarios: Sequence[Scenario], weeks: int, wanted: int, taken: Taken = NOTHING) -> Limit:
    """How many worlds of each scenario are lived, beside what others ask. Raises Mistake where two are too many."""
    alone = worlds_allowed(scenarios, weeks, wanted)
    one = load_of(scenarios, weeks, 1)
    room = ((MOST_TOGETHER - taken.agent_weeks) // one.agent_weeks, (MOST_BYTES - taken.bytes) // one.bytes)
    together = min(alone, *room)
    if together < min(LEAST_WORLDS, wanted):
        raise Mistake(
            "so many people are at work on this machine that there is no room for more",
            hint="try again in a while, with fewer weeks or pinned scenarios, or use `effectchain compare`",
        )
    return Limit(together, wanted, is_busy=together < alone)


def load_of(scenarios: Sequence[Scenario], weeks: int, worlds: int) -> Taken:
    """What so many worlds of each of these scenarios ask of the machine."""
    everybody = sum(agent_weeks(scenario, weeks) for scenario in scenarios)
    return Taken(worlds * everybody, worlds * len(scenarios) * weeks * A_WEEK)


def worlds_allowed(scenarios: Sequence[Scenario], weeks: int, wanted: int) -> int:
    """How many worlds of each scenario may be lived. Raises Mistake where two are too many, or scenarios are."""
    if len(scenarios) > MOST_WHAT_IFS + 1:
        raise Mistake(f"there are {len(scenarios) - 1} what-ifs", allowed=f"at most {MOST_WHAT_IFS}", hint="unpin one")
    allowed = MOST_AGENT_WEEKS // sum(agent_weeks(scenario, weeks) for scenario in scenarios)
    if allowed < min(LEAST_WORLDS, wanted):
        people = max(people_of(scenario) for scenario in scenarios)
        raise Mistake(
            f"{people:,} people over {weeks} weeks are too many to answer while you wait",
            hint="take fewer customers, prospects, weeks or pinned scenarios, or use `effectchain compare`",
        )
    return min(wanted, allowed)


def agent_weeks(scenario: Scenario, weeks: int) -> int:
    """People times weeks of one world, warm-up included."""
    return people_of(scenario) * (scenario.warmup + weeks)


def people_of(scenario: Scenario) -> int:
    """Everybody in a world."""
    organisation, customers = scenario.organisation, scenario.customers
    return organisation.employees + organisation.leaders + customers.active + customers.prospects
