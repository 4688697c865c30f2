"""What `roadmap` does: search with a word on how it goes, write, and tell what came of it."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from effectchain.compiling import compile_rules
from effectchain.endings import keeping_what_was_found
from effectchain.memory import refuse_too_much
from effectchain.simulating import asked_for
from effectchain.telling import seconds_in_words, shown
from experiments.roadmaps.goals import Goal
from experiments.roadmaps.keeping import folder_of
from experiments.roadmaps.request import Request, request_of
from experiments.roadmaps.roadmap import answered
from experiments.roadmaps.search import Standing, Told
from experiments.roadmaps.telling import as_text
from experiments.roadmaps.words import phrase
from experiments.roadmaps.writing import compare_command, write_roadmap
from results.numbers import level

if TYPE_CHECKING:
    from rich.progress import Progress

CONTENTS: Final = {
    "roadmap.toml": "roadmap",
    "scenario.toml": "scenario",
    "plans/": "plans",
    "roadmap.json": "data",
    "plan.png": "plan",
    "impatience.png": "impatience",
    "front.png": "front",
    "regret.png": "regret",
    "weekly.parquet": "weekly",
}
"""Files that are told, and the phrase about each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of the search; None where that is left to us."""

    budget: float
    horizon: int | None
    goal: tuple[str, ...]
    most_at_once: int | None
    most_effort: float | None
    blocks: tuple[str, ...]
    trials: int | None
    minutes: float | None
    replications: int
    seed: int
    robust: str | None


def search_and_tell(
    source: str,
    settings: Sequence[str],
    asked: Asked,
    *,
    workers: int | None,
    out: Path | None,
    language: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Search, or go on with a search, write the folder, and tell what came of it as the user chose."""
    request = request_from(source, settings, asked)
    folder = out or folder_of(request)
    refuse_too_much(
        [request.scenario], weeks=request.limits.weeks, replications=20 * request.replications, workers=workers
    )
    compile_rules(quiet=quiet)
    with (
        keeping_what_was_found("The plans that were tried", folder, quiet=quiet),
        searching(request, quiet=quiet) as told,
    ):
        found = answered(request, workers=workers, out=folder, on_progress=told)
    place = write_roadmap(found, folder, language=language)
    if as_json:
        click.echo(json.dumps(found.as_data() | {"folder": str(place)}, indent=1))
    elif not quiet:
        click.echo(as_text(found, language))
        tell_folder(place, language)
        command = " ".join(compare_command(found, shown(place)))
        click.echo(phrase("same_numbers", language).format(command=command))


def request_from(source: str, settings: Sequence[str], asked: Asked) -> Request:
    """The request for this scenario. Raises Mistake."""
    given = asdict(asked)
    robust = int(asked.robust) if asked.robust is not None and asked.robust.isdecimal() else asked.robust
    return request_of(asked_for(source, settings), **(given | {"robust": robust}))


@contextmanager
def searching(request: Request, *, quiet: bool) -> Iterator[Told | None]:
    """A line on standard error: plans tried, the best gain so far and the time left; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with progress_line() as line:
        task = line.add_task("...", total=request.trials)

        def told(standing: Standing) -> None:
            line.update(task, completed=standing.done, description=in_words(standing, request.goals[0]))

        yield told


def progress_line() -> "Progress":
    """The line itself; gone when all is done."""
    from rich.console import Console  # noqa: PLC0415  needed at a terminal only
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (BarColumn(24), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4)


def in_words(standing: Standing, goal: Goal) -> str:
    """How a search stands: 48 plans tried, best so far +€ 0.31 m, 40 s left."""
    best = level(standing.best, goal.indicator, "en")
    left = f"{seconds_in_words(standing.seconds_left)} left" if standing.seconds_left else "now in fresh worlds"
    return f"{standing.done} plans tried, best so far {best}, {left}"


def tell_folder(folder: Path, language: str) -> None:
    """What lies in the folder."""
    click.echo(phrase("results", language).format(folder=shown(folder)))
    present = {name: phrase(f"file_{key}", language) for name, key in CONTENTS.items() if (folder / name).exists()}
    width = max(map(len, present))
    for name, meaning in present.items():
        click.echo(f"  {name:{width}}  {meaning}")
