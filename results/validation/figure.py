"""The figure of one pattern, in the look of all others: courses over time, or dots with their intervals."""

import math
from collections.abc import Callable, Sequence
from typing import Final, Literal, assert_never

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from results.figures.charts import styled
from results.figures.frames import axes_at, page, quiet
from results.figures.lettering import INK, fitting, write
from results.figures.panel import COLOURS, MUTED, colour_of, spread, tick_decimals, time_ticks
from results.numbers import decimal
from results.validation.panels import Courses, Dots, Label, Panel

WIDTH: Final = 5.8
COURSES_HEIGHT: Final = 2.7
DOTS_HEAD, DOTS_ROW, DOTS_FOOT = 0.42, 0.34, 0.36
NAMES: Final = 1.45
"""Inches to the right of courses for their names."""

LABELS: Final = 2.5
"""Inches to the left of dots for theirs."""

BAND: Final = "#e7f0f7"
WINDOW: Final = "#eef1f5"


def panel_figure(panel: Panel, language: str = "en") -> Figure:
    """The panel with its title, 580 pixels wide, on nothing."""
    match panel:
        case Courses():
            return _framed(COURSES_HEIGHT, panel.title, language, lambda figure: _courses(figure, panel, language))
        case Dots():
            height = DOTS_HEAD + DOTS_ROW * len(panel.rows) + DOTS_FOOT
            return _framed(height, panel.title, language, lambda figure: _dots(figure, panel, language))
    assert_never(panel)


def told(label: Label, language: str) -> str:
    """A label in this language."""
    return label[language == "nl"]


def _framed(height: float, title: Label, language: str, draw: Callable[[Figure], None]) -> Figure:
    with styled():
        figure = page(WIDTH, height)
        heading = fitting(told(title, language), 10.5, 72.0 * (WIDTH - 0.3))
        write(figure, 0.15, height - 0.18, heading, size=10.5, weight="bold")
        draw(figure)
    return figure


def _courses(figure: Figure, panel: Courses, language: str) -> None:
    height = figure.get_figheight()
    axes = axes_at(figure, (0.55, 0.3, WIDTH - 0.55 - NAMES, height - 0.75))
    for first, last in panel.windows:
        axes.axvspan(first - 1, last, color=WINDOW, zorder=0)
    factor = 100.0 if panel.percent else 1.0
    ends = []
    for position, table in enumerate(panel.lines.values()):
        weeks, colour = np.arange(1, table.shape[1] + 1), colour_of(position, len(panel.lines))
        low, high = np.nanquantile(factor * table, (0.1, 0.9), axis=0)
        mean = factor * np.nanmean(table, axis=0)
        axes.fill_between(weeks, low, high, color=colour, alpha=0.13, linewidth=0)
        form = (0, (4, 2.6)) if position == 0 else "solid"
        axes.plot(weeks, mean, color=colour, linewidth=1.6 if position == 0 else 2.0, linestyle=form)
        ends.append(float(mean[-1]))
    _tidy(axes, "y", "%" if panel.percent else "", language)
    length = max(table.shape[1] for table in panel.lines.values())
    axes.set_xlim(0, length)
    ticks = time_ticks(length, language)
    axes.xaxis.set_major_locator(FixedLocator([week for week, _ in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([text for _, text in ticks])
    _name_lines(axes, [told(label, language) for label in panel.lines], ends)


def _name_lines(axes: Axes, names: Sequence[str], ends: Sequence[float]) -> None:
    low, high = axes.get_ylim()
    points = axes.get_window_extent().height / axes.figure.dpi * 72.0
    wanted = [(end - low) / (high - low) * points for end in ends]
    for position, (name, centre) in enumerate(zip(names, spread(wanted, [12.0] * len(names), points), strict=True)):
        axes.annotate(
            fitting(name, 8.5, 72.0 * NAMES - 12.0),
            xy=(1.0, 0.0),
            xycoords="axes fraction",
            xytext=(6.0, centre),
            textcoords="offset points",
            color=MUTED if position == 0 else colour_of(position, len(names)),
            fontsize=8.5,
            fontweight="bold",
            va="center",
            annotation_clip=False,
            parse_math=False,
        )


def _dots(figure: Figure, panel: Dots, language: str) -> None:
    count = len(panel.rows)
    axes = axes_at(figure, (LABELS, DOTS_FOOT, WIDTH - LABELS - 0.25, DOTS_ROW * count))
    factor = 100.0 if panel.percent else 1.0
    axes.set_ylim(-0.5, count - 0.5)
    axes.set_xlim(*_span(panel, factor))
    left, right = axes.get_xlim()
    for row, (label, found) in enumerate(panel.rows.items()):
        y = count - 1 - row
        if label in panel.bands:
            low, high = (factor * end for end in panel.bands[label])
            axes.fill_between([max(low, left), min(high, right)], y - 0.42, y + 0.42, color=BAND, linewidth=0, zorder=0)
        ends = [max(factor * found.low, left), min(factor * found.high, right)]
        axes.plot(ends, [y, y], color=COLOURS[0], linewidth=2.2, zorder=3)
        axes.plot(factor * found.mean, y, marker="o", markersize=6.0, color=COLOURS[0], zorder=4)
    if left < 0.0 < right:
        axes.axvline(0.0, color=MUTED, linewidth=1.0, zorder=2)
    _tidy(axes, "x", "%" if panel.percent else "", language)
    names = [fitting(told(label, language), 9.0, 72.0 * (LABELS - 0.3), "normal") for label in panel.rows]
    axes.set_yticks(range(count), reversed(names), fontsize=9.0, color=INK, parse_math=False)


def _span(panel: Dots, factor: float) -> tuple[float, float]:
    """Room for all intervals, for 0, and for the near ends of the bands."""
    ends = [end for found in panel.rows.values() for end in (found.mean, found.low, found.high)]
    ends += [end for band in panel.bands.values() for end in band]
    finite = [factor * end for end in ends if math.isfinite(end)] + [0.0]
    low, high = min(finite), max(finite)
    pad = 0.06 * ((high - low) or 1.0)
    return low - pad if low < 0.0 else 0.0, high + pad if high > 0.0 else 0.0


def _tidy(axes: Axes, values: Literal["x", "y"], suffix: str, language: str) -> None:
    """No box, a pale grid along the values, and numbers in the reader's writing."""
    quiet(axes, values)
    axis = axes.xaxis if values == "x" else axes.yaxis
    axis.set_major_locator(MaxNLocator(nbins=5, min_n_ticks=3, steps=[1, 2, 5, 10]))
    decimals = tick_decimals(axis.get_majorticklocs())
    axis.set_major_formatter(FuncFormatter(lambda value, _: decimal(value, decimals, language) + suffix))
