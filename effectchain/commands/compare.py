"""`effectchain compare`: what would change, in the same worlds."""

import click

from effectchain.commands.options import Choices, WholeNumber, simulating


@click.command(short_help="Hold what-ifs against a baseline.")
@click.argument("base")
@click.argument("what_ifs", metavar="[WHATIF]...", nargs=-1)
@click.option(
    "--strengthen",
    multiple=True,
    metavar="BLOCK=LEVEL",
    help="A what-if without a file: BASE with this building block brought to LEVEL (0 to 1) in the first 52 weeks; "
    "repeat it to strengthen several blocks at once.",
)
@click.option(
    "--until",
    metavar="WIDTH",
    help="Go on with more worlds until half the 95 % interval of each difference is at most WIDTH: 0.5% (of the "
    "baseline's level; of revenue for profit; of the scale of 100 for NPS), or 0.002 in the indicator's own unit.",
)
@click.option(
    "--of",
    multiple=True,
    metavar="INDICATOR",
    help="What is to be so sure: a column of the weekly table, or payback (the share of worlds that pay back); may be "
    "repeated. [default: loyalty, and profit or, for a non-profit, reputation]",
)
@click.option("--most", type=WholeNumber(20, 100_000), help="Worlds at most with --until. [default: 200]")
@click.option(
    "--discount",
    metavar="RATE",
    help="Yearly interest by which later money counts less, as in 8%. [default: as the scenario says]",
)
@click.option(
    "--over",
    metavar="DIR",
    help="Show too what each what-if brings in all plausible scenarios in DIR, the folder of `effectchain calibrate`.",
)
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["pdf", "pptx", "xlsx", "csv"]),
    help="Add this to the folder: the report as PDF, slides with charts to edit, or the last year of each world as a "
    "spreadsheet or CSV; may be repeated.",
)
@simulating
def compare(
    choices: Choices,
    base: str,
    what_ifs: tuple[str, ...],
    strengthen: tuple[str, ...],
    until: str | None,
    of: tuple[str, ...],
    most: int | None,
    discount: str | None,
    over: str | None,
    also: tuple[str, ...],
) -> None:
    """Simulate BASE and each WHATIF with the same luck, and show what changes along the effect chain.

    BASE and WHATIF are names from `effectchain scenarios list`, or paths of files. Shown are the paired differences
    of the last year, what shared luck saved, who changed (the same person in both worlds) and when it pays back. The
    folder of results holds the weekly table of all, these numbers (comparison.json), figures and a report.

    --set changes BASE and every WHATIF alike. With --until, --replications is the least number of worlds (20 or more).
    """
    from effectchain.comparing import Sureness, compare_and_tell  # noqa: PLC0415  `--help` must stay quick

    compare_and_tell(base, what_ifs, strengthen, choices, Sureness(until, of, most, discount), over, also)
