"""The strategist's page: what is moved goes to the desk, what comes back is shown; the newest move wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qs

import solara

from effectchain.dashboard.errands import Runner
from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.packing import packed
from effectchain.dashboard.presence import while_attended
from effectchain.dashboard.roadmap.panel import RoadmapPanel
from effectchain.dashboard.session import Session
from effectchain.dashboard.strategist import acts, keeping
from effectchain.dashboard.strategist.answering import answering
from effectchain.dashboard.strategist.assuming import assuming
from effectchain.dashboard.strategist.baselines import USUAL, baseline, choices, handed_over
from effectchain.dashboard.strategist.desk import Desk
from effectchain.dashboard.strategist.heading import called, files_of, heading
from effectchain.dashboard.strategist.inquiring import Inquiry, find_out
from effectchain.dashboard.strategist.moving import moving
from effectchain.dashboard.strategist.numbers import number_told
from effectchain.dashboard.strategist.reasons import gist, reasons
from effectchain.dashboard.strategist.work import Work, begun
from effectchain.dashboard.taking.panel import TakingPanel
from effectchain.dashboard.words import words_of
from experiments.live.answer import Answer
from results.indicators import INDICATORS
from scenarios.errors import Mistake

Event = Callable[[Any], None]

SIGHTS: Final = ("outcomes", "why", "roadmap")
"""What the right-hand side can show."""

COMPARED: Final = ("is_same", "title", "suggestion", "can_pin", "pins", "baseline_colour")
"""What of the head is shown over the answers."""


@dataclass(frozen=True, eq=False)
class View:
    """What is to be seen: the work and what is known of it, and what is open.

    asked: the indicator that is explained. acked: the last move that has arrived. told: what was done. kept: counts
    what changes what is kept. code: the work as part of an address, made when it has come to rest;
    rested: how often. shared: its files.
    """

    work: Work
    answer: Answer | None
    inquiry: Inquiry
    tab: str = "actions"
    sight: str = "outcomes"
    search: str = ""
    asked: str = ""
    acked: int = 0
    mistake: Mistake | None = None
    told: str = ""
    kept: int = 0
    code: str = ""
    rested: int = 0
    shared: tuple[dict[str, str], ...] = ()


@solara.component_vue("head.vue", vuetify=False)
def _Head(packed_head: str, packed_words: str, language: str, event_act: Event) -> None:
    """Baseline, way back, keeping and sharing."""


@solara.component_vue("levers.vue", vuetify=False)
def _Levers(
    packed_moving: str, packed_assuming: str, packed_words: str, tab: str, acked: int, event_act: Event
) -> None:
    """What one decides and what one assumes."""


@solara.component_vue("answers.vue", vuetify=False)
def _Answers(
    packed_answer: str,
    packed_head: str,
    packed_why: str,
    packed_number: str,
    packed_words: str,
    view: str,
    language: str,
    event_act: Event,
) -> None:
    """What comes of it."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The page in this visit and language."""
    search = solara.use_router().search
    desk, mistake = solara.use_memo(lambda: _desk(session, search), [])
    view, see = solara.use_state(View(desk.work, desk.answer, Inquiry(desk.work.now), mistake=mistake))
    inquirer = solara.use_memo(lambda: Runner(lambda found: see(lambda old: replace(old, inquiry=found))), [])

    def sit_down() -> None:
        desk.open(lambda answer: see(lambda old: replace(old, work=desk.work, answer=answer)))

    def get_up() -> None:
        inquirer.cancel()
        desk.close()

    solara.use_effect(lambda: while_attended(sit_down, get_up), [])

    def act(what: dict[str, Any]) -> None:
        kind = str(what.get("kind", ""))
        if kind in LOOKS:
            see(lambda old: LOOKS[kind](old, what))
        elif kind == "why":
            inquirer.send(Inquiry(desk.work.now, _indicator(what)), find_out)
        elif kind == "cancel":
            inquirer.cancel()
        elif kind == "address":
            code = keeping.code_of(desk.work)
            see(lambda old: replace(old, code=code, rested=old.rested + 1))
        elif kind == "files":
            files = tuple(files_of(desk.work, language))
            see(lambda old: replace(old, shared=files))
        else:
            see(_acted(desk, what, session))

    work, answer = view.work, view.answer
    why = gist(view.inquiry, work.shown, language)
    shown = solara.use_memo(
        lambda: packed(_answer(work, answer, language, why)), [id(work), id(answer), language, view.inquiry.state]
    )
    moved = solara.use_memo(lambda: packed(moving(work.shown, language)), [id(work), language])
    packed_words = solara.use_memo(lambda: packed(dict(words_of("strategist", language))), [language])
    head = solara.use_memo(
        lambda: _head(session, view, language),
        [id(work), language, view.mistake, view.told, view.kept, view.rested, view.shared],
    )
    assumed = assuming(work.now.base, work.usual, view.search, language) if view.tab == "assumptions" else {}
    told_why = reasons(view.inquiry, work.shown, answer, language) if view.sight == "why" else {}
    number = number_told(view.asked, answer, work, language) if view.asked else {}
    levers = _Levers(
        packed_moving=moved,
        packed_assuming=packed(assumed),
        packed_words=packed_words,
        tab=view.tab,
        acked=view.acked,
        event_act=act,
    )
    answers = _Answers(
        packed_answer=shown,
        packed_head=packed({key: head[key] for key in COMPARED}),
        packed_why=packed(told_why),
        packed_number=packed(number),
        packed_words=packed_words,
        view=view.sight,
        language=language,
        event_act=act,
    )
    plan = RoadmapPanel(sight=work.shown, language=language, on_act=act, is_shown=view.sight == "roadmap")
    names = called(work, language)
    whole = answer if answer and len(answer.scenarios) == len(names) else None
    take = TakingPanel(answer=whole, titles=names, language=language, is_shown=view.sight == "outcomes")
    return solara.v.Html(
        tag="div",
        class_="ec-page st-page",
        children=[
            _Head(packed_head=packed(head), packed_words=packed_words, language=language, event_act=act),
            solara.v.Html(
                tag="div",
                class_="st-columns",
                children=[levers, solara.v.Html(tag="div", children=[answers, plan, take])],
            ),
        ],
    )


