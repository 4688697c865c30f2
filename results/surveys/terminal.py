"""A survey in the terminal: what the answers come to, with the real sample's figures beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from results.numbers import decimal
from results.surveys.beside import OF_PAIRS, Beside, Figure
from results.surveys.sample import Sample
from results.surveys.words import (
    PERCENT,
    interval,
    share_in_words,
    source_in_words,
    survey_words,
    units_in_words,
    written,
)
from results.terminal import print_renderable
from results.words import harmless

LONGEST_TITLE: Final = 21


@dataclass(frozen=True)
class Told:
    """A survey as people read it: its figures, and what things are called in their language."""

    title: str
    titles: Mapping[str, str]
    week: int
    invited: int
    summary: Sample
    beside: Beside | None
    net_scores: Mapping[str, float]


def print_survey(told: Told, language: str = "en", console: Console | None = None) -> None:
    """Print what a survey came to: coloured for a person, plain lines for a pipe."""
    phrases = survey_words(language)
    head = phrases["head"].format(
        title=harmless(told.title, 120),
        answered=decimal(told.summary.respondents, 0, language),
        invited=decimal(told.invited, 0, language),
        week=told.week,
        units=units_in_words(told.summary.units, language),
    )
    parts: list[Text | Table] = [Text(head, style="bold")]
    for item, score in told.net_scores.items():
        shown = decimal(score, 0, language, signed=True)
        parts.append(Text(phrases["net"].format(item=item, score=shown), style="bold"))
    parts += [Text(), _constructs(told, language), Text()]
    if told.beside is None:
        parts += [_alone(told, language), Text()] if told.summary.correlations else []
    else:
        for kind in (*OF_PAIRS, "icc"):
            if told.beside.of([kind]):
                parts += [_figures(told.beside, kind, told.titles, language), _verdict(told.beside, kind, language)]
                parts.append(Text())
        parts += [Text(source_in_words(told.beside.real.source, language), style="dim"), Text()]
    print_renderable(Group(*parts), console)


def _constructs(told: Told, language: str) -> Table:
    """A row for each construct: mean, spread, reliability and, with several units, the part between them."""
    phrases = survey_words(language)
    note = f" {phrases['with_real'].format(level=PERCENT)}" if told.beside and told.beside.of(["mean"]) else ""
    table = _table(f"{phrases['constructs']}.{note}")
    several = told.summary.units > 1
    for name in ("mean", "sd", "alpha", *(["icc_short"] if several else [])):
        table.add_column(phrases[name], justify="right", no_wrap=True)
    figures = {(one.kind, one.of[0]): one for one in told.beside.figures if len(one.of) == 1} if told.beside else {}
    for name, construct in told.summary.constructs.items():
        cells = [
            _with_real(construct.mean, figures.get(("mean", name)), language),
            _with_real(construct.sd, figures.get(("sd", name)), language),
            _reliability(told, name, language),
        ]
        if several and construct.variance:
            cells.append(written(construct.variance.icc, language))
        table.add_row(harmless(told.titles.get(name, name), LONGEST_TITLE), *cells)
    return table


def _reliability(told: Told, name: str, language: str) -> str:
    own = written(told.summary.constructs[name].alpha, language)
    if not (told.beside and told.beside.of(["mean"]) and name in told.beside.real.sample.constructs):
        return own
    return f"{own} ({written(told.beside.real.sample.constructs[name].alpha, language)})"


def _with_real(value: float, figure: Figure | None, language: str) -> str:
    if figure is None:
        return written(value, language)
    return f"{written(value, language)} ({written(figure.real, language)}){' ' if figure.inside else '*'}"


def _figures(beside: Beside, kind: str, titles: Mapping[str, str], language: str) -> Table:
    """A row for each figure of this kind: real with its interval, simulated, and whether it is outside."""
    phrases = survey_words(language)
    table = _table(phrases[kind])
    table.add_column(phrases["real"].format(level=PERCENT), justify="right", no_wrap=True)
    table.add_column(phrases["simulated"], justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for figure in beside.of([kind]):
        label = " - ".join(harmless(titles.get(name, name), LONGEST_TITLE) for name in figure.of)
        real = f"{written(figure.real, language)} ({interval(figure.low, figure.high, language)})"
        mark = "" if figure.inside else phrases["wrong" if figure.wrong_sign else "outside"]
        style = "dim" if not figure.counted else "" if figure.inside else "bold dark_orange"
        table.add_row(label, real, written(figure.simulated, language), mark, style=style)
    return table


def _verdict(beside: Beside, kind: str, language: str) -> Text:
    return Text(f"{share_in_words(beside, [kind], language)}.", style="bold")


def _alone(told: Told, language: str) -> Table:
    """The correlations of an instrument without a real sample."""
    phrases = survey_words(language)
    table = _table(phrases["pairs"])
    table.add_column(phrases["simulated"], justify="right", no_wrap=True)
    for pair, together in told.summary.correlations.items():
        label = " - ".join(harmless(told.titles.get(name, name), LONGEST_TITLE) for name in pair)
        table.add_row(label, written(together.r, language))
    return table


def _table(title: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title=title, title_justify="left", title_style="bold")
    table.add_column("", overflow="fold")
    return table
