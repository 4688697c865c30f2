"""The page: its state, and what happens on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from threading import Event
from typing import Any, Final

import solara
from solara.lab import use_task

from effectchain.dashboard.people.asking import STRATEGIST, WORLDS, Wish, who_of, wish_of, wished
from effectchain.dashboard.people.changed import suggested
from effectchain.dashboard.people.decisions import decided
from effectchain.dashboard.people.frames import world_data
from effectchain.dashboard.people.handed import handed, link_of
from effectchain.dashboard.people.picture import picture, told_weeks
from effectchain.dashboard.people.telling import Pair, tell
from effectchain.dashboard.session import Session
from effectchain.dashboard.words import words_of
from experiments.history.history import History
from experiments.history.keeping import history_of
from experiments.watch import Stopped, Watch
from scenarios.errors import Mistake
from scenarios.loading import load
from scenarios.scenario import Scenario

KEPT: Final = "people.wish"

Asked = dict[str, str]
Shown = dict[str, Any]


@solara.component_vue("head.vue", vuetify=False)
def _Head(picture: Shown, event_ask: Callable[[Asked], None], event_again: Callable[[Any], None]) -> None:
    """Which worlds are asked for, and what is wrong with them."""


@solara.component_vue("stage.vue", vuetify=False)
def _Stage(picture: Shown, world: Shown, weeks: Shown, event_follow: Callable[[str], None]) -> None:
    """Teams, customers and time; the world comes once, and plays without the server."""


@solara.component_vue("listing.vue", vuetify=False)
def _Listing(picture: Shown) -> None:
    """The week as a table."""


@solara.component_vue("story.vue", vuetify=False)
def _Story(picture: Shown, weeks: Shown, story: Shown, event_follow: Callable[[str], None]) -> None:
    """Whom to follow, and their story beside their twin's."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The page in this visit and language."""
    router = solara.use_router()
    given = solara.use_memo(lambda: handed(session, router.search), [])
    pair = given.pair
    link = solara.use_memo(lambda: link_of(pair), [])
    first = solara.use_memo(lambda: _first_wish(session, router.search, pair), [])
    wish, set_wish = solara.use_state(first)
    tries, set_tries = solara.use_state(0)
    base, what_if = solara.use_memo(lambda: _scenarios(wish, pair), [wish.of_worlds(), pair])
    lived = _worlds(what_if, base, wish.seed, tries)
    worlds = lived.latest if lived.latest and not lived.error else None
    story = solara.use_memo(lambda: tell(worlds, wish, language) if worlds else {}, [worlds, wish, language])
    shown = worlds[WORLDS.index(wish.world)] if worlds else None

    def change(new: Wish) -> None:
        session.put(KEPT, new)
        set_wish(new)

    def ask(asked: Asked) -> None:
        plain = {str(name): str(value)[:40] for name, value in asked.items()}
        new = wished(wish, plain, has_strategist=pair is not None)
        change(new if new.of_worlds() == wish.of_worlds() else replace(new, who=None))

    def follow(text: str) -> None:
        change(replace(wish, who=who_of(str(text)[:40])))

    seen = picture(
        wish,
        language,
        strategist=pair,
        link=link,
        mistake=given.mistake,
        trouble=_trouble(lived.exception, language),
        is_living=lived.pending,
    )
    head = _Head(picture=seen, event_ask=ask, event_again=lambda _: set_tries(tries + 1))
    if not (shown and worlds):
        return _box("ec-page pp", [head])
    weeks = {**_weeks(shown, language), "suggested": _suggested(*worlds, language)}
    left = [_Stage(picture=seen, world=_frames(shown), weeks=weeks, event_follow=follow), _Listing(picture=seen)]
    right = _Story(picture=seen, weeks=weeks, story=story, event_follow=follow)
    body = _box("pp-body pp-dim" if lived.pending else "pp-body", [_box("pp-left", left), right])
    return _box("ec-page pp", [head, body])


def _box(name: str, children: list[solara.Element]) -> solara.Element:
    return solara.v.Html(tag="div", class_=name, children=children)


def _first_wish(session: Session, search: str | None, pair: object) -> Wish:
    """What the address asks for, or else what was looked at before in this visit."""
    kept: Wish | None = session.found(KEPT)
    asks = search and any(f"{name}=" in search for name in ("s", "preset", "decision", "seed", "world", "who"))
    if kept and kept.decision == STRATEGIST and not pair:
        kept = None
    return kept if kept and not asks else wish_of(search, has_strategist=pair is not None)


def _scenarios(wish: Wish, pair: tuple[Scenario, Scenario] | None) -> tuple[Scenario, Scenario]:
    """Baseline and what-if."""
    if wish.decision == STRATEGIST and pair:
        return pair
    base = load(wish.preset)
    return base, decided(base, wish.decision)


def _worlds(what_if: Scenario, base: Scenario, seed: int, tries: int) -> Any:
    """The two worlds, lived in a thread; those that nobody wants any more are stopped between two weeks."""
    stop = solara.use_ref(Event())

    def stop_living() -> None:
        stop.current.set()

    def live() -> Pair | None:
        stop.current.set()
        stop.current = mine = Event()
        watch = Watch(mine)
        try:
            return history_of(what_if, seed, watch), history_of(base, seed, watch)
        except Stopped:  # nobody looks any more
            return None

    solara.use_effect(lambda: stop_living, [])
    return use_task(live, dependencies=[what_if.digest(), base.digest(), seed, tries], raise_error=False)


def _trouble(error: BaseException | None, language: str) -> str:
    """Why there are no worlds, in a sentence."""
    if error is None:
        return ""
    return str(error) if isinstance(error, Mistake) else words_of("people", language)["trouble_unforeseen"]


@lru_cache(maxsize=8)
def _frames(history: History) -> dict[str, Any]:
    """The world as the browser gets it, the same for everybody who looks at it."""
    return world_data(history)


@lru_cache(maxsize=16)
def _weeks(history: History, language: str) -> dict[str, Any]:
    return told_weeks(history, language)


@lru_cache(maxsize=16)
def _suggested(what_if: History, base: History, language: str) -> list[dict[str, str]]:
    return suggested(what_if, base, language)
