"""The tables of a run are those of the contract, and agree with each other."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.blocks import BLOCKS
from agents.records import empty
from experiments.ensemble import Ensemble, run_ensemble
from experiments.worlds.people import people
from experiments.worlds.tables import encounters, left_weeks
from simulation.indicators import INDICATORS
from simulation.state import DEPARTURE
from simulation.world import begin, warm_up
from tests.small_organisation import small

REPLICATIONS = 2
WEEKS = 20

INDICATORS_AGREED = """
    leadership_style adoption service_norm alignment knowledge service_standard utilisation gap_1 gap_2 gap_3 gap_4
    gap_5 employees engagement share_engaged share_disengaged enps autonomy competence exhaustion ownership values_fit
    quits hires turnover customers encounters performance felt_welcome felt_basics felt_tailored felt_unburdened
    felt_amazed felt_recovered effort expectation satisfaction delight_rate bond loyalty nps failure_rate voice_rate
    recovery_rate recovery_quality churn acquired messages_positive messages_negative reputation revenue cost profit
    investment customer_lifetime_value market_share trust commissioner_index cost_per_case
"""

ENCOUNTER_AGREED = """
    scenario replication week customer employee segment performance expectation surprise delighted failed severity
    prior_failures voiced recovered distributive procedural interactional recovery_quality recovery_expectation
    recovery_satisfaction satisfaction_before satisfaction_after left_week
"""


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    """A run with everything that can be kept, people every week."""
    return run_ensemble(small(), replications=REPLICATIONS, seed=3, events=True, people_every=1)


def by_week(ensemble: Ensemble) -> Iterator[tuple[dict[str, Any], pa.Table]]:
    """Each row of the weekly table with that week's encounters."""
    assert ensemble.events is not None
    for row in ensemble.weekly.to_pylist():
        same = pc.and_(
            pc.equal(ensemble.events["replication"], row["replication"]), pc.equal(ensemble.events["week"], row["week"])
        )
        yield row, ensemble.events.filter(same)


def mean(values: pa.ChunkedArray) -> float:
    """The mean of all values, NaN where there is none."""
    found = pc.mean(values).as_py()
    return float("nan") if found is None else found


def test_weekly_table_is_the_contracts(ensemble: Ensemble) -> None:
    """Keys first, with their types; then every indicator, in the order of the indicators' own table."""
    names = ["scenario", "replication", "seed", "week"]
    kinds = [pa.string(), pa.int32(), pa.int64(), pa.int32()]
    wanted = {*INDICATORS_AGREED.split(), *(f"{kind}_{block}" for kind in ("designed", "lived") for block in BLOCKS)}

    assert [*names, *INDICATORS] == ensemble.weekly.column_names
    assert [*kinds, *[pa.float64()] * len(INDICATORS)] == ensemble.weekly.schema.types
    assert set() == wanted - set(ensemble.weekly.column_names)
    keys = [(replication, week) for replication in range(REPLICATIONS) for week in range(1, WEEKS + 1)]
    assert keys == list(zip(*(ensemble.weekly[name].to_pylist() for name in ("replication", "week")), strict=True))
    assert 0 == sum(column.null_count for column in ensemble.weekly.columns)


def test_encounter_log_is_the_contracts(ensemble: Ensemble) -> None:
    """The contract's columns in their order, then ours; yes or no as such, segments by name."""
    assert ensemble.events is not None
    agreed, names = ENCOUNTER_AGREED.split(), ensemble.events.column_names
    principles = [name for name in names if name.startswith("felt_")]

    assert agreed == names[: len(agreed)]
    assert ["step", "kind", "bounced", "familiar", "effort", *principles] == names[len(agreed) :]
    assert ["felt_welcome", "felt_basics", "felt_tailored", "felt_unburdened", "felt_amazed"] == principles
    yes_or_no = ("delighted", "failed", "voiced", "recovered", "bounced", "familiar")
    assert {pa.bool_()} == {ensemble.events.schema.field(name).type for name in yes_or_no}
    assert {"easy", "demanding"} == set(ensemble.events["segment"].to_pylist())
    assert pa.int32() == ensemble.events.schema.field("prior_failures").type
    assert range(1, WEEKS + 1) == range(
        pc.min(ensemble.events["week"]).as_py(), pc.max(ensemble.events["week"]).as_py() + 1
    )


