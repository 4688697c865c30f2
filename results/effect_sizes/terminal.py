"""Effect sizes in the terminal: two lines a row, by part of the literature, at most 80 columns wide."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from rich.console import Console, Group
from rich.text import Text

from results.effect_sizes.table import EffectSize, EffectSizes
from results.effect_sizes.words import (
    count_in_words,
    head_in_words,
    measured_in_words,
    published_in_words,
    size_words,
    verdict_in_words,
)
from results.terminal import print_renderable

STYLES: Final = {"inside": "", "outside": "bold dark_orange", "not measured": "dim"}
REF: Final = 9
MARKS: Final = 12
PUBLISHED: Final = 15
MEASURED: Final = 25


def print_sizes(sizes: EffectSizes, language: str = "en", console: Console | None = None) -> None:
    """Print all rows and how many lie inside: coloured for a person, plain lines for a pipe."""
    phrases = size_words(language)
    parts = [Text(f"{phrases['title']}\n{head_in_words(sizes, language)}", style="bold"), Text()]
    for part, rows in groupby(sizes.rows, lambda row: row.published.ref[0]):
        parts += [*_lines(phrases[part], list(rows), language), Text()]
    keys = [phrases[key] for key in ("key_mark", "key_status", "key_use", "key_states")]
    parts += [
        Text("\n".join(count_in_words(sizes, language)), style="bold"),
        Text("\n".join(keys), style="dim"),
        Text(),
    ]
    print_renderable(Group(*parts), console)


def _lines(title: str, rows: Sequence[EffectSize], language: str) -> list[Text]:
    phrases = size_words(language)
    head = _columns("", f"{phrases['status']} {phrases['use']}", phrases["published"], phrases["measured"])
    lines = [Text(title, style="bold"), Text(f"{head}{phrases['verdict']}", style="dim")]
    for row in rows:
        published = row.published
        marks = f"{published.status} {phrases[published.use]}"
        figures = _columns("", marks, published_in_words(published, language), measured_in_words(row, language))
        lines += [
            Text(f"{published.ref:{REF}}{published.texts(language).what}", style=STYLES[row.verdict]),
            Text(f"{figures}{verdict_in_words(row, language)}", style=STYLES[row.verdict]),
        ]
    return lines


def _columns(ref: str, marks: str, published: str, measured: str) -> str:
    return f"{ref:{REF}}{marks:{MARKS}} {published:>{PUBLISHED}}  {measured:>{MEASURED}}  "
