"""A story for a room: its steps, who it is for, and which worlds it is told with; the form of its TOML file."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from effectchain.dashboard.present.measures import MEASURES, headlines
from scenarios.building_blocks import Block
from scenarios.intervention import Approach
from scenarios.table import LAST_WEEK, Items, Prose, Slug, Table, complaint, key

BASELINE: Final = "baseline"
"""The name by which a step points at the world in which nothing is done."""

ADDED: Final = "added"
"""The name of gains added up."""

LINKS: Final = tuple(headlines())
"""The links of the effect chain."""

Show = Literal["words", "indicator", "chain", "customer", "bars"]
Kind = Literal["end", "direction", "which"]
Group = Literal["mild_first_excellent", "later", "fair", "severe", "not_taken_up"]
"""Failures that are told apart: see failures.py."""


def _known(known: tuple[str, ...], what: str) -> Any:
    def check(word: str) -> str:
        if word not in known:
            raise complaint((), f"must be one of {', '.join(known)} ({what})")
        return word

    return AfterValidator(check)


MeasureName = Annotated[str, _known(tuple(MEASURES), "what is measured")]
LinkName = Annotated[str, _known(LINKS, "links of the effect chain")]


class Title(Table):
    """A few words in both languages."""

    en: str = key(..., "in English", max_length=60)
    nl: str = key(..., "in Dutch", max_length=60)


class Line(Table):
    """A sentence or two in both languages, as a room can read them."""

    en: str = key(..., "in English", max_length=240)
    nl: str = key(..., "in Dutch", max_length=240)


class Note(Table):
    """What the trainer has at hand, in both languages; may be longer."""

    en: Prose = key(..., "in English")
    nl: Prose = key(..., "in Dutch")


def said(text: Title | Line | Note | None, language: str) -> str:
    """The text in this language; empty for none."""
    return str(getattr(text, language)) if text else ""


class Strengthen(Table):
    """The same work on some building blocks at once."""

    blocks: Annotated[Items[Block], Field(max_length=9)] = key((), "building blocks; none named: all nine")
    to: float | None = key(None, "wanted designed maturity at the end", "maturity", 0, 1)
    effort: float | None = key(None, "part of what the organisation can do in a week, for each block", "share", 0, 1)
    start: int = key(1, "first week of work", "week", 1, LAST_WEEK)
    weeks: int = key(26, "how long the work lasts", "weeks", 1, LAST_WEEK)
    approach: Approach = key("combined", "who leads the change: the top, the teams or both")

    @model_validator(mode="after")
    def _one_amount(self) -> "Strengthen":
        if (self.to is None) == (self.effort is None):
            raise complaint((), "give exactly one of to and effort")
        return self


class Organisation(Table):
    """Which organisation the story is about."""

    name: Title = key(..., "as the room reads it")
    preset: Slug | None = key(None, "a scenario that comes with EffectChain; absent for the usual organisation")
    changes: Mapping[str, Any] = key({}, "keys of the scenario with other values")


class WhatIf(Table):
    """The same organisation, with something done or otherwise."""

    id: Slug = key(..., "by which steps point at it")
    name: Title = key(..., "as it stands at the end of its line")
    beside: Slug = key(BASELINE, "what it is compared with: the baseline, or another what-if")
    changes: Mapping[str, Any] = key({}, "keys of the scenario with other values")
    strengthen: Annotated[Items[Strengthen], Field(max_length=20)] = key((), "work on building blocks")


class Prediction(Table):
    """What the room predicts before the model shows it."""

    kind: Kind = key(..., "where the line ends, whether it ends higher or lower, or which ends highest")
    question: Line = key(..., "what the room is asked")
    of: Slug | None = key(None, "which what-if it is about; absent: the step's first")
    expects: str = key("", "what the story expects: higher, lower or same; or the id of what ends highest")
    holds: Line | None = key(None, "said when the model shows what the story expects")
    differs: Line | None = key(None, "said when it does not")


class Step(Table):
    """One message: what the room sees and predicts, and what the trainer says."""

    title: Title = key(..., "the message or the question")
    text: Line | None = key(None, "a sentence or two below it")
    show: Show = key("words", "what is drawn")
    measure: MeasureName = key("satisfaction", "what is measured")
    what_ifs: Annotated[Items[Slug], Field(max_length=12)] = key((), "whose lines are drawn; none: all of them")
    nodes: Annotated[Items[LinkName], Field(max_length=6)] = key((), "links of the chain whose outcome is uncovered")
    weeks: int | None = key(None, "how far it is drawn; absent: to the end", "weeks", 8, LAST_WEEK)
    known: int = key(13, "weeks that are shown before the room predicts", "weeks", 1, LAST_WEEK)
    groups: Annotated[Items[Group], Field(max_length=5)] = key((), "for bars: failures that are told apart")
    added: Annotated[Items[Slug], Field(max_length=12)] = key((), "for bars: what-ifs whose gains are added up too")
    moment: Literal["first", "second"] = key("first", "for a customer: which of the two failures it is about")
    prediction: Prediction | None = key(None, "what the room predicts")
    note: Note | None = key(None, "for the trainer only")
    source: Line | None = key(None, "what the claim stands on: author, year and grade")


def options_of(step: Step, ids: Sequence[str]) -> tuple[str, ...]:
    """What can end highest where a room predicts that, by id."""
    if step.groups:
        return step.groups
    options = tuple(one for one in step.what_ifs or ids if one not in step.added)
    if step.added:
        return (ADDED, *options)
    return options if step.show == "bars" else (BASELINE, *options)


class Story(Table):
    """A story that a trainer tells a room, and the worlds that it is told with."""

    format: Literal[1] = key(1, "version of the story file's form", alias="schema")
    title: Title = key(..., "its name")
    summary: Line = key(..., "what it is about")
    for_whom: Line = key(..., "who it is for")
    minutes: int = key(..., "how long it takes", "minutes", 1, 480)
    seed: int = key(1, "names all luck: the same seed, the same show", "", 0, 2**31)
    worlds: int = key(16, "paired worlds that are lived", "worlds", 2, 200)
    weeks: int = key(156, "how long each lasts", "weeks", 26, 520)
    organisation: Organisation = key(..., "which organisation it is about")
    what_ifs: Annotated[Items[WhatIf], Field(max_length=26)] = key((), "what is done, or is otherwise")
    steps: Annotated[Items[Step], Field(min_length=1, max_length=30)] = key(..., "its steps, in their order")

    @model_validator(mode="after")
    def _names_are_known(self) -> "Story":
        ids = [one.id for one in self.what_ifs]
        for place, one in enumerate(self.what_ifs):
            if one.id == BASELINE or one.id in ids[:place]:
                raise complaint(("what_ifs", place, "id"), f"'{one.id}' is taken; each what-if has an id of its own")
            if one.beside not in (BASELINE, *ids[:place]):
                raise complaint(("what_ifs", place, "beside"), f"must be {BASELINE} or an earlier what-if's id")
        for place, step in enumerate(self.steps):
            self._check(step, ("steps", place), ids)
        return self

    def _check(self, step: Step, path: tuple[str | int, ...], ids: list[str]) -> None:
        lists = f"must be the id of one of the story's what-ifs: {', '.join(ids) or 'it has none'}"
        for table in ("what_ifs", "added"):
            for number, name in enumerate(getattr(step, table)):
                if name not in ids:
                    raise complaint((*path, table, number), lists)
        drawn = step.show in {"indicator", "chain"} or (step.show == "bars" and not step.groups)
        if drawn and not ids and MEASURES[step.measure].of_log is False:
            raise complaint((*path, "show"), f"'{step.show}' shows what-ifs, and the story has none")
        if max(step.weeks or 0, step.known) > self.weeks:
            raise complaint((*path, "weeks"), f"must lie within the {self.weeks} weeks of the story")
        if step.prediction:
            self._check_prediction(step, step.prediction, (*path, "prediction"), ids)

    def _check_prediction(self, step: Step, asked: Prediction, path: tuple[str | int, ...], ids: list[str]) -> None:
        if step.show not in {"indicator", "customer", "bars"}:
            raise complaint(path, "a room can predict where show is indicator, customer or bars")
        if asked.of is not None and asked.of not in ids:
            raise complaint((*path, "of"), f"must be the id of one of the story's what-ifs: {', '.join(ids) or 'none'}")
        allowed = (*options_of(step, ids), "same") if asked.kind == "which" else ("higher", "lower", "same")
        if asked.expects and asked.expects not in allowed:
            raise complaint((*path, "expects"), f"must be one of {', '.join(allowed)}, or left out")
        fitting = {"bars": ("which",), "customer": ("direction",)}.get(step.show)
        if fitting and asked.kind not in fitting:
            raise complaint((*path, "kind"), f"must be {fitting[0]}, where show is {step.show}")
        if asked.kind == "direction" and step.show == "indicator" and MEASURES[step.measure].of_log:
            raise complaint((*path, "kind"), f"must be end for {step.measure}, which has nothing beside it")