def test_nothing_is_said_where_nothing_was(ensemble: Ensemble) -> None:
    """Step and kind only of failures; justice and quality only of recoveries; all else always."""
    assert ensemble.events is not None
    failures = pc.sum(ensemble.events["failed"]).as_py()
    recoveries = pc.sum(ensemble.events["recovered"]).as_py()
    of_recovery = ["distributive", "procedural", "interactional", "recovery_quality", "recovery_satisfaction"]
    expected = dict.fromkeys(("step", "kind"), failures) | dict.fromkeys(of_recovery, recoveries)
    found = {name: len(ensemble.events) - ensemble.events[name].null_count for name in ensemble.events.column_names}

    assert expected | {"left_week": found["left_week"]} == {
        name: count for name, count in found.items() if count < len(ensemble.events)
    }
    assert 0 < recoveries < failures < len(ensemble.events)
    assert {True} == set(ensemble.events.filter(ensemble.events["recovered"])["failed"].to_pylist())


def test_encounters_add_up_to_the_week(ensemble: Ensemble) -> None:
    """Counts, rates and means of the log are those of the weekly table, week by week and world by world."""
    for row, events in by_week(ensemble):
        failed = events.filter(events["failed"])
        assert row["encounters"] == len(events)
        assert pytest.approx(row["failure_rate"]) == len(failed) / len(events)
        for rate, of, happened in (
            ("delight_rate", events, "delighted"),
            ("voice_rate", failed, "voiced"),
            ("recovery_rate", failed, "recovered"),
        ):
            assert pytest.approx(row[rate], nan_ok=True) == mean(of[happened].cast(pa.int8()))
        for indicator, column in (
            *((name, name) for name in ("performance", "effort", "recovery_quality", "felt_welcome", "felt_amazed")),
            ("felt_recovered", "recovery_satisfaction"),
        ):
            assert pytest.approx(row[indicator], nan_ok=True) == mean(events[column])


def test_satisfaction_goes_on_from_encounter_to_encounter(ensemble: Ensemble) -> None:
    """A customer comes with the satisfaction of the last time, unless they left in between and came anew."""
    assert ensemble.events is not None
    rows = sorted(ensemble.events.to_pylist(), key=lambda row: (row["replication"], row["customer"], row["week"]))
    kept = 0
    for _, visits in groupby(rows, key=lambda row: (row["replication"], row["customer"])):
        met = list(visits)
        for before, after in pairwise(met):
            if before["left_week"] is None or before["left_week"] >= after["week"]:
                assert before["satisfaction_after"] == after["satisfaction_before"]
                kept += 1
    assert kept > len(rows) / 2


def test_encounters_know_when_their_customer_left(ensemble: Ensemble) -> None:
    """left_week is the first week from the encounter on at whose end that person was no customer any more."""
    assert ensemble.people is not None
    assert ensemble.events is not None
    present = customers_by_week(ensemble.people)
    found = [row["left_week"] for row in ensemble.events.to_pylist()]
    expected = [
        next(
            (
                week
                for week in range(row["week"], WEEKS + 1)
                if row["customer"] not in present[row["replication"], week]
            ),
            None,
        )
        for row in ensemble.events.to_pylist()
    ]

    assert expected == found
    assert len(found) > sum(week is not None for week in found) > 0


def test_departures_agree_with_churn(ensemble: Ensemble) -> None:
    """Who is gone at a week's end, by the snapshots, is what churn counts, and holds all that the log tells of."""
    assert ensemble.people is not None
    assert ensemble.events is not None
    present = customers_by_week(ensemble.people)
    told = {(row["replication"], row["left_week"], row["customer"]) for row in ensemble.events.to_pylist()}
    for row in ensemble.weekly.to_pylist():
        key = row["replication"], row["week"]
        gone = present[key[0], key[1] - 1] - present[key]
        assert {customer for *when, customer in told if tuple(when) == key} <= gone
        assert pytest.approx(row["churn"]) == 52 * len(gone) / len(present[key[0], key[1] - 1])
        assert len(present[key]) == len(present[key[0], key[1] - 1]) - len(gone) + row["acquired"]


