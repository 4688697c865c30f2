"""`effectchain status`: how far a sweep is."""

from pathlib import Path

import click

from effectchain.commands.options import as_json, folder


@click.command(short_help="How far a sweep is.")
@folder
@as_json
def status(folder: Path, as_json: bool) -> None:  # noqa: FBT001
    """Tell how far the sweep in DIR is, how fast it goes and what failed, also while another process runs it."""
    from effectchain.sweep_status import tell_status  # noqa: PLC0415  `--help` must stay quick

    tell_status(folder, as_json=as_json)
