"""An explanation in the terminal: measures, paths and constraints, a table each."""

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from results.explanation.explanation import LINKS, STAGES, Explained, amount, of_total, title_of
from results.explanation.words import explanation_words
from results.numbers import NONE
from results.statistics import Interval, PairedDifference
from results.terminal import print_renderable
from results.words import harmless, words

MOST_PAIRS: Final = 5
MOST_CONSTRAINTS: Final = 6

Changes = Sequence[tuple[str, Interval]]


def print_explanation(
    explained: Explained,
    *,
    alone: Mapping[str, tuple[Interval, Interval]],
    synergy: Changes,
    eased: Sequence[tuple[str, PairedDifference]],
    orders: tuple[int, float],
    language: str = "en",
    console: Console | None = None,
) -> None:
    """Print an explanation: coloured for a person, plain lines for a pipe.

    alone: by label of a measure, what it brings alone and on top of all others. synergy: pairs. eased: constraints,
    most promising first. orders: how many, and by how much they differ.
    """
    phrases, name = explanation_words(language), explained.indicator
    low, high = (amount(value, name, language) for value in (explained.total.low, explained.total.high))
    total = amount(explained.total.mean, name, language)
    head = phrases["head"].format(indicator=title_of(name, language), total=total, low=low, high=high)
    spread = amount(orders[1], name, language).lstrip("+")
    parts: list[Text | Table] = [
        Text(head, style="bold"),
        _measures(explained, alone, language),
        *([_changes(phrases["synergy"], _largest(synergy), name, language)] if synergy else []),
        _paths(explained, language),
        Text(phrases["orders"].format(orders=orders[0], spread=spread)),
        _changes(phrases["eased"], eased[:MOST_CONSTRAINTS], name, language),
    ]
    spaced: list[Text | Table] = [piece for part in parts for piece in (part, Text())]
    print_renderable(Group(*spaced), console)


def _largest(synergy: Changes) -> Changes:
    return sorted(synergy, key=lambda pair: -abs(pair[1].mean))[:MOST_PAIRS]


def _measures(explained: Explained, alone: Mapping[str, tuple[Interval, Interval]], language: str) -> Table:
    phrases, name = explanation_words(language), explained.indicator
    table = _table(phrases["measures"], [phrases[key] for key in ("share", "amount", "interval", "alone", "last")])
    for part in explained.measures:
        by_itself, on_top = alone[part.label]
        table.add_row(
            harmless(part.label, 40),
            of_total(part.share, explained.total, language),
            amount(part.share.mean, name, language),
            _bounds(part.share, name, language),
            amount(by_itself.mean, name, language),
            amount(on_top.mean, name, language),
        )
    return table


def _paths(explained: Explained, language: str) -> Table:
    phrases, name = explanation_words(language), explained.indicator
    table = _table(phrases["paths"], [phrases[key] for key in ("share", "amount", "interval", "lag")])
    for link in (*(link for stage in STAGES for link in stage), "direct"):
        part = explained.links[link]
        table.add_row(
            LINKS[link][language == "nl"],
            of_total(part.share, explained.total, language),
            amount(part.share.mean, name, language),
            _bounds(part.share, name, language),
            phrases["lag_weeks"].format(lag=part.lag) if part.lag is not None else NONE,
        )
    return table


def _changes(title: str, changes: Changes, indicator: str, language: str) -> Table:
    table = _table(title, [explanation_words(language)[key] for key in ("amount", "interval")])
    for label, change in changes:
        table.add_row(
            harmless(label, 60), amount(change.mean, indicator, language), _bounds(change, indicator, language)
        )
    return table


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title=title, title_justify="left", title_style="bold")
    table.add_column("", overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True, style="dim" if "95" in column else "")
    return table


def _bounds(found: Interval, indicator: str, language: str) -> str:
    low, high = (amount(value, indicator, language).split(" ")[0] for value in (found.low, found.high))
    return f"{low} {words(language)['to']} {high}"
