"""How far a simulation is, for a person at a terminal; nothing in a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, Task
    from rich.text import Text

Report = Callable[[int, int], object]
"""Told how many weeks have passed, and of how many."""


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Report | None]:
    """A line on standard error with weeks done, weeks a second and the time left; gone when all is done.

    None where there is no terminal, or where quiet.
    """
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with progress_line() as line:
        task = line.add_task(title, total=None)

        def report(done: int, weeks: int) -> None:
            line.update(task, completed=done, total=weeks)

        yield report


def progress_line() -> "Progress":
    """The line itself, on standard error."""
    from rich.console import Console  # noqa: PLC0415  needed at a terminal only
    from rich.progress import BarColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    class WeeksColumn(ProgressColumn):
        """Weeks done, and how fast."""

        def render(self, task: "Task") -> "Text":
            from rich.text import Text  # noqa: PLC0415

            return Text(weeks_and_rate(task.completed, task.total, task.speed))

    columns = (TextColumn("{task.description}", markup=False), BarColumn(24), WeeksColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=8)


@contextmanager
def stages(name: Callable[[str], str], *, quiet: bool = False) -> Iterator[Callable[[str], Report | None]]:
    """Told that a stage begins, gives who hears how far it is: one line each, in the place of the one before.

    name: of a stage, for people.
    """
    with ExitStack() as stack:

        def on_stage(stage: str) -> Report | None:
            stack.close()
            return stack.enter_context(progress(name(stage), quiet=quiet))

        yield on_stage


def bare_line() -> "Progress":
    """A line on standard error that says what is going on beside a bar."""
    from rich.console import Console  # noqa: PLC0415  needed at a terminal only
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(24), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4)


def weeks_and_rate(done: float, weeks: float | None, speed: float | None) -> str:
    """How far it is: 416 of 1,248 weeks, 870 a second."""
    if weeks is None:
        return "..."
    rate = f", {speed:,.0f} a second" if speed else ""
    return f"{done:,.0f} of {weeks:,.0f} weeks{rate}"
