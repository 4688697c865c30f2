"""Links of the effect chain, and how to cut one: what passes is held as it is in another world, person by person."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import numpy as np

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from simulation.state import Causes, Makers, World, makers_of
from simulation.week import CHOOSING, LEADING, LIVING, SERVING, SPREADING, TALKING, WORKLOAD

HERE: Final[Mapping[str, int]] = {"employees": EMPLOYED, "customers": CUSTOMER}
"""Status of those who are there, where records are places that may be empty."""


class Held(NamedTuple):
    """Fields of these records that are held at the end of this part of the week.

    everybody: also of people who aren't there in both worlds.
    """

    part: int
    records: str
    fields: tuple[str, ...]
    everybody: bool = False


class Link(NamedTuple):
    """What passes a link: state that is held after parts of the week, and what decides on encounters meanwhile."""

    held: tuple[Held, ...] = ()
    causes: tuple[str, ...] = ()

    @property
    def parts(self) -> set[int]:
        """Parts of the week after which to look at the other world."""
        return {one.part for one in self.held} | ({SERVING} if self.causes else set())


LINKS: Final[Mapping[str, Link]] = {
    "leaders": Link(
        (Held(LEADING, "leaders", ("style", "belief", "norm", "credibility", "coaching", "self_managing")),)
    ),
    "adoption": Link(
        (
            Held(SPREADING, "employees", ("adopted", "ownership", "norm", "reflection")),
            Held(SPREADING, "organisation", ("adoption",)),
            Held(LIVING, "employees", ("values_fit",)),
        )
    ),
    "autonomy": Link((Held(SPREADING, "employees", ("autonomy",)),)),
    "engagement": Link((Held(LIVING, "employees", ("engagement",)),)),
    "competence": Link((Held(LIVING, "employees", ("competence",)),)),
    "load": Link(
        (
            Held(WORKLOAD, "organisation", ("utilisation", "strain", "standard", "thin")),
            Held(LIVING, "employees", ("exhaustion",)),
        )
    ),
    "failures": Link(causes=("failures",)),
    "recovery": Link(causes=("recovery",)),
    "expectations": Link(
        (
            Held(SERVING, "customers", ("expectation", "desired", "recovery_expectation")),
            Held(CHOOSING, "customers", ("expectation", "desired", "recovery_expectation")),
        )
    ),
    "delight": Link(
        (Held(SERVING, "customers", ("bond", "novelty")), Held(CHOOSING, "customers", ("bond", "novelty"))),
        ("surprises",),
    ),
    "word_of_mouth": Link(
        (
            Held(TALKING, "customers", ("heard_good", "heard_bad"), everybody=True),
            Held(CHOOSING, "organisation", ("reputation",)),
        )
    ),
}
"""The links, from leaders to the market.

leaders: style, belief, example, credibility, coaching. adoption: the new way of working, its ownership, the service
norm, values. load: utilisation, the standard that gives way under it, exhaustion. failures, recovery: the people and
processes that decide on them. delight: surprises, and the bonds that delight makes. word_of_mouth: messages heard, and
the reputation made of them.
"""


def causes_of(world: World, other: World, cut: frozenset[str]) -> Causes:
    """Who decides on this world's encounters where these links are cut: the other world's people on what is cut."""
    own, others = makers_of(world), makers_of(other)
    replaced = {name for link in cut for name in LINKS[link].causes}

    def whose(name: str) -> Makers:
        return others if name in replaced else own

    return Causes(whose("failures"), whose("recovery"), whose("surprises"))


def hold(world: World, other: World, cut: frozenset[str], part: int) -> None:
    """Put what these links pass on at the end of this part of the week where it is in the other world.

    People who aren't there in both worlds keep their own.
    """
    for link in cut:
        for held in LINKS[link].held:
            if held.part == part:
                _take(held, getattr(world, held.records), getattr(other, held.records))


def _take(held: Held, own: Any, others: Any) -> None:
    mine, theirs = own.view(np.ndarray), others.view(np.ndarray)
    here = HERE.get(held.records)
    both: Any = True
    if here is not None and not held.everybody:
        both = (mine["status"] == here) & (theirs["status"] == here)
    for field in held.fields:
        np.copyto(mine[field], theirs[field], where=both)
