"""Charts on slides, drawn by the program that shows them: their numbers can be edited, their lines are named."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
from pptx.chart.data import XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from results.figures.panel import COLOURS, MUTED, RULE, colour_of, spread
from results.indicators import Indicator
from results.numbers import level
from results.trajectories import WEEKS_A_YEAR, trajectories
from results.words import harmless, words

STEP: Final = 4
"""Weeks between the points of a chart, so that its data sheet can be read."""

Place = tuple[float, float, float, float]
"""Left, top, width and height in inches."""

INNER: Final = (0.075, 0.04, 0.745, 0.86)
"""Left, top, width and height of the plot within its chart, as shares: names stand at its right."""

LABEL: Final = 0.44
"""Inches of height that a line's value and name take."""

LONGEST: Final = 22
"""Characters of a name at a line's end."""

TICKS: Final = 5
"""Steps of an axis, about."""

_Data: Any = XyChartData
_Colour: Any = RGBColor
"""Their package has types for some of it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line on a chart: its points, its colour, and what stands at its end, if anything does."""

    name: str
    weeks: Any
    values: Any
    colour: str
    end: str = ""
    width: float = 2.5
    is_dashed: bool = False


def draw_lines(slide: Any, place: Place, worlds: Mapping[str, pa.Table], indicator: Indicator, language: str) -> None:
    """An indicator over time; one what-if, or one scenario alone, has its band too."""
    found = trajectories(worlds, indicator.name)
    names = [harmless(line.name, LONGEST) for line in found]
    if len(found) > 1:
        names[0] = words(language)["baseline"]
    lines = [
        Drawn(
            name,
            line.weeks + 1,
            line.mean,
            colour_of(number, len(found)),
            level(float(line.mean[-1]), indicator, language),
            1.75 if number == 0 and len(found) > 1 else 2.5,
            number == 0 and len(found) > 1,
        )
        for number, (name, line) in enumerate(zip(names, found, strict=True))
    ]
    band = found[-1]
    edges = [_edge("<", band.weeks + 1, band.low), _edge(">", band.weeks + 1, band.high)] if len(found) <= 2 else []
    _draw(slide, place, lines, edges, indicator.kind, language)


def draw_cash(slide: Any, place: Place, name: str, table: pa.Table, title: str, language: str) -> None:
    """The running sum of extra profit, with its band."""
    weeks, mean, low, high = (table.column(one).to_numpy() for one in ("week", "mean", "lower", "upper"))
    line = Drawn(harmless(name, LONGEST), weeks, mean, COLOURS[0])
    chart = _draw(slide, place, [line], [_edge("<", weeks, low), _edge(">", weeks, high)], "money", language)
    chart.has_title = True
    paragraph = chart.chart_title.text_frame.paragraphs[0]
    _write(paragraph, title, 12, MUTED, bold=False)


def _edge(sign: str, weeks: Any, values: Any) -> Drawn:
    return Drawn(f"8/10 {sign}", weeks, values, "#b9cbdc", width=0.75)


def _draw(slide: Any, place: Place, lines: Sequence[Drawn], edges: Sequence[Drawn], kind: str, language: str) -> Any:
    low, high, step = _scale([*lines, *edges], kind)
    form = _form(kind, max(abs(low), abs(high)), step, language)
    data = _Data(number_format=form)
    for line in (*lines, *edges):
        series = data.add_series(line.name)
        for week, value in _points(line):
            series.add_data_point(week, value)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, *map(Inches, place), data).chart
    chart.has_legend = False
    chart.font.size = Pt(11)
    chart.font.color.rgb = _rgb(MUTED)
    _place_plot(chart)
    for one, line in zip(chart.plots[0].series, (*lines, *edges), strict=True):
        one.smooth = False
        one.format.line.color.rgb = _rgb(line.colour)
        one.format.line.width = Pt(line.width)
        if line.is_dashed:
            one.format.line.dash_style = MSO_LINE.DASH
    _axes(chart, low, high, step, form, int(lines[0].weeks[-1]), words(language)["weeks_short"])
    _name_ends(chart, lines, low, high, place[3])
    return chart


def _points(line: Drawn) -> list[tuple[int, float]]:
    """Every fourth week and the last, where there is a value."""
    last = len(line.values) - 1
    taken = [*range(0, last, STEP), last]
    return [(int(line.weeks[at]), float(line.values[at])) for at in taken if math.isfinite(line.values[at])]


