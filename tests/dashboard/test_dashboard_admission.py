"""Who may come in from another machine: who shows the access token, and nobody else gets further than its door."""

import os
import re
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from socket import create_connection
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from effectchain.dashboard import admitting
from effectchain.dashboard.admitting import PASS, Door, token_from
from effectchain.dashboard.serving import Admission, listening
from effectchain.dashboard.shielding import LOCAL, Shield
from scenarios.errors import Mistake
from tests.served import served

TOKEN = "a-token-that-nobody-guesses"  # noqa: S105  of these tests only


def within(_request: Request) -> Response:
    """What stands behind the door."""
    return PlainTextResponse("within")


@contextmanager
def open_door(token: str | None, hosts: frozenset[str] = LOCAL) -> Iterator[str]:
    """The address of something behind a door."""
    guards = [Middleware(Shield, hosts=hosts), Middleware(Door, token=token)]
    app = Starlette(routes=[Route("/{path:path}", within)], middleware=guards)
    with listening("127.0.0.1", 0) as door:
        web = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=web.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not web.started:
            thread.join(0.02)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        web.should_exit = True
        thread.join(5)


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of something behind a guarded door; wrong tokens cost little time."""
    monkeypatch.setattr(admitting, "SLOWLY", 0.01)
    with open_door(TOKEN) as address:
        yield address


def ask(address: str, path: str = "/", method: str = "GET", body: str = "", **headers: str) -> tuple[int, Any, str]:
    """Status, headers and text of the answer."""
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def knock(address: str, token: str) -> tuple[int, Any, str]:
    """What becomes of an attempt to come in with this token."""
    return ask(address, "/enter", "POST", urlencode({"token": token}), Origin=address)


def test_without_the_token_nothing_is_reached(guarded: str) -> None:
    """Whatever is asked for, one gets a form, and of websockets nothing."""
    for path in ("/", "/people", "/effectchain/effectchain.js", "/_solara/cdn/x", "/enter", "/static/x"):
        status, headers, text = ask(guarded, path)
        assert (401, "no-store") == (status, headers["cache-control"])
        assert "within" not in text
        assert "form-action 'self'" in headers["content-security-policy"]
    for wrong in ("Bearer wrong-token-wrong-token", "Bearer", f"Basic {TOKEN}", f"Bearer {TOKEN}x"):
        assert 401 == ask(guarded, Authorization=wrong)[0]
    assert 401 == ask(guarded, Cookie=f"{PASS}={TOKEN}")[0]
    address = f"ws://{urlsplit(guarded).netloc}/jupyter/api/kernels/x/channels"
    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=Origin(guarded)):
        pass


def test_with_the_token_one_comes_in_and_stays(guarded: str) -> None:
    """The browser gets a pass that no script can read and no other site can use; the token is in no address."""
    status, headers, _ = knock(guarded, TOKEN)
    cookie = headers["set-cookie"]

    assert (303, "/") == (status, headers["location"])
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.lower().split("; "))
    assert TOKEN not in cookie
    assert (200, "within") == ask(guarded, Cookie=cookie.partition(";")[0])[::2]
    assert 200 == ask(guarded, Authorization=f"Bearer {TOKEN}")[0]


def test_a_pass_ends(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, and the oldest ones where there are very many."""
    monkeypatch.setattr(admitting, "MOST_PASSES", 2)
    cookies = [knock(guarded, TOKEN)[1]["set-cookie"].partition(";")[0] for _ in range(3)]
    assert [401, 200, 200] == [ask(guarded, Cookie=cookie)[0] for cookie in cookies]
    monkeypatch.setattr(admitting, "STAY", -1)
    assert 401 == ask(guarded, Cookie=knock(guarded, TOKEN)[1]["set-cookie"].partition(";")[0])[0]


