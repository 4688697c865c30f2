"""The page: its state, and what happens on it."""

from base64 import b64decode
from binascii import Error as Undecodable
from collections.abc import Callable
from typing import Any

import solara

from effectchain.dashboard.diagnosis.doing import Doing
from effectchain.dashboard.diagnosis.outcome import diagnosis_of, outcome
from effectchain.dashboard.diagnosis.picture import form, picture
from effectchain.dashboard.diagnosis.work import Work
from effectchain.dashboard.session import Session

Event = Callable[[Any], None]


@solara.component_vue("head.vue", vuetify=False)
def _Head(
    form: dict[str, Any], picture: dict[str, Any], event_arrive: Event, event_look: Event, event_forget: Event
) -> None:
    """Title, where answers are kept, and the three parts of the page."""


@solara.component_vue("filling.vue", vuetify=False)
def _Filling(
    form: dict[str, Any], picture: dict[str, Any], event_look: Event, event_answer: Event, event_people: Event
) -> None:
    """The statements, a block at a time."""


@solara.component_vue("files.vue", vuetify=False)
def _Files(
    form: dict[str, Any],
    picture: dict[str, Any],
    event_look: Event,
    event_template: Event,
    event_upload: Event,
    event_people: Event,
) -> None:
    """Forms to take along, and files to read."""


@solara.component_vue("outcome.vue", vuetify=False)
def _Outcome(
    words: dict[str, str],
    outcome: dict[str, Any],
    complaint: dict[str, str],
    event_base: Event,
    event_mature: Event,
    event_take: Event,
) -> None:
    """Dots, weak links, how sure, and the baseline."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The page in this visit and language."""
    doing = session.keep("diagnosis.doing", Doing)
    work, set_work = solara.use_state(doing.work)
    solara.use_effect(lambda: doing.watched(set_work), [])
    router = solara.use_router()
    static = solara.use_memo(lambda: form(language), [language])
    shown = picture(work, language)
    head = _Head(
        form=static, picture=shown, event_arrive=doing.arrive, event_look=doing.look, event_forget=doing.forget
    )
    return solara.v.Html(
        tag="div",
        class_="ec-page diag-page",
        children=[head, _part(work, static, shown, doing, session, router, language)],
    )


def _part(
    work: Work,
    static: dict[str, Any],
    shown: dict[str, Any],
    doing: Doing,
    session: Session,
    router: Any,
    language: str,
) -> solara.Element:
    if work.tab == "outcome":
        return _Ending(work=work, doing=doing, session=session, router=router, language=language, shown=shown)
    if work.tab == "files":
        return _Files(
            form=static,
            picture=shown,
            event_look=doing.look,
            event_template=lambda kind: doing.template(kind, language),
            event_upload=lambda file: doing.upload(str(file["name"]), _decoded(file["content"])),
            event_people=doing.change_people,
        )
    return _Filling(
        form=static,
        picture=shown,
        event_look=doing.look,
        event_answer=doing.answer,
        event_people=doing.change_people,
    )


@solara.component
def _Ending(
    work: Work, doing: Doing, session: Session, router: Any, language: str, shown: dict[str, Any]
) -> solara.Element:
    """The outcome; scored anew only when somebody answered something else."""
    diagnosis = solara.use_memo(lambda: diagnosis_of(work.people), [work.people])

    def base(wish: dict[str, Any]) -> None:
        scenario = doing.base(diagnosis, wish)
        if scenario is not None:
            session.hand_over("diagnosis", scenario, router)

    return _Outcome(
        words=form(language)["words"],
        outcome=outcome(work, diagnosis, language),
        complaint=shown["complaint"],
        event_base=base,
        event_mature=doing.mature,
        event_take=lambda form: doing.take(diagnosis, form, language),
    )


def _decoded(content: object) -> bytes:
    """The bytes that a browser sent as base64; empty where they are none."""
    try:
        return b64decode(str(content), validate=True)
    except Undecodable:
        return b""
