"""The dashboard in a real browser: one server and one browser for all tests of a process."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")
pytest.importorskip("playwright", reason="Playwright is not installed: these tests did NOT run.")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

CHROMIUM = os.environ.get("EFFECTCHAIN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Visitor:
    """Who looks at pages, and all that went wrong meanwhile."""

    address: str
    context: BrowserContext
    troubles: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """A new tab, watched: what goes wrong in it fails the test."""
        page = self.context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.troubles.append(f"error on the page: {error}"))
        page.on("request", self._see_request)
        page.on("response", self._see_response)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.troubles.append(f"on the console: {message.text} {message.location}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.troubles.append(f"a request that leaves the machine: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400:
            self.troubles.append(f"answer {response.status} from {response.url}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard that runs in this process, without a slash at its end; its store is empty.

    Rules that have changed are compiled first: minutes on a busy machine, for which no page is to blame.
    """
    import uvicorn  # noqa: PLC0415  Solara is set up first

    from experiments.worlds.replication import prepare  # noqa: PLC0415  as above

    prepare()
    from effectchain.dashboard.serving import listening  # noqa: PLC0415
    from effectchain.dashboard.settings import configure  # noqa: PLC0415

    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    patch.setenv("EFFECTCHAIN_DATA", str(home))
    patch.setenv("EFFECTCHAIN_WORLDS", "4")
    patch.setenv("SOLARA_HOME", str(home))
    patch.setenv("SOLARA_STORAGE_MUTATION_DETECTION", "true")
    configure()
    from effectchain.dashboard.web import application  # noqa: PLC0415

    with listening("127.0.0.1", 0) as door:
        web = uvicorn.Server(uvicorn.Config(application(), log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=web.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not web.started:
            thread.join(0.02)
            assert thread.is_alive(), "The dashboard ended before it listened."
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        web.should_exit = True
        thread.join(5)
    patch.undo()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine: the dashboard was NOT tested. Install it (apt: chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: str) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each in a browser of their own; the test fails with whatever went wrong on their pages.

    Takes what `Browser.new_context` takes, such as viewport and reduced_motion.
    """
    visitors: list[Visitor] = []

    def enter(**wishes: Any) -> Visitor:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", "base_url": server}
        visitor = Visitor(server, browser.new_context(**{**settings, **wishes}))
        visitor.context.set_default_timeout(30_000)
        visitors.append(visitor)
        return visitor

    yield enter
    troubles = [trouble for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        visitor.context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def page(visit: Callable[..., Visitor]) -> Page:
    """A tab of one visitor; `page.goto('/people?lang=nl')`, then wait for something of the page."""
    return visit().page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails with every rule of accessibility (WCAG 2.2 AA) that the page breaks as it stands."""

    def judge(page: Page) -> None:
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        broken = [
            f"{rule['id']}: {rule['help']}\n  " + "\n  ".join(node["html"][:200] for node in rule["nodes"][:4])
            for rule in found.response["violations"]
        ]
        assert not broken, "\n".join(broken)

    return judge


@pytest.fixture
def picture_folder() -> Path | None:
    """Where screenshots go, if somebody wants to look: the folder in EFFECTCHAIN_PICTURES."""
    name = os.environ.get("EFFECTCHAIN_PICTURES")
    if not name:
        return None
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
