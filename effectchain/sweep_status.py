"""What `status` tells: how far the sweep in a folder is, from what stands there; nothing is asked of who runs it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import click

from effectchain.sweeping import FIRST, failure_data, failure_in_words
from effectchain.telling import seconds_in_words
from results.sweeps.lock import is_held
from results.sweeps.parts import PARTS, Failure, Part, path_of
from results.sweeps.store import SweepStore
from results.sweeps.verify import Problem
from results.words import harmless

AHEAD: Final = "the same command sets it aside and does its runs again"

LATEST: Final = 20
"""Parts by whose times the rate is judged; times decide nothing else."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a sweep is.

    rate: runs a second lately; None where it is not running, or has too few parts to tell. remaining: seconds.
    damaged: files among the parts whose footers say that they are no finished part.
    """

    experiment: str
    cells: int
    replications: int
    done: int
    failed: int
    running: bool
    rate: float | None
    remaining: float | None
    failures: tuple[Failure, ...]
    damaged: tuple[Problem, ...] = ()

    @property
    def runs(self) -> int:
        """Runs in all."""
        return self.cells * self.replications

    def as_data(self) -> dict[str, Any]:
        """What `status --json` prints."""
        failures = [failure_data(failure) for failure in self.failures]
        return {**asdict(self), "failures": failures, "runs": self.runs}


def tell_status(folder: Path, *, as_json: bool) -> None:
    """Tell how far the sweep in this folder is. Raises ResultsError for what is no sweep."""
    status = status_of(folder)
    if as_json:
        click.echo(json.dumps(status.as_data(), indent=1))
        return
    for line in in_lines(status):
        click.echo(line)


def status_of(folder: Path) -> Status:
    """How far the sweep in this folder is. Raises ResultsError for what is no sweep."""
    store = SweepStore.open(folder)
    standing = list(store.standing())
    parts = [part for _, part in standing if isinstance(part, Part)]
    failures = [failure for part in parts for failure in part.failures]
    done = sum(part.done for part in parts)
    rest = store.cells * store.replications - done - len(failures)
    running = is_held(store.folder)
    rate = recent_rate(store.folder, parts) if running else None
    return Status(
        experiment=str(store.manifest.get("experiment", {}).get("name", "")),
        cells=store.cells,
        replications=store.replications,
        done=done,
        failed=len(failures),
        running=running,
        rate=rate,
        remaining=rest / rate if rate else None,
        failures=tuple(failures[:FIRST]),
        damaged=tuple(
            Problem("damaged", f"{PARTS}/{name}", what, AHEAD) for name, what in standing if isinstance(what, str)
        ),
    )


def recent_rate(folder: Path, parts: Sequence[Part]) -> float | None:
    """Runs a second over the parts that were written last; None where there are too few to tell."""
    times = []
    for part in parts:
        with suppress(OSError):  # set aside in the meantime
            times.append((path_of(folder, part.block).stat().st_mtime, len(part.block.cells)))
    latest = sorted(times)[-LATEST:]
    if len(latest) < 3:
        return None
    seconds = latest[-1][0] - latest[0][0]
    return sum(runs for _, runs in latest[1:]) / seconds if seconds > 0 else None


def in_lines(status: Status) -> Iterator[str]:
    """The status in words, a line each."""
    finished = status.done + status.failed
    share = int(100 * finished / status.runs)
    yield f"Experiment    {harmless(status.experiment, 64)}"
    yield f"Size          {status.cells:,} cells x {status.replications:,} replications"
    yield f"Finished      {finished:,} of {status.runs:,} runs ({share} %)"
    if status.rate:
        left = f", {seconds_in_words(status.remaining)} left" if status.remaining is not None else ""
        yield f"Rate          {status.rate:,.1f} runs a second{left}"
    yield f"State         {state(status)}"
    if status.failed:
        yield f"Failed        {status.failed:,} run{'s' * (status.failed > 1)}, such as:"
        yield from (f"  {failure_in_words(failure)}" for failure in status.failures)
    if status.damaged:
        yield f"Damaged       {len(status.damaged):,} part{'s' * (len(status.damaged) > 1)}, such as:"
        yield from (f"  {harmless(part, 300)}" for part in status.damaged[:FIRST])


def state(status: Status) -> str:
    """What goes on, and what to do."""
    if status.running:
        return "running"
    if status.done + status.failed < status.runs:
        return "stopped; give the same command again to go on"
    return "finished"
