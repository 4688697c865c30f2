"""The functions that a model in plain Python would call: Python's own, of the C library, and not our compiled ones."""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from agents import mathematics

PYTHONS = {
    mathematics.exp: math.exp,
    mathematics.log: lambda value: math.log(value) if value > 0.0 else -math.inf,
    mathematics.power: math.pow,
    mathematics.normal_below: lambda value: 0.5 * math.erfc(-value * 0.7071067811865476),
}
ROOMS = ("agents.", "simulation.", "benchmarks.plain.")


@contextmanager
def python_functions() -> Iterator[None]:
    """In here rules in plain Python call Python's own functions, two to five times as fast from there as compiled ones.

    Numbers then differ in their last bits; nothing may be compiled in here.
    """
    places = [
        (module, name, one)
        for key, module in tuple(sys.modules.items())
        if key.startswith(ROOMS) and module is not mathematics
        for name, one in tuple(vars(module).items())
        if any(one is ours for ours in PYTHONS)
    ]
    for module, name, one in places:
        setattr(module, name, PYTHONS[one])
    try:
        yield
    finally:
        for module, name, one in places:
            setattr(module, name, one)
