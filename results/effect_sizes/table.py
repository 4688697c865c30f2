"""An effect size of the model beside the published one: what is measured, within what tolerance, and the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final, Literal

from results.statistics import Interval, finite

Verdict = Literal["inside", "outside", "not measured"]
Scale = Literal["correlation", "percent", "ratio"]
Use = Literal["used", "related", "held out"]

VERDICTS: Final[tuple[Verdict, ...]] = ("inside", "outside", "not measured")


@dataclass(frozen=True, slots=True)
class Texts:
    """What a row says in one language: what is related, how it is measured, and what must be known to read it."""

    what: str
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of the literature, and how near the model should come.

    ref: number in docs/evidence.md. status: V the figure was read in a published source, M from memory, U unsure.
    figure: one number, lowest and highest, or none where only sign or order is published. low, high: tolerance, set
    before measuring. use: whether parameters were set by it, by another cut of the same relation, or not at all.
    english, dutch: the row in words; the note says why, where it cannot be measured.
    """

    id: str
    ref: str
    source: str
    status: str
    scale: Scale
    figure: tuple[float, ...]
    low: float
    high: float
    use: Use
    english: Texts
    dutch: Texts

    def texts(self, language: str) -> Texts:
        """The row in one language."""
        return self.dutch if language == "nl" else self.english


@dataclass(frozen=True, slots=True)
class EffectSize:
    """One row of the table. found: None where it cannot be measured. details: figures behind it, in their order."""

    published: Published
    found: Interval | None
    details: tuple[float, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Whether the measured figure lies within the tolerance."""
        if self.found is None or not isfinite(self.found.mean):
            return "not measured"
        return "inside" if self._holds(self.found.mean) else "outside"

    @property
    def is_sure(self) -> bool:
        """Whether the whole interval says the same as the figure."""
        if self.found is None or self.verdict == "not measured":
            return False
        if self.verdict == "inside":
            return self._holds(self.found.low) and self._holds(self.found.high)
        return self.found.high < self.published.low or self.found.low > self.published.high

    def _holds(self, value: float) -> bool:
        return self.published.low <= value <= self.published.high

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; a bound that there is not is null."""
        row, text = self.published, self.published.english
        found = None if self.verdict == "not measured" else self.found
        return {
            "id": row.id,
            "ref": row.ref,
            "what": text.what,
            "how": text.how,
            "note": text.note,
            "source": row.source,
            "status": row.status,
            "use": row.use,
            "scale": row.scale,
            "published": list(row.figure),
            "tolerance": [finite(row.low), finite(row.high)],
            "measured": None if found is None else finite(found.mean),
            "interval": None if found is None else [finite(found.low), finite(found.high)],
            "n": None if found is None else found.n,
            "details": [finite(value) for value in self.details],
            "verdict": self.verdict,
            "sure": self.is_sure,
        }


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """The whole table and the population that it was measured on."""

    rows: Sequence[EffectSize]
    units: int
    firms: int
    seed: int
    seconds: float

    def count(self, verdict: Verdict, use: Use | None = None) -> int:
        """How many rows have this verdict, of all or of those that were used so."""
        return sum(row.verdict == verdict and use in (None, row.published.use) for row in self.rows)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "units": self.units,
            "firms": self.firms,
            "seed": self.seed,
            "cpu_seconds": round(self.seconds, 1),
            "verdicts": {verdict: self.count(verdict) for verdict in VERDICTS},
            "held_out": {verdict: self.count(verdict, "held out") for verdict in VERDICTS},
            "rows": [row.as_data() for row in self.rows],
        }
