"""The figure of which conclusions survive: verdicts under each set of rules, shares of draws, and ranks of blocks."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from results.figures.charts import styled
from results.figures.frames import PALE, axes_at, page, quiet
from results.figures.lettering import INK, fitting, lines_of, write
from results.figures.panel import COLOURS, GREY, MUTED
from results.robustness.table import CONCLUSIONS, MEASURES, VERDICTS, Measure, Robustness
from results.robustness.words import (
    conclusion_in_words,
    head_in_words,
    plausible_in_words,
    robust_words,
    tally_in_words,
)

WIDTH: Final = 12.6
ROW: Final = 0.34
HEAD: Final = 1.0
HEADS: Final = 0.5
GAP: Final = 0.62
FOOT: Final = 0.62
LABELS: Final = 5.6
CELL: Final = 0.86
MARGIN: Final = 0.3
RANKS_LEFT: Final = 2.6
"""Inches; RANKS_LEFT is for names of blocks."""

SHADES: Final = {"holds": COLOURS[0], "open": "#c3ccd6", "fails": COLOURS[1]}


def robustness_figure(found: Robustness, language: str = "en") -> Figure:
    """Verdicts above, ranks of the nine blocks by money and by loyalty below."""
    upper, lower = ROW * len(CONCLUSIONS), ROW * len(found.blocks)
    height = HEAD + HEADS + upper + GAP + lower + FOOT + 0.35
    with styled():
        figure = page(WIDTH, height)
        phrases = robust_words(language)
        write(figure, MARGIN, height - 0.34, phrases["title"], size=16.0, weight="bold")
        room = 72.0 * (WIDTH - 2.0 * MARGIN)
        below = (head_in_words(found, language) + ".", plausible_in_words(found, language))
        for line, text in enumerate(below):
            write(
                figure, MARGIN, height - 0.63 - 0.2 * line, fitting(text, 9.0, room, "normal"), size=9.0, colour=MUTED
            )
        top = height - HEAD - HEADS
        _verdicts(figure, found, top, language)
        bottom = top - upper - GAP - lower
        half = (WIDTH - 2.0 * MARGIN) / 2.0
        for place, measure in enumerate(MEASURES):
            _ranks(figure, found, measure, (MARGIN + place * half, bottom, half, lower), language)
        for number, key in enumerate(lines_of(_keys(found, language), 8.5, room)):
            write(figure, MARGIN, 0.34 - 0.18 * number, key, size=8.5, colour=MUTED)
    return figure


def _keys(found: Robustness, language: str) -> list[str]:
    phrases = robust_words(language)
    return [phrases["key_figure"]] if found.draws else []


def _verdicts(figure: Figure, found: Robustness, top: float, language: str) -> None:
    """A row a conclusion: a cell for each named set of rules, and a bar for the draws."""
    phrases, rows = robust_words(language), len(CONCLUSIONS)
    left, across = LABELS, CELL * len(found.named)
    axes = axes_at(figure, (left, top - ROW * rows, WIDTH - left - MARGIN, ROW * rows))
    axes.set_xlim(0.0, WIDTH - left - MARGIN)
    axes.set_ylim(-0.5, rows - 0.5)
    axes.set_axis_off()
    for number, one in enumerate(found.named):
        lines = phrases[one.id].split(" ", 1)
        for line, word in enumerate(lines):
            height = top + 0.33 - 0.17 * line - (0.17 if len(lines) == 1 else 0.0)
            write(figure, left + (number + 0.5) * CELL, height, word, size=8.5, colour=MUTED, ha="center")
    if found.draws:
        write(figure, left + across + 0.15, top + 0.16, phrases["draws"], size=8.5, colour=MUTED)
    for number, conclusion in enumerate(CONCLUSIONS):
        y = rows - 1 - number
        said = fitting(conclusion_in_words(found, conclusion, language), 9.0, 72.0 * (LABELS - MARGIN - 0.15), "normal")
        write(figure, LABELS - 0.15, top - (number + 0.5) * ROW, said, size=9.0, ha="right")
        for place, one in enumerate(found.named):
            verdict = one.verdict(conclusion)
            axes.add_patch(
                Rectangle((place * CELL + 0.04, y - 0.42), CELL - 0.08, 0.84, color=SHADES[verdict], linewidth=0)
            )
            ink = INK if verdict == "open" else "white"
            axes.text((place + 0.5) * CELL, y, phrases[verdict], ha="center", va="center", fontsize=8.5, color=ink)
        if found.draws:
            _shares(axes, found, conclusion, (across + 0.15, y), language)


def _shares(axes: Axes, found: Robustness, conclusion: str, place: tuple[float, float], language: str) -> None:
    """How large a part of the draws say what, as a bar with its numbers."""
    left, y = place
    wide, tally = 1.0, found.tally(conclusion)
    for verdict in VERDICTS:
        share = wide * tally[verdict] / len(found.draws)
        axes.add_patch(Rectangle((left, y - 0.3), share, 0.6, color=SHADES[verdict], linewidth=0))
        left += share
    said = tally_in_words(found, conclusion, language)
    axes.text(left + 0.1, y, said, ha="left", va="center", fontsize=8.5, color=INK)


def _ranks(
    figure: Figure, found: Robustness, measure: Measure, place: tuple[float, float, float, float], language: str
) -> None:
    """Ranks of each block: small dots for draws, a large one for the shipped rules, a diamond for chi = 0."""
    left, bottom, across, high = place
    phrases, first = robust_words(language), found.reruns[0]
    heading = fitting(phrases[f"ranks_{measure}"], 9.5, 72.0 * (across - 0.2))
    write(figure, left, bottom + high + 0.2, heading, size=9.5, weight="bold")
    count = len(found.blocks)
    axes = axes_at(figure, (left + RANKS_LEFT, bottom, across - RANKS_LEFT - 0.25, high))
    _rank_frame(axes, count)
    order = sorted(range(count), key=lambda block: first.ranks[measure][block])
    for row, block in enumerate(order):
        y = count - 1 - row
        name = fitting(found.names[language][block], 8.5, 72.0 * (RANKS_LEFT - 0.2), "normal")
        write(figure, left + RANKS_LEFT - 0.12, bottom + (y + 0.5) * high / count, name, size=8.5, ha="right")
        _dots(axes, [one.ranks[measure][block] for one in found.draws], y)
        axes.plot([first.ranks[measure][block]], [y], "o", markersize=8.0, color=COLOURS[0], zorder=4)
        for one in found.named:
            if one.id == "chi_0":
                axes.plot([one.ranks[measure][block]], [y], "D", markersize=6.0, mfc="none", mec=COLOURS[1], zorder=5)


def _dots(axes: Axes, ranks: Sequence[int], y: float) -> None:
    """Dots of equal rank below each other, so close that all draws on one rank fill a row."""
    step = 0.72 / max(len(ranks), 8)
    for rank in sorted(set(ranks)):
        count = ranks.count(rank)
        places = [y + step * (number - (count - 1) / 2.0) for number in range(count)]
        axes.plot([rank + 0.26] * count, places, "o", markersize=2.2, color=GREY, linewidth=0, zorder=3)


def _rank_frame(axes: Axes, count: int) -> None:
    axes.set_xlim(0.5, count + 0.6)
    axes.set_ylim(-0.5, count - 0.5)
    axes.set_xticks(range(1, count + 1))
    axes.set_yticks([])
    quiet(axes)
    for row in range(0, count, 2):
        axes.axhspan(row - 0.5, row + 0.5, color=PALE, zorder=0)
