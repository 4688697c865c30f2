"""Who may come in from another machine: who has shown the access token, by hand or through a proxy that adds it."""

import asyncio
import hmac
import os
import secrets
import stat
import time
from collections import OrderedDict, deque
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from effectchain.dashboard.language import language_of
from effectchain.dashboard.words import words_of
from scenarios.errors import Mistake

SHORTEST: Final = 20
"""Characters of a token at least; one that we make has 43."""

LONGEST: Final = 1_000
VARIABLE: Final = "EFFECTCHAIN_TOKEN"
DOOR: Final = "/enter"
PASS: Final = "effectchain-pass"  # noqa: S105  the cookie's name
STAY: Final = 12 * 3_600
"""Seconds for which who has come in need not show the token again."""

MOST_PASSES: Final = 1_000
MOST_WRONG: Final = 20
"""Wrong tokens a minute, from everybody together; after these nobody is asked until the minute is over."""

MINUTE: Final = 60.0
SLOWLY: Final = 1.0
"""Seconds that a wrong token costs."""

DOOR_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def token_from(file: Path | None) -> str | None:
    """The access token: that of the file, made where there is none, or else EFFECTCHAIN_TOKEN; None without either.

    Raises Mistake for a file that others can read or that cannot be used, and for a token that could be guessed.
    """
    if file is None:
        token = os.environ.get(VARIABLE, "").strip()
        return _proper(token, VARIABLE) if token else None
    try:
        if not file.exists():
            _make(file)
        if os.name != "nt" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise Mistake("can be read by other users of this machine", str(file), hint=f"chmod 600 '{file}'")
        with file.open("rb") as content:
            token = content.read(LONGEST + 1).decode("ascii", "replace").strip()
    except OSError as error:
        raise Mistake(f"cannot be used: {(error.strerror or 'no access').lower()}", str(file)) from None
    return _proper(token, str(file))


def _make(file: Path) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as new:
        new.write(secrets.token_urlsafe(32) + "\n")


def _proper(token: str, where: str) -> str:
    if not SHORTEST <= len(token) <= LONGEST or not token.isascii() or not token.isprintable() or " " in token:
        raise Mistake(
            "is no access token that is hard to guess",
            where,
            f"{SHORTEST} to {LONGEST:,} letters, digits and signs, on one line",
            hint="name a file that does not exist, and one is made",
        )
    return token


class Door:
    """Passes on who has a pass or brings the token with the request; asks everybody else for it."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        """token: None lets everybody in."""
        self._app = app
        self._token = _digest(token) if token else b""
        self._passes: OrderedDict[bytes, float] = OrderedDict()
        self._wrong: deque[float] = deque(maxlen=MOST_WRONG)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, ask, or refuse."""
        if not self._token or scope["type"] == "lifespan" or self._is_known(HTTPConnection(scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = await self._answer(Request(scope, receive))
            await answer(scope, receive, send)

    def _is_known(self, connection: HTTPConnection) -> bool:
        kind, _, brought = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self._is_token(brought.strip())
        until = self._passes.get(_digest(connection.cookies.get(PASS, "")))
        return until is not None and time.monotonic() < until

    def _is_token(self, brought: str) -> bool:
        """Whether it is the token; takes as long whatever is wrong with it."""
        return hmac.compare_digest(_digest(brought), self._token)

    async def _answer(self, request: Request) -> Response:
        """The door, or what became of an attempt to open it."""
        language = language_of(request.url.query, request.cookies, request.headers.get("accept-language", ""))
        if request.url.path != DOOR or request.method != "POST":
            return _door(language, 401)
        form = parse_qs((await _body(request)).decode("ascii", "replace"))
        if len(self._wrong) == MOST_WRONG and time.monotonic() - self._wrong[0] < MINUTE:
            return _door(language, 429, "door_wait")  # asked once all has come: many may knock at the same time
        if self._is_token(form.get("token", [""])[0].strip()):
            return self._opened(request)
        self._wrong.append(time.monotonic())
        await asyncio.sleep(SLOWLY)
        return _door(language, 403, "door_wrong")

    def _opened(self, request: Request) -> Response:
        """To the start, with a pass of one's own; the oldest ones end when there are very many."""
        new = secrets.token_urlsafe(32)
        self._passes[_digest(new)] = time.monotonic() + STAY
        while len(self._passes) > MOST_PASSES:
            self._passes.popitem(last=False)
        answer = RedirectResponse("/", 303)
        is_safe = request.url.scheme == "https"
        answer.set_cookie(PASS, new, max_age=STAY, httponly=True, samesite="strict", secure=is_safe)
        return answer


async def _body(request: Request) -> bytes:
    """What was sent, as far as a token could be that long."""
    content = b""
    async for piece in request.stream():
        content += piece
        if len(content) > 4 * LONGEST:
            return b""
    return content


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def _door(language: str, status: int, told: str = "") -> Response:
    """The page that asks for the token."""
    words = {key: escape(text) for key, text in words_of("shell", language).items()}
    said = f'<p role="alert">{words[told]}</p>' if told else ""
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>EffectChain</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><style>body{font:1rem/1.5 sans-serif;'
        "max-width:34rem;margin:12vh auto;padding:0 1rem}input,button{font:inherit;padding:.5rem;width:100%;"
        "box-sizing:border-box;margin:.25rem 0 1rem}</style></head><body><main><h1>EffectChain</h1>"
        f'{said}<form method="post" action="{DOOR}"><label for="token">{words["door_token"]}</label>'
        '<input id="token" name="token" type="password" autocomplete="current-password" required autofocus>'
        f"<button>{words['door_enter']}</button></form></main></body></html>"
    )
    headers = {"Content-Security-Policy": DOOR_POLICY, "Cache-Control": "no-store"}
    headers["Referrer-Policy"] = "same-origin"  # with none at all, browsers do not say whose form it is
    return HTMLResponse(page, status, headers)
