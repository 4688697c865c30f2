"""Figures of the effect chain for reports and slides: PNG and SVG, the same bytes for the same data."""

import io
import re
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import pyarrow as pa
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from results.chain import Link, chain_links
from results.errors import ResultsError
from results.figures.frames import PALE, Place, axes_at, page
from results.figures.lettering import FAMILY, INK, fitting, lines_of, write
from results.figures.panel import MUTED, RULE, Mark, draw_panel, unit_of
from results.indicators import INDICATORS
from results.trajectories import trajectories
from results.words import harmless, words

WIDTH = 12.8
"""Inches of the chain's figure: 1280 pixels at 100 dots an inch."""

_COLUMNS, _PANEL_HEIGHT, _MARGIN, _GAP = 3, 3.1, 0.25, 0.18
_HEAD, _LINE = 0.95, 0.21
_INSIDE = 72.0 * (WIDTH - 2 * _MARGIN - 0.1)
"""Points across the cards."""

_STYLE: dict[Any, Any] = {
    "font.family": FAMILY,
    "font.size": 9.0,
    "text.color": INK,
    "text.usetex": False,
    "axes.unicode_minus": True,
    "svg.fonttype": "path",
    "svg.hashsalt": "effectchain",
    "path.simplify": True,
}

_STYLE_LOCK = threading.RLock()

Starts = Sequence[tuple[int, str]]
"""Week in which something starts, in the weekly table's count, and its name."""


