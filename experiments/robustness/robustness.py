"""The headline conclusions rerun under other rules, in the same worlds."""

import time
from collections.abc import Sequence
from itertools import islice
from threading import Event
from typing import Final

from agents.blocks import BLOCKS
from experiments.naming import block_name
from experiments.request import LARGEST_SEED, whole_number
from experiments.robustness.arms import USUAL, WEEKS, arms
from experiments.robustness.delays import delays, paces
from experiments.robustness.draws import bands
from experiments.robustness.judging import (
    Arms,
    balance,
    balance_to_blind,
    balanced,
    best_of,
    combination,
    gains,
    is_plausible,
    lead,
    level,
    paradox_bounded,
    paradox_rare,
    ranks,
)
from experiments.robustness.living import Life, live
from experiments.robustness.variants import Variant, variants
from experiments.validation.organisations import small
from experiments.worlds.workers import Progress, in_threads
from results.robustness.table import MEASURES, Measure, Rerun, Robustness
from results.words import LANGUAGES
from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario
from simulation.planning import weekly_effort_cost

YEARS: Final = 156
"""Weeks over which money counts: a year of work and two years of what it brings."""

LONGEST: Final = 1040
MOST_DRAWS: Final = 500
MOST_REPLICATIONS: Final = 200


def robustness(
    base: Scenario | None = None,
    *,
    draws: int = 32,
    replications: int = 8,
    weeks: int = YEARS,
    seed: int = 1,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Robustness:
    """Rerun all conclusions for an organisation, by default one of thirty people with nothing set.

    All reruns share luck. Raises Mistake for numbers that cannot be and for an organisation that earns nothing or to
    which work costs nothing, and Stopped as `in_threads` does.
    """
    whole_number("draws", draws, 0, MOST_DRAWS)
    whole_number("replications", replications, 2, MOST_REPLICATIONS)
    whole_number("weeks", weeks, WEEKS + 1, LONGEST)
    whole_number("seed", seed, 0, LARGEST_SEED)
    ground = default_organisation() if base is None else base
    if ground.organisation.sector == "nonprofit":
        raise Mistake("earns nothing, so no block pays", shown(ground.name), hint="take a commercial organisation")
    if not weekly_effort_cost(ground):
        raise Mistake("spends nothing on work", shown(ground.name), hint="set economics.pay and economics.effort_cost")
    ground = ground.with_(weeks=weeks, interventions=[])
    asked = variants(ground, draws, seed)
    started = time.process_time()
    lived = _lived(asked, replications, seed, workers, on_progress, stop)
    reruns = judged(asked, lived)
    return Robustness(
        scenario=ground.name,
        reruns=reruns,
        blocks=BLOCKS,
        names={language: [block_name(block, language) for block in BLOCKS] for language in LANGUAGES},
        replications=replications,
        weeks=weeks,
        seed=seed,
        drawn=len(bands(ground.behaviour_values())),
        delays=len(delays()) + len(paces()),
        seconds=time.process_time() - started,
    )


def default_organisation() -> Scenario:
    """Half the organisation that scenarios start from: as busy, at half the cost."""
    return small(Scenario.model_validate({"schema": 1, "name": "small"}), YEARS)


def _lived(
    asked: Sequence[Variant],
    replications: int,
    seed: int,
    workers: int | None,
    on_progress: Progress | None,
    stop: Event | None,
) -> list[Arms]:
    """The outcomes of all worlds by variant; arm after arm, so that those of one variant share its warm-up."""
    sides = [arms(variant.base) for variant in asked]
    lives = [
        Life(variant.id, name, scenario, seed, replication, logged=name == USUAL)
        for variant, side in zip(asked, sides, strict=True)
        for name, scenario in side.items()
        for replication in range(replications)
    ]
    weeks = sum(life.all_weeks for life in lives)
    found = iter(in_threads(lives, live, weeks, workers=workers, on_progress=on_progress, stop=stop))
    return [{name: list(islice(found, replications)) for name in side} for side in sides]


def judged(asked: Sequence[Variant], lived: Sequence[Arms]) -> list[Rerun]:
    """Each variant's margins; the block that pays most is that of the first one."""
    first = {measure: best_of(gains(lived[0], money=measure == "money")) for measure in MEASURES}
    return [_rerun(variant, side, first) for variant, side in zip(asked, lived, strict=True)]


def _rerun(variant: Variant, side: Arms, first: dict[Measure, int]) -> Rerun:
    single = {measure: gains(side, money=measure == "money") for measure in MEASURES}
    margins = {f"pays_most_{measure}": lead(single[measure], first[measure]) for measure in MEASURES}
    margins |= {f"balance_{measure}": balance(side, money=measure == "money") for measure in MEASURES}
    margins |= {f"blind_{measure}": balance_to_blind(side, money=measure == "money") for measure in MEASURES}
    margins["combined"] = combination(side)
    margins["paradox_bounded"] = paradox_bounded(variant.base)
    margins["paradox_rare"] = paradox_rare(side)
    found = level(side)
    return Rerun(
        id=variant.id,
        is_drawn=variant.is_drawn,
        margins=margins,
        ranks={measure: ranks(single[measure]) for measure in MEASURES},
        gains={
            measure: (
                *single[measure].mean(axis=1).tolist(),
                float(balanced(side, money=measure == "money").mean()),
            )
            for measure in MEASURES
        },
        level=found,
        is_plausible=is_plausible(found),
    )
