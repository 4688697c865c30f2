"""How smoothly the page People plays, and what it sends, in a real browser.

python benchmarks/dashboard_people.py [--preset hotel]

Without a preset the default organisation: 60 employees and 3,000 customers, all shown. Needs the extra 'dashboard',
Playwright and Chromium. Starts a dashboard of its own. Run it on a machine that does nothing else.
"""

import argparse
import shutil
from urllib.parse import urlencode

from dashboard import dashboard
from playwright.sync_api import Page, WebSocket, sync_playwright
from turns import late

from scenarios.scenario import Scenario
from scenarios.sharing import packed

FRAMES = """
(seconds) => new Promise((done) => {
  const gaps = [];
  let last = performance.now();
  const end = last + 1000 * seconds;
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    if (now < end) { requestAnimationFrame(frame); } else { done(gaps.slice(1)); }
  };
  requestAnimationFrame(frame);
})
"""

DRAWN = """
(rounds) => {
  const stage = document.querySelector('.pp-stage').__vue__;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) { stage.stage.draw(stage.view(0.5)); }
  const middle = performance.now();
  for (let round = 0; round < rounds; round += 1) { stage.market.draw(stage.view(null)); }
  return [(middle - start) / rounds, (performance.now() - middle) / rounds];
}
"""


class Heard:
    """Bytes that came over the websocket."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._add)

    def _add(self, frame: str | bytes) -> None:
        self.bytes += len(frame)

    def since(self, before: int) -> str:
        """Kilobytes since then."""
        return f"{(self.bytes - before) / 1000:,.0f} kB"


def query(preset: str | None) -> str:
    """What the address asks for."""
    if preset:
        return urlencode({"lang": "en", "preset": preset})
    base = Scenario.model_validate({"schema": 1, "name": "default"})
    return urlencode({"lang": "en", "s": packed([base, base.strengthen("leadership", to=0.8, weeks=52)])})


def play(page: Page, speed: int, seconds: float) -> str:
    """Frames a second while it plays."""
    page.locator("#pp-week").fill("20")
    page.locator("#pp-speed").select_option(str(speed))
    page.get_by_role("button", name="Play").click()
    gaps = page.evaluate(FRAMES, seconds)
    page.get_by_role("button", name="Pause").click()
    return f"{1000 * len(gaps) / sum(gaps):.0f} frames/s, 95 of 100 within {late(gaps):.0f} ms"


def main() -> None:
    """Measure and print."""
    wishes = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wishes.add_argument("--preset")
    preset = wishes.parse_args().preset
    with dashboard() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        heard = Heard(page)
        for visit in ("cold", "warm"):
            before = heard.bytes
            page.goto(f"{address}/people?{query(preset)}")
            page.locator(".pp-body").wait_for(timeout=120_000)
            ready = page.evaluate("performance.now()")
            page.wait_for_timeout(1_000)
            print(f"{visit}: two worlds seen after {ready / 1000:.1f} s, {heard.since(before)} received")
        print(page.locator(".pp-who p").inner_text())
        stage, market = page.evaluate(DRAWN, 60)
        print(f"drawing: teams {stage:.1f} ms, market {market:.1f} ms")
        for speed in (1, 4, 8):
            before = heard.bytes
            print(f"{speed} weeks/s: {play(page, speed, 4)}, {heard.since(before)} received")
        before = heard.bytes
        page.evaluate("window.asked = performance.now()")
        page.locator(".pp-follow select").first.select_option(index=1)
        page.locator(".pp-name h3").wait_for()
        waited = page.evaluate("performance.now() - window.asked")
        print(f"a story after {waited:.0f} ms, {heard.since(before)} received")
        browser.close()


if __name__ == "__main__":
    main()
