"""Sweeps for tests: a small experiment, cells that get into trouble on purpose, and what came of it."""

import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from agents.records import Record
from experiments.designs.experiment import Experiment, experiment_of
from experiments.sweeps.cells import LiveCell, weekly_of
from experiments.sweeps.sweep import SweepResult
from experiments.worlds.replication import Replication
from experiments.worlds.watch import Watch
from results.sweeps.store import SweepStore
from scenarios.writing import to_toml
from simulation.indicators import WEEKLY
from tests.small_organisation import small

CELLS: Final = 12
FIRST: Final = 60
"""Customers in cell 0; each next cell has one more, so that a cell knows its number by them."""

WEEKS: Final = 6

GRID: Final[Mapping[str, Any]] = {"customers.active": {"values": list(range(FIRST, FIRST + CELLS))}}


def experiment(folder: Path, **changes: Any) -> Experiment:
    """Twelve cells of the small organisation, two worlds each, six weeks; changes are keys of the file."""
    path = folder / "small.toml"
    if not path.exists():
        path.write_text(to_toml(small()), encoding="utf-8")
    data = {
        "schema": 1,
        "name": "tiny",
        "scenario": "./small.toml",
        "weeks": WEEKS,
        "replications": 2,
        "seed": 3,
        "design": {"kind": "grid"},
        "factors": GRID,
    }
    return experiment_of(data | changes, folder)


def at(cell: int, trouble: "Callable[..., Record]", *more: Any) -> LiveCell:
    """A model in which this cell gets into trouble, in every replication, and the others live as they do."""
    return partial(_live, cell, trouble, more)


def _live(
    cell: int, trouble: "Callable[..., Record]", more: tuple[Any, ...], world: Replication, watch: Watch
) -> Record:
    is_there = world.scenario.customers.active == FIRST + cell
    return trouble(world, watch, *more) if is_there else weekly_of(world, watch)


def raises_at_once(_world: Replication, _watch: Watch) -> Record:
    """A world that cannot begin."""
    raise KeyError("no\nbeginning")


def raises_later(world: Replication, watch: Watch) -> Record:
    """A world that breaks after some weeks."""
    weekly_of(world, watch)
    raise ZeroDivisionError("in some week")


def leaves(_world: Replication, _watch: Watch) -> Record:
    """A model that wants to end the process."""
    raise SystemExit(7)


def eats_memory(_world: Replication, _watch: Watch) -> Record:
    """A world that is larger than any memory."""
    return np.empty(2**50, WEEKLY)


def is_not_a_number(world: Replication, watch: Watch) -> Record:
    """A world in which revenue is lost in week 3."""
    weekly = weekly_of(world, watch)
    weekly["revenue"][2] = np.nan
    return weekly


def is_infinite(world: Replication, watch: Watch) -> Record:
    """A world in which satisfaction, which may be absent, grows over all bounds in week 2."""
    weekly = weekly_of(world, watch)
    weekly["satisfaction"][1] = np.inf
    return weekly


def is_absent(world: Replication, watch: Watch) -> Record:
    """A world in which all customers of week 2 came that very week, so that nobody could be satisfied, as may be."""
    weekly = weekly_of(world, watch)
    weekly["acquired"][1] = weekly["customers"][1]
    weekly["satisfaction"][1] = np.nan
    return weekly


def is_short(world: Replication, watch: Watch) -> Record:
    """A world whose last week is missing."""
    return weekly_of(world, watch)[:-1]


def is_something_else(_world: Replication, _watch: Watch) -> Any:
    """No weekly rows at all."""
    return [1, 2, 3]


def hangs(_world: Replication, _watch: Watch) -> Record:
    """A world that never comes to an end, and heeds nobody."""
    while True:
        time.sleep(0.05)


def goes_on(_world: Replication, watch: Watch) -> Record:
    """A world that never comes to an end, but heeds its watch."""
    while True:
        time.sleep(0.01)
        watch.passed(1)


def kills_its_worker(_world: Replication, _watch: Watch) -> Record:
    """What the kernel does to a process that takes all memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def kills_its_worker_once(world: Replication, watch: Watch, marks: str) -> Record:
    """The same, the first time only in each replication."""
    mark = Path(marks) / str(world.number)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return weekly_of(world, watch)


def takes_a_moment(world: Replication, watch: Watch, seconds: float) -> Record:
    """A world that takes so long, and heeds its watch; for use with partial."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.01)
        watch.passed(0)
    return weekly_of(world, watch)


def slowly(seconds: float) -> LiveCell:
    """A model in which each world takes so many seconds more."""
    return partial(_slowly, seconds)


def _slowly(seconds: float, world: Replication, watch: Watch) -> Record:
    return takes_a_moment(world, watch, seconds)


def has_a_cell() -> bool:
    """Whether a cell still lives in this process."""
    return any(thread.name == "cell" for thread in threading.enumerate())


def failed(result: SweepResult) -> list[tuple[int, int, str, str, str]]:
    """The runs that failed: cell, replication, stage, type, message."""
    rows = result.runs.filter(pc.field("status") == "failed").to_pylist()
    return [(one["cell"], one["replication"], one["stage"], one["type"], one["message"]) for one in rows]


def bits(weekly: pa.Table, without: int | None = None) -> dict[str, str]:
    """Each column of these rows to the bit, in order of cell, replication and week; without one of the cells."""
    keys = [("cell", "ascending"), ("replication", "ascending"), ("week", "ascending")]
    rows = (weekly if without is None else weekly.filter(pc.field("cell") != without)).sort_by(keys)
    return {name: repr(rows.column(name).to_pylist()) for name in rows.column_names}


def parts(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and inode of each part: written again, it would have another one."""
    return {path.name: (path.read_bytes(), path.stat().st_ino) for path in sorted((folder / "parts").iterdir())}


def digest(folder: Path) -> str:
    """Fingerprint of what is finished there."""
    return SweepStore.open(folder).digest()
