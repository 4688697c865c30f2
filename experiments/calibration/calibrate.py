"""Calibration from end to end: what matters, the best fit, what is left open, and a set of plausible scenarios."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Final

import numpy as np

from experiments.calibration.asking import Asked, read_survey
from experiments.calibration.determined import Posterior, conflicts, posterior, strongest
from experiments.calibration.figures import Figure
from experiments.calibration.fitting import Fit, Problem, effects, fit, that_matter
from experiments.calibration.parameters import Numbers, changes_at
from experiments.calibration.plausible import Plausible, plausible
from experiments.calibration.reading import read_figures
from experiments.calibration.request import LEAST_UNASKED, MOST_UNASKED, SURE_ENOUGH, Request, request_of
from experiments.calibration.result import Calibration, FoundParameter, MetFigure, Trade, Verdict
from experiments.calibration.trials import Trials, mean_over_worlds, spread
from experiments.searching import keeping
from experiments.surveys.instrument import load_instrument
from results.statistics import Interval, mean_interval
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

FRESH: Final = 3
"""Worlds that no trial saw, for each that they saw: what is told of the best scenario is to be surer."""

Stage = str
"""What is going on, as a word: screening, fit, conflicts, plausible, figures."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a calibration is. done, wanted: plausible scenarios, once they are looked for. tried: trials so far."""

    stage: Stage
    tried: int
    done: int = 0
    wanted: int = 0


Told = Callable[[Standing], object]


def calibrate(
    scenario: Scenario,
    figures: str | Path | Mapping[str, Any] | None = None,
    *,
    answers: str | Path | None = None,
    instrument: str | Path = "ecsi",
    free: Sequence[str] = (),
    fix: Sequence[str] = (),
    members: int = 20,
    replications: int | None = None,
    seed: int = 1,
    workers: int | None = None,
    out: str | Path | None = None,
    on_progress: Told | None = None,
    stop: Event | None = None,
) -> Calibration:
    """Fit the open parameters of a scenario to what an organisation knows about itself.

    figures: a CSV or XLSX file with the columns indicator and value and perhaps plus_minus, or low and high, and weeks;
    or a mapping {"churn": 0.18, "nps": (12, 5)}. answers: a file with a row a respondent and a column an item of the
    instrument, whose constructs are figures too. free, fix: keys of the scenario that are open beside the usual ones,
    and those of them that are not. members: plausible scenarios wanted. replications: worlds of each trial, by default
    8 to 32, as the tolerances ask for. out: where trials are kept, so that an interrupted calibration goes on. No
    number depends on workers. Raises Mistake for what cannot be, ResultsError where `out` cannot be used, and Stopped
    once `stop` is set.
    """
    known, asked = read_all(figures, answers, instrument)
    request = request_of(
        scenario, known, free=free, fix=fix, members=members, replications=replications, seed=seed, asked=asked
    )
    return calibrated(request, workers=workers, out=out, on_progress=on_progress, stop=stop)


def read_all(
    figures: str | Path | Mapping[str, Any] | None, answers: str | Path | None, instrument: str | Path
) -> tuple[tuple[Figure, ...], Asked | None]:
    """Figures of a table and of a survey's answers together, and the survey. Raises Mistake where there are neither."""
    if figures is None and answers is None:
        raise Mistake("there are no figures to calibrate to", hint="give --to FILE, or --survey FILE with answers")
    known = () if figures is None else read_figures(figures)
    if answers is None:
        return known, None
    asked, more = read_survey(answers, load_instrument(instrument))
    return (*known, *more), asked


def calibrated(
    request: Request,
    *,
    workers: int | None = None,
    out: str | Path | None = None,
    on_progress: Told | None = None,
    stop: Event | None = None,
) -> Calibration:
    """The calibration that was asked for. Raises what `calibrate` raises."""
    with keeping(request, out) as folder:
        trials = Trials(
            request.base,
            request.parameters,
            request.figures,
            request.seed,
            request.replications or LEAST_UNASKED,
            workers,
            stop,
            folder,
            request.asked,
        )
        return _Course(request, trials, on_progress).run()


