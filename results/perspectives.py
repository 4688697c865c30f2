"""The final year along the four perspectives: organisation, employees, customers, results."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from results.chain import ChainRow, ChainTable, Verdict


@dataclass(frozen=True, slots=True)
class Perspective:
    """The indicators of one perspective, in the chain's order; `headline` is that of its last link."""

    name: str
    rows: tuple[ChainRow, ...]

    @property
    def headline(self) -> ChainRow:
        """Where the effects of this perspective come together."""
        return next(row for row in self.rows if row.link == self.rows[-1].link)

    def count(self, position: int = 0) -> Mapping[Verdict, int]:
        """How many indicators are better, worse and so on in the what-if at this position."""
        return Counter(row.verdict(position) for row in self.rows)

    def as_data(self, position: int = 0) -> dict[str, Any]:
        """The headline's name, and the reading of each indicator by name."""
        return {
            "headline": self.headline.indicator.name,
            "readings": {row.indicator.name: row.verdict(position) for row in self.rows},
        }


def perspectives(table: ChainTable) -> tuple[Perspective, ...]:
    """The four in the order in which effects travel."""
    groups = groupby(table.rows, key=lambda row: row.link.perspective)
    return tuple(Perspective(name, tuple(rows)) for name, rows in groups)