def test_guessing_is_slow_and_soon_stops(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong tokens are refused, after some of them everybody for a minute; who has a pass stays."""
    own = knock(guarded, TOKEN)[1]["set-cookie"].partition(";")[0]
    monkeypatch.setattr(admitting, "SLOWLY", 0.2)
    began = time.monotonic()
    assert 403 == knock(guarded, "guess")[0]
    assert time.monotonic() - began >= 0.2
    monkeypatch.setattr(admitting, "SLOWLY", 0.0)
    found = [knock(guarded, f"guess {number}")[0] for number in range(admitting.MOST_WRONG + 5)]

    assert {403, 429} == set(found)
    assert 429 == knock(guarded, TOKEN)[0]
    assert 200 == ask(guarded, Cookie=own)[0]


def test_who_knocks_at_the_same_time_tries_no_more_tokens(guarded: str) -> None:
    """Requests that are begun together, and whose tokens come at once, are counted like others."""
    host = urlsplit(guarded)
    body = urlencode({"token": "guess"}).encode()
    head = f"POST /enter HTTP/1.1\r\nHost: {host.netloc}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with ExitStack() as stack:
        address = (str(host.hostname), host.port)
        doors = [stack.enter_context(create_connection(address, 10)) for _ in range(admitting.MOST_WRONG + 10)]
        for door in doors:
            door.sendall(head)
        time.sleep(0.3)
        for door in doors:
            door.sendall(body)
        found = [door.recv(12).decode() for door in doors]

    assert admitting.MOST_WRONG == found.count("HTTP/1.1 403")
    assert 10 == found.count("HTTP/1.1 429")


@pytest.mark.parametrize("body", ["", "token", "token=%ff%00", "x" * 9_000, "token=" + "a" * 9_000, "token=&token=b"])
def test_no_form_does_harm(guarded: str, body: str) -> None:
    """Whatever is sent to the door."""
    assert ask(guarded, "/enter", "POST", body, Origin=guarded)[0] == 403


def test_a_form_of_another_site_does_not_reach_the_door(guarded: str) -> None:
    """So that nobody is let in, or locked out, by a page elsewhere."""
    for origin in ("http://evil.example", "null"):
        body = urlencode({"token": TOKEN})
        assert "own" in ask(guarded, "/enter", "POST", body, Origin=origin)[2]


def test_a_token_file_is_made_and_kept_to_oneself(tmp_path: Path) -> None:
    """Made where there is none, for its owner only; the same the second time."""
    file = tmp_path / "token"
    made = token_from(file)

    assert made is not None
    assert len(made) >= 40
    assert made == token_from(file)
    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    file.chmod(0o640)
    with pytest.raises(Mistake, match="other users of this machine; chmod 600"):
        token_from(file)


@pytest.mark.parametrize(
    "token", ["short", "with a space in it, so long", "ünguessable-but-no-ascii", "a" * 1001, "\n"]
)
def test_a_token_that_can_be_guessed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """From a file as from the environment; the sentence does not repeat it."""
    file = tmp_path / "token"
    file.touch(mode=0o600)
    file.write_text(token, encoding="utf-8")
    with pytest.raises(Mistake, match="hard to guess") as found:
        token_from(file)
    assert token.strip() == "" or token not in str(found.value)
    monkeypatch.setenv("EFFECTCHAIN_TOKEN", "short")
    with pytest.raises(Mistake, match="EFFECTCHAIN_TOKEN"):
        token_from(None)


def test_a_token_may_stand_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As containers have it; none is none."""
    monkeypatch.setenv("EFFECTCHAIN_TOKEN", TOKEN)
    assert TOKEN == token_from(None)
    monkeypatch.setenv("EFFECTCHAIN_TOKEN", " ")
    assert token_from(None) is None


def test_a_token_file_that_cannot_be_is_told(tmp_path: Path) -> None:
    """In a sentence."""
    with pytest.raises(Mistake, match="cannot be used"):
        token_from(tmp_path / "nowhere" / "token")
    with pytest.raises(Mistake):
        token_from(tmp_path)


def test_names_are_those_that_were_given() -> None:
    """Addresses in figures where it listens to other machines; names only with a token, and only possible ones."""
    assert Admission().hosts("127.0.0.1") == LOCAL
    hosts = Admission(TOKEN, ("Dash.example.org",)).hosts("0.0.0.0")  # noqa: S104
    with open_door(None, hosts) as address:
        for host, status in {
            "dash.example.org": 200,
            "10.1.2.3:99": 200,
            "[fe80::1]": 200,
            "evil.example": 403,
        }.items():
            assert status == ask(address, Host=host)[0], host
    with pytest.raises(Mistake, match="without an access token"):
        Admission(None, ("dash.example.org",)).hosts("127.0.0.1")
    with pytest.raises(Mistake, match="no name of a machine"):
        Admission(TOKEN, ("http://x",)).hosts("127.0.0.1")


@pytest.mark.journey
def test_from_the_door_to_a_page(browser: Browser, tmp_path: Path, visit: Callable[..., Any]) -> None:
    """A wrong token, the right one, and a page that works; a browser without a pass sees the door only."""
    del visit
    file = tmp_path / "token"
    with served(tmp_path, "--host", "0.0.0.0", "--token-file", str(file)) as server:  # noqa: S104
        address = server.address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("/people?lang=en")
        page.get_by_label("Access token").fill("wrong")
        page.get_by_role("button", name="Come in").click()
        expect(page.get_by_role("alert")).to_contain_text("not the access token")
        page.get_by_label("Access token").fill(file.read_text().strip())
        page.get_by_role("button", name="Come in").click()
        page.wait_for_url(re.compile(r"/$"))
        expect(page.locator("[data-tile=loyalty] .st-number")).to_have_text(re.compile(r"\d"), timeout=60_000)
        other = browser.new_context(base_url=address).new_page()
        assert 401 == other.request.get("/people").status
        assert os.environ.get("EFFECTCHAIN_TOKEN") is None
        context.close()
