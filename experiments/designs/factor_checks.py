"""Whether each factor is a key of the scenario, and each of its values one that the scenario can have."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from experiments.designs.factors import SCENARIO, Factor, exists, is_whole, kind_of, known_paths, scenario_of
from experiments.designs.form import FactorForm
from scenarios.checking import Place
from scenarios.errors import Mistake, did_you_mean, shown
from scenarios.scenario import Scenario

IDLE: Final = frozenset({"schema", "extends", "name", "weeks", "about", "expected"})
"""Tables and keys that change nothing in the simulation."""

NO_RANGE: Final = {"text": "a text", "yes_no": "true or false"}

Load = Callable[[str], Scenario]
"""Finds the scenario of a name or of a path relative to the experiment."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The factors of an experiment, the scenarios that its factor `scenario` names, and all that is wrong."""

    factors: tuple[Factor, ...]
    others: Mapping[str, Scenario]
    mistakes: Sequence[Mistake]


def check_factors(forms: Mapping[str, FactorForm], base: Scenario, load: Load, place: Place) -> Checked:
    """Each factor with its kind; every mistake in their paths and values, with its place."""
    mistakes: list[Mistake] = []
    found: list[Factor] = []
    for path, form in forms.items():
        try:
            found.append(factor_of(path, form, base, forms, place))
        except Mistake as mistake:
            mistakes.append(mistake)
    others, lost = _others(found, load, place)
    mistakes += lost
    if not lost:
        mistakes += _impossible(found, list(others.values()) or [base], place)
    return Checked(tuple(found), others, mistakes)


def factor_of(path: str, form: FactorForm, base: Scenario, all_paths: Mapping[str, Any], place: Place) -> Factor:
    """The factor with the kind of value that its key takes. Raises Mistake for a path or kind that cannot be."""
    factor = factor_at(path, base, all_paths, place(("factors", path)))
    if form.values is not None:
        return replace(factor, values=tuple(float(one) if _is_real(factor, one) else one for one in form.values))
    if factor.kind in NO_RANGE:
        hint = 'give { values = ["…", "…"] }' if factor.kind == "text" else "give { values = [true, false] }"
        raise Mistake(f"has no range, since it is {NO_RANGE[factor.kind]}", _where(place, path), hint=hint)
    low, high = form.low or 0.0, form.high or 0.0
    for name, end in (("low", low), ("high", high)):
        if factor.kind == "whole" and not is_whole(end):
            raise Mistake("must be a whole number", f"{_where(place, path, name)} = {end:.15g}")
    return replace(factor, low=low, high=high, is_log=form.scale == "log", levels=form.levels)


def _is_real(factor: Factor, value: object) -> bool:
    return factor.kind == "real" and isinstance(value, int) and not isinstance(value, bool)


def factor_at(path: str, base: Scenario, all_paths: Mapping[str, Any], place: str) -> Factor:
    """The factor at this path, without values. Raises Mistake for a path that leads nowhere or to several values."""
    where = f"{place}, {shown(path)}" if place else shown(path)
    steps = path.split(".")
    if steps[0] in IDLE:
        raise Mistake("cannot be a factor: it changes nothing in the simulation", where)
    around = [other for other in all_paths if path.startswith(f"{other}.")]
    if around:
        raise Mistake(f"lies within another factor, {shown(around[0])}", where, hint="keep one of the two")
    kind = kind_of(path)
    if kind is None or _missing_position(base, path):
        raise _unknown(path, base, where)
    return Factor(path, kind)


def _unknown(path: str, base: Scenario, where: str) -> Mistake:
    if exists(path) and kind_of(path) is None:
        within = [one for one in known_paths(base) if one.startswith(f"{path}.")]
        hint = f"name one key in it, such as {within[0]}" if within else "the scenario has nothing in it"
        return Mistake("is no single value", where, hint=hint)
    missing = _missing_position(base, path)
    if missing:
        return Mistake(f"the scenario has no {missing}", where, hint="positions count from 0")
    known = known_paths(base)
    same_end = [one for one in known if one.endswith("." + path.rpartition(".")[2])]
    hint = did_you_mean(path, known) or (f"did you mean '{same_end[0]}'?" if same_end else "")
    return Mistake("unknown factor", where, "keys of the scenario by dotted path, as for --set", hint)


def _missing_position(base: Scenario, path: str) -> str:
    """The name of an array's position on the way that the scenario doesn't have: interventions.0."""
    here: Any = base.as_dict()
    steps = path.split(".")
    for depth, step in enumerate(steps):
        if isinstance(here, list):
            if step not in map(str, range(len(here))):
                return ".".join(steps[: depth + 1])
            here = here[int(step)]
        elif isinstance(here, Mapping):
            here = here.get(step)
    return ""


def _others(factors: Sequence[Factor], load: Load, place: Place) -> tuple[dict[str, Scenario], list[Mistake]]:
    """The scenarios that the factor `scenario` names, and those that cannot be had."""
    found: dict[str, Scenario] = {}
    lost: list[Mistake] = []
    for factor in factors:
        for position, name in enumerate(factor.values if factor.path == SCENARIO else ()):
            where = f"{_where(place, SCENARIO, 'values', position)} = {shown(name)}"
            try:
                found[name] = load(_text(name))
            except Mistake as mistake:
                lost.append(Mistake(str(mistake), where))
    return found, lost


def _text(name: object) -> str:
    if not isinstance(name, str):
        raise Mistake("must be the name of a preset or file")
    return name


def _impossible(factors: Sequence[Factor], scenarios: Sequence[Scenario], place: Place) -> Iterator[Mistake]:
    """The first value of each factor that no scenario of the experiment can have."""
    for factor in factors:
        rest = [one for one in factors if one.path not in {factor.path, SCENARIO}]
        if factor.path != SCENARIO:
            yield from _impossible_values(factor, rest, scenarios, place)


def _impossible_values(
    factor: Factor, rest: Sequence[Factor], scenarios: Sequence[Scenario], place: Place
) -> Iterator[Mistake]:
    for position, value in enumerate(factor.ends()):
        for scenario in scenarios:
            mistake = refusal(scenario, factor, value, rest)
            if mistake:
                key = ("values", position) if factor.values else (("low", "high")[position],)
                where = f"{_where(place, factor.path, *key)} = {shown(value)}"
                yield Mistake(mistake.what, where, mistake.allowed, mistake.hint)
                return


def refusal(scenario: Scenario, factor: Factor, value: Any, rest: Sequence[Factor] = ()) -> Mistake | None:
    """Why the scenario cannot have this value; None where it can, be it with the other factors at one of their ends."""
    first: Mistake | None = None
    around: Sequence[Mapping[str, Any]] = (
        {},
        {one.path: one.ends()[0] for one in rest},
        {one.path: one.ends()[-1] for one in rest},
    )
    for setting in around if rest else around[:1]:
        try:
            scenario_of(scenario, {**setting, factor.path: value})
        except Mistake as mistake:
            listed = getattr(mistake, "listed", None)
            first = first or (listed[0] if listed else mistake)
        else:
            return None
    return first


def _where(place: Place, path: str, *more: str | int) -> str:
    found = place(("factors", path, *more))
    key = ".".join(["factors", f'"{path}"', *map(str, more)])
    return f"{found}, {key}" if found else key
