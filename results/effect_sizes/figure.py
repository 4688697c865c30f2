"""The figure of effect sizes: published as open marks, tolerance as bands, measured as dots with their intervals."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from results.effect_sizes.table import EffectSize, EffectSizes, Scale
from results.effect_sizes.words import (
    count_in_words,
    head_in_words,
    measured_in_words,
    published_in_words,
    size_words,
    written,
)
from results.figures.charts import styled
from results.figures.frames import axes_at, page, quiet
from results.figures.lettering import INK, fitting, lines_of, write
from results.figures.panel import COLOURS, MUTED

WIDTH: Final = 12.0
ROW: Final = 0.25
HEAD: Final = 1.15
GROUP: Final = 0.72
FOOT: Final = 0.9
LABELS: Final = 4.7
NUMBERS: Final = 3.0
"""Inches: the figure, a row, head, a group's title and axis, foot, names at the left, numbers at the right."""

LIMITS: Final[dict[Scale, tuple[float, float]]] = {
    "correlation": (-1.0, 1.0),
    "percent": (-1.0, 1.0),
    "ratio": (0.0, 8.0),
}
"""What an axis shows; what lies beyond stands at its edge as an arrow."""

BAND: Final = "#dde9f4"
ORANGE: Final = COLOURS[1]


def sizes_figure(sizes: EffectSizes, language: str = "en") -> Figure:
    """All rows that can be measured, by scale."""
    scales: dict[Scale, list[EffectSize]] = {scale: [] for scale in LIMITS}
    for row in sizes.rows:
        if row.verdict != "not measured":
            scales[row.published.scale].append(row)
    groups = {scale: rows for scale, rows in scales.items() if rows}
    height = HEAD + FOOT + sum(GROUP + ROW * len(rows) for rows in groups.values())
    with styled():
        figure = page(WIDTH, height)
        _head(figure, sizes, language)
        top = height - HEAD
        for scale, rows in groups.items():
            _group(figure, top, scale, rows, language)
            top -= GROUP + ROW * len(rows)
        for number, line in enumerate(_foot(language)):
            write(figure, 0.3, 0.62 - 0.19 * number, line, size=8.5, colour=MUTED)
    return figure


def _head(figure: Figure, sizes: EffectSizes, language: str) -> None:
    top = figure.get_figheight()
    write(figure, 0.3, top - 0.34, size_words(language)["title"], size=16.0, weight="bold")
    write(figure, 0.3, top - 0.64, head_in_words(sizes, language) + ".", size=9.5, colour=MUTED)
    write(figure, 0.3, top - 0.86, " ".join(count_in_words(sizes, language)), size=9.5, colour=MUTED)


def _foot(language: str) -> list[str]:
    phrases = size_words(language)
    room = 72.0 * (WIDTH - 0.6)
    parts = [phrases["key_figure"], phrases["key_mark"], phrases["key_status"]]
    return lines_of(parts, 8.5, room)


def _group(figure: Figure, top: float, scale: Scale, rows: Sequence[EffectSize], language: str) -> None:
    """The rows of one scale below their title; top: inches from below."""
    phrases = size_words(language)
    write(figure, 0.3, top - 0.17, phrases[scale], size=10.5, weight="bold")
    for x, key, side in ((1.05, "published", "right"), (2.85, "measured", "right")):
        write(figure, WIDTH - NUMBERS + x, top - 0.17, phrases[key], size=8.5, colour=MUTED, ha=side)
    bottom = top - 0.34 - ROW * len(rows)
    axes = axes_at(figure, (LABELS, bottom, WIDTH - LABELS - NUMBERS, ROW * len(rows)))
    _frame(axes, scale, len(rows), language)
    for number, row in enumerate(rows):
        y = len(rows) - 1 - number
        _draw(axes, row, y)
        _label(figure, row, bottom + (y + 0.5) * ROW, language)


def _label(figure: Figure, row: EffectSize, y: float, language: str) -> None:
    published = row.published
    name = f"{published.ref} {published.texts(language).what} ({published.status})"
    shown = fitting(name, 8.5, 72.0 * (LABELS - 0.45), "normal")
    write(figure, LABELS - 0.15, y, shown, size=8.5, ha="right")
    said = published_in_words(published, language)
    write(figure, WIDTH - NUMBERS + 1.05, y, said, size=8.5, colour=MUTED, ha="right")
    colour = ORANGE if row.verdict == "outside" else INK
    measured = measured_in_words(row, language) + ("" if row.is_sure else " ~")
    write(figure, WIDTH - NUMBERS + 2.85, y, measured, size=8.5, colour=colour, ha="right")


def _frame(axes: Axes, scale: Scale, rows: int, language: str) -> None:
    axes.set_xlim(*LIMITS[scale])
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_yticks([])
    quiet(axes)
    axes.axvline(0.0, color=MUTED, linewidth=0.9, zorder=2)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: written(x, scale, language)))


def _draw(axes: Axes, row: EffectSize, y: float) -> None:
    """Tolerance, published mark and measured dot of one row."""
    published, found = row.published, row.found
    low, high = LIMITS[published.scale]
    left, right = max(low, published.low), min(high, published.high)
    axes.barh(y, right - left, 0.74, left=left, color=BAND, zorder=1)
    if len(published.figure) == 2:
        axes.plot(published.figure, [y, y], color=MUTED, linewidth=5.0, alpha=0.35, solid_capstyle="round", zorder=3)
    elif published.figure:
        axes.plot(published.figure, [y], "o", markersize=7.5, markerfacecolor="none", markeredgecolor=INK, zorder=3)
    if found is None:
        return
    colour = ORANGE if row.verdict == "outside" else COLOURS[0]
    ends = [min(high, max(low, end)) for end in (found.low, found.high)]
    axes.plot(ends, [y, y], color=colour, linewidth=1.6, zorder=4)
    shown = min(high, max(low, found.mean))
    mark = "o" if shown == found.mean else ">" if found.mean > high else "<"
    axes.plot([shown], [y], mark, markersize=4.6, color=colour, clip_on=False, zorder=5)
