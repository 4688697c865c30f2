"""What a sweep costs beyond its worlds: cells a second, and time against the bare worlds, in turns.

    python benchmarks/sweep.py [--cells 1000] [--slice 50] [--scenario hotel] [--weeks 104] [--workers 2]

The same worlds are lived bare (begin, weeks, nothing kept) and as a sweep (scenarios, checks, tables, parts on disk),
in slices that follow each other, on as many threads. Each slice is a sweep of its own, so what a sweep costs once is
counted many times. Told are ratios, of processor time and of time on the wall; on a machine that has other work to
do, the first is the one to go by.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from experiments.beginnings import warmed_up
from experiments.designs import points
from experiments.experiment import Experiment, experiment_of
from experiments.factors import scenario_of
from experiments.replication import prepare
from experiments.sweep import sweep
from experiments.watch import Watch
from experiments.weeks import block_length, blocks
from scenarios.scenario import Scenario
from simulation.week import live_weeks

BUDGET: Final = 0.05


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
    """Seconds on the wall, and of processors."""

    wall: float
    cpu: float

    @classmethod
    def on(cls, job: Callable[[], object]) -> "Spent":
        """What a job takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        job()
        return cls(time.perf_counter() - wall, time.process_time() - cpu)


def bare(cells: Sequence[Scenario], asked: Experiment, workers: int) -> None:
    """The worlds alone."""

    def one(scenario: Scenario) -> None:
        world = warmed_up(scenario, asked.seed, 0, asked.weeks, Watch())
        for first, last in blocks(1, asked.weeks, block_length(world)):
            live_weeks(world, first, last)

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(one, cells))


def swept(asked: Experiment, workers: int) -> None:
    """The same worlds as a sweep, from the experiment to the last part on disk."""
    with tempfile.TemporaryDirectory() as folder:
        result = sweep(asked, Path(folder) / "sweep", workers=workers)
        if result.failed:
            raise SystemExit(f"{result.failed} runs failed")


def rounds(arguments: argparse.Namespace) -> Iterator[tuple[Spent, Spent]]:
    """Bare and as a sweep, slice by slice; who goes first changes, and luck, so that no warm-up is kept."""
    for number in range(0, arguments.cells, arguments.slice):
        spent: dict[str, Spent] = {}
        for place, way in enumerate(("bare", "sweep") if number // arguments.slice % 2 else ("sweep", "bare")):
            asked = experiment(arguments.scenario, arguments.weeks, arguments.slice, 2 * number + place)
            cells = scenarios(asked)
            jobs = {
                "bare": partial(bare, cells, asked, arguments.workers),
                "sweep": partial(swept, asked, arguments.workers),
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
    arguments = parser.parse_args()
    prepare()
    swept(experiment(arguments.scenario, arguments.weeks, 8, 0), arguments.workers)  # all is loaded
    found = list(rounds(arguments))
    print(told("processor", [one.cpu for one, _ in found], [other.cpu for _, other in found]))
    print(told("wall", [one.wall for one, _ in found], [other.wall for _, other in found]))
    rate = len(found) * arguments.slice / sum(other.wall for _, other in found)
    print(f"{rate:.1f} cells a second on {arguments.workers} threads; budget of the overhead: {BUDGET:.0%}")


if __name__ == "__main__":
    main()
