"""`effectchain effect-sizes`: what the model's relations come to beside published ones."""

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Hold relations between units beside published ones.")
@click.option(
    "--units",
    type=WholeNumber(40, 2_000),
    default=200,
    show_default=True,
    help="How many organisational units to simulate, in ten firms, and a quarter as many contact centres.",
)
@simulating_without("weeks", "replications", "settings")
def effect_sizes(choices: Choices, units: int) -> None:
    """Simulate units that differ as real ones do, and hold how things go together in them against published figures.

    Each row says what is measured, between units or between their people, the published figure of docs/evidence.md
    with its status (V read, M from memory, U unsure), whether calibration used it, the measured figure with its 95 %
    interval, and whether it lies inside a tolerance that was set before. What is outside stays so. The default takes
    about two minutes of processor time.
    """
    from effectchain.sizing import measure_and_tell  # noqa: PLC0415  `--help` must stay quick

    measure_and_tell(units, choices)
