"""A factor: one key of the scenario, the values that it takes, and the scenario that results."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from agents.registry import PARAMETERS
from scenarios.scenario import Scenario
from scenarios.table import KeyPath
from scenarios.wording import Node, known_keys, node_at

ValueKind = Literal["whole", "real", "text", "yes_no"]
Units = npt.NDArray[np.float64]
"""Numbers from 0 to 1: where in a factor's range or list."""

SCENARIO: Final = "scenario"
"""The factor whose values are names of presets or files; all other factors change what they hold."""

TYPES: Final[Mapping[ValueKind, pa.DataType]] = MappingProxyType(
    {"whole": pa.int64(), "real": pa.float64(), "text": pa.string(), "yes_no": pa.bool_()}
)
"""How a factor's values stand in a table."""

_KINDS: Final[Mapping[str, ValueKind]] = MappingProxyType(
    {"integer": "whole", "number": "real", "string": "text", "boolean": "yes_no"}
)


@dataclass(frozen=True, slots=True)
class Factor:
    """One key of the scenario by its dotted path, and either its range or its values.

    A range includes both ends; `levels` are asked of it by a grid, `is_log` makes ratios along it count alike.
    A factor of a table has neither range nor values: they stand in the table.
    """

    path: str
    kind: ValueKind
    low: float = 0.0
    high: float = 0.0
    is_log: bool = False
    levels: int | None = None
    values: tuple[Any, ...] = ()

    def ends(self) -> tuple[Any, ...]:
        """What must be allowed for all else to be: both ends of a range, or every value."""
        return self.values or (self._typed(self.low), self._typed(self.high))

    def steps(self, levels: int) -> list[Any]:
        """The values, or so many along the range, ends included; fewer where whole numbers are fewer."""
        if self.values:
            return list(self.values)
        if self.kind == "whole" and self.high - self.low < levels:
            return list(range(int(self.low), int(self.high) + 1))
        along = [self._along(step / (levels - 1)) for step in range(levels)]
        return list(dict.fromkeys(round(place) for place in along)) if self.kind == "whole" else along

    def at(self, units: Units) -> pa.Array:
        """The values at these places, 0 for the low end, of type TYPES[kind]; whole numbers share the way evenly."""
        if self.values:
            places = np.minimum((units * len(self.values)).astype("i8"), len(self.values) - 1)
            return pa.array(self.values, TYPES[self.kind]).take(pa.array(places))
        if self.kind == "whole":
            found = np.floor(self._between(self.low, self.high + 1.0, units))
            return pa.array(np.clip(found, self.low, self.high).astype("i8"))
        return pa.array(np.clip(self._between(self.low, self.high, units), self.low, self.high))

    def _between(self, low: float, high: float, units: Units) -> Units:
        return np.asarray(low * (high / low) ** units if self.is_log else low + (high - low) * units)

    def _along(self, unit: float) -> float:
        """One place of the range; exactly an end at 0 and 1, and 0.3 rather than 0.30000000000000004 between."""
        if unit in {0.0, 1.0}:
            return self.high if unit else self.low
        return float(f"{self._between(self.low, self.high, np.array(unit)):.12g}")

    def _typed(self, value: float) -> float | int:
        return int(value) if self.kind == "whole" else value


def scenario_of(
    base: Scenario, values: Mapping[str, Any], others: Mapping[str, Scenario] = MappingProxyType({})
) -> Scenario:
    """The base with each factor at its value; None leaves the factor as the scenario has it.

    others: the scenarios that values of the factor `scenario` name. Raises Mistake for what cannot be together.
    """
    name = values.get(SCENARIO)
    found = base if name is None else others[name]
    changes = {path: value for path, value in values.items() if path != SCENARIO and value is not None}
    return found.with_(changes) if changes else found


def present_value(scenario: Scenario, path: str) -> Any:
    """What the scenario itself has there, as a factor would give it; None where it is absent or no single value."""
    here: Any = scenario.as_dict()
    for step in path.split("."):
        here = _below(here, step)
    if here is None and path.startswith("behaviour."):
        parameter = PARAMETERS.get(path.removeprefix("behaviour."))
        return parameter and parameter.default
    if isinstance(here, Mapping) and here.keys() == {"designed", "lived"}:
        return here["designed"] if here["designed"] == here["lived"] else None
    return here if isinstance(here, (str, int, float)) else None


def _below(here: Any, step: str) -> Any:
    if isinstance(here, Mapping):
        return here.get(step)
    if isinstance(here, Sequence) and not isinstance(here, str):
        return here[int(step)] if step.isascii() and step.isdigit() and int(step) < len(here) else None
    return None


def schema_path(path: str) -> KeyPath:
    """The dotted path as the schema takes it: positions in arrays as numbers."""
    found: tuple[str | int, ...] = ()
    for step in path.split("."):
        is_place = step.isascii() and step.isdigit() and _has_items(node_at(Scenario, found))
        found = (*found, int(step) if is_place else step)
    return found


def _has_items(node: Node) -> bool:
    return node.get("type") == "array"


def kind_of(path: str) -> ValueKind | None:
    """What kind of value the key takes; None where there is no such key or it takes no single value."""
    if path == SCENARIO:
        return "text"
    node = node_at(Scenario, schema_path(path))
    return next((_KINDS[form] for part in (node, *node.get("anyOf", ())) if (form := part.get("type")) in _KINDS), None)


def exists(path: str) -> bool:
    """Whether the schema knows the key."""
    return bool(node_at(Scenario, schema_path(path)))


def known_paths(scenario: Scenario) -> list[str]:
    """Every dotted path that may be a factor of this scenario."""
    return [SCENARIO, *_leaves(scenario.as_dict(), ()), *(f"behaviour.{name}" for name in PARAMETERS)]


def _leaves(here: Any, path: tuple[str, ...]) -> list[str]:
    if isinstance(here, Mapping):
        block = [".".join(path)] if here.keys() == {"designed", "lived"} else []
        optional = [key for key in _optional_keys(path) if key not in here]
        inner = [leaf for key, value in here.items() for leaf in _leaves(value, (*path, key))]
        return [*block, *inner, *(".".join((*path, key)) for key in optional)]
    if isinstance(here, list):
        return [leaf for place, value in enumerate(here) for leaf in _leaves(value, (*path, str(place)))]
    return [".".join(path)]


def _optional_keys(path: tuple[str, ...]) -> list[str]:
    """Keys that this table may have, without those of behaviour, which are listed apart."""
    if not path or path[0] in {"behaviour", "expected"}:
        return []
    return known_keys(node_at(Scenario, schema_path(".".join(path))))


def is_whole(value: float) -> bool:
    """Whether the number has nothing behind the point."""
    return math.isfinite(value) and value == math.floor(value)
