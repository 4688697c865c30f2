"""What `sensitivity` does: read a finished sweep, tell what moves an indicator, and draw it."""

import json
from pathlib import Path
from typing import Final

import click

from effectchain.endings import tell
from effectchain.telling import shown, words
from experiments.sensitivity.sensitivity import sensitivity
from results.figures.charts import to_png, to_svg
from results.sensitivity.table import Sensitivity
from results.sensitivity.terminal import print_sensitivity
from results.sensitivity.tornado import tornado

SHARPNESS: Final = 150
"""Dots an inch."""


def tell_sensitivity(
    folder: Path, indicator: str, weeks: int, out: Path, language: str, *, as_json: bool, quiet: bool
) -> None:
    """Analyse, print as the user chose, and write the figures; where they cannot be written, that is said."""
    found = sensitivity(folder, indicator, weeks=weeks)
    figures = write_figures(found, out, language)
    if as_json:
        click.echo(json.dumps(found.as_data() | {"figures": [str(path) for path in figures]}, indent=1))
    elif not quiet:
        print_sensitivity(found, language)
        for path in figures:
            click.echo(words(language)["figure_at"].format(path=shown(path)))


def write_figures(found: Sensitivity, out: Path, language: str) -> list[Path]:
    """The tornado as PNG and SVG; none where the folder cannot be written, as a sweep that one may only read."""
    figure = tornado(found, language)
    name = f"sensitivity-{found.indicator}"
    contents = {out / f"{name}.png": to_png(figure, SHARPNESS), out / f"{name}.svg": to_svg(figure).encode()}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            path.write_bytes(content)
    except OSError as error:
        tell(f"No figure: '{out}' cannot be written ({error.strerror}); name another folder with --out.")
        return []
    return list(contents)
