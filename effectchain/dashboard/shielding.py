"""Who may talk to the dashboard, and what its pages may do: checked before a request reaches Solara."""

import re
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ANY_ADDRESS: Final = "*"
"""Stands among the hosts for every address in figures: no other site can make a name of its own point to one."""

LARGEST: Final = 10_000
"""Bytes of a request's body; pages send what they have to say in their websocket."""

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

POLICY: Final = (
    "default-src 'none'; "
    "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "  # Vue 2 makes functions of our templates in the browser
    "style-src 'self' 'unsafe-inline'; "  # Vue and ECharts set styles on elements, Solara puts styles into the page
    "img-src 'self' data: blob:; "  # pictures of charts, to keep
    "font-src 'self' data:; "
    "connect-src 'self' {socket}; "  # not every browser counts the websocket as 'self'
    "worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a page may load and do."""

_AUTHORITY: Final = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[A-Za-z0-9.-]+))(?::(?P<port>\d{1,5}))?")


def host_of(authority: str) -> str | None:
    """The name or address in 'name:port', small letters; None where it is neither."""
    found = _AUTHORITY.fullmatch(authority)
    return (found["six"] or found["name"]).lower() if found else None


def policy(nonce: str, host: str) -> str:
    """What a page that came from this host may do; its own scripts carry the nonce."""
    return POLICY.format(nonce=nonce, socket=f"ws://{host} wss://{host}")


class Shield:
    """Refuses requests to a name that isn't ours, or from a page of another site; adds headers to what goes out."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOCAL) -> None:
        """hosts: the names under which the dashboard may be asked for."""
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours, refuse the rest."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif self._is_ours(scope) and not _is_large(scope):
            await self._app(scope, receive, _with_headers(send))
        else:
            await _refuse(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        origin = headers.get("origin")
        if not self._is_host(host_of(host)):
            return False
        if origin is None:
            return bool(scope["type"] == "http")  # every browser names the page that opens a websocket
        return origin in {f"http://{host}", f"https://{host}"}

    def _is_host(self, name: str | None) -> bool:
        return name in self._hosts or (ANY_ADDRESS in self._hosts and name is not None and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_large(scope: Scope) -> bool:
    """Whether more is sent than any page of ours sends, or it is not said how much."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "0")
    return "transfer-encoding" in headers or not length.isdecimal() or int(length) > LARGEST


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    answer = PlainTextResponse("This dashboard answers only pages of its own.", 403, headers=HEADERS)
    await answer(scope, receive, send)
