"""The web application: our pages, our files, and of Solara's addresses only those that pages need."""

import secrets
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Final
from uuid import uuid4

from solara.server import server
from solara.server import starlette as solara_web
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Scope

from effectchain.dashboard.admitting import Door
from effectchain.dashboard.html import dressed, no_page
from effectchain.dashboard.language import language_of
from effectchain.dashboard.pages import PAGES
from effectchain.dashboard.settings import front_end
from effectchain.dashboard.shielding import LOCAL, Shield, policy
from effectchain.dashboard.visits import browser_of, converse, is_full, leave

FILES: Final = Path(str(files("effectchain.dashboard").joinpath("files")))
YEAR: Final = 31_536_000


class FrontEnd(solara_web.StaticFilesOptionalAuth):
    """The installed files that browsers need; what isn't there is not looked for elsewhere."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser: its address names the version."""
        answer: Response = await super().get_response(path, scope)
        if answer.status_code in {200, 304}:
            answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return answer


def application(hosts: frozenset[str] = LOCAL, token: str | None = None) -> Starlette:
    """The whole dashboard as a web application.

    hosts: the names under which it may be asked for. token: who comes in must show it; None lets everybody in that
    can reach it.
    """
    version = _version()

    def page(request: Request) -> Response:
        return _page(request, _language(request), version)

    def nowhere(request: Request) -> Response:
        return HTMLResponse(no_page(_language(request), version), 404)

    return Starlette(
        routes=[
            *(Route(one.path, page) for one in PAGES),
            Mount("/effectchain", solara_web.StaticFilesOptionalAuth(directory=FILES)),
            *_of_solara(),
            Route("/{path:path}", nowhere),
        ],
        lifespan=solara_web.lifespan,
        middleware=[
            Middleware(Shield, hosts=hosts),
            Middleware(Door, token=token),
        ],  # no gzip: on one machine it costs more than it saves
    )


def _of_solara() -> list[Route | Mount | WebSocketRoute]:
    """The conversation with a page, its end, and the files of widgets."""
    return [
        WebSocketRoute("/jupyter/api/kernels/{kernel_id}/{name}", converse),
        Route("/jupyter/api/kernels/{id}", solara_web.kernels),
        Route("/_solara/api/close/{kernel_id}", leave, methods=["POST"]),
        Mount("/_solara/cdn", FrontEnd(directory=front_end())),
        Mount("/static/assets", solara_web.StaticAssets()),
        Mount("/static", solara_web.StaticFilesOptionalAuth(directory=server.solara_static)),
        Mount("/jupyter/nbextensions", solara_web.StaticNbFiles()),
    ]


def _page(request: Request, language: str, version: str) -> Response:
    """One of our pages, and a cookie that tells this browser from others."""
    browser = browser_of(request.cookies)
    if is_full(browser):
        return HTMLResponse(no_page(language, version, "too_many"), 503)
    nonce = secrets.token_urlsafe(16)
    content = server.read_root(request.url.path, "")
    if content is None:
        raise RuntimeError(f"Solara has no page at {request.url.path}")
    answer = HTMLResponse(dressed(content, language, nonce, version))
    answer.headers["Content-Security-Policy"] = policy(nonce, request.headers["host"])
    answer.headers["Cache-Control"] = "no-store"
    is_safe = request.url.scheme == "https"
    answer.set_cookie(
        server.COOKIE_KEY_SESSION_ID, browser or str(uuid4()), samesite="strict", httponly=True, secure=is_safe
    )
    return answer


def _language(request: Request) -> str:
    return language_of(request.url.query, request.cookies, request.headers.get("accept-language", ""))


def _version() -> str:
    """Changes with our style and script."""
    parts = [path.read_bytes() for path in sorted(FILES.iterdir()) if path.is_file()]
    return sha256(b"".join(parts)).hexdigest()[:12]
