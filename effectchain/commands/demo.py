"""`effectchain demo`: the main job, from scenario to report."""

from pathlib import Path

import click

from effectchain.commands.options import language, out, workers


@click.command(short_help="See it work: a scenario, a what-if and a report.")
@language
@workers
@out
def demo(language: str, workers: int | None, out: Path | None) -> None:
    """Simulate a mobile provider for three years as it is, and with stronger leaders first and then everybody.

    Ends with the effect chain, a figure, a report and the tables, and says where each lies.
    """
    from effectchain.demonstration import demonstrate  # noqa: PLC0415  `--help` must stay quick

    demonstrate(language, workers, out)
