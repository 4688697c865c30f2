"""Organisations that several patterns live in: the shipped defaults, or these with sizes and levels set."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from agents.blocks import BLOCKS
from experiments import naming
from results.numbers import decimal
from results.validation.findings import Said
from scenarios.scenario import Scenario
from simulation.state import World

SMALL: Final[Mapping[str, Any]] = {
    "organisation.employees": 30,
    "organisation.leaders": 3,
    "customers.active": 1500,
    "customers.prospects": 2000,
    "economics.overhead": 450_000.0,
}
"""Half the default organisation: as busy, and half the cost."""


def small(base: Scenario, weeks: int, changes: Mapping[str, Any] | None = None) -> Scenario:
    """Half the default organisation over so many weeks, with these keys changed."""
    return base.with_({**SMALL, "weeks": weeks, **(changes or {})})


def levels(level: float, *blocks: str) -> dict[str, float]:
    """The keys of these blocks, or of all nine, at this maturity, designed and lived."""
    return {f"building_blocks.{block}": level for block in blocks or BLOCKS}


def shock(kind: str, size: float, start: int, weeks: int) -> dict[str, Any]:
    """One shock as a scenario has it."""
    return {"kind": kind, "size": size, "start": start, "weeks": weeks}


def stepping(level: float, *blocks: str) -> Callable[[World], None]:
    """What puts these blocks on this level, designed and lived, as the first week begins."""
    places = [BLOCKS.index(block) for block in blocks]

    def step(world: World) -> None:
        for name in ("designed", "lived", "designed_start", "lived_start"):
            world.organisation[name][:, places] = level

    return step


def competence_of(level: float) -> Said:
    """What people held at this level of competence are called."""
    return Said(f"competence {decimal(level, 2, 'en')}", f"bekwaamheid {decimal(level, 2, 'nl')}")


def block_name(block: str) -> Said:
    """What a building block is called."""
    return Said(naming.block_name(block, "en"), naming.block_name(block, "nl"))
