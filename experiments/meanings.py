"""What the behaviour parameters stand for in the reader's language: English in the registry, Dutch beside this file."""

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from agents.registry import PARAMETERS
from results.numbers import decimal


def meaning(name: str, language: str) -> str:
    """What a parameter stands for, such as 'what coaching adds to that pace'. Raises KeyError for an unknown name."""
    one = PARAMETERS[name]
    return str(_dutch()[one.section][name]) if language == "nl" else one.meaning


def unit(name: str, language: str) -> str:
    """What one of a parameter is counted in, such as 'weeks'. Raises KeyError for an unknown name."""
    english = PARAMETERS[name].unit
    return str(_dutch()["units"][english]) if language == "nl" else english


def plain(value: float, language: str) -> str:
    """A parameter's value with the decimals that it has, six figures at most: 0.0034 in English, 0,0034 in Dutch."""
    places = -int(Decimal(f"{value:g}").as_tuple().exponent)
    return decimal(value, max(0, places), language)


@cache
def _dutch() -> dict[str, Any]:
    return tomllib.loads(files("experiments").joinpath("parameters.nl.toml").read_text(encoding="utf-8"))
