"""`effectchain robustness`: which conclusions survive under other rules."""

from dataclasses import replace

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Which conclusions survive other assumptions?")
@click.argument("scenario", required=False)
@click.option(
    "--draws",
    type=WholeNumber(0, 500),
    default=32,
    show_default=True,
    help="Draws of all that is assumed or calibrated, within a quarter of the way to the ends of its range.",
)
@click.option(
    "--replications",
    type=WholeNumber(2, 200),
    default=8,
    show_default=True,
    help="Worlds for each programme under each set of rules, all with the same luck.",
)
@click.option(
    "--weeks", type=WholeNumber(53, 1040), default=156, show_default=True, help="Over how long money and loyalty count."
)
@simulating_without("weeks", "replications")
def robustness(choices: Choices, scenario: str | None, draws: int, replications: int, weeks: int) -> None:
    """Rerun the headline conclusions under the shipped rules, null models, other delays, and draws of assumptions.

    Which block pays most, by money and by loyalty; all nine at the same cost against the best single block and
    against one picked blindly; top-down and bottom-up together; and the limits of the recovery paradox. The null
    models are chi = 0 (blocks do not need each other) and linear loyalty; all delays are halved and doubled.

    SCENARIO is an organisation of yours, without its interventions; by default one of thirty people with nothing set,
    which takes about eight minutes of processor time.
    """
    from effectchain.rerunning import rerun_and_tell  # noqa: PLC0415  `--help` must stay quick

    rerun_and_tell(scenario, draws, replace(choices, replications=replications, weeks=weeks))
