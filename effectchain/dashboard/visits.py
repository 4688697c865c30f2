"""Visits, each the conversation of one tab with the server: whose they are, and how many there may be."""

from typing import Final
from uuid import UUID

from solara.server import kernel_context, server
from solara.server import starlette as solara_web
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from effectchain.dashboard.settings import TABS, TABS_OF_ONE

REFUSED: Final = 1008
LATER: Final = 1013
"""Why a websocket is closed: it may not be; there are too many now."""


def browser_of(cookies: dict[str, str]) -> str | None:
    """The name by which a browser is told from others; None for none that we gave."""
    found = server.get_session_id_cookie(cookies)
    try:
        return found if found and str(UUID(found)) == found else None
    except ValueError:
        return None


def is_full(browser: str | None) -> bool:
    """Whether there are as many visits as there may be, in all or in this browser."""
    visits = list(kernel_context.contexts.values())
    own = sum(visit.session_id == browser for visit in visits) if browser else 0
    return len(visits) >= TABS or own >= TABS_OF_ONE


async def converse(socket: WebSocket) -> None:
    """A tab's conversation, for a browser that has seen a page of ours, with a visit of its own or a new one."""
    browser = browser_of(socket.cookies)
    visit = kernel_context.contexts.get(socket.path_params["kernel_id"])
    if browser is None or "session_id" not in socket.query_params or (visit and visit.session_id != browser):
        await socket.close(REFUSED)
    elif visit is None and is_full(browser):
        await socket.close(LATER)
    else:
        await solara_web.kernel_connection(socket)


def leave(request: Request) -> Response:
    """The end of a visit, said by the browser whose it is; what others say is passed over."""
    visit = kernel_context.contexts.get(request.path_params["kernel_id"])
    if visit is None or visit.session_id != browser_of(request.cookies) or "session_id" not in request.query_params:
        return Response()
    answer: Response = solara_web.close(request)
    return answer
