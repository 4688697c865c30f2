"""How far a sweep is, for a person at a terminal; nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from effectchain.telling import seconds_in_words
from experiments.sweeps.progress import SweepProgress


@contextmanager
def sweep_line(title: str, *, quiet: bool = False) -> Iterator[Callable[[SweepProgress], object] | None]:
    """A line on standard error with runs done, runs a second, failures and the time left; gone when all is done.

    None where there is no terminal, or where quiet.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  needed at a terminal only
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}", markup=False), BarColumn(24), TextColumn("{task.fields[words]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=8) as line:
        task = line.add_task(title, total=None, words="...")

        def report(progress: SweepProgress) -> None:
            line.update(task, completed=progress.finished, total=progress.runs, words=in_words(progress))

        yield report


def in_words(progress: SweepProgress) -> str:
    """416 of 1,248 runs, 8.7 a second, 2 failed, 1 min 36 s left."""
    words = [f"{progress.finished:,} of {progress.runs:,} runs"]
    words += [f"{progress.rate:,.1f} a second"] if progress.rate else []
    words += [f"{progress.failed:,} failed"] if progress.failed else []
    words += [f"{seconds_in_words(progress.remaining)} left"] if progress.remaining is not None else []
    return ", ".join([*words, progress.state] if progress.state else words)
