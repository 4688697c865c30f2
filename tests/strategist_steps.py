"""Steps that a strategist takes on the page What-if, for the journeys in a browser."""

import re

from playwright.sync_api import Locator, Page, expect

from scenarios.loading import load
from scenarios.sharing import packed

SOON = 60_000
"""Milliseconds in which a world is lived even where the rules have to be compiled first."""

SMALL = load("hotel").with_(
    {"organisation.employees": 8, "organisation.leaders": 2, "customers.active": 450, "customers.prospects": 300},
    weeks=52,
    warmup=8,
)
"""Lived in a moment."""


def come(page: Page, language: str = "en", address: str = "") -> None:
    """Open the strategist's page with a small organisation, and wait until the chain has its first numbers."""
    page.goto(address or f"/?lang={language}&s={packed([SMALL])}")
    expect(number_of(page, "loyalty")).to_have_text(re.compile(r"\d"), timeout=SOON)


def number_of(page: Page, link: str) -> Locator:
    """The number on a tile of the chain."""
    return page.locator(f"[data-tile={link}] .st-number")


def move(page: Page, block: str, *keys: str) -> None:
    """Move a lever by keyboard."""
    page.locator(f"#st-{block}").focus()
    for key in keys:
        page.keyboard.press(key)


def settled(page: Page) -> None:
    """Wait until all worlds are lived; the numbers change no more."""
    expect(page.locator("[data-test=progress]")).to_have_text(re.compile(r"^\s*\d+ (paired|gepaarde) "), timeout=SOON)
