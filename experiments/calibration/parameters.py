"""What a calibration may change: keys of the scenario, how far each may plausibly lie from where it is, and why."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, inf, isfinite, log
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from experiments.designs.factors import kind_of, known_paths, present_value, schema_path
from scenarios.errors import Mistake, did_you_mean, shown
from scenarios.scenario import Scenario
from scenarios.wording import node_at

Scale = Literal["log", "logit", "plain"]
Numbers = npt.NDArray[np.float64]

ALL_BLOCKS: Final = "building_blocks"
FARTHEST: Final = 4.0
"""Spreads from where the scenario is, beyond which nothing is looked for."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key that is open, or several that move together (a building block's levels).

    paths, starts: the values that it moves, and what they are in the scenario. spread: one prior standard deviation on
    the scale. low, high: what the scenario allows. figures: names of figures of which one must be given, if any.
    Places are told in spreads: at 0 the scenario is as it is.
    """

    key: str
    paths: tuple[str, ...]
    starts: tuple[float, ...]
    scale: Scale
    spread: float
    low: float
    high: float
    reason: str = ""
    figures: tuple[str, ...] = ()

    def values(self, place: float) -> dict[str, float]:
        """What stands at each path at this place."""
        if place == 0.0:
            return dict(zip(self.paths, self.starts, strict=True))
        moved = (self._back(self._there(start) + self.spread * place) for start in self.starts)
        return {path: self._exact(value) for path, value in zip(self.paths, moved, strict=True)}

    def value(self, place: float) -> float:
        """The value at this place; of several the mean."""
        return float(np.mean(list(self.values(place).values())))

    def ends(self) -> tuple[float, float]:
        """The lowest and highest place that the range allows, at most four spreads away.

        Both 0 where nothing can move: no ratio leads away from 0, and no odds from 0 or 1.
        """
        if not any(isfinite(self._there(start)) for start in self.starts):
            return 0.0, 0.0
        if len(self.starts) > 1:
            return -FARTHEST, FARTHEST
        start = self._there(self.starts[0])
        low, high = ((self._there(end) - start) / self.spread for end in (self.low, self.high))
        return max(-FARTHEST, min(low, 0.0)), min(FARTHEST, max(high, 0.0))

    def _exact(self, value: float) -> float:
        return float(f"{min(max(value, self.low), self.high):.10g}")

    def _there(self, value: float) -> float:
        if self.scale == "plain":
            return value
        if self.scale == "log":
            return log(value) if value > 0.0 else -inf
        return log(value / (1.0 - value)) if 0.0 < value < 1.0 else (-inf if value <= 0.0 else inf)

    def _back(self, value: float) -> float:
        if self.scale == "plain":
            return value
        return exp(value) if self.scale == "log" else 1.0 / (1.0 + exp(-value))


def scenario_at(base: Scenario, parameters: Sequence[Parameter], places: Numbers) -> Scenario:
    """The scenario with each parameter at its place."""
    return base.with_(changes_at(parameters, places))


def changes_at(parameters: Sequence[Parameter], places: Numbers) -> dict[str, float]:
    """What is changed, by dotted path; parameters that stay where they are change nothing."""
    moved = [one.values(float(place)) for one, place in zip(parameters, places, strict=True) if place != 0.0]
    return {path: value for values in moved for path, value in values.items()}


def open_parameters(
    scenario: Scenario, figures: Collection[str], free: Sequence[str] = (), fix: Sequence[str] = ()
) -> tuple[Parameter, ...]:
    """The usual open parameters as far as they bear on these figures, with those freed and without those fixed.

    Those that cannot move from where they are are left out. Raises Mistake for a key that there is not, or that cannot
    be open.
    """
    usual = {key: _usual(key, row, scenario) for key, row in usual_rows().items()}
    freed = [_key(key, scenario, "--free") for key in free]
    found = {key: one for key, one in usual.items() if not one.figures or {*one.figures} & {*figures} or key in freed}
    found |= {key: _generic(key, scenario) for key in freed if key not in usual}
    fixed = {_fixed(key, scenario, [*usual, *freed]) for key in fix}
    stuck = [key for key in freed if found[key].ends() == (0.0, 0.0)]
    if stuck:
        raise Mistake(
            "cannot move from where it is", f"--free {shown(stuck[0])}", hint="give it a value in the scenario"
        )
    both = sorted(fixed.intersection(freed))
    if both:
        raise Mistake("is both freed and fixed", shown(both[0]), hint="choose one")
    kept = [one for key, one in found.items() if key not in fixed and one.ends() != (0.0, 0.0)]
    if not kept:
        raise Mistake("nothing is left that may change", "--fix", hint="fix fewer keys, or free others with --free")
    _refuse_within(kept)
    return tuple(kept)


@cache
def usual_rows() -> Mapping[str, Mapping[str, Any]]:
    """The parameters that are open by default, by key."""
    return tomllib.loads(files("experiments.calibration").joinpath("open.toml").read_text(encoding="utf-8"))


def _usual(key: str, row: Mapping[str, Any], scenario: Scenario) -> Parameter:
    paths, starts = _places(key, scenario)
    low, high = _range(paths[0])
    return Parameter(
        key, paths, starts, row["scale"], row["spread"], low, high, row["reason"], tuple(row.get("figures", ()))
    )


def _generic(key: str, scenario: Scenario) -> Parameter:
    """A key that the user frees: a share by its odds, an amount by its ratio, anything else by a tenth of its range."""
    paths, starts = _places(key, scenario)
    low, high = _range(paths[0])
    if (low, high) == (0.0, 1.0) and all(0.0 < start < 1.0 for start in starts):
        return Parameter(key, paths, starts, "logit", 0.5, low, high)
    if low >= 0.0 and starts[0] > 0.0:
        return Parameter(key, paths, starts, "log", 0.4, low, high)
    return Parameter(key, paths, starts, "plain", 0.1 * (high - low), low, high)


def _places(key: str, scenario: Scenario) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """The paths that a key stands for, and what stands there."""
    paths = _paths(key)
    return paths, tuple(float(present_value(scenario, path)) for path in paths)


def _paths(key: str) -> tuple[str, ...]:
    if key == ALL_BLOCKS:
        return tuple(f"{key}.{block}.{half}" for block in BLOCKS for half in ("designed", "lived"))
    table, _, name = key.partition(".")
    if table == ALL_BLOCKS and name in BLOCKS:
        return (f"{key}.designed", f"{key}.lived")
    return (key,)


def _range(path: str) -> tuple[float, float]:
    name = path.removeprefix("behaviour.")
    if name in PARAMETERS and name != path:
        return PARAMETERS[name].low, PARAMETERS[name].high
    node = node_at(Scenario, schema_path(path))
    parts = [node, *node.get("anyOf", ())]
    low = next((part["minimum"] for part in parts if "minimum" in part), -1e9)
    high = next((part["maximum"] for part in parts if "maximum" in part), 1e9)
    return float(low), float(high)


def _key(word: str, scenario: Scenario, option: str) -> str:
    """The key in full: `quit_base` may be said for `behaviour.quit_base`. Raises Mistake."""
    known = list(dict.fromkeys([ALL_BLOCKS, *known_paths(scenario)]))
    if word not in known:
        known_ends = [key for key in known if key.endswith(f".{word}")]
        if len(known_ends) != 1:
            raise _unknown(word, known, known_ends, option)
        word = known_ends[0]
    if word == ALL_BLOCKS or len(_paths(word)) > 1:
        return word
    if kind_of(word) != "real" or present_value(scenario, word) is None or not _is_open(word):
        raise Mistake("cannot be open", f"{option} {shown(word)}", _ALLOWED)
    return word


_ALLOWED: Final = "a number with decimals that says what the organisation is, such as behaviour.churn_base"


def _is_open(key: str) -> bool:
    return key.partition(".")[0] in {"organisation", "customers", "building_blocks", "economics", "market", "behaviour"}


def _unknown(word: str, known: Sequence[str], ends: Sequence[str], option: str) -> Mistake:
    if ends:
        hint = f"say which: {' or '.join(ends[:3])}"
        return Mistake("is the name of several keys", f"{option} {shown(word)}", hint=hint)
    shortest = [*known, *(key.rpartition(".")[2] for key in known)]
    return Mistake("there is no such key", f"{option} {shown(word)}", hint=did_you_mean(word, shortest) or _EXAMPLE)


_EXAMPLE: Final = "keys are dotted paths, such as behaviour.quit_base"


def _fixed(word: str, scenario: Scenario, candidates: Sequence[str]) -> str:
    key = _key(word, scenario, "--fix")
    if key not in candidates:
        raise Mistake("is not open anyhow", f"--fix {shown(key)}", ", ".join(candidates))
    return key


def _refuse_within(parameters: Sequence[Parameter]) -> None:
    """No value may be moved by two parameters."""
    owners: dict[str, str] = {}
    for one in parameters:
        for path in one.paths:
            if path in owners:
                hint = f"add --fix {owners[path]}"
                raise Mistake(f"lies within {shown(owners[path])}, which is open too", shown(one.key), hint=hint)
            owners[path] = one.key
