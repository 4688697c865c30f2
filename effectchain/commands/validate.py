"""`effectchain validate`: whether the model behaves like service organisations do."""

from dataclasses import replace

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Hold the model against what is known of service organisations.")
@click.option(
    "--pattern",
    "patterns",
    multiple=True,
    metavar="ID",
    help="Only this pattern, as in 7 or E18; may be repeated. [default: all]",
)
@click.option(
    "--replications",
    type=WholeNumber(2, 1000),
    default=20,
    show_default=True,
    help="Worlds a side of each experiment; a verdict takes 20.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a rule, as in behaviour.treadmill=0, to see which patterns hang on it; may be repeated.",
)
@simulating_without("weeks", "replications", "settings")
def validate(choices: Choices, patterns: tuple[str, ...], replications: int, settings: tuple[str, ...]) -> None:
    """Hold the model against the patterns that it must show, each in paired worlds of its own.

    A pattern is a claim with its source, grade and criterion. It is met when the whole 95 % interval of every part lies
    within the bounds, not met when one lies outside, undecided when one straddles a bound; what is undecided is looked
    at once more, in twice as many worlds. The folder of results holds the report with the figure of each pattern
    (report.html) and all numbers (validation.json, parts.parquet).

    Exit code 0 only if all are met, 1 otherwise. All patterns take some minutes; one takes seconds.
    """
    from effectchain.validating import validate_and_tell  # noqa: PLC0415  `--help` must stay quick

    validate_and_tell(patterns, replace(choices, replications=replications, settings=settings))
