"""A survey: worlds are lived up to a week, their customers or employees are asked, and all answers are gathered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from math import isnan
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from experiments.population import population
from experiments.request import LARGEST_SEED, whole_number
from experiments.surveys.answering import answers
from experiments.surveys.form import LARGEST_SAMPLE
from experiments.surveys.instrument import Instrument
from experiments.surveys.respondents import respondents
from experiments.surveys.scene import YEAR, Scene
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import pass_weeks, whole_log
from experiments.worlds.workers import Progress, in_threads
from results.surveys.beside import Beside, beside
from results.surveys.sample import Sample, summarised
from results.surveys.statistics import net_score
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.table import LAST_WEEK

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

WEEK: Final = 52
"""When people are asked, where nobody says: as the first recorded year ends."""

MOST_UNITS: Final = 10_000


@dataclass(frozen=True)
class Survey:
    """The answers to a survey, and what they come to.

    answers: one row a respondent: unit, week, respondent, segment or team, and a column for each item.
    invited: how many were asked, over all units. units: organisations asked.
    """

    scenario: Scenario
    instrument: Instrument
    week: int
    units: int
    sample: int | None
    seed: int
    answers: pa.Table
    invited: int
    started: datetime
    finished: datetime

    @cached_property
    def summary(self) -> Sample:
        """Means, spreads, reliabilities and correlations. ResultsError where nobody answered."""
        return summarised(self.instrument.name, self.answers, self.instrument.scores)

    @cached_property
    def beside(self) -> Beside | None:
        """The summary beside the real sample's; None for an instrument without one."""
        return beside(self.summary, self.instrument.real) if self.instrument.real else None

    @cached_property
    def net_scores(self) -> dict[str, float]:
        """Percentage of 9 and 10 less that of 0 to 6, of the items with such a score; NaN where nobody answered."""
        return {name: net_score(self.answers.column(name).to_numpy().astype("f8")) for name in self.instrument.form.net}

    def plot(self, *, language: str = "en") -> "Drawing":
        """The figure beside the real sample, as a Matplotlib figure. ResultsError for an instrument without one."""
        from experiments.surveys.writing import drawn  # noqa: PLC0415  who plots nothing needs no Matplotlib

        return drawn(self, language)

    def save(self, folder: str | Path | None = None, *, language: str = "en", command: Sequence[str] = ()) -> Path:
        """Write answers, summary and figure into a folder and return it; see write_survey."""
        from experiments.surveys.writing import write_survey  # noqa: PLC0415

        return write_survey(self, folder, language=language, command=command)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "scenario": self.scenario.name,
            "instrument": self.instrument.name,
            "week": self.week,
            "units": self.units,
            "seed": self.seed,
            "invited": self.invited,
            "answered": self.answers.num_rows,
            "net_scores": {item: None if isnan(score) else score for item, score in self.net_scores.items()},
            "summary": self.summary.as_data(),
            "beside": self.beside.as_data() if self.beside else None,
        }


def survey(
    scenario: Scenario,
    instrument: Instrument,
    *,
    week: int = WEEK,
    units: int | None = None,
    sample: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Survey:
    """Ask the customers or employees of a scenario as a week ends.

    units: organisations asked, by default as the instrument says: worlds that differ by luck, or a population of
    organisations that differ as units do, with the scenario in their middle. sample: answers wanted from each.
    The same numbers whatever the workers. Raises Mistake for what cannot be, Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    whole_number("week", week, 1, LAST_WEEK)
    whole_number("seed", seed, 0, LARGEST_SEED)
    count = whole_number("units", instrument.form.units if units is None else units, 1, MOST_UNITS)
    wanted = instrument.form.sample if sample is None else whole_number("sample", sample, 1, LARGEST_SAMPLE)
    jobs = list(enumerate(organisations(scenario, instrument, count, seed)))

    def ask(job: tuple[int, Scenario], watch: Watch) -> tuple[pa.Table, int]:
        """One organisation's answers, and how many were invited."""
        number, one = job
        scene = lived(one, seed, number, week, watch, log=instrument.form.asks == "customers")
        found = respondents(scene, instrument, seed, number, wanted)
        return answers(scene, instrument, seed, number, found.numbers), found.invited

    all_weeks = sum(one.warmup + week for _, one in jobs)
    asked = in_threads(jobs, ask, all_weeks, workers=workers, on_progress=on_progress, stop=stop)
    gathered = pa.concat_tables(table for table, _ in asked).combine_chunks()
    if not gathered.num_rows:
        raise Mistake("nobody answered", f"week {week}", hint="ask more people, or at a time when there are some")
    invited = sum(number for _, number in asked)
    return Survey(scenario, instrument, week, count, wanted, seed, gathered, invited, started, datetime.now(UTC))


def organisations(scenario: Scenario, instrument: Instrument, count: int, seed: int) -> Sequence[Scenario]:
    """The scenario as often as it is asked, or a population around it."""
    if instrument.form.differ == "by_luck":
        return [scenario] * count
    return [unit.scenario for unit in population(count, seed=seed, base=scenario)]


def lived(scenario: Scenario, seed: int, replication: int, week: int, watch: Watch, *, log: bool) -> Scene:
    """A world as this week ends, with the encounters of the year before where they are wanted."""
    world = warmed_up(scenario, seed, replication, week, watch, log=log)
    unlogged = max(0, week - YEAR) if log else week
    pass_weeks(world, 1, unlogged, watch)
    encounters, _ = whole_log(world, unlogged + 1, week, watch)
    return Scene(world, week, encounters)
