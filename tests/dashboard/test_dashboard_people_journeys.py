"""Visits to the page People in a real browser: worlds play and stand still, and somebody is followed."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.people.handed import link_of
from effectchain.dashboard.people.marks import count
from effectchain.dashboard.words import LANGUAGES, words_of
from tests.small_organisation import small

pytestmark = pytest.mark.journey

BASE = small(weeks=156, customers__active=300, customers__prospects=200)
BETTER = BASE.strengthen("operations", to=0.9, weeks=20).strengthen("leadership", to=0.9, weeks=20)
LINK = link_of((BASE, BETTER))
SHOWN = 41
"""The number of a customer; all are shown."""


def open_people(page: Page, language: str, more: str = "") -> None:
    """The page, with its worlds lived."""
    page.goto(f"/people?lang={language}&s={LINK}{more}")
    page.locator(".pp-body").wait_for(timeout=60_000)
    page.get_by_role("button", name=words_of("people", language)["play"]).wait_for()


def week(page: Page) -> int:
    """The week shown."""
    return int(page.locator("#pp-week").input_value())


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_followed_beside_their_twin(
    page: Page, axe: Callable[[Page], None], picture_folder: Path | None, language: str
) -> None:
    """By keyboard: scrub, choose a suggested customer, read both courses, go to a week of the story; axe is content."""
    words = words_of("people", language)
    open_people(page, language, "&week=57")
    page.locator("#pp-week").focus()
    page.keyboard.press("ArrowRight")
    assert week(page) == 58
    expect(page.locator("[aria-live]")).to_contain_text("58")

    page.get_by_label(words["follow_changed"]).select_option(index=1)
    rows = page.locator(".pp-rows > li")
    rows.first.wait_for()
    expect(page.locator(".pp-heads")).to_contain_text(words["baseline"])
    assert page.locator(".pp-twin").count() > 0
    last = rows.last.get_by_role("button")
    last.focus()
    page.keyboard.press("Enter")
    assert week(page) == 156
    assert "who=customer." in page.url
    page.get_by_text(words["table"]).click()
    expect(page.get_by_role("table")).to_be_visible()
    axe(page)
    if picture_folder:
        page.screenshot(path=picture_folder / f"people-{language}.png", full_page=True)


def test_playing_moves_the_weeks_and_pausing_stops_them(visit: Callable[..., object]) -> None:
    """With motion allowed, weeks pass at the speed chosen; nothing is sent to the server for it."""
    page: Page = visit(reduced_motion="no-preference").page()  # type: ignore[attr-defined]
    open_people(page, "en")
    page.get_by_label("Speed").select_option("8")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("Number(document.getElementById('pp-week').value) >= 8")
    page.get_by_role("button", name="Pause").click()
    stopped = week(page)
    page.wait_for_timeout(300)

    assert stopped == week(page) >= 8
    page.get_by_role("button", name="A week back").click()
    assert week(page) == stopped - 1


def test_a_click_in_the_picture_follows_and_the_address_brings_it_back(page: Page) -> None:
    """An employee is clicked; a reload shows the same world, week, colour and person."""
    open_people(page, "en", "&week=30&seed=3")
    page.locator("label", has_text=re.compile("^Exhaustion$")).click()
    box = page.locator(".pp-canvas canvas").bounding_box()
    assert box
    page.locator("#pp-team").select_option("0")
    page.wait_for_timeout(600)
    box = page.locator(".pp-canvas canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 10)
    expect(page.locator(".pp-name h3")).to_have_text("Leader of team 1")
    expect(page).to_have_url(re.compile("who=leader.0"))
    page.reload()

    expect(page.locator(".pp-name h3")).to_have_text("Leader of team 1")
    assert week(page) == 30
    expect(page.locator('input[value="exhaustion"]')).to_be_checked()
    assert "seed=3" in page.url


def test_a_number_that_is_nobodys_is_a_sentence(page: Page) -> None:
    """A mistake stands where it was made; a right number mends it."""
    open_people(page, "nl")
    field = page.get_by_label("Klant op nummer")
    field.fill("9999999")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Dit is geen nummer van iemand die getoond wordt")
    field.fill(str(SHOWN))
    field.press("Enter")

    expect(page.locator(".pp-name h3")).to_have_text("Klant " + count(SHOWN, "nl"))
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Zaad").fill("-4")
    page.get_by_label("Zaad").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Kies een geheel getal")


def test_the_language_changes_under_a_story(page: Page) -> None:
    """EN to NL while somebody is followed: same week, same person, Dutch sentences."""
    open_people(page, "en", f"&who=customer.{SHOWN}&week=20")
    page.locator(".pp-rows > li").first.wait_for()
    page.get_by_role("button", name="Dutch").click()

    expect(page.locator(".pp-name h3")).to_have_text("Klant " + count(SHOWN, "nl"))
    expect(page.locator(".pp-week")).to_have_text("Week 20 van 156")


def test_on_a_phone_one_team_at_a_time(visit: Callable[..., object], axe: Callable[[Page], None]) -> None:
    """Nothing is wider than the screen; the next team is one press away."""
    page: Page = visit(viewport={"width": 390, "height": 844}).page()  # type: ignore[attr-defined]
    open_people(page, "nl", f"&who=customer.{SHOWN}")
    expect(page.locator("#pp-team")).to_have_value("0")
    page.get_by_role("button", name="Volgend team").click()

    expect(page.locator("#pp-team")).to_have_value("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)


def test_another_organisation_and_decision_are_chosen(page: Page) -> None:
    """From the worlds of a link to a preset: other people, and nobody is followed any more."""
    open_people(page, "en", f"&who=customer.{SHOWN}")
    expect(page.get_by_label("Organisation")).to_be_disabled()
    page.get_by_role("combobox", name=re.compile("^Decision")).select_option("nine")
    page.get_by_role("combobox", name=re.compile("^Organisation")).select_option("home_care")

    expect(page.locator(".pp-who p")).to_contain_text("125 employees", timeout=60_000)
    expect(page.locator(".pp-name")).to_have_count(0)
    expect(page).to_have_url(re.compile("decision=nine"))
    assert "s=A" not in page.url
