"""`effectchain run`: one scenario, in many worlds."""

import click

from effectchain.commands.options import Choices, WholeNumber, simulating


@click.command(short_help="Simulate a scenario.")
@click.argument("scenario")
@click.option("--events", is_flag=True, help="Keep the encounter log: one row an encounter.")
@click.option(
    "--people", type=WholeNumber(1, 5200), metavar="EVERY", help="Keep a snapshot of all people every so many weeks."
)
@click.option("--report", is_flag=True, help="Add figures and an HTML report.")
@simulating
def run(choices: Choices, scenario: str, events: bool, people: int | None, report: bool) -> None:  # noqa: FBT001
    """Simulate SCENARIO and show its effect chain in the final year.

    SCENARIO is a name from `effectchain scenarios list`, or the path of a file. The folder of results holds the weekly
    table (weekly.parquet), the scenario as run and a manifest that says what made it.

    With --json, customer_weeks_per_second counts customers and prospects and all weeks lived, warm-up included.
    """
    from effectchain.simulating import run_and_tell  # noqa: PLC0415  `--help` must stay quick

    run_and_tell(scenario, choices, events=events, people_every=people, report=report)
