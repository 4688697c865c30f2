"""An experiment: one scenario at many points, found by name or path, checked as a whole, and ready to be lived."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import tomli_w

from experiments.designs.design_file import read_design
from experiments.designs.factor_checks import check_factors
from experiments.designs.factors import Factor
from experiments.designs.form import DesignForm, Form, KeepForm
from results.folders.digest import digest as table_digest
from scenarios.checking import checked
from scenarios.errors import Mistake, did_you_mean, end_of, one_mistake, shown
from scenarios.loading import load
from scenarios.scenario import Scenario
from scenarios.source import SHALLOW, Source, read_source, source_of_text
from scenarios.table import KeyPath
from simulation.indicators import INDICATORS

FACTOR_KEYS: Final = frozenset({"low", "high", "scale", "levels", "values"})


@dataclass(frozen=True, eq=False)
class Experiment:
    """What is to be lived: the file's keys, and all that they name.

    form: the keys as the file gives them, with those that it leaves out. base: the scenario that all cells build on;
    others: those that values of the factor `scenario` name. listed: the rows of a design that is a table, without
    numbers. text: the file itself.
    """

    form: Form
    base: Scenario
    factors: tuple[Factor, ...]
    others: Mapping[str, Scenario] = field(default_factory=dict)
    listed: pa.Table | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """Name, also of folders."""
        return self.form.name

    @property
    def scenario(self) -> str:
        """Name or path of the scenario, as the file gives it."""
        return self.form.scenario

    @property
    def weeks(self) -> int:
        """Recorded weeks of each run."""
        return self.form.weeks

    @property
    def replications(self) -> int:
        """Worlds at each point."""
        return self.form.replications

    @property
    def seed(self) -> int:
        """Names all luck."""
        return self.form.seed

    @property
    def design(self) -> DesignForm:
        """Which points are lived."""
        return self.form.design

    @property
    def keep(self) -> KeepForm:
        """What is kept of each run."""
        return self.form.keep

    def as_dict(self) -> dict[str, Any]:
        """All keys of the file as plain tables, arrays and values, defaults included."""
        return self.form.model_dump(mode="json", by_alias=True, exclude_none=True)

    def digest(self) -> str:
        """Twelve hexadecimal digits for all that decides the numbers and which are kept; names and places are not."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        content = {name: value for name, value in self.as_dict().items() if name not in {"name", "scenario"}}
        content["design"].pop("file", None)
        content["base"] = self.base.digest()
        content["others"] = {name: scenario.digest() for name, scenario in self.others.items()}
        content["listed"] = "" if self.listed is None else table_digest(self.listed)
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return blake2b(text.encode(), digest_size=6).hexdigest()


def preset_names() -> tuple[str, ...]:
    """Names of the experiments that come with EffectChain, in alphabetical order."""
    return tuple(sorted(path.stem for path in _preset_folder().glob("*.toml")))


def preset_path(name: str) -> Path:
    """Where the file of one of them stands. Raises Mistake for an unknown name."""
    if name not in preset_names():
        hint = did_you_mean(name, preset_names()) or "a file needs its ending or folder: name.toml, ./name"
        raise Mistake(f"there is no experiment {shown(name)}", "", ", ".join(preset_names()), hint)
    return _preset_folder() / f"{name}.toml"


def _preset_folder() -> Path:
    return Path(str(files("experiments.designs"))) / "presets"


def load_experiment(source: str | Path) -> Experiment:
    """The experiment of a file's path, or of the name of one that comes with EffectChain.

    A text without dot or slash is such a name. Raises Mistake with all that is wrong.
    """
    if isinstance(source, str) and not re.search(r"[./\\]", source):
        return _experiment(read_source(preset_path(source), f"experiment {source}"))
    path = Path(source)
    return _experiment(read_source(path, end_of(str(path))))


def experiment_of(data: Mapping[str, Any], folder: str | Path = "") -> Experiment:
    """The experiment of plain data with a file's keys; paths in it are relative to the folder. Raises Mistake."""
    return _experiment(Source("experiment", Path(folder), None, "", dict(data)))


def parse_experiment(text: str, where: str = "text", folder: str | Path = "") -> Experiment:
    """The experiment that a TOML text describes; `where` names it in messages. Raises Mistake."""
    return _experiment(source_of_text(text, where, Path(folder)))


def _experiment(source: Source) -> Experiment:
    try:
        return _Reading(source).experiment()
    except RecursionError:
        raise Mistake("is nested too deeply", source.where, SHALLOW) from None


