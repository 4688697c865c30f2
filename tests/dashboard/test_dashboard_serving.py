"""How the dashboard is served: on this machine only, in words when it cannot be, and closed to pages of other sites."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from effectchain.dashboard.html import missing, no_page
from effectchain.dashboard.language import language_of
from effectchain.dashboard.pages import PAGES, page_at
from effectchain.dashboard.serving import address_of, listening
from effectchain.dashboard.settings import configure
from effectchain.dashboard.shielding import host_of
from scenarios.errors import Mistake
from tests.command_line import refused


@dataclass(frozen=True)
class Answer:
    """What a running dashboard answers."""

    status: int
    headers: Message
    text: str


def ask(server: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to a request with these headers."""
    with closing(HTTPConnection(urlsplit(server).netloc, timeout=20)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode(errors="replace"))


@contextmanager
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        yield int(door.getsockname()[1])


def test_a_taken_port_is_said_and_a_free_one_offered() -> None:
    """In one sentence, without a traceback."""
    with taken() as port:
        said = refused("dashboard", "--no-browser", "--port", str(port))

    assert f"Port {port} is taken" in said
    assert "effectchain dashboard --port" in said


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])  # noqa: S104  it is refused
def test_other_machines_are_kept_out(host: str) -> None:
    """A host that would let them in is refused, and why."""
    with pytest.raises(Mistake, match="does not open to other machines"), listening(host, 0):
        pass


def test_the_command_line_stays_quick() -> None:
    """Nothing of Solara is loaded for another command."""
    code = "import sys, effectchain.cli; sys.exit('solara' in sys.modules or 'starlette' in sys.modules)"

    assert 0 == subprocess.run([sys.executable, "-c", code], check=False).returncode


