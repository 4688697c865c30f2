"""How much one session may ask of the machine: a large organisation gets fewer worlds, and is told so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.errors import Mistake
from scenarios.scenario import Scenario

MOST_WHAT_IFS: Final = 5
"""The scenario that is being changed, and four that are pinned."""

LEAST_WORLDS: Final = 2

MOST_AGENT_WEEKS: Final = 2_000_000_000
"""People times weeks times worlds over all scenarios of a session: about a minute of two cores."""


@dataclass(frozen=True, slots=True)
class Limit:
    """That there will be fewer worlds than wanted, because people, weeks and scenarios are many."""

    worlds: int
    wanted: int

    def sentence(self, language: str = "en") -> str:
        """The same in words."""
        if language == "nl":
            return (
                f"Deze organisatie is zo groot dat er {self.worlds} in plaats van {self.wanted} werelden worden "
                "doorgerekend; de marges zijn daardoor wijder. Minder weken, klanten of scenario's geven er meer."
            )
        return (
            f"This organisation is so large that {self.worlds} worlds are simulated instead of {self.wanted}, so "
            "intervals are wider. Fewer weeks, customers or scenarios allow for more."
        )


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
