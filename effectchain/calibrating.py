"""What `calibrate` does: fit with a word on how it goes, write, and tell what came of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.endings import keeping_what_was_found
from effectchain.memory import refuse_too_much
from effectchain.progress import bare_line
from effectchain.simulating import asked_for
from effectchain.telling import tell_contents, tell_found, words
from experiments.calibration.calibrate import Standing, Told, calibrated, read_all
from experiments.calibration.request import MOST_UNASKED, Request, request_of
from experiments.calibration.telling import as_text
from experiments.calibration.words import phrase
from experiments.calibration.writing import folder_of, write_calibration

CONTENTS: Final = {
    "best.toml": "best",
    "plausible/": "plausible",
    "scenario.toml": "scenario",
    "calibration.json": "data",
}
"""Files that are told, and the phrase about each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user asked of the calibration."""

    figures: Path | None
    answers: Path | None
    instrument: str
    free: tuple[str, ...]
    fix: tuple[str, ...]
    members: int
    replications: int | None


def calibrate_and_tell(source: str, asked: Asked, choices: Choices) -> None:
    """Fit, or go on fitting, write the folder, and tell what came of it as the user chose."""
    request, language = request_from(source, asked, choices), choices.language
    folder = choices.out or folder_of(request)
    weeks, replications = max(one.weeks for one in request.figures), request.replications or MOST_UNASKED
    refuse_too_much([request.scenario], weeks=weeks, replications=replications, workers=choices.workers)
    compile_rules(quiet=choices.quiet)
    with (
        keeping_what_was_found("The trials that were lived", folder, quiet=choices.quiet),
        following(language, quiet=choices.quiet or choices.as_json) as told,
    ):
        found = calibrated(request, workers=choices.workers, out=folder, on_progress=told)
        place = write_calibration(found, folder, language=language)

    def in_words() -> None:
        click.echo(as_text(found, language))
        meanings = {name: phrase(f"file_{key}", language) for name, key in CONTENTS.items()}
        tell_contents(phrase("results", language), place, meanings)

    tell_found(choices, place, found.as_data(), in_words)


def request_from(source: str, asked: Asked, choices: Choices) -> Request:
    """The request for this scenario. Raises Mistake."""
    figures, survey = read_all(asked.figures, asked.answers, asked.instrument)
    return request_of(
        asked_for(source, choices.settings),
        figures,
        free=asked.free,
        fix=asked.fix,
        members=asked.members,
        replications=asked.replications,
        seed=choices.seed,
        asked=survey,
    )


@contextmanager
def following(language: str, *, quiet: bool) -> Iterator[Told | None]:
    """A line on standard error: what is going on, and after how many trials; nothing in a pipe."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with bare_line() as line:
        task = line.add_task("...", total=None)

        def told(standing: Standing) -> None:
            is_last = standing.stage == "plausible" and standing.wanted > 0
            line.update(
                task,
                completed=standing.done if is_last else None,
                total=standing.wanted if is_last else None,
                description=standing_in_words(standing, language),
            )

        yield told


def standing_in_words(standing: Standing, language: str) -> str:
    """How a calibration stands: fitting, 48 trials."""
    stage = phrase(STAGES[standing.stage], language)
    return words(language)["trials"].format(stage=stage, count=standing.tried)


STAGES: Final = {
    "screening": "screening",
    "fit": "fit",
    "conflicts": "conflicts",
    "plausible": "plausible",
    "figures": "fresh",
}
"""The phrase about each stage."""
