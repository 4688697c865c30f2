"""Figures show the whole chain, the same each time, and are readable for the colour-blind."""

import io
import math
import subprocess
import sys
import warnings
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.image
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.errors import ResultsError
from results.figures.charts import chain_figure, indicator_figure, to_png, to_svg, unit_in_figure
from results.figures.panel import COLOURS, GREY, Mark, spread, time_ticks
from results.figures.sparkline import sparkline
from results.trajectories import trajectories
from tests.synthetic import weekly

HOSTILE = "<img src=x onerror=alert(1)> --> $x^2$ {{7*7}}"


@pytest.fixture(scope="module")
def worlds() -> dict[str, pa.Table]:
    """A baseline and a what-if over a year and a half."""
    return {
        "base": weekly(weeks=80, replications=4),
        "Leadership first": weekly(weeks=80, replications=4, strength=1.0),
    }


def texts(figure: mpl.figure.Figure) -> list[str]:
    """All that is written in a figure."""
    return [text.get_text() for text in figure.findobj(mpl.text.Text)]


def test_panels_follow_the_chain(worlds: dict[str, pa.Table]) -> None:
    """One panel for each link, in order, on one time axis; commercial ends in profit, non-profit in reputation."""
    figure = chain_figure(worlds, title="Hotel")
    written = texts(figure)
    titles = ["Leadership style", "Engagement", "Performance as felt", "Customer delight", "Customer loyalty", "Profit"]

    assert titles == [text for text in written if text in titles]
    assert {(0.0, 80.0)} == {axes.get_xlim() for axes in figure.axes}
    assert "Vertrouwen" not in texts(chain_figure(worlds, sector="nonprofit", language="nl"))
    assert "Reputatie" in texts(chain_figure(worlds, sector="nonprofit", language="nl"))


def test_lines_are_means_and_bands_hold_eight_of_ten() -> None:
    """The line is the mean of the worlds in each week; the band runs from the 10th to the 90th per cent."""
    table = weekly(weeks=20, replications=40)
    line = trajectories({"b": table}, "engagement")[0]
    values = table.column("engagement").to_numpy().reshape(40, 20)

    np.testing.assert_allclose(values.mean(axis=0), line.mean)
    np.testing.assert_allclose(np.quantile(values, [0.1, 0.9], axis=0), [line.low, line.high])


def test_flows_are_at_a_yearly_rate() -> None:
    """Money is shown a year, each week the mean of the quarter before it."""
    table = weekly(weeks=30, replications=2)
    line = trajectories({"b": table}, "revenue")[0]
    values = 52 * table.column("revenue").to_numpy().reshape(2, 30).mean(axis=0)

    np.testing.assert_allclose([values[0], values[:13].mean(), values[17:].mean()], line.mean[[0, 12, 29]])


def test_weeks_without_value_leave_a_gap() -> None:
    """A week in which no world has a value is a gap; a figure of nothing but gaps is drawn all the same."""
    table = weekly(weeks=4, replications=2)
    place = table.column_names.index("recovery_quality")
    for values, points in (([0.5, math.nan, 0.5, 0.5] * 2, 3), ([math.nan] * 8, 0)):
        gaps = table.set_column(place, "recovery_quality", pa.array(values))
        line = trajectories({"b": gaps}, "recovery_quality")[0]

        assert np.isnan(line.mean[1])
        assert to_png(indicator_figure({"b": gaps}, "recovery_quality"))
        assert points == len(sparkline([gaps], "recovery_quality")["lines"][0].split())


def test_what_cannot_be_drawn_is_said(worlds: dict[str, pa.Table]) -> None:
    """A missing column, an unknown indicator and uneven weeks are each one sentence."""
    with pytest.raises(ResultsError, match="'base' has no indicator 'mood'"):
        trajectories(worlds, "mood")
    with pytest.raises(ResultsError, match="no indicator 'mood'; choose one of leadership_style"):
        indicator_figure(worlds, "mood")
    with pytest.raises(ResultsError, match="same weeks in every replication"):
        trajectories({"b": worlds["base"].slice(3)}, "engagement")


