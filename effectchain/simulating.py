"""What `run` does, and what `compare` shares with it: read scenarios, simulate, write, and tell what came of it."""

import time
from collections.abc import Sequence
from typing import Any

import click

from effectchain.commands.options import Choices
from effectchain.compiling import compile_rules
from effectchain.endings import tell
from effectchain.memory import refuse_too_much
from effectchain.places import refuse_wrong_place
from effectchain.progress import progress
from effectchain.telling import seconds_in_words, tell_found, tell_results, words
from experiments.ensemble import Ensemble, run_ensemble
from experiments.writing import write_ensemble
from results.numbers import decimal
from scenarios.expected import check_expected
from scenarios.loading import load
from scenarios.overrides import overridden
from scenarios.scenario import Scenario
from simulation.indicators import INDICATORS


def run_and_tell(source: str, choices: Choices, *, events: bool, people_every: int | None, report: bool) -> None:
    """Simulate one scenario, write its folder, and tell what came of it as the user chose."""
    scenario = asked_for(source, choices.settings)
    ensemble, seconds = simulated(scenario, choices, events=events, people_every=people_every)
    folder = write_ensemble(ensemble, choices.out, report=report, language=choices.language)
    speed = customer_weeks([ensemble]) / seconds

    def in_words() -> None:
        tell_results(ensemble.chain(), folder, choices.language)
        tell_speed(seconds, speed, choices.language)

    tell_found(choices, folder, run_data(ensemble, seconds, speed), in_words)


def asked_for(source: str, settings: Sequence[str]) -> Scenario:
    """The scenario of this name or file with what --set changes. Raises Mistake."""
    scenario = overridden(load(source), settings)
    check_expected(scenario, INDICATORS)
    return scenario


def simulated(
    scenario: Scenario, choices: Choices, *, events: bool = False, people_every: int | None = None
) -> tuple[Ensemble, float]:
    """The worlds of a scenario, and the seconds that they took, compiling apart."""
    make_ready([scenario], choices, events=events)
    started = time.perf_counter()
    with progress(scenario.name, quiet=choices.quiet) as on_progress:
        ensemble = run_ensemble(
            scenario,
            weeks=choices.weeks,
            replications=choices.replications,
            seed=choices.seed,
            workers=choices.workers,
            events=events,
            people_every=people_every,
            on_progress=on_progress,
        )
    return ensemble, time.perf_counter() - started


def make_ready(
    scenarios: Sequence[Scenario], choices: Choices, *, events: bool = False, replications: int | None = None
) -> None:
    """Refuse what cannot be before anything is done, remark on what will not be seen, and compile the rules.

    replications: how many there may be at most, where that is not what the user chose.
    """
    refuse_too_much(
        scenarios,
        weeks=choices.weeks or scenarios[0].weeks,
        replications=replications or choices.replications,
        workers=choices.workers,
        events=events,
    )
    refuse_wrong_place(choices.out)
    remark_on_what_comes_too_late(scenarios, choices)
    compile_rules(quiet=choices.quiet)


def remark_on_what_comes_too_late(scenarios: Sequence[Scenario], choices: Choices) -> None:
    """Tell which interventions and shocks start after the last week, and so change nothing."""
    last = choices.weeks or scenarios[0].weeks
    for scenario in scenarios:
        starts = [*(item.start for item in scenario.interventions), *(item.start for item in scenario.shocks)]
        late = sum(start > last for start in starts)
        if late and not choices.quiet:
            tell(f"Note: {late} of what happens in '{scenario.name}' starts after week {last} and plays no part.")


def run_data(ensemble: Ensemble, seconds: float, speed: float) -> dict[str, Any]:
    """What `run --json` prints."""
    return {
        "scenario": ensemble.scenario.name,
        "weeks": ensemble.weeks,
        "replications": ensemble.replications,
        "seed": ensemble.seed,
        "chain": ensemble.chain().as_data(),
        "seconds": seconds,
        "customer_weeks_per_second": speed,
    }


def customer_weeks(ensembles: Sequence[Ensemble]) -> float:
    """Weeks lived by all customers and prospects of these worlds together, warm-up included."""
    return sum(people_weeks(one.scenario, one.weeks) * one.replications for one in ensembles)


def people_weeks(scenario: Scenario, weeks: int) -> float:
    """Weeks lived by all customers and prospects of one world, warm-up included."""
    return float((scenario.customers.active + scenario.customers.prospects) * (scenario.warmup + weeks))


def tell_speed(seconds: float, speed: float, language: str) -> None:
    """How long the simulation took, and how fast that is."""
    said = words(language)["simulated"]
    click.echo("\n" + said.format(seconds=seconds_in_words(seconds), speed=decimal(speed / 1e6, 1, language)))
