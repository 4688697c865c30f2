"""What a sweep costs beyond its worlds: cells a second, and time against the bare worlds, in turns.

    python benchmarks/sweep.py [--cells 1000] [--slice 50] [--scenario hotel] [--weeks 104] [--workers 2]
                               [--engine threads]

The same worlds are lived bare (begin, weeks, nothing kept) and as a sweep (scenarios, checks, tables, parts on disk),
in slices that follow each other, on as many threads. Each slice is a sweep of its own, so what a sweep costs once is
counted many times. Told are ratios, of processor time and of time on the wall; on a machine that has other work to
do, the first is the one to go by; it counts all processes. A Dask cluster stands before the
first slice; processes start for each sweep, as they do for a user, so slices should be long.

Of threads it is also told what all that is no compiled week takes, worlds being founded included, over the compiled
weeks of the same sweep: both in one breath, so that other work on the machine changes little.
"""

import argparse
import itertools
import math
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any, Final, Literal
from unittest import mock

import psutil  # type: ignore[import-untyped]  # publishes no types

from experiments.designs.design import points
from experiments.designs.experiment import Experiment, experiment_of
from experiments.designs.factors import scenario_of
from experiments.sweeps.sweep import sweep
from experiments.worlds import beginnings, replication, weeks
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.replication import prepare
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import block_length, blocks
from scenarios.scenario import Scenario
from simulation.week import live_weeks

BUDGET: Final = 0.05

CALLERS: Final = ((weeks, "live_weeks"), (replication, "live_weeks"), (beginnings, "populate"))
"""Where a sweep calls compiled code."""

LUCK: Final = itertools.count(1)
"""A seed for each sweep of this process, since warm-ups of the same luck are taken over."""

Name = Literal["threads", "processes", "dask"]


def experiment(scenario: str, weeks: int, cells: int, seed: int) -> Experiment:
    """So many cells that differ from the first week of warm-up on."""
    return experiment_of(
        {
            "schema": 1,
            "name": "benchmark",
            "scenario": scenario,
            "weeks": weeks,
            "seed": seed,
            "design": {"kind": "latin_hypercube", "points": cells},
            "factors": {
                "building_blocks.leadership": {"low": 0.1, "high": 0.9},
                "building_blocks.operations": {"low": 0.1, "high": 0.9},
                "behaviour.failure_base": {"low": 0.02, "high": 0.06},
            },
        }
    )


def scenarios(asked: Experiment) -> list[Scenario]:
    """The scenario of each cell."""
    rows: list[dict[str, Any]] = points(asked).drop_columns("cell").to_pylist()
    return [scenario_of(asked.base, row) for row in rows]


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, of processors, and of these within compiled weeks of this process."""

    wall: float
    cpu: float
    weeks: float

    @property
    def beside(self) -> float:
        """What all else takes, as a share of the weeks."""
        return self.cpu / self.weeks - 1.0 if self.weeks else math.nan

    @classmethod
    def on(cls, job: Callable[[], object]) -> "Spent":
        """What a job takes."""
        with watched() as others, clocked() as weeks:
            wall, cpu = time.perf_counter(), time.process_time()
            job()
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        return cls(wall, cpu + others.seconds, sum(weeks))


@contextmanager
def clocked() -> Iterator[list[float]]:
    """Processor seconds of each call of compiled code from here on, in whichever thread."""
    spent: list[float] = []

    def clock(entry: Callable[..., object]) -> Callable[..., None]:
        def timed(*arguments: object) -> None:
            start = time.thread_time()
            entry(*arguments)
            spent.append(time.thread_time() - start)

        return timed

    with ExitStack() as until_then:
        for module, name in CALLERS:
            until_then.enter_context(mock.patch.object(module, name, clock(getattr(module, name))))
        yield spent


@dataclass(slots=True)
class Others:
    """Processor seconds of each process when first and last seen, and of this process for looking at them."""

    seen: dict[int, tuple[float, float]]
    looking: float = 0.0

    @property
    def seconds(self) -> float:
        """What the others took, less what looking took, since who counts this process counts that."""
        return sum(latest - first for first, latest in self.seen.values()) - self.looking


@contextmanager
def watched() -> Iterator[Others]:
    """What each process takes that this one or its children start or have.

    Looked at twenty times a second, since what a process has taken is gone with it where another one is its parent.
    """
    others = Others({})
    done = Event()
    before = {child.pid for child in psutil.Process().children(recursive=True)}

    def look() -> None:
        start = time.thread_time()
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                spent = child.cpu_times()
                now = spent.user + spent.system
                first, _ = others.seen.get(child.pid, (now if child.pid in before else 0.0, now))
                others.seen[child.pid] = (first, now)
        others.looking += time.thread_time() - start

    def keep_looking() -> None:
        while not done.wait(0.05):
            look()

    look()
    others.looking = 0.0  # nobody counts yet
    thread = Thread(target=keep_looking, daemon=True)
    thread.start()
    try:
        yield others
    finally:
        done.set()
        thread.join()
        looking = others.looking
        look()
        others.looking = looking  # nobody counts any more


def bare(cells: Sequence[Scenario], asked: Experiment, workers: int) -> None:
    """The worlds alone."""

    def one(scenario: Scenario) -> None:
        world = warmed_up(scenario, asked.seed, 0, asked.weeks, Watch(), keep=False)
        for first, last in blocks(1, asked.weeks, block_length(world)):
            live_weeks(world, first, last)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, cells))


def swept(asked: Experiment, workers: int, engine: Name, address: str | None) -> None:
    """The same worlds as a sweep, from the experiment to the last part on disk. address: of a Dask cluster."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "sweep"
        if engine == "dask":
            result = sweep(asked, place, cluster=address)
        else:
            result = sweep(asked, place, workers=workers, engine=engine)
        if result.failed:
            raise SystemExit(f"{result.failed} runs failed")


