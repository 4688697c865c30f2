"""Which conclusions survive under which rules: margins with intervals, and what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from results.statistics import Interval, finite

Verdict = Literal["holds", "open", "fails"]
Measure = Literal["money", "loyalty"]

VERDICTS: Final[tuple[Verdict, ...]] = ("holds", "open", "fails")
CONCLUSIONS: Final = (
    *("pays_most_money", "pays_most_loyalty", "balance_money", "balance_loyalty", "blind_money", "blind_loyalty"),
    *("combined", "paradox_bounded", "paradox_rare"),
)
MEASURES: Final[tuple[Measure, ...]] = ("money", "loyalty")
FIRST_PLACES: Final = 3


@dataclass(frozen=True, slots=True)
class Rerun:
    """All conclusions under one set of rules.

    margins: by conclusion, above 0 where it holds. ranks: of the blocks in their order, 1 for most. gains: of each
    block alone and of the balanced programme, means. level: of the organisation with nothing done to it. is_drawn:
    whether the rules are one of the draws. is_plausible: whether the level is that of an organisation that there is.
    """

    id: str
    is_drawn: bool
    margins: Mapping[str, Interval]
    ranks: Mapping[Measure, tuple[int, ...]]
    gains: Mapping[Measure, tuple[float, ...]]
    level: Mapping[str, float]
    is_plausible: bool

    def verdict(self, conclusion: str) -> Verdict:
        """Holds or fails where the whole interval says so; open where it holds 0."""
        found = self.margins[conclusion]
        if found.low > 0.0:
            return "holds"
        return "fails" if found.high < 0.0 else "open"

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "id": self.id,
            "drawn": self.is_drawn,
            "plausible": self.is_plausible,
            "conclusions": {
                name: {
                    "margin": found.mean,
                    "interval": [finite(found.low), finite(found.high)],
                    "verdict": self.verdict(name),
                }
                for name, found in self.margins.items()
            },
            "ranks": {name: list(places) for name, places in self.ranks.items()},
            "gains": {name: list(values) for name, values in self.gains.items()},
            "level": dict(self.level),
        }


@dataclass(frozen=True, slots=True)
class Robustness:
    """All reruns of an organisation, the shipped rules first.

    blocks, names: keys of the blocks, and what they are called by language. drawn, delays: how many parameters the
    draws change, and how many the delays.
    """

    scenario: str
    reruns: Sequence[Rerun]
    blocks: Sequence[str]
    names: Mapping[str, Sequence[str]]
    replications: int
    weeks: int
    seed: int
    drawn: int
    delays: int
    seconds: float

    @property
    def named(self) -> list[Rerun]:
        """The shipped rules, null models and other delays."""
        return [one for one in self.reruns if not one.is_drawn]

    @property
    def draws(self) -> list[Rerun]:
        """The draws."""
        return [one for one in self.reruns if one.is_drawn]

    def best(self, measure: Measure, language: str) -> str:
        """The block that pays most under the shipped rules."""
        return self.names[language][self.reruns[0].ranks[measure].index(1)]

    def tally(self, conclusion: str, *, plausible: bool = False) -> dict[Verdict, int]:
        """In how many draws it holds, is open and fails; of plausible ones only where that is asked."""
        found = [one.verdict(conclusion) for one in self.draws if one.is_plausible or not plausible]
        return {verdict: found.count(verdict) for verdict in VERDICTS}

    def mean_rank(self, measure: Measure, place: int) -> float:
        """A block's mean rank over the draws; NaN where there are none."""
        found = [one.ranks[measure][place] for one in self.draws]
        return sum(found) / len(found) if found else float("nan")

    def among_first(self, measure: Measure, place: int) -> float:
        """Share of draws in which a block is among the first three; NaN where there are none."""
        found = [one.ranks[measure][place] <= FIRST_PLACES for one in self.draws]
        return sum(found) / len(found) if found else float("nan")

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "scenario": self.scenario,
            "replications": self.replications,
            "weeks": self.weeks,
            "seed": self.seed,
            "parameters_drawn": self.drawn,
            "delays": self.delays,
            "draws": len(self.draws),
            "plausible_draws": sum(one.is_plausible for one in self.draws),
            "cpu_seconds": round(self.seconds, 1),
            "blocks": list(self.blocks),
            "best": {measure: self.best(measure, "en") for measure in MEASURES},
            "conclusions": {
                name: {
                    "named": {one.id: one.verdict(name) for one in self.named},
                    "draws": self.tally(name),
                    "plausible_draws": self.tally(name, plausible=True),
                }
                for name in CONCLUSIONS
            },
            "reruns": [one.as_data() for one in self.reruns],
        }
