"""The strategist's page: what is moved goes to the desk, what comes back is shown; the newest move wins."""

from collections.abc import Callable
from typing import Any, Final

import solara

from effectchain.dashboard.session import Session
from effectchain.dashboard.strategist import acts
from effectchain.dashboard.strategist.answering import answering
from effectchain.dashboard.strategist.assuming import assuming
from effectchain.dashboard.strategist.baselines import USUAL, baseline, choices, handed_over
from effectchain.dashboard.strategist.desk import Desk
from effectchain.dashboard.strategist.heading import heading
from effectchain.dashboard.strategist.moving import moving
from effectchain.dashboard.strategist.numbers import number_told
from effectchain.dashboard.strategist.work import begun
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from scenarios.errors import Mistake

Event = Callable[[Any], None]

COMPARED: Final = ("is_same", "title", "suggestion", "can_pin", "pins", "baseline_colour")
"""What of the head is shown over the answers."""


@solara.component_vue("head.vue", vuetify=False)
def _Head(head: dict[str, Any], words: dict[str, str], language: str, event_act: Event) -> None:
    """Baseline, way back, what is compared, keeping and sharing."""


@solara.component_vue("levers.vue", vuetify=False)
def _Levers(
    moving: dict[str, Any], assuming: dict[str, Any], words: dict[str, str], tab: str, acked: int, event_act: Event
) -> None:
    """What one decides and what one assumes."""


@solara.component_vue("answers.vue", vuetify=False)
def _Answers(
    answer: dict[str, Any],
    head: dict[str, Any],
    words: dict[str, str],
    language: str,
    number: dict[str, Any],
    event_act: Event,
) -> None:
    """What comes of it."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The page in this visit and language."""
    desk = solara.use_memo(lambda: _desk(session), [])
    seen, see = solara.use_state((desk.work, desk.answer))
    tab, set_tab = solara.use_state("actions")
    search, set_search = solara.use_state("")
    acked, acknowledge = solara.use_state(0)
    mistake, set_mistake = solara.use_state("")
    asked, ask_number = solara.use_state("")

    def sit_down() -> Callable[[], None]:
        desk.open(lambda answer: see((desk.work, answer)))
        return lambda: desk.close()

    solara.use_effect(sit_down, [])

    def act(what: dict[str, Any]) -> None:
        kind = str(what.get("kind", ""))
        if kind == "tab":
            set_tab(str(what["tab"]))
        elif kind == "search":
            set_search(str(what["text"])[:60])
        elif kind == "number":
            ask_number(str(what["indicator"]))
        else:
            _do(what)

    def _do(what: dict[str, Any]) -> None:
        before = desk.work
        try:
            desk.work = acts.done(before, what, session)
            answer = desk.ask()
            set_mistake("")
        except Mistake as wrong:
            desk.work, answer = before, desk.ask()
            set_mistake(str(wrong))
        session.put("strategist.base", desk.work.now.base)
        session.put("strategist.what_if", desk.work.now.what_if)
        see((desk.work, answer))
        if "id" in what:
            acknowledge(int(what["id"]))

    work, answer = seen
    words = dict(words_of("strategist", language))
    shown = solara.use_memo(lambda: _answer(work, answer, language), [work, answer, language])
    moved = solara.use_memo(lambda: moving(work.shown, language), [work.shown, language])
    assumed = solara.use_memo(
        lambda: assuming(work.now.base, search, language) if tab == "assumptions" else {},
        [work.now.base, search, language, tab],
    )
    groups = choices(session, work.origin, work.now.base, language)
    head = heading(work, groups, language, mistake=mistake)
    compared = {key: head[key] for key in COMPARED}
    number = number_told(asked, answer, work, language) if asked else {}
    return solara.v.Html(
        tag="div",
        class_="ec-page st-page",
        children=[
            _Head(head=head, words=words, language=language, event_act=act),
            solara.v.Html(
                tag="div",
                class_="st-columns",
                children=[
                    _Levers(moving=moved, assuming=assumed, words=words, tab=tab, acked=acked, event_act=act),
                    _Answers(answer=shown, head=compared, words=words, language=language, number=number, event_act=act),
                ],
            ),
        ],
    )


def _desk(session: Session) -> Desk:
    """The desk of this visit; with what another page has handed over, if it has."""
    handed = handed_over(session)
    desk = session.keep("strategist.desk", lambda: Desk(begun(USUAL, baseline(session, USUAL))))
    if handed:
        desk.work = begun(*handed)
    return desk


def _answer(work: Any, answer: Answer | None, language: str) -> dict[str, Any]:
    if answer is None or len(answer.scenarios) != len(work.pins) + 2:
        return {}
    return answering(work, answer, language)
