"""What each what-if comes to, as the report shows it: perspectives, money, who changed, luck saved."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from markupsafe import Markup

from results.chain import ChainTable
from results.effects.cash_figure import cash_figure, unit_of_cash
from results.effects.effects import Effects
from results.effects.payback import Payback
from results.effects.sentences import (
    burnt_out_note,
    money_sentences,
    perspective_cells,
    saved_in_words,
    stopping_sentence,
    twin_cells,
    twin_heads,
    who_is_silent,
    who_note,
)
from results.effects.twins import WhoChanged
from results.effects.words import effect_words
from results.figures.charts import Starts, inline, to_svg
from results.numbers import NONE, decimal
from results.statistics import PairedDifference
from results.stopping import Stopping
from results.words import harmless


def effect_sections(
    table: ChainTable, found: Sequence[Effects], stopping: Stopping | None, interventions: Starts, language: str
) -> dict[str, Any]:
    """What the template effects.html.j2 needs; nothing of it for a run without what-ifs."""
    phrases = effect_words(language)
    return {
        "words": phrases,
        "what_ifs": [_what_if(table, one, position, language) for position, one in enumerate(found)],
        "cash": _cash(found, interventions, language),
        "burnt_out": burnt_out_note(language),
        "heads": twin_heads(language),
        "saved": _saved(table, language) if table.replications > 1 and found else [],
        "stopping": stopping_sentence(stopping, language) if stopping else "",
    }


def _what_if(table: ChainTable, found: Effects, position: int, language: str) -> dict[str, Any]:
    cells = perspective_cells(table, position, language)
    return {
        "name": harmless(table.what_ifs[position], 60),
        "perspectives": [
            {"name": name, "headline": headline[0].upper() + headline[1:], "readings": readings}
            for name, headline, readings in cells
        ],
        "money_title": effect_words(language)["payback" if found.money else "cost_effect"],
        "money": list(money_sentences(found, language)),
        "who": _who(found.who_changed, table.replications, language),
    }


def _who(who: WhoChanged | None, worlds: int, language: str) -> dict[str, Any]:
    silent = who_is_silent(who, language)
    rows = [] if who is None or silent else [twin_cells(found, language) for found in who.twins]
    return {
        "silent": silent,
        "note": who_note(worlds, language),
        "rows": [{"name": name, "cells": cells} for name, cells in rows],
        "examples": [] if who is None else [example.sentence(language) for example in who.examples],
    }


def _cash(found: Sequence[Effects], interventions: Starts, language: str) -> dict[str, Any] | None:
    """The figure of extra profit; None where there is none, or nothing to show."""
    earned = {harmless(one.what_if, 60): one.money for one in found if one.money}
    if not earned or all(money.payback.is_nothing for money in earned.values()):
        return None
    curves = {name: money.cash for name, money in earned.items()}
    paybacks = [money.payback for money in earned.values()]
    figure = cash_figure(curves, paybacks, interventions=interventions, language=language)
    sentences = [next(money_sentences(one, language)) for one in found if one.money]
    return {
        "title": effect_words(language)["cash"],
        "unit": unit_of_cash(curves, language),
        "svg": Markup(inline(to_svg(figure, salt="cash"))),  # noqa: S704  drawn by us; text in it is outlines
        "label": " ".join(sentences),
        "note": _cash_note(paybacks, language),
    }


def _cash_note(paybacks: Sequence[Payback], language: str) -> str:
    phrases = effect_words(language)
    has_ring = any(isfinite(found.of_mean) for found in paybacks)
    return f"{phrases['cash_band']} {phrases['cash_ring']}" if has_ring else phrases["cash_band"]


def _saved(table: ChainTable, language: str) -> list[dict[str, Any]]:
    """Each indicator with the correlation achieved and the worlds saved, for each what-if."""
    return [
        {
            "title": row.indicator.title(language),
            "cells": [_luck(found, language) for found in row.differences],
        }
        for row in table.rows
    ]


def _luck(found: PairedDifference | None, language: str) -> Mapping[str, str]:
    known = found is not None and found.correlation == found.correlation
    return {
        "saved": saved_in_words(found, language),
        "correlation": decimal(found.correlation, 2, language) if found is not None and known else NONE,
    }
