"""What moves an indicator: an effect for each factor, with its interval, whatever the method."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Method = Literal["sobol", "morris", "one_at_a_time", "regression"]

SHARES: Final = frozenset({"sobol"})
"""Methods whose numbers are shares of the variance; all others speak of changes of the indicator."""

LUCKY: Final = 0.1
"""Share of luck in the variance between cells from which on it blurs the picture."""

WEAK_FIT: Final = 0.7
"""Share of the variance that a straight line should explain to be trusted."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One estimate with its 95 % interval; infinite where one replication tells nothing of the spread.

    measure: first_order, total_order, mu_star, change. setting: what the factor was set to, empty where it is all of
    its range; told: the same as people say it, by language.
    """

    measure: str
    value: float
    low: float
    high: float
    setting: str = ""
    told: Mapping[str, str] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Estimate (`value`) and `interval`, None for an interval that there is not; setting where there is one."""
        interval = [self.low, self.high] if math.isfinite(self.low) and math.isfinite(self.high) else None
        data = {"value": self.value, "interval": interval}
        return {**data, "setting": self.setting} if self.setting else data


@dataclass(frozen=True, slots=True)
class FactorEffect:
    """One factor: its path, what people call it by language, its estimates, and further numbers by name."""

    factor: str
    names: Mapping[str, str]
    bars: tuple[Bar, ...]
    more: Mapping[str, float] = field(default_factory=dict)

    @property
    def size(self) -> float:
        """What factors are ordered by: the largest change, or the total share."""
        return max((abs(bar.value) for bar in self.bars), default=0.0)

    def as_data(self) -> dict[str, Any]:
        """Estimates by measure, a list of them where a factor had several settings, and the further numbers."""
        if any(bar.setting for bar in self.bars):
            return {"changes": [bar.as_data() for bar in self.bars], **self.more}
        return {**{bar.measure: bar.as_data() for bar in self.bars}, **self.more}


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Which factors move an indicator most, by the method that the design allows.

    design_names: what people call the design, by language. mean: of the indicator over all cells, or in the scenario as
    it is for one_at_a_time. luck: share of the variance between cells that is luck. fit: share that a straight line
    explains. left_out: unfinished replications.
    """

    indicator: str
    method: Method
    design: str
    design_names: Mapping[str, str]
    weeks: int
    cells: int
    replications: int
    mean: float
    luck: float | None
    factors: Sequence[FactorEffect]
    fit: float | None = None
    left_out: int = 0
    level: float = 0.95

    @property
    def remarks(self) -> list[str]:
        """What a reader must bear in mind: keys of `results.sensitivity.words`."""
        found = {
            "one_world": self.replications == 1,
            "lucky": self.luck is not None and self.luck > LUCKY,
            "weak_fit": self.fit is not None and self.fit < WEAK_FIT,
            "left_out": self.left_out > 0,
            "wide": self.method in SHARES and any(bar.high - bar.low > 0.5 for one in self.factors for bar in one.bars),
        }
        return [key for key, holds in found.items() if holds]

    def plot(self, *, language: str = "en") -> "Figure":
        """A bar for each factor with its interval, the one that moves most on top, as a Matplotlib figure."""
        from results.sensitivity.tornado import tornado  # noqa: PLC0415  numbers alone need no Matplotlib

        return tornado(self, language)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; the factor that moves most comes first."""
        return {
            "indicator": self.indicator,
            "method": self.method,
            "design": self.design,
            "weeks": self.weeks,
            "cells": self.cells,
            "replications": self.replications,
            "mean": self.mean,
            "luck": self.luck,
            "fit": self.fit,
            "level": self.level,
            "left_out_replications": self.left_out,
            "remarks": self.remarks,
            "factors": {one.factor: one.as_data() for one in self.factors},
        }
