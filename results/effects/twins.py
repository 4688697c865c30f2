"""Who changed: the same people in two worlds that differ in what was done, counted and told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from results.effects.payback import interval_data
from results.effects.words import effect_words
from results.numbers import decimal
from results.statistics import Column, Interval, mean_interval
from results.trajectories import WEEKS_A_YEAR

Outcome = Literal["customers_kept", "customers_won", "employees_kept", "employees_well"]
Cell = Literal["only_what_if", "only_base", "both", "neither"]

OUTCOMES: Final[tuple[Outcome, ...]] = ("customers_kept", "customers_won", "employees_kept", "employees_well")
CELLS: Final[tuple[Cell, ...]] = ("only_what_if", "only_base", "both", "neither")

EXHAUSTED: Final = (3.21 - 1.0) / 6.0
"""Exhaustion from which somebody counts as burnt out: complaints some times a month or more.

The Dutch working conditions survey counts a mean of 3.21 or more on five statements, 1 (never) to 7 (every day), as
burn-out complaints [CBS & TNO, Nationale Enquete Arbeidsomstandigheden, 2011]; no diagnosis. Here on a scale of 0 to 1.
"""

DECIMALS: Final[Mapping[str, int]] = {"failures": 1, "hearsay": 1}
"""Of what is told of people; of all else two."""


@dataclass(frozen=True, slots=True)
class Example:
    """One person whose life took another course, in the week in which the two parted for good.

    cell: in which world alone the outcome comes about. person: the customer's number or the employee's seat; hired:
    week in which the employee came, None for customers. states: what differed that week, or in
    the end for burn-out: (baseline, what-if).
    """

    outcome: Outcome
    cell: Cell
    replication: int
    person: int
    hired: int | None
    week: int
    states: Mapping[str, tuple[float, float]]

    def sentence(self, language: str = "en") -> str:
        """What happened, in one sentence."""
        phrases = effect_words(language)
        told = phrases[f"example_{self.outcome}_{self.cell}"].format(
            person=self.person, week=self.week, since=_since(self.hired, language)
        )
        states = ", ".join(_state(name, *values, language) for name, values in self._telling())
        return phrases["example_of"].format(told=told, states=states, replication=self.replication)

    def _telling(self) -> Iterator[tuple[str, tuple[float, float]]]:
        """What differs visibly, or else the first."""
        for place, (name, (before, after)) in enumerate(self.states.items()):
            if place == 0 or _number(name, before, "en") != _number(name, after, "en"):
                yield name, (before, after)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON, with the sentence in both languages."""
        return {
            "cell": self.cell,
            "replication": self.replication,
            "person": self.person,
            "hired": self.hired,
            "week": self.week,
            "base": {name: before for name, (before, _) in self.states.items()},
            "what_if": {name: after for name, (_, after) in self.states.items()},
            "sentence": {language: self.sentence(language) for language in ("en", "nl")},
        }


@dataclass(frozen=True, slots=True)
class Twins:
    """One outcome of the same people in both worlds: people a world, by whether it comes about in either.

    people: how many there are a world. net: those only in the what-if less those only in the baseline.
    """

    outcome: Outcome
    people: float
    cells: Mapping[Cell, Interval]
    net: Interval

    @property
    def is_unchanged(self) -> bool:
        """Whether it comes about for the same people in both, in every world."""
        return self.cells["only_what_if"].mean == 0.0 == self.cells["only_base"].mean

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        counts: dict[str, Any] = {cell: interval_data(found) for cell, found in self.cells.items()}
        return {"people": self.people} | counts | {"net": interval_data(self.net)}


@dataclass(frozen=True, slots=True)
class WhoChanged:
    """Who fared otherwise because of a what-if, in counts a world and in examples.

    customers_kept: of those who were customers as week 1 began, who are so at the end. customers_won: of the others,
    who are customers at the end. employees_kept: of those employed as week 1 began, who still hold their seat.
    employees_well: of the same, who are not burnt out at the end, or as they left.
    """

    twins: tuple[Twins, ...]
    examples: tuple[Example, ...] = field(default=())

    @property
    def is_unchanged(self) -> bool:
        """Whether everybody fared as in the baseline."""
        return all(found.is_unchanged for found in self.twins)

    def of(self, outcome: Outcome) -> Twins:
        """The counts of one outcome."""
        return next(found for found in self.twins if found.outcome == outcome)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON: each outcome's cells with intervals, and its examples."""
        return {
            "burnt_out_from_exhaustion": EXHAUSTED,
            **{
                found.outcome: found.as_data()
                | {"examples": [one.as_data() for one in self.examples if one.outcome == found.outcome]}
                for found in self.twins
            },
        }


def count_twins(outcome: Outcome, counts: Mapping[Cell, Column]) -> Twins:
    """Means and intervals of the counts, one a world; a count's interval does not go below 0."""
    cells = {cell: _at_least_none(mean_interval(counts[cell])) for cell in CELLS}
    people = sum(found.mean for found in cells.values())
    return Twins(outcome, people, cells, mean_interval(counts["only_what_if"] - counts["only_base"]))


def _at_least_none(found: Interval) -> Interval:
    return Interval(found.mean, max(found.low, 0.0), found.high, found.n, found.level)


def _state(name: str, before: float, after: float, language: str) -> str:
    """Satisfaction 0.66 against 0.41: the what-if's number first."""
    phrases = effect_words(language)
    return phrases["example_state"].format(
        label=phrases[f"state_{name}"], what_if=_number(name, after, language), base=_number(name, before, language)
    )


def _number(name: str, value: float, language: str) -> str:
    decimals = DECIMALS.get(name, 2)
    return decimal(value, decimals if round(value, decimals) % 1.0 else 0, language)


def _since(hired: int | None, language: str) -> str:
    """How long an employee is there; nothing for a customer."""
    phrases = effect_words(language)
    if hired is None:
        return ""
    if hired < 1:
        return phrases["since_before"].format(years=decimal(-hired / WEEKS_A_YEAR, 1, language))
    return phrases["since_week"].format(week=hired)
