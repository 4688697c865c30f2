"""What the screen says of an outcome: the model's number, the room's, and whether the story expected it."""

from collections.abc import Mapping

from effectchain.dashboard.present.curves import Answer, answer_of, beside_of, drawn, middle, weeks_of
from effectchain.dashboard.present.living import Found
from effectchain.dashboard.present.measures import MEASURES
from effectchain.dashboard.present.playing import Play
from effectchain.dashboard.present.scales import apart
from effectchain.dashboard.present.story import Prediction, Step, Story, said
from results.indicators import Indicator
from results.numbers import bounds, difference, level, unbroken
from results.statistics import Interval

Words = Mapping[str, str]


def outcome(step: Step, story: Story, found: Found, play: Play, words: Words, language: str) -> dict[str, str]:
    """The sentences below an outcome: of the model, of the room, and what the story makes of it; empty for none.

    Keys: model, room, story; those without a text are left out.
    """
    asked, answer = step.prediction, answer_of(step, story, found)
    if asked is None or answer is None:
        return {}
    told = {
        "model": _model(step, story, asked, answer, words, language),
        "room": _room(step, asked, answer, play, words, language),
        "story": _story(asked, answer, words, language),
    }
    return {key: _whole(text) for key, text in told.items() if text}


def _whole(text: str) -> str:
    """With amounts that stay on one line, sign and all."""
    return unbroken(text).replace("+€", "+\N{WORD JOINER}€")


def name_of(one: str, story: Story, words: Words, language: str) -> str:
    """What a line or a bar is called."""
    title = next((what_if.name for what_if in story.what_ifs if what_if.id == one), None)
    return said(title, language) or words.get(one, one)


def age(weeks: int, words: Words) -> str:
    """How long: 2½ years, 9 months, 17 weeks."""
    years, rest = divmod(weeks, 52)
    if not rest and years:
        return words["one_year"] if years == 1 else words["years"].format(count=years)
    if rest == 26 and years:
        return words["half_years"].format(count=years)
    return words["months"].format(count=weeks * 3 // 13) if weeks % 13 == 0 else words["weeks"].format(count=weeks)


def _model(step: Step, story: Story, asked: Prediction, answer: Answer, words: Words, language: str) -> str:
    indicator = MEASURES[step.measure].indicator
    value, beside = _levels(answer, indicator, step, language)
    if step.show == "customer":
        return words["said_customer"].format(way=words[answer.key], value=value, beside=beside)
    if asked.kind == "which":
        best, second = (name_of(one, story, words, language) for one, _ in answer.ranking[:2])
        phrase = words["said_which_same" if answer.key == "same" else "said_which"]
        return phrase.format(best=best, second=second, value=value, beside=beside)
    after = words["after"].format(time=age(weeks_of(step, story), words))
    if answer.difference is None:
        return words["said_end_alone"].format(after=after, value=value, unit=indicator.unit(language))
    phrase = words["said_direction" if asked.kind == "direction" else "said_end_beside"]
    return phrase.format(
        after=after,
        way=words[answer.key],
        label=indicator.label(language),
        label_start=indicator.title(language),
        value=value,
        name=name_of(beside_of(asked.of or drawn(step, story)[0], story), story, words, language),
        beside=beside,
        difference=_how_sure(answer.difference, indicator, language),
    )


def _levels(answer: Answer, indicator: Indicator, step: Step, language: str) -> tuple[str, str]:
    """What is found and what it is held against; of bars these are differences, and have a sign."""
    known = [value for value in (answer.value, answer.beside) if value is not None]
    if step.show == "bars":
        texts = [difference(Interval(value, value, value, 1, 0.95), indicator, language) for value in known]
    else:
        texts = apart(known, indicator, language)
    return texts[0], texts[-1]


def _how_sure(change: Interval, indicator: Indicator, language: str) -> str:
    """The difference and its interval, which is left out where its ends read alike."""
    size = difference(change, indicator, language)
    low, high = (difference(Interval(end, end, end, 1, 0.95), indicator, language) for end in (change.low, change.high))
    return size if low == high else f"{size}; {bounds(change, indicator, language)}"


def _room(step: Step, asked: Prediction, answer: Answer, play: Play, words: Words, language: str) -> str:
    if asked.kind != "end":
        return _votes(answer, play.picks.get(play.step, ()), words)
    guesses = play.guesses.get(play.step, ())
    guess = middle(guesses)
    if guess is None or answer.value is None:
        return ""
    indicator = MEASURES[step.measure].indicator
    gap = guess - answer.value
    written, truth = level(guess, indicator, language), level(answer.value, indicator, language)
    key = "room_right" if written == truth else "room_above" if gap > 0.0 else "room_below"
    size = difference(Interval(abs(gap), abs(gap), abs(gap), 1, 0.95), indicator, language).removeprefix("+")
    return words[key].format(count=len(guesses), guess=written, gap=size)


def _votes(answer: Answer, picks: tuple[str, ...], words: Words) -> str:
    if not picks:
        return ""
    right = picks.count(answer.key)
    if not right:
        return words["room_none"].format(count=len(picks))
    verb = words["one_thought" if right == 1 else "many_thought"]
    return words["room_picked"].format(right=right, count=len(picks), verb=verb)


def _story(asked: Prediction, answer: Answer, words: Words, language: str) -> str:
    text = said(asked.differs if answer.as_expected is False else asked.holds, language)
    if answer.as_expected is False:
        return f"{words['otherwise']} {text or words['otherwise_plain']}"
    return text
