"""What a visitor is looking at on this page; never changed, only replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from effectchain.dashboard.downloads import Download
from effectchain.dashboard.experiments.finding import Findings, state_of
from effectchain.dashboard.experiments.opening import Opened
from results.chain import chain_links
from results.points import Points

Bounds = tuple[float, float, float, float]
"""A rectangle in shares of both axes: from and to across, from and to upward."""

FIRST: Final = ("loyalty", "engagement", "profit")
"""Indicators that are shown first, where they are kept."""


@dataclass(frozen=True, slots=True)
class Work:
    """All of it: folders, the one that is open, and what of it is looked at."""

    findings: Findings | None = None
    path: str = ""
    opened: Opened | None = None
    is_opening: bool = False
    mistake: Exception | None = None
    outcome: str = ""
    factor: str = ""
    x: str = ""
    y: str = ""
    bounds: Bounds | None = None
    download: Download | None = None

    def on(self, path: str) -> "Work":
        """On the way to another folder."""
        return replace(self, path=path, opened=None, is_opening=True, mistake=None, bounds=None)

    def with_opened(self, opened: Opened) -> "Work":
        """With a folder that is open; what was looked at stays as far as it is there."""
        work = replace(self, opened=opened, is_opening=False, mistake=None, findings=self._with_state(opened))
        points = opened.points
        if points is None or not points.levels:
            return work
        outcome = self.outcome if self.outcome in points.levels else first_outcome(points)
        factors = list(points.factors)
        factor = self.factor if self.factor in points.factors else factors[0] if factors else ""
        x = self.x if _is_there(self.x, points) else numeric(points) or factor or outcome
        y = self.y if _is_there(self.y, points) else outcome
        return replace(work, outcome=outcome, factor=factor, x=x, y=y)

    def _with_state(self, opened: Opened) -> Findings | None:
        """The folders, with what is known now of the one that is open."""
        status = opened.status
        if status is None or self.findings is None:
            return self.findings
        share = (status.done + status.failed) / max(1, status.runs)
        state = state_of(share, is_running=status.running)
        known = tuple(
            replace(one, state=state, share=share) if one.path == opened.path else one for one in self.findings.folders
        )
        return replace(self.findings, folders=known)

    def looking(self, wish: Mapping[str, Any]) -> "Work":
        """At another outcome, factor, axis or part, as far as there is one."""
        points = self.opened.points if self.opened else None
        if points is None:
            return self
        chosen = {key: str(wish[key]) for key in ("x", "y") if _is_there(str(wish.get(key, "")), points)}
        if wish.get("outcome") in points.levels:
            chosen |= {"outcome": str(wish["outcome"]), "y": str(wish["outcome"])}
        if wish.get("factor") in points.factors:
            chosen["factor"] = str(wish["factor"])
        bounds = _bounds(wish["bounds"]) if "bounds" in wish else self.bounds
        return replace(self, **chosen, bounds=None if {"x", "y"} & chosen.keys() else bounds)  # type: ignore[arg-type]


def first_outcome(points: Points) -> str:
    """The indicator to begin with."""
    return next((name for name in FIRST if name in points.levels), next(iter(points.levels)))


def numeric(points: Points) -> str:
    """The first factor that is a number and takes more than one value."""
    for name in points.factors:
        axis = points.axis(name)
        if not axis.names and len(set(axis.values)) > 1:
            return name
    return ""


def outcomes(points: Points) -> list[str]:
    """The indicators in the order of the chain."""
    order = list(dict.fromkeys(name for link in chain_links() for name in link.indicators))
    known = [name for name in order if name in points.levels]
    return [*known, *(name for name in points.levels if name not in known)]


def _is_there(name: str, points: Points) -> bool:
    return name in points.levels or name in points.factors


def _bounds(given: Any) -> Bounds | None:
    """The rectangle, its corners in order; None for none."""
    if not isinstance(given, list) or len(given) != 4:
        return None
    a, b, c, d = (min(1.0, max(0.0, float(one))) for one in given)
    return (min(a, b), max(a, b), min(c, d), max(c, d))
