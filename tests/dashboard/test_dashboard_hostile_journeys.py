"""Names that would do something elsewhere, in a real browser; and what a tab had asked for ends with the tab."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from effectchain.keeping import Keeping
from scenarios.sharing import packed
from tests.diagnosis_forms import Person, form_csv, same
from tests.inputs.hostile import HARMLESS
from tests.strategist_steps import SMALL, come, move

pytestmark = pytest.mark.journey

WORST = ("template", "image", "script", "handler", "link", "formula", "format")
TITLES = [HARMLESS[name] for name in WORST]


def inert(page: Page) -> None:
    """Nothing of a name has become part of the page, and no script of it has run."""
    assert 0 == page.locator("img[src=x], [onerror], [onmouseover], a[href^='javascript:']").count()
    assert page.evaluate("window.__hostile === undefined")


@pytest.fixture
def watched(page: Page) -> Page:
    """A tab in which any script of a name would show itself."""
    page.add_init_script("window.alert = () => { window.__hostile = true; };")
    page.on("dialog", lambda dialog: pytest.fail(f"a name opened a dialog: {dialog.message}"))
    return page


def test_titles_on_the_page_of_what_ifs(watched: Page, server: str) -> None:
    """As baseline, what-if and pinned ones of a link, kept, listed and opened again: words."""
    del server
    one, two, three = ("".join(TITLES[start::3])[:200] for start in range(3))
    base = SMALL.with_({"about.title_en": one, "about.title_nl": one})
    what_if = SMALL.strengthen("culture", to=0.9).with_({"about.title_en": two, "about.title_nl": two})
    pinned = SMALL.strengthen("design", to=0.9).with_({"about.title_en": three, "about.title_nl": three})
    come(watched, address=f"/?lang=en&s={packed([base, what_if, pinned])}")

    expect(watched.locator("main")).to_contain_text(two[:30])
    assert "{{7*7}}" in one + two + three
    inert(watched)
    for place, title in enumerate(TITLES):
        Keeping().save_scenario(f"{place} {title}"[:80], SMALL.strengthen("design", to=0.9))
    come(watched)
    watched.locator("[data-test=load]").click()
    for place, title in enumerate(TITLES):
        expect(watched.locator("[data-test=kept]").filter(has_text=f"{place} {title}"[:30])).to_be_visible()
    inert(watched)
    watched.locator("[data-test=kept]").filter(has_text="{{7*7}}").click()
    expect(watched.get_by_role("dialog")).to_have_count(0)
    expect(watched.locator("[data-tile=loyalty]")).to_be_visible()
    inert(watched)


def test_people_files_and_addresses(watched: Page, tmp_path: Path) -> None:
    """Labels and names of files in the self-diagnosis; hostile words in every part of an address."""
    several = [Person(same(4.0), f"{place} {title}"[:80], title[:80]) for place, title in enumerate(TITLES)]
    watched.goto("/diagnosis?lang=en")
    watched.locator("#diag-tab-files").click()
    watched.locator("input[type=file]").set_input_files(
        form_csv(tmp_path / "<img src=x onerror=alert(1)>.csv", several)
    )
    expect(watched.get_by_text("<img src=x onerror=alert(1)>.csv")).to_be_visible()
    inert(watched)
    watched.locator("#diag-tab-outcome").click()
    expect(watched.get_by_role("button", name="Use as baseline")).to_be_visible()
    inert(watched)
    for address in ("/?s={}", "/?scenario={}", "/people?preset={}&who={}", "/present?story={}", "/experiments?path={}"):
        for title in ("<img src=x onerror=alert(1)>", "{{7*7}}", "../../etc/passwd"):
            watched.goto(address.replace("{}", title) + "&lang=en")
            expect(watched.locator("main h1").first).to_be_visible(timeout=60_000)
            inert(watched)


def busy() -> list[str]:
    """What is still lived, searched or explained for somebody."""
    from experiments.live.pool import shared  # noqa: PLC0415

    threads = [thread.name for thread in threading.enumerate() if thread.name in {"rehearsal", "experiments"}]
    return [*threads, *("session" for _ in shared()._sessions)]


def wait_until_idle() -> None:
    """Until nobody's work goes on."""
    end = time.monotonic() + 30
    while busy() and time.monotonic() < end:
        time.sleep(0.1)
    assert [] == busy()


@pytest.mark.parametrize("act", [lambda page: page.close(), lambda page: page.goto("about:blank")])
def test_work_ends_with_its_tab(visit: Callable[..., object], act: Callable[[Page], None]) -> None:
    """Closed, or left for another site: nobody lives worlds for it any more."""
    wait_until_idle()
    page: Page = visit().page()  # type: ignore[attr-defined]
    page.goto("/?lang=en")
    expect(page.locator("[data-tile=loyalty]")).to_be_visible()
    move(page, "leadership", "End")
    assert ["session"] == busy()
    act(page)
    wait_until_idle()


def test_two_browsers_see_nothing_of_each_other(visit: Callable[..., object]) -> None:
    """One moves a lever and answers statements; in the other, on the same pages, nothing has moved."""
    one: Page = visit().page()  # type: ignore[attr-defined]
    other: Page = visit().page()  # type: ignore[attr-defined]
    for page in (one, other):
        come(page)
    before = other.locator("#st-leadership").input_value()
    move(one, "leadership", "End")
    expect(one.locator("[data-block=leadership] .st-value")).to_contain_text("→")

    assert before == other.locator("#st-leadership").input_value()
    expect(other.locator("[data-block=leadership] .st-value")).not_to_contain_text("→")
    names = [{one["value"] for one in page.context.cookies() if one["httpOnly"]} for page in (one, other)]
    assert (1, 1, set()) == (len(names[0]), len(names[1]), names[0] & names[1])
