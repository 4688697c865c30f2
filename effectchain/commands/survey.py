"""`effectchain survey`: ask simulated customers or employees, and hold their answers against real ones."""

from dataclasses import replace

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Ask simulated customers or employees, beside real answers.")
@click.argument("scenario", default="mobile_provider")
@click.option(
    "--instrument",
    default="ecsi",
    show_default=True,
    metavar="NAME",
    help="ecsi, employees, nps, enps, or a TOML file with an instrument of your own.",
)
@click.option(
    "--sample",
    type=WholeNumber(1, 1_000_000),
    help="Answers wanted from each organisation. [default: the instrument's]",
)
@click.option("--week", type=WholeNumber(1, 5200), default=52, show_default=True, help="As which week ends.")
@click.option("--units", type=WholeNumber(1, 10_000), help="Organisations asked. [default: the instrument's]")
@simulating_without("weeks", "replications")
def survey(choices: Choices, scenario: str, instrument: str, sample: int | None, week: int, units: int | None) -> None:
    """Ask the simulated customers or employees of SCENARIO, and hold what they answer against real answers.

    An instrument states what each item reads of a person, and how sampling, non-response, a person's own use of the
    scale and error of measurement come between. ecsi asks customers as the European Customer Satisfaction Index does;
    employees asks about leadership, hours, cohesion and well-being in many organisations that differ as units do;
    nps and enps ask whether one would recommend. The folder of results holds the answers, the summary (survey.json)
    and, where there is a real sample, the figure (beside.png): its intervals, and which simulated figures are outside.
    """
    from effectchain.surveying import survey_and_tell  # noqa: PLC0415  `--help` must stay quick

    asked = replace(choices, weeks=week, replications=units or 1)
    survey_and_tell(scenario, instrument, asked, sample=sample, units=units)
