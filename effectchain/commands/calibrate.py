"""`effectchain calibrate`: a scenario that reproduces what an organisation knows about itself."""

from pathlib import Path

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Fit a scenario to your own figures.")
@click.argument("scenario")
@click.option(
    "--to",
    "figures",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV or XLSX with the columns indicator and value, and perhaps plus_minus, or low and high, and weeks.",
)
@click.option(
    "--survey",
    "answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV or XLSX with answers: a row a respondent, a column an item of --instrument. Its constructs are figures.",
)
@click.option(
    "--instrument", default="ecsi", show_default=True, metavar="NAME", help="What the survey asked; see survey --help."
)
@click.option("--free", multiple=True, metavar="KEY", help="Open this key of the scenario too; may be repeated.")
@click.option("--fix", multiple=True, metavar="KEY", help="Keep this key as it is; may be repeated.")
@click.option(
    "--members", type=WholeNumber(0, 200), default=20, show_default=True, help="How many plausible scenarios to find."
)
@click.option(
    "--replications",
    type=WholeNumber(2, 1000),
    help="Worlds of each trial, the same for all. [default: 8 to 32, as the tolerances ask for]",
)
@simulating_without("weeks", "replications")
def calibrate(
    choices: Choices,
    scenario: str,
    figures: Path | None,
    answers: Path | None,
    instrument: str,
    free: tuple[str, ...],
    fix: tuple[str, ...],
    members: int,
    replications: int | None,
) -> None:
    """Fit the open parameters of SCENARIO so that it reproduces what an organisation knows about itself.

    FILE has a row a figure, such as `churn,18%` or `nps;12;5`: churn, turnover, satisfaction, nps, engagement,
    failure_rate, complaint_rate, utilisation, or any other column of the weekly table. Told are how well each figure
    can be met, which cannot be met together, and which parameters the figures leave open. The folder of results holds
    the best scenario (best.toml) and plausible ones (plausible/), each of which meets the figures: give that folder to
    `effectchain compare --over` or `effectchain roadmap --robust`.

    An interrupted calibration goes on when the same command is given again.
    """
    from effectchain.calibrating import Asked, calibrate_and_tell  # noqa: PLC0415  `--help` must stay quick

    calibrate_and_tell(scenario, Asked(figures, answers, instrument, free, fix, members, replications), choices)
