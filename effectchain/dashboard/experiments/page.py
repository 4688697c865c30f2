"""The page: its state, and what happens on it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import solara

from effectchain.dashboard.downloads import as_link
from effectchain.dashboard.experiments.doing import Doing
from effectchain.dashboard.experiments.picture import detail, listing
from effectchain.dashboard.session import Session
from effectchain.dashboard.words import words_of

Event = Callable[[Any], None]


@solara.component_vue("listing.vue", vuetify=False)
def _Listing(
    words: dict[str, str], listing: dict[str, Any], path: str, event_choose: Event, event_refresh: Event
) -> None:
    """The folders, and which of them to show."""


@solara.component_vue("detail.vue", vuetify=False)
def _Detail(
    words: dict[str, str],
    detail: dict[str, Any],
    download: dict[str, Any],
    event_look: Event,
    event_again: Event,
    event_open: Event,
    event_take: Event,
) -> None:
    """The folder that is open."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The page in this visit and language."""
    doing = session.keep("experiments.doing", Doing)
    (work, mover), see = solara.use_state((doing.work, doing.mover))
    router = solara.use_router()

    def sit_down() -> Callable[[], None]:
        leave = doing.watched(see)
        asked = parse_qs(router.search or "").get("folder", [""])[-1]
        if asked and asked != doing.work.path:
            doing.choose(asked)
        return leave

    def open_point(number: Any) -> None:
        scenario = doing.scenario(int(number))
        if scenario is not None:
            session.hand_over("experiment", scenario, router)

    solara.use_effect(sit_down, [])
    words = dict(words_of("experiments", language))
    listed = solara.use_memo(lambda: listing(work, language), [work.findings, work.path, language])
    shown = solara.use_memo(lambda: detail(work, mover, language), [id(work), id(mover), language])
    return solara.v.Html(
        tag="div",
        class_="ec-page exp-page",
        children=[
            _Listing(
                words=words, listing=listed, path=work.path, event_choose=doing.choose, event_refresh=doing.refresh
            ),
            _Detail(
                words=words,
                detail=shown,
                download=as_link(work.download),
                event_look=doing.look,
                event_again=doing.again,
                event_open=open_point,
                event_take=lambda form: doing.take(form, language),
            ),
        ],
    )
