"""Rows beside published figures: verdicts by tolerance, sources by the evidence page, and how they are shown."""

import json
import re
from dataclasses import replace
from io import BytesIO
from math import inf, isfinite, nan

import pytest
from matplotlib.image import imread
from rich.console import Console

from experiments.effect_sizes.measures import MEASURES
from experiments.effect_sizes.published import published
from results.effect_sizes.figure import sizes_figure
from results.effect_sizes.page import sizes_page
from results.effect_sizes.table import EffectSize, EffectSizes, Published
from results.effect_sizes.terminal import print_sizes
from results.effect_sizes.words import size_words
from results.figures.charts import to_png
from results.statistics import Interval
from tests.worlds import HOUSE


def row(name: str) -> Published:
    """One of the published rows."""
    return next(one for one in published() if one.id == name)


def interval(mean: float, half: float = 0.01) -> Interval:
    """A figure and so much either way."""
    return Interval(mean, mean - half, mean + half, 200, 0.95)


def table() -> EffectSizes:
    """All rows: the first measured far outside, the others in the middle of their tolerance where they can be."""
    rows = []
    for number, one in enumerate(published()):
        middle = 0.5 * (max(one.low, -1.0) + min(one.high, 9.0))
        found = None if one.id not in MEASURES else interval(-0.9 if number == 0 else middle)
        rows.append(EffectSize(one, found, (0.1, 12345.0) if number == 1 else ()))
    return EffectSizes(rows, 200, 10, 7, 12.3)


@pytest.mark.parametrize(
    ("mean", "half", "expected"),
    [
        (0.33, 0.05, ("inside", True)),
        (0.33, 0.15, ("inside", False)),
        (0.10, 0.05, ("outside", True)),
        (0.20, 0.05, ("outside", False)),
        (0.60, 0.05, ("outside", True)),
        (nan, 0.05, ("not measured", False)),
    ],
)
def test_the_figure_decides_and_the_interval_says_how_surely(
    mean: float, half: float, expected: tuple[str, bool]
) -> None:
    """Tolerance .23 to .43 about the published .33."""
    found = EffectSize(row("engagement_customers"), interval(mean, half))

    assert expected == (found.verdict, found.is_sure)


def test_what_is_not_measured_is_neither_inside_nor_outside() -> None:
    """And is counted apart; figures held out of calibration are counted for themselves."""
    sizes = table()
    without = sum(one.id not in MEASURES for one in published())

    assert "not measured" == EffectSize(row("fit_commitment"), None).verdict
    assert (1, without) == (sizes.count("outside"), sizes.count("not measured"))
    assert len(sizes.rows) == sizes.count("inside") + 1 + without
    assert sizes.count("inside", "held out") == sum(one.use == "held out" and one.id in MEASURES for one in published())


def test_every_row_is_measured_or_says_why_not() -> None:
    """And every measure has its row."""
    rows = {one.id: one for one in published()}

    assert set() == set(MEASURES) - set(rows)
    for name in set(rows) - set(MEASURES):
        assert rows[name].english.note
        assert not isfinite(rows[name].low)


def test_tolerances_hold_what_was_published_and_widths_are_as_stated() -> None:
    """.10 either way for correlations that were read, .15 for those from memory, sign alone where none was found."""
    for one in published():
        if one.id not in MEASURES:
            continue
        assert all(one.low - 1e-9 <= figure <= one.high + 1e-9 for figure in one.figure), one.id
        assert one.low < one.high
        if one.scale == "correlation" and len(one.figure) == 1 and one.id != "quality_mediates":
            wide = 0.10 if one.status == "V" else 0.15
            assert pytest.approx((one.figure[0] - wide, one.figure[0] + wide)) == (one.low, one.high), one.id


def test_sources_and_marks_are_those_of_the_evidence_page() -> None:
    """Each reference is a row of docs/evidence.md; a mark is V, M or U; both languages say something."""
    known = set(
        re.findall(r"^\| ([ECRD]\d+) \|", (HOUSE / "docs" / "evidence.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for one in published():
        assert set(one.ref.split(", ")) <= known, one.id
        assert one.status in {"V", "M", "U"}
        assert one.use in {"used", "related", "held out"}
        assert one.english.what != one.dutch.what
        assert bool(one.english.note) == bool(one.dutch.note)
        assert bool(one.english.how) == bool(one.dutch.how) == (one.id in MEASURES)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_terminal_shows_all_rows_within_its_width(language: str) -> None:
    """Every row with its verdict, at most 80 columns wide."""
    console = Console(width=80, record=True, file=None, force_terminal=True, quiet=False)
    with console.capture() as said:
        print_sizes(table(), language, console)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", said.get())

    assert max(map(len, plain.splitlines())) <= 80
    words = " ".join(plain.split())
    for one in published():
        assert " ".join(one.texts(language).what.split()) in words
    assert size_words(language)["outside"] in words


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_says_how_each_row_is_measured(language: str) -> None:
    """With source, status, tolerance, note and the figures behind it; it asks nothing of the net."""
    page = sizes_page(table(), language)

    assert page.startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org", "")
    for one in published():
        for text in (one.texts(language).what, one.texts(language).note):
            assert text.replace("'", "&#39;").replace(">", "&gt;") in page
    assert ("12.345" if language == "nl" else "12,345") in page


def test_the_figure_is_drawn_with_figures_beyond_its_axes() -> None:
    """A ratio of 700 and one without end stand at the edge."""
    sizes = table()
    rows = list(sizes.rows)
    place = next(number for number, one in enumerate(rows) if one.published.id == "messages")
    rows[place] = replace(rows[place], found=Interval(700.0, 500.0, inf, 200, 0.95))
    picture = imread(BytesIO(to_png(sizes_figure(replace(sizes, rows=rows)), 50)))

    assert picture.std() > 0.02


def test_data_is_plain() -> None:
    """No number that JSON lacks; bounds and details that there are not are null."""
    found = table()
    unknown = replace(found, rows=[replace(found.rows[0], details=(nan, 0.5)), *found.rows[1:]])
    data = json.loads(json.dumps(unknown.as_data(), allow_nan=False))
    first, absent = data["rows"][0], next(one for one in data["rows"] if one["verdict"] == "not measured")

    assert {"inside", "outside", "not measured"} == set(data["verdicts"])
    assert (-0.9, "outside", True) == (first["measured"], first["verdict"], first["sure"])
    assert [None, 0.5] == first["details"]
    assert (None, None, [None, None]) == (absent["measured"], absent["interval"], absent["tolerance"])