class _Course:
    """One calibration as it goes."""

    def __init__(self, request: Request, trials: Trials, told: Told | None) -> None:
        self._request, self._trials, self._told = request, trials, told
        self._started = datetime.now(UTC)

    def run(self) -> Calibration:
        start = np.zeros(len(self._request.parameters))
        self._tell("screening")
        if self._request.replications is None:
            self._trials.replications = self._worlds_needed(start)
        by_world = self._trials.by_world([start])[0]
        luck = spread(by_world)
        self._refuse_unmeasured(by_world)
        self._trials.figures = tuple(one.told(sd) for one, sd in zip(self._request.figures, luck, strict=True))
        jacobian, errors = effects(self._trials, start, range(len(start)))
        fitted = that_matter(self._trials.figures, jacobian, errors)
        if not fitted:
            raise Mistake(
                "no open parameter moves any of these figures",
                "calibrate",
                hint="free others with --free, or ask for more worlds with --replications",
            )
        problem = Problem(self._trials, fitted, luck / np.sqrt(self._trials.replications), np.ones(len(luck)))
        self._tell("fit")
        found = fit(problem, start, jacobian[:, list(fitted)], told=self._tell)
        left = posterior(problem, found)
        self._tell("conflicts")
        at_odds = conflicts(problem, found)
        near = self._plausible(problem, found, left)
        self._tell("figures")
        met = self._met(found, luck, mean_over_worlds(by_world))
        changes = [changes_at(self._request.parameters, place) for place in (found.place, *near.places)]
        return Calibration(
            self._request,
            met,
            self._parameters(problem, found, left, near),
            self._trades(found, left),
            tuple(at_odds),
            int((left.strengths > 1.0).sum()),
            tuple(left.strengths.tolist()),
            tuple(changes),
            self._trials.tried,
            self._trials.replications,
            self._started,
        )

    def _tell(self, stage: Stage, done: int = 0) -> None:
        if self._told:
            self._told(Standing(stage, self._trials.tried, done, self._request.members))

    def _worlds_needed(self, start: Numbers) -> int:
        """So many worlds that the means of the figures are well known beside their tolerances."""
        luck = spread(self._trials.fresh(start, LEAST_UNASKED))
        rooms = [one.told(sd).room for one, sd in zip(self._request.figures, luck, strict=True)]
        needed = float(np.max((luck / (SURE_ENOUGH * np.array(rooms))) ** 2))
        return int(min(max(np.ceil(needed), LEAST_UNASKED), MOST_UNASKED))

    def _refuse_unmeasured(self, by_world: Numbers) -> None:
        for figure, values in zip(self._request.figures, by_world, strict=True):
            if np.isnan(values).all():
                hint = "leave it out, or take a larger organisation"
                raise Mistake("has nothing to measure in this scenario", figure.name, hint=hint)

    def _plausible(self, problem: Problem, found: Fit, left: Posterior) -> Plausible:
        self._tell("plausible")
        return plausible(
            problem, found, left, self._request.members, self._request.seed, lambda done: self._tell("plausible", done)
        )

    def _met(self, found: Fit, luck: Numbers, start: Numbers) -> tuple[MetFigure, ...]:
        fresh = self._trials.fresh(found.place, FRESH * self._trials.replications)
        return tuple(
            met_figure(figure, asked.below is None, float(sd), float(before), values)
            for figure, asked, sd, before, values in zip(
                self._trials.figures, self._request.figures, luck, start, fresh, strict=True
            )
        )

    def _parameters(self, problem: Problem, found: Fit, left: Posterior, near: Plausible) -> tuple[FoundParameter, ...]:
        scaled = problem.scales(found.reached)[:, None] * found.jacobian
        names = [one.name for one in problem.figures]
        known = left.known()
        rows = []
        for place, parameter in enumerate(self._request.parameters):
            values = [parameter.value(row[place]) for row in (found.place, *near.places)]
            where = found.fitted.index(place) if place in found.fitted else None
            rows.append(
                FoundParameter(
                    parameter,
                    values[0],
                    min(values),
                    max(values),
                    1.0 if where is None else float(left.spreads[where]),
                    "no_part" if where is None else known[where],
                    "" if where is None else strongest(names, scaled[:, where]),
                )
            )
        return tuple(rows)

    def _trades(self, found: Fit, left: Posterior) -> tuple[Trade, ...]:
        keys = [self._request.parameters[place].key for place in found.fitted]
        return tuple(Trade(keys[one], keys[other], correlation) for one, other, correlation in left.trades())


def met_figure(figure: Figure, is_usual: bool, luck: float, start: float, values: Numbers) -> MetFigure:  # noqa: FBT001
    """How well a figure is met in these worlds."""
    present = values[~np.isnan(values)]
    if not present.size:
        nothing = Interval(float("nan"), float("nan"), float("nan"), 0, 0.95)
        return MetFigure(figure, is_usual, luck, start, nothing, float("inf"), "not_met")
    reached = mean_interval(present)
    low, distance, high = figure.distances(np.array([reached.low, reached.mean, reached.high])).tolist()
    verdict: Verdict = "met" if abs(distance) <= 1.0 else "undecided" if low <= 1.0 and high >= -1.0 else "not_met"
    return MetFigure(figure, is_usual, luck, start, reached, distance, verdict)
