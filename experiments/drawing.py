"""Figures that stand alone, in a notebook or beside a text: heading, panel, and what the marks in it mean."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from results.effects.payback import Payback
from results.indicators import INDICATORS
from results.words import harmless, words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Starts = Sequence[tuple[int, str]]
"""Week and name of what starts."""

WIDTH: Final = 7.4
PANEL: Final = 4.0
HEAD: Final = 0.62
LINE: Final = 0.20
MARGIN: Final = 0.14
"""Inches."""


def draw(
    worlds: Mapping[str, pa.Table],
    indicator: str | None,
    *,
    title: str,
    sector: str,
    interventions: Starts,
    language: str,
) -> "Figure":
    """One indicator over time, or without one the whole effect chain."""
    from results.figures.charts import chain_figure  # noqa: PLC0415  runs without a figure need no Matplotlib

    if indicator is not None:
        return draw_indicator(worlds, indicator, interventions, language)
    return chain_figure(worlds, title=title, sector=sector, interventions=interventions, language=language)


def draw_indicator(worlds: Mapping[str, pa.Table], indicator: str, interventions: Starts, language: str) -> "Figure":
    """The indicator's panel under its name and unit; below it what starts where there is a mark."""
    from results.figures.charts import indicator_figure, unit_in_figure  # noqa: PLC0415

    figure = indicator_figure(worlds, indicator, interventions=interventions, language=language, size=(WIDTH, PANEL))
    unit = unit_in_figure(worlds, indicator, language)
    return _headed(figure, INDICATORS[indicator].title(language), unit, interventions, language)


def draw_cash(
    curves: Mapping[str, pa.Table], paybacks: Sequence[Payback], interventions: Starts, language: str
) -> "Figure":
    """The running sum of extra profit with its pay-back, under its name and unit."""
    from results.effects.cash_figure import cash_figure, unit_of_cash  # noqa: PLC0415
    from results.effects.words import effect_words  # noqa: PLC0415

    figure = cash_figure(curves, paybacks, interventions=interventions, language=language, size=(WIDTH, PANEL))
    return _headed(figure, effect_words(language)["cash"], unit_of_cash(curves, language), interventions, language)


def _headed(figure: "Figure", title: str, unit: str, interventions: Starts, language: str) -> "Figure":
    """The panel under its name and unit; below it what starts where there is a mark."""
    from results.figures.lettering import lines_of, write  # noqa: PLC0415
    from results.figures.panel import MUTED  # noqa: PLC0415

    key = lines_of(_numbered(interventions, language), 8.5, 72.0 * (WIDTH - 2.0 * MARGIN))
    below = LINE * len(key) + MARGIN
    _make_room(figure, below)
    write(figure, MARGIN, PANEL + below + HEAD - 0.28, title, size=13.0, weight="bold")
    write(figure, MARGIN, PANEL + below + HEAD - 0.52, unit, size=9.0, colour=MUTED)
    for number, line in enumerate(reversed(key)):
        write(figure, MARGIN, MARGIN + number * LINE, line, size=8.5, colour=MUTED)
    return figure


def _numbered(interventions: Starts, language: str) -> list[str]:
    starts_in = words(language)["starts_in"]
    return [
        f"{number} {harmless(name, 60)}, {starts_in.format(week=week)}"
        for number, (week, name) in enumerate(interventions, 1)
    ]


def _make_room(figure: "Figure", below: float) -> None:
    """A larger, white figure in which the panel keeps its size."""
    axes = figure.axes[0]
    left, bottom, width, height = axes.get_position().bounds
    tall = HEAD + PANEL + below
    figure.set_size_inches(WIDTH, tall)
    axes.set_position((left, (bottom * PANEL + below) / tall, width, height * PANEL / tall))
    figure.set_facecolor("white")