def customers_by_week(table: pa.Table) -> dict[tuple[int, int], set[int]]:
    """Who is a customer as each week ends, by replication and week."""
    rows = table.filter(pc.equal(table["kind"].cast(pa.string()), "customer"))
    found: dict[tuple[int, int], set[int]] = {}
    for replication, week, number in zip(
        *(rows[name].to_pylist() for name in ("replication", "week", "number")), strict=True
    ):
        found.setdefault((replication, week), set()).add(number)
    return found


def test_people_agree_with_the_week(ensemble: Ensemble) -> None:
    """Counts and means over the snapshot are the indicators of that week."""
    assert ensemble.people is not None
    kinds = {
        kind: ensemble.people.filter(pc.equal(ensemble.people["kind"].cast(pa.string()), kind))
        for kind in ("employee", "leader", "customer")
    }
    for row in ensemble.weekly.to_pylist():
        now = {
            kind: rows.filter(
                pc.and_(pc.equal(rows["replication"], row["replication"]), pc.equal(rows["week"], row["week"]))
            )
            for kind, rows in kinds.items()
        }
        assert (row["employees"], row["customers"]) == (len(now["employee"]), len(now["customer"]))
        for name in ("engagement", "exhaustion", "competence", "autonomy", "values_fit"):
            assert pytest.approx(row[name]) == mean(now["employee"][name])
        assert pytest.approx(row["service_norm"]) == mean(now["employee"]["norm"])
        assert pytest.approx(row["leadership_style"]) == mean(now["leader"]["style"])


def test_snapshots_are_of_the_weeks_asked_for() -> None:
    """Week 0 is the start of week 1; a last piece shorter than the distance has no snapshot."""
    found = run_ensemble(small(), weeks=17, people_every=5, replications=2).people

    assert found is not None
    assert [0, 5, 10, 15] == sorted(set(found["week"].to_pylist()))
    world = begin(small(), 1, 0, 17)
    warm_up(world)
    assert people(world, small(), 0, 0).to_pylist() == found.to_pylist()[: len(people(world, small(), 0, 0))]


def test_each_kind_of_people_has_its_columns(ensemble: Ensemble) -> None:
    """An employee has a seat and a team that a leader leads; a customer a segment; what a kind lacks is null."""
    assert ensemble.people is not None
    rows = [row for row in ensemble.people.to_pylist() if row["week"] == 0 and row["replication"] == 0]
    employees, leaders, customers = (
        [row for row in rows if row["kind"] == kind] for kind in ("employee", "leader", "customer")
    )

    assert [0, 1] == [row["team"] for row in leaders] == [row["number"] for row in leaders]
    assert {0, 1} == {row["team"] for row in employees}
    assert {"employed"} == {row["status"] for row in employees}
    assert ({"customer"}, {"easy", "demanding"}) == tuple(
        {row[name] for row in customers} for name in ("status", "segment")
    )
    assert {None} == {row["satisfaction"] for row in (*employees, *leaders)} | {row["team"] for row in customers}
    assert len(customers) == len({row["number"] for row in customers})
    for row in customers:
        assert (row["contact"] is None) == (row["contact_hired"] is None)
        assert (row["failed_kind"] is None) == (row["failed_week"] is None)
    assert {"outcome", "process", "mistreatment", None} == {row["failed_kind"] for row in customers}


def test_prior_failures_are_whole(ensemble: Ensemble) -> None:
    """What is left in memory of failures is told as a number of failures, halves upwards."""
    world = begin(small(), 1, log=True)
    events = empty(world.events.dtype, 4)
    events["prior_failures"] = (0.0, 0.49, 0.5, 1.5)

    assert [0, 0, 1, 2] == encounters(events, small(), 0)["prior_failures"].to_pylist()
    assert ensemble.events is not None
    assert pc.max(ensemble.events["prior_failures"]).as_py() > 1


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=20),
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 9)), max_size=20, unique=True),
)
def test_next_departure_of_the_same_customer(met: Sequence[tuple[int, int]], left: Sequence[tuple[int, int]]) -> None:
    """The first departure at or after the encounter, of the same customer, in whatever order they are listed."""
    departures = empty(DEPARTURE, len(left))
    for place, (customer, week) in enumerate(left):
        departures[place].customer, departures[place].week = customer, week
    expected = [
        min((gone for who, gone in left if who == customer and gone >= week), default=None) for customer, week in met
    ]

    customers, weeks = (np.array([pair[place] for pair in met], "i4") for place in (0, 1))
    assert expected == left_weeks(customers, weeks, departures).to_pylist()
