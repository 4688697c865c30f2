"""What a pattern's criterion comes to: each of its parts with figure, 95 % interval and bounds, and the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Final, Literal, NamedTuple

from results.statistics import Interval, finite
from results.validation.panels import Panel

Verdict = Literal["met", "not met", "undecided", "too few to judge"]
Mark = Literal["V", "M", "U", "S"]
Form = Literal["number", "percent", "points"]

ENOUGH: Final = 20
"""Replications from which a verdict is given."""

_WORST_FIRST: Final[tuple[Verdict, ...]] = ("not met", "undecided", "too few to judge", "met")


class Said(NamedTuple):
    """The same in English and in Dutch."""

    en: str
    nl: str

    def told(self, language: str) -> str:
        """In this language, en or nl."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from.

    name: as in docs/evidence.md, with its number there. mark: V the statement was read in a published source, M from
    memory, U unsure, S a claim of the Service Excellence Model's own texts. remark: what it rests on, in a few words.
    """

    name: str
    mark: Mark
    remark: Said | None = None

    def told(self, language: str) -> str:
        """Name and remark in this language."""
        return f"{self.name}: {self.remark.told(language)}" if self.remark else self.name


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of a criterion: the figure must lie from `low` to `high`.

    found: over replications; its n is 0 where no luck plays a part. strict: the bounds themselves do not count.
    form: how the figure is written. judged: whether the verdict hangs on it; what isn't judged is shown to inform.
    """

    text: Said
    found: Interval
    low: float = -inf
    high: float = inf
    strict: bool = False
    form: Form = "number"
    decimals: int = 2
    judged: bool = True

    @property
    def verdict(self) -> Verdict:
        """Met or not met where the whole interval lies on one side of the bounds, undecided where it straddles one."""
        if 0 < self.found.n < ENOUGH:
            return "too few to judge"
        if self._holds(self.found.low) and self._holds(self.found.high):
            return "met"
        return "not met" if self._is_outside() else "undecided"

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; a bound that there is not is null."""
        return {
            "part": self.text.en,
            "measured": finite(self.found.mean),
            "interval": [finite(self.found.low), finite(self.found.high)],
            "bounds": [finite(self.low), finite(self.high)],
            "strict": self.strict,
            "replications": self.found.n,
            "judged": self.judged,
            "verdict": self.verdict if self.judged else None,
        }

    def _holds(self, value: float) -> bool:
        return self.low < value < self.high if self.strict else self.low <= value <= self.high

    def _is_outside(self) -> bool:
        """Whether no value of the interval would do."""
        if self.strict:
            return self.found.high <= self.low or self.found.low >= self.high
        return self.found.high < self.low or self.found.low > self.high


@dataclass(frozen=True, slots=True)
class Finding:
    """A pattern and what came of it.

    grade: A meta-analysis or strong field evidence, B some studies or a calibrated model, S a claim of the Service
    Excellence Model's texts; their mixtures as the list of patterns has them. held_out: whether nothing of it was used
    to set a parameter or the form of a rule. set_on: parameters that were set with this pattern in view. note: what
    must be known to read the figures. why_red: the likely reason, should it not be met. seconds: of processor time
    that its worlds took.
    """

    id: str
    claim: Said
    grade: str
    sources: Sequence[Source]
    criterion: Said
    parts: Sequence[Part]
    panel: Panel
    listed: bool
    held_out: bool
    set_on: Sequence[str]
    note: Said | None
    why_red: Said | None
    replications: int
    worlds: int
    seconds: float

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of all parts that are judged."""
        return min((part.verdict for part in self.parts if part.judged), key=_WORST_FIRST.index)

    @property
    def deciding(self) -> Part:
        """The part on which the verdict hangs: the first with the worst verdict."""
        return next(part for part in self.parts if part.judged and part.verdict == self.verdict)

    @property
    def remarks(self) -> list[Said]:
        """The note, and the likely reason where it is not met."""
        is_red = self.verdict in {"not met", "undecided"}
        return [said for said in (self.note, self.why_red if is_red else None) if said]

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; measured and interval are those of the deciding part."""
        return {
            "id": self.id,
            "claim": self.claim.en,
            "grade": self.grade,
            "sources": [{"source": one.told("en"), "mark": one.mark} for one in self.sources],
            "criterion": self.criterion.en,
            "measured": finite(self.deciding.found.mean),
            "interval": [finite(self.deciding.found.low), finite(self.deciding.found.high)],
            "deciding_part": self.deciding.text.en,
            "verdict": self.verdict,
            "parts": [part.as_data() for part in self.parts],
            "listed": self.listed,
            "held_out": self.held_out,
            "set_on": list(self.set_on),
            "note": " ".join(said.en for said in self.remarks),
            "replications": self.replications,
            "worlds": self.worlds,
            "cpu_seconds": round(self.seconds, 1),
        }


def tally(findings: Sequence[Finding]) -> Mapping[Verdict, int]:
    """How many patterns have each verdict, the best first."""
    verdicts = [finding.verdict for finding in findings]
    return {verdict: verdicts.count(verdict) for verdict in reversed(_WORST_FIRST) if verdict in verdicts}
