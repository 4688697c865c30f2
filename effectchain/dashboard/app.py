"""The app that Solara serves: the bar at the top and, under it, the page of the address."""

from collections.abc import Callable
from typing import Any, Final

import solara
from solara.lab import cookies, headers

from effectchain.dashboard.language import language_of
from effectchain.dashboard.pages import PAGES, PageOf, page_at
from effectchain.dashboard.session import Session
from effectchain.dashboard.shell.picture import shell_picture
from effectchain.dashboard.words import words_of


@solara.component_vue("shell/shell.vue", vuetify=False)
def _Bar(
    picture: dict[str, Any],
    event_go: Callable[[str], None],
    event_language: Callable[[str], None],
) -> None:
    """The bar at the top: where one can go, and in which language."""


@solara.component_vue("shell/trouble.vue", vuetify=False)
def _Trouble(words: dict[str, str], event_again: Callable[[Any], None]) -> None:
    """A sentence in the place of a page that failed."""


@solara.component
def _Page(page: PageOf, session: Session, language: str) -> solara.Element:
    """A page; where it fails, a sentence and a way to try again."""
    trouble, forget = solara.use_exception()
    if trouble is not None:
        return _Trouble(words=dict(words_of("shell", language)), event_again=lambda _: forget())
    return page.component()(session=session, language=language)


@solara.component
def App(children: Any = None) -> solara.Element:  # noqa: ARG001  Solara hands over what we show ourselves
    """The whole screen; stays while pages change, and so keeps the session."""
    router = solara.use_router()
    session = solara.use_memo(Session, [])
    language, set_language = solara.use_state(solara.use_memo(lambda: _first_language(router.search), []))
    session.put("shell.set_language", set_language)
    page = page_at(router.path) or PAGES[0]
    picture = shell_picture(page.name, language)
    shown = _Page(page=page, session=session, language=language).key(page.name)
    bar = _Bar(picture=picture, event_go=lambda path: _go(router, path), event_language=set_language)
    return solara.v.Html(
        tag="div",
        class_="ec-alone" if page.stands_alone else "ec-app",
        children=[
            solara.Title(picture["window_title"]),
            bar,
            solara.v.Html(tag="main", attributes={"id": "main", "tabindex": "-1"}, children=[shown]),
        ],
    )


def _first_language(search: str | None) -> str:
    accepted = (headers.value or {}).get("accept-language", [""])
    return language_of(search, cookies.value or {}, accepted[0])


def _go(router: solara.routing.Router, path: str) -> None:
    if page_at(path):
        router.push(path)


@solara.component
def _Nothing() -> None:
    """What Solara would show under the layout; the layout shows the page itself."""


routes: Final = [
    solara.Route(path=page.path.strip("/") or "/", component=_Nothing, layout=App if page.path == "/" else None)
    for page in PAGES
]
