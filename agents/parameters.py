"""How a behaviour parameter and a mechanism are declared; `parameters.toml` and `mechanisms.toml` hold them."""

from dataclasses import dataclass
from typing import Literal

Origin = Literal["evidence", "assumed", "calibrated"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number in the agents' rules, with all that a user must know of it.

    default lies in [low, high]; unit says what one stands for; origin is where the default comes from:
    "evidence" (a published figure), "calibrated" (set so that a published pattern appears) or "assumed".
    source names the publication, pattern or reasoning; section the file of rules that uses it first.
    """

    name: str
    section: str
    default: float
    low: float
    high: float
    unit: str
    origin: Origin
    source: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism of the model and the parameter that switches it off.

    switch: name of a parameter; off: the value at which the mechanism is gone.
    pattern: what must be seen while it is on, and must vanish when it is off.
    rows: the rows of the mission that it answers.
    """

    name: str
    switch: str
    off: float
    pattern: str
    source: str
    rows: tuple[int, ...] = ()