class _Reading:
    """One file on its way to an experiment; mistakes are gathered, so that all are told at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._mistakes: list[Mistake] = []
        factors = source.data.get("factors")
        self._origins = dict(_factor_places(factors, ("factors",))) if isinstance(factors, dict) else {}

    def experiment(self) -> Experiment:
        """The experiment. Raises Mistake."""
        self._check_format()
        base = self._base()
        form = self._form(base)
        if form is not None:
            self._check_kept(form)
        if form is None or base is None:
            raise one_mistake(self._mistakes)
        base = _long_enough(base, form.weeks)
        found = self._table(form, base) if form.design.kind == "table" else self._factors(form, base)
        if self._mistakes:
            raise one_mistake(self._mistakes)
        return found

    def _check_format(self) -> None:
        found = self._source.data.get("schema")
        if found is None:
            raise Mistake("the line `schema = 1` is missing", self._source.where, hint="put it first")
        if type(found) is not int or found != 1:
            where = f"{self._place(('schema',))}, schema = {shown(found)}"
            hint = "this file may need a newer EffectChain" if type(found) is int and found > 1 else ""
            raise Mistake("unknown form of experiment file", where, "1", hint)

    def _base(self) -> Scenario | None:
        """The scenario; None where there is none, with the mistake noted unless the form will tell it."""
        name = self._source.data.get("scenario")
        if not isinstance(name, str) or not name:
            return None
        try:
            return self._load(name)
        except Mistake as mistake:
            self._mistakes.append(Mistake(str(mistake), f"{self._place(('scenario',))}, scenario = {shown(name)}"))
            return None

    def _load(self, name: str) -> Scenario:
        return load(name if not re.search(r"[./\\]", name) else self._source.folder / name)

    def _form(self, base: Scenario | None) -> Form | None:
        """The file's keys, those that it leaves out filled in; None where they are wrong, with the mistakes noted."""
        data = dict(self._source.data)
        data.setdefault("name", self._source.slug("experiment"))
        data.setdefault("weeks", base.weeks if base else 1)
        if isinstance(data.get("factors"), dict):
            data["factors"] = {path: _at(self._source.data, place) for path, place in self._origins.items()}
        try:
            return checked(Form, data, self._place)
        except Mistake as mistake:
            self._mistakes += getattr(mistake, "listed", [mistake])
            return None

    def _check_kept(self, form: Form) -> None:
        for place, name in enumerate(form.keep.indicators or ()):
            if name not in INDICATORS:
                where = f"{self._place(('keep', 'indicators', place))}, keep.indicators = {shown(name)}"
                hint = did_you_mean(name, INDICATORS) or "see the columns of the weekly table"
                self._mistakes.append(Mistake("unknown indicator", where, hint=hint))

    def _other(self, name: str, form: Form) -> Scenario:
        return _long_enough(self._load(name), form.weeks)

    def _factors(self, form: Form, base: Scenario) -> Experiment:
        found = check_factors(form.factors, base, partial(self._other, form=form), self._place)
        self._mistakes += found.mistakes
        return Experiment(form, base, found.factors, found.others, None, self._text(form))

    def _table(self, form: Form, base: Scenario) -> Experiment:
        path = self._source.folder / (form.design.file or "")
        found = read_design(path, base, partial(self._other, form=form))
        return Experiment(form, base, found.factors, found.others, found.points, self._text(form))

    def _text(self, form: Form) -> str:
        """The file itself, or what it would be."""
        return self._source.text or tomli_w.dumps(form.model_dump(mode="json", by_alias=True, exclude_none=True))

    def _place(self, path: KeyPath) -> str:
        """File and line of a key; a factor may be written with or without quotes around its path."""
        if len(path) > 1 and path[0] == "factors":
            path = (*self._origins.get(str(path[1]), path[:2]), *path[2:])
        return self._source.place(path)


def _factor_places(table: Mapping[str, Any], path: KeyPath) -> Iterator[tuple[str, KeyPath]]:
    """Dotted path of each factor, and where it stands: TOML makes tables of dots that are not within quotes."""
    for name, value in table.items():
        here = (*path, name)
        if isinstance(value, dict) and value and not value.keys() & FACTOR_KEYS and _all_tables(value):
            yield from _factor_places(value, here)
        else:
            yield ".".join(map(str, here[1:])), here


def _all_tables(table: Mapping[str, Any]) -> bool:
    return all(isinstance(value, dict) for value in table.values())


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _long_enough(scenario: Scenario, weeks: int) -> Scenario:
    """The scenario, as long as the runs at least, so that what starts in their last weeks may start."""
    return scenario if scenario.weeks >= weeks else scenario.with_(weeks=weeks)
