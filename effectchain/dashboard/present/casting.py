"""The scenarios that a story is told with: its organisation, and each of its what-ifs."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.blocks import BLOCKS
from effectchain.dashboard.present.story import BASELINE, Story, Strengthen, WhatIf
from scenarios.errors import Mistake
from scenarios.loading import load
from scenarios.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Cast:
    """The scenario of the baseline and of each what-if, by id; the baseline first."""

    scenarios: Mapping[str, Scenario]
    is_logged: bool

    @property
    def base(self) -> Scenario:
        """The organisation as it is."""
        return self.scenarios[BASELINE]


def cast(story: Story) -> Cast:
    """All scenarios of a story. Raises Mistake, which says where in the story, for a scenario that cannot be."""
    found = {BASELINE: _base(story)}
    for one in story.what_ifs:
        try:
            found[one.id] = _what_if(one, found[one.beside])
        except Mistake as mistake:
            raise Mistake(str(mistake), f"what-if '{one.id}'") from None
    return Cast(found, any(step.show == "customer" or step.groups or is_of_log(step.measure) for step in story.steps))


def is_of_log(measure: str) -> bool:
    """Whether what is measured comes from the log of encounters."""
    return measure == "failures_above"


def _base(story: Story) -> Scenario:
    try:
        preset = story.organisation.preset
        start = load(preset) if preset else Scenario(name="organisation")
        return start.with_({"weeks": story.weeks, **story.organisation.changes, "name": BASELINE})
    except Mistake as mistake:
        raise Mistake(str(mistake), "organisation") from None


def _what_if(one: WhatIf, beside: Scenario) -> Scenario:
    scenario = beside.with_({**one.changes, "name": one.id})
    for work in one.strengthen:
        scenario = _strengthened(scenario, work)
    return scenario


def _strengthened(scenario: Scenario, work: Strengthen) -> Scenario:
    for block in work.blocks or BLOCKS:
        scenario = scenario.strengthen(
            block, to=work.to, effort=work.effort, start=work.start, weeks=work.weeks, approach=work.approach
        )
    return scenario
