"""The public functions: find a scenario, run it, compare it with what-ifs."""

from collections.abc import Sequence
from pathlib import Path

from experiments import comparison, ensemble
from experiments.comparison import Comparison
from experiments.ensemble import Ensemble
from experiments.until import read_until
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


def _found(given: Scenario | str | Path) -> Scenario:
    return given if isinstance(given, Scenario) else load(given)
