"""One unit lived for a recorded year, and what is read off it: its own figures, and sums over its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from experiments.effect_sizes.contacts import contact_figures, last_contacts, recoveries, stayed
from experiments.effect_sizes.people import customers, employees, told, who_was_satisfied
from experiments.population import Unit
from experiments.validation.encounters import YEAR
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import pass_weeks, whole_log
from results.effect_sizes.gram import gram
from simulation.world import recorded

VARIABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "employees": ("style", "engagement", "autonomy", "exhaustion", "values_fit", "leaving", "served_well", "stressor"),
    "customers": ("satisfaction", "staying", "warning", "complained", "fairness"),
    "contacts": ("satisfaction", "felt", "disconfirmation", "performance", "expectation"),
    "recoveries": ("satisfaction", "distributive", "interactional", "procedural"),
}
"""What is known of each kind of individuals."""


MEANS: Final = (
    *("engagement", "share_engaged", "share_disengaged", "leadership_style", "satisfaction", "loyalty", "turnover"),
    *("churn", "performance", "failure_rate", "employees"),
)
"""Indicators of which a unit's year is the mean."""


@dataclass(frozen=True, slots=True)
class Job:
    """A unit to be lived. number: names its luck. is_read: whether people and encounters are looked at too."""

    unit: Unit
    number: int
    seed: int
    is_read: bool = True

    @property
    def all_weeks(self) -> int:
        """Weeks to live, warm-up included."""
        return self.unit.scenario.warmup + YEAR


@dataclass(frozen=True, slots=True)
class Lived:
    """What is left of a unit: figures of its own by name, and sums over its people and encounters."""

    firm: int
    figures: Mapping[str, float]
    sums: Mapping[str, npt.NDArray[np.float64]]


def live(job: Job, watch: Watch) -> Lived:
    """Live a unit's year; Stopped between two blocks of weeks when the watch says so."""
    world = warmed_up(job.unit.scenario, job.seed, job.number, YEAR, watch, log=job.is_read)
    before = world.customers.copy()
    if not job.is_read:
        pass_weeks(world, 1, YEAR, watch)
        return Lived(job.unit.firm, yearly(recorded(world, YEAR), job.unit), {})
    log, left = whole_log(world, 1, YEAR, watch)
    figures = yearly(recorded(world, YEAR), job.unit)
    people = employees(world, log)
    figures |= contact_figures(log, left) | who_was_satisfied(before, left)
    figures["absence"] = float(people["absence"].mean()) if people["absence"].size else float("nan")
    figures["told"] = told(world)
    individuals = {
        "employees": people,
        "customers": customers(world, log),
        "contacts": last_contacts(log, world.parameters[0]),
        "recoveries": recoveries(log),
    }
    sums = {kind: gram([individuals[kind][name] for name in names]) for kind, names in VARIABLES.items()}
    return Lived(job.unit.firm, figures, sums | {"stayed": stayed(log, left)})


def yearly(weekly: Record, unit: Unit) -> dict[str, float]:
    """What the weekly table comes to over the year."""
    year = {name: float(np.nanmean(weekly[name])) for name in MEANS}
    revenue, profit = float(weekly["revenue"].sum()), float(weekly["profit"].sum())
    organisation = unit.scenario.organisation
    good, bad = (float(weekly[f"messages_{kind}"].sum()) for kind in ("positive", "negative"))
    return year | {
        "margin": profit / revenue,
        "productivity": revenue / year["employees"],
        "sales": revenue / organisation.employees,
        "span": organisation.employees / organisation.leaders,
        "messages": good / bad if bad else float("nan"),
        "value_elasticity": value_elasticity((1.0 - year["churn"] / YEAR) ** YEAR, unit.scenario.economics.interest),
    }


def value_elasticity(retention: float, interest: float) -> float:
    """By how many per cent r / (1 + i - r), lifetime value a unit of margin, rises with 1 % more retention."""
    return (1.0 + interest) / (1.0 + interest - retention)
