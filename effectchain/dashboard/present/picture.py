"""The trainer's screen as data: the list of stories, or one step of one; all words and numbers already written."""

from collections.abc import Mapping
from typing import Any

from effectchain.dashboard.mistakes import sentence
from effectchain.dashboard.present.charting import bar_rows, chain, chart, customer, nodes
from effectchain.dashboard.present.curves import middle
from effectchain.dashboard.present.library import Shelf
from effectchain.dashboard.present.living import Found
from effectchain.dashboard.present.measures import MEASURES
from effectchain.dashboard.present.playing import Play
from effectchain.dashboard.present.scales import decimals_for, written
from effectchain.dashboard.present.sentences import Words, name_of, outcome
from effectchain.dashboard.present.story import Step, Story, options_of, said
from effectchain.dashboard.words import words_of
from results.words import harmless

WAYS = ("higher", "same", "lower")


def list_picture(shelf: Shelf, language: str, wrong: str | None = None) -> dict[str, Any]:
    """All stories, to choose one. wrong: a name that was asked for and is none."""
    words = words_of("present", language)
    return {
        "mode": "list",
        "stories": [_entry(name, story, words, language) for name, story in shelf.stories.items()],
        "mistakes": [harmless(one, 400) for one in shelf.mistakes],
        "wrong": words["no_story"].format(name=harmless(wrong, 60)) if wrong else "",
    }


def _entry(name: str, story: Story, words: Words, language: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": said(story.title, language),
        "summary": said(story.summary, language),
        "for_whom": said(story.for_whom, language),
        "length": f"{words['minutes'].format(minutes=story.minutes)} · {words['steps'].format(steps=len(story.steps))}",
    }


def step_picture(play: Play, story: Story, found: Found, language: str) -> dict[str, Any]:
    """One step of a story: what it says and asks, what is drawn, what the room thinks, and what came out."""
    words = words_of("present", language)
    step = story.steps[play.step]
    return {
        "mode": "step",
        "story": play.story,
        "number": play.step,
        "steps": len(story.steps),
        "place": words["step_of"].format(step=play.step + 1, steps=len(story.steps)),
        "title": said(step.title, language),
        "text": said(step.text, language),
        "show": step.show,
        "question": said(step.prediction.question, language) if step.prediction else "",
        "kind": step.prediction.kind if step.prediction else "",
        "is_shown": play.is_shown,
        "nodes": nodes(step, story, found, words, language) if step.nodes and step.show != "chain" else [],
        "source": said(step.source, language),
        "outcome": outcome(step, story, found, play, words, language),
        **_running(story, found, words, language),
    }


def drawing(play: Play, story: Story, found: Found, language: str) -> dict[str, Any]:
    """What is drawn: apart from the step, because it is larger and changes less often."""
    words = words_of("present", language)
    step = story.steps[play.step]
    is_over_time = step.show == "indicator"
    return {
        "chart": chart(step, story, found, words, language) if is_over_time else None,
        "chain": chain(step, story, found, words, language) if step.show == "chain" else None,
        "bars": bar_rows(step, story, found, words, language) if step.show == "bars" else None,
        "customer": customer(step, story, found, words, language) if step.show == "customer" else None,
        "nobody": _nobody(step, found, words),
    }


def _nobody(step: Step, found: Found, words: Words) -> str:
    is_missing = step.show == "customer" and found.log is not None and found.log.customer is None
    return words["no_customer"] if is_missing else ""


def room(play: Play, story: Story, language: str) -> dict[str, Any]:
    """What the room thinks of this step: dots and their middle, or votes."""
    words = words_of("present", language)
    step = story.steps[play.step]
    guesses, picks = play.guesses.get(play.step, ()), play.picks.get(play.step, ())
    return {
        "dots": list(guesses),
        "middle": middle(guesses),
        "count": _count(len(guesses), "one_guess", "many_guesses", words),
        "middle_text": _middle(step, guesses, words, language),
        "choices": _choices(step, story, picks, words, language),
        "votes": _count(len(picks), "one_vote", "votes", words) or words["no_votes"],
    }


def _middle(step: Step, guesses: tuple[float, ...], words: Words, language: str) -> str:
    value = middle(guesses)
    if value is None:
        return ""
    indicator = MEASURES[step.measure].indicator
    fine = indicator.kind not in {"money", "share", "rate"} and decimals_for(value) > indicator.decimals
    text = written(value, indicator, language, 10.0**-indicator.decimals if fine else None)
    return words["middle"].format(value=text)


def _count(count: int, one: str, many: str, words: Words) -> str:
    return "" if not count else words[one] if count == 1 else words[many].format(count=count)


def _choices(step: Step, story: Story, picks: tuple[str, ...], words: Words, language: str) -> list[dict[str, Any]]:
    if step.prediction is None or step.prediction.kind == "end":
        return []
    ids = tuple(one.id for one in story.what_ifs)
    options = (*options_of(step, ids), "same") if step.prediction.kind == "which" else WAYS
    return [{"key": one, "label": name_of(one, story, words, language), "count": picks.count(one)} for one in options]


def _running(story: Story, found: Found, words: Words, language: str) -> dict[str, str]:
    """How far the worlds are, and what they are called."""
    if found.trouble:
        why = harmless(sentence(found.trouble, language), 300)
        return {"running": words["trouble"].format(why=why), "worlds": ""}
    name = said(story.organisation.name, language)
    of = words["ensemble"].format(name=name, worlds=story.worlds, seed=story.seed)
    if found.is_done:
        return {"running": "", "worlds": of}
    if found.worlds:
        return {"running": words["refining"].format(worlds=found.worlds, of=found.of), "worlds": of}
    return {"running": words["living"].format(share=round(100 * found.share)), "worlds": of}


def notes_picture(shelf: Shelf, language: str) -> dict[str, Any]:
    """All notes of all stories, for the trainer's own window."""
    words = words_of("present", language)
    return {
        "mode": "notes",
        "notes": {
            name: [_note(step, words, language) for step in story.steps] for name, story in shelf.stories.items()
        },
        "titles": {name: said(story.title, language) for name, story in shelf.stories.items()},
    }


def _note(step: Step, words: Words, language: str) -> dict[str, Any]:
    text = said(step.note, language)
    return {
        "title": said(step.title, language),
        "question": said(step.prediction.question, language) if step.prediction else "",
        "paragraphs": [part.strip() for part in text.split("\n\n") if part.strip()] or [words["notes_none"]],
        "source": said(step.source, language),
    }


def screen_words(language: str) -> Mapping[str, str]:
    """The words that the screen itself needs."""
    return words_of("present", language)
