"""What a calibration comes to: how well figures are met, what they leave open, and the scenarios that fit them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from experiments.calibration.determined import Conflict, Known
from experiments.calibration.figures import Figure, as_data
from experiments.calibration.parameters import Parameter
from experiments.calibration.request import Request
from results.statistics import Interval, finite
from scenarios.scenario import Scenario

Verdict = Literal["met", "undecided", "not_met"]


@dataclass(frozen=True, slots=True)
class MetFigure:
    """How well one figure is met, in worlds that no trial saw.

    figure: with its tolerance; is_usual: whether the tolerance is ours, for want of one. luck: standard deviation
    between worlds that are alike but for luck. start: what the scenario comes to as it was given. distance: in
    tolerances. met: the distance is at most 1; undecided: it is above, but the interval reaches within.
    """

    figure: Figure
    is_usual: bool
    luck: float
    start: float
    reached: Interval
    distance: float
    verdict: Verdict

    @property
    def is_too_sure(self) -> bool:
        """Whether the tolerance is narrower than the luck of a single year, so that one year cannot tell as much."""
        return not self.is_usual and self.figure.room < self.luck

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; null for what has no value."""
        return {
            **as_data(self.figure),
            "tolerance_is_usual": self.is_usual,
            "luck": self.luck,
            "start": finite(self.start),
            "reached": finite(self.reached.mean),
            "interval": [finite(self.reached.low), finite(self.reached.high)],
            "distance": finite(self.distance),
            "verdict": self.verdict,
        }


@dataclass(frozen=True, slots=True)
class FoundParameter:
    """What became of one open parameter.

    best: its value in the best scenario. low, high: least and greatest value in the plausible ones. left: part of the
    prior spread that the figures leave. known: how well they determine it; no_part: they do not notice it at all.
    moves: the figure that it moves most.
    """

    parameter: Parameter
    best: float
    low: float
    high: float
    left: float
    known: Known
    moves: str

    @property
    def start(self) -> float:
        """Its value in the scenario as given."""
        return self.parameter.value(0.0)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "key": self.parameter.key,
            "start": self.start,
            "best": self.best,
            "low": self.low,
            "high": self.high,
            "left": self.left,
            "known": self.known,
            "moves": self.moves,
            "reason": self.parameter.reason,
        }


@dataclass(frozen=True, slots=True)
class Trade:
    """Two parameters of which one can be traded against the other; correlation: what is left between them."""

    one: str
    other: str
    correlation: float

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {"one": self.one, "other": self.other, "correlation": self.correlation}


@dataclass(frozen=True)
class Calibration:
    """The outcome. best: the scenario that meets the figures best, with all that is done in the one given.

    ensemble: plausible scenarios, each of which meets the figures. directions: independent combinations of parameters
    that the figures tell something about. tried: trials; replications: worlds of each. changes: of the best
    scenario and of each plausible one, beside the one given.
    """

    request: Request
    figures: tuple[MetFigure, ...]
    parameters: tuple[FoundParameter, ...]
    trades: tuple[Trade, ...]
    conflicts: tuple[Conflict, ...]
    directions: int
    strengths: tuple[float, ...]
    changes: tuple[Mapping[str, float], ...]
    tried: int
    replications: int
    started: datetime

    @cached_property
    def best(self) -> Scenario:
        """The scenario that meets the figures best."""
        return self.request.scenario.with_({**self.changes[0], "name": f"{self._name}-best"})

    @cached_property
    def ensemble(self) -> list[Scenario]:
        """Plausible scenarios."""
        return [
            self.request.scenario.with_({**changes, "name": plausible_name(number)})
            for number, changes in enumerate(self.changes[1:], 1)
        ]

    @property
    def is_met(self) -> bool:
        """Whether no figure is surely missed."""
        return all(one.verdict != "not_met" for one in self.figures)

    @property
    def _name(self) -> str:
        return self.request.scenario.name[:59]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "scenario": self.request.scenario.name,
            "seed": self.request.seed,
            "replications": self.replications,
            "tried": self.tried,
            "figures": [one.as_data() for one in self.figures],
            "parameters": [one.as_data() for one in self.parameters],
            "trades": [one.as_data() for one in self.trades],
            "conflicts": [
                {"figure": one.figure, "alone": one.alone, "is_reachable": one.is_reachable, "others": list(one.others)}
                for one in self.conflicts
            ],
            "directions": self.directions,
            "strengths": list(self.strengths),
            "plausible": len(self.changes) - 1,
        }

    def save(self, folder: str | Path | None = None, *, language: str = "en") -> Path:
        """Write best scenario, plausible ones and report into a folder and return it; see write_calibration."""
        from experiments.calibration.writing import write_calibration  # noqa: PLC0415  it knows this file

        return write_calibration(self, folder, language=language)


def plausible_name(number: int) -> str:
    """Name of a plausible scenario, also of its file."""
    return f"plausible-{number:02}"
