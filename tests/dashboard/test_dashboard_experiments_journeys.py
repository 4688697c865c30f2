"""Experiments in a browser: a sweep seen while it goes on, its points brushed, and one of them opened."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.words import LANGUAGES, words_of
from experiments.designs.experiment import load_experiment, parse_experiment
from tests import sweeps
from tests.finished_sweeps import finished

pytestmark = pytest.mark.journey

EXPERIMENT = """
schema = 1
name = "culture_and_leadership"
scenario = "hotel"
replications = 2
seed = 3
[design]
kind = "latin_hypercube"
points = 60
[factors]
"building_blocks.culture" = {low = 0.2, high = 0.8}
"building_blocks.leadership" = {low = 0.2, high = 0.8}
"""

WIDTHS = ((1280, 800), (1920, 1080), (390, 844), (320, 640))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str) -> Path:  # noqa: ARG001
    """The folder in which the dashboard stands now, with two finished sweeps, one of them of long names."""
    experiment = parse_experiment(EXPERIMENT, "text", Path())
    store = finished(tmp_path / "runs" / "whole", experiment, _loyalty)
    identity = {"scenario": experiment.base.as_dict(), "scenarios": {}}
    whole = {**store.manifest} | {"identity": identity, "command": "effectchain sweep mine.toml"}
    (store.folder / "manifest.json").write_text(json.dumps(whole))
    finished(tmp_path / "runs" / "words", load_experiment("when_and_how"), _by_start)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _loyalty(design: pa.Table, replication: int) -> np.ndarray:
    culture, leadership = (design.column(f"building_blocks.{name}").to_numpy() for name in ("culture", "leadership"))
    return np.asarray(0.5 + 0.1 * culture + 0.3 * leadership + 0.001 * np.sin(np.arange(len(culture)) + replication))


def _by_start(design: pa.Table, replication: int) -> np.ndarray:
    start = design.column("interventions.0.start").to_numpy()
    return np.asarray(0.5 + 0.001 * start + 0.001 * np.sin(np.arange(len(start)) * 7.0 + replication))


def drag(page: Page, shares: tuple[float, float, float, float]) -> None:
    """Draw a rectangle over the picture, from one corner to another."""
    plot = page.locator(".exp-plot svg")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box
    left, top, right, bottom = shares
    page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"])
    page.mouse.up()


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sweep_is_found_brushed_and_a_point_opened(page: Page, axe: Callable[[Page], None], language: str) -> None:
    """Filter, choose, read the command, select points in the picture, and go on with one of them."""
    words = words_of("experiments", language)
    page.goto(f"/experiments?lang={language}")
    page.get_by_label(words["filter"]).fill("nothing like it")
    expect(page.get_by_text(words["none_fit"])).to_be_visible()
    page.get_by_label(words["filter"]).fill("CULTURE")
    page.get_by_role("button", name="culture_and_leadership").click()
    expect(page.get_by_text("effectchain sweep mine.toml")).to_be_visible()
    expect(page.locator(".exp-table").nth(1)).to_contain_text("Leadership" if language == "en" else "Leiderschap")
    axe(page)
    expect(page.get_by_text(words["every"].format(all=60))).to_be_visible()
    drag(page, (0.02, 0.02, 0.98, 0.3))
    expect(page.locator(".exp-chosen")).not_to_contain_text("60")
    rows = page.locator(".exp-scroll tbody tr")
    assert 0 < rows.count() <= 12
    rows.first.get_by_role("button").click()

    page.wait_for_url("**/")
    expect(page.locator("main")).to_contain_text("hotel", ignore_case=True, timeout=20_000)


@pytest.mark.usefixtures("start")
def test_points_are_selected_without_a_mouse(page: Page) -> None:
    """The ends are sliders, and what they stand for is said."""
    page.goto("/experiments?lang=en&folder=runs/whole")
    slider = page.get_by_role("slider", name="Customer loyalty from")
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator(".exp-chosen")).to_contain_text("0 points selected")
    page.get_by_role("button", name="Select all").click()
    expect(page.locator(".exp-chosen")).to_contain_text("All 60 points")


def test_a_sweep_is_seen_to_go_on(page: Page, start: Path) -> None:
    """Running, then further, then stopped, without a reload; what failed is told."""
    store = sweeps.sweep(start / "runs" / "going", cells=12)
    blocks = list(store.blocks())
    with store.locked():
        for block in blocks[:2]:
            store.write(block, sweeps.rows(block, [1]), sweeps.runs(block, [1]))
        page.goto("/experiments?lang=en&folder=runs/going")
        expect(page.get_by_text("8 of 24 runs")).to_be_visible()
        expect(page.locator(".exp-progress")).to_contain_text("running")
        expect(page.locator(".exp-line").first).to_contain_text("loyalty is NaN in week 3")
        for block in blocks[2:4]:
            store.write(block, sweeps.rows(block), sweeps.runs(block))
        expect(page.get_by_text("16 of 24 runs")).to_be_visible(timeout=10_000)
    expect(page.locator(".exp-progress")).to_contain_text("stopped", timeout=10_000)
    expect(page.locator(".exp-state").first).to_contain_text("stopped")


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("path", ["../../etc", "/etc", "runs", "<script>alert(1)</script>"])
def test_an_address_leads_to_no_other_folder(page: Page, path: str) -> None:
    """A sentence, and nothing of it is read."""
    page.goto(f"/experiments?lang=nl&folder={path}")

    expect(page.get_by_role("alert")).to_contain_text("Dit is niet te lezen.")


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_hangs_over_the_edge(
    visit: Callable[..., object], picture_folder: Path | None, width: tuple[int, int]
) -> None:
    """On a phone, a laptop and a large screen, in Dutch."""
    page: Page = visit(viewport={"width": width[0], "height": width[1]}).page()  # type: ignore[attr-defined]
    for name in ("whole", "words"):
        page.goto(f"/experiments?lang=nl&folder=runs/{name}")
        page.locator(".exp-plot svg").wait_for()
        expect(page.locator(".exp-table")).to_have_count(2)
        if picture_folder:
            page.screenshot(path=picture_folder / f"experiments-{name}-{width[0]}.png", full_page=True)
        assert width[0] >= page.evaluate("document.documentElement.scrollWidth")
