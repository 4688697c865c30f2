"""What-ifs beside a baseline, in the same worlds: paired differences from the first link to the last."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from experiments.drawing import draw
from experiments.ensemble import Ensemble, assembled
from experiments.replication import Replication
from experiments.request import check_luck, check_room, check_weeks
from experiments.telling import against, starts
from experiments.workers import Progress, live_all
from experiments.writing import write_comparison
from results.chain import ChainTable, chain_table
from results.errors import ResultsError
from results.statistics import Column, PairedDifference, by_indicator, final_year, paired_difference
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LAST_WEEKS: Final = 52
"""Weeks at the end over which levels and differences are taken."""


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator: its mean in the baseline and in a what-if, and the paired difference of the two.

    Means are over the worlds in which both have a value; all is None where there is no such world.
    """

    base: float | None
    what_if: float | None
    difference: PairedDifference | None

    def as_data(self) -> dict[str, Any]:
        """base, what_if, difference, interval [low, high] and correlation, None for what does not exist."""
        found = self.difference
        return {
            "base": self.base,
            "what_if": self.what_if,
            "difference": found and found.mean,
            "interval": found and [_finite(found.low), _finite(found.high)],
            "correlation": found and _finite(found.correlation),
        }


@dataclass(frozen=True, eq=False)
class Comparison:
    """A baseline and its what-ifs, each lived in the same worlds; the same seed and replication share all luck."""

    base: Ensemble
    what_ifs: tuple[Ensemble, ...]

    @cached_property
    def weekly(self) -> pa.Table:
        """The weekly tables of all scenarios, the baseline's first."""
        return pa.concat_tables(self.worlds.values())

    @property
    def worlds(self) -> dict[str, pa.Table]:
        """The weekly table of each scenario by its name, the baseline first."""
        return {one.scenario.name: one.weekly for one in (self.base, *self.what_ifs)}

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The baseline and its what-ifs."""
        return tuple(one.scenario for one in (self.base, *self.what_ifs))

    def to_pandas(self) -> Any:
        """The weekly tables of all scenarios as one pandas DataFrame."""
        return self.weekly.to_pandas()

    def chain(self, weeks: int = LAST_WEEKS) -> ChainTable:
        """The effect chain in the last weeks: levels, and paired differences with their 95 % intervals."""
        return chain_table(self.worlds, sector=self.base.scenario.organisation.sector, weeks=weeks)

    def changes(self, what_if: int = 0, weeks: int = LAST_WEEKS) -> dict[str, Change]:
        """What a what-if changes in the last weeks, by indicator; money and people that flow count as yearly sums.

        what_if: its position, 0 for the first.
        """
        before, after = (by_indicator(final_year(one.weekly, weeks)) for one in (self.base, self.what_ifs[what_if]))
        return {name: change(before[name], after[name]) for name in before}

    def by_week(self, indicator: str, what_if: int = 0) -> pa.Table:
        """What a what-if changes in each week: week, base, what_if, difference, low, high, correlation.

        low and high bound the 95 % interval. Null where no world has a value in both scenarios, or, for the interval
        and the correlation, only one. Raises ResultsError for an indicator that there is not.
        """
        before, after = (_lines(one, indicator) for one in (self.base, self.what_ifs[what_if]))
        found = [change(before[:, week], after[:, week]).as_data() for week in range(self.base.weeks)]
        rows = [{"week": week, **_flat(row)} for week, row in enumerate(found, 1)]
        return pa.Table.from_pylist(rows, schema=_BY_WEEK)

    def as_data(self) -> dict[str, Any]:
        """The comparison as plain data for JSON: `indicators` has base, what_if, difference, interval, correlation.

        It is about the first what-if; `others` holds the same for each further one.
        """
        first, *others = [
            {
                "what_if": one.scenario.name,
                "indicators": {name: found.as_data() for name, found in self.changes(position).items()},
            }
            for position, one in enumerate(self.what_ifs)
        ]
        about = {"base": self.base.scenario.name, "weeks": self.base.weeks, "replications": self.base.replications}
        covered = min(LAST_WEEKS, self.base.weeks)
        return {**about, "seed": self.base.seed, "last_weeks": covered, "level": 0.95, **first, "others": others}

    def plot(self, indicator: str | None = None, *, language: str = "en") -> "Figure":
        """One indicator over time, or without one the whole effect chain, as a Matplotlib figure.

        Lines are means of all worlds, dashed for the baseline; bands hold 8 of 10 worlds. Raises ResultsError for an
        indicator that the effect chain does not have.
        """
        return draw(
            self.worlds,
            indicator,
            title=against(self.scenarios, language),
            sector=self.base.scenario.organisation.sector,
            interventions=starts(self.scenarios, language),
            language=language,
        )

    def save(self, folder: str | Path | None = None, *, language: str = "en") -> Path:
        """Write tables, figures and report into a folder and return it; by default runs/<base>-vs-<what-if>-<digest>.

        Raises ResultsError, with nothing half-written, for a place that is taken by something else or cannot be
        written.
        """
        return write_comparison(self, folder, language=language)


def compare(
    base: Scenario,
    what_ifs: Sequence[Scenario],
    *,
    weeks: int | None = None,
    replications: int = 8,
    seed: int = 1,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Comparison:
    """Live a baseline and its what-ifs under the same luck.

    weeks: recorded weeks of all, by default the baseline's. What-ifs with a name that is taken get a number after it.
    The other arguments are those of run_ensemble. Raises Mistake for what cannot be, and Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    if not what_ifs:
        raise Mistake("there is nothing to compare the baseline with", hint="give at least one what-if")
    length = check_weeks(base, weeks)
    check_luck(replications, seed)
    scenarios = apart([base, *what_ifs])
    check_room(scenarios, length, replications)
    first = [Replication(scenario, 0, seed, length) for scenario in scenarios]
    wanted = [replace(one, number=number) for one in first for number in range(replications)]
    lived = live_all(wanted, workers=workers, on_progress=on_progress, stop=stop)
    ensembles = [
        assembled(one, lived[place * replications : (place + 1) * replications], started)
        for place, one in enumerate(first)
    ]
    return Comparison(ensembles[0], tuple(ensembles[1:]))


def apart(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios under names that differ: a later one whose name is taken becomes name-2, name-3 and so on."""
    named: dict[str, Scenario] = {}
    for scenario in scenarios:
        name, number = scenario.name, 1
        while name in named:
            number += 1
            name = f"{scenario.name[: 63 - len(str(number))]}-{number}"
        named[name] = scenario if name == scenario.name else scenario.with_(name=name)
    return list(named.values())


def change(base: Column, what_if: Column) -> Change:
    """The change over the worlds in which both have a value."""
    both = np.isfinite(base) & np.isfinite(what_if)
    if not both.any():
        return Change(None, None, None)
    before, after = base[both], what_if[both]
    return Change(float(before.mean()), float(after.mean()), paired_difference(before, after))


def _lines(ensemble: Ensemble, indicator: str) -> Column:
    """One row a replication, one column a week."""
    if indicator not in ensemble.weekly.column_names:
        raise ResultsError(f"There is no indicator '{indicator}'; choose one of the weekly table's columns.")
    values = ensemble.weekly.column(indicator).to_numpy()
    return np.reshape(values, (ensemble.replications, ensemble.weeks))


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    low, high = row["interval"] or (None, None)
    return {**{name: value for name, value in row.items() if name != "interval"}, "low": low, "high": high}


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


_BY_WEEK: Final = pa.schema(
    {
        "week": pa.int32(),
        **dict.fromkeys(("base", "what_if", "difference", "low", "high", "correlation"), pa.float64()),
    }
)
