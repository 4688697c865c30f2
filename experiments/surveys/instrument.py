"""An instrument found by name or path, and checked against the states that can be asked about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from experiments.surveys.customer_states import CUSTOMER_STATES, State
from experiments.surveys.employee_states import EMPLOYEE_STATES
from experiments.surveys.form import ConstructForm, Form, ScoreForm
from results.surveys.real import RealSample, real_samples
from scenarios.checking import checked
from scenarios.errors import Mistake, did_you_mean, end_of, one_mistake, shown
from scenarios.source import Source, read_source, source_of_text
from scenarios.table import KeyPath

STATES: Final[Mapping[str, Mapping[str, State]]] = {"customers": CUSTOMER_STATES, "employees": EMPLOYEE_STATES}

RESPONDS_BY: Final[Mapping[str, str]] = {"customers": "satisfaction", "employees": "engagement"}
"""State that the chance to answer depends on, where the instrument does not say."""


@dataclass(frozen=True)
class Instrument:
    """A checked instrument. form: the keys of its file. text: the file itself, or what it would be."""

    form: Form
    text: str

    @property
    def name(self) -> str:
        """Name, also of folders."""
        return self.form.name

    @property
    def states(self) -> Mapping[str, State]:
        """What can be asked about those whom this instrument asks."""
        return STATES[self.form.asks]

    @cached_property
    def responds_by(self) -> str:
        """State that the chance to answer depends on."""
        return self.form.response.reads or RESPONDS_BY[self.form.asks]

    @cached_property
    def scores(self) -> Mapping[str, tuple[str, ...]]:
        """Constructs and further scores, with the names of their items."""
        constructs = {one.name: tuple(item.name for item in one.items) for one in self.form.constructs}
        return constructs | {one.name: one.items for one in self.form.scores}

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Names of all items, in their order."""
        return tuple(item.name for construct in self.form.constructs for item in construct.items)

    @property
    def real(self) -> RealSample | None:
        """The real sample that its summary is held against."""
        return real_samples()[self.form.real] if self.form.real else None

    def titles(self, language: str) -> dict[str, str]:
        """What constructs and scores are called."""
        named: tuple[ConstructForm | ScoreForm, ...] = (*self.form.constructs, *self.form.scores)
        return {one.name: getattr(one, f"title_{language}") or one.name.replace("_", " ") for one in named}

    def title(self, language: str) -> str:
        """What the instrument is called."""
        return getattr(self.form, f"title_{language}") or self.name

    def digest(self) -> str:
        """Sixteen hexadecimal digits for all that it asks and how."""
        return blake2b(self.form.model_dump_json().encode(), digest_size=8).hexdigest()


def instrument_names() -> tuple[str, ...]:
    """The instruments that come along."""
    found = files("experiments.surveys").joinpath("instruments").iterdir()
    return tuple(sorted(Path(entry.name).stem for entry in found if entry.name.endswith(".toml")))


def load_instrument(source: str | Path) -> Instrument:
    """The instrument of this name, or that a TOML file holds; a text with a dot or slash is a path. Raises Mistake."""
    if isinstance(source, str) and not re.search(r"[./\\]", source):
        if source not in instrument_names():
            hint = did_you_mean(source, instrument_names()) or "a file needs its ending or folder: name.toml, ./name"
            raise Mistake(f"there is no instrument {shown(source)}", "", ", ".join(instrument_names()), hint)
        entry = files("experiments.surveys").joinpath("instruments", f"{source}.toml")
        return _instrument(source_of_text(entry.read_text(encoding="utf-8"), f"instrument {source}", Path(), None))
    path = Path(source)
    return _instrument(read_source(path, end_of(str(path))))


def parse_instrument(text: str, where: str = "text") -> Instrument:
    """The instrument that a TOML text describes; `where` names it in messages. Raises Mistake."""
    return _instrument(source_of_text(text, where, Path()))


def _instrument(source: Source) -> Instrument:
    form = checked(Form, {"name": source.slug("instrument"), **source.data}, source.place)
    mistakes = [*_unknown_states(form, source), *_unknown_items(form, source), *_unknown_sample(form, source)]
    if mistakes:
        raise one_mistake(mistakes)
    return Instrument(form, source.text)


def _unknown_states(form: Form, source: Source) -> Iterator[Mistake]:
    known = STATES[form.asks]
    asked: list[tuple[str, KeyPath]] = [(form.response.reads, ("response", "reads"))]
    for row, construct in enumerate(form.constructs):
        asked.append((construct.reads, ("constructs", row, "reads")))
        asked += [
            (item.reads, ("constructs", row, "items", place, "reads")) for place, item in enumerate(construct.items)
        ]
    for state, path in asked:
        if state and state not in known:
            yield _unknown(f"{form.asks} have no such state", state, path, known, source)


def _unknown_items(form: Form, source: Source) -> Iterator[Mistake]:
    known = [item.name for construct in form.constructs for item in construct.items]
    asked: list[tuple[str, KeyPath]] = [(item, ("net", place)) for place, item in enumerate(form.net)]
    for row, score in enumerate(form.scores):
        asked += [(item, ("scores", row, "items", place)) for place, item in enumerate(score.items)]
    for item, path in asked:
        if item not in known:
            yield _unknown("there is no such item", item, path, known, source)


def _unknown_sample(form: Form, source: Source) -> Iterator[Mistake]:
    if form.real and form.real not in real_samples():
        yield _unknown("there is no such real sample", form.real, ("real",), real_samples(), source)


def _unknown(what: str, word: str, path: KeyPath, known: Any, source: Source) -> Mistake:
    place = ".".join(str(step) for step in path)
    where = f"{source.place(path)}, {place} = {shown(word)}"
    return Mistake(what, where, ", ".join(known), did_you_mean(word, known))
