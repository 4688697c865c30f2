"""The dashboard's server is killed at any moment: what a page has said is kept is there when it comes back."""

import os
import random
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")
pytest.importorskip("playwright", reason="Playwright is not installed: these tests did NOT run.")

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as BrowserError

from effectchain.keeping import Keeping
from tests.faults.sweeping import descendants
from tests.served import Served, served
from tests.strategist_steps import come, move

pytestmark = pytest.mark.faults
CHROMIUM: Final = os.environ.get("EFFECTCHAIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
KILLS: Final = 10
TABS: Final = 10


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """One browser that comes back after each kill."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine: the dashboard was NOT tested.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(reduced_motion="reduce")
        context.set_default_timeout(60_000)
        yield context
        browser.close()


def answered(page: Page) -> int:
    """How many answers the page says there are, which is how many are kept."""
    return int(float(page.locator("progress").get_attribute("value") or 0))


def come_to_answer(page: Page, server: Served) -> None:
    """The first block is there to be answered."""
    page.goto(f"{server.address}/diagnosis?lang=en")
    page.wait_for_function("document.querySelectorAll('.diag-statement').length === 11")


def type_until_killed(page: Page, server: Served, until: float) -> int:
    """Answer statement after statement until the moment comes; how many were said to be kept."""
    kept = answered(page)
    page.locator("fieldset input").first.focus()
    try:
        while time.monotonic() < until:
            page.keyboard.press(random.choice("12345"))  # noqa: S311
            kept = max(kept, answered(page))
    except BrowserError:
        pass
    server.kill()
    return max(kept, answered(page))


def test_answers_outlive_the_server(context: BrowserContext, tmp_path: Path, free_port: int) -> None:
    """Killed while somebody types: after each start there are at least as many answers as the page had said."""
    luck, said = random.Random(9), 0  # noqa: S311
    page = context.new_page()
    for _ in range(KILLS):
        with served(tmp_path, "--port", str(free_port)) as server:
            come_to_answer(page, server)
            page.wait_for_function(f"document.querySelector('progress').value >= {said}")
            said = type_until_killed(page, server, time.monotonic() + luck.uniform(0.0, 1.0))
    with served(tmp_path, "--port", str(free_port)) as server:
        come_to_answer(page, server)
        page.wait_for_function(f"document.querySelector('progress').value >= {said}")

    assert 0 < said <= 11
    page.close()


def keep(page: Page, name: str) -> None:
    """Give the what-if in sight a name, and see that the page says it is kept."""
    page.locator("[data-test=save]").click()
    page.locator("[data-test=name]").fill(name)
    page.locator("[data-test=keep]").click()
    expect(page.get_by_role("status").filter(has_text="Kept as")).to_contain_text(name)


def test_kept_what_ifs_outlive_the_server(context: BrowserContext, tmp_path: Path, free_port: int) -> None:
    """Killed at once after the page said so, and in the midst of more: each opens again with its lever where it was."""
    page = context.new_page()
    for number in range(4):
        with served(tmp_path, "--port", str(free_port)) as server:
            come(page, address=f"{server.address}/?lang=en")
            move(page, "strategy", "End")
            keep(page, f"plan {number}")
            if number % 2:
                page.locator("[data-test=save]").click()
                page.locator("[data-test=name]").fill("half")
                page.locator("[data-test=keep]").click(no_wait_after=True)
            server.kill()

    names = {entry.name for entry in Keeping(tmp_path).entries("scenario")}
    assert {f"plan {number}" for number in range(4)} <= names <= {*(f"plan {number}" for number in range(4)), "half"}
    for name in names:
        assert 1.0 == Keeping(tmp_path).load_scenario(name).interventions[-1].to
    page.close()


def test_ten_tabs_and_a_kill_leave_no_process(context: BrowserContext, tmp_path: Path, free_port: int) -> None:
    """Whatever the tabs had asked for ends with the server, and the next one listens on the same port."""
    with served(tmp_path, "--port", str(free_port)) as server:
        tabs = [context.new_page() for _ in range(TABS)]
        for tab in tabs:
            tab.goto(f"{server.address}/?lang=en", wait_until="domcontentloaded")
        expect(tabs[-1].locator("[data-tile=loyalty]")).to_be_visible()
        children = descendants(server.process.pid)
        server.kill()
    with served(tmp_path, "--port", str(free_port)) as server:
        pass

    assert [] == [child for child in children if Path(f"/proc/{child}").exists()]
    for tab in tabs:
        tab.close()


@pytest.fixture(scope="module")
def free_port() -> int:
    """A port that stays the same, as the browser keeps answers by address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        found: Any = door.getsockname()[1]
    return int(found)
