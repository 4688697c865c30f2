"""The trainer's page as Solara runs it: keeps where the show stands, lives its worlds, and answers the screen."""

from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final
from urllib.parse import parse_qs

import solara

from effectchain.dashboard.present.library import Shelf, shelf
from effectchain.dashboard.present.living import Found, Rehearsal
from effectchain.dashboard.present.picture import (
    drawing,
    list_picture,
    notes_picture,
    room,
    screen_words,
    step_picture,
)
from effectchain.dashboard.present.playing import Play
from effectchain.dashboard.present.story import Story
from effectchain.dashboard.session import Session
from effectchain.dashboard.words import LANGUAGES

STYLE: Final = files("effectchain.dashboard.present").joinpath("present.css").read_text(encoding="utf-8")

Act = Callable[[dict[str, Any]], None]


@solara.component_vue("list.vue", vuetify=False)
def _List(words: dict[str, str], picture: dict[str, Any], language: str, event_act: Act) -> None:
    """The stories, to choose one."""


@solara.component_vue("step.vue", vuetify=False)
def _Step(
    words: dict[str, str],
    picture: dict[str, Any],
    drawing: dict[str, Any],
    room: dict[str, Any],
    language: str,
    event_act: Act,
) -> None:
    """One step of a story, with all its keys."""


@solara.component_vue("leading.vue", vuetify=False)
def _Leading(at: dict[str, Any], language: str) -> None:
    """Nothing to see: the address and the trainer's notes follow the step, and the notes lead it."""


@solara.component_vue("notes.vue", vuetify=False)
def _Notes(words: dict[str, str], picture: dict[str, Any]) -> None:
    """The trainer's own window: follows the show in another window of this browser, and steers it."""


@solara.component_vue("help.vue", vuetify=False)
def _Help(words: dict[str, str], language: str, event_act: Act) -> None:
    """The list of keys, and what else can be done."""


@solara.component
def Page(session: Session, language: str) -> solara.Element:
    """The list of stories, a story's step, or the trainer's notes, as the address says."""
    router = solara.use_router()
    asked = solara.use_memo(lambda: _asked(router.search), [])
    found_shelf = solara.use_memo(shelf, [])
    play, set_play = solara.use_state(solara.use_memo(lambda: _first_play(asked, found_shelf), []))
    story = found_shelf.stories.get(play.story or "")
    found = _lived(story if "notes" not in asked else None, session.keep("present.lived", dict))
    now = solara.use_ref(play)
    now.current = play

    def act(what: dict[str, Any]) -> None:
        if what.get("do") == "language":
            _speak(session, str(what.get("code")))
            return
        now.current = acted(now.current, what, found_shelf)
        set_play(now.current)

    words = dict(screen_words(language))
    helping = _Help(words=words, language=language, event_act=act)
    if "notes" in asked:
        return _framed("notes", _Notes(words=words, picture=notes_picture(found_shelf, language)))
    if story is None:
        picture = list_picture(found_shelf, language, _wrong(asked, found_shelf))
        return _framed("list", _List(words=words, picture=picture, language=language, event_act=act), helping)
    picture = step_picture(play, story, found, language)
    shown = _Step(
        words=words,
        picture=picture,
        drawing=drawing(play, story, found, language),
        room=room(play, story, language),
        language=language,
        event_act=act,
    )
    at = {key: picture[key] for key in ("story", "number", "steps", "outcome")}
    return _framed("step", shown, _Leading(at=at, language=language), helping)


def _framed(mode: str, *parts: solara.Element) -> solara.Element:
    """The parts on the big dark screen, or on the trainer's light window."""
    return solara.v.Html(tag="div", class_=f"pr pr--{mode}", children=[solara.Style(STYLE), *parts])


def acted(play: Play, what: dict[str, Any], found: Shelf) -> Play:
    """The show after something was done on the screen; what cannot be leaves it as it is."""
    story = found.stories.get(play.story or "")
    do, value = what.get("do"), what.get("value")
    if do == "open":
        return play.opened(str(value) if value in found.stories else None)
    if story is None:
        return play
    if do == "go" and isinstance(value, int):
        return play.at(value, len(story.steps))
    if do in {"show", "hide", "back"}:
        return {"show": play.uncovered, "hide": play.covered, "back": play.taken_back}[str(do)]()
    return _predicted(play, story, do, value)


def _predicted(play: Play, story: Story, do: object, value: object) -> Play:
    asked = story.steps[play.step].prediction
    if asked is None:
        return play
    if do == "guess" and asked.kind == "end" and isinstance(value, (int, float)) and abs(value) < 1e12:
        return play.guessed(float(value))
    if do == "pick" and asked.kind != "end" and isinstance(value, str):
        return play.picked(value[:64])
    return play


def _asked(search: str | None) -> dict[str, str]:
    """What the address asks for."""
    return {name: values[-1] for name, values in parse_qs(search or "").items()}


def _first_play(asked: dict[str, str], found: Shelf) -> Play:
    name, step = asked.get("story"), asked.get("step", "1")
    story = found.stories.get(name or "")
    if story is None:
        return Play()
    number = int(step) - 1 if step.isdecimal() and len(step) < 4 else 0
    return Play(name).at(number, len(story.steps))


def _wrong(asked: dict[str, str], found: Shelf) -> str | None:
    name = asked.get("story")
    return name if name and name not in found.stories else None


def _lived(story: Story | None, kept: dict[str, Found]) -> Found:
    """What the worlds of this story have come to so far; they are lived behind the screen, once a visit.

    kept: those of finished stories, by the story's whole text: the shelf is read anew for each visit of the page.
    """
    found: Found
    found, set_found = solara.use_state(Found())
    key = "" if story is None else story.model_dump_json()

    def rehearse() -> Callable[[], None] | None:
        known = kept.get(key, Found())
        set_found(known)
        if story is None or known.is_done:
            return None
        rehearsal = Rehearsal(story, lambda: tell(rehearsal.found))
        rehearsal.start()
        return rehearsal.end

    def tell(news: Found) -> None:
        if news.is_done and news.trouble is None:
            kept[key] = news
        set_found(news)

    solara.use_effect(rehearse, [key])
    return found


def _speak(session: Session, code: str) -> None:
    """Change the language of the whole dashboard."""
    change = session.found("shell.set_language")
    if change is not None and code in LANGUAGES:
        change(code)
