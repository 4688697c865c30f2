"""The figure of a sensitivity analysis: a bar for each factor, the one that moves most on top."""

import math
from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from results.figures.charts import styled
from results.figures.frames import PALE, axes_at, page, quiet
from results.figures.lettering import INK, fitting, wrapped, write
from results.figures.panel import COLOURS, MUTED
from results.numbers import decimal, level
from results.sensitivity.table import SHARES, Bar, FactorEffect, Sensitivity
from results.sensitivity.words import indicator_of, notes, number, phrases, settings, setup
from results.words import harmless, words

WIDTH: Final = 11.4
LEFT: Final = 3.3
WIDE_LEFT: Final = 4.6
RIGHT: Final = 2.7
ROW: Final = 0.46
HEAD: Final = 1.25
AXIS: Final = 0.62
LINE: Final = 0.20
MARGIN: Final = 0.2
"""Inches."""

MOST_FACTORS: Final = 20
LETTERS_A_LINE: Final = 145
LINES_A_NAME: Final = 2
NAME_SIZE: Final = 9.5
"""Points."""


def tornado(found: Sensitivity, language: str = "en") -> Figure:
    """Bars with their 95 % intervals, names at the left, numbers at the right, what to bear in mind below."""
    rows = found.factors[:MOST_FACTORS]
    below = _below(found, language)
    left, names = _names(rows, language)
    height = HEAD + ROW * len(rows) + AXIS + LINE * len(below) + MARGIN
    with styled():
        figure = page(WIDTH, height)
        _write_head(figure, found, language)
        high = ROW * len(rows)
        axes = axes_at(figure, (left, height - HEAD - high, WIDTH - left - RIGHT, high))
        _frame(axes, found, rows, language)
        axes.set_yticks(range(len(rows)), reversed(names), fontsize=NAME_SIZE, color=INK, parse_math=False)
        for row, one in enumerate(rows):
            _draw(axes, found, one, len(rows) - 1 - row, language)
        _explain(axes, found, language)
        for line, text in enumerate(reversed(below)):
            write(figure, MARGIN, MARGIN + line * LINE, text, size=8.5, colour=MUTED)
    return figure


def _names(rows: Sequence[FactorEffect], language: str) -> tuple[float, list[str]]:
    """Inches left of the bars, more of them where a name is long, and the names on lines that fit there."""
    said = [harmless(one.names[language]) for one in rows]
    narrow = _wrapped(said, LEFT)
    whole = [name.replace("\n", " ") for name in narrow] == said
    return (LEFT, narrow) if whole else (WIDE_LEFT, _wrapped(said, WIDE_LEFT))


def _wrapped(names: Sequence[str], left: float) -> list[str]:
    return [wrapped(name, NAME_SIZE, 72.0 * (left - 2.0 * MARGIN), LINES_A_NAME) for name in names]


def _below(found: Sensitivity, language: str) -> list[str]:
    text, indicator = phrases(language), indicator_of(found)
    mean = text["base" if found.method == "one_at_a_time" else "overall"]
    said = " ".join([mean.format(mean=level(found.mean, indicator, language)), *notes(found, language)])
    more = len(found.factors) - MOST_FACTORS
    left = [text["more_factors"].format(count=more)] if more > 0 else []
    return [*left, *wrap(said, LETTERS_A_LINE), *wrap(words(language)["disclaimer"], LETTERS_A_LINE)]


def _write_head(figure: Figure, found: Sensitivity, language: str) -> None:
    text = phrases(language)
    top = figure.get_figheight()
    room = 72.0 * (WIDTH - 2.0 * MARGIN)
    title = text["title"].format(label=indicator_of(found).label(language))
    write(figure, MARGIN, top - 0.32, fitting(title, 16.0, room), size=16.0, weight="bold")
    for line, said in enumerate((text[found.method] + ".", setup(found, language) + ".")):
        write(figure, MARGIN, top - 0.62 - line * LINE, fitting(said, 9.0, room, "normal"), size=9.0, colour=MUTED)


