"""Many worlds at once: the same numbers however they are lived, and an end as soon as somebody asks for one."""

import signal
import threading
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.ensemble import Ensemble, run_ensemble
from experiments.request import expected_encounters, threads_of
from experiments.worlds.watch import Stopped, Watch
from experiments.worlds.weeks import BLOCK, blocks, whole_log
from results.folders.digest import digest
from scenarios.errors import Mistake
from simulation.week import live_parts, live_weeks
from simulation.world import begin, live_logged, recorded, warm_up
from tests.small_organisation import small


def bits(ensemble: Ensemble) -> list[str]:
    """Fingerprints of all tables, to the bit."""
    return [digest(table) for table in (ensemble.weekly, ensemble.events, ensemble.people) if table is not None]


def whole(workers: int | None = None, **more: Any) -> Ensemble:
    """A run with everything that can be kept."""
    return run_ensemble(small(), replications=4, seed=11, workers=workers, events=True, people_every=7, **more)


def threads_at_work() -> list[str]:
    """Threads that live replications."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("replications")]


@pytest.mark.parametrize("workers", [1, 2, 7])
def test_number_of_workers_changes_no_bit(workers: int) -> None:
    """Weekly table, encounter log and snapshots are the same for one thread and for many."""
    assert bits(whole()) == bits(whole(workers))


def test_ensemble_is_what_the_engine_lives() -> None:
    """Each replication's rows are those of a world that lives by itself, in one go and without a log."""
    ensemble = whole()

    for number in range(4):
        world = begin(ensemble.scenario, 11, number)
        warm_up(world)
        live_weeks(world, 1, 20)
        rows = ensemble.weekly.slice(20 * number, 20)
        for name in recorded(world, 20).dtype.names:
            np.testing.assert_array_equal(recorded(world, 20)[name], rows.column(name).to_numpy(), err_msg=name)


def test_replication_does_not_depend_on_how_many_there_are() -> None:
    """More replications add worlds and change none; more weeks add weeks and change none."""
    few = run_ensemble(small(), replications=2, weeks=9)
    many = run_ensemble(small(), replications=3)

    for name in few.weekly.column_names:
        expected = few.weekly.column(name).to_numpy().reshape(2, 9)
        np.testing.assert_array_equal(expected, many.weekly.column(name).to_numpy().reshape(3, 20)[:2, :9])


def test_seed_makes_another_world() -> None:
    """Another seed is other luck, and so is another replication."""
    one, other = (run_ensemble(small(), replications=2, seed=seed).weekly for seed in (1, 2**63 - 1))

    profits = [
        tuple(table.column("profit").to_pylist()[start : start + 20]) for table in (one, other) for start in (0, 20)
    ]
    assert 4 == len(set(profits))
    assert {2**63 - 1} == set(other.column("seed").to_pylist())


def test_one_compilation_serves_every_run() -> None:
    """With or without log, small or large, the week is compiled for one kind of world."""
    whole()
    run_ensemble(small(customers__active=3), weeks=1)

    assert 1 == len(live_parts.signatures)  # type: ignore[attr-defined]


def test_progress_is_told_in_the_callers_thread() -> None:
    """Weeks done never go down, end with all of them, warm-up included, and are told where the caller is."""
    told: list[tuple[int, int, int]] = []

    run_ensemble(
        small(), replications=3, on_progress=lambda done, weeks: told.append((done, weeks, threading.get_ident()))
    )

    assert (84, 84) == told[-1][:2]
    assert sorted(told) == told
    assert {threading.get_ident()} == {thread for _, _, thread in told}


def test_stop_ends_a_run_between_two_blocks() -> None:
    """A long run ends soon after the event is set, leaves no thread behind, and can be done again, bit by bit."""
    stop = threading.Event()
    expected = bits(whole())
    timer = threading.Timer(0.15, stop.set)
    timer.start()
    started = time.perf_counter()

    with pytest.raises(Stopped):
        run_ensemble(small(), weeks=5200, replications=200, stop=stop)

    assert time.perf_counter() - started < 5
    assert [] == threads_at_work()
    assert expected == bits(whole(stop=threading.Event()))


def test_interruption_ends_all_threads() -> None:
    """Ctrl-C reaches the caller at once, and no thread goes on behind its back."""
    started = time.perf_counter()

    with pytest.raises(KeyboardInterrupt):
        run_ensemble(
            small(), weeks=5200, replications=200, on_progress=lambda _done, _all: signal.raise_signal(signal.SIGINT)
        )

    assert time.perf_counter() - started < 5
    assert [] == threads_at_work()


