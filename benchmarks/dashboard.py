"""How soon the dashboard answers, in a real browser: from the key on a lever to pixels, and what a drag leaves behind.

python benchmarks/dashboard.py [--scenario hotel] [--moves 22] [--visitors 10]

Needs the extra 'dashboard', Playwright and Chromium. Starts a dashboard of its own. Times are taken in the page: from
the keydown to the second animation frame after the chart was drawn anew. Run it on a machine that does nothing else.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright
from turns import late

WATCH = """
() => {
  const node = document.querySelector('.st-answers');
  window.seen = [];
  const note = () => {
    const one = { move: +node.dataset.move, known: +node.dataset.known, worlds: +node.dataset.worlds };
    requestAnimationFrame(() => requestAnimationFrame(() => window.seen.push({ ...one, at: performance.now() })));
  };
  const attributeFilter = ['data-move', 'data-known', 'data-worlds'];
  new MutationObserver(note).observe(node, { attributes: true, attributeFilter });
  document.addEventListener('input', () => { window.pressed = performance.now(); }, true);
}
"""

DRAG = """
async () => {
  const lever = document.querySelector('#st-culture');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  for (let step = 0; step < 60; step += 1) {
    set.call(lever, 60 + step * 0.6);
    lever.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise((go) => setTimeout(go, 16));
  }
  return performance.now();
}
"""


@contextmanager
def dashboard() -> Iterator[str]:
    """A dashboard in a process of its own, with an empty store; its address."""
    command = [sys.executable, "-c", "import sys; from effectchain.cli import main; sys.exit(main())"]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603  our own command line
            [*command, "dashboard", "--no-browser", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "EFFECTCHAIN_DATA": folder},
        )
        try:
            assert process.stdout  # noqa: S101
            yield process.stdout.readline().split()[4].rstrip("/")
        finally:
            process.terminate()
            process.wait(10)


def come(page: Page, address: str, scenario: str) -> tuple[float, float]:
    """Seconds until the levers can be used, and until the chain has numbers."""
    started = time.perf_counter()
    page.goto(f"{address}/?lang=en&scenario={scenario}")
    page.locator("#st-leadership").wait_for()
    usable = time.perf_counter() - started
    page.wait_for_function(
        "(document.querySelector('.st-answers') || {dataset: {}}).dataset.worlds > 0", timeout=120_000
    )
    return usable, time.perf_counter() - started


def after(page: Page, condition: str, timeout: float = 60_000) -> float:
    """Milliseconds from the last key to the first picture that meets the condition."""
    page.wait_for_function(f"window.seen.some((one) => {condition})", timeout=timeout)
    found: float = page.evaluate(f"window.seen.find((one) => {condition}).at - window.pressed")
    return found


def moves(page: Page, count: int) -> dict[str, list[float]]:
    """One key at a time, once the last one's two worlds are whole."""
    times: dict[str, list[float]] = {"first repaint": [], "two whole worlds": []}
    page.locator("#st-leadership").focus()
    for number in range(count + 3):
        before = page.evaluate("window.seen.length = 0, +document.querySelector('.st-answers').dataset.move")
        page.keyboard.press("ArrowRight")
        first = after(page, f"one.move > {before} && one.known > 0")
        whole = after(page, f"one.move > {before} && one.worlds >= 2")
        if number >= 3:
            times["first repaint"].append(first)
            times["two whole worlds"].append(whole)
        page.wait_for_timeout(100)
    return times


def drag(page: Page) -> dict[str, float]:
    """Sixty moves at 60 a second: when the last is on the screen, how many pictures came meanwhile."""
    page.evaluate("window.seen.length = 0")
    released = page.evaluate(DRAG)
    page.wait_for_function("document.querySelector('#st-culture').value === '95' && window.seen.at(-1).known > 0")
    page.wait_for_timeout(1500)
    seen = page.evaluate("window.seen")
    last = max(one["move"] for one in seen)
    settled = next(one["at"] for one in seen if one["move"] == last and one["known"] > 0) - released
    return {"settled after release, ms": settled, "pictures": len({one["move"] for one in seen})}


def intervals(page: Page) -> dict[str, float]:
    """Seconds after one more move until the chain tells spreads, and until all worlds are lived."""
    before = page.evaluate("window.seen.length = 0, +document.querySelector('.st-answers').dataset.move")
    page.locator("#st-design").focus()
    page.keyboard.press("ArrowRight")
    marks = {
        worlds: after(page, f"one.move > {before} && one.worlds >= {worlds}", 300_000) / 1000
        for worlds in (4, 8, 16, 60)
    }
    return {f"{worlds} worlds, s": seconds for worlds, seconds in marks.items()}


def told(times: list[float]) -> str:
    """Median, 95th percentile and worst."""
    return f"median {statistics.median(times):.0f}, p95 {late(times):.0f}, max {max(times):.0f} ms"


def crowd(pages: list[Page], rounds: int = 5) -> list[float]:
    """All visitors move at once, some times; milliseconds to each one's first repaint."""
    times = []
    for _ in range(rounds):
        before = []
        for page in pages:
            before.append(page.evaluate("window.seen.length = 0, +document.querySelector('.st-answers').dataset.move"))
            page.locator("#st-leadership").focus()
            page.keyboard.press("ArrowRight")
        times += [after(page, f"one.move > {move} && one.known > 0") for page, move in zip(pages, before, strict=True)]
    return times


def more(browser: Browser, page: Page, address: str, asked: argparse.Namespace) -> dict[str, object]:
    """A drag, full intervals, a page that comes when the server is warm, and many visitors at once."""
    found: dict[str, object] = {**drag(page), **intervals(page)}
    found["warm"], _ = come(browser.new_page(viewport={"width": 1280, "height": 800}), address, asked.scenario)
    pages = [browser.new_context().new_page() for _ in range(asked.visitors)]
    for one in pages:
        come(one, address, asked.scenario)
        one.evaluate(WATCH)
    found["crowd"] = crowd(pages) if pages else []
    return found


def main() -> None:
    """Measure, and print a line each; the last line is the same as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenario", default="hotel")
    parser.add_argument("--moves", type=int, default=22)
    parser.add_argument("--visitors", type=int, default=10)
    parser.add_argument("--only-moves", action="store_true", help="one key at a time, and nothing else")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with dashboard() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        usable, numbers = come(page, address, asked.scenario)
        print(f"first page cold: levers after {usable:.2f} s, numbers after {numbers:.2f} s")
        page.evaluate(WATCH)
        result: dict[str, object] = {"cold": usable, **moves(page, asked.moves)}
        if not asked.only_moves:
            result |= more(browser, page, address, asked)
        browser.close()
    for name, found in result.items():
        print(f"{name}: {told(found) if isinstance(found, list) and found else found}")
    print(json.dumps({**result, "load": os.getloadavg()}))


if __name__ == "__main__":
    main()
