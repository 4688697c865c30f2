"""The pictures of the documentation, taken anew: `python -m docs.making.pictures` once a page has changed.

Needs Chromium. What it makes is committed, so that nobody needs a browser to read the pages.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

import effectchain as ec

DOCS: Final = Path(__file__).parent.parent
PICTURES: Final = DOCS / "pictures"
SCENE: Final = DOCS / "workshop" / "1-leaders-let-go.toml"
CHROMIUM: Final = os.environ.get("EFFECTCHAIN_CHROMIUM") or shutil.which("chromium")
PATIENCE: Final = 120_000
"""Milliseconds for rules that have to be compiled first."""


@contextmanager
def dashboard() -> Iterator[str]:
    """The address of a dashboard in a process of its own, whose store is empty."""
    with tempfile.TemporaryDirectory() as home:
        command = [str(Path(sys.executable).with_name("effectchain")), "dashboard", "--no-browser", "--port", "0"]
        surroundings = {**os.environ, "EFFECTCHAIN_DATA": home, "PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as server:  # noqa: S603  our own
            try:
                yield address_in(server)
            finally:
                server.terminate()


def address_in(server: "subprocess.Popen[str]") -> str:
    """Where the dashboard says that it is."""
    for line in server.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found[0].rstrip("/")
    raise RuntimeError("the dashboard ended without an address")


def take_dashboard(page: Page, address: str) -> None:
    """A hotel whose leaders let go, answered from all worlds."""
    page.goto(f"{address}/?lang=en", timeout=PATIENCE)
    page.locator("[data-test=baseline]").select_option("preset:hotel", timeout=PATIENCE)
    for block in ("leadership", "culture", "engagement"):
        lever = page.locator(f"#st-{block}")
        lever.focus()
        for _ in range(25):
            lever.press("ArrowRight")
    expect(page.locator("[data-test=progress]")).to_have_text(re.compile(r"^\s*60 paired"), timeout=PATIENCE)
    write(page.screenshot(), PICTURES / "dashboard.webp")


def write(png: bytes, path: Path) -> None:
    """A screenshot as WebP, small enough for a page."""
    Image.open(BytesIO(png)).save(path, quality=82, method=6)


def draw_chain() -> None:
    """The effect chain of the workshop's first scene."""
    found = ec.compare("hotel", SCENE, replications=8)
    image = BytesIO()
    found.plot().savefig(image, format="png", dpi=100)
    Image.open(image).convert("RGB").save(PICTURES / "effect-chain.webp", quality=86, method=6)


def main() -> None:
    """Take all pictures."""
    draw_chain()
    with dashboard() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take_dashboard(browser.new_page(viewport={"width": 1440, "height": 900}), address)
        browser.close()


if __name__ == "__main__":
    main()
