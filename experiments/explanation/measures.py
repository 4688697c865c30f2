"""What a what-if does beyond its baseline, measure by measure: each can be taken alone, or left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scenarios.errors import Mistake
from scenarios.intervention import Programme
from scenarios.scenario import Scenario

PROGRAMME: Final = "programme"
"""What goes on all along, where it differs from the baseline's."""

OTHERWISE: Final = "other differences"
"""All else in which a what-if differs from its baseline: organisation, customers, market, behaviour, shocks, and
interventions that it leaves out."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A baseline, a what-if, and the measures that lead from the one to the other.

    names: the interventions that only the what-if has, by their own name or else by block and first week; then
    PROGRAMME and OTHERWISE where there is such a difference.
    """

    base: Scenario
    what_if: Scenario
    interventions: dict[str, dict[str, Any]]
    names: tuple[str, ...]

    def with_only(self, taken: Iterable[str]) -> Scenario:
        """The baseline with these measures and no others."""
        chosen = set(taken)
        ground = self.what_if if OTHERWISE in chosen else self.base
        programme = self.what_if if PROGRAMME in chosen else self.base
        added = [intervention for name, intervention in self.interventions.items() if name in chosen]
        own = self.base.as_dict()["interventions"]
        return ground.with_(
            {
                "name": self.base.name,
                "weeks": self.what_if.weeks,
                "interventions": [*(_common(self.base, self.what_if) if OTHERWISE in chosen else own), *added],
                "programme": _table(programme, "programme"),
            }
        )


def measures(what_if: Scenario, base: Scenario | None = None) -> Measures:
    """The measures of a what-if; without a baseline, that is the what-if with nothing done.

    Raises Mistake where the two do not differ.
    """
    ground = base or undone(what_if)
    present = _common(ground, what_if)
    interventions = _named(_without(what_if.as_dict()["interventions"], present))
    names = list(interventions)
    if _table(ground, "programme") != _table(what_if, "programme"):
        names.append(PROGRAMME)
    if _ground(ground) != _ground(what_if) or len(present) < len(ground.interventions):
        names.append(OTHERWISE)
    if not names:
        raise Mistake(
            f"nothing is done in '{what_if.name}' that is not done in '{ground.name}' too",
            hint="there is nothing to explain; give a scenario with interventions",
        )
    return Measures(ground, what_if, interventions, tuple(names))


def undone(what_if: Scenario) -> Scenario:
    """The scenario without its interventions and without its programme."""
    return what_if.with_({"interventions": [], "programme": Programme().model_dump(mode="json")})


def _table(scenario: Scenario, name: str) -> dict[str, Any]:
    """A table of the scenario with its optional keys, None where they are absent."""
    return dict(getattr(scenario, name).model_dump(mode="json", by_alias=True))


def _common(base: Scenario, what_if: Scenario) -> list[dict[str, Any]]:
    """The interventions that both have; one that a scenario has twice is two."""
    before = base.as_dict()["interventions"]
    return _without(before, _without(before, what_if.as_dict()["interventions"]))


def _without(all_of: Sequence[dict[str, Any]], some: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are left of the one when each of the other is taken away once."""
    left = list(all_of)
    for one in some:
        if one in left:
            left.remove(one)
    return left


def _ground(scenario: Scenario) -> dict[str, Any]:
    """All that decides on numbers, apart from interventions and programme."""
    said = {"name", "about", "interventions", "programme", "weeks", "expected"}
    return {name: value for name, value in scenario.as_dict().items() if name not in said}


def _named(interventions: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for intervention in interventions:
        own = intervention.get("name") or f"{intervention['block']} from week {intervention['start']}"
        name, number = own, 1
        while name in named or name in {PROGRAMME, OTHERWISE}:
            number += 1
            name = f"{own} ({number})"
        named[name] = intervention
    return named
