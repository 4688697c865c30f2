"""What `sweep` does: read the experiment, live its cells with a word on how it goes, and tell what came of it."""

import json
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from signal import SIGINT, SIGTERM, getsignal, signal
from threading import Event, current_thread, main_thread
from types import FrameType
from typing import Any, Final, Literal, cast

import click
import tomli_w

from effectchain.compiling import compile_rules
from effectchain.endings import PARTLY, tell
from effectchain.memory import refuse_too_much
from effectchain.starting import INTERRUPTED, leave
from effectchain.sweep_line import sweep_line
from effectchain.telling import seconds_in_words, shown
from experiments.designs.design import check_runs
from experiments.designs.experiment import Experiment, load_experiment, parse_experiment, preset_path
from experiments.request import cores
from experiments.sweeps.progress import SweepProgress
from experiments.sweeps.sweep import OnProgress, SweepResult, SweepStopped, sweep
from results.sweeps.parts import Failure
from results.sweeps.verify import Problem
from results.words import harmless
from scenarios.errors import Mistake
from scenarios.overrides import overridden

FIRST: Final = 3
"""Failures that are told in words."""

LOOPBACK: Final = ("tcp://127.", "tcp://localhost:", "tcp://[::1]:")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the command line says instead of the experiment's file; None where it leaves that to the file."""

    weeks: int | None
    replications: int | None
    seed: int | None
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SweepChoices:
    """What the user chose; the names are those of `experiments.sweeps.sweep.sweep` and of the options."""

    out: Path | None
    workers: int | None
    engine: str
    cluster: str | None
    extend: bool
    retry_failed: bool
    cell_seconds: float | None
    yes: bool
    as_json: bool
    quiet: bool


def sweep_and_tell(source: str, overrides: Overrides, choices: SweepChoices) -> None:
    """Live an experiment's cells and tell what came of it; leaves with code 3 where runs failed, 130 when stopped."""
    experiment = experiment_with(source, overrides)
    check_runs(experiment, agreed=choices.yes)
    make_ready(experiment, choices)
    started = time.perf_counter()
    try:
        result = swept(experiment, choices, command_of(source, overrides))
    except SweepStopped as stopped:
        tell(f"Stopped: {stopped}; the same command goes on.")
        raise click.exceptions.Exit(INTERRUPTED) from None
    failures = first_failures(result) if result.failed else []
    if choices.as_json:
        click.echo(json.dumps(sweep_data(experiment, result, failures, time.perf_counter() - started), indent=1))
    elif not choices.quiet:
        tell_sweep(experiment, result, time.perf_counter() - started)
    if result.failed:
        tell_failures(result, failures)
        raise click.exceptions.Exit(PARTLY)


def experiment_with(source: str, overrides: Overrides) -> Experiment:
    """The experiment of this name or file, with what the command line changes. Raises Mistake."""
    experiment = load_experiment(source)
    changes = {name: getattr(overrides, name) for name in ("weeks", "replications", "seed")}
    changes = {name: value for name, value in changes.items() if value is not None}
    if changes:
        folder = preset_path(source).parent if is_name(source) else Path(source).parent
        data = {"name": experiment.name, **tomllib.loads(experiment.text), **changes}
        experiment = parse_experiment(tomli_w.dumps(data), source, folder)
    if not overrides.settings:
        return experiment
    others = {name: overridden(scenario, overrides.settings) for name, scenario in experiment.others.items()}
    return replace(experiment, base=overridden(experiment.base, overrides.settings), others=others)


def command_of(source: str, overrides: Overrides) -> list[str]:
    """The command that makes the same numbers."""
    words = ["effectchain", "sweep", source]
    for name in ("weeks", "replications", "seed"):
        value = getattr(overrides, name)
        words += [] if value is None else [f"--{name}", str(value)]
    return words + [word for setting in overrides.settings for word in ("--set", setting)]


def is_name(source: str) -> bool:
    """Whether this names an experiment that comes with EffectChain, rather than a file."""
    return not set(source) & set("./\\")


def make_ready(experiment: Experiment, choices: SweepChoices) -> None:
    """Refuse what cannot be before anything is done, and compile the rules. Raises Mistake."""
    if choices.cluster is not None and choices.workers is not None:
        raise Mistake("--workers is for this machine; a cluster has the workers that were started for it")
    if choices.cluster is None:
        at_once = choices.workers or cores()
        refuse_too_much([experiment.base], weeks=experiment.weeks, replications=at_once, workers=at_once)
    elif choices.cluster.startswith("tcp://") and not choices.cluster.startswith(LOOPBACK) and not choices.quiet:
        tell("Note: whoever reaches the port of a tcp:// cluster can run programs on it; tls:// prevents that.")
    compile_rules(quiet=choices.quiet)


