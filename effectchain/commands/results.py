"""`effectchain results`: what lies in a finished folder."""

from pathlib import Path

import click

from effectchain.commands.options import as_json, language


@click.group(short_help="Look into a finished folder.")
def results() -> None:
    """Look into the folder of a finished run or comparison."""


@results.command(short_help="What was run, and the effect chain.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@language
@as_json
def show(folder: Path, language: str, as_json: bool) -> None:  # noqa: FBT001
    """Show what was run in DIR and the effect chain in the final year."""
    from effectchain.finished import show_folder  # noqa: PLC0415  `--help` must stay quick

    show_folder(folder, language, as_json=as_json)
