"""Other values at dotted paths of plain data: `organisation.employees`, `interventions.0.start`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from scenarios.errors import Mistake, shortened, shown
from scenarios.merging import laid_over

LONGEST_PATH: Final = 8


def assigned(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the data with each change made at its dotted path.

    A table is laid over the present one; None takes a key or an array's item away.
    Raises Mistake where a path leads nowhere.
    """
    result = dict(data)
    for path, value in changes.items():
        steps = path.split(".")
        if not all(steps) or len(steps) > LONGEST_PATH:
            raise Mistake("is no path", shown(path), "keys and positions joined by dots, as in interventions.0.start")
        result = _in_table(result, steps, _plain(value))
    return result


def _changed(here: Any, steps: Sequence[str], value: Any, path: Sequence[str]) -> Any:
    """What stands here, with the value at the end of the steps; path is the way that led here."""
    if not steps:
        return laid_over(here, value)
    if here is None or isinstance(here, Mapping):
        return _in_table(here or {}, steps, value, path)
    if isinstance(here, Sequence) and not isinstance(here, str):
        return _in_array(here, steps, value, path)
    raise Mistake("has no keys of its own", shortened(".".join(path)), hint=f"leave out '{shortened('.'.join(steps))}'")


def _in_table(table: Mapping[str, Any], steps: Sequence[str], value: Any, path: Sequence[str] = ()) -> dict[str, Any]:
    name = steps[0]
    inner = _changed(table.get(name), steps[1:], value, [*path, name])
    rest = {other: old for other, old in table.items() if other != name}
    return rest if inner is None else {**rest, name: inner}


def _in_array(array: Sequence[Any], steps: Sequence[str], value: Any, path: Sequence[str]) -> list[Any]:
    if steps[0] not in map(str, range(len(array))):
        last = f"0 to {len(array) - 1}" if array else "none: the array is empty"
        raise Mistake(f"no position {shown(steps[0])}", shortened(".".join(path)), allowed=last)
    place = int(steps[0])
    inner = _changed(array[place], steps[1:], value, [*path, steps[0]])
    return [*array[:place], *([] if inner is None else [inner]), *array[place + 1 :]]


def _plain(value: Any) -> Any:
    """Numbers and truth values of NumPy as Python's own."""
    return value.item() if isinstance(value, np.generic) else value
