"""`effectchain compare`: what would change, in the same worlds."""

import click

from effectchain.commands.options import Choices, simulating


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
@simulating
def compare(choices: Choices, base: str, what_ifs: tuple[str, ...], strengthen: tuple[str, ...]) -> None:
    """Simulate BASE and each WHATIF with the same luck, and show what changes along the effect chain.

    BASE and WHATIF are names from `effectchain scenarios list`, or paths of files. The folder of results holds the
    weekly table of all, figures (chain.png, chain.svg) and a report (report.html).

    --set changes BASE and every WHATIF alike.
    """
    from effectchain.simulating import compare_and_tell  # noqa: PLC0415  `--help` must stay quick

    compare_and_tell(base, what_ifs, strengthen, choices)
