"""A sensitivity analysis as a table in the terminal, plain text in a pipe."""

import math
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from results.numbers import NONE, decimal, level
from results.sensitivity.table import SHARES, Bar, FactorEffect, Sensitivity
from results.sensitivity.words import indicator_of, notes, number, phrases, setup
from results.terminal import print_renderable
from results.words import harmless, words

MOST_FACTORS = 30

LONGEST_NAME = 120
"""Of a factor; a long name takes several lines."""


def print_sensitivity(found: Sensitivity, language: str = "en") -> None:
    """Print the factors, the one that moves most first: coloured for a person, plain lines for a pipe."""
    print_renderable(renderable(found, language))


def renderable(found: Sensitivity, language: str = "en") -> Group:
    """The analysis for any rich console."""
    text, indicator = phrases(language), indicator_of(found)
    mean = text["base" if found.method == "one_at_a_time" else "overall"]
    said = [mean.format(mean=level(found.mean, indicator, language)), *notes(found, language)]
    return Group(
        Text(text["title"].format(label=indicator.label(language)), style="bold"),
        Text(setup(found, language), style="dim"),
        Text(text[found.method] + ".\n", style="dim"),
        _grid(found, language),
        Text(),
        *(Text(line) for line in said),
        Text(),
    )


def _grid(found: Sensitivity, language: str) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    heads = _heads(found, language)
    for place, _ in enumerate(heads):
        is_text = place == 0 or (place == 1 and found.method not in SHARES | {"morris"})
        width: dict[str, Any] = {"max_width": 34, "overflow": "fold"} if place == 0 else {}
        grid.add_column(justify="left" if is_text else "right", **width)
    grid.add_row(*(Text(head, style="dim") for head in heads))
    for one in found.factors[:MOST_FACTORS]:
        for row in _rows(found, one, language):
            grid.add_row(*row)
    more = len(found.factors) - MOST_FACTORS
    if more > 0:
        grid.add_row(Text(phrases(language)["more_factors"].format(count=more), style="dim"))
    return grid


def _heads(found: Sensitivity, language: str) -> list[str]:
    text = phrases(language)
    if found.method == "sobol":
        return ["", text["first_order"], text["interval"], text["total_order"], text["interval"]]
    if found.method == "morris":
        return ["", text["mu_star"], text["interval"], text["mu"], text["sigma"]]
    heads = ["", text["setting"], text["change"], text["interval"]]
    return [*heads, text["rank_correlation"]] if found.method == "regression" else heads


def _rows(found: Sensitivity, one: FactorEffect, language: str) -> list[list[Text]]:
    name = harmless(one.names[language], LONGEST_NAME)
    if found.method in SHARES:
        cells = [part for bar in one.bars for part in _estimate(found, bar, language)]
        return [[Text(name), *cells]]
    if found.method == "morris":
        more = [Text(number(found, one.more[key], language)) for key in ("mu", "sigma")]
        return [[Text(name), *_estimate(found, one.bars[0], language), *more]]
    rank = one.more.get("rank_correlation")
    shown = NONE if rank is None else decimal(rank, 2, language, signed=True)
    last = [Text(shown)] if found.method == "regression" else []
    return [
        [Text("" if place else name), Text(harmless(bar.told[language], 30)), *_estimate(found, bar, language), *last]
        for place, bar in enumerate(one.bars)
    ]


def _estimate(found: Sensitivity, bar: Bar, language: str) -> list[Text]:
    """Value and interval."""
    to, unit = words(language)["to"], f" {words(language)['points']}"
    if not math.isfinite(bar.high - bar.low):
        return [Text(number(found, bar.value, language), style="bold"), Text(NONE)]
    low, high = (number(found, end, language).removesuffix(unit) for end in (bar.low, bar.high))
    return [Text(number(found, bar.value, language), style="bold"), Text(f"{low} {to} {high}")]
