"""A sample of answers summarised: constructs, their correlations, and how much lies between units."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import combinations
from math import isnan, nan
from typing import Any

import numpy as np
import pyarrow as pa

from results.errors import ResultsError
from results.surveys.statistics import (
    Codes,
    Column,
    Variance,
    alpha,
    between_units,
    correlation,
    variance,
    within_units,
)

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One question's answers."""

    mean: float
    sd: float
    n: int


@dataclass(frozen=True, slots=True)
class Construct:
    """What a person's mean over the items of a construct comes to; alpha is NaN for a single item.

    variance: how it divides over units; None where all come from one.
    """

    mean: float
    sd: float
    n: int
    alpha: float
    variance: Variance | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """The correlation of two constructs, over everybody, within and between units (None in a single unit).

    n, n_within, n_between: numbers that Fisher's interval takes.
    """

    r: float
    n: int
    within: float | None = None
    n_within: int | None = None
    between: float | None = None
    n_between: int | None = None


@dataclass(frozen=True)
class Sample:
    """A summarised sample, real or simulated; constructs in the order of their instrument."""

    name: str
    respondents: int
    units: int
    constructs: Mapping[str, Construct]
    correlations: Mapping[Pair, Together]
    items: Mapping[str, Item]

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs of constructs."""
        return tuple(self.correlations)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON and TOML; what has no value is left out."""
        return {
            "name": self.name,
            "respondents": self.respondents,
            "units": self.units,
            "items": {name: _told(asdict(item)) for name, item in self.items.items()},
            "constructs": {name: _told(asdict(construct)) for name, construct in self.constructs.items()},
            "correlations": [
                {"pair": list(pair), **_told(asdict(together))} for pair, together in self.correlations.items()
            ],
        }


def sample_of(data: Mapping[str, Any]) -> Sample:
    """The sample of such plain data."""
    constructs = {}
    for name, entry in data["constructs"].items():
        parts = dict(entry)
        divided = parts.pop("variance", None)
        constructs[name] = Construct(**{"alpha": nan, **parts}, variance=Variance(**divided) if divided else None)
    correlations = {
        (entry["pair"][0], entry["pair"][1]): Together(**{k: v for k, v in entry.items() if k != "pair"})
        for entry in data["correlations"]
    }
    items = {name: Item(**entry) for name, entry in data["items"].items()}
    return Sample(data["name"], data["respondents"], data["units"], constructs, correlations, items)


def summarised(name: str, answers: pa.Table, scores: Mapping[str, Sequence[str]]) -> Sample:
    """The summary of answers: one row a respondent, with `unit` and a column for each item, null where not answered.

    scores: constructs and their items. A construct's score is a person's mean over the items answered. Constructs that
    share an item are not correlated.
    ResultsError for a table without such columns or without rows.
    """
    wanted = ["unit", *dict.fromkeys(item for items in scores.values() for item in items)]
    absent = [column for column in wanted if column not in answers.column_names]
    if absent or not answers.num_rows:
        raise ResultsError(f"These are no answers: there {f'is no column {absent[0]!r}' if absent else 'are no rows'}.")
    columns = {column: answers.column(column).to_numpy().astype("f8") for column in wanted[1:]}
    _, units = np.unique(answers.column("unit").to_numpy(), return_inverse=True)
    codes, several = units.astype(np.int64), int(units.max()) > 0
    matrices = {construct: np.column_stack([columns[item] for item in items]) for construct, items in scores.items()}
    means = {construct: _score(matrix) for construct, matrix in matrices.items()}
    return Sample(
        name,
        answers.num_rows,
        int(codes.max()) + 1,
        {
            construct: _construct(means[construct], matrix, codes if several else None)
            for construct, matrix in matrices.items()
        },
        {
            (one, other): _together(means[one], means[other], codes, several)
            for one, other in combinations(scores, 2)
            if not set(scores[one]) & set(scores[other])
        },
        {item: Item(*_level(column)) for item, column in columns.items()},
    )


def _score(items: Column) -> Column:
    """A person's mean over the items answered; NaN for who answered none."""
    answered = ~np.isnan(items)
    counts = answered.sum(axis=1)
    sums = np.where(answered, items, 0.0).sum(axis=1)
    return np.asarray(np.divide(sums, counts, out=np.full(len(items), np.nan), where=counts > 0))


def _level(values: Column) -> tuple[float, float, int]:
    there = values[~np.isnan(values)]
    sd = float(there.std(ddof=1)) if there.size > 1 else nan
    return (float(there.mean()) if there.size else nan), sd, int(there.size)


def _construct(score: Column, items: Column, units: Codes | None) -> Construct:
    return Construct(*_level(score), alpha(items), None if units is None else variance(score, units))


def _together(one: Column, other: Column, units: Codes, several: bool) -> Together:  # noqa: FBT001  a fact of the data
    r, n = correlation(one, other)
    if not several:
        return Together(r, n)
    return Together(r, n, *within_units(one, other, units), *between_units(one, other, units))


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    """Only what has a value; numbers that say nothing beyond seven decimals."""
    told: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            told[name] = _told(value)
        elif value is not None and not (isinstance(value, float) and isnan(value)):
            told[name] = round(value, 7) if isinstance(value, float) else value
    return told
