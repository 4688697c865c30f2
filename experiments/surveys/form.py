"""The form of an instrument: whom it asks, on which scale, what each item reads, and how answers are distorted."""

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from scenarios.table import Items, Label, Prose, Slug, Table, complaint, key

Origin = Literal["evidence", "calibrated", "assumed"]

MOST_ITEMS: Final = 200
LARGEST_SAMPLE: Final = 1_000_000
TOP_OF_NET: Final = 10
"""Of a scale on which 9 and 10 are promoters [Reichheld 2003]."""

Word = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,39}$")]
"""A name that can head a column."""

OWN_COLUMNS: Final = frozenset({"unit", "week", "respondent", "segment", "team"})
"""Columns of the table of answers that are not items."""


class ScaleForm(Table):
    """The scale of all items: whole numbers from low to high."""

    low: int = key(..., "lowest answer", "", 0, 100)
    high: int = key(..., "highest answer", "", 1, 100)

    @model_validator(mode="after")
    def _low_below_high(self) -> "ScaleForm":
        if self.low >= self.high:
            raise complaint(("high",), f"must be above low, which is {self.low}")
        return self


class StyleForm(Table):
    """How a person's own use of the scale colours all answers alike."""

    sd: float = key(0.0, "differences between people in how high they answer whatever is asked", "marks", 0, 100)
    origin: Origin = key("assumed", "what the number rests on")
    source: Prose = key("", "where it comes from")


class ResponseForm(Table):
    """Who of those invited answers."""

    rate: float = key(1.0, "part that answers, where satisfaction is as usual", "share", 0.001, 1)
    reads: str = key("", "state that the chance depends on; by default satisfaction or engagement", max_length=40)
    slope: float = key(0.0, "what a full point of that state adds to the chance", "log odds", -50, 50)
    origin: Origin = key("assumed", "what the numbers rest on")
    source: Prose = key("", "where they come from")


class ItemForm(Table):
    """One question."""

    name: Word = key(..., "name, and column of the table of answers")
    text_en: Label = key("", "the question in English")
    text_nl: Label = key("", "the question in Dutch")
    reads: str = key("", "state that it reads; by default that of its construct", max_length=40)
    loading: float = key(1.0, "part of a state's differences that reaches this item", "", -10, 10)
    shift: float = key(0.0, "added to every answer", "marks", -100, 100)
    zero: float | None = key(None, "answer at state 0; by default the low end of the scale", "marks", -1000, 1000)
    one: float | None = key(None, "answer at state 1; by default the high end of the scale", "marks", -1000, 1000)
    error: float = key(0.0, "spread of what is peculiar to this item and this moment", "marks", 0, 100)


class ConstructForm(Table):
    """What several items measure together."""

    name: Slug = key(..., "name")
    title_en: Label = key("", "title in English")
    title_nl: Label = key("", "title in Dutch")
    reads: str = key(..., "state of the simulated person that its items read", max_length=40)
    loading: float = key(1.0, "part of the differences in that state that reaches the answers", "", -10, 10)
    around: float = key(0.5, "state at which the loading changes nothing", "", -1000, 1000)
    shift: float = key(0.0, "added to every answer", "marks", -100, 100)
    specific: float = key(0.0, "differences between people on this construct that no state explains", "marks", 0, 100)
    style: float = key(1.0, "part of a person's own use of the scale that reaches it; 0 for plain facts", "", -10, 10)
    scale: ScaleForm | None = key(None, "its own scale; by default that of all items")
    origin: Origin = key("assumed", "what these numbers rest on")
    source: Prose = key("", "where they come from")
    items: Annotated[Items[ItemForm], Field(min_length=1, max_length=MOST_ITEMS)] = key(..., "its questions")


class ScoreForm(Table):
    """A further score over items that are asked anyway."""

    name: Slug = key(..., "name")
    title_en: Label = key("", "title in English")
    title_nl: Label = key("", "title in Dutch")
    items: Annotated[Items[str], Field(min_length=1, max_length=MOST_ITEMS)] = key(..., "names of items")


class Form(Table):
    """An instrument: questions to customers or to employees, and how answers come about."""

    format: Literal[1] = key(..., "version of the form of instrument files", alias="schema")
    name: Slug = key("instrument", "name, also of folders; by default that of the file")
    title_en: Label = key("", "title in English")
    title_nl: Label = key("", "title in Dutch")
    asks: Literal["customers", "employees"] = key(..., "whom")
    scale: ScaleForm = key(..., "the scale of all items")
    sample: int | None = key(None, "answers wanted from each unit; all who answer where absent", "", 1, LARGEST_SAMPLE)
    sampling: Literal["simple", "segments"] = key(
        "simple", "by chance, or as many from each segment of customers or team of employees"
    )
    units: int = key(8, "organisations asked, where the user does not say", "", 1, 10_000)
    differ: Literal["by_luck", "as_units_do"] = key(
        "by_luck", "whether these are one organisation in several worlds, or a population of different ones"
    )
    real: str = key("", "real sample that its summary is held against; empty for none", max_length=40)
    net: Items[str] = key((), "items with a net score: 9-10 less 0-6, on a scale up to 10", max_length=MOST_ITEMS)
    style: StyleForm = key(StyleForm(), "a person's own use of the scale")
    response: ResponseForm = key(ResponseForm(), "who answers")
    constructs: Annotated[Items[ConstructForm], Field(min_length=1, max_length=50)] = key(..., "what is measured")
    scores: Annotated[Items[ScoreForm], Field(max_length=50)] = key((), "further scores over the same items")

    @model_validator(mode="after")
    def _names_differ(self) -> "Form":
        seen: set[str] = set()
        for row, construct in enumerate(self.constructs):
            for place, item in enumerate(construct.items):
                path = ("constructs", row, "items", place, "name")
                if item.name in OWN_COLUMNS:
                    raise complaint(path, f"'{item.name}' is a column of the table of answers; choose another")
                if item.name in seen:
                    raise complaint(path, f"'{item.name}' is the name of two items")
                seen.add(item.name)
        return self

    @model_validator(mode="after")
    def _net_scores_have_their_scale(self) -> "Form":
        tops = {item.name: (one.scale or self.scale).high for one in self.constructs for item in one.items}
        for place, name in enumerate(self.net):
            if tops.get(name, TOP_OF_NET) != TOP_OF_NET:
                raise complaint(
                    ("net", place), f"'{name}' has a scale up to {tops[name]}; a net score needs one up to {TOP_OF_NET}"
                )
        return self

    @model_validator(mode="after")
    def _constructs_differ(self) -> "Form":
        seen: set[str] = set()
        for table in ("constructs", "scores"):
            for row, one in enumerate(getattr(self, table)):
                if one.name in seen:
                    raise complaint((table, row, "name"), f"'{one.name}' is the name of two constructs or scores")
                seen.add(one.name)
        return self
