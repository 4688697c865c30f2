"""A hundred visitors of the dashboard one after another: how much memory its server holds after each ten.

python benchmarks/dashboard_soak.py [VISITORS]; needs Chromium and the dashboard. Each comes with a browser of their
own, opens a small organisation, moves a lever, waits for the answer, and closes the tab.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, sync_playwright

from scenarios.sharing import packed
from tests.served import Served, served
from tests.strategist_steps import SMALL, come, move

CHROMIUM = os.environ.get("EFFECTCHAIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def megabytes(server: Served) -> float:
    """What the server holds in memory now."""
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def threads(server: Served) -> int:
    """How many threads it has."""
    return len(list(Path(f"/proc/{server.process.pid}/task").iterdir()))


def visit(browser: Browser, server: Served, number: int) -> None:
    """One visitor, with an organisation of their own."""
    context = browser.new_context(reduced_motion="reduce", base_url=server.address)
    context.set_default_timeout(60_000)
    page = context.new_page()
    own = SMALL.with_({"customers.active": 450 + number})
    come(page, address=f"/?lang=en&s={packed([own])}")
    move(page, "leadership", "PageUp")
    page.wait_for_timeout(500)
    page.close()
    context.close()


def main() -> None:
    """A line after each ten."""
    visitors = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        began = time.monotonic()
        for number in range(visitors + 1):
            if number % 10 == 0:
                told = f"{megabytes(server):.0f} MB, {threads(server)} threads, {time.monotonic() - began:.0f} s"
                print(f"{number} visitors: {told}", flush=True)
            if number < visitors:
                visit(browser, server, number)
        browser.close()


if __name__ == "__main__":
    main()
