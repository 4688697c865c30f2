"""The public functions: find a scenario, run it, compare it with what-ifs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments import ensemble
from experiments.calibration.result import Calibration
from experiments.comparison import comparison
from experiments.comparison.comparison import Comparison
from experiments.comparison.until import read_until
from experiments.designs.experiment import Experiment, experiment_of, load_experiment
from experiments.ensemble import Ensemble
from experiments.explanation import explanation
from experiments.explanation.explanation import Explanation
from experiments.roadmaps.result import Roadmap
from experiments.surveys import survey as surveys
from experiments.surveys.instrument import load_instrument
from experiments.surveys.survey import Survey
from experiments.sweeps import sweep as sweeps
from experiments.sweeps.sweep import EngineName, OnProgress, SweepResult
from experiments.validation import validating
from experiments.validation.validating import Validation
from results.sensitivity.table import Sensitivity
from results.sweeps.store import SweepStore
from scenarios.loading import load
from scenarios.loading import presets as preset_names
from scenarios.scenario import Scenario


def presets() -> tuple[str, ...]:
    """Names of the scenarios that come with EffectChain, in alphabetical order."""
    return preset_names()


def scenario(name_or_path: str | Path) -> Scenario:
    """The scenario of a preset's name ("hotel") or of a TOML file's path ("mine.toml", "folder/mine.toml").

    A scenario never changes; `with_` and `strengthen` give changed copies:
    `scenario("hotel").with_({"organisation.employees": 80}).strengthen("leadership", to=0.8, start=10, weeks=52)`.
    Maturity and effort run from 0 to 1, weeks count from 1. Raises Mistake for a name, file, key or value that
    cannot be.
    """
    return load(name_or_path)


def run(
    scenario: Scenario | str | Path,
    weeks: int | None = None,
    replications: int = 1,
    seed: int = 1,
    *,
    workers: int | None = None,
    events: bool = False,
    people_every: int | None = None,
) -> Ensemble:
    """Live `replications` worlds of a scenario, alike but for luck; the same seed gives the same numbers to the bit.

    scenario: a scenario, or what `scenario()` takes. weeks: 1 to 5200, by default the scenario's. seed: 0 to 2^63 - 1.
    workers: threads, by default one a core; no number depends on it.
    events: keep the encounter log, one row an encounter, at most 30 million to be expected.
    people_every: keep a snapshot of all people each so many weeks, the first at the start of week 1.

    `.weekly` of the result has one row a replication and week. Raises Mistake for what cannot be.
    """
    return ensemble.run_ensemble(
        _found(scenario),
        weeks=weeks,
        replications=replications,
        seed=seed,
        workers=workers,
        events=events,
        people_every=people_every,
    )


def compare(
    base: Scenario | str | Path,
    *what_ifs: Scenario | str | Path,
    weeks: int | None = None,
    replications: int = 8,
    seed: int = 1,
    workers: int | None = None,
    until: str | None = None,
    of: Sequence[str] = (),
    most: int | None = None,
    discount: float | None = None,
) -> Comparison:
    """Live a baseline and its what-ifs in the same worlds, so that differences are effects and not luck.

    weeks: of all scenarios, by default the baseline's; the other arguments are those of `run`. A what-if whose name is
    taken gets a number after it. `.changes()` of the result has each indicator's levels and paired difference with
    its 95 % interval over the last year; `.who_changed()`, `.payback()` and `.npv()` tell more.

    until: go on with more worlds until half that interval is so narrow: "0.5%" of the baseline's level (of revenue for
    profit, of the scale of 100 for NPS), or "0.002" in the indicator's own unit. of: which indicators, by default
    loyalty and profit (a non-profit: reputation), or "payback". most: worlds at most, by default 200.
    discount: yearly interest by which later money counts less, by default the baseline's economics.interest.
    Raises Mistake for what cannot be.
    """
    found = _found(base)
    asked = read_until(until, of, most, sector=found.organisation.sector) if until is not None else None
    return comparison.compare(
        found,
        [_found(what_if) for what_if in what_ifs],
        weeks=weeks,
        replications=replications,
        seed=seed,
        workers=workers,
        until=asked,
        discount=discount,
    )


def roadmap(
    scenario: Scenario | str | Path,
    *,
    budget: float,
    horizon: int | None = None,
    goal: str | tuple[str, ...] = "npv",
    most_at_once: int | None = None,
    most_effort: float | None = None,
    blocks: tuple[str, ...] = (),
    trials: int | None = None,
    minutes: float | None = None,
    replications: int = 16,
    seed: int = 1,
    workers: int | None = None,
    robust: int | str | Path | None = None,
    out: str | Path | None = None,
) -> Roadmap:
    """Search which building block to work on when, how much and by which approach, and hold it against rules of thumb.

    budget: euro a year, upkeep included. horizon: weeks, by default the scenario's. goal: "npv", or an indicator in the
    last year; two of them for the plans between both. most_at_once: blocks worked on in the same week; most_effort: of
    all blocks together. blocks: those that may be worked on, by default all. trials, minutes: how long to search, by
    default 240 plans; with `out`, a folder, an interrupted search goes on from there. replications: worlds of the final
    figures, which the search never sees. robust: so many draws of what the model assumes, or a file or folder of
    variants; the plan is then the one that one regrets least in the worst of them.

    `.plan` and `.scenario` of the result are the best plan, `.beside("roadmap", "equal_split")` a paired difference,
    `.verdict` whether it beats the best rule of thumb. Raises Mistake or ResultsError for what cannot be.
    """
    from experiments.roadmaps.roadmap import roadmap as search  # noqa: PLC0415  Optuna takes a while to load

    return search(
        _found(scenario),
        budget=budget,
        horizon=horizon,
        goal=goal,
        most_at_once=most_at_once,
        most_effort=most_effort,
        blocks=blocks,
        trials=trials,
        minutes=minutes,
        replications=replications,
        seed=seed,
        workers=workers,
        robust=robust,
        out=out,
    )


def calibrate(
    scenario: Scenario | str | Path,
    to: str | Path | Mapping[str, Any] | None = None,
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
) -> Calibration:
    """Fit the open parameters of a scenario so that it reproduces what an organisation knows about itself.

    to: a CSV or XLSX file with the columns indicator and value, and perhaps plus_minus, or low and high, and weeks; or
    a mapping such as {"churn": 0.18, "nps": (12, 5)}, value and plus or minus. answers: a file with a row a respondent
    and a column an item of the instrument; its constructs are figures too. free, fix: keys of the scenario that are
    open beside the usual ones, or are not. members: plausible scenarios wanted. replications: worlds of each trial, by
    default 8 to 32, as the tolerances ask for. out: folder in which an interrupted calibration goes on.

    `.figures` of the result says how well each figure is met, `.parameters` and `.trades` what the figures leave open,
    `.conflicts` what cannot be met together; `.best` is a scenario, `.ensemble` a list of plausible ones.
    Raises Mistake or ResultsError for what cannot be.
    """
    from experiments.calibration.calibrate import calibrate as fit  # noqa: PLC0415  SciPy's optimisers take a while

    return fit(
        _found(scenario),
        to,
        answers=answers,
        instrument=instrument,
        free=free,
        fix=fix,
        members=members,
        replications=replications,
        seed=seed,
        workers=workers,
        out=out,
    )


def survey(
    scenario: Scenario | str | Path,
    instrument: str | Path = "ecsi",
    *,
    week: int = 52,
    units: int | None = None,
    sample: int | None = None,
    seed: int = 1,
    workers: int | None = None,
) -> Survey:
    """Ask simulated customers or employees as a week ends, and hold their answers against a real sample's.

    instrument: "ecsi", "employees", "nps" or "enps", or the path of a TOML file. units: organisations asked, by default
    as the instrument says; sample: answers wanted from each. `.answers` of the result has one row a respondent,
    `.summary` means, reliabilities and correlations, `.beside` each figure with the real sample's interval.
    Raises Mistake for what cannot be.
    """
    return surveys.survey(
        _found(scenario),
        load_instrument(instrument),
        week=week,
        units=units,
        sample=sample,
        seed=seed,
        workers=workers,
    )


def validate(
    patterns: Sequence[str] = (),
    *,
    replications: int = 20,
    seed: int = 1,
    behaviour: Mapping[str, float] | None = None,
    workers: int | None = None,
) -> Validation:
    """Hold the model against the patterns that it must show ("7", "E18"), by default all, each in paired worlds.

    replications: worlds a side of each experiment; 20 or more for a verdict. behaviour: parameters other than those
    shipped, to see what a pattern hangs on. `.findings` of the result are the patterns with their parts, figures,
    intervals and verdicts, `.all_met` says whether all are met. Raises Mistake for what cannot be.
    """
    return validating.validate(patterns, replications=replications, seed=seed, behaviour=behaviour, workers=workers)


def explain(
    what_if: Scenario | str | Path,
    indicator: str = "loyalty",
    *,
    base: Scenario | str | Path | None = None,
    weeks: int | None = None,
    replications: int = 8,
    seed: int = 1,
    orders: int = 4,
    workers: int | None = None,
) -> Explanation:
    """Why a what-if changes an indicator's last year, in the same worlds with and without.

    base: what it is held against, by default the what-if with nothing done. orders: in how many orders the links of
    the chain are opened; more make the shares of links more exact. The other arguments are those of `run`.

    `.as_data()` of the result has the total and its shares by intervention and by path, each adding up to it, synergy,
    lags and blockers; `.plot()` draws them on the effect chain. Raises Mistake for what cannot be.
    """
    return explanation.explain(
        _found(what_if),
        indicator,
        base=None if base is None else _found(base),
        weeks=weeks,
        replications=replications,
        seed=seed,
        number_of_orders=orders,
        workers=workers,
    )


def experiment(source: str | Path | Mapping[str, Any], folder: str | Path = "") -> Experiment:
    """The experiment of a TOML file's path ("mine.toml"), of a shipped one's name, or of plain data with a file's keys.

    folder: where paths in plain data start from. Raises Mistake with all that is wrong.
    """
    if isinstance(source, Mapping):
        return experiment_of(source, folder)
    return load_experiment(source)


def sweep(
    experiment: Experiment | str | Path | Mapping[str, Any],
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    engine: EngineName = "threads",
    cluster: str | None = None,
    extend: bool = False,
    retry_failed: bool = False,
    cell_seconds: float | None = None,
    on_progress: OnProgress | None = None,
    yes: bool = False,
) -> SweepResult:
    """Live all cells of an experiment into a folder; called again, it goes on where it was stopped.

    experiment: what `experiment()` gives or takes. folder: by default runs/<name>-<digest>.
    workers: threads or processes, by default one a core; engine processes needs `if __name__ == "__main__":` in a
    script. cluster: address of a Dask cluster instead, tcp://host:port or tls://host:port. No number depends on these.
    extend: let the sweep in the folder grow to more points or replications. retry_failed: try once more what failed.
    cell_seconds: time limit of a run. on_progress: told how far it is. yes: agree to more than a million runs.

    A run that fails is a row of `.runs`; the others go on. Raises Mistake for what cannot be, and ResultsError for a
    folder that holds something else or cannot be written.
    """
    return sweeps.sweep(
        _experiment(experiment),
        folder,
        workers=workers,
        engine=engine,
        cluster=cluster,
        extend=extend,
        retry_failed=retry_failed,
        cell_seconds=cell_seconds,
        on_progress=on_progress,
        yes=yes,
    )


def sensitivity(sweep: SweepStore | SweepResult | str | Path, indicator: str, *, weeks: int = 52) -> Sensitivity:
    """Which factors of a sweep move an indicator most in its last weeks, by the method that the sweep's design allows.

    sweep: a sweep, or its folder. `.as_data()` of the result has the effect of each factor with its interval, `.plot()`
    draws them. Raises ResultsError for what is no finished sweep, and for outcomes that are missing or all the same.
    """
    from experiments.sensitivity.sensitivity import sensitivity as analyse  # noqa: PLC0415  SciPy's statistics take a while

    return analyse(sweep.store if isinstance(sweep, SweepResult) else sweep, indicator, weeks=weeks)


def _experiment(given: Experiment | str | Path | Mapping[str, Any]) -> Experiment:
    return given if isinstance(given, Experiment) else experiment(given)


def _found(given: Scenario | str | Path) -> Scenario:
    return given if isinstance(given, Scenario) else load(given)
