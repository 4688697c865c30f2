"""`effectchain sensitivity`: which factors of a sweep move an indicator most."""

from pathlib import Path

import click

from effectchain.commands.options import SomeFolder, WholeNumber, as_json, folder, language, quiet


@click.command(short_help="Which factors of a sweep move an indicator most?")
@folder
@click.option("--indicator", required=True, metavar="NAME", help="A column of the weekly table, such as loyalty.")
@click.option(
    "--weeks",
    type=WholeNumber(1, 5200),
    default=52,
    show_default=True,
    help="Look at so many weeks at the end: the sum of money and people that flow, the mean of all else.",
)
@click.option("--out", type=SomeFolder(), metavar="DIR", help="Folder for the figures. [default: DIR of the sweep]")
@language
@as_json
@quiet
def sensitivity(
    folder: Path,
    indicator: str,
    weeks: int,
    out: Path | None,
    language: str,
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Show which factors of the finished sweep in DIR move an indicator most, and draw it.

    How depends on the sweep's design: 'saltelli' gives first- and total-order Sobol' indices, 'morris' a screening,
    'one_at_a_time' what each setting changes in the same worlds, any other a straight line through all cells. The
    figure is written as sensitivity-NAME.png and .svg.

    A sweep with failed cells, or with cells that have no value, is refused, and the cells are named.
    """
    from effectchain.sensing import tell_sensitivity  # noqa: PLC0415  `--help` must stay quick

    tell_sensitivity(folder, indicator, weeks, out or folder, language, as_json=as_json, quiet=quiet)
