"""`effectchain verify`: whether a folder of results is whole, to the last byte."""

from pathlib import Path

import click

from effectchain.commands.options import as_json, folder


@click.command(short_help="Check a folder of results.")
@folder
@click.option("--repair", is_flag=True, help="Set damaged parts of a sweep aside, so that they are run again.")
@as_json
def verify(folder: Path, repair: bool, as_json: bool) -> None:  # noqa: FBT001
    """Read all that is in the folder of a run, a comparison or a sweep, and hold it against its digests.

    Exit codes: 0 all is whole; 1 something is damaged; 3 a sweep is whole as far as it is, but not finished.
    """
    from effectchain.verifying import verify_folder  # noqa: PLC0415  `--help` must stay quick

    verify_folder(folder, repair=repair, as_json=as_json)
