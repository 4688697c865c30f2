"""The figure of a survey beside a real sample: intervals as bars, simulated figures as dots, those outside in red."""

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, MaxNLocator

from results.figures.charts import styled
from results.figures.frames import axes_at, page, quiet
from results.figures.lettering import INK, fitting, write
from results.figures.panel import COLOURS, GREY, MUTED
from results.numbers import decimal
from results.surveys.beside import OF_PAIRS, Beside, Figure
from results.surveys.words import (
    PERCENT,
    share_in_words,
    source_in_words,
    survey_words,
    units_in_words,
    written,
)
from results.words import harmless

WIDTH: Final = 10.0
ROW: Final = 0.27
HEAD: Final = 1.05
FOOT: Final = 1.15
GROUP: Final = 0.58
"""Inches: the figure, a row, room for the head, the foot, and the title of a group."""

LABELS: Final = 3.6
NUMBERS: Final = 1.75
"""Inches left of the axes for names, and right of them for numbers."""

RED: Final = "#c62828"


def beside_figure(
    beside: Beside, titles: Mapping[str, str], *, title: str, scenario: str, week: int, language: str = "en"
) -> Drawing:
    """Every counted correlation or part between units, real and simulated, one below the other.

    titles: of constructs. title: of the instrument. scenario: name to show.
    """
    groups = {kind: figures for kind in ("icc", *OF_PAIRS) if (figures := _counted(beside, kind))}
    height = HEAD + FOOT + sum(GROUP + ROW * len(figures) for figures in groups.values())
    phrases = survey_words(language)
    with styled():
        drawing = page(WIDTH, height)
        heading = fitting(harmless(phrases["figure"].format(title=title)), 15.0, 72.0 * (WIDTH - 0.6))
        write(drawing, 0.3, height - 0.36, heading, size=15, weight="bold")
        below = _subtitle(beside, list(groups), scenario, week, language)
        for number, line in enumerate(below):
            write(drawing, 0.3, height - 0.66 - 0.2 * number, line, size=9.5, colour=MUTED)
        top = height - HEAD
        for kind, figures in groups.items():
            write(drawing, 0.3, top - GROUP + 0.2, phrases[kind], size=10, weight="bold")
            bottom = top - GROUP - ROW * len(figures)
            _group(drawing, (bottom, ROW * len(figures)), figures, titles, language)
            top = bottom
        for number, line in enumerate(_foot(beside, language)):
            write(drawing, 0.3, 0.62 - 0.2 * number, line, size=8.5, colour=MUTED)
    return drawing


def _counted(beside: Beside, kind: str) -> tuple[Figure, ...]:
    return tuple(figure for figure in beside.of([kind]) if figure.counted)


def _subtitle(beside: Beside, kinds: Sequence[str], scenario: str, week: int, language: str) -> list[str]:
    text = survey_words(language)["subtitle"].format(
        scenario=harmless(scenario, 40),
        week=week,
        units=units_in_words(beside.simulated.units, language),
        answered=decimal(beside.simulated.respondents, 0, language),
        share=share_in_words(beside, kinds, language),
    )
    facts, share = text.rsplit(". ", 1)  # a scenario's name may hold the same
    return [fitting(f"{one.rstrip('.')}.", 9.5, 72.0 * (WIDTH - 0.6), "normal") for one in (facts, share)]


def _foot(beside: Beside, language: str) -> list[str]:
    """The key to bar and dot, and where the real figures are from."""
    phrases, real = survey_words(language), beside.real.sample
    people = phrases["people_in_units" if real.units > 1 else "people"].format(
        respondents=decimal(real.respondents, 0, language), units=real.units
    )
    room = 72.0 * (WIDTH - 0.6)
    key = fitting(phrases["key"].format(level=PERCENT, n=people), 8.5, room, "normal")
    return [key, *folded(source_in_words(beside.real.source, language), room)]


def folded(text: str, room: float) -> list[str]:
    """The text on as many lines of `room` points as it takes, broken between words."""
    lines = [""]
    for word in text.split():
        together = f"{lines[-1]} {word}".lstrip()
        if together == fitting(together, 8.5, room, "normal"):
            lines[-1] = together
        else:
            lines.append(word)
    return lines


def _group(
    drawing: Drawing,
    place: tuple[float, float],
    figures: Sequence[Figure],
    titles: Mapping[str, str],
    language: str,
) -> None:
    """The rows of one kind; place: bottom and height in inches."""
    bottom, high = place
    tall = drawing.get_figheight()
    axes = axes_at(drawing, (LABELS, bottom, WIDTH - LABELS - NUMBERS, high))
    _frame(axes, figures, language)
    for row, figure in enumerate(figures):
        y = len(figures) - 1 - row
        _row(axes, figure, y)
        centre = bottom + (y + 0.5) * ROW
        label = " \N{EN DASH} ".join(titles.get(name, name) for name in figure.of)
        name = fitting(harmless(label), 9.0, 72.0 * (LABELS - 0.5), "normal")
        write(drawing, LABELS - 0.12, centre, name, size=9, ha="right")
        real = f"{written(figure.real, language)}"
        write(drawing, WIDTH - NUMBERS + 0.62, centre, real, size=9, colour=MUTED, ha="right")
        colour = INK if figure.inside else RED
        weight = "normal" if figure.inside else "bold"
        ours = written(figure.simulated, language)
        write(drawing, WIDTH - NUMBERS + 1.5, centre, ours, size=9, colour=colour, weight=weight, ha="right")
    if tall - bottom - high <= HEAD + GROUP + 0.01:
        phrases = survey_words(language)
        names = (phrases["real"].split(" ", 1)[0], phrases["simulated"])
        for x, name in zip((0.62, 1.5), names, strict=True):
            write(drawing, WIDTH - NUMBERS + x, bottom + high + 0.13, name, size=8, colour=MUTED, ha="right")


def _row(axes: Axes, figure: Figure, y: float) -> None:
    axes.barh(y, figure.high - figure.low, left=figure.low, height=0.46, color="#d5dee7", linewidth=0, zorder=2)
    axes.plot([figure.real] * 2, [y - 0.3, y + 0.3], color=GREY, linewidth=1.6, zorder=3)
    fill = COLOURS[0] if figure.inside else "white"
    edge = COLOURS[0] if figure.inside else RED
    axes.plot(figure.simulated, y, "o", markersize=6.5, markerfacecolor=fill, markeredgecolor=edge, mew=1.8, zorder=4)


def _frame(axes: Axes, figures: Sequence[Figure], language: str) -> None:
    """One scale for all figures of a kind, quiet lines, and zero marked where it is in sight."""
    ends = [end for one in figures for end in (one.low, one.high, one.simulated) if end == end]  # noqa: PLR0124  not NaN
    low, high = min([0.0, *ends]), max([0.0, *ends])
    room = 0.04 * (high - low or 1.0)
    axes.set_xlim(low - (room if low < 0.0 else 0.0), high + room)
    axes.set_ylim(-0.5, len(figures) - 0.5)
    axes.set_yticks([])
    quiet(axes)
    axes.axvline(0.0, color=GREY, linewidth=1.0, zorder=1)
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal(value, 2 if high < 0.3 else 1, language)))