def _scale(lines: Sequence[Drawn], kind: str) -> tuple[float, float, float]:
    """Ends and step of the upward axis: round numbers around all values; shares end at 1."""
    values = np.concatenate([np.asarray(line.values, float) for line in lines])
    values = values[np.isfinite(values)] if np.isfinite(values).any() else np.zeros(1)
    least, most = float(values.min()), float(values.max())
    step = _tidy(max(most - least, 1e-6, 1e-3 * abs(most)) / TICKS)
    low, high = step * math.floor(least / step), step * math.ceil(most / step)
    if kind == "share" and most <= 1.0:
        high = min(high, 1.0)
        return min(low, high - step), high, step
    return low, max(high, low + step), step


def _tidy(step: float) -> float:
    """The next larger of 1, 2, 2.5, 5 and 10 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(power * times for times in (1.0, 2.0, 2.5, 5.0, 10.0) if step <= power * times * (1.0 + 1e-9))


def _form(kind: str, largest: float, step: float, language: str) -> str:
    """How a spreadsheet program writes the numbers, with as many decimals as the steps need."""
    if kind == "money" and largest >= 1e5:
        return f'€ #,##0.00,," {words(language)["million_short"]}"'
    if kind in {"share", "rate"}:
        return _decimals(100.0 * step, 0) + "%"
    return {"money": "€ #,##0", "points": "+0;-0;0"}.get(kind) or _decimals(step, 2)


def _decimals(step: float, least: int) -> str:
    """As many decimals as the steps have, up to four, and these at least."""
    count = next((count for count in range(4) if abs(step * 10**count - round(step * 10**count)) < 1e-6), 4)
    count = max(count, least)
    return f"0.{'0' * count}" if count else "0"


def _place_plot(chart: Any) -> None:
    """Keep the plot where it is, so that names have their room at its right."""
    area = chart._chartSpace.chart.plotArea  # noqa: SLF001  python-pptx has no name for the layout
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    parts = "".join(f'<c:{key} val="{value}"/>' for key, value in zip("xywh", INNER, strict=True))
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{parts}</c:manualLayout></c:layout>"))


def _axes(chart: Any, low: float, high: float, step: float, form: str, weeks: int, unit: str) -> None:
    up, across = chart.value_axis, chart.category_axis
    up.minimum_scale, up.maximum_scale, up.major_unit = low, high, step
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = form, False
    up.has_major_gridlines = True
    up.major_gridlines.format.line.color.rgb = _rgb(RULE)
    up.format.line.fill.background()
    across.has_major_gridlines = False
    across.minimum_scale, across.maximum_scale = 0, weeks
    across.major_unit = WEEKS_A_YEAR if weeks > WEEKS_A_YEAR else max(1, weeks // 4)
    across.tick_labels.number_format, across.tick_labels.number_format_is_linked = f'"{unit} "0', False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # below the plot, not across it where values are negative
    across.format.line.color.rgb = _rgb(RULE)
    for axis in (up, across):
        axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE


def _name_ends(chart: Any, lines: Sequence[Drawn], low: float, high: float, tall: float) -> None:
    """Value and name where each line ends, moved apart until none covers another; they are the chart's own labels."""
    named = [
        (number, line)
        for number, line in enumerate(lines)
        if line.end and math.isfinite(line.values[-1]) and len(_points(line))
    ]
    _, top, _, height = INNER
    ends = [1.0 - top - height + height * (float(line.values[-1]) - low) / (high - low) for _, line in named]
    for (number, line), end, place in zip(named, ends, spread(ends, [LABEL / tall] * len(ends), 1.0), strict=True):
        point = len(_points(line)) - 1
        label = chart.plots[0].series[number].points[point].data_label
        frame = label.text_frame
        _write(frame.paragraphs[0], line.end, 13, line.colour, bold=True)
        _write(frame.add_paragraph(), line.name, 11, line.colour, bold=False)
        label.position = XL_LABEL_POSITION.RIGHT
        _move(label._dLbl, end - place)  # noqa: SLF001  python-pptx has no name for a label's place


def _move(label: Any, down: float) -> None:
    """Move a label by this share of the chart's height."""
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:x val="0"/><c:y val="{down:.4f}"/></c:manualLayout></c:layout>'
    )
    for old in label.findall(qn("c:layout")):
        label.remove(old)
    label.find(qn("c:idx")).addnext(layout)


def _write(paragraph: Any, text: str, size: float, colour: str, *, bold: bool) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    return _Colour.from_string(colour.removeprefix("#").upper())
