"""Plausible variants of an organisation, in which a robust plan must hold: files, or draws of what is assumed."""

from pathlib import Path
from typing import Any, Final

import numpy as np

from agents.registry import PARAMETERS
from experiments.calibration.ensemble import ensemble_of
from experiments.request import whole_number
from scenarios.errors import Mistake, shown
from scenarios.loading import load
from scenarios.scenario import Scenario

MOST_DRAWS: Final = 100
FACTOR: Final = 1.5
"""An assumed number may as well be two thirds of what it is, or half as much again. Some 300 vary together: with a
factor of 2 one hotel of eight lost nine guests of ten before anything was done, which nobody would call plausible."""


def variants_of(scenario: Scenario, robust: int | str | Path | None, seed: int) -> tuple[Scenario, ...]:
    """The scenario itself, and after it its variants: so many draws, or the scenarios of a file or folder.

    Raises Mistake.
    """
    if robust is None:
        return (scenario,)
    if isinstance(robust, int):
        count = whole_number("robust", robust, 1, MOST_DRAWS)
        return (scenario, *(drawn(scenario, seed, number) for number in range(1, count + 1)))
    return (scenario, *_read(Path(robust), scenario))


def drawn(scenario: Scenario, seed: int, number: int) -> Scenario:
    """The scenario with each assumed parameter multiplied by 1.5^u, u triangular from -1 over 0 to 1, within its range.

    What evidence or calibration has set stays, and what is 0 stays 0. The same seed and number give the same draw.
    """
    random = np.random.default_rng(np.random.SeedSequence([seed, number]))
    values = scenario.behaviour_values()
    changed: dict[str, Any] = {}
    for name, parameter in PARAMETERS.items():
        factor = FACTOR ** random.triangular(-1.0, 0.0, 1.0)
        if parameter.origin == "assumed":
            changed[name] = float(np.clip(values[name] * factor, parameter.low, parameter.high))
    return scenario.with_(name=f"draw-{number}", behaviour=changed)


def _read(path: Path, scenario: Scenario) -> list[Scenario]:
    found = ensemble_of(path) if path.is_dir() else [load(path)]
    for one in found:
        if one.organisation.sector != scenario.organisation.sector:
            raise Mistake(
                f"is of another sector than '{scenario.name}'",
                shown(one.name),
                hint="take variants of one organisation",
            )
    return found
