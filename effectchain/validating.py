"""What `validate` does: live the worlds of the patterns, judge, write, and tell."""

from collections.abc import Mapping, Sequence

import click

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.endings import FAILED
from effectchain.places import refuse_wrong_place
from effectchain.progress import stages
from effectchain.telling import tell_folder, tell_found
from experiments.validation.registry import chosen
from experiments.validation.validating import validate
from results.validation.terminal import print_validation
from scenarios.errors import Mistake
from scenarios.overrides import overridden, parse_setting
from scenarios.scenario import Scenario


def validate_and_tell(patterns: Sequence[str], choices: Choices) -> None:
    """Look for the patterns, write their folder, tell what came of it; ends with exit code 1 unless all are met."""
    behaviour = changed_rules(choices.settings)
    chosen(patterns)
    refuse_wrong_place(choices.out)
    compile_rules(quiet=choices.quiet)
    with stages("Pattern {}".format, quiet=choices.quiet or choices.as_json) as on_stage:
        validation = validate(
            patterns,
            replications=choices.replications,
            seed=choices.seed,
            behaviour=behaviour,
            workers=choices.workers,
            on_stage=on_stage,
        )
    folder = validation.save(choices.out, language=choices.language)

    def in_words() -> None:
        print_validation(
            validation.findings,
            replications=validation.replications,
            behaviour=validation.behaviour,
            language=choices.language,
        )
        tell_folder(folder, choices.language)

    tell_found(choices, folder, validation.as_data(), in_words)
    if not validation.all_met:
        raise click.exceptions.Exit(FAILED)


def changed_rules(settings: tuple[str, ...]) -> Mapping[str, float]:
    """Parameters that --set changes. Raises Mistake for anything else: patterns say themselves where they live."""
    for setting in settings:
        path, _ = parse_setting(setting)
        if not path.startswith("behaviour."):
            raise Mistake("patterns set their own organisations", path, "a parameter, as in behaviour.treadmill=0")
    return overridden(Scenario.model_validate({"schema": 1}), settings).behaviour
