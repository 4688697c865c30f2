"""What an organisation knows about itself: figures, how sure each is, and the names under which it may give them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isfinite, sqrt
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from results.indicators import INDICATORS as STEERED_ON
from results.statistics import FLOWS, MAY_BE_ABSENT
from scenarios.errors import Mistake, did_you_mean, shown
from simulation.indicators import INDICATORS

YEAR: Final = 52
COMPLAINTS: Final = "complaint_rate"
"""Complaints an encounter: failures that were complained about, over encounters."""

SURE: Final = 1.96
"""Standard deviations in a tolerance: it is meant as holding the truth 19 times in 20."""

SHARES: Final = frozenset({"share", "performance", "chance", "ratio", "per year"})
MOST: Final = {"share": 1.0, "performance": 1.0, "chance": 1.0, "ratio": 3.0, "per year": 10.0, "points": 100.0}

SYNONYMS: Final[Mapping[str, str]] = {
    "complaints": COMPLAINTS,
    "klachten": COMPLAINTS,
    "klachtenpercentage": COMPLAINTS,
    "customer_churn": "churn",
    "churn_rate": "churn",
    "klantverloop": "churn",
    "staff_turnover": "turnover",
    "employee_turnover": "turnover",
    "personeelsverloop": "turnover",
    "customer_satisfaction": "satisfaction",
    "csat": "satisfaction",
    "klanttevredenheid": "satisfaction",
    "employee_engagement": "engagement",
    "failure": "failure_rate",
    "failures_rate": "failure_rate",
    "foutpercentage": "failure_rate",
    "utilization": "utilisation",
    "occupancy": "utilisation",
    "bezettingsgraad": "utilisation",
    "employee_nps": "enps",
    "net_promoter_score": "nps",
    "customer_effort": "effort",
    "klanten": "customers",
    "medewerkers": "employees",
    "delight": "delight_rate",
    "recovery": "recovery_rate",
}


def _plain(word: str) -> str:
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. wanted: its value; below, above: how far the truth may lie to either side (None: not said yet).

    weeks: over how many weeks it was measured, from week 1 on. Money and people that flow are told by the year.
    """

    name: str
    wanted: float
    below: float | None = None
    above: float | None = None
    weeks: int = YEAR

    @property
    def unit(self) -> str:
        """As the weekly table says it; marks where it comes from a survey."""
        if self.is_of_survey:
            return "marks"
        return "share" if self.name == COMPLAINTS else INDICATORS[self.name].unit

    @property
    def room(self) -> float:
        """The tolerance to the narrower side."""
        return min(self.below or 0.0, self.above or 0.0)

    @property
    def is_of_survey(self) -> bool:
        """Whether it is what respondents answered: ecsi.satisfaction."""
        return "." in self.name

    def reached(self, weekly: Record, answered: Mapping[str, float] = MappingProxyType({})) -> float:
        """What a life's weekly rows come to; NaN where there was nothing to measure. answered: figures of surveys."""
        if self.is_of_survey:
            return answered.get(self.name, float("nan"))
        rows = weekly[: self.weeks]
        if self.name == COMPLAINTS:
            failed = rows["failure_rate"] * rows["encounters"]
            told = np.nansum(failed * np.nan_to_num(rows["voice_rate"]))
            return float(told / rows["encounters"].sum()) if rows["encounters"].sum() else float("nan")
        column = np.asarray(rows[self.name], dtype="f8")
        if self.name in MAY_BE_ABSENT:
            column = column[~np.isnan(column)]
        mean = float(column.mean()) if column.size else float("nan")
        return YEAR * mean if self.name in FLOWS else mean

    def distances(self, reached: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """How far these values lie from the wanted one, in the figure's own tolerance: 1 is just within."""
        gap = reached - self.wanted
        return np.asarray(gap / np.where(gap < 0.0, self.below or np.inf, self.above or np.inf))

    def told(self, luck: float) -> "Figure":
        """The figure with a tolerance; where none was said, what is usual, with a year's luck on top.

        luck: standard deviation of the figure between worlds that are alike but for luck.
        """
        if self.below is not None:
            return self
        tolerance = sqrt(usual_tolerance(self) ** 2 + (SURE * luck) ** 2)
        return replace(self, below=tolerance, above=tolerance)


def usual_tolerance(figure: Figure) -> float:
    """How surely such a figure is usually known, as a distance to either side.

    Shares and rates: a tenth of the figure, from half a point to two points; net scores 3 points; amounts 5 per cent.
    """
    if figure.unit == "points":
        return 3.0
    if figure.unit in SHARES:
        return min(0.02, max(0.005, 0.1 * abs(figure.wanted)))
    return max(0.05 * abs(figure.wanted), 1e-9)


def figure_name(word: str, where: str) -> str:
    """The name of the figure that is meant. Raises Mistake, with the nearest one, for what is none."""
    plain = _plain(word)
    found = _NAMES.get(plain)
    if found is None:
        hint = did_you_mean(plain, _NAMES) or "known are such names as churn, turnover, satisfaction, nps, engagement"
        raise Mistake("there is no such figure", f"{where}, {shown(word)}", hint=hint)
    return found


def _names() -> dict[str, str]:
    titles = {_plain(name): one.name for one in STEERED_ON.values() for name in (one.english, one.dutch)}
    return {**titles, **SYNONYMS, **{name: name for name in INDICATORS}, COMPLAINTS: COMPLAINTS}


_NAMES: Final = _names()


def checked_figure(figure: Figure, where: str) -> Figure:
    """The figure, if such a value can be. Raises Mistake."""
    most = MOST.get(figure.unit, 1e15)
    least = -most if figure.unit in {"points", "euro"} or figure.name.startswith("gap_") else 0.0
    place = f"{where}, {figure.name} = {figure.wanted:g}"
    if not isfinite(figure.wanted) or not least <= figure.wanted <= most:
        raise Mistake("cannot be", place, f"{least:g} to {most:g}", _advice(figure))
    for name, tolerance in (("below", figure.below), ("above", figure.above)):
        if tolerance is not None and not (isfinite(tolerance) and tolerance > 0.0):
            word = "low" if name == "below" else "high"
            raise Mistake(
                "has no room to either side", place, hint=f"plus_minus above 0, or {word} apart from the value"
            )
    return figure


def _advice(figure: Figure) -> str:
    if figure.unit in SHARES and 1.0 < figure.wanted <= 10.0 and figure.unit != "per year":
        share = (figure.wanted - 1.0) / 9.0
        return f"a mark of {figure.wanted:g} on a scale from 1 to 10 is {share:.2f}"
    return f"write {figure.wanted:g}% for a percentage" if figure.unit in SHARES and figure.wanted > 1.0 else ""


def as_data(figure: Figure) -> dict[str, Any]:
    """The figure as plain data."""
    return {
        "name": figure.name,
        "wanted": figure.wanted,
        "below": figure.below,
        "above": figure.above,
        "weeks": figure.weeks,
    }
