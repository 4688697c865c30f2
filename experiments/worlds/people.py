"""Snapshots of people: everybody as a week ends, one row an agent."""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from agents import customer, employee, leader
from agents.failure import KINDS
from agents.records import Column
from experiments.worlds.columns import WORD, plain, same_number, same_word, type_of, words
from scenarios.scenario import Scenario
from simulation.state import World

IN_WORDS: Final = frozenset({"status", "segment", "failed_kind"})

KEYS: Final[Mapping[str, pa.DataType]] = {
    "scenario": WORD,
    "replication": pa.int32(),
    "week": pa.int32(),
    "kind": WORD,
    "number": pa.int32(),
    "team": pa.int32(),
    "status": WORD,
    "segment": WORD,
}

SCHEMA: Final = pa.schema(
    {
        **KEYS,
        **{
            column.name: WORD if column.name in IN_WORDS else type_of(column)
            for column in (*employee.COLUMNS, *leader.COLUMNS, *customer.COLUMNS)
            if column.name not in KEYS
        },
    }
)
"""Columns of the table of people: who and where, then those of employees, leaders and customers."""


def people(world: World, scenario: Scenario, replication: int, week: int) -> pa.Table:
    """Everybody as this week ends, 0 for the start of week 1: employees, leaders, and those who are customers.

    number is the seat, the leader's or the customer's own number; team is the number of the team and of its leader.
    The other columns are those of the agents' records; null for agents of a kind that has no such column.
    """
    parts = [employees(world), leaders(world), customers(world, scenario)]
    return pa.concat_tables(_table(part, same_word(scenario.name, _length(part)), replication, week) for part in parts)


def employees(world: World) -> dict[str, pa.Array]:
    """Those who hold a seat."""
    seats = np.flatnonzero(world.employees.status == employee.EMPLOYED)
    held = world.employees[seats]
    return _columns("employee", held, employee.COLUMNS) | {
        "number": pa.array(seats.astype("i4")),
        "status": same_word("employed", len(held)),
    }


def leaders(world: World) -> dict[str, pa.Array]:
    """All leaders."""
    numbers = pa.array(np.arange(len(world.leaders), dtype="i4"))
    return _columns("leader", world.leaders, leader.COLUMNS) | {"number": numbers, "team": numbers}


def customers(world: World, scenario: Scenario) -> dict[str, pa.Array]:
    """Those who are customers now."""
    numbers = np.flatnonzero(world.customers.status == customer.CUSTOMER)
    active = world.customers[numbers]
    known, failed = active.contact >= 0, active.failed_kind >= 0
    column_of = {column.name: column for column in customer.COLUMNS}
    return _columns("customer", active, customer.COLUMNS) | {
        "number": pa.array(numbers.astype("i4")),
        "status": same_word("customer", len(active)),
        "segment": words(active.segment, [segment.name for segment in scenario.customers.segments]),
        "failed_kind": words(active.failed_kind, KINDS, failed),
        "failed_week": plain(active, column_of["failed_week"], failed),
        **{name: plain(active, column_of[name], known) for name in ("contact", "contact_hired")},
    }


def _columns(kind: str, records: Any, columns: tuple[Column, ...]) -> dict[str, pa.Array]:
    told = {column.name: plain(records, column) for column in columns if column.name not in IN_WORDS}
    return {"kind": same_word(kind, len(records)), **told}


def _length(part: Mapping[str, pa.Array]) -> int:
    return len(part["number"])


def _table(part: Mapping[str, pa.Array], scenario: pa.Array, replication: int, week: int) -> pa.Table:
    """All columns of the schema, with nulls where this kind of agent has none."""
    count = _length(part)
    keys = {
        "scenario": scenario,
        "replication": same_number(replication, count),
        "week": same_number(week, count),
    }
    given = {**part, **keys}
    return pa.table([given.get(field.name, pa.nulls(count, field.type)) for field in SCHEMA], schema=SCHEMA)
