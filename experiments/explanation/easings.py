"""Constraints of an organisation, and what it is to ease each of them a little from week 1 on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from agents.blocks import BLOCKS
from experiments.naming import block_name
from simulation.state import World

STEP: Final = 0.1
"""Of maturity, style, room, belief and the like: a tenth of the scale."""

PART: Final = 0.05
"""Of seats and demand: one in twenty."""


@dataclass(frozen=True, slots=True)
class Easing:
    """A constraint, what eases it a little in both languages, and how that changes a world before its week 1."""

    name: str
    english: str
    dutch: str
    ease: Callable[[World], None]

    def words(self, language: str) -> str:
        """What is eased, and by how much."""
        return self.dutch if language == "nl" else self.english


def easings() -> tuple[Easing, ...]:
    """The nine building blocks, then people, leaders, work and promise."""
    return (*(_block(place, block) for place, block in enumerate(BLOCKS)), *_OTHERS)


def _block(place: int, block: str) -> Easing:
    def ease(world: World) -> None:
        organisation = world.organisation
        for field in ("designed", "designed_start", "lived", "lived_start"):
            organisation[field][0, place] = min(1.0, organisation[field][0, place] + STEP)

    return Easing(
        block, f"{block_name(block, 'en')}: a tenth stronger", f"{block_name(block, 'nl')}: een tiende sterker", ease
    )


def _seats(world: World) -> None:
    _from_week_one(world, "seats")[:] *= 1.0 + PART


def _demand(world: World) -> None:
    _from_week_one(world, "demand")[:] *= 1.0 - PART


def _coaching_hours(world: World) -> None:
    world.leaders.coaching_hours += 1.0


def _letting_go(world: World) -> None:
    _add(world.parameters, "style_base", STEP)


def _belief(world: World) -> None:
    _add(world.parameters, "belief_base", -STEP)
    _add(world.leaders, "belief", -STEP)


def _room(world: World) -> None:
    _add(world.parameters, "autonomy_base", STEP)


def _newcomers(world: World) -> None:
    _add(world.parameters, "newcomer_competence", STEP)


def _vacancies(world: World) -> None:
    world.parameters.vacancy_weeks *= 0.5


def _handovers(world: World) -> None:
    world.settings.handovers = np.maximum(0.0, world.settings.handovers - 0.5)


def _continuity(world: World) -> None:
    _add(world.settings, "continuity", STEP)


def _promise(world: World) -> None:
    world.settings.promise = np.maximum(-1.0, world.settings.promise - 0.02)


_OTHERS: Final = (
    Easing("seats", "Staffing: one seat in twenty more", "Bezetting: een op de twintig plaatsen meer", _seats),
    Easing("demand", "Demand: one visit in twenty less", "Vraag: een op de twintig bezoeken minder", _demand),
    Easing(
        "coaching_hours",
        "Leaders' time to coach: an hour a week more",
        "Tijd van leiders om te coachen: een uur per week meer",
        _coaching_hours,
    ),
    Easing("letting_go", "Leaders' style: a tenth more room", "Stijl van leiders: een tiende meer ruimte", _letting_go),
    Easing("belief", "Belief in control: a tenth less", "Geloof in sturen en controle: een tiende minder", _belief),
    Easing("room", "Room to decide: a tenth more", "Beslisruimte: een tiende meer", _room),
    Easing(
        "newcomers",
        "Newcomers' competence: a tenth higher",
        "Bekwaamheid van nieuwkomers: een tiende hoger",
        _newcomers,
    ),
    Easing("vacancies", "Vacancies: filled twice as fast", "Vacatures: twee keer zo snel vervuld", _vacancies),
    Easing(
        "handovers",
        "Handovers between departments: one in two visits less",
        "Overdrachten tussen afdelingen: een per twee bezoeken minder",
        _handovers,
    ),
    Easing(
        "continuity",
        "Own contact person: a tenth of visits more",
        "Eigen contactpersoon: bij een tiende van de bezoeken meer",
        _continuity,
    ),
    Easing("promise", "Promise: two hundredths lower", "Belofte: twee honderdsten lager", _promise),
)


def _from_week_one(world: World, field: str) -> Any:
    """A field of the plan from week 1 on."""
    return world.plan[field][1 - int(world.settings[0].first_week) :]


def _add(records: Any, field: str, step: float) -> None:
    """Add to a share in all these records, within its limits."""
    records[field] = np.clip(records[field] + step, 0.0, 1.0)