def swept(experiment: Experiment, choices: SweepChoices, command: Sequence[str]) -> SweepResult:
    """The sweep itself, with a line on how it goes."""
    with stopping() as stop, sweep_line(experiment.name, quiet=choices.quiet or choices.as_json) as on_progress:
        return sweep(
            experiment,
            choices.out,
            workers=choices.workers,
            engine=cast("Literal['threads', 'processes']", choices.engine),
            cluster=choices.cluster,
            extend=choices.extend,
            retry_failed=choices.retry_failed,
            cell_seconds=choices.cell_seconds,
            on_progress=telling_damage(on_progress),
            stop=stop,
            yes=choices.yes,
            command=command,
        )


def telling_damage(on_progress: OnProgress | None) -> OnProgress:
    """Tells first which parts were set aside, then goes on as before."""
    told: list[Problem] = []

    def heard(progress: SweepProgress) -> None:
        if progress.set_aside and not told:
            told.extend(progress.set_aside)
            tell_set_aside(told)
        if on_progress:
            on_progress(progress)

    return heard


def tell_set_aside(parts: Sequence[Problem]) -> None:
    """A line for each of the first parts that were none, and how many more there are, above the line of progress."""
    lines = [harmless(part, 300) for part in parts[:FIRST]]
    lines += [f"So were {len(parts) - FIRST:,} more."] if len(parts) > FIRST else []
    with suppress(OSError, ValueError):
        sys.stderr.write("".join(f"{line}\n" for line in lines))


@contextmanager
def stopping() -> Iterator[Event]:
    """While in here, the first Ctrl-C or SIGTERM sets the event, and the second ends the process at once."""
    stop = Event()

    def interrupted(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            leave(INTERRUPTED, "Stopped at once; finished parts are kept, and the same command goes on.\n")
        stop.set()

    ours = (SIGINT, SIGTERM) if current_thread() is main_thread() else ()
    earlier = {number: getsignal(number) for number in ours}
    for number in ours:
        signal(number, interrupted)
    try:
        yield stop
    finally:
        for number, handler in earlier.items():
            signal(number, handler)


def first_failures(result: SweepResult) -> list[Failure]:
    """A few runs that failed."""
    failures = (failure for part in result.store.parts() for failure in part.failures)
    return [failure for failure, _ in zip(failures, range(FIRST), strict=False)]


def tell_sweep(experiment: Experiment, result: SweepResult, seconds: float) -> None:
    """What is done, and where it lies."""
    runs = f"{result.cells:,} cells x {result.replications:,} replications"
    click.echo(f"Sweep '{experiment.name}': {runs}, {result.done:,} runs done, in {seconds_in_words(seconds)}.")
    click.echo(f"Results: {shown(result.folder)}")


def tell_failures(result: SweepResult, failures: Sequence[Failure]) -> None:
    """How many runs failed, and why the first ones did."""
    tell(f"{result.failed:,} of {result.done + result.failed:,} runs failed, such as:")
    for failure in failures:
        tell(f"  {failure_in_words(failure)}")
    tell("The others are done. To try those once more, add --retry-failed to the same command.")


def failure_in_words(failure: Failure) -> str:
    """Where a run failed, and why."""
    reason = harmless(f"{failure.type}: {failure.message}", 200)
    return f"cell {failure.cell}, replication {failure.replication}, at the stage '{failure.stage}': {reason}"


def sweep_data(
    experiment: Experiment, result: SweepResult, failures: Sequence[Failure], seconds: float
) -> dict[str, Any]:
    """What `sweep --json` prints."""
    return {
        "folder": str(result.folder),
        "experiment": experiment.name,
        "cells": result.cells,
        "replications": result.replications,
        "done": result.done,
        "failed": result.failed,
        "failures": [failure_data(failure) for failure in failures],
        "set_aside": [asdict(part) for part in result.set_aside],
        "digest": result.digest,
        "seconds": seconds,
    }


def failure_data(failure: Failure) -> dict[str, Any]:
    """A failure, as JSON has it."""
    names = ("cell", "replication", "stage", "type", "message")
    return {name: getattr(failure, name) for name in names}
