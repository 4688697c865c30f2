"""Every page of the dashboard, in both languages: it comes, complains of nothing, and can be used by everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.pages import PAGES
from effectchain.dashboard.words import LANGUAGES, words_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_every_page_comes_in_each_language_and_is_accessible(
    page: Page, axe: Callable[[Page], None], path: str, language: str
) -> None:
    """No error on the console, no request elsewhere, nothing missing, no rule of accessibility broken."""
    page.goto(f"{path}?lang={language}")
    page.locator("main :is(h1, h2)").first.wait_for()

    assert language == page.locator("html").get_attribute("lang")
    axe(page)


def test_the_language_is_switched_where_one_is_and_remembered(page: Page) -> None:
    """A press on NL turns the bar Dutch at once; a later visit without a wish is Dutch too."""
    page.goto("/people?lang=en")
    page.get_by_role("button", name="Dutch").click()

    expect(page.get_by_role("link", name="Mensen")).to_be_visible()
    assert "lang=nl" in page.url
    page.goto("/people")
    expect(page.get_by_role("link", name="Mensen")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nl"


def test_the_bar_leads_to_pages_and_back(page: Page) -> None:
    """Links change the page without loading it anew; the browser's back button leads back."""
    page.goto("/diagnosis?lang=en")
    page.get_by_role("link", name="People").click()
    expect(page.get_by_role("link", name="People")).to_have_attribute("aria-current", "page")
    page.go_back()

    expect(page.get_by_role("link", name="Diagnosis")).to_have_attribute("aria-current", "page")


def test_words_stand_in_both_languages() -> None:
    """Each page has the same phrases in English and Dutch."""
    for name in ("shell", *(page.name for page in PAGES)):
        assert words_of(name, "en").keys() == words_of(name, "nl").keys()
