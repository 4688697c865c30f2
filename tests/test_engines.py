"""Threads and processes: the same numbers, and whatever a cell does, the others are lived."""

import sys
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import active_children, forkserver
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from experiments.sweeps.engines import Processes
from experiments.sweeps.handshake import place_of
from experiments.sweeps.sweep import SweepResult, sweep
from scenarios.errors import Mistake
from tests import sweep_forms as forms
from tests.sweep_forms import CELLS, at, bits, experiment, failed

EngineName = Literal["threads", "processes"]
ALL = 2 * CELLS


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> SweepResult:
    """The experiment on one thread, undisturbed."""
    folder = tmp_path_factory.mktemp("clean")
    return sweep(experiment(folder), folder / "out", workers=1)


def once(result: SweepResult) -> pa.Table:
    """The rows of the first replication."""
    return result.weekly.filter(pc.field("replication") == 0)


@pytest.mark.parametrize(("engine", "workers"), [("threads", 2), ("threads", 3), ("processes", 2)])
def test_engine_and_workers_leave_no_trace(
    clean: SweepResult, tmp_path: Path, engine: EngineName, workers: int
) -> None:
    """The same bits, row for row."""
    result = sweep(experiment(tmp_path), tmp_path / "out", engine=engine, workers=workers)

    assert (clean.digest, ALL, 0) == (result.digest, result.done, result.failed)
    assert bits(clean.weekly) == bits(result.weekly)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")
def test_who_makes_workers_does_not_hear_an_interruption_of_all(tmp_path: Path) -> None:
    """A terminal sends Ctrl-C to every process, also to the one that is still loading the model for all workers."""
    sweep(experiment(tmp_path, replications=1), tmp_path / "out", engine="processes", workers=1)
    status = Path(f"/proc/{forkserver._forkserver._forkserver_pid}/status").read_text(encoding="ascii")  # type: ignore[attr-defined]
    blocked = int(next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk")), 16)

    assert {2, 15} <= {number for number in range(1, 32) if blocked >> number - 1 & 1}


def test_workers_that_are_refused_do_not_stay(tmp_path: Path) -> None:
    """Those that see another folder are told so, and end."""
    folder = sweep(experiment(tmp_path, replications=1), tmp_path / "out", workers=1).folder
    engine = Processes(1, replace(place_of(folder), mark="of another folder"))
    with pytest.raises(Mistake, match="does not see the results folder"):
        engine.start()

    assert [] == active_children()


TROUBLES: list[tuple[Callable[..., Any], str, str, str]] = [
    (forms.raises_at_once, "begin", "KeyError", "'no\\nbeginning'"),
    (forms.raises_later, "weeks", "ZeroDivisionError", "in some week"),
    (forms.leaves, "begin", "SystemExit", "7"),
    (forms.is_not_a_number, "result", "WrongResult", "revenue is nan in week 3, no number"),
    (forms.is_infinite, "result", "WrongResult", "satisfaction is inf in week 2, no number"),
    (forms.is_short, "result", "WrongResult", "the cell gave 5 weeks instead of 6"),
    (forms.is_something_else, "result", "WrongResult", "the cell gave something else than weekly rows"),
]


@pytest.mark.parametrize(
    ("trouble", "stage", "kind", "message"), TROUBLES, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_cell_in_trouble_is_a_row_and_the_others_are_lived(
    clean: SweepResult, tmp_path: Path, trouble: Callable[..., Any], stage: str, kind: str, message: str
) -> None:
    """With the stage, the type and the message of the failure, in each replication."""
    result = sweep(experiment(tmp_path), tmp_path / "out", workers=2, live_cell=at(5, trouble))

    assert [(5, number, stage, kind, message) for number in (0, 1)] == failed(result)
    assert (ALL - 2, 2) == (result.done, result.failed)
    assert bits(clean.weekly, without=5) == bits(result.weekly)


def test_a_cell_larger_than_memory_is_a_row(tmp_path: Path) -> None:
    """Whatever NumPy calls that error, it is a memory error."""
    result = sweep(experiment(tmp_path), tmp_path / "out", workers=2, live_cell=at(5, forms.eats_memory))

    assert [("begin", "MemoryError")] * 2 == [(stage, kind) for _, _, stage, kind, _ in failed(result)]


def test_what_may_be_absent_is_no_failure(tmp_path: Path) -> None:
    """NaN is right where there was nothing to measure."""
    result = sweep(experiment(tmp_path), tmp_path / "out", workers=2, live_cell=at(5, forms.is_absent))

    assert [] == failed(result)


def test_a_scenario_that_cannot_be_is_a_row(tmp_path: Path) -> None:
    """Values that are possible each by itself, but not together; the sweep says which cell and why."""
    factors = {"organisation.employees": {"values": [4, 10]}, "organisation.leaders": {"values": [2, 5]}}
    result = sweep(experiment(tmp_path, factors=factors, replications=1), tmp_path / "out", workers=2)

    (cell, _, stage, kind, message), *others = failed(result)
    assert ([], "scenario", "Mistake") == (others, stage, kind)
    assert "there are 5 leaders for 4 employees" in message
    assert {"organisation.employees": 4, "organisation.leaders": 5, "cell": cell} == result.design.to_pylist()[cell]
    assert 3 == result.done


def test_a_cell_that_kills_its_worker_is_found_and_recorded(clean: SweepResult, tmp_path: Path) -> None:
    """Its neighbours in the block and on their way are tried again, and give what they always give."""
    result = sweep(
        experiment(tmp_path, replications=1),
        tmp_path / "out",
        engine="processes",
        workers=2,
        live_cell=at(5, forms.kills_its_worker),
    )

    assert [(5, 0, "worker", "WorkerKilled", "the worker was killed (out of memory?)")] == failed(result)
    assert bits(once(clean), without=5) == bits(result.weekly)


def test_a_worker_killed_once_leaves_no_trace(clean: SweepResult, tmp_path: Path) -> None:
    """Somebody else may have taken the memory: the cell gets a second chance."""
    marks = tmp_path / "marks"
    marks.mkdir()
    unlucky = at(5, forms.kills_its_worker_once, str(marks))
    result = sweep(experiment(tmp_path), tmp_path / "out", engine="processes", workers=2, live_cell=unlucky)

    assert 2 == len(list(marks.iterdir()))
    assert (clean.digest, 0) == (result.digest, result.failed)


@pytest.mark.parametrize("engine", ["threads", "processes"])
@pytest.mark.parametrize(("trouble", "stage"), [(forms.hangs, "begin"), (forms.goes_on, "weeks")])
def test_a_cell_that_never_ends_is_given_up(
    clean: SweepResult, tmp_path: Path, engine: EngineName, trouble: Callable[..., Any], stage: str
) -> None:
    """At its time limit, whether it heeds its watch or not; the others are lived."""
    result = sweep(
        experiment(tmp_path, replications=1), tmp_path / "out", engine=engine, workers=2, cell_seconds=2.0,
        live_cell=at(5, trouble),
    )  # fmt: skip

    assert [(5, 0, stage, "TimeLimit", "took longer than the limit of 2 s for a cell")] == failed(result)
    assert CELLS - 1 == result.done
    assert bits(once(clean), without=5) == bits(result.weekly)