def test_an_address_can_be_typed() -> None:
    """With the language where one was wished, and brackets where the host is a number of the new kind."""
    assert "http://127.0.0.1:8765/" == address_of("127.0.0.1", 8765, None)
    assert "http://[::1]:80/?lang=nl" == address_of("::1", 80, "nl")


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_a_page_says_what_it_may_load_and_who_may_frame_it(server: str, path: str) -> None:
    """No script without the nonce of this answer, nothing from elsewhere, no frame, no sniffing; a strict cookie."""
    answer = ask(server, path)
    policy = answer.headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]

    assert 200 == answer.status
    assert answer.text.count("<script") == answer.text.count(f'<script nonce="{nonce}"')
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert ("nosniff", "DENY", "no-referrer") == tuple(
        answer.headers[name] for name in ("x-content-type-options", "x-frame-options", "referrer-policy")
    )
    assert {"httponly", "samesite=strict"} <= set(answer.headers["set-cookie"].lower().split("; "))
    assert nonce not in ask(server, path).text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8765", "", "[", "a b"])
def test_another_name_is_refused(server: str, host: str) -> None:
    """So that no site can make its own name point here."""
    assert 403 == ask(server, "/", Host=host).status


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:9999", None])
def test_a_page_of_another_site_cannot_talk_to_a_visit(server: str, origin: str | None) -> None:
    """Nor can a websocket that names no page, since every browser names one."""
    address = f"ws://{urlsplit(server).netloc}/jupyter/api/kernels/x/channels?session_id=y"

    with pytest.raises(InvalidStatus, match="403"), connect(address, origin=Origin(origin) if origin else None):
        pass


BROWSER = "11111111-2222-4333-8444-555555555555"
OTHER = "11111111-2222-4333-8444-666666666666"


def talk(server: str, visit: str, browser: str) -> ClientConnection:
    """The conversation of this browser's tab."""
    address = f"ws://{urlsplit(server).netloc}/jupyter/api/kernels/{visit}/channels?session_id=y"
    return connect(address, origin=Origin(server), additional_headers={"Cookie": f"solara-session-id={browser}"})


def test_a_page_of_ours_can_talk_to_its_visit(server: str) -> None:
    """So that what is refused above is refused for its origin; a browser that never saw a page of ours cannot."""
    with talk(server, "mine", BROWSER):
        pass
    for browser in ("", "anything", BROWSER.upper().replace("1", "A"), "session-id-cookie-unavailable:1"):
        with pytest.raises(InvalidStatus, match="403"), talk(server, "x", browser):
            pass


def test_another_browser_cannot_take_over_or_end_a_visit(server: str) -> None:
    """Even where it knows the visit's name."""
    from solara.server.kernel_context import contexts  # noqa: PLC0415  after it is set up

    with talk(server, "whose", BROWSER):
        wait_for(lambda: "whose" in contexts)
        with pytest.raises(InvalidStatus, match="403"), talk(server, "whose", OTHER):
            pass
        for cookie in (f"solara-session-id={OTHER}", ""):
            answer = ask(server, "/_solara/api/close/whose?session_id=y", "POST", Origin=server, Cookie=cookie)
            assert (200, BROWSER) == (answer.status, contexts["whose"].session_id)
        own = f"solara-session-id={BROWSER}"
        ask(server, "/_solara/api/close/whose?session_id=y", "POST", Origin=server, Cookie=own)
    wait_for(lambda: "whose" not in contexts)


def test_visits_of_one_browser_and_of_all_are_counted(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many are refused with a sentence; another browser can still come in."""
    from solara.server.kernel_context import contexts  # noqa: PLC0415  after it is set up

    monkeypatch.setattr("effectchain.dashboard.visits.TABS_OF_ONE", 1)
    mine = str(uuid4())
    own, other = (f"solara-session-id={browser}" for browser in (mine, uuid4()))
    with talk(server, "first", mine):
        wait_for(lambda: "first" in contexts)
        with pytest.raises(InvalidStatus, match="403"), talk(server, "second", mine):
            pass
        assert (503, 200) == (ask(server, "/", Cookie=own).status, ask(server, "/", Cookie=other).status)
        assert "Too many tabs" in ask(server, "/", Cookie=own).text
        monkeypatch.setattr("effectchain.dashboard.visits.TABS", 1)
        assert 503 == ask(server, "/", Cookie=other).status
    ask(server, "/_solara/api/close/first?session_id=y", "POST", Origin=server, Cookie=own)


def test_what_no_page_sends_is_refused(server: str) -> None:
    """A request with a body of any size, or of none that is said."""
    address = "/_solara/api/close/x?session_id=y"
    for header in ({"Content-Length": "1000000000"}, {"Transfer-Encoding": "chunked"}, {"Content-Length": "-1"}):
        assert ask(server, address, "POST", Origin=server, **header).status in {400, 403}


def wait_for(condition: Callable[[], bool]) -> None:
    """Until this holds."""
    end = time.monotonic() + 10
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


def test_a_form_of_another_site_is_refused(server: str) -> None:
    """It could end somebody's visit."""
    answer = ask(server, "/_solara/api/close/x?session_id=y", "POST", Origin="http://evil.example")

    assert 403 == answer.status


@pytest.mark.parametrize("path", ["/nowhere", "/resourcez", "/readyz", "/_solara/api/evict/x", "/_solara/cdn/vega@5"])
def test_what_no_page_needs_is_not_there(server: str, path: str) -> None:
    """And nothing is fetched from elsewhere to answer."""
    assert 404 == ask(server, path).status


def test_no_file_outside_is_served(server: str) -> None:
    """However the path is written."""
    for path in ("/effectchain/../app.py", "/effectchain/%2e%2e/app.py", "/_solara/cdn/..%2f..%2f..%2fpyvenv.cfg"):
        assert 404 == ask(server, path).status


def test_solaras_page_holds_all_that_we_replace() -> None:
    """A newer Solara that says it otherwise is noticed here."""
    configure()
    from solara.server import server  # noqa: PLC0415  after it is set up

    assert [] == missing(server.read_root("/", ""))


def test_nothing_of_ours_asks_another_machine() -> None:
    """No telemetry, and files only from this machine."""
    configure()
    from solara.server import settings  # noqa: PLC0415

    assert not settings.telemetry.mixpanel_enable
    assert settings.session.http_only
    assert "production" == settings.main.mode


@pytest.mark.parametrize(
    ("search", "cookies", "accepted", "expected"),
    [
        ("lang=nl", {}, "en", "nl"),
        ("lang=xx", {"effectchain-language": "nl"}, "en", "nl"),
        (None, {}, "nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        (None, {}, "fr;q=1,en;q=0.2,nl;q=0.9", "nl"),
        (None, {}, "fr", "en"),
        ("", {"effectchain-language": "<script>"}, ";;;q=,", "en"),
    ],
)
def test_the_language_is_what_one_asks_for_chose_or_has_set(
    search: str | None, cookies: dict[str, str], accepted: str, expected: str
) -> None:
    """In this order; English where nothing is known."""
    assert expected == language_of(search, cookies, accepted)


def test_pages_are_found_by_address() -> None:
    """With or without a slash at the end; there is no page elsewhere."""
    assert page_at("/people/") is page_at("/people")
    assert page_at("/elsewhere") is None
    assert 'lang="nl"' in no_page("nl", "1")


@pytest.mark.parametrize(
    ("authority", "expected"),
    [("127.0.0.1:80", "127.0.0.1"), ("[::1]:80", "::1"), ("LocalHost", "localhost"), ("a:b", None), ("a@b", None)],
)
def test_a_host_is_read_as_browsers_write_it(authority: str, expected: str | None) -> None:
    """None where it is no name at all."""
    assert expected == host_of(authority)
