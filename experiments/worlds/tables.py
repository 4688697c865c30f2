"""The weekly table and the encounter log of the contract, from the records of finished weeks."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.encounter import COLUMNS
from agents.failure import KINDS
from agents.journey import PRINCIPLES, STEPS
from agents.records import Record
from experiments.worlds.columns import plain, same_number, same_word, words
from scenarios.scenario import Scenario
from simulation.indicators import INDICATORS

WEEKS_APART: Final = 1_000_000
"""More weeks than a run can have, so that person and week make one number."""

BEFORE_LEAVING: Final = (
    "scenario", "replication", "week", "customer", "employee", "segment", "performance", "expectation", "surprise",
    "delighted", "failed", "severity", "prior_failures", "voiced", "recovered", "distributive", "procedural",
    "interactional", "recovery_quality", "recovery_expectation", "recovery_satisfaction", "satisfaction_before",
    "satisfaction_after",
)  # fmt: skip
"""Columns of the encounter log that are known as the encounter ends; left_week follows them."""

MORE: Final = ("step", "kind", "bounced", "familiar", "effort", *(f"felt_{principle}" for principle in PRINCIPLES))
"""Columns after left_week."""

ONLY_IF_RECOVERED: Final = frozenset(
    {"distributive", "procedural", "interactional", "recovery_quality", "recovery_satisfaction"}
)
"""Columns of the encounter log that are null where nobody took the failure up."""


def weekly_table(scenario: str, seed: int, rows: Sequence[Record], indicators: Sequence[str] = ()) -> pa.Table:
    """One row a replication and week: scenario, replication, seed, week, then the indicators in their own order.

    rows: the weekly records of replication 0, 1, 2 and so on, week 1 first. indicators: only these, by default all.
    """
    weeks, count = len(rows[0]), len(rows)
    together = {name: np.concatenate([row[name] for row in rows]) for name in indicators or INDICATORS}
    keys = {
        "scenario": same_word(scenario, weeks * count).dictionary_decode(),
        "replication": np.repeat(np.arange(count, dtype="i4"), weeks),
        "seed": np.full(weeks * count, seed, "i8"),
        "week": np.tile(np.arange(1, weeks + 1, dtype="i4"), count),
    }
    return pa.table({**keys, **together})


def encounters(events: Record, scenario: Scenario, replication: int) -> pa.Table:
    """Some weeks of the encounter log, one row an encounter, without left_week, which only the future tells."""
    failed, recovered = events["failed"] == 1, events["recovered"] == 1
    columns = {
        column.name: plain(events, column, recovered if column.name in ONLY_IF_RECOVERED else None)
        for column in COLUMNS
        if not column.length
    }
    columns |= {
        "scenario": same_word(scenario.name, len(events)),
        "replication": same_number(replication, len(events)),
        "segment": words(events["segment"], [segment.name for segment in scenario.customers.segments]),
        "prior_failures": pa.array(np.floor(events["prior_failures"] + 0.5).astype("i4")),
        "step": words(events["step"], STEPS, failed),
        "kind": words(events["kind"], KINDS, failed),
        **{f"felt_{name}": pa.array(np.ascontiguousarray(events["felt"][:, k])) for k, name in enumerate(PRINCIPLES)},
    }
    return pa.table({name: columns[name] for name in (*BEFORE_LEAVING, *MORE)})


def encounter_log(pieces: Sequence[pa.Table], departures: Sequence[Record]) -> pa.Table:
    """The whole log of a replication: each encounter with the week in which that customer next left."""
    log = pa.concat_tables(pieces)
    customers, weeks = (log.column(name).to_numpy() for name in ("customer", "week"))
    left = left_weeks(customers, weeks, np.concatenate(departures))
    return log.add_column(len(BEFORE_LEAVING), "left_week", left)


def left_weeks(customers: npt.NDArray[Any], weeks: npt.NDArray[Any], departures: Record) -> pa.Array:
    """For each encounter the week in which the customer next left, null where they stayed to the end."""
    gone = np.sort(departures["customer"].astype("i8") * WEEKS_APART + departures["week"])
    gone = np.append(gone, np.iinfo(np.int64).max)
    found = gone[np.searchsorted(gone, customers.astype("i8") * WEEKS_APART + weeks)]
    return pa.array((found % WEEKS_APART).astype("i4"), mask=found // WEEKS_APART != customers)
