"""Figures of a roadmap: the plan with what it brings, a front of plans, stopping early, and regret by variant."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from results.charts import styled
from results.indicators import Indicator
from results.lettering import fitting
from results.numbers import level
from results.panel import COLOURS, GREY, INK, MUTED, RULE, draw_panel, time_ticks, unit_of
from results.statistics import Interval
from results.trajectories import Trajectory

WIDTH: Final = 9.6
_LEFT, _RIGHT = 2.25, 1.55
_HEAD, _ROW, _CURVE, _FOOT = 0.95, 0.40, 2.5, 0.62
"""Inches."""

PALE: Final = "#c9d6e2"


@dataclass(frozen=True, slots=True)
class Bar:
    """Work on one block from its first week to its last, at this effort; colour: position of its approach."""

    row: int
    start: int
    end: int
    effort: float
    colour: int
    text: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mean with its interval, and what it is called; strong: whether it is what the figure is about."""

    name: str
    value: Interval
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Lettering:
    """Title, what stands below it, what the curve shows, and the key's words in the order of the colours."""

    title: str
    subtitle: str
    curve: str
    key: tuple[str, ...]


def plan_figure(
    rows: Sequence[str],
    bars: Sequence[Bar],
    upkeep: Sequence[tuple[int, int]],
    curves: Sequence[Trajectory],
    indicator: Indicator,
    lettering: Lettering,
    language: str,
) -> Figure:
    """What is done when, a row a block, and below it on the same time axis what it brings.

    upkeep: row and first week of what is kept up to the end. curves: the baseline first.
    """
    weeks = int(curves[0].weeks[-1]) + 1
    tall = _ROW * max(len(rows), 1) + 0.1
    height = _HEAD + tall + 0.75 + _CURVE + _FOOT
    with styled():
        figure = _blank(height)
        _title(figure, lettering)
        across = (_LEFT / WIDTH, 1.0 - (_LEFT + _RIGHT) / WIDTH)
        chart = figure.add_axes((across[0], (height - _HEAD - tall) / height, across[1], tall / height))
        _draw_bars(chart, rows, bars, upkeep, weeks, language)
        axes = figure.add_axes((across[0], _FOOT / height, across[1], _CURVE / height))
        draw_panel(axes, curves, indicator, [], language)
        _text(figure, 0.2, _FOOT + _CURVE + 0.36, lettering.curve, fontsize=10.5, fontweight="bold")
        _text(figure, 0.2, _FOOT + _CURVE + 0.15, unit_of(curves, indicator, language), fontsize=8.5, color=MUTED)
        _key(figure, lettering.key)
    return figure


def front_figure(
    dots: Sequence[tuple[Dot, Dot]], indicators: tuple[Indicator, Indicator], lettering: Lettering, language: str
) -> Figure:
    """Plans by two goals, each with its intervals; the front is joined by a line, rules of thumb are grey."""
    with styled():
        figure = _blank(5.6)
        _title(figure, lettering)
        axes = figure.add_axes((0.11, 0.13, 0.80, 0.66))
        _quiet_frame(axes)
        front = sorted((x.value.mean, y.value.mean) for x, y in dots if x.strong)
        axes.plot(*zip(*front, strict=True), color=PALE, linewidth=2.0, zorder=1)
        for x, y in dots:
            _cross(axes, x, y)
        for which, axis in enumerate((axes.xaxis, axes.yaxis)):
            axis.set_major_formatter(_writer(indicators[which], language))
            axis.set_major_locator(MaxNLocator(nbins=6))
        axes.set_xlabel(indicators[0].title(language), color=INK, fontsize=10)
        axes.set_ylabel(indicators[1].title(language), color=INK, fontsize=10)
    return figure


def dots_figure(
    panels: Sequence[tuple[str, Sequence[Dot]]], indicators: Sequence[Indicator], lettering: Lettering, language: str
) -> Figure:
    """One panel beside another: a row a plan, its mean as a dot and its 95 % interval as a line, zero marked."""
    rows = max(len(dots) for _, dots in panels)
    height = _HEAD + 0.55 + 0.42 * rows + 0.35
    wide = (WIDTH - 2.05 - 0.3) / len(panels)
    with styled():
        figure = _blank(height)
        _title(figure, lettering)
        for place, ((caption, dots), indicator) in enumerate(zip(panels, indicators, strict=True)):
            left = 2.05 + place * wide
            box = (left / WIDTH, 0.5 / height, (wide - 0.35) / WIDTH, 0.42 * rows / height)
            axes = figure.add_axes(box)
            _draw_dots(axes, dots, indicator, language, named=place == 0)
            _text(figure, left, 0.5 + 0.42 * rows + 0.16, caption, fontsize=9.5, fontweight="bold")
    return figure


