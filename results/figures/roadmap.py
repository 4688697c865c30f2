"""Figures of a roadmap: the plan with what it brings, a front of plans, stopping early, and regret by variant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from results.figures.charts import styled
from results.figures.frames import axes_at, page, quiet
from results.figures.lettering import INK, fitting, write
from results.figures.panel import COLOURS, GREY, MUTED, draw_panel, tick_decimals, time_ticks, unit_of
from results.indicators import Indicator
from results.numbers import decimal, level
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
    """Words of a figure; key: by position of the colour.

    curve, worlds: what the curve shows, and of which worlds.
    """

    title: str
    subtitle: str
    curve: str = ""
    worlds: str = ""
    key: Mapping[int, str] = field(default_factory=dict)
    remark: str = ""


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
        figure = page(WIDTH, height)
        _title(figure, lettering)
        across = WIDTH - _LEFT - _RIGHT
        chart = axes_at(figure, (_LEFT, height - _HEAD - tall, across, tall))
        _draw_bars(chart, rows, bars, upkeep, weeks, language)
        axes = axes_at(figure, (_LEFT, _FOOT, across, _CURVE))
        draw_panel(axes, curves, indicator, [], language)
        write(figure, 0.2, _FOOT + _CURVE + 0.36, lettering.curve, size=10.5, weight="bold")
        small = f"{unit_of(curves, indicator, language)}; {lettering.worlds}"
        write(figure, 0.2, _FOOT + _CURVE + 0.15, small, size=8.5, colour=MUTED)
        _key(figure, lettering)
    return figure


def front_figure(
    dots: Sequence[tuple[Dot, Dot]], indicators: tuple[Indicator, Indicator], lettering: Lettering, language: str
) -> Figure:
    """Plans by two goals, each with its intervals; the front is joined by a line, rules of thumb are grey."""
    with styled():
        figure = page(WIDTH, 5.6)
        _title(figure, lettering)
        axes = figure.add_axes((0.11, 0.13, 0.80, 0.66))
        quiet(axes)
        front = sorted((x.value.mean, y.value.mean) for x, y in dots if x.strong)
        axes.plot(*zip(*front, strict=True), color=PALE, linewidth=2.0, zorder=1)
        for x, y in dots:
            _cross(axes, x, y)
        _label(axes, dots)
        for which, axis in enumerate((axes.xaxis, axes.yaxis)):
            axis.set_major_locator(MaxNLocator(nbins=6))
            axis.set_major_formatter(_writer(indicators[which], axis.get_ticklocs(), language))
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
        figure = page(WIDTH, height)
        _title(figure, lettering)
        for place, ((caption, dots), indicator) in enumerate(zip(panels, indicators, strict=True)):
            left = 2.05 + place * wide
            axes = axes_at(figure, (left, 0.5, wide - 0.35, 0.42 * rows))
            _draw_dots(axes, dots, indicator, language, named=place == 0)
            write(figure, left, 0.5 + 0.42 * rows + 0.16, caption, size=9.5, weight="bold")
    return figure


def _draw_bars(
    axes: Axes, rows: Sequence[str], bars: Sequence[Bar], upkeep: Sequence[tuple[int, int]], weeks: int, language: str
) -> None:
    axes.set_xlim(0, weeks)
    axes.set_ylim(max(len(rows), 1) - 0.4, -0.6)
    quiet(axes)
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
    quiet(axes)
    axes.axvline(0.0, color=GREY, linewidth=1.2, linestyle=(0, (4, 2.6)))
    for row, dot in enumerate(dots):
        colour = COLOURS[0] if dot.strong else INK
        if np.isfinite(dot.value.low):
            axes.plot((dot.value.low, dot.value.high), (row, row), color=colour, linewidth=2.0, alpha=0.55)
        axes.plot(dot.value.mean, row, "o", color=colour, markersize=6.5)
    axes.set_yticks(range(len(dots)), [dot.name if named else "" for dot in dots])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=4))
    axes.xaxis.set_major_formatter(_writer(indicator, axes.xaxis.get_ticklocs(), language))


def _cross(axes: Axes, x: Dot, y: Dot) -> None:
    colour = COLOURS[0] if x.strong else GREY
    across, up = x.value, y.value
    if np.isfinite(across.low) and np.isfinite(up.low):
        axes.plot((across.low, across.high), (up.mean, up.mean), color=colour, linewidth=1.2, alpha=0.5)
        axes.plot((across.mean, across.mean), (up.low, up.high), color=colour, linewidth=1.2, alpha=0.5)
    axes.plot(across.mean, up.mean, "o" if x.strong else "s", color=colour, markersize=7.0 if x.strong else 5.0)


def _label(axes: Axes, dots: Sequence[tuple[Dot, Dot]]) -> None:
    """The names of the plans, those of one place together."""
    across, up = (high - low for low, high in (axes.get_xlim(), axes.get_ylim()))
    placed: list[tuple[float, float, list[Dot]]] = []
    for x, y in sorted(dots, key=lambda dot: not dot[0].strong):
        at = (x.value.mean, y.value.mean)
        near = [one for one in placed if abs(one[0] - at[0]) < 0.14 * across and abs(one[1] - at[1]) < 0.035 * up]
        if near:
            near[0][2].append(x)
        else:
            placed.append((*at, [x]))
    for right, high, together in placed:
        is_last = right > axes.get_xlim()[0] + 0.8 * across
        axes.annotate(
            ", ".join(dot.name for dot in together),
            xy=(right, high),
            xytext=(-6.0 if is_last else 6.0, 6.0),
            textcoords="offset points",
            ha="right" if is_last else "left",
            fontsize=8.5,
            color=COLOURS[0] if together[0].strong else MUTED,
            fontweight="bold" if together[0].strong else "normal",
        )


def _writer(indicator: Indicator, places: npt.NDArray[Any], language: str) -> FuncFormatter:
    """Ticks of differences: money as people read it, all else with as many decimals as tell them apart."""
    if indicator.kind == "money":
        return FuncFormatter(lambda value, _: level(value, indicator, language))
    factor, unit = (100.0, " pt") if indicator.kind in {"share", "rate"} else (1.0, "")
    decimals = tick_decimals(factor * places)

    def written(value: float, _place: int) -> str:
        is_zero = abs(value) < 1e-12
        return "0" if is_zero else decimal(factor * value, decimals, language, signed=True) + unit

    return FuncFormatter(written)


def _title(figure: Figure, lettering: Lettering) -> None:
    top, room = figure.get_figheight(), 72.0 * (WIDTH - 0.4)
    write(figure, 0.2, top - 0.32, fitting(lettering.title, 14.0, room), size=14, weight="bold")
    write(figure, 0.2, top - 0.60, fitting(lettering.subtitle, 9.5, room, "normal"), size=9.5, colour=MUTED)


def _key(figure: Figure, lettering: Lettering) -> None:
    """What the colours of the bars stand for, in one line at the foot."""
    across = 0.2
    for place, words in lettering.key.items():
        box = Rectangle((across, 0.11), 0.16, 0.13, facecolor=COLOURS[place], linewidth=0)
        box.set_transform(figure.dpi_scale_trans)
        figure.add_artist(box)
        write(figure, across + 0.22, 0.175, words, size=8.5, colour=MUTED)
        across += 0.55 + 0.068 * len(words)
    write(figure, across, 0.175, lettering.remark, size=8.5, colour=MUTED)