def test_png_is_1280_wide(worlds: dict[str, pa.Table]) -> None:
    """The figure is 1280 pixels wide, or twice that for print, and its edge is empty: nothing is cut off."""
    picture = matplotlib.image.imread(
        io.BytesIO(to_png(chain_figure(worlds, title="H", interventions=[(8, "x" * 200)])))
    )
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])

    assert 1280 == picture.shape[1]
    assert 1 == len(np.unique(edge, axis=0))
    assert 2560 == matplotlib.image.imread(io.BytesIO(to_png(chain_figure(worlds), dpi=200))).shape[1]


def test_names_at_the_lines_stay_inside(worlds: dict[str, pa.Table]) -> None:
    """Every text lies inside the figure, however long the names, and names of one panel do not overlap."""
    many = {"base": worlds["base"], **{f"{'W' * 30} {n}": worlds["Leadership first"] for n in range(5)}}
    for shown in (many, dict(list(many.items())[:3])):
        figure = chain_figure(shown, title="T" * 300, interventions=[(week, "W" * 90) for week in range(9)])
        canvas = figure.bbox
        boxes = [text.get_window_extent() for text in figure.findobj(mpl.text.Text) if text.get_text().strip()]

        assert all(0 <= box.x0 and box.x1 <= canvas.x1 and 0 <= box.y0 and box.y1 <= canvas.y1 for box in boxes)
        for axes in figure.axes:
            names = [text.get_window_extent() for text in axes.texts if text.get_position()[0] == 7.0]
            names.sort(key=lambda box: box.y0)
            assert all(below.y0 + below.height * 0.8 <= above.y1 for below, above in pairwise(names))
            assert all(box.x1 <= canvas.x1 for box in names)


def test_svg_is_the_same_each_time(worlds: dict[str, pa.Table]) -> None:
    """Two drawings of the same data are the same bytes, without a date and without anything to fetch."""
    one, other = (to_svg(chain_figure(worlds, interventions=[(8, "L")])) for _ in range(2))
    root = ET.fromstring(one)  # noqa: S314  # made here
    links = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]

    assert one == other
    assert "<dc:date>" not in one
    assert links
    assert {"#"} == {link[0] for link in links}


def test_peoples_settings_do_not_count(worlds: dict[str, pa.Table]) -> None:
    """A figure does not depend on the user's Matplotlib settings, and leaves them as they are."""
    plain = to_svg(indicator_figure(worlds, "engagement"))
    with mpl.rc_context({"font.size": 30.0, "lines.linewidth": 9.0}):
        assert plain == to_svg(indicator_figure(worlds, "engagement"))
        assert 30.0 == mpl.rcParams["font.size"]


