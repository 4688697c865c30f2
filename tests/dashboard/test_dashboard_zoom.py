"""Every page at twice its size, as on a screen of 1280 pixels at 200 %: it fits, and nothing of it is cut off."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.pages import PAGES
from effectchain.dashboard.words import LANGUAGES
from scenarios.sharing import packed
from tests.strategist_steps import SMALL, SOON

pytestmark = pytest.mark.journey

BETTER = SMALL.strengthen("leadership", to=0.9)

CUT = """() => {
    const found = [];
    const tell = (what, one) => found.push(what + ': ' + one.outerHTML.slice(0, 120));
    const wide = document.documentElement.clientWidth;
    const turns = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    const scrolls = (one) => one && (turns(one) || scrolls(one.parentElement));
    const hides = (one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
    const unseen = '.ec-hidden, .ec-skip, script, style, noscript, option, .st-chip';
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const one = texts.currentNode.parentElement;
        if (!texts.currentNode.data.trim() || one.closest(unseen)) { continue; }
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const box = range.getBoundingClientRect();
        if (!one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || box.width < 2) { continue; }
        if (getComputedStyle(one).clip !== 'auto') { continue; }
        if ((box.right > wide + 1 || box.left < -1) && !scrolls(one)) { tell('beyond the screen', one); }
        for (let frame = one; frame !== document.body; frame = frame.parentElement) {
            const edge = frame.getBoundingClientRect();
            const isOut = box.right > edge.right + 1 || box.bottom > edge.bottom + 2;
            if (isOut && edge.width > 1 && hides(frame)) { tell('cut off', one); }
        }
    }
    return found;
}"""
"""Texts that reach beyond the screen where nothing scrolls, or beyond a frame that hides what is outside it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_twice_the_size_nothing_is_cut_off(
    visit: Callable[..., Any], picture_folder: Path | None, language: str
) -> None:
    """No page has to be scrolled sideways, and each text is there as a whole."""
    page: Page = visit(viewport={"width": 640, "height": 400}, device_scale_factor=2).page()
    for one in PAGES:
        link = f"&s={packed([SMALL, BETTER])}" if one.name in {"strategist", "people"} else ""
        page.goto(f"{one.path}?lang={language}{link}")
        page.locator("main :is(h1, h2)").first.wait_for()
        if one.name == "strategist":
            expect(page.locator("[data-tile=loyalty] .st-change")).to_have_text(re.compile(r"\d"), timeout=SOON)
        if one.name == "people":
            page.locator(".pp-body").wait_for(timeout=SOON)
        page.wait_for_timeout(300)
        if picture_folder:
            page.screenshot(path=picture_folder / f"zoom-{one.name}-{language}.png", full_page=True)

        assert page.evaluate("document.documentElement.scrollWidth") <= 640, one.path
        assert [] == page.evaluate(CUT), one.path
