"""Slides can be read: nothing leaves the slide or covers its foot, and no name in a chart covers another."""

import io
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("pptx", reason="python-pptx is not installed: these tests did NOT run.")

from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from experiments.comparison.comparison import compare
from experiments.handing import Handout
from results.indicators import INDICATORS
from results.reports.slide_charts import INNER, LABEL, draw_cash, draw_lines
from results.reports.slide_deck import Deck
from tests.small_organisation import small

FOOT = Inches(6.95)
BASE = small().with_({"about.text_en": "A sentence of some length that says little. " * 14})
LONG = "a-name-that-is-much-too-long-for-the-end-of-a-line"


@cache
def deck(language: str) -> Any:
    """Slides of a comparison with three what-ifs, nine interventions and a name that has no end."""
    all_nine = BASE.with_(name=LONG)
    for block in ("understanding", "strategy", "leadership", "culture", "design", "engagement", "operations"):
        all_nine = all_nine.strengthen(block, to=0.9)
    others = [BASE.with_(name=name).strengthen(name, to=0.9) for name in ("leadership", "culture")]
    handout = Handout.of_comparison(compare(BASE, [all_nine, *others], replications=2, seed=4))
    return Presentation(io.BytesIO(handout.file("pptx", language).content))


def charts(slides: Any) -> list[tuple[Any, float]]:
    """Each chart with its height in inches."""
    found = [shape for slide in slides.slides for shape in slide.shapes if shape.has_chart]
    return [(shape.chart, shape.height / Inches(1)) for shape in found]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_everything_lies_on_the_slide_and_tables_end_above_the_foot(language: str) -> None:
    """Shapes stay within the slide's borders; what is no foot ends above it."""
    slides = deck(language)
    outside = [
        (number, shape.name)
        for number, slide in enumerate(slides.slides, 1)
        for shape in slide.shapes
        if min(shape.left, shape.top) < 0
        or shape.left + shape.width > slides.slide_width
        or shape.top + shape.height > (slides.slide_height if shape.top >= FOOT else FOOT)
    ]

    assert [] == outside


@pytest.mark.parametrize("language", ["en", "nl"])
def test_names_at_the_ends_of_lines_cover_no_other(language: str) -> None:
    """Each line has its value and its name, cut where it is too long; all stand apart and within the chart."""
    for chart, tall in charts(deck(language))[:6]:
        axis = chart.value_axis
        low, high = axis.minimum_scale, axis.maximum_scale
        centres = []
        for series in chart.plots[0].series:
            label = series.points[len(list(series.values)) - 1].data_label
            value, name = (paragraph.text for paragraph in label.text_frame.paragraphs)
            moved = float(label._dLbl.find(f"{qn('c:layout')}//{qn('c:y')}").get("val"))
            end = 1.0 - INNER[1] - INNER[3] + INNER[3] * (list(series.values)[-1] - low) / (high - low)
            centres.append(end - moved)
            assert value
            assert 1 <= len(name) <= 22

        assert 4 == len(centres)
        assert all(after - before >= LABEL / tall - 1e-3 for before, after in pairwise(sorted(centres)))
        assert min(centres) > 0.0
        assert max(centres) < 1.0


@pytest.mark.parametrize(("language", "million"), [("en", '" m"'), ("nl", '" mln"')])
@pytest.mark.parametrize(("low", "high"), [(-900_000.0, 2_300_000.0), (-3.0, 1.0), (0.0, 0.0), (41_000.0, 41_010.0)])
def test_an_axis_has_round_numbers_around_all_values(language: str, million: str, low: float, high: float) -> None:
    """One to eight steps; millions are written in the language's own way; week numbers stand below the plot."""
    slides = Deck("stamp", "title", language)
    weeks = np.arange(1, 157)
    mean = np.linspace(low, high, 156)
    table = pa.table({"week": weeks, "mean": mean, "lower": mean, "upper": mean})
    slide = slides.slide("Money")
    draw_cash(slide, (0.6, 3.0, 12.1, 3.8), "Mine", table, "Extra profit", language)
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    axis = chart.value_axis
    steps = (axis.maximum_scale - axis.minimum_scale) / axis.major_unit

    assert axis.minimum_scale <= low <= high <= axis.maximum_scale
    assert 1 <= steps <= 8
    assert (max(abs(low), abs(high)) >= 1e5) == (million in axis.tick_labels.number_format)
    assert (0, 156, 52) == (
        chart.category_axis.minimum_scale,
        chart.category_axis.maximum_scale,
        chart.category_axis.major_unit,
    )


def test_what_an_axis_says_is_where_it_says_it() -> None:
    """Steps of a fortieth have three decimals: no two lines of a grid bear the same number, and none a rounded one."""
    slides = Deck("stamp", "title", "en")
    slide = slides.slide("Course")
    weeks = {"week": np.arange(156), "replication": np.zeros(156, int)}
    weekly = {
        name: pa.table({**weeks, "engagement": np.linspace(0.5, end, 156)}) for name, end in (("a", 0.5), ("b", 0.62))
    }
    draw_lines(slide, (0.6, 1.7, 12.1, 5.1), weekly, INDICATORS["engagement"], "en")
    axis = next(shape.chart for shape in slide.shapes if shape.has_chart).value_axis

    assert 0.025 == axis.major_unit
    assert "0.000" == axis.tick_labels.number_format
