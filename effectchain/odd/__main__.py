"""`python -m effectchain.odd FOLDER` writes the description of the model as it is installed."""

from pathlib import Path

import click

from effectchain.odd.writing import pages


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path))
def write(folder: Path) -> None:
    """Write the ODD protocol (odd.md) and its summary for papers (odd_summary.md) into FOLDER."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        click.echo(folder / name)


if __name__ == "__main__":
    write(prog_name="python -m effectchain.odd")
