"""A document as slides: claims as titles, charts and tables that PowerPoint and LibreOffice can edit."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from results.chain import ChainRow, by_link
from results.errors import ResultsError
from results.figures.panel import MUTED
from results.reports.report import Document
from results.words import harmless

if TYPE_CHECKING:
    from results.reports.slide_deck import Deck

ROWS: Final = 13
"""Of a table on one slide."""

BEGINS: Final = 6
"""Interventions on the first slide; there may be any number of them."""


def pptx(document: Document) -> bytes:
    """The document as a presentation of 16 to 9. ResultsError where python-pptx is not installed."""
    try:
        from results.reports.slide_deck import Deck  # noqa: PLC0415  an extra that only this needs
    except ImportError:
        raise ResultsError(
            "Slides need the package python-pptx: pip install 'effectchain[documents]'; the HTML report does not."
        ) from None
    contents = document.contents()
    deck = Deck(contents["stamp"], contents["title"], document.language)
    _opening(deck, contents)
    for position, strip in enumerate(contents["strips"]):
        _chain(deck, contents, strip, position)
    for rows in by_link(document.chain().rows):
        _course(deck, document, rows[0], contents)
    _money(deck, document, contents)
    for position, head in enumerate(contents["heads"] or [None]):
        _numbers(deck, contents, head, position)
    _made(deck, contents)
    memory = io.BytesIO()
    deck.save(memory)
    return memory.getvalue()


def _opening(deck: "Deck", contents: Mapping[str, Any]) -> None:
    slide = deck.slide(contents["title"], large=True)
    deck.text(slide, (0.8, 3.0, 11.7, 1.4), [_sentences(contents["description"], 420)], size=16, colour=MUTED)
    facts = [f"{word}: {value}" for word, value in contents["facts"]]
    deck.text(slide, (0.8, 4.5, 5.6, 2.2), facts, size=14)
    begins = [f"{place}. {name}, {start}" for place, (name, start) in enumerate(contents["interventions"], 1)]
    more = [f"… (+{len(begins) - BEGINS})"] if len(begins) > BEGINS else []
    words = contents["words"]
    told = [words["interventions"], *(begins[:BEGINS] or [words["no_interventions"]]), *more]
    deck.text(slide, (6.7, 4.5, 5.8, 2.3), told, size=14 if len(told) < 7 else 12)


def _sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into so many letters; the beginning of the first where it is longer."""
    if len(text) <= most:
        return text
    whole = text[: text.rfind(". ", 0, most) + 1]
    return whole or harmless(text, most)


def _chain(deck: "Deck", contents: Mapping[str, Any], strip: Mapping[str, Any], position: int) -> None:
    """The tiles of the effect chain, and what its end comes to."""
    slide = deck.slide(contents["words"]["effect_chain"] if position == 0 else strip["heading"])
    deck.text(slide, (0.8, 1.25, 11.7, 0.4), [f"{strip['heading']} · {contents['note']}"], size=13, colour=MUTED)
    for place, tile in enumerate(strip["tiles"]):
        deck.tile(slide, place, len(strip["tiles"]), tile)
    claims = [f"{claim}{f' ({interval})' if interval else ''}." for claim, interval in strip["sentence"]]
    deck.text(slide, (0.8, 4.75, 11.7, 1.6), claims, size=20, first_bold=True)


def _course(deck: "Deck", document: Document, row: ChainRow, contents: Mapping[str, Any]) -> None:
    """One indicator over time."""
    slide = deck.slide(_claim(row, contents))
    unit = row.indicator.unit(document.language)
    note = f"{row.link.title(document.language)} · {row.indicator.label(document.language)}, {unit}"
    deck.text(slide, (0.8, 1.25, 11.7, 0.4), [f"{note} · {contents['note']}"], size=13, colour=MUTED)
    from results.reports.slide_charts import draw_lines  # noqa: PLC0415  as above

    draw_lines(slide, (0.6, 1.7, 12.1, 5.1), document.worlds, row.indicator, document.language)


def _claim(row: ChainRow, contents: Mapping[str, Any]) -> str:
    """What the first what-if comes to, as a title; without one, the indicator's name."""
    title = row.indicator.title(contents["language"])
    if not row.differences or row.differences[0] is None:
        return title
    effect = next(one["what_ifs"][0] for group in contents["numbers"] for one in group["rows"] if one["title"] == title)
    whose = f" ({contents['heads'][0]})" if len(contents["heads"]) > 1 else ""
    if effect["verdict"] in {"same", "unclear"}:
        return f"{title}{whose}: {effect['reading']}"
    return f"{title}{whose} {effect['change']}, {effect['interval']}"


def _money(deck: "Deck", document: Document, contents: Mapping[str, Any]) -> None:
    """What the what-ifs earn or cost."""
    effects = contents["effects"]
    for position, one in enumerate(effects["what_ifs"]):
        heading = one["money_title"] if len(effects["what_ifs"]) == 1 else f"{one['money_title']}: {one['name']}"
        slide = deck.slide(heading)
        deck.text(slide, (0.8, 1.4, 11.7, 1.7), one["money"], size=15, first_bold=True)
        found = document.effects[position].money
        if found and not found.payback.is_nothing:
            from results.reports.slide_charts import draw_cash  # noqa: PLC0415  as above

            title = effects["cash"]["title"]
            draw_cash(slide, (0.6, 3.0, 12.1, 3.8), one["name"], found.cash, title, document.language)


def _numbers(deck: "Deck", contents: Mapping[str, Any], head: str | None, position: int) -> None:
    """The chain in numbers, as many rows on a slide as can be read."""
    words = contents["words"]
    heads = [words["indicator"], words["baseline"]]
    heads += [harmless(head, 22), words["difference"], words["meaning"]] if head is not None else []
    rows = [
        (effect["verdict"] if effect else "", [f"{row['title']} ({row['unit']})", row["base"], *_cells(effect)])
        for group in contents["numbers"]
        for row in group["rows"]
        for effect in [row["what_ifs"][position] if head is not None else None]
    ]
    for first in range(0, len(rows), ROWS):
        slide = deck.slide(words["numbers"] if head is None else f"{words['numbers']}: {head}")
        deck.table(slide, (0.8, 1.3, 11.7), heads, rows[first : first + ROWS])


def _cells(effect: Mapping[str, str] | None) -> list[str]:
    if effect is None:
        return []
    interval = f" ({effect['interval']})" if effect["interval"] else ""
    return [effect["level"], effect["change"] + interval, effect["reading"]]


def _made(deck: "Deck", contents: Mapping[str, Any]) -> None:
    slide = deck.slide(contents["words"]["made_with"])
    deck.text(slide, (0.8, 1.3, 11.7, 0.8), [contents["words"]["disclaimer"]], size=15, first_bold=True)
    lines = [f"{word}: {harmless(value, 300)}" for word, value in contents["provenance"]]
    deck.text(slide, (0.8, 2.1, 11.7, 4.6), lines, size=11, colour=MUTED)
