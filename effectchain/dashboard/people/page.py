"""The page: its state, and what happens on it."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import solara

from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.people.asking import STRATEGIST, Wish, who_of, wish_of, wished
from effectchain.dashboard.people.changed import suggested
from effectchain.dashboard.people.decisions import decided
from effectchain.dashboard.people.frames import world_data
from effectchain.dashboard.people.handed import handed, link_of
from effectchain.dashboard.people.living import use_worlds
from effectchain.dashboard.people.picture import picture, told_weeks
from effectchain.dashboard.people.telling import Pair, tell
from effectchain.dashboard.session import Session
from effectchain.dashboard.words import words_of
from experiments.history.history import History
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
    living = use_worlds(what_if, base, wish.seed, wish.world, tries)
    pair_lived = living.pair if living.is_whole else None
    story = solara.use_memo(lambda: _story(pair_lived, wish, language), [pair_lived, wish, language])
    shown = living.shown(wish.world)

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
        mistake=sentence(given.mistake, language) if given.mistake else "",
        trouble=_trouble(living.error, language),
        is_living=living.is_pending,
        part=living.news.part,
        has_first=not living.is_whole,
    )
    head = _Head(picture=seen, event_ask=ask, event_again=lambda _: set_tries(tries + 1))
    if not shown:
        return _box("ec-page pp", [head])
    weeks = {**_weeks(shown, language), "suggested": _suggested(*pair_lived, language) if pair_lived else []}
    left = [_Stage(picture=seen, world=_frames(shown), weeks=weeks, event_follow=follow), _Listing(picture=seen)]
    right = _Story(picture=seen, weeks=weeks, story=story, event_follow=follow)
    body = _box(
        "pp-body pp-dim" if living.is_pending and living.is_whole else "pp-body", [_box("pp-left", left), right]
    )
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


def _story(worlds: Pair | None, wish: Wish, language: str) -> Shown:
    """The story of whom one follows; it waits for both worlds."""
    if worlds is None:
        return {"waits": True} if wish.who else {}
    return tell(worlds, wish, language)


def _trouble(error: BaseException | None, language: str) -> str:
    """Why there are no worlds, in a sentence."""
    if error is None:
        return ""
    return (
        sentence(error, language) if isinstance(error, Mistake) else words_of("people", language)["trouble_unforeseen"]
    )


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
