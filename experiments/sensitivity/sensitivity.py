"""Which factors of a finished sweep move an indicator most, by the method that its design allows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from experiments.designs.design import MORRIS_LEVELS
from experiments.designs.factors import present_value
from experiments.naming import factor_name, value_name
from experiments.sensitivity.coding import Coded, coded
from experiments.sensitivity.methods import (
    morris_effects,
    one_at_a_time_effects,
    regression_effects,
    sobol_effects,
    whole_blocks,
)
from results.errors import ResultsError
from results.sensitivity.outcomes import Outcomes, outcomes
from results.sensitivity.table import Bar, FactorEffect, Method, Sensitivity
from results.sweeps.store import SweepStore
from results.words import LANGUAGES
from scenarios.errors import Mistake
from scenarios.loading import load
from scenarios.scenario import Scenario

SCENARIO: Final = "scenario.toml"

METHODS: Final[Mapping[str, Method]] = {"saltelli": "sobol", "morris": "morris", "one_at_a_time": "one_at_a_time"}
"""How a design is read; all others by regression."""


def sensitivity(sweep: SweepStore | str | Path, indicator: str, *, weeks: int = 52) -> Sensitivity:
    """What moves an indicator in the last `weeks` weeks, the mean over the replications of each cell.

    A Saltelli design gives first- and total-order Sobol' indices, Morris' trajectories the mean size of elementary
    effects, one_at_a_time the change that each setting brings, and any other design a straight line through all cells.
    Raises ResultsError for what is no finished sweep, and for outcomes that are missing, no number or all the same.
    """
    store = sweep if isinstance(sweep, SweepStore) else SweepStore.open(sweep)
    found = outcomes(store, indicator, weeks)
    design = store.manifest.get("experiment", {}).get("design", {})
    kind = str(design.get("kind", "table"))
    factors = _factors(store)
    effects, fit = _EFFECTS[METHODS.get(kind, "regression")](found, factors, design)
    named = [_named(*effect) for effect in effects]
    is_base = kind == "one_at_a_time"
    return Sensitivity(
        indicator=indicator,
        method=METHODS.get(kind, "regression"),
        design=kind,
        design_names={language: value_name(kind, language) for language in LANGUAGES},
        weeks=found.weeks,
        cells=len(found.values),
        replications=found.replications,
        mean=float(found.means[0] if is_base else found.means.mean()),
        luck=None if is_base else found.luck(),
        factors=sorted(named, key=lambda one: -one.size),
        fit=fit,
        left_out=found.left_out,
    )


Effects = list[tuple[str, tuple[Any, ...], Mapping[str, float]]]
"""Path, bars and further numbers of each factor."""


def _sobol(found: Outcomes, factors: Sequence[Coded], _design: Mapping[str, Any]) -> tuple[Effects, None]:
    whole_blocks(len(found.values), len(factors))
    bars = sobol_effects(found.means, [one.path for one in factors])
    return [(one.path, both, {}) for one, both in zip(factors, bars, strict=True)], None


def _morris(found: Outcomes, factors: Sequence[Coded], design: Mapping[str, Any]) -> tuple[Effects, None]:
    if len(found.values) % (len(factors) + 1):
        raise ResultsError("The cells are no whole trajectories: extend the sweep to whole ones.")
    units = np.column_stack([one.along for one in factors])
    bars = morris_effects(found.means, units, int(design.get("levels", MORRIS_LEVELS)))
    return [(one.path, (bar,), more) for one, (bar, more) in zip(factors, bars, strict=True)], None


def _one_at_a_time(found: Outcomes, factors: Sequence[Coded], _design: Mapping[str, Any]) -> tuple[Effects, None]:
    bars = one_at_a_time_effects(found, factors)
    return [(one.path, tuple(swings), {}) for one, swings in zip(factors, bars, strict=True)], None


def _regression(found: Outcomes, factors: Sequence[Coded], _design: Mapping[str, Any]) -> tuple[Effects, float]:
    moving = [one for one in factors if one.varies]
    bars, fit = regression_effects(found.means, moving)
    return [(one.path, (bar,), more) for one, (bar, more) in zip(moving, bars, strict=True)], fit


_EFFECTS: Final[Mapping[Method, Callable[..., tuple[Effects, float | None]]]] = {
    "sobol": _sobol,
    "morris": _morris,
    "one_at_a_time": _one_at_a_time,
    "regression": _regression,
}


def _named(path: str, bars: Sequence[Bar], more: Mapping[str, float]) -> FactorEffect:
    """With what people call the factor and its settings."""
    names = {language: factor_name(path, language) for language in LANGUAGES}
    told = [{language: value_name(bar.setting, language) for language in LANGUAGES} for bar in bars]
    return FactorEffect(path, names, tuple(replace(bar, told=said) for bar, said in zip(bars, told, strict=True)), more)


def _factors(store: SweepStore) -> list[Coded]:
    """The factors of the design, empty cells filled with what the scenario has."""
    design = store.design()
    has_nulls = [name for name in design.column_names if design.column(name).null_count]
    base = _base(store) if has_nulls else None
    present = {name: present_value(base, name) for name in has_nulls} if base else {}
    return coded(design, store.manifest.get("experiment", {}).get("factors", {}), present)


def _base(store: SweepStore) -> Scenario | None:
    """The scenario as it was swept; None where the folder doesn't have it."""
    try:
        return load(store.folder / SCENARIO)
    except Mistake:
        return None