def _draw_bars(
    axes: Axes, rows: Sequence[str], bars: Sequence[Bar], upkeep: Sequence[tuple[int, int]], weeks: int, language: str
) -> None:
    axes.set_xlim(0, weeks)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    _quiet_frame(axes)
    axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.xaxis.set_major_locator(FixedLocator([place for place, _ in time_ticks(weeks, language)]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([])
    axes.set_yticks(range(len(rows)), [fitting(row, 9.5, 72.0 * (_LEFT - 0.3), "normal") for row in rows])
    axes.tick_params(labelsize=9.5, labelcolor=INK, length=0)
    for row, first in upkeep:
        axes.plot((first - 1, weeks), (row, row), color=GREY, linewidth=1.4, linestyle=(0, (1, 1.6)))
    for bar in bars:
        thick = 0.16 + 0.58 * min(bar.effort, 1.0)
        box = (bar.start - 1, bar.row - thick / 2.0)
        axes.add_patch(Rectangle(box, bar.end - bar.start, thick, facecolor=COLOURS[bar.colour], linewidth=0))
        axes.annotate(
            bar.text,
            xy=((bar.start + bar.end) / 2.0 - 1.0, bar.row),
            ha="center",
            va="center",
            fontsize=7.5,
            fontweight="bold",
            color="white" if thick > 0.36 else INK,
            xytext=(0.0, 0.0 if thick > 0.36 else 9.0),
            textcoords="offset points",
        )


def _draw_dots(axes: Axes, dots: Sequence[Dot], indicator: Indicator, language: str, *, named: bool) -> None:
    axes.set_ylim(len(dots) - 0.5, -0.5)
    _quiet_frame(axes)
    axes.grid(axis="x", color=RULE, linewidth=0.8)
    axes.axvline(0.0, color=GREY, linewidth=1.2, linestyle=(0, (4, 2.6)))
    for row, dot in enumerate(dots):
        colour = COLOURS[0] if dot.strong else INK
        if np.isfinite(dot.value.low):
            axes.plot((dot.value.low, dot.value.high), (row, row), color=colour, linewidth=2.0, alpha=0.55)
        axes.plot(dot.value.mean, row, "o", color=colour, markersize=6.5)
    axes.set_yticks(range(len(dots)), [dot.name if named else "" for dot in dots])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.xaxis.set_major_formatter(_writer(indicator, language))


def _cross(axes: Axes, x: Dot, y: Dot) -> None:
    colour = COLOURS[0] if x.strong else GREY
    across, up = x.value, y.value
    if np.isfinite(across.low) and np.isfinite(up.low):
        axes.plot((across.low, across.high), (up.mean, up.mean), color=colour, linewidth=1.2, alpha=0.5)
        axes.plot((across.mean, across.mean), (up.low, up.high), color=colour, linewidth=1.2, alpha=0.5)
    axes.plot(across.mean, up.mean, "o" if x.strong else "s", color=colour, markersize=7.0 if x.strong else 5.0)
    axes.annotate(
        x.name,
        xy=(across.mean, up.mean),
        xytext=(6.0, 5.0),
        textcoords="offset points",
        fontsize=8.5,
        color=colour,
        fontweight="bold" if x.strong else "normal",
    )


def _writer(indicator: Indicator, language: str) -> FuncFormatter:
    return FuncFormatter(lambda value, _: level(value, indicator, language))


def _blank(height: float) -> Figure:
    figure = Figure(figsize=(WIDTH, height), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _quiet_frame(axes: Axes) -> None:
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=8.5, labelcolor=MUTED, pad=5)


def _title(figure: Figure, lettering: Lettering) -> None:
    top, room = figure.get_figheight(), 72.0 * (WIDTH - 0.4)
    _text(figure, 0.2, top - 0.32, fitting(lettering.title, 14.0, room), fontsize=14, fontweight="bold")
    _text(figure, 0.2, top - 0.60, fitting(lettering.subtitle, 9.5, room, "normal"), fontsize=9.5, color=MUTED)


def _key(figure: Figure, key: Sequence[str]) -> None:
    """What the colours of the bars stand for, in one line at the foot."""
    across = 0.2
    for colour, words in zip(COLOURS, key, strict=False):
        figure.add_artist(
            Rectangle((across, 0.11), 0.16, 0.13, facecolor=colour, linewidth=0, transform=figure.dpi_scale_trans)
        )
        _text(figure, across + 0.22, 0.175, words, fontsize=8.5, color=MUTED)
        across += 0.55 + 0.068 * len(words)


def _text(figure: Figure, x: float, y: float, text: str, **style: object) -> None:
    """Text at inches from the lower left."""
    width, height = figure.get_size_inches()
    figure.text(x / width, y / height, text, va="center", parse_math=False, **style)  # type: ignore[arg-type]
