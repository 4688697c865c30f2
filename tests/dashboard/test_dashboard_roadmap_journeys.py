"""The roadmap in a real browser: a plan made by mouse, keyboard and typing, and one that is found and taken over."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from scenarios.sharing import packed
from tests.small_organisation import small

pytestmark = pytest.mark.journey

SOON = 60_000
MINE = small(weeks=52, warmup=4)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_plan_is_made_by_mouse_keys_and_typing(page: Page, axe: Callable[[Page], None], language: str) -> None:
    """Work is added, moved by keys, dragged and typed, and stands where it was put."""
    page.goto(f"/?lang={language}&s={packed([MINE, MINE])}")
    page.locator("[data-test=roadmap]").click(timeout=SOON)
    page.locator("[data-row=culture] .rm-add").click()
    bar = page.locator("[data-row=culture] .rm-bar")
    expect(bar).to_have_attribute("aria-label", re.compile(r"week 1, 26 wek?en|week 1, 26 weeks"), timeout=SOON)

    bar.focus()
    for key in ("PageUp", "ArrowRight", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    expect(bar).to_have_attribute("aria-label", re.compile("week 15, 25 we"), timeout=SOON)
    box = bar.bounding_box()
    track = page.locator("[data-row=culture] .rm-track").bounding_box()
    assert box
    assert track
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 8 - 10 * track["width"] / 52, box["y"] + 9, steps=8)
    page.mouse.up()
    expect(bar).to_have_attribute("aria-label", re.compile("week 5, 25 we"), timeout=SOON)
    page.locator(".rm-typed summary").click()
    page.locator(".rm-typed input").nth(1).fill("30")
    page.locator(".rm-typed input").nth(1).blur()
    expect(bar).to_have_attribute("aria-label", re.compile("week 5, 30 we"), timeout=SOON)
    axe(page)


def test_a_better_plan_is_found_and_taken(page: Page, axe: Callable[[Page], None]) -> None:
    """A budget of nothing is refused; a search finds a plan, held against rules of thumb, which becomes the what-if."""
    page.goto(f"/?lang=nl&s={packed([MINE, MINE])}")
    page.locator("[data-test=roadmap]").click(timeout=SOON)
    page.locator("[data-test=budget]").fill("0")
    page.locator("[data-test=search]").click()
    expect(page.locator(".rm [role=alert]")).to_be_visible(timeout=SOON)
    page.locator("[data-test=budget]").fill("30000")
    page.locator(".rm-form select").first.select_option("loyalty")
    page.locator("[data-test=trials]").select_option("60")
    page.locator("[data-test=search]").click()
    expect(page.locator("[data-test=found]")).to_be_visible(timeout=2 * SOON)
    axe(page)
    page.locator("[data-test=take]").click()
    expect(page.locator(".rm-bar").first).to_be_visible(timeout=SOON)


def test_a_search_is_called_off(page: Page) -> None:
    """While plans are tried, the search can be stopped, and begun again."""
    page.goto(f"/?lang=en&s={packed([MINE.with_(weeks=156), MINE.with_(weeks=156)])}")
    page.locator("[data-test=roadmap]").click(timeout=SOON)
    page.locator("[data-test=trials]").select_option("480")
    page.locator("[data-test=search]").click()
    page.locator("[data-test=cancel-search]").click(timeout=SOON)
    expect(page.locator("[data-test=search]")).to_be_visible(timeout=SOON)
    expect(page.locator("[data-test=found]")).to_have_count(0)
