"""All benchmarks of the engine and what stands on it, beside what they are measured against.

    python -m benchmarks [--quick] [--only engine growth sweeps answers]

Writes benchmarks/latest.json and the table in docs/benchmarks.md.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any, Final

from benchmarks import answers, engine, growth
from benchmarks.engine import Found
from benchmarks.figures import Row, keep, machine, write_table
from benchmarks.sweep import Asked, Name, Spent, rounds

WEEKS: Final = 26


def overhead(found: list[tuple[Spent, Spent]]) -> float:
    """Processor time of a sweep beyond its bare worlds, as a share: the median of the slices."""
    return statistics.median(swept.cpu / bare.cpu - 1.0 for bare, swept in found)


def sweeps(*, quick: bool) -> Found:
    """What a sweep costs beyond its worlds, with one worker and two, on threads, processes and Dask."""
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    kinds: list[tuple[Name, int, int, int]] = [("threads", 1, 10, 20), ("threads", 2, 1, 1000)]
    if quick:
        kinds = [("threads", 1, 2, 20), ("threads", 2, 2, 20)]
    else:
        kinds += [("processes", 2, 3, 50), ("dask", 2, 3, 50)]
    rates = {}
    for name, workers, slices, size in kinds:
        found = list(rounds(Asked("hotel", WEEKS, slices * size, size, workers, name)))
        share = overhead(found)
        rates[name, workers] = len(found) * size / sum(swept.wall for _, swept in found)
        told = f"{share:+.1%}; {rates[name, workers]:.1f} cells a second"
        if workers == 2:
            parallel = rates[name, 2] / (2.0 * rates["threads", 1])
            told += f"; {parallel:.0%} of twice one thread"
        plural = "" if workers == 1 else "s"
        what = f"sweep of {size:,} cells, {workers} worker{plural}, {name}: beyond its worlds"
        rows.append((what, told, "at most 5 % of 1,000 cells" if name == "threads" else ""))
        figures[f"sweep_{name}_{workers}"] = {"overhead": share, "cells_a_second": rates[name, workers]}
        if name == "threads":
            beside = statistics.median(swept.beside for _, swept in found)
            figures[f"sweep_{name}_{workers}"]["beside_weeks"] = beside
            rows.append(("the same: all that is no compiled week, founding worlds too", f"{beside:+.1%}", ""))
    figures["sweep_overhead"] = figures["sweep_threads_2"]["overhead"]
    return rows, figures


SECTIONS: Final[dict[str, Callable[..., Found]]] = {
    "engine": engine.measure,
    "growth": growth.measure,
    "sweeps": sweeps,
    "answers": answers.measure,
}


def main() -> None:
    """Measure, tell, keep."""
    parser = argparse.ArgumentParser(description="How fast it is, and beside what.")
    parser.add_argument("--quick", action="store_true", help="fewer turns and smaller sizes; the page stays as it is")
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), default=list(SECTIONS))
    asked = parser.parse_args()
    rows: list[Row] = []
    for name in asked.only:
        start = time.perf_counter()
        found, figures = SECTIONS[name](quick=asked.quick)
        for row in found:
            print(" | ".join(row), flush=True)
        print(f"({name}: {time.perf_counter() - start:.0f} s)", flush=True)
        rows += found
        keep({**figures, "machine": machine(), "quick": asked.quick})
    if not asked.quick and asked.only == list(SECTIONS):
        write_table("figures", ("what", "measured", "budget"), rows, f"{machine()}.")


if __name__ == "__main__":
    main()