@contextmanager
def cluster(workers: int, engine: Name) -> Iterator[str | None]:
    """The address of a Dask cluster with so many workers, where that is the engine."""
    if engine != "dask":
        yield None
        return
    distributed = import_module("distributed")
    with distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as made:
        yield made.scheduler_address


@dataclass(frozen=True, slots=True)
class Asked:
    """What is measured: so many cells, in slices, with so many workers."""

    scenario: str
    weeks: int
    cells: int
    slice: int
    workers: int
    engine: Name = "threads"


def rounds(asked: Asked) -> Iterator[tuple[Spent, Spent]]:
    """Bare and as a sweep, slice by slice; who goes first changes, and luck, so that no warm-up is kept.

    Before that all is loaded, compiled and connected.
    """
    prepare()
    with cluster(asked.workers, asked.engine) as address:
        swept(experiment(asked.scenario, asked.weeks, 4, 0), asked.workers, asked.engine, address)
        for number in range(asked.cells // asked.slice):
            spent: dict[str, Spent] = {}
            for way in ("bare", "sweep") if number % 2 else ("sweep", "bare"):
                one = experiment(asked.scenario, asked.weeks, asked.slice, next(LUCK))
                cells = scenarios(one)
                jobs = {
                    "bare": partial(bare, cells, one, asked.workers),
                    "sweep": partial(swept, one, asked.workers, asked.engine, address),
                }
                spent[way] = Spent.on(jobs[way])
            yield spent["bare"], spent["sweep"]


def told(name: str, alone: Sequence[float], whole: Sequence[float]) -> str:
    """One line: seconds, overhead in all, and the median of the slices."""
    median = statistics.median(one / other - 1.0 for one, other in zip(whole, alone, strict=True))
    in_all = sum(whole) / sum(alone) - 1.0
    return (
        f"{name:10} bare {sum(alone):7.1f} s   sweep {sum(whole):7.1f} s   overhead {in_all:+.1%}, median {median:+.1%}"
    )


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description="What a sweep costs beyond its worlds.")
    parser.add_argument("--cells", type=int, default=1000)
    parser.add_argument("--slice", type=int, default=50)
    parser.add_argument("--scenario", default="hotel")
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", choices=["threads", "processes", "dask"], default="threads")
    asked = Asked(**vars(parser.parse_args()))
    found = list(rounds(asked))
    print(told("processor", [one.cpu for one, _ in found], [other.cpu for _, other in found]))
    print(told("wall", [one.wall for one, _ in found], [other.wall for _, other in found]))
    beside = statistics.median(other.beside for _, other in found)
    print(f"beside compiled weeks, median of the sweeps: {beside:+.1%}")
    rate = len(found) * asked.slice / sum(other.wall for _, other in found)
    print(f"{rate:.1f} cells a second, {asked.workers} workers, {asked.engine}; budget of the overhead: {BUDGET:.0%}")


if __name__ == "__main__":
    main()
