"""What each what-if comes to, in the terminal: perspectives, luck saved, who changed, money; at most 80 columns."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from results.chain import ChainTable, by_link
from results.effects.effects import Effects
from results.effects.sentences import (
    burnt_out_note,
    money_sentences,
    perspective_cells,
    saved_sentences,
    stopping_sentence,
    twin_cells,
    twin_heads,
    who_is_silent,
    who_note,
)
from results.effects.twins import WhoChanged
from results.effects.words import effect_words
from results.numbers import unbroken
from results.stopping import Stopping
from results.terminal import WIDTH, print_renderable
from results.words import harmless, words


def print_effects(
    table: ChainTable,
    found: Sequence[Effects],
    stopping: Stopping | None = None,
    language: str = "en",
    console: Console | None = None,
) -> None:
    """Print what each what-if of this chain comes to, in their order, and how the number of worlds was come to."""
    print_renderable(effects_renderable(table, found, stopping, language), console)


def effects_renderable(
    table: ChainTable, found: Sequence[Effects], stopping: Stopping | None = None, language: str = "en"
) -> Group:
    """The same for any rich console."""
    parts: list[RenderableType] = []
    for position, one in enumerate(found):
        if len(found) > 1:
            phrase = words(language)["against"].format(
                what_if=harmless(table.what_ifs[position], 24), base=harmless(table.base, 24)
            )
            parts += [Text(phrase, style="bold reverse"), Text()]
        parts += _one(table, one, position, language)
    if stopping:
        parts += _section("until", [stopping_sentence(stopping, language)], language)
    return Group(*parts)


def _one(table: ChainTable, found: Effects, position: int, language: str) -> Iterator[RenderableType]:
    phrases = effect_words(language)
    yield Text(phrases["perspectives"], style="bold")
    yield _perspectives(table, position, language)
    yield Text()
    if table.replications > 1:
        heads = [rows[0] for rows in by_link(table.rows)]
        yield from _section("saved_title", saved_sentences(heads, position, language), language)
    yield Text(phrases["who_changed"], style="bold")
    yield from _who(found.who_changed, table.replications, language)
    title = "payback" if found.money else "cost_effect"
    yield from _section(title, money_sentences(found, language), language)


def _section(title: str, sentences: Sequence[str] | Iterator[str], language: str) -> list[RenderableType]:
    """A bold line, sentences below it, and a blank line."""
    told = [_wrapped(sentence) for sentence in sentences]
    return [Text(effect_words(language)[title], style="bold"), *told, Text()]


def _wrapped(text: str, first: str = "  ", later: str = "  ", style: str = "") -> Text:
    """The text on lines that do not break amounts."""
    lines = wrap(unbroken(text), WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    return Text("\n".join(lines).replace("\N{NO-BREAK SPACE}", " "), style=style, no_wrap=True)


def _perspectives(table: ChainTable, position: int, language: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for name, headline, readings in perspective_cells(table, position, language):
        grid.add_row(Text("  " + name), Group(Text(headline), Text(readings, style="dim")))
    return grid


def _who(who: WhoChanged | None, worlds: int, language: str) -> Iterator[RenderableType]:
    silent = who_is_silent(who, language)
    if who is None or silent:
        yield _wrapped(silent)
        yield Text()
        return
    yield _wrapped(who_note(worlds, language), style="dim")
    yield _counts(who, language)
    yield _wrapped(burnt_out_note(language), style="dim")
    if who.examples:
        yield Text(f"  {effect_words(language)['for_instance']}:")
        yield from (_wrapped(one.sentence(language), "  - ", "    ") for one in who.examples)
    yield Text()


def _counts(who: WhoChanged, language: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=27)
    for _ in range(5):
        grid.add_column(justify="right", no_wrap=True)
    grid.add_row(*(Text(head, style="dim") for head in ("", *twin_heads(language))))
    for found in who.twins:
        name, (*changing, both, neither) = twin_cells(found, language)
        counts = [Text(" ".join(part for part in cell if part)) for cell in changing]
        grid.add_row(Text("  " + name), *counts, Text(both[0]), Text(neither[0]))
    return grid
