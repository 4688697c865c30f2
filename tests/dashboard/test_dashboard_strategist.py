"""The strategist at work in a real browser: from an example to a what-if that is kept, shared and opened again."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agents.registry import PARAMETERS
from effectchain.dashboard.session import Session
from effectchain.dashboard.strategist.acts import done
from effectchain.dashboard.strategist.keeping import code_of
from effectchain.dashboard.strategist.work import begun
from effectchain.dashboard.words import words_of
from scenarios.loading import load
from tests.strategist_steps import SMALL, SOON, come, move, number_of, settled

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_lever_that_is_moved_by_keyboard_changes_the_chain(
    page: Page, axe: Callable[[Page], None], picture_folder: Path | None, language: str
) -> None:
    """Leadership is raised by keys: the lever, the tiles, the sentence and a chart's text answer."""
    words = words_of("strategist", language)
    come(page, language)
    expect(page.get_by_text(words["move_a_lever"])).to_be_visible()
    move(page, "leadership", "PageUp", "PageUp", "PageUp")

    lever = page.locator("[data-block=leadership]")
    expect(lever).to_have_class(re.compile("is-moved"))
    expect(page.locator("[data-tile=leaders] .st-change")).to_contain_text(re.compile(r"\d"), timeout=SOON)
    expect(page.locator(".st-why")).to_contain_text(re.compile(r"boven|onder|above|below|onderscheiden|told apart"))
    expect(page.locator("[data-chart=engagement]")).to_have_attribute("aria-label", re.compile("; |, "))
    axe(page)
    if picture_folder:
        page.screenshot(path=picture_folder / f"strategist-{language}.png", full_page=True)


def test_an_example_is_chosen_as_baseline_and_stays_after_a_reload(page: Page) -> None:
    """Its own levels stand on the levers; the address names it."""
    come(page)
    page.locator("[data-test=baseline]").select_option("preset:mobile_provider")
    level = round(100 * load("mobile_provider").building_blocks.culture.designed)
    expect(page.locator("#st-culture")).to_have_value(str(level))
    page.wait_for_url(re.compile("scenario=mobile_provider"))
    page.reload()

    expect(page.locator("[data-test=baseline]")).to_have_value("preset:mobile_provider")


def test_a_baseline_stays_chosen_in_the_other_language(page: Page) -> None:
    """Names of groups and organisations change, what was chosen does not."""
    come(page)
    chosen = page.locator("[data-test=baseline]")
    expect(chosen).to_have_value("link")
    page.locator(".ec-languages button").nth(1).click()
    expect(page.get_by_role("heading", name=words_of("strategist", "nl")["title"])).to_be_visible()

    expect(chosen).to_have_value("link")


def test_undo_redo_and_pins(page: Page) -> None:
    """A move can be undone and done again; a pinned what-if stays in the charts and in a table beside the next one."""
    come(page)
    value = page.locator("[data-block=culture] .st-value")
    before = value.inner_text()
    move(page, "culture", "PageUp")
    expect(value).to_contain_text("→")
    page.keyboard.press("Control+z")
    expect(value).to_have_text(before)
    page.locator("[data-test=redo]").click()
    expect(value).to_contain_text("→")
    page.locator("[data-test=pin]").click()
    move(page, "design", "PageUp")

    expect(page.locator(".st-chip")).to_have_count(3)
    expect(page.locator(".st-side thead th")).to_have_count(4, timeout=SOON)
    page.get_by_role("button", name=re.compile("^Take away")).click()
    expect(page.locator(".st-chip")).to_have_count(2)


