"""One panel of a figure: an indicator over time, what-ifs beside the baseline, names at the ends of the lines."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from results.figures.lettering import fitting
from results.indicators import Indicator
from results.numbers import decimal, level
from results.trajectories import WEEKS_A_YEAR, Trajectory
from results.words import harmless, words

MUTED: Final = "#5b6775"
GREY: Final = "#7d8a98"
RULE: Final = "#e3e8ee"

NAME_WIDTH: Final = 92.0
"""Points to the right of the axes in which the lines' names must fit."""

COLOURS: Final = ("#0b6fb8", "#c2560a", "#7b3f98", "#0a7d5a", "#8a6d00", "#b0305c")
"""Of what-ifs in their order: dark enough for text on white, and apart for people who are colour-blind."""

_LEAST_SPAN: Final = {"share": 4.0, "rate": 4.0, "mark": 0.08, "points": 10.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """What starts in a week, counted from the first: `numbers`, which the key explains."""

    week: int
    numbers: tuple[int, ...]

    @property
    def sign(self) -> str:
        """The numbers as they are drawn: 4, 1·3 or 1 to 9 with a dash."""
        first, last = self.numbers[0], self.numbers[-1]
        if len(self.numbers) > 2 and last - first + 1 == len(self.numbers):
            return f"{first}\N{EN DASH}{last}"
        return "·".join(map(str, self.numbers))


@dataclass(frozen=True, slots=True)
class _Scale:
    """How values become heights: 0.11 is drawn at 11 and written 11%."""

    factor: float
    suffix: str
    unit: str


def draw_panel(
    axes: Axes, found: Sequence[Trajectory], indicator: Indicator, marks: Sequence[Mark], language: str
) -> None:
    """Draw into empty axes: bands, lines, names at the right, marks of what starts at the top.

    The first trajectory is the baseline, dashed and grey when there are others.
    """
    scale = _scale(found, indicator, language)
    _frame(axes, found, scale, indicator, language)
    paleness = 1.0 if len(found) <= 3 else 0.4
    for position, line in enumerate(found):
        dashed, colour = position == 0 and len(found) > 1, colour_of(position, len(found))
        _draw_band(axes, line, scale.factor, colour, paleness * (0.10 if dashed else 0.17))
        _draw_line(axes, line, scale.factor, colour, dashed=dashed)
    _draw_names(axes, found, indicator, scale.factor, language)
    _draw_marks(axes, marks)


def unit_of(found: Sequence[Trajectory], indicator: Indicator, language: str) -> str:
    """What the panel's numbers stand for, such as € million a year."""
    return _scale(found, indicator, language).unit


def time_ticks(weeks: int, language: str) -> list[tuple[int, str]]:
    """Places, in weeks from the start, and words of the time axis: now, 1 y, 2 y."""
    phrases = words(language)
    if weeks <= 26:
        step = next(step for step in (1, 2, 4, 8) if weeks <= 4 * step or step == 8)
        places = [(week, f"{week} {phrases['weeks_short']}") for week in range(step, weeks + 1, step)]
    else:
        years = math.ceil(weeks / WEEKS_A_YEAR / 5)
        step = next((step for most, step in ((78, 13), (130, 26)) if weeks <= most), years * WEEKS_A_YEAR)
        places = [(week, _age(week, phrases)) for week in range(step, weeks + 1, step)]
    return [(0, phrases["now"]), *places]


def _age(week: int, phrases: Mapping[str, str]) -> str:
    """Whole years as years, quarters of a year as months."""
    years, rest = divmod(week, WEEKS_A_YEAR)
    return f"{12 * years + rest * 3 // 13} {phrases['months_short']}" if rest else f"{years} {phrases['years_short']}"


def spread(wanted: Sequence[float], heights: Sequence[float], top: float) -> list[float]:
    """Centres as near as may be to those wanted, so that blocks of these heights neither overlap nor leave 0 to top.

    When they do not all fit, they are stacked from 0 and overlap nowhere.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    centres = list(wanted)
    floor = 0.0
    for index in order:
        centres[index] = max(centres[index], floor + heights[index] / 2.0)
        floor = centres[index] + heights[index] / 2.0
    ceiling = max(top, sum(heights))
    for index in reversed(order):
        centres[index] = min(centres[index], ceiling - heights[index] / 2.0)
        ceiling = centres[index] - heights[index] / 2.0
    return centres


def colour_of(position: int, count: int) -> str:
    """Of a line among so many: grey for the first, which is what the others are held against."""
    if count == 1:
        return COLOURS[0]
    return GREY if position == 0 else COLOURS[(position - 1) % len(COLOURS)]


def _scale(found: Sequence[Trajectory], indicator: Indicator, language: str) -> _Scale:
    unit = indicator.unit(language)
    if indicator.kind in {"share", "rate"}:
        return _Scale(100.0, "%", unit)
    if indicator.kind != "money":
        return _Scale(1.0, "", unit)
    largest = max(float(np.nanmax(np.abs(line.mean))) for line in found)
    phrases = words(language)
    for factor, name in ((1e-6, "million"), (1e-3, "thousand")):
        if largest * factor >= (0.1 if name == "million" else 10.0):
            return _Scale(factor, "", f"€ {phrases[name]} {unit}")
    return _Scale(1.0, "", f"€ {unit}")


def _frame(axes: Axes, found: Sequence[Trajectory], scale: _Scale, indicator: Indicator, language: str) -> None:
    weeks = int(max(line.weeks[-1] for line in found)) + 1
    axes.set_xlim(0, weeks)
    axes.set_ylim(*_limits(found, scale.factor, _LEAST_SPAN.get(indicator.kind, 0.0)))
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(RULE)
    axes.patch.set_alpha(0.0)
    axes.grid(axis="y", color=RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    ticks = time_ticks(weeks, language)
    axes.xaxis.set_major_locator(FixedLocator([place for place, _ in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xticklabels([text for _, text in ticks])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, min_n_ticks=3, steps=[1, 2, 5, 10]))
    places = [place for place in axes.get_yticks() if axes.get_ylim()[0] <= place <= axes.get_ylim()[1]]
    decimals = tick_decimals(places)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal(value, decimals, language) + scale.suffix))
    axes.tick_params(length=0, labelsize=8.5, labelcolor=MUTED, pad=5)


def tick_decimals(places: Iterable[float]) -> int:
    """As few decimals as tell these ticks exactly, six at most."""
    steps = [b - a for a, b in pairwise(places)] or [1.0]
    return next((count for count in range(6) if abs(round(steps[0], count) - steps[0]) < 1e-9), 6)


def _limits(found: Sequence[Trajectory], factor: float, least: float) -> tuple[float, float]:
    """Room for all bands; never so little that noise looks like a story, never below 0 without need."""
    values = factor * np.concatenate([edge for line in found for edge in (line.low, line.high, line.mean)])
    values = values[np.isfinite(values)] if np.isfinite(values).any() else np.zeros(1)
    low, high = float(values.min()), float(values.max())
    least = max(least, 0.1 * abs(high + low) / 2.0 if least == 0.0 else 0.0, 1e-9)
    pad = max(0.08 * (high - low), (least - (high - low)) / 2.0)
    bottom = low - pad
    return (max(bottom, 0.0) if low >= 0.0 else bottom), high + pad


def _draw_band(axes: Axes, line: Trajectory, factor: float, colour: str, strength: float) -> None:
    axes.fill_between(line.weeks, factor * line.low, factor * line.high, color=colour, alpha=strength, linewidth=0)


def _draw_line(axes: Axes, line: Trajectory, factor: float, colour: str, *, dashed: bool) -> None:
    width, form = (1.5, (0, (4, 2.6))) if dashed else (2.2, "solid")
    axes.plot(line.weeks, factor * line.mean, color=colour, linewidth=width, linestyle=form, solid_capstyle="round")
    if not dashed:
        place = int(np.flatnonzero(np.isfinite(line.mean))[-1]) if np.isfinite(line.mean).any() else -1
        end = (line.weeks[place], factor * line.mean[place])
        axes.plot(*end, marker="o", markersize=5.5, color=colour, clip_on=False, zorder=4)


def _draw_names(axes: Axes, found: Sequence[Trajectory], indicator: Indicator, factor: float, language: str) -> None:
    """Value and name where each line ends, moved apart where lines end together."""
    named = [(position, line, _end(line)) for position, line in enumerate(found) if math.isfinite(_end(line))]
    low, high = axes.get_ylim()
    points = axes.get_window_extent().height / axes.figure.dpi * 72.0
    wanted = [(factor * end - low) / (high - low) * points for _, _, end in named]
    tall = len(found) <= 4
    heights = [25.0 if tall and (position or len(found) == 1) else 12.5 for position, _, _ in named]
    for (position, line, end), centre, height in zip(named, spread(wanted, heights, points), heights, strict=True):
        is_base = position == 0 and len(found) > 1
        name = words(language)["baseline"] if is_base else harmless(line.name)
        value = level(end, indicator, language)
        _write(axes, centre, value, name, MUTED if is_base else colour_of(position, len(found)), two_lines=height > 13)


def _write(axes: Axes, centre: float, value: str, name: str, colour: str, *, two_lines: bool) -> None:
    lines = [(value, 11.5, 6.0), (fitting(name, 8.5, NAME_WIDTH), 8.5, -6.5)]
    if not two_lines:
        lines = [(fitting(f"{value} {name}", 8.5, NAME_WIDTH, "normal"), 8.5, 0.0)]
    for text, size, up in lines:
        axes.annotate(
            text,
            xy=(1.0, 0.0),
            xycoords="axes fraction",
            xytext=(7.0, centre + up),
            textcoords="offset points",
            color=colour,
            fontsize=size,
            fontweight="bold" if two_lines else "normal",
            va="center",
            annotation_clip=False,
            parse_math=False,
        )


def _end(line: Trajectory) -> float:
    finite = line.mean[np.isfinite(line.mean)]
    return float(finite[-1]) if finite.size else math.nan


def _draw_marks(axes: Axes, marks: Sequence[Mark]) -> None:
    """A dotted line where something starts, with its number above the panel."""
    last = axes.get_xlim()[1]
    for mark in _joined([mark for mark in marks if 0 <= mark.week <= last], 0.07 * last):
        axes.axvline(mark.week, color="#9fb4c8", linewidth=0.9, linestyle=(0, (1, 2.4)), zorder=0.8)
        form = "circle,pad=0.28" if len(mark.sign) == 1 else "round,pad=0.3,rounding_size=0.6"
        axes.annotate(
            mark.sign,
            xy=(mark.week, 1.0),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0.0, 8.0),
            textcoords="offset points",
            fontsize=7.5,
            fontweight="bold",
            color="#40505f",
            ha="center",
            va="center",
            bbox={"boxstyle": form, "facecolor": "#eef3f8", "edgecolor": "#9fb4c8", "linewidth": 0.9},
            annotation_clip=False,
            parse_math=False,
        )


def _joined(marks: Sequence[Mark], near: float) -> list[Mark]:
    """Marks that would cover each other as one, at the place of the first."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.week):
        if joined and mark.week - joined[-1].week < near * (1.0 if len(joined[-1].sign) < 3 else 2.1):
            joined[-1] = Mark(joined[-1].week, tuple(sorted(joined[-1].numbers + mark.numbers)))
        else:
            joined.append(mark)
    return joined
