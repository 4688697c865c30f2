"""The effect chain: its links, their indicators, and what a what-if changes from the first link to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from results.errors import ResultsError
from results.indicators import INDICATORS, Indicator
from results.numbers import in_words
from results.statistics import (
    LAST_WEEKS,
    MAY_BE_ABSENT,
    Column,
    Interval,
    PairedDifference,
    by_indicator,
    final_year,
    finite,
    first_week,
    mean_interval,
    paired_difference,
)

Sector = Literal["commercial", "nonprofit"]
Verdict = Literal["same", "unclear", "better", "worse", "higher", "lower"]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain, seen from one of the four perspectives; `indicators[0]` is its headline."""

    name: str
    perspective: Literal["organisation", "employees", "customers", "results"]
    english: str
    dutch: str
    indicators: tuple[str, ...]

    def title(self, language: str) -> str:
        """The link's name as a heading."""
        return self.dutch if language == "nl" else self.english


_COMMON = (
    Link(
        "leaders", "organisation", "Leaders", "Leiders",
        ("leadership_style", "adoption", "service_norm", "alignment", "utilisation"),
    ),
    Link(
        "employees", "employees", "Employees", "Medewerkers",
        ("engagement", "share_engaged", "autonomy", "competence", "exhaustion", "turnover"),
    ),
    Link(
        "experience", "customers", "Experience and recovery", "Beleving en herstel",
        ("performance", "failure_rate", "recovery_quality", "effort"),
    ),
    Link("delight", "customers", "Delight", "Verrukking", ("delight_rate", "satisfaction")),
    Link("loyalty", "customers", "Loyalty", "Loyaliteit", ("loyalty", "bond", "nps", "churn")),
)  # fmt: skip

_LAST: Mapping[str, Link] = {
    "commercial": Link(
        "results", "results", "Results", "Resultaat",
        ("profit", "revenue", "cost", "market_share", "customer_lifetime_value"),
    ),
    "nonprofit": Link(
        "reputation", "results", "Reputation", "Reputatie",
        ("reputation", "trust", "commissioner_index", "cost_per_case"),
    ),
}  # fmt: skip


