"""Checks of scenario files: their form, and whether the first year is what they promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import click
import numpy as np
import pyarrow as pa

from effectchain.compiling import compile_rules
from effectchain.endings import DONE, FAILED, MISTAKE, tell
from effectchain.progress import progress
from experiments.ensemble import run_ensemble
from scenarios.errors import Mistake
from scenarios.expected import check_expected
from scenarios.loading import load
from scenarios.scenario import Scenario
from simulation.indicators import INDICATORS
from simulation.planning import plan_of

FIRST_YEAR: Final = 52
REPLICATIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Held:
    """One indicator's mean in the first year, against the band that the scenario states."""

    indicator: str
    low: float
    high: float
    mean: float

    @property
    def is_inside(self) -> bool:
        """Whether the promise holds."""
        return self.low <= self.mean <= self.high


def check_files(names: Sequence[str], *, bands: bool) -> int:
    """Check each of these scenarios and say what was found; returns the exit code."""
    codes = [check_file(name, bands=bands) for name in names]
    return MISTAKE if MISTAKE in codes else max(codes)


def check_file(name: str, *, bands: bool) -> int:
    """Check one scenario, say what was found, and return its exit code."""
    try:
        scenario = load(name)
        check_expected(scenario, INDICATORS)
        plan_of(scenario, scenario.weeks)
    except Mistake as mistake:
        tell(str(mistake))
        return MISTAKE
    click.echo(f"{name}: a good scenario file: {summary(scenario)}.")
    return check_bands(scenario) if bands else DONE


def summary(scenario: Scenario) -> str:
    """How large the world is and what happens in it."""
    people = f"{scenario.organisation.employees:,} employees, {scenario.customers.active:,} customers"
    done = f"{counted(len(scenario.interventions), 'intervention')}, {counted(len(scenario.shocks), 'shock')}"
    return f"{people}, {scenario.weeks} weeks, {done}"


def counted(count: int, thing: str) -> str:
    """1 shock, 2 shocks."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def check_bands(scenario: Scenario) -> int:
    """Simulate the first year, print each mean beside its band, and return the exit code."""
    if not scenario.expected:
        click.echo("  It has no [expected] bands to hold it against.")
        return DONE
    found = held(scenario)
    width = max(len(row.indicator) for row in found)
    click.echo(f"  {'first year':{width}}  {'band':>15} {'mean':>25}")
    for row in found:
        verdict = "inside" if row.is_inside else "OUTSIDE"
        click.echo(f"  {row.indicator:{width}}  {row.low:>12,.4g} to {row.high:<12,.4g} {row.mean:>12,.4g}  {verdict}")
    return DONE if all(row.is_inside for row in found) else FAILED


def held(scenario: Scenario, replications: int = REPLICATIONS) -> list[Held]:
    """The means of the first year, over weeks and replications, before anything is done or befalls."""
    quiet_year = scenario.with_(weeks=FIRST_YEAR, interventions=[], shocks=[])
    compile_rules(quiet=False)
    with progress(scenario.name) as on_progress:
        weekly = run_ensemble(quiet_year, replications=replications, on_progress=on_progress).weekly
    return [Held(name, low, high, mean_of(weekly, name)) for name, (low, high) in scenario.expected.items()]


def mean_of(weekly: pa.Table, indicator: str) -> float:
    """The mean over all rows that have a value; NaN where none has."""
    values = weekly.column(indicator).to_numpy()
    present = values[np.isfinite(values)]
    return float(present.mean()) if present.size else float("nan")
