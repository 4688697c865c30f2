"""What `validate` does: live the worlds of the patterns, judge, write, and tell."""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from effectchain.compiling import compile_rules
from effectchain.places import refuse_wrong_place
from effectchain.progress import progress
from effectchain.telling import tell_folder
from experiments.validation.registry import chosen
from experiments.validation.validating import Validation, validate
from experiments.workers import Progress
from results.validation.terminal import print_validation
from scenarios.errors import Mistake
from scenarios.overrides import overridden, parse_setting
from scenarios.scenario import Scenario

NOT_ALL_MET: Final = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user chose."""

    patterns: tuple[str, ...]
    replications: int
    seed: int
    workers: int | None
    settings: tuple[str, ...]
    out: Path | None
    language: str
    as_json: bool
    quiet: bool


def validate_and_tell(asked: Asked) -> None:
    """Look for the patterns, write their folder, tell what came of it; ends with exit code 1 unless all are met."""
    behaviour = changed_rules(asked.settings)
    chosen(asked.patterns)
    refuse_wrong_place(asked.out)
    compile_rules(quiet=asked.quiet)
    with ExitStack() as stack:
        validation = validate(
            asked.patterns,
            replications=asked.replications,
            seed=asked.seed,
            behaviour=behaviour,
            workers=asked.workers,
            on_stage=_telling(stack, quiet=asked.quiet or asked.as_json),
        )
    folder = validation.save(asked.out, language=asked.language)
    tell(validation, folder, asked)
    if not validation.all_met:
        raise click.exceptions.Exit(NOT_ALL_MET)


def changed_rules(settings: tuple[str, ...]) -> Mapping[str, float]:
    """Parameters that --set changes. Raises Mistake for anything else: patterns say themselves where they live."""
    for setting in settings:
        path, _ = parse_setting(setting)
        if not path.startswith("behaviour."):
            raise Mistake("patterns set their own organisations", path, "a parameter, as in behaviour.treadmill=0")
    return overridden(Scenario.model_validate({"schema": 1}), settings).behaviour


def tell(validation: Validation, folder: Path, asked: Asked) -> None:
    """Print the verdicts, or all as JSON."""
    if asked.as_json:
        click.echo(json.dumps(validation.as_data() | {"folder": str(folder)}, indent=1))
    elif not asked.quiet:
        print_validation(
            validation.findings,
            replications=validation.replications,
            behaviour=validation.behaviour,
            language=asked.language,
        )
        tell_folder(folder)


def _telling(stack: ExitStack, *, quiet: bool) -> Callable[[str], Progress | None]:
    """One line of progress a pattern; each takes the place of the one before."""

    def on_stage(names: str) -> Progress | None:
        stack.close()
        return stack.enter_context(progress(f"Pattern {names}", quiet=quiet))

    return on_stage
