"""The main job as a demonstration: a mobile provider as it is, and with leaders first and then everybody."""

import time
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from effectchain.commands.options import Choices
from effectchain.comparing import compared
from effectchain.telling import seconds_in_words, shown, tell_comparison
from experiments.writing import write_comparison
from scenarios.loading import load

BASE: Final = "mobile_provider"
WHAT_IF: Final = Path(str(files("scenarios"))) / "examples" / "leaders_first.toml"


def demonstrate(language: str, workers: int | None, out: Path | None) -> None:
    """Compare the two over 156 weeks in 8 worlds each, and say what came of it, where it lies and how long it took."""
    started = time.perf_counter()
    click.echo("A mobile provider for three years, in eight worlds: as it is, and with leaders first and then all.")
    choices = Choices(156, 8, 1, workers, (), out, language, as_json=False, quiet=False)
    comparison, seconds = compared(load(BASE), [load(WHAT_IF)], choices)
    folder = write_comparison(comparison, out, language=language)
    tell_comparison(comparison, folder, language)
    whole = seconds_in_words(time.perf_counter() - started)
    click.echo(f"\nAll of this took {whole}, of which {seconds_in_words(seconds)} for the simulation.")
    click.echo(f"Open {shown(folder / 'report.html')}")
    click.echo("or try: effectchain compare hotel --strengthen culture=0.7")
