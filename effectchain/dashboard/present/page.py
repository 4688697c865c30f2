"""The trainer's page as Solara runs it: keeps where the show stands, lives its worlds, and answers the screen."""

from collections.abc import Callable
from typing import Any
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

NOTHING: dict[str, Any] = {"chart": None, "chain": None, "bars": None, "customer": None, "nobody": ""}
NOBODY: dict[str, Any] = {"dots": [], "middle": None, "count": "", "middle_text": "", "choices": [], "votes": ""}


@solara.component_vue("present.vue", vuetify=False)
def _Screen(
    words: dict[str, str],
    picture: dict[str, Any],
    drawing: dict[str, Any],
    room: dict[str, Any],
    language: str,
    event_act: Callable[[dict[str, Any]], None],
) -> None:
    """The whole screen."""


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
    if "notes" in asked:
        picture, drawn, guessed = notes_picture(found_shelf, language), NOTHING, NOBODY
    elif story is None:
        picture, drawn, guessed = list_picture(found_shelf, language, _wrong(asked, found_shelf)), NOTHING, NOBODY
    else:
        picture = step_picture(play, story, found, language)
        drawn, guessed = drawing(play, story, found, language), room(play, story, language)
    return _Screen(words=words, picture=picture, drawing=drawn, room=guessed, language=language, event_act=act)


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


def _lived(story: Story | None, kept: dict[int, Found]) -> Found:
    """What the worlds of this story have come to so far; they are lived behind the screen, once a visit."""
    found: Found
    found, set_found = solara.use_state(Found())

    def rehearse() -> Callable[[], None] | None:
        known = Found() if story is None else kept.get(id(story), Found())
        set_found(known)
        if story is None or known.is_done:
            return None
        rehearsal = Rehearsal(story, lambda: tell(rehearsal.found))
        rehearsal.start()
        return rehearsal.end

    def tell(news: Found) -> None:
        if news.is_done and news.trouble is None:
            kept[id(story)] = news
        set_found(news)

    solara.use_effect(rehearse, [id(story)])
    return found


def _speak(session: Session, code: str) -> None:
    """Change the language of the whole dashboard."""
    change = session.found("shell.set_language")
    if change is not None and code in {"en", "nl"}:
        change(code)
