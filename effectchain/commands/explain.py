"""`effectchain explain`: which measure did it, along which path, and what blocks it now."""

import click

from effectchain.commands.options import Choices, WholeNumber, simulating


@click.command(short_help="Why a what-if changes an outcome.")
@click.argument("what_if", metavar="WHATIF")
@click.option("--indicator", default="loyalty", show_default=True, help="The outcome: a column of the weekly table.")
@click.option("--base", metavar="SCENARIO", help="What to hold it against. [default: WHATIF with nothing done]")
@click.option(
    "--strengthen",
    multiple=True,
    metavar="BLOCK=LEVEL",
    help="Explain WHATIF with this building block brought to LEVEL (0 to 1) in the first 52 weeks; may be repeated.",
)
@click.option(
    "--orders",
    type=WholeNumber(1, 1000),
    default=4,
    show_default=True,
    help="Orders in which links of the chain are opened; more of them make the shares of links more exact.",
)
@simulating
def explain(
    choices: Choices, what_if: str, indicator: str, base: str | None, strengthen: tuple[str, ...], orders: int
) -> None:
    """Explain what WHATIF changes in an outcome, in the same worlds with and without.

    Three answers: the fair share of each intervention (Shapley) with their synergy; the share that each link of the
    effect chain passes on, found by cutting it person by person, with its lag; and the constraints whose small easing
    would help most. The shares of each add up to the whole effect. The folder of results holds the figure (why.png)
    and all numbers (explanation.json).
    """
    from effectchain.explaining import explain_and_tell  # noqa: PLC0415  `--help` must stay quick

    explain_and_tell(what_if, base, indicator, choices, strengthen=strengthen, orders=orders)