def test_failure_of_one_replication_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one thread raises is what the caller sees, and the others do not live on."""

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("experiments.worlds.replication.recorded", fail)

    with pytest.raises(MemoryError):
        run_ensemble(small(), replications=50, weeks=200)
    assert [] == threads_at_work()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"weeks": 0}, "weeks = 0: must be a whole number from 1 to 5200"),
        ({"weeks": 5201}, "weeks = 5201"),
        ({"weeks": 1.5}, "weeks = 1.5"),
        ({"weeks": True}, "weeks = true"),
        ({"weeks": "20"}, "weeks = '20'"),
        ({"replications": 0}, "replications = 0: must be a whole number from 1"),
        ({"seed": -1}, "seed = -1: must be a whole number from 0 to 9223372036854775807"),
        ({"seed": 2**63}, "seed = 9223372036854775808"),
        ({"seed": None}, "seed = None"),
        ({"workers": 0}, "workers = 0: must be a whole number from 1"),
        ({"people_every": 0}, "people_every = 0: must be a whole number from 1"),
        ({"weeks": 5200, "replications": 1_000_000}, "the weekly table would have about 5,200,000,000 rows"),
    ],
)
def test_what_cannot_be_asked_is_told(asked: dict[str, Any], told: str) -> None:
    """The message names what was asked for and what is allowed."""
    with pytest.raises(Mistake) as caught:
        run_ensemble(small(), **asked)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"events": True}, "the encounter log would have about 290,000,000 rows; at most 30,000,000 fit into memory"),
        ({"people_every": 1}, "the table of people would have about 500,512,012 rows"),
    ],
)
def test_table_that_no_memory_holds_is_refused(asked: dict[str, Any], told: str) -> None:
    """Before anything is lived, and with a word on what to do."""
    with pytest.raises(Mistake, match="ask for") as caught:
        run_ensemble(small(customers__active=500_000), weeks=1000, **asked)

    assert told in str(caught.value)


def test_encounters_are_expected_as_they_come() -> None:
    """The log's size is foreseen within a fifth."""
    scenario = small(shocks=[])

    events = run_ensemble(scenario, replications=8, events=True).events

    assert events is not None
    assert pytest.approx(events.num_rows, rel=0.2) == 8 * 20 * expected_encounters(scenario)


def test_numbers_of_other_libraries_are_numbers() -> None:
    """NumPy's whole numbers are taken as well as Python's."""
    found = run_ensemble(small(), weeks=np.int64(3), replications=np.int32(2), seed=np.uint8(5))  # type: ignore[arg-type]

    assert (6, {5}) == (found.weekly.num_rows, set(found.weekly.column("seed").to_pylist()))


@given(st.integers(-60, 5), st.integers(0, 400), st.integers(1, 40), st.none() | st.integers(1, 60))
def test_blocks_cover_each_week_once(first: int, weeks: int, length: int, every: int | None) -> None:
    """Blocks follow each other without gap, are not too long, and end at each week of which a snapshot is wanted."""
    last = first + weeks - 1
    found = list(blocks(first, last, length, every))

    assert list(range(first, last + 1)) == [week for start, end in found for week in range(start, end + 1)]
    assert all(end - start < length for start, end in found)
    if every:
        ends = {end for _, end in found}
        assert {week for week in range(first, last + 1) if week % every == 0} <= ends


def test_the_log_of_weeks_is_that_of_one_week_after_another() -> None:
    """Whatever the blocks, also of no weeks at all; the watch hears of every week."""
    weeks = 2 * BLOCK + 3
    one, other = (begin(small(weeks=weeks), 4, 0, log=True) for _ in range(2))
    warm_up(one)
    warm_up(other)
    watch = Watch()
    events, departures = whole_log(one, 1, weeks, watch)
    singly = [live_logged(other, week, week) for week in range(1, weeks + 1)]

    assert np.concatenate([pieces for pieces, _ in singly]).tobytes() == events.tobytes()
    assert np.concatenate([pieces for _, pieces in singly]).tobytes() == departures.tobytes()
    assert weeks == watch.weeks
    assert [0, 0] == [len(part) for part in whole_log(one, weeks + 1, weeks, watch)]


def test_by_default_there_is_a_worker_for_each_core_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch job that was given two of many cores starts two threads."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {3, 7}, raising=False)

    assert (2, 5) == (threads_of(None), threads_of(5))
