"""The main job as a demonstration: a mobile provider as it is, and with leaders first and then everybody."""

import time
from importlib.resources import files
from pathlib import Path
from typing import Final

import click

from effectchain.commands.options import Choices
from effectchain.comparing import compared
from effectchain.telling import seconds_in_words, shown, tell_comparison, words
from experiments.comparison.comparison import Comparison
from experiments.writing import write_comparison
from results.numbers import in_words
from scenarios.loading import load

BASE: Final = "mobile_provider"
WHAT_IF: Final = Path(str(files("scenarios"))) / "examples" / "leaders_first.toml"
SHORT: Final = ("engagement", "delight_rate", "loyalty", "profit")
"""Indicators that the summary names."""


def demonstrate(language: str, workers: int | None, out: Path | None) -> None:
    """Compare the two over 156 weeks in 8 worlds each, and say what came of it, where it lies and how long it took."""
    started, phrases = time.perf_counter(), words(language)
    click.echo(phrases["demo"])
    choices = Choices(156, 8, workers=workers, out=out, language=language)
    comparison, seconds = compared(load(BASE), [load(WHAT_IF)], choices)
    folder = write_comparison(comparison, out, language=language)
    tell_comparison(comparison, folder, language)
    click.echo("\n" + phrases["demo_short"])
    for sentence in in_short(comparison, language):
        click.echo(f"  {sentence}")
    whole = seconds_in_words(time.perf_counter() - started)
    click.echo("\n" + phrases["demo_took"].format(whole=whole, simulation=seconds_in_words(seconds)))
    click.echo(phrases["demo_next"].format(report=shown(folder / "report.html")))


def in_short(comparison: Comparison, language: str) -> list[str]:
    """What changed, from the employees to the results, a sentence each."""
    rows = [row for row in comparison.chain().rows if row.indicator.name in SHORT]
    return [in_words(row.differences[0], row.indicator, language) for row in rows if row.differences[0]]