def chain_figure(
    worlds: Mapping[str, pa.Table],
    *,
    title: str = "",
    sector: str = "commercial",
    interventions: Starts = (),
    language: str = "en",
) -> Figure:
    """The headline of each link of the chain over time, in the chain's order, on one time axis.

    worlds: weekly tables by the name to show, the baseline first; interventions are marked where they start.
    """
    links = chain_links(sector)
    footer = _footer(interventions, language)
    rows = -(-len(links) // _COLUMNS)
    height = _HEAD + rows * (_PANEL_HEIGHT + _GAP) + _LINE * len(footer) + 0.22
    with styled():
        figure = page(WIDTH, height, PALE)
        _write_head(figure, title, worlds, language)
        for number, link in enumerate(links):
            _draw_card(figure, worlds, link, _place(number, height), _marks(worlds, interventions), language)
            if number + 1 < len(links):
                _draw_arrow(figure, _place(number, height), last_of_row=(number + 1) % _COLUMNS == 0)
        for number, text in enumerate(reversed(footer)):
            write(figure, _MARGIN + 0.05, 0.2 + number * _LINE, text, colour=MUTED, size=9)
    return figure


def indicator_figure(
    worlds: Mapping[str, pa.Table],
    indicator: str,
    *,
    interventions: Starts = (),
    language: str = "en",
    size: tuple[float, float] = (4.2, 2.55),
) -> Figure:
    """One indicator over time, without frame or title, to stand in a page that has both; size in inches."""
    if indicator not in INDICATORS:
        raise ResultsError(f"There is no indicator '{indicator}'; choose one of {', '.join(INDICATORS)}.")
    with styled():
        figure = page(*size, "none")
        axes = axes_at(figure, (0.46, 0.28, size[0] - 1.84, size[1] - 0.62))
        found = trajectories(worlds, indicator)
        draw_panel(axes, found, INDICATORS[indicator], _marks(worlds, interventions), language)
    return figure


def unit_in_figure(worlds: Mapping[str, pa.Table], indicator: str, language: str = "en") -> str:
    """What the numbers of an indicator's figure stand for, to stand beside its title."""
    return unit_of(trajectories(worlds, indicator), INDICATORS[indicator], language)


def to_png(figure: Figure, dpi: int = 100) -> bytes:
    """The figure as PNG: 1280 pixels wide for the chain, twice that with dpi=200."""
    return _saved(figure, "png", dpi, "effectchain")


def to_svg(figure: Figure, salt: str = "effectchain") -> str:
    """The figure as SVG, without date or outside reference; `salt` keeps the inner names of several on a page apart."""
    return _saved(figure, "svg", 100, salt).decode()


def stamped(figure: Figure, stamp: str) -> None:
    """Write a line at the foot of a figure, which says what made it."""
    width = float(figure.get_size_inches()[0])
    text = fitting(harmless(stamp, 400), 5.5, 72.0 * (width - 2 * _MARGIN), "normal")
    write(figure, _MARGIN, 0.065, text, colour=MUTED, size=5.5)


def inline(svg: str) -> str:
    """A figure to stand inside a page: no prologue, no comments, no style that would reach the rest of the page."""
    body = svg[svg.index("<svg") :]
    for pattern in (r"<!--.*?-->", r"<style.*?</style>", r"<metadata>.*?</metadata>"):
        body = re.sub(pattern, "", body, flags=re.DOTALL)
    return body


def _saved(figure: Figure, form: str, dpi: int, salt: str) -> bytes:
    memory = io.BytesIO()
    metadata = dict.fromkeys(("Date", "Creator", "Format", "Type")) if form == "svg" else {"Software": None}
    with styled(), warnings.catch_warnings():
        mpl.rcParams["svg.hashsalt"] = salt
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # a rare letter in a name shows as a box
        figure.savefig(memory, format=form, dpi=dpi, metadata=metadata)
    return memory.getvalue()


@contextmanager
def styled() -> Iterator[None]:
    """Our type and nobody's settings; one at a time, since Matplotlib's settings are shared by all threads.

    Matplotlib's own rc_context puts nothing back in a process in which Solara's server runs.
    """
    with _STYLE_LOCK:
        theirs: dict[Any, Any] = {name: mpl.rcParams[name] for name in mpl.rcParams if name != "backend"}
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        try:
            yield
        finally:
            mpl.rcParams.update(theirs)


def _place(number: int, height: float) -> Place:
    """Left, bottom, width and height of a card, in inches."""
    width = (WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
    row, column = divmod(number, _COLUMNS)
    bottom = height - _HEAD - (row + 1) * _PANEL_HEIGHT - row * _GAP
    return _MARGIN + column * (width + _GAP), bottom, width, _PANEL_HEIGHT


def _draw_card(
    figure: Figure,
    worlds: Mapping[str, pa.Table],
    link: Link,
    place: Place,
    marks: Sequence[Mark],
    language: str,
) -> None:
    left, bottom, width, height = place
    indicator = INDICATORS[link.indicators[0]]
    found = trajectories(worlds, indicator.name)
    _box(figure, place)
    top = bottom + height
    write(figure, left + 0.18, top - 0.24, link.title(language), colour=MUTED, size=9, weight="bold")
    write(figure, left + 0.18, top - 0.50, indicator.title(language), size=12, weight="bold")
    unit = unit_of(found, indicator, language)
    write(figure, left + width - 0.18, top - 0.50, unit, colour=MUTED, size=8.5, ha="right")
    inner = (left + 0.62, bottom + 0.36, width - 2.02, height - 1.20)
    axes = axes_at(figure, inner)
    draw_panel(axes, found, indicator, marks, language)


def _box(figure: Figure, place: Place) -> None:
    left, bottom, width, height = place
    form = "round,pad=0,rounding_size=0.12"
    box = FancyBboxPatch((left, bottom), width, height, boxstyle=form, facecolor="white", edgecolor=RULE, zorder=-1)
    box.set_transform(figure.dpi_scale_trans)
    figure.add_artist(box)


def _draw_arrow(figure: Figure, place: Place, *, last_of_row: bool) -> None:
    """From one card to the next; at the end of a row down to the next row."""
    left, bottom, width, height = place
    x, y = left + width + _GAP / 2, bottom + height - 0.24
    ends = ((x - 0.26, y), (x + 0.17, y))
    if last_of_row:
        ends = ((left + width - 0.6, bottom + 0.1), (left + width - 0.6, bottom - _GAP - 0.1))
    arrow = FancyArrowPatch(
        *ends, arrowstyle="-|>,head_length=5,head_width=3", color="#9fb4c8", linewidth=2.2, zorder=5
    )
    arrow.set_transform(figure.dpi_scale_trans)
    figure.add_artist(arrow)


def _write_head(figure: Figure, title: str, worlds: Mapping[str, pa.Table], language: str) -> None:
    phrases = words(language)
    top = figure.get_figheight()
    heading = fitting(harmless(title), 17.0, _INSIDE) if title else phrases["effect_chain"]
    write(figure, _MARGIN + 0.05, top - 0.36, heading, size=17, weight="bold")
    write(figure, _MARGIN + 0.05, top - 0.68, _subtitle(worlds, phrases), colour=MUTED, size=10)


def _subtitle(worlds: Mapping[str, pa.Table], phrases: Mapping[str, str]) -> str:
    first = next(iter(worlds.values()))
    count = len(first.column("replication").unique())
    weeks = phrases["weeks"].format(weeks=len(first.column("week").unique()))
    several = phrases["paired_worlds" if len(worlds) > 1 else "worlds"].format(count=count)
    return f"{weeks}, {several if count > 1 else phrases['one_world']}. {phrases['band'] if count > 1 else ''}"


def _footer(interventions: Starts, language: str) -> list[str]:
    """The key to the marks, on as many lines as it takes, and what the numbers are worth."""
    phrases = words(language)
    starts = [phrases["starts_in"].format(week=week) for week, _ in interventions]
    names = [fitting(harmless(name), 9.0, _INSIDE / 3.0, "normal") for _, name in interventions]
    parts = [f"{number} {name}, {start}" for number, (name, start) in enumerate(zip(names, starts, strict=True), 1)]
    return [*lines_of(parts, 9.0, _INSIDE), phrases["disclaimer"]]


def _marks(worlds: Mapping[str, pa.Table], interventions: Starts) -> list[Mark]:
    first = min((weekly.column("week").to_numpy().min() for weekly in worlds.values()), default=0)
    return [Mark(int(week - first), (number,)) for number, (week, _) in enumerate(interventions, 1)]
