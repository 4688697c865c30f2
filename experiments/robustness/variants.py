"""The rules under which conclusions are rerun: shipped, null models, other delays, and draws."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from experiments.robustness.delays import stretched
from experiments.robustness.draws import draws
from scenarios.scenario import Scenario

DEFAULT: Final = "default"
NULLS: Final[Mapping[str, Mapping[str, float]]] = {
    "chi_0": {"alignment_strength": 0.0},
    "linear_loyalty": {"loyalty_curve": 0.0},
}
"""Null models: blocks that do not need each other; loyalty that rises evenly with satisfaction (C4)."""

FACTORS: Final[Mapping[str, float]] = {"delays_halved": 0.5, "delays_doubled": 2.0}

NAMED: Final = (DEFAULT, *NULLS, *FACTORS)


@dataclass(frozen=True, slots=True)
class Variant:
    """An organisation under other rules. id: one of NAMED, or draw-1, draw-2 and so on."""

    id: str
    base: Scenario

    @property
    def is_drawn(self) -> bool:
        """Whether it is one of the draws."""
        return self.id not in NAMED


def variants(base: Scenario, count: int, seed: int) -> list[Variant]:
    """All named ones, then so many draws about the organisation's own values."""
    values = base.behaviour_values()
    changes: dict[str, Mapping[str, float]] = {DEFAULT: {}, **NULLS}
    changes |= {name: stretched(values, factor) for name, factor in FACTORS.items()}
    changes |= {f"draw-{number}": drawn for number, drawn in enumerate(draws(values, count, seed), 1)}
    return [
        Variant(name, base.with_(behaviour={**base.behaviour, **change}) if change else base)
        for name, change in changes.items()
    ]
