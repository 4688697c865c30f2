"""Which conclusions survive, in the terminal: at most 80 columns wide."""

from typing import Final

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from results.robustness.table import CONCLUSIONS, MEASURES, Measure, Robustness
from results.robustness.words import (
    conclusion_in_words,
    gain_in_words,
    head_in_words,
    keys_in_words,
    plausible_in_words,
    rank_rows,
    robust_words,
    tally_in_words,
)
from results.terminal import print_renderable

INDENT: Final = 4
CELL: Final = 9

STYLES: Final = {"holds": "bold blue", "open": "dim", "fails": "bold dark_orange"}


def print_robustness(found: Robustness, language: str = "en", console: Console | None = None) -> None:
    """Print conclusions, ranks and keys: coloured for a person, plain lines for a pipe."""
    title = Text(f"{robust_words(language)['title']}\n{head_in_words(found, language)}", style="bold")
    parts: list[Text | Table] = [title, Text(), *_conclusions(found, language)]
    parts += [Text(plausible_in_words(found, language), style="bold"), Text()]
    for measure in MEASURES:
        parts += [_ranks(found, measure, language), Text()]
    parts += [Text(robust_words(language)["ranks_key"], style="dim")]
    parts += [Text("\n".join(keys_in_words(found, language)), style="dim"), Text()]
    print_renderable(Group(*parts), console)


def _conclusions(found: Robustness, language: str) -> list[Text]:
    """Two lines a conclusion: what it says, and what becomes of it."""
    phrases = robust_words(language)
    heads = "".join(f"{phrases[f'short_{one.id}']:{CELL}}" for one in found.named)
    lines = [Text(f"{'':{INDENT}}{heads}{phrases['draws']}", style="dim")]
    for conclusion in CONCLUSIONS:
        cells = Text(" " * INDENT)
        for one in found.named:
            verdict = one.verdict(conclusion)
            cells.append(f"{phrases[verdict]:{CELL}}", STYLES[verdict])
        cells.append(tally_in_words(found, conclusion, language))
        lines += [Text(conclusion_in_words(found, conclusion, language)), cells]
    return lines


def _ranks(found: Robustness, measure: Measure, language: str) -> Table:
    phrases = robust_words(language)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), title_justify="left", title_style="bold")
    table.title = phrases[f"ranks_{measure}"]
    table.add_column("", overflow="fold", min_width=22)
    heads = [phrases[f"gain_{measure}"], *(phrases[f"short_{one.id}"] for one in found.named)]
    for head in (*heads, phrases["short_mean"], phrases["short_first"]):
        table.add_column(head, justify="right", no_wrap=True)
    for name, cells in rank_rows(found, measure, language):
        table.add_row(name, *cells)
    balanced = gain_in_words(found.reruns[0].gains[measure][-1], measure, language)
    table.add_row(phrases["balanced"], balanced, style="dim")
    return table
