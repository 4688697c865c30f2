"""The trainer's page in a real browser: a whole story by keyboard, predictions, notes, languages, and no mouse."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.present.library import OWN_FOLDER
from tests.dashboard.test_dashboard_present_stories import LEAST, written

pytestmark = pytest.mark.journey

END = """
[[steps]]
title = { en = "Draw", nl = "Teken" }
show = "indicator"
known = 8
source = { en = "Nobody 1900, grade U", nl = "Niemand 1900, graad U" }
[steps.note]
en = "For the trainer only."
nl = "Alleen voor de trainer."
[steps.prediction]
kind = "end"
question = { en = "Where does it end?", nl = "Waar eindigt het?" }
[[steps]]
title = { en = "The chain", nl = "De keten" }
show = "chain"
nodes = ["leaders", "employees", "experience", "delight", "loyalty", "results"]
[[steps]]
title = { en = "Bars", nl = "Balken" }
show = "bars"
[[steps]]
title = { en = "Take home", nl = "Mee naar huis" }
text = { en = "And you?", nl = "En jullie?" }
"""
SAID = {
    "en": {"predict": "Predict first:", "guesses": "3 guesses", "room": "The room", "model": "The model"},
    "nl": {"predict": "Eerst voorspellen:", "guesses": "3 schattingen", "room": "De zaal", "model": "Het model"},
}
TITLES = {
    "en": ["Look", "Draw", "The chain", "Bars", "Take home"],
    "nl": ["Kijk", "Teken", "De keten", "Balken", "Mee naar huis"],
}


@pytest.fixture(autouse=True)
def own_stories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small story of one's own beside those that come with EffectChain."""
    written(tmp_path, LEAST + END)
    monkeypatch.setenv(OWN_FOLDER, str(tmp_path))


def open_story(page: Page, language: str) -> None:
    """From the list to the first step, by the keyboard alone, and wait until the worlds are lived."""
    page.goto(f"/present?lang={language}")
    expect(page.locator(".pr-stories button").first).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("h1")).to_have_text(TITLES[language][0])
    expect(page.locator(".pr-worlds")).to_contain_text(re.compile("zaad|seed"), timeout=30_000)


def go_on(page: Page, key: str, title: str) -> None:
    """To another step."""
    page.keyboard.press(key)
    expect(page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_whole_story_by_keyboard(
    page: Page, language: str, axe: Callable[[Page], None], picture_folder: Path | None
) -> None:
    """The room votes and draws before it sees; every step is accessible, and the address leads back to it."""
    said, titles = SAID[language], TITLES[language]
    open_story(page, language)
    axe(page)
    expect(page.locator(".pr-question")).to_contain_text(said["predict"])
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator(".pr-choices button").first.locator("b")).to_have_text("2")
    page.keyboard.press("Space")
    expect(page.locator(".pr-model")).to_contain_text(said["model"])
    expect(page.locator(".pr-choices")).to_have_count(0)

    go_on(page, "ArrowRight", titles[1])
    draw_three(page)
    expect(page.locator(".pr-svg")).to_contain_text(said["guesses"])
    assert said["model"] not in page.locator(".pr").inner_text()
    axe(page)
    page.keyboard.press("Space")
    expect(page.locator(".pr-room")).to_contain_text(said["room"])
    expect(page.locator(".pr-dot")).to_have_count(3)
    expect(page.locator("input[type=range]")).to_have_count(0)
    axe(page)
    if picture_folder:
        page.screenshot(path=picture_folder / f"present-{language}.png")

    for title in titles[2:]:
        go_on(page, "ArrowRight", title)
        axe(page)
    assert "step=5" in page.url
    assert "story=mine" in page.url
    page.reload()
    expect(page.locator("h1")).to_have_text(titles[4])
    go_on(page, "Home", titles[0])
    page.keyboard.press("Escape")
    expect(page.locator(".pr-stories")).to_be_visible()
    axe(page)


def draw_three(page: Page) -> None:
    """Three guesses at different heights."""
    page.keyboard.press("v")
    expect(page.locator("input[type=range]")).to_be_focused()
    for count in range(3):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator(".pr-dot")).to_have_count(count + 1)


def test_guesses_by_mouse_and_taken_back(page: Page) -> None:
    """A click beside the line is a guess; Backspace takes the last one back; H covers the outcome again."""
    open_story(page, "en")
    go_on(page, "ArrowRight", "Draw")
    box = page.locator(".pr-svg").bounding_box()
    assert box is not None
    for height in (0.4, 0.6):
        page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + height * box["height"])
    expect(page.locator(".pr-dot")).to_have_count(2)
    page.keyboard.press("Backspace")
    expect(page.locator(".pr-dot")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.locator(".pr-model")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator(".pr-mystery")).to_be_visible()


def test_a_clicker_shows_first_and_then_goes_on(page: Page) -> None:
    """With Page Down alone one gets through a story."""
    open_story(page, "nl")
    page.keyboard.press("PageDown")
    expect(page.locator(".pr-model")).to_be_visible()
    go_on(page, "PageDown", "Teken")
    go_on(page, "PageUp", "Kijk")


def test_keys_are_listed_the_baseline_hides_and_the_language_changes(page: Page, axe: Callable[[Page], None]) -> None:
    """Each by its key; the list is a dialog that the keyboard leaves."""
    open_story(page, "nl")
    page.keyboard.press("?")
    expect(page.locator("dialog.pr-help")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.pr-help")).to_be_hidden()
    lines = page.locator(".pr-svg > g > path[stroke]")
    before = lines.count()
    page.keyboard.press("b")
    expect(lines).to_have_count(before - 1)
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text("Look")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_notes_stand_in_a_window_of_their_own_and_steer_the_show(page: Page, axe: Callable[[Page], None]) -> None:
    """The room never sees them; the second window follows the first and goes on in it."""
    open_story(page, "nl")
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator("h1")).to_have_text("Kijk")
    notes.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text("Teken")
    expect(notes.locator(".pr-paragraph")).to_have_text("Alleen voor de trainer.")
    assert "Alleen voor de trainer" not in page.content()
    axe(notes)


def test_two_visitors_have_shows_of_their_own(visit: Callable[..., Any]) -> None:
    """What one room votes, no other room sees."""
    one, other = visit().page(), visit().page()
    open_story(one, "en")
    open_story(other, "en")
    one.keyboard.press("1")
    expect(one.locator(".pr-choices button b")).to_have_text("1")
    expect(other.locator(".pr-choices button b")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720), (1920, 1080)])
def test_nothing_lies_over_anything_else(visit: Callable[..., Any], width: int, height: int) -> None:
    """Heading, chart, sentences and keys each have their own place; on a big screen without scrolling."""
    page = visit(viewport={"width": width, "height": height}).page()
    open_story(page, "nl")
    go_on(page, "ArrowRight", "Teken")
    page.keyboard.press("Space")
    expect(page.locator(".pr-model")).to_be_visible()
    parts = [page.locator(part).bounding_box() for part in (".pr-head", ".pr-stage", ".pr-said", ".pr-source")]
    for above, below in itertools.pairwise(parts):
        assert above is not None
        assert below is not None
        assert above["y"] + above["height"] <= below["y"] + 1
    root = page.locator(".pr")
    assert root.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    if width > 1000:
        assert root.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
        assert float(page.locator(".pr-question").evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) >= 21.9


def test_an_address_with_a_story_that_there_is_not(page: Page) -> None:
    """A sentence above the list, and no trouble."""
    page.goto("/present?story=none&lang=en")
    expect(page.locator("[role=alert]")).to_have_text("There is no story 'none'.")
