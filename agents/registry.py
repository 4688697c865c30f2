"""The one registry of behaviour parameters and mechanisms, read from the two tables beside it."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from agents.parameters import Mechanism, Parameter
from agents.records import Record


def read_table(name: str) -> dict[str, Any]:
    """One of the TOML tables of this room."""
    return tomllib.loads(files("agents").joinpath(name).read_text(encoding="utf-8"))


def read_parameters() -> dict[str, Parameter]:
    """All parameters by name, in the order of the table; the section is the file of rules that uses them."""
    return {
        name: Parameter(name=name, section=section, **row)
        for section, rows in read_table("parameters.toml").items()
        for name, row in rows.items()
    }


@cache
def mechanisms() -> Mapping[str, Mechanism]:
    """All mechanisms by name, each with the parameter that switches it off."""
    return MappingProxyType(
        {
            name: Mechanism(name=name, **(row | {"rows": tuple(row["rows"])}))
            for name, row in read_table("mechanisms.toml").items()
        }
    )


PARAMETERS: Final[Mapping[str, Parameter]] = MappingProxyType(read_parameters())
"""Every behaviour parameter by name."""

PARAMETER_RECORD: Final = np.dtype([(name, "f8") for name in PARAMETERS], align=True)


PLACES: Final = {name: place for place, name in enumerate(PARAMETERS)}
DEFAULTS, LOWEST, HIGHEST = (
    np.array([getattr(parameter, what) for parameter in PARAMETERS.values()], "f8")
    for what in ("default", "low", "high")
)


def parameter_record(changes: Mapping[str, float]) -> Record:
    """One record of all parameters: defaults, with these changes.

    Raises KeyError for a name that isn't in the registry and ValueError outside its range.
    """
    values = DEFAULTS.copy()
    for name, value in changes.items():
        values[PLACES[name]] = value
    wrong = ~((values >= LOWEST) & (values <= HIGHEST))
    for name in changes if wrong.any() else ():
        if wrong[PLACES[name]]:
            parameter, value = PARAMETERS[name], changes[name]
            message = f"{name} = {value}: allowed is {parameter.low} to {parameter.high} ({parameter.unit})"
            raise ValueError(message)
    return values.view(PARAMETER_RECORD).view(np.recarray)
