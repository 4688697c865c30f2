"""Whole ways through the dashboard in a real browser, of which other tests walk only parts."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.csv
import pytest
from playwright.sync_api import Page, expect

from effectchain.dashboard.words import words_of
from results.chain import chain_links
from results.indicators import INDICATORS
from results.numbers import bounds, difference, level
from results.statistics import Interval
from scenarios.sharing import packed
from tests.command_line import done
from tests.strategist_steps import SMALL, SOON, come, move, number_of, settled

pytestmark = pytest.mark.journey

WORLDS = 4
"""That the server of these tests lives for a what-if."""

BOTH = SMALL.strengthen("leadership", to=0.9).strengthen("operations", to=0.9)
JOINERS = {0x2060: None, 0x00A0: " "}
"""Signs that keep amounts together on a line, and what they are in plain text."""


def plain(text: str) -> str:
    """The text without what only keeps it on a line."""
    return text.translate(JOINERS)


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file that a button gives, in a folder of this test."""
    with page.expect_download(timeout=SOON) as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def told_by_command_line(base: Path, what_if: Path, folder: Path) -> dict[str, tuple[str, str, str]]:
    """Level, difference and where 8 of 10 worlds lie, as text, of each link's first indicator."""
    done("compare", base, what_if, "--replications", str(WORLDS), "--out", folder, "--also", "csv", "--quiet")
    said = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))["indicators"]
    years = pyarrow.csv.read_csv(folder / "last-year.csv").to_pydict()
    found = {}
    for link in chain_links():
        name = link.indicators[0]
        one, indicator = said[name], INDICATORS[name]
        shifts = np.subtract(years[name][WORLDS:], years[name][:WORLDS])
        low, high = np.quantile(shifts, (0.1, 0.9))
        change = Interval(one["difference"], one["interval"][0], one["interval"][1], WORLDS, 0.95)
        spread = Interval(one["difference"], low, high, WORLDS, 0.8)
        found[link.name] = (
            plain(level(one["what_if"], indicator, "en")),
            plain(difference(change, indicator, "en")),
            plain(bounds(spread, indicator, "en")),
        )
    return found


def test_scenario_files_of_a_shared_link_give_the_same_numbers_on_the_command_line(
    page: Page, visit: Callable[..., Any], tmp_path: Path
) -> None:
    """A link opened by somebody else, its files downloaded there: `effectchain compare` tells what the tiles tell."""
    come(page)
    move(page, "leadership", "End")
    move(page, "operations", "End")
    settled(page)
    page.locator("[data-test=share]").click()
    link = page.locator("[data-test=link]")
    expect(link).to_have_value(re.compile(r"[?&]s=\w{40}"))
    other: Page = visit().page()
    come(other, address=link.input_value())
    settled(other)
    other.locator("[data-test=share]").click()
    base, what_if = (downloaded(other, name, tmp_path) for name in ("Baseline (TOML)", "What-if (TOML)"))
    assert {"baseline.toml", "what-if.toml"} == {base.name, what_if.name}
    assert len(tomllib.loads(what_if.read_text(encoding="utf-8"))["interventions"]) == 2

    expected = told_by_command_line(base, what_if, tmp_path / "run")
    for name, (value, change, spread) in expected.items():
        tile = other.locator(f"[data-tile={name}]")
        assert value == plain(number_of(other, name).inner_text())
        assert change in plain(tile.locator(".st-change").inner_text())
        assert f"8 of 10 worlds {spread}" == plain(tile.locator(".st-spread").inner_text())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_cannot_be_lived_is_a_sentence_and_the_rest_stays(page: Page, language: str) -> None:
    """A what-if whose budget buys more than is possible: its reason stands there, baseline and pinned one live on."""
    words = words_of("strategist", language)
    dear = SMALL.with_({"interventions": [{"block": "culture", "start": 1, "weeks": 2, "budget": 9e8}]})
    pinned = BOTH.with_({"about.title_en": "Both", "about.title_nl": "Both"})
    page.goto(f"/?lang={language}&s={packed([SMALL, dear, pinned])}")

    trouble = page.get_by_role("alert").filter(has_text="interventions.0.budget")
    expect(trouble).to_contain_text(words["failed_scenario"].split("{name}")[1].split("{reason}")[0], timeout=SOON)
    column = page.locator(".st-side tbody tr").filter(has_text=INDICATORS["loyalty"].title(language)).locator("td")
    expect(column.nth(0)).to_have_text(re.compile(r"\d"), timeout=SOON)
    expect(column.nth(1)).to_have_text(re.compile(r"\d.*\d", re.DOTALL), timeout=SOON)
    page.get_by_role("button", name=words["start_over"]).click()
    expect(trouble).to_have_count(0)
    expect(number_of(page, "loyalty")).to_have_text(re.compile(r"\d"), timeout=SOON)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_why_is_asked_and_its_shares_add_up(page: Page, axe: Callable[[Page], None], language: str) -> None:
    """From the sentence's button to an explanation: shares of measures, and of links, are the whole."""
    words = words_of("strategist", language)
    come(page, address=f"/?lang={language}&s={packed([SMALL, BOTH])}")
    page.locator(".st-why").get_by_role("button", name=words["why_button"]).click()
    page.locator("[data-test=find-out]").click()
    expect(page.locator("#st-part")).to_be_visible()
    table = page.locator(".st-why-view table").filter(has_text=words["why_alone"])
    table.wait_for(timeout=4 * SOON)

    rows = table.locator("tbody tr")
    assert 3 == rows.count()
    shares = [percent(rows.nth(place).locator("td").first.inner_text()) for place in range(3)]
    assert 100 == shares[2]
    assert abs(sum(shares[:2]) - 100) <= 1
    parts = [percent(one) for one in page.locator(".st-stages .st-carry .ec-number").all_inner_texts()]
    direct = percent(page.locator(".st-direct .ec-number").inner_text())
    assert abs(sum(parts) + direct - 100) <= len(parts)
    expect(page.locator(".st-why-view")).to_contain_text(words["why_twins"])
    axe(page)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    page.locator("#st-view-outcomes").click()
    expect(page.locator(".st-chain-card")).to_have_class(re.compile("has-shares"))


