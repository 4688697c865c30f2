"""What `roadmap` does: search with a word on how it goes, write, and tell what came of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Final

import click

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.endings import keeping_what_was_found
from effectchain.memory import refuse_too_much
from effectchain.progress import bare_line
from effectchain.simulating import asked_for
from effectchain.telling import seconds_in_words, shown, tell_contents, tell_found
from experiments.roadmaps.goals import Goal
from experiments.roadmaps.request import Request, request_of
from experiments.roadmaps.roadmap import answered
from experiments.roadmaps.search import Standing, Told
from experiments.roadmaps.telling import as_text
from experiments.roadmaps.words import phrase
from experiments.roadmaps.writing import compare_command, folder_of, write_roadmap
from results.numbers import level

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
    robust: str | None


def search_and_tell(source: str, asked: Asked, choices: Choices) -> None:
    """Search, or go on with a search, write the folder, and tell what came of it as the user chose."""
    request, language = request_from(source, asked, choices), choices.language
    folder = choices.out or folder_of(request)
    weeks, replications = request.limits.weeks, 20 * request.replications
    refuse_too_much([request.scenario], weeks=weeks, replications=replications, workers=choices.workers)
    compile_rules(quiet=choices.quiet)
    with (
        keeping_what_was_found("The plans that were tried", folder, quiet=choices.quiet),
        searching(request, quiet=choices.quiet) as told,
    ):
        found = answered(request, workers=choices.workers, out=folder, on_progress=told)
    place = write_roadmap(found, folder, language=language)

    def in_words() -> None:
        click.echo(as_text(found, language))
        meanings = {name: phrase(f"file_{key}", language) for name, key in CONTENTS.items()}
        tell_contents(phrase("results", language), place, meanings)
        command = " ".join(compare_command(found, shown(place)))
        click.echo(phrase("same_numbers", language).format(command=command))

    tell_found(choices, place, found.as_data(), in_words)


def request_from(source: str, asked: Asked, choices: Choices) -> Request:
    """The request for this scenario. Raises Mistake."""
    robust = int(asked.robust) if asked.robust is not None and asked.robust.isdecimal() else asked.robust
    given = asdict(asked) | {"robust": robust, "seed": choices.seed}
    return request_of(asked_for(source, choices.settings), **given)


@contextmanager
def searching(request: Request, *, quiet: bool) -> Iterator[Told | None]:
    """A line on standard error: plans tried, the best gain so far and the time left; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with bare_line() as line:
        task = line.add_task("...", total=request.trials)

        def told(standing: Standing) -> None:
            line.update(task, completed=standing.done, description=standing_in_words(standing, request.goals[0]))

        yield told


def standing_in_words(standing: Standing, goal: Goal) -> str:
    """How a search stands: 48 plans tried, best so far +€ 0.31 m, 40 s left."""
    best = level(standing.best, goal.indicator, "en")
    left = f"{seconds_in_words(standing.seconds_left)} left" if standing.seconds_left else "now in fresh worlds"
    return f"{standing.done} plans tried, best so far {best}, {left}"