def chain_links(sector: str = "commercial") -> tuple[Link, ...]:
    """The links in the order in which effects travel; a non-profit ends in reputation instead of profit."""
    if sector not in _LAST:
        raise ResultsError(f"The sector '{sector}' is unknown; choose commercial or nonprofit.")
    return (*_COMMON, _LAST[sector])


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One indicator: its level in the baseline, and in each what-if its level and the difference in the same worlds.

    A level or difference is None where no replication has a value.
    """

    link: Link
    indicator: Indicator
    base: Interval | None
    what_ifs: tuple[Interval | None, ...]
    differences: tuple[PairedDifference | None, ...]

    def verdict(self, position: int = 0) -> Verdict:
        """Whether the what-if at this position is better, worse, or not to be told apart."""
        return verdict(self.differences[position], self.indicator)


@dataclass(frozen=True, slots=True)
class ChainTable:
    """The whole chain in the final weeks of a run: rows in the order of the chain, columns base and what-ifs."""

    base: str
    what_ifs: tuple[str, ...]
    rows: tuple[ChainRow, ...]
    weeks: int
    replications: int
    level: float

    def sentences(self, position: int = 0, language: str = "en") -> list[str]:
        """What the what-if at this position changes, one sentence an indicator, in the order of the chain."""
        found = ((row.differences[position], row.indicator) for row in self.rows)
        return [in_words(change, indicator, language) for change, indicator in found if change is not None]

    def as_data(self) -> list[dict[str, Any]]:
        """One entry per indicator and what-if, as plain data for JSON; None where a number does not exist."""
        return [entry for row in self.rows for entry in self._entries(row)]

    def _entries(self, row: ChainRow) -> list[dict[str, Any]]:
        start = {"link": row.link.name, "indicator": row.indicator.name, "base": row.base and row.base.mean}
        if not self.what_ifs:
            return [start]
        found = zip(self.what_ifs, row.what_ifs, row.differences, strict=True)
        return [{**start, "scenario": name, **_effect(after, change)} for name, after, change in found]


def by_scenario(weekly: pa.Table) -> dict[str, pa.Table]:
    """One weekly table per scenario, in the order in which they appear; the first counts as the baseline."""
    names = weekly.column("scenario").unique().to_pylist()
    column = weekly.column("scenario").cast(pa.string())
    return {name: weekly.filter(pc.equal(column, name)) for name in names}


def by_link(rows: Sequence[ChainRow]) -> list[list[ChainRow]]:
    """The rows of each link, whose headline is the first of them."""
    return [list(group) for _, group in groupby(rows, key=lambda row: row.link)]


def chain_table(
    worlds: Mapping[str, pa.Table], *, sector: str = "commercial", weeks: int = LAST_WEEKS, level: float = 0.95
) -> ChainTable:
    """The effect chain in the last `weeks` weeks: levels, and paired differences with their intervals.

    worlds: weekly tables by the name to show; the first is the baseline, the others its what-ifs.
    Indicators that a table lacks are left out. ResultsError where replications do not match.
    """
    names = tuple(worlds)
    years = [_one_scenario(name, worlds[name], weeks) for name in names]
    count = _same_replications(names, years)
    values = [by_indicator(year) for year in years]
    rows = [
        _row(link, INDICATORS[name], [found[name] for found in values], level)
        for link in chain_links(sector)
        for name in link.indicators
        if all(name in found for found in values)
    ]
    if not rows:
        raise ResultsError("The weekly table has none of the effect chain's indicators.")
    covered = min(weeks, *(_length(table) for table in worlds.values()))
    return ChainTable(names[0], names[1:], tuple(rows), covered, count, level)


def verdict(found: PairedDifference | None, indicator: Indicator) -> Verdict:
    """What a difference says: nothing when its interval holds zero, else whether it is for the better."""
    if found is None:
        return "unclear"
    if found.mean == found.low == found.high == 0.0:
        return "same"
    if found.low <= 0.0 <= found.high:
        return "unclear"
    up = found.mean > 0.0
    if indicator.direction == "neutral":
        return "higher" if up else "lower"
    return "better" if up == (indicator.direction == "higher") else "worse"


def _one_scenario(name: str, weekly: pa.Table, weeks: int) -> pa.Table:
    year = final_year(weekly, weeks)
    if len(year.column("scenario").unique()) > 1:
        raise ResultsError(f"The table of '{name}' holds several scenarios; give one table for each.")
    return year


def _same_replications(names: Sequence[str], years: Sequence[pa.Table]) -> int:
    """How many replications all have; ResultsError when they are not the same ones."""
    if not years:
        raise ResultsError("There is no scenario to show.")
    found = [sorted(set(year.column("replication").to_pylist())) for year in years]
    for name, replications in zip(names, found, strict=True):
        if replications != found[0]:
            raise ResultsError(
                f"'{name}' has {len(replications)} replications that do not match the {len(found[0])} of '{names[0]}'; "
                "run both with the same number and seed."
            )
    return len(found[0])


def _row(link: Link, indicator: Indicator, values: Sequence[Column], level: float) -> ChainRow:
    try:
        return _compared(link, indicator, values, level)
    except ResultsError as error:
        raise ResultsError(f"{indicator.title('en')} ({indicator.name}): {error}") from error


def _compared(link: Link, indicator: Indicator, values: Sequence[Column], level: float) -> ChainRow:
    base, *others = values
    absent = np.isnan(values) if indicator.name in MAY_BE_ABSENT else np.zeros(np.shape(values), dtype=bool)
    differences = tuple(
        _difference(base, other, ~absent[0] & ~gone, level) for other, gone in zip(others, absent[1:], strict=True)
    )
    levels = tuple(_interval(other[~gone], level) for other, gone in zip(others, absent[1:], strict=True))
    return ChainRow(link, indicator, _interval(base[~absent[0]], level), levels, differences)


def _difference(base: Column, other: Column, both: Any, level: float) -> PairedDifference | None:
    return paired_difference(base[both], other[both], level) if both.any() else None


def _interval(present: Column, level: float) -> Interval | None:
    return mean_interval(present, level) if present.size else None


def _length(weekly: pa.Table) -> int:
    return int(weekly.column("week").to_numpy().max()) - first_week(weekly) + 1


def _effect(after: Interval | None, change: PairedDifference | None) -> dict[str, Any]:
    numbers = {"what_if": after and after.mean, "difference": change and change.mean}
    if change is None:
        return {**numbers, "interval": None, "correlation": None, "variance_ratio": None, "replications": 0}
    return {
        **numbers,
        "interval": [finite(change.low), finite(change.high)],
        "correlation": finite(change.correlation),
        "variance_ratio": finite(change.variance_ratio),
        "replications": change.n,
    }