def test_what_is_kept_is_there_after_a_reload_and_can_be_deleted(page: Page) -> None:
    """A named what-if is opened again with its lever where it was, and is gone once deleted."""
    come(page)
    move(page, "strategy", "End")
    page.locator("[data-test=save]").click()
    page.locator("[data-test=name]").fill("All <b>strategy</b>")
    page.locator("[data-test=keep]").click()
    expect(page.get_by_role("status").filter(has_text="Kept as")).to_be_visible()
    come(page)
    page.locator("[data-test=load]").click()
    page.locator("[data-test=kept]").filter(has_text="All <b>strategy</b>").click()

    expect(page.locator("#st-strategy")).to_have_value("100")
    expect(page.locator(".st-chip.is-now")).to_have_text("All <b>strategy</b>")
    page.locator("[data-test=load]").click()
    kept = page.locator(".st-kept li").filter(has_text="All <b>strategy</b>")
    kept.get_by_role("button", name="Delete").click()
    kept.get_by_role("button", name="Really delete").click()
    expect(kept).to_have_count(0)


def test_a_shared_link_shows_the_same_numbers_in_another_browser(visit: Callable[..., Any], page: Page) -> None:
    """Whoever opens the link sees the same levers and, when all worlds are lived, the same numbers."""
    come(page)
    move(page, "engagement", "PageUp", "PageUp")
    page.locator("[data-test=share]").click()
    goal = int(page.locator("#st-engagement").input_value())
    work = done(begun("link", SMALL), {"kind": "move", "block": "engagement", "to": goal}, Session())
    expect(page.locator("[data-test=link]")).to_have_value(re.compile(f"[?&]s={code_of(work)}(&|$)"))
    link = page.locator("[data-test=link]").input_value()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")  # as where there is no TLS
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    other: Page = visit().page()
    come(other, address=link)

    assert page.locator("#st-engagement").input_value() == other.locator("#st-engagement").input_value()
    settled(page)
    settled(other)
    texts = [one.locator("[data-tile]").all_inner_texts() for one in (page, other)]
    assert texts[0] == texts[1]


def test_a_broken_link_gives_a_sentence(page: Page) -> None:
    """And the page stands, with the usual example."""
    page.goto("/?lang=en&s=AAAAbroken")

    expect(page.get_by_role("alert")).to_contain_text("link")
    expect(page.locator("#st-leadership")).to_be_visible()


def test_two_visitors_share_nothing(visit: Callable[..., Any]) -> None:
    """What one moves, the other doesn't see."""
    one: Page = visit().page()
    other: Page = visit().page()
    for page in (one, other):
        come(page)
    move(one, "leadership", "PageUp")
    expect(one.locator("[data-block=leadership]")).to_have_class(re.compile("is-moved"))

    move(other, "culture", "PageUp")
    expect(other.locator("[data-block=culture]")).to_have_class(re.compile("is-moved"))
    expect(other.locator("[data-block=leadership]")).not_to_have_class(re.compile("is-moved"))


def test_every_number_says_what_it_is(page: Page, axe: Callable[[Page], None]) -> None:
    """A click on a tile's number opens definition, unit, how it was found, and how much of it is assumed."""
    come(page)
    number_of(page, "delight").click()

    dialog = page.locator("dialog[open]")
    expect(dialog).to_contain_text("Share of encounters that delight")
    expect(dialog).to_contain_text(re.compile(r"\d+ parameters .* \d+ from evidence"))
    axe(page)


def test_assumptions_stand_on_a_tab_of_their_own_and_change_both_worlds(
    page: Page, axe: Callable[[Page], None]
) -> None:
    """Each with origin and source; a changed one can be brought back, and a value out of range is refused in words."""
    come(page)
    page.locator("[data-test=tab-assumptions]").click()
    page.locator("#st-search").fill("alignment_strength")
    field = page.locator("#as-alignment_strength")
    field.wait_for()
    expect(page.locator(".st-list li")).to_have_count(1)
    expect(page.locator(".st-list li")).to_contain_text(PARAMETERS["alignment_strength"].origin)
    axe(page)
    field.fill("7")
    field.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("out of range")
    field.fill("0.2")
    field.press("Tab")

    page.get_by_role("button", name="Back to usual").click()
    expect(page.get_by_role("button", name="Back to usual")).to_have_count(0)