def percent(text: str) -> int:
    """A share as a number, whichever minus it has."""
    return int(text.strip().removesuffix("%").replace("\N{MINUS SIGN}", "-"))


def test_two_sessions_share_nothing_while_they_work(visit: Callable[..., Any]) -> None:
    """Two browsers and a second tab: baseline, levers, pins, assumptions, language and the followed week stay apart."""
    visitors = [visit(), visit()]
    one, other, tab = visitors[0].page(), visitors[1].page(), visitors[0].page()
    for page, language in ((one, "en"), (other, "nl"), (tab, "en")):
        come(page, language)
    move(one, "leadership", "End")
    one.locator("[data-test=pin]").click()
    one.locator("[data-test=tab-assumptions]").click()
    one.locator("#st-search").fill("alignment_strength")
    field = one.locator("#as-alignment_strength")
    field.fill("0.2")
    field.press("Tab")
    move(other, "culture", "Home")
    settled(one)
    settled(other)

    assert [3, 2, 2] == [page.locator(".st-chip").count() for page in (one, other, tab)]
    assert ["en", "nl", "en"] == [page.locator("html").get_attribute("lang") for page in (one, other, tab)]
    expect(tab.locator("[data-block=leadership]")).not_to_have_class(re.compile("is-moved"))
    expect(other.locator("[data-block=leadership]")).not_to_have_class(re.compile("is-moved"))
    other.locator("[data-test=tab-assumptions]").click()
    other.locator("#st-search").fill("alignment_strength")
    expect(other.locator("#as-alignment_strength")).not_to_have_value("0.2")
    assert number_of(one, "leaders").inner_text() != number_of(other, "leaders").inner_text()


class Keys:
    """Somebody without a mouse: moves on until something has the focus, which must then be seen to have it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, selector: str, most: int = 120) -> None:
        """Press Tab until this has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("what => Boolean(document.activeElement.closest(what))", selector):
                self.see_focus()
                return
        raise AssertionError(f"{selector} is not reached with {most} presses of Tab.")

    def see_focus(self) -> None:
        """What has the focus is on the screen, and something about it shows that it has."""
        found: dict[str, Any] = self.page.evaluate(
            """() => {
                const one = document.activeElement;
                const styles = [one, one.parentElement].map((each) => window.getComputedStyle(each));
                const box = one.getBoundingClientRect();
                const inside = box.bottom > 0 && box.top < window.innerHeight && box.width > 0;
                return { name: one.outerHTML.slice(0, 120), inside, ringed: styles.some((style) =>
                    style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) };
            }"""
        )
        assert found["inside"], found["name"]
        assert found["ringed"], found["name"]

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_from_preset_to_report_without_a_mouse(page: Page, language: str, tmp_path: Path) -> None:
    """An example, a lever, a pin, a name, Why?, and a report to take along: all by keyboard."""
    come(page, language)
    keys = Keys(page)
    keys.go_to("[data-test=baseline]")
    chosen = page.locator("[data-test=baseline]").input_value()
    keys.press("Home", "ArrowDown")
    expect(page.locator("[data-test=baseline]")).not_to_have_value(chosen)
    expect(number_of(page, "loyalty")).to_have_text(re.compile(r"\d"), timeout=SOON)
    keys.go_to("#st-leadership")
    keys.press("PageUp", "PageUp")
    expect(page.locator("[data-block=leadership]")).to_have_class(re.compile("is-moved"))
    expect(page.locator(".st-why b")).to_be_visible(timeout=2 * SOON)
    keys.go_to("[data-test=pin]")
    keys.press("Enter")
    expect(page.locator(".st-chip")).to_have_count(3)
    keys.go_to("[role=tab][data-test=outcomes]")
    keys.press("ArrowRight")
    expect(page.locator("[data-test=why]")).to_have_attribute("aria-selected", "true")
    keys.press("ArrowLeft")
    settled(page)
    keys.go_to("[data-test=take-html]")
    with page.expect_download(timeout=2 * SOON) as waiting:
        keys.press("Enter")
    report = tmp_path / "report.html"
    waiting.value.save_as(report)

    text = report.read_text(encoding="utf-8")
    assert f'lang="{language}"' in text
    assert "<script src" not in text
