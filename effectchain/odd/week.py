"""The week as it stands in simulation/week.py: its parts in order, what each calls, and which state it changes."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from effectchain.odd.rules import Rule, Submodel, called_in, in_order, submodel, tree, walk
from simulation import measuring
from simulation.beginning import populate
from simulation.week import live_week
from simulation.working import call_the_roll

HOLDERS: Final = {
    "organisation": "organisation",
    "leader": "leader",
    "employee": "employee",
    "customer": "customer",
    "person": "customer",
    "prospect": "customer",
    "listener": "customer",
    "encounter": "encounter",
    "world.leaders": "leader",
    "world.employees": "employee",
    "world.customers": "customer",
}
"""Whose record the names stand for that rules give to records; in square brackets one out of all."""

OPENING: Final = "open_page"
"""The process that empties the week's tally."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the week.

    name: as in the code. processes: what it calls, in order. rules: these and all that they use, each in the part that
    uses it first.
    """

    name: str
    processes: tuple[Submodel, ...]
    rules: tuple[Submodel, ...]


def conditions() -> list[ast.If]:
    """The parts of the week as they stand in the code."""
    return [one for one in tree(live_week).body if isinstance(one, ast.If)]


def name_of(part: ast.If) -> str:
    """The name of a part, from `first <= NAME <= last`."""
    assert isinstance(part.test, ast.Compare)  # noqa: S101  else the week is no longer cut into parts
    return ast.unparse(part.test.comparators[0])


def processes_of(part: ast.If) -> list[Rule]:
    """What a part calls, in order; emptying the page is no process."""
    return [one for one in called_in(part, live_week) if one.__name__ != OPENING]


def without_measuring(rules: Iterable[Rule]) -> Iterator[Rule]:
    """Rules but for the sums and means behind the indicators, which the table of indicators defines."""
    left_out = {name for name, _ in inspect.getmembers(measuring, inspect.isfunction)} - {"measure"}
    return (one for one in rules if one.__module__ != measuring.__name__ or one.__name__ not in left_out)


@cache
def parts() -> tuple[Part, ...]:
    """The parts of the week in order, every rule in the first part that uses it."""
    seen: set[Rule] = set()
    found = []
    for part in conditions():
        processes = processes_of(part)
        rules = [one for process in processes for one in without_measuring(walk(process))]
        new = [one for one in dict.fromkeys(rules) if one not in seen]
        seen.update(new)
        described = tuple(submodel(one) for one in processes)
        found.append(Part(name_of(part), described, tuple(submodel(one) for one in new)))
    return tuple(found)


@cache
def beginning() -> tuple[Submodel, ...]:
    """The rules by which a world begins, without those that a week has too."""
    weekly = {one.name for part in parts() for one in part.rules}
    return tuple(submodel(one) for one in dict.fromkeys([*walk(populate), call_the_roll]) if one.__name__ not in weekly)


@cache
def changes() -> dict[tuple[str, str], tuple[str, ...]]:
    """For each record and field that a week changes, the parts that do; others stay as they were at the start."""
    found: dict[tuple[str, str], list[str]] = {}
    for part in conditions():
        written = {pair for process in processes_of(part) for one in walk(process) for pair in written_by(one)}
        for pair in written:
            found.setdefault(pair, []).append(name_of(part))
    return {pair: tuple(names) for pair, names in found.items()}


def written_by(function: Rule) -> Iterator[tuple[str, str]]:
    """Records and fields that a rule itself sets."""
    for one in in_order(tree(function)):
        if not isinstance(one, (ast.Attribute, ast.Subscript)) or not isinstance(one.ctx, ast.Store):
            continue
        field = one.value if isinstance(one, ast.Subscript) else one
        if not isinstance(field, ast.Attribute):
            continue
        holder = field.value.value if isinstance(field.value, ast.Subscript) else field.value
        if (record := HOLDERS.get(ast.unparse(holder))) is not None:
            yield record, field.attr