LOOKS: Final[dict[str, Callable[[View, dict[str, Any]], View]]] = {
    "tab": lambda view, what: replace(view, tab=str(what.get("tab"))),
    "view": lambda view, what: replace(view, sight=what["view"] if what.get("view") in SIGHTS else "outcomes"),
    "search": lambda view, what: replace(view, search=str(what.get("text", ""))[:60]),
    "number": lambda view, what: replace(view, asked=str(what.get("indicator", ""))),
}
"""What only changes what one looks at."""


def _acted(desk: Desk, what: dict[str, Any], session: Session) -> Callable[[View], View]:
    """Do what is asked, have its worlds lived, and say how the view changes; a mistake changes nothing but that."""
    before = desk.work
    wrong: Mistake | None = None
    try:
        desk.work = acts.done(before, what, session)
        answer = desk.ask()
    except Mistake as mistake:
        desk.work, wrong = before, mistake
        answer = desk.ask()
    session.put("strategist.base", desk.work.now.base)
    session.put("strategist.what_if", desk.work.now.what_if)
    work = desk.work
    told = work.now.title if what.get("kind") == "keep" and not wrong else ""
    counts = what.get("kind") in {"keep", "delete"}
    acked = what.get("id")
    return lambda old: replace(
        old,
        work=work,
        answer=answer,
        mistake=wrong,
        told=told,
        shared=(),
        kept=old.kept + counts,
        acked=acked if isinstance(acked, int) else old.acked,
    )


def _desk(session: Session, search: str | None) -> tuple[Desk, Mistake | None]:
    """The desk of this visit, with what another page hands over or the address holds; and what is wrong with that."""
    handed = handed_over(session)
    found = session.found("strategist.desk")
    work, mistake = (begun(*handed), None) if handed else _addressed(search) if found is None else (None, None)
    desk = session.keep("strategist.desk", lambda: Desk(work or begun(USUAL, baseline(session, USUAL))))
    if work:
        desk.work = work
    return desk, mistake


def _addressed(search: str | None) -> tuple[Work | None, Mistake | None]:
    """The work that an address holds: a link's, or an example by its name."""
    asked = parse_qs(search or "")
    try:
        if "s" in asked:
            return keeping.from_code(asked["s"][-1]), None
        if "scenario" in asked:
            origin = f"preset:{asked['scenario'][-1]}"
            return begun(origin, baseline(Session(), origin)), None
    except Mistake as mistake:
        return None, mistake
    return None, None


def _indicator(what: dict[str, Any]) -> str:
    name = str(what.get("indicator"))
    return name if name in INDICATORS else "loyalty"


def _head(session: Session, view: View, language: str) -> dict[str, Any]:
    """The head; where what is kept cannot be read, it says so instead of a list."""
    mistake = view.mistake
    try:
        kept = keeping.kept_list(language)
    except Mistake as wrong:
        kept, mistake = [], mistake or wrong
    names = [one["key"] for one in kept]
    work = view.work
    groups = choices(session, work.origin, work.now.base, names, language)
    told = words_of("strategist", language)["kept_as"].format(name=view.told) if view.told else ""
    return heading(
        work,
        groups,
        language,
        mistake=sentence(mistake, language) if mistake else "",
        told=told,
        kept=kept,
        code=view.code,
        rested=view.rested,
        shared=view.shared,
    )


def _answer(work: Work, answer: Answer | None, language: str, why: dict[str, Any] | None) -> dict[str, Any]:
    """What is known, as far as it is about this work."""
    if answer is None or len(answer.scenarios) != len(work.pins) + 2:
        return {}
    return answering(work, answer, language, why)
