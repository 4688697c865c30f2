"""From plain data to a table of the scenario, or to the user's mistakes in words."""

from collections.abc import Callable, Collection, Mapping
from itertools import islice
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.errors import MOST_LISTED, Mistake, Mistakes, did_you_mean, shortened, shown
from scenarios.table import KeyPath, Table
from scenarios.wording import Node, allowed, known_keys, node_at

Model = TypeVar("Model", bound=Table)

Place = Callable[[KeyPath], str]
"""Where a key stands: "hotel.toml, line 12"; empty where the data come from no text."""

MOST_KEYS_NAMED: Final = 16


def nowhere(_path: KeyPath) -> str:
    """The place of data that no file holds."""
    return ""


def checked(model: type[Model], data: Mapping[str, Any], place: Place = nowhere) -> Model:
    """The data as a table of this model.

    Raises Mistake with what is wrong: where, what was given, what is allowed.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = _faults(error, data)
        raise _in_words(model, data, found, place) from None


def _in_words(
    model: type[Table], data: Mapping[str, Any], found: Mapping[KeyPath, ErrorDetails], place: Place
) -> Mistake:
    listed = [_mistake(model, data, path, found[path], place) for path in islice(found, MOST_LISTED)]
    return listed[0] if len(found) == 1 else Mistakes(len(found), listed)


def _faults(error: ValidationError, data: Mapping[str, Any]) -> dict[KeyPath, ErrorDetails]:
    """The first fault at each path of the data as the user gave them.

    An array that is too short only because of its faulty items is not at fault itself.
    """
    found: dict[KeyPath, ErrorDetails] = {}
    for fault in error.errors(include_url=False, include_input=False):
        if fault["type"] != "too_short" or fault["ctx"]["actual_length"] == len(steps_along(data, fault["loc"])[-1]):
            found.setdefault(_path(fault, data), fault)
    return found


def dotted(path: KeyPath) -> str:
    """The path as `--set` takes it."""
    return shortened(".".join(str(step) for step in path))


def _path(fault: ErrorDetails, data: Mapping[str, Any]) -> KeyPath:
    """Where the fault lies: as far as the user's data go, or beyond where something that is not there is the fault."""
    path = fault["loc"]
    return path if fault["type"] in {"missing", "complaint"} else path[: len(steps_along(data, path))]


def steps_along(data: Any, path: KeyPath) -> list[Any]:
    """The values met on the way down the path, as far as the data go."""
    met: list[Any] = []
    for step in path:
        here = met[-1] if met else data
        if step not in _keys(here):
            break
        met.append(here[step])
    return met


def _keys(value: Any) -> Collection[str | int]:
    if isinstance(value, Mapping):
        return value.keys()
    return range(len(value)) if isinstance(value, (list, tuple)) else ()


def _mistake(model: type[Table], data: Mapping[str, Any], path: KeyPath, fault: ErrorDetails, place: Place) -> Mistake:
    met = steps_along(data, path)
    value = met[-1] if path and len(met) == len(path) else None
    where = _where(path, value, place)
    if fault["type"] == "complaint":
        return Mistake(fault["ctx"]["what"], where)
    known = known_keys(node_at(model, path[:-1]))
    if path and known and path[-1] not in known:
        return _unknown_key(model, path, known, _where(path, None, place))
    node = node_at(model, path)
    if fault["type"] == "extra_forbidden":
        return Mistake("can only be given in a scenario file", where)
    must = "must be given:" if fault["type"] == "missing" else "must be"
    return Mistake(f"{must} {allowed(node)}", where, hint=_nearest(value, node))


def _nearest(value: object, node: Node) -> str:
    """The choice that was perhaps meant."""
    return did_you_mean(value, node["enum"]) if isinstance(value, str) and "enum" in node else ""


def _where(path: KeyPath, value: object, place: Place) -> str:
    simple = isinstance(value, (str, int, float)) or hasattr(value, "isoformat")
    parts = [place(path), dotted(path) + (f" = {shown(value)}" if simple else "")]
    return ", ".join(part for part in parts if part)


def _unknown_key(model: type[Table], path: KeyPath, known: list[str], where: str) -> Mistake:
    word = str(path[-1])
    hint = did_you_mean(word, known) or _belongs_elsewhere(model, word)
    more = len(known) - MOST_KEYS_NAMED
    rest = f" and {more} more (`effectchain scenarios schema` lists all)" if more > 0 else ""
    return Mistake("unknown key", where, ", ".join(known[:MOST_KEYS_NAMED]) + rest, hint)


def _belongs_elsewhere(model: type[Table], word: str) -> str:
    tables = [name for name in known_keys(node_at(model, ())) if word in known_keys(node_at(model, (name,)))]
    return f"it belongs in [{tables[0]}]" if tables else ""