def _frame(axes: Axes, found: Sensitivity, rows: Sequence[FactorEffect], language: str) -> None:
    axes.set_ylim(-0.5, len(rows) - 0.5)
    axes.set_xlim(*_limits(found, rows))
    quiet(axes)
    for row in range(1, len(rows), 2):
        axes.axhspan(row - 0.5, row + 0.5, color=PALE, zorder=0)
    axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=3)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    factor, suffix, title = _scale(found, language)
    ticks = axes.get_xticks()
    step = factor * abs(float(ticks[1] - ticks[0])) if len(ticks) > 1 else 1.0
    decimals = next((count for count in range(9) if abs(round(step, count) - step) < 1e-9 * step), 9)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: decimal(factor * x, decimals, language) + suffix))
    axes.set_xlabel(title, color=MUTED, fontsize=9, parse_math=False)


def _limits(found: Sensitivity, rows: Sequence[FactorEffect]) -> tuple[float, float]:
    """Room for all bars and whiskers, and 0."""
    shown = [bar for one in rows for bar in settings(one)]
    ends = [end for bar in shown for end in (bar.value, bar.low, bar.high) if math.isfinite(end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    if found.method in SHARES:
        low, high = max(low, -0.25), min(max(high, 0.25), 1.25)
    pad = 0.04 * ((high - low) or 1.0)
    return (low - pad if low < 0.0 else 0.0), high + pad


def _scale(found: Sensitivity, language: str) -> tuple[float, str, str]:
    """How values become numbers on the axis, what is written behind them, and what the axis says."""
    text, indicator = phrases(language), indicator_of(found)
    label = indicator.label(language)
    if found.method in SHARES:
        return 100.0, "%", text["share_axis"].format(label=label)
    if indicator.kind in {"share", "rate"}:
        return 100.0, "", text["change_axis"].format(label=label, unit=text["points_unit"])
    largest = max((one.size for one in found.factors), default=0.0)
    if indicator.kind != "money" or largest < 10_000.0:
        return 1.0, "", text["change_axis"].format(label=label, unit=", €" if indicator.kind == "money" else "")
    factor, name = (1e-6, "million") if largest >= 100_000.0 else (1e-3, "thousand")
    return factor, "", text["change_axis"].format(label=label, unit=f", € {words(language)[name]}")


def _draw(axes: Axes, found: Sensitivity, one: FactorEffect, height: float, language: str) -> None:
    """The bars of a factor one above the other, with whiskers, and their numbers at the right."""
    bars = settings(one)
    tall = 0.62 / max(2, len(bars))
    for place, bar in enumerate(bars):
        middle = height + (0.5 * (len(bars) - 1) - place) * tall
        colour = _colour(found, bar, place)
        axes.barh(middle, bar.value, tall * 0.86, color=colour, zorder=2)
        if math.isfinite(bar.low) and math.isfinite(bar.high):
            axes.plot([bar.low, bar.high], [middle, middle], color=INK, linewidth=1.1, alpha=0.75, zorder=4)
        said = number(found, bar.value, language) + (f" ({bar.told[language]})" if bar.setting else "")
        axes.annotate(
            fitting(harmless(said), 8.5, 72.0 * RIGHT - 16.0, "normal"),
            xy=(1.0, middle),
            xycoords=axes.get_yaxis_transform(),
            xytext=(8.0, 0.0),
            textcoords="offset points",
            fontsize=8.5,
            color=colour,
            va="center",
            annotation_clip=False,
            parse_math=False,
        )


def _colour(found: Sensitivity, bar: Bar, place: int) -> str:
    """Alone and with others, or up and down, apart for people who are colour-blind."""
    if found.method in SHARES:
        return COLOURS[place % 2]
    if found.method == "morris":
        return COLOURS[0]
    return COLOURS[0] if bar.value >= 0.0 else COLOURS[1]


def _explain(axes: Axes, found: Sensitivity, language: str) -> None:
    """Which bar is which, above the numbers."""
    if found.method not in SHARES:
        return
    text = phrases(language)
    for place, key in enumerate(("first_order", "total_order")):
        axes.annotate(
            text[key],
            xy=(1.0, 1.0),
            xycoords="axes fraction",
            xytext=(8.0, 18.0 - 11.0 * place),
            textcoords="offset points",
            fontsize=8.5,
            fontweight="bold",
            color=COLOURS[place],
            va="center",
            annotation_clip=False,
        )