def test_settings_are_put_back_beside_a_solara_server() -> None:
    """Its settings are each page's own, and Matplotlib's rc_context puts none of them back."""
    pytest.importorskip("solara", reason="The dashboard is not installed: this test did NOT run.")
    code = """
import warnings
import matplotlib as mpl
from solara.server import app, patch
patch.patch_matplotlib()
warnings.simplefilter("error")
from results.figures.charts import styled
mpl.rcParams["font.size"] = 30.0
with styled():
    assert mpl.rcParams["font.size"] == 9.0
assert mpl.rcParams["font.size"] == 30.0
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_names_are_only_letters(worlds: dict[str, pa.Table]) -> None:
    """Mathematics, markup and letters that the font lacks neither fail, warn nor change anything else."""
    shown = {"base": worlds["base"], HOSTILE: worlds["Leadership first"], "漢字": worlds["base"]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = chain_figure(shown, title=HOSTILE, interventions=[(3, HOSTILE)])
        svg = to_svg(figure)

    ET.fromstring(svg)  # noqa: S314  # made here
    assert HOSTILE in texts(figure)
    assert "<img" not in svg


def test_interventions_are_marked(worlds: dict[str, pa.Table]) -> None:
    """What starts is numbered in every panel and explained once; near ones share a mark."""
    figure = chain_figure(worlds, interventions=[(8, "Leadership"), (9, "Culture"), (52, "Processes"), (500, "Late")])
    written = texts(figure)

    assert (6, 6) == (written.count("1·2"), written.count("3"))
    assert any("3 Processes, from week 52" in text for text in written)
    assert "1\N{EN DASH}3" == Mark(0, (1, 2, 3)).sign
    assert "1·3·4" == Mark(0, (1, 3, 4)).sign


@given(st.lists(st.tuples(st.floats(-50, 250), st.floats(5, 30)), min_size=1, max_size=9))
def test_spread_keeps_blocks_apart(blocks: list[tuple[float, float]]) -> None:
    """Blocks never overlap, keep their order, and stay inside where they fit."""
    wanted, heights = [place for place, _ in blocks], [height for _, height in blocks]
    centres = spread(wanted, heights, 200.0)
    order = sorted(range(len(blocks)), key=lambda index: wanted[index])

    for below, above in pairwise(order):
        assert centres[above] - centres[below] >= (heights[above] + heights[below]) / 2 - 1e-9
    if sum(heights) <= 200.0:
        assert all(h / 2 - 1e-9 <= c <= 200 - h / 2 + 1e-9 for c, h in zip(centres, heights, strict=True))


def test_spread_moves_nothing_without_need() -> None:
    """Names that do not touch stay at their lines."""
    assert [20.0, 100.0, 60.0] == spread([20.0, 100.0, 60.0], [12.0] * 3, 150.0)


@pytest.mark.parametrize("weeks", [1, 4, 10, 20, 26, 27, 52, 78, 79, 156, 260, 520, 2600])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_time_axis_has_few_words(weeks: int, language: str) -> None:
    """Any length gets two to seven ticks from now on, evenly spaced, none beyond the end."""
    ticks = time_ticks(weeks, language)
    places = [place for place, _ in ticks]

    assert 0 == places[0]
    assert 2 <= len(ticks) <= 7
    assert places[-1] <= weeks
    assert 1 == len(set(np.diff(places)))


def test_money_has_its_scale(worlds: dict[str, pa.Table]) -> None:
    """The unit beside the title says what the numbers stand for."""
    assert "€ million a year" == unit_in_figure(worlds, "revenue")
    assert "€ per klant" == unit_in_figure(worlds, "customer_lifetime_value", "nl")
    assert "of encounters" == unit_in_figure(worlds, "delight_rate")


SIGHT = {
    "all": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
"""How colours are seen [Machado, Oliveira & Fernandes 2009, severity 1, linear RGB]."""


def linear(colour: str) -> npt.NDArray[np.float64]:
    """The colour's light, red, green and blue."""
    value = np.array(mpl.colors.to_rgb(colour))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """CIE L*a*b* of linear sRGB under D65."""
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    share = to_xyz @ np.clip(light, 0, 1) / [0.9505, 1.0, 1.089]
    root = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_apart_for_everybody(sight: str) -> None:
    """The first four what-ifs and the baseline differ plainly for every kind of sight."""
    seen = {colour: lab(np.array(SIGHT[sight]) @ linear(colour)) for colour in (GREY, *COLOURS[:4])}
    distances = {pair: float(np.linalg.norm(seen[pair[0]] - seen[pair[1]])) for pair in combinations(seen, 2)}

    assert min(distances.values()) > 12.0, distances


@pytest.mark.parametrize("colour", COLOURS)
def test_colours_are_readable_as_text(colour: str) -> None:
    """Names in a line's colour have a contrast of at least 4.5 to 1 on white [WCAG 2.2, 1.4.3]."""
    luminance = float(np.dot([0.2126, 0.7152, 0.0722], linear(colour)))

    assert 1.05 / (luminance + 0.05) >= 4.5
