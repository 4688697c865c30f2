"""What-ifs beside a baseline, in the same worlds: paired differences from the first link to the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from experiments.comparison.census import Census
from experiments.comparison.change import Change, change, changes_by_week
from experiments.comparison.examples import find_examples
from experiments.comparison.growing import Growing
from experiments.comparison.twins import twins
from experiments.comparison.until import Until, widths
from experiments.drawing import draw, draw_cash
from experiments.ensemble import Ensemble
from experiments.explanation.explanation import Explanation, explain
from experiments.request import check_luck, check_room, check_weeks
from experiments.telling import against, starts
from experiments.worlds.replication import Replication
from experiments.worlds.workers import Progress
from experiments.writing import write_comparison
from results.chain import ChainTable, chain_table
from results.effects.effects import Effects, effects
from results.effects.payback import Payback, cash_curve, payback, present_value
from results.effects.twins import WhoChanged
from results.errors import ResultsError
from results.perspectives import perspectives
from results.statistics import LAST_WEEKS, Interval, by_indicator, final_year
from results.stopping import FIRST, Stopping, Width, until_narrow
from results.trajectories import lines_of_worlds
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Comparison:
    """A baseline and its what-ifs, each lived in the same worlds; the same seed and replication share all luck.

    census: who was where as each world began and ended, the baseline's worlds first. stopping: how the number of
    worlds was come to, where it was not given. discount: yearly interest by which later money counts less, by default
    the baseline's economics.interest.
    """

    base: Ensemble
    what_ifs: tuple[Ensemble, ...]
    census: tuple[tuple[Census, ...], ...]
    stopping: Stopping | None = None
    discount: float | None = None
    _changed: dict[tuple[int, int], WhoChanged] = field(default_factory=dict, repr=False)

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
        both = (self.base, self.what_ifs[what_if])
        before, after = (lines_of_worlds(one.scenario.name, one.weekly, indicator)[1] for one in both)
        return changes_by_week(before, after)

    def who_changed(self, what_if: int = 0, examples: int = 2) -> WhoChanged:
        """Who fared otherwise in a what-if than their twin in the baseline, with counts a world and examples.

        examples: at most so many of each kind; a few worlds are lived once more to find them. Raises ResultsError where
        the what-if has other numbers of people, so that nobody has a twin.
        """
        if (what_if, examples) not in self._changed:
            counted = list(zip(self.census[0], self.census[1 + what_if], strict=True))
            counts = twins(*zip(*counted, strict=True))
            first = [self._first(one) for one in (self.base, self.what_ifs[what_if])]
            found = find_examples(first[0], first[1], counted, examples) if examples else ()
            self._changed[what_if, examples] = WhoChanged(counts, found)
        return self._changed[what_if, examples]

    def payback(self, what_if: int = 0) -> Payback:
        """The week from which on a what-if has paid itself back, over the worlds."""
        return payback(self.base.weekly, self.what_ifs[what_if].weekly)

    def npv(self, what_if: int = 0, discount: float | None = None) -> Interval:
        """What the profit that a what-if adds is worth at the start, in euro, with its 95 % interval.

        discount: yearly interest by which later money counts less, by default that of the comparison.
        """
        return present_value(
            self.base.weekly, self.what_ifs[what_if].weekly, self.interest if discount is None else discount
        )

    def cash(self, what_if: int = 0) -> pa.Table:
        """The running sum of the profit that a what-if adds: week, mean, low, high, lower, upper.

        low and high bound the 95 % interval of the mean; 8 of 10 worlds lie from lower to upper.
        """
        return cash_curve(self.base.weekly, self.what_ifs[what_if].weekly)

    @property
    def interest(self) -> float:
        """By which money counts less a year later."""
        return self.base.scenario.economics.interest if self.discount is None else self.discount

    def effects(self, what_if: int = 0) -> Effects:
        """Who changed, and what a what-if earns or, for a non-profit, what its gain costs."""
        try:
            who = self.who_changed(what_if)
        except ResultsError:
            who = None
        one = self.what_ifs[what_if]
        return effects(
            one.scenario.name,
            self.base.weekly,
            one.weekly,
            sector=self.base.scenario.organisation.sector,
            interest=self.interest,
            who_changed=who,
        )

    def all_effects(self) -> list[Effects]:
        """The effects of each what-if."""
        return [self.effects(position) for position in range(len(self.what_ifs))]

    def as_data(self) -> dict[str, Any]:
        """The comparison as plain data for JSON: `indicators` has base, what_if, difference, interval, correlation.

        It is about the first what-if; `others` holds the same for each further one. Beside it stand the readings of
        the four perspectives, who changed, payback, npv and how the number of worlds was come to.
        """
        first, *others = [self._what_if_data(position) for position in range(len(self.what_ifs))]
        about = {"base": self.base.scenario.name, "weeks": self.base.weeks, "replications": self.base.replications}
        covered = min(LAST_WEEKS, self.base.weeks)
        more = {"seed": self.base.seed, "last_weeks": covered, "level": 0.95}
        until = {"until": self.stopping and self.stopping.as_data()}
        return {**about, **more, **until, **first, "others": others}

    def explain(self, indicator: str = "loyalty", what_if: int = 0) -> Explanation:
        """Why a what-if changes an indicator's last year: by measure, along the chain, and what blocks it now.

        Lives further worlds, in the same luck as this comparison's. Raises Mistake for an indicator that there is not,
        or where there are fewer than two replications.
        """
        return explain(
            self.what_ifs[what_if].scenario,
            indicator,
            base=self.base.scenario,
            weeks=self.base.weeks,
            replications=self.base.replications,
            seed=self.base.seed,
        )

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

    def plot_cash(self, what_if: int = 0, *, language: str = "en") -> "Figure":
        """The running sum of the profit that a what-if adds, with the pay-back, as a Matplotlib figure."""
        one = self.what_ifs[what_if]
        return draw_cash(
            {one.scenario.name: self.cash(what_if)}, [self.payback(what_if)], starts(self.scenarios, language), language
        )

    def save(self, folder: str | Path | None = None, *, language: str = "en") -> Path:
        """Write tables, figures and report into a folder and return it; by default runs/<base>-vs-<what-if>-<digest>.

        Raises ResultsError, with nothing half-written, for a place that is taken by something else or cannot be
        written.
        """
        return write_comparison(self, folder, language=language)

    def _what_if_data(self, position: int) -> dict[str, Any]:
        sides = perspectives(self.chain())
        return {
            "what_if": self.what_ifs[position].scenario.name,
            "indicators": {name: found.as_data() for name, found in self.changes(position).items()},
            "perspectives": {side.name: side.as_data(position) for side in sides},
            **self.effects(position).as_data(),
        }

    def _first(self, ensemble: Ensemble) -> Replication:
        return Replication(ensemble.scenario, 0, ensemble.seed, ensemble.weeks)


def compare(
    base: Scenario,
    what_ifs: Sequence[Scenario],
    *,
    weeks: int | None = None,
    replications: int = 8,
    seed: int = 1,
    workers: int | None = None,
    until: Until | None = None,
    discount: float | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Comparison:
    """Live a baseline and its what-ifs under the same luck.

    weeks: recorded weeks of all, by default the baseline's. What-ifs with a name that is taken get a number after it.
    until: how narrow intervals are to be; replications is then the least number of worlds, at least 20.
    discount: yearly interest by which later money counts less, by default the baseline's economics.interest.
    The other arguments are those of run_ensemble. Raises Mistake for what cannot be, and Stopped once `stop` is set.
    """
    started = datetime.now(UTC)
    if not what_ifs:
        raise Mistake("there is nothing to compare the baseline with", hint="give at least one what-if")
    length = check_weeks(base, weeks)
    check_luck(replications, seed)
    scenarios = apart([base, *what_ifs])
    check_room(scenarios, length, max(replications, until.most) if until else replications)
    firsts = [Replication(scenario, 0, seed, length) for scenario in scenarios]
    growing = Growing(firsts, workers, on_progress, stop)
    stopping = None
    if until:
        stopping = grow_until(growing, until, replications)
    else:
        growing.grow(replications)
    ensembles = growing.ensembles(started)
    return Comparison(ensembles[0], tuple(ensembles[1:]), growing.census(), stopping, discount)


def grow_until(growing: Growing, until: Until, least: int) -> Stopping:
    """Live more and more worlds until each interval of the last year is as narrow as is asked for."""

    def look(worlds: int) -> Mapping[str, Width]:
        growing.grow(worlds)
        base, *what_ifs = [growing.weekly(place) for place in range(len(growing.firsts))]
        return widths(until, base, what_ifs, LAST_WEEKS)

    first = max(least, FIRST)
    return until_narrow(look, growing.is_same, asked=until.asked, most=max(until.most, first), first=first)


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
