"""An ensemble: many worlds of one scenario that differ in luck only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from experiments.drawing import draw
from experiments.explanation.explanation import Explanation, explain
from experiments.request import (
    check_luck,
    check_room,
    check_room_for_encounters,
    check_room_for_people,
    check_weeks,
    whole_number,
)
from experiments.telling import starts
from experiments.worlds.replication import Lived, Replication
from experiments.worlds.tables import weekly_table
from experiments.worlds.workers import Progress, live_all
from experiments.writing import write_ensemble
from results.chain import ChainTable, chain_table
from scenarios.scenario import Scenario
from scenarios.table import LAST_WEEK

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Ensemble:
    """What came of one scenario: its weekly table and, where asked for, encounter log and snapshots of people.

    weeks: recorded weeks of each replication. started, finished: times in UTC.
    weekly: one row a replication and week: scenario, replication (from 0), seed, week (from 1), then one column an
    indicator in the units of simulation.indicators.INDICATORS; NaN where there was nothing to measure.
    events: one row an encounter, in the order of replication and week; None where it was not asked for.
    people: one row an agent and snapshot; None where it was not asked for.
    """

    scenario: Scenario
    seed: int
    weeks: int
    weekly: pa.Table
    events: pa.Table | None
    people: pa.Table | None
    started: datetime
    finished: datetime
    people_every: int | None = None

    @property
    def replications(self) -> int:
        """How many worlds there are."""
        return int(self.weekly.num_rows // self.weeks)

    @property
    def worlds(self) -> dict[str, pa.Table]:
        """The weekly table by the scenario's name, as the results room takes it."""
        return {self.scenario.name: self.weekly}

    def to_pandas(self) -> Any:
        """The weekly table as a pandas DataFrame with the same columns."""
        return self.weekly.to_pandas()

    def chain(self, weeks: int = 52) -> ChainTable:
        """The effect chain in the last weeks: the level of each indicator with its 95 % interval."""
        return chain_table(self.worlds, sector=self.scenario.organisation.sector, weeks=weeks)

    def explain(self, indicator: str = "loyalty") -> Explanation:
        """Why an indicator's last year is other than if nothing were done: by measure, along the chain, what blocks.

        Lives further worlds, in the same luck as these. Raises Mistake where nothing is done, for an indicator that
        there is not, or where there are fewer than two replications.
        """
        return explain(self.scenario, indicator, weeks=self.weeks, replications=self.replications, seed=self.seed)

    def plot(self, indicator: str | None = None, *, language: str = "en") -> "Figure":
        """One indicator over time, or without one the whole effect chain, as a Matplotlib figure.

        The line is the mean of all worlds; the band holds 8 of 10 of them. Raises ResultsError for an indicator that
        the effect chain does not have.
        """
        return draw(
            self.worlds,
            indicator,
            title=self.scenario.name,
            sector=self.scenario.organisation.sector,
            interventions=starts([self.scenario], language),
            language=language,
        )

    def save(self, folder: str | Path | None = None, *, report: bool = False, language: str = "en") -> Path:
        """Write the run into a folder, by default runs/<scenario>-<digest>, and return that folder.

        report: add figures of the effect chain and an HTML report. Raises ResultsError, with nothing half-written, for
        a place that is taken by something else or cannot be written.
        """
        return write_ensemble(self, folder, report=report, language=language)


def run_ensemble(
    scenario: Scenario,
    *,
    weeks: int | None = None,
    replications: int = 1,
    seed: int = 1,
    workers: int | None = None,
    events: bool = False,
    people_every: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Ensemble:
    """Live `replications` worlds of a scenario; the same numbers to the bit whatever the number of workers.

    weeks: recorded weeks, by default the scenario's. seed: 0 to 2^63 - 1; seed and replication name all luck.
    workers: threads, by default one a core. events: keep the encounter log. people_every: weeks between snapshots of
    people, the first at the start of week 1. on_progress: told weeks done and weeks in all, in the calling thread.
    Raises Mistake for what cannot be, and Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    length = check_weeks(scenario, weeks)
    check_luck(replications, seed)
    check_room([scenario], length, replications)
    if events:
        check_room_for_encounters(scenario, length, replications)
    if people_every is not None:
        whole_number("people_every", people_every, 1, LAST_WEEK)
        check_room_for_people(scenario, length, replications, people_every)
    first = Replication(scenario, 0, seed, length, events, people_every)
    lived = live_all(
        [replace(first, number=number) for number in range(replications)],
        workers=workers,
        on_progress=on_progress,
        stop=stop,
    )
    return assembled(first, lived, started)


def assembled(first: Replication, lived: Sequence[Lived], started: datetime) -> Ensemble:
    """The tables of these replications, numbered from 0, one after another."""
    return Ensemble(
        scenario=first.scenario,
        seed=first.seed,
        weeks=first.weeks,
        weekly=weekly_table(first.scenario.name, first.seed, [one.weekly for one in lived]),
        events=_together([one.events for one in lived]),
        people=_together([one.people for one in lived]),
        started=started,
        finished=datetime.now(UTC),
        people_every=first.people_every,
    )


def _together(tables: Sequence[pa.Table | None]) -> pa.Table | None:
    """One table; None where there is none."""
    present = [table for table in tables if table is not None]
    return pa.concat_tables(present).unify_dictionaries() if present else None
