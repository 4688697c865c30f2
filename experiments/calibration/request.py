"""What a calibration is asked: figures, what may change, and how much is tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from agents.rule import source_hash
from experiments.calibration.asking import Asked
from experiments.calibration.figures import Figure, as_data
from experiments.calibration.parameters import Parameter, open_parameters
from experiments.request import check_luck, check_room, whole_number
from scenarios.scenario import Scenario

MOST_MEMBERS: Final = 200
MOST_REPLICATIONS: Final = 1_000
MOST_FIGURES: Final = 60
LEAST_UNASKED: Final = 8
MOST_UNASKED: Final = 32
"""Worlds of each trial, where nobody says how many."""

SURE_ENOUGH: Final = 0.25
"""Part of a figure's tolerance that the model's own luck may come to, as far as so many worlds allow."""


@dataclass(frozen=True, slots=True)
class Request:
    """A calibration as asked. base: the scenario before anything is done to it. members: plausible scenarios wanted.

    replications: worlds of each trial; None for as many as the tolerances ask for. asked: the survey whose answers are
    among the figures.
    """

    scenario: Scenario
    figures: tuple[Figure, ...]
    parameters: tuple[Parameter, ...]
    fixed: tuple[str, ...]
    members: int
    replications: int | None
    seed: int
    asked: Asked | None = None

    @property
    def base(self) -> Scenario:
        """The organisation as it was measured: before interventions and shocks."""
        return self.scenario.with_(interventions=[], shocks=[])

    def decides(self) -> dict[str, Any]:
        """All that decides what a trial comes to."""
        return {
            "scenario": self.base.digest(),
            "figures": [f"{one['name']} over {one['weeks']} weeks" for one in map(as_data, self.figures)],
            "open": [one.key for one in self.parameters],
            "replications": self.replications,
            "seed": self.seed,
            "survey": self.asked and [self.asked.instrument.digest(), *map(list, self.asked.items.values())],
            "rules": source_hash(),
        }


def request_of(
    scenario: Scenario,
    figures: Sequence[Figure],
    *,
    free: Sequence[str] = (),
    fix: Sequence[str] = (),
    members: int = 20,
    replications: int | None = None,
    seed: int = 1,
    asked: Asked | None = None,
) -> Request:
    """The request, each number within its range. Raises Mistake."""
    whole_number("members", members, 0, MOST_MEMBERS)
    if replications is not None:
        whole_number("replications", replications, 2, MOST_REPLICATIONS)
    whole_number("figures", len(figures), 1, MOST_FIGURES)
    check_luck(replications or MOST_UNASKED, seed)
    check_room([scenario], max(one.weeks for one in figures), replications or MOST_UNASKED)
    parameters = open_parameters(
        scenario, {one.name for one in figures} | (asked.bears_on if asked else frozenset()), free, fix
    )
    return Request(scenario, tuple(figures), parameters, tuple(fix), members, replications, seed, asked)
