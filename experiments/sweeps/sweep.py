"""A sweep: an experiment's cells, each lived in all its replications, into a folder that a rerun goes on with."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import Any, Final, Literal

import pyarrow as pa

from agents.rule import source_hash
from experiments.designs.design import check_runs, points
from experiments.designs.experiment import Experiment
from experiments.designs.extending import extended
from experiments.designs.factors import scenario_of
from experiments.request import threads_of
from experiments.run_folders import PACKAGES
from experiments.sweeps.block_size import block_cells
from experiments.sweeps.blocks import BlockTask, Receipt, Work, kept_weeks
from experiments.sweeps.cells import LiveCell, weekly_of
from experiments.sweeps.dask_engine import Cluster, check_cluster
from experiments.sweeps.engines import Engine, Processes, Threads
from experiments.sweeps.handshake import place_of
from experiments.sweeps.identity import ELSEWHERE, default_folder, identity_of, refuse_another
from experiments.sweeps.progress import SweepProgress
from experiments.sweeps.runner import run_blocks
from experiments.worlds.watch import Stopped
from results.folders.disk import remove_leftovers
from results.folders.manifest import MANIFEST, build_manifest
from results.sweeps.grid import Block
from results.sweeps.parts import PARTS
from results.sweeps.store import SweepStore
from results.sweeps.verify import Problem
from scenarios.errors import Mistake
from scenarios.scenario import Scenario
from scenarios.writing import to_toml
from simulation.indicators import INDICATORS

EngineName = Literal["threads", "processes"]
OnProgress = Callable[[SweepProgress], object]

SAMPLED: Final = 8
"""Cells by which the work is estimated."""

LONGEST_LIMIT: Final = 10_000_000
"""Seconds of a time limit at most."""


class SweepStopped(Stopped):
    """A sweep was stopped, as was asked; what is finished is kept, and the same call goes on.

    progress: how far it came.
    """

    def __init__(self, folder: Path, progress: SweepProgress) -> None:
        super().__init__(f"{progress.finished:,} of {progress.runs:,} runs are finished in '{folder}'")
        self.folder = folder
        self.progress = progress


@dataclass(frozen=True)
class SweepResult:
    """A finished sweep: how many runs there are, and where; its tables are read when asked for.

    done, failed: runs, one a cell and replication. set_aside: what stood among the parts as it went on and was no
    finished part; their runs were done again.
    """

    folder: Path
    cells: int
    replications: int
    done: int
    failed: int
    set_aside: tuple[Problem, ...] = ()

    @cached_property
    def store(self) -> SweepStore:
        """The folder, to be read."""
        return SweepStore.open(self.folder)

    @property
    def digest(self) -> str:
        """Fingerprint of all numbers: the same whatever the engine, the number of workers, and the interruptions."""
        return self.store.digest()

    @cached_property
    def weekly(self) -> pa.Table:
        """The weekly rows of all runs that are done: scenario, cell, replication, seed, week, factors, indicators.

        Raises ResultsError for more rows than memory holds; `store.batches()` gives them piece by piece.
        """
        return self.store.weekly()

    @cached_property
    def design(self) -> pa.Table:
        """One row a cell: its number and the value of each factor."""
        return self.store.design()

    @cached_property
    def runs(self) -> pa.Table:
        """One row a run: cell, replication, status, and of those that failed the stage, type and message."""
        return self.store.runs()

    def to_pandas(self) -> Any:
        """The weekly rows as a pandas DataFrame with the same columns."""
        return self.weekly.to_pandas()


def sweep(
    experiment: Experiment,
    folder: str | Path | None = None,
    *,
    workers: int | None = None,
    engine: EngineName = "threads",
    cluster: str | None = None,
    extend: bool = False,
    retry_failed: bool = False,
    cell_seconds: float | None = None,
    on_progress: OnProgress | None = None,
    stop: Event | None = None,
    yes: bool = False,
    command: Sequence[str] = (),
    live_cell: LiveCell = weekly_of,
) -> SweepResult:
    """Live all cells of an experiment into a folder; called again, it goes on where it was stopped.

    The same numbers to the bit from threads, processes and clusters, however many, and however often interrupted.

    folder: by default runs/<name>-<digest>. workers: by default one a core; not for a cluster, which has its own.
    cluster: address of a Dask cluster that sees the same folder, tcp://host:port or tls://host:port.
    extend: let the design or the replications of the sweep in the folder grow; what is finished stays as it is.
    retry_failed: run blocks again in which a run failed. cell_seconds: time limit of a run; one that takes longer
    counts as failed. on_progress: told in the calling thread how far it is. yes: agree to millions of runs.
    live_cell: lives one world; a function of a module, for tests and models of one's own.

    A run that fails is a row of `runs`; the others go on. A part that is damaged is set aside, as `set_aside` of
    progress and result tells, and its runs are done again. Raises Mistake for what cannot be, ResultsError for a
    folder that cannot be used or written, SweepStopped once `stop` is set.
    """
    asked = _Asked(experiment, threads_of(workers), _engine(engine), cluster, _limit(cell_seconds), live_cell)
    if cluster is not None:
        check_cluster(cluster)
    check_runs(experiment, agreed=yes)
    place = Path(folder) if folder else default_folder(experiment)
    store = _store(asked, place, command)
    with store.locked():
        _agree(store, asked, is_extension=extend)
        progress = _Told(store, retry_failed, on_progress)
        todo = [block for block in store.blocks() if block not in progress.finished]
        if todo:
            _run(asked, store, todo, progress, stop or Event())
    now = progress.now
    return SweepResult(store.folder, store.cells, store.replications, now.done, now.failed, now.set_aside)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, checked."""

    experiment: Experiment
    workers: int
    engine: EngineName
    cluster: str | None
    cell_seconds: float | None
    live_cell: LiveCell

    def block_cells(self, design: pa.Table, replications: int) -> int:
        """How many cells a block of this design has."""
        experiment = self.experiment
        values = len(kept_weeks(experiment.weeks, experiment.keep.every)) * (
            len(_kept(experiment)) + len(design.schema)
        )
        return block_cells(
            [experiment.base, *_some_cells(experiment, design)],
            cells=max(1, design.num_rows),
            replications=replications,
            weeks=experiment.weeks,
            values=values,
            workers=self.workers,
        )


class _Told:
    """Counts runs, and tells how far the sweep is."""

    def __init__(self, store: SweepStore, retry_failed: bool, on_progress: OnProgress | None) -> None:  # noqa: FBT001
        damaged = store.set_aside(thoroughly=True)  # also what decayed since
        kept = [part for part in store.parts() if not (retry_failed and part.failures)]
        self.finished: Collection[Block] = {part.block for part in kept}
        failures = [one for part in kept for one in part.failures]
        done = sum(part.done for part in kept)
        self.now = SweepProgress.begun(store.cells * store.replications, done, len(failures), damaged)
        self._on_progress = on_progress or _nobody
        if damaged:
            self._on_progress(self.now)

    def receipt(self, receipt: Receipt) -> None:
        """A block more is finished."""
        self.now = self.now.with_more(receipt.done, [failure for _, failure in receipt.failures])
        self._on_progress(self.now)

    def tick(self, state: str) -> None:
        """Time passes."""
        self.now = replace(self.now.later(), state=state)
        self._on_progress(self.now)


def _run(asked: _Asked, store: SweepStore, todo: Sequence[Block], told: _Told, stop: Event) -> None:
    experiment = asked.experiment
    work = Work(
        writer=store.writer,
        base=experiment.base,
        others=experiment.others,
        seed=experiment.seed,
        weeks=experiment.weeks,
        indicators=_kept(experiment),
        every=experiment.keep.every,
        source=source_hash(),
        live_cell=asked.live_cell,
        cell_seconds=asked.cell_seconds,
    )
    try:
        tasks = _tasks(work, store.design(), todo)
        run_blocks(tasks, _engine_for(asked, store), on_receipt=told.receipt, on_tick=told.tick, stop=stop)
    except Stopped:
        raise SweepStopped(store.folder, told.now) from None
    finally:
        if asked.cluster is None:  # there, somebody may still be writing
            with suppress(OSError):
                remove_leftovers(store.folder / PARTS)


def _tasks(work: Work, design: pa.Table, todo: Sequence[Block]) -> Iterator[BlockTask]:
    """The blocks with their rows of the design, one when it is asked for."""
    for block in todo:
        yield BlockTask(work, block, design.take(pa.array(block.cells)))


def _engine_for(asked: _Asked, store: SweepStore) -> Engine:
    if asked.cluster is not None:
        return Cluster(asked.cluster, place_of(store.folder))
    return Processes(asked.workers, place_of(store.folder)) if asked.engine == "processes" else Threads(asked.workers)


def _store(asked: _Asked, place: Path, command: Sequence[str]) -> SweepStore:
    """The sweep in this folder, begun if there is none. Raises ResultsError where something else stands there."""
    if (place / MANIFEST).exists():
        return SweepStore.open(place)
    experiment = asked.experiment
    design = points(experiment)
    return SweepStore.create(
        place,
        manifest=_manifest(experiment, command or ["effectchain", "sweep", "experiment.toml"]),
        design=design,
        replications=experiment.replications,
        block_cells=asked.block_cells(design, experiment.replications),
        files=_files(experiment),
    )


def _agree(store: SweepStore, asked: _Asked, *, is_extension: bool) -> None:
    """See that the folder holds this experiment, and let it grow where that is asked. Raises Mistake."""
    experiment = asked.experiment
    refuse_another(store.folder, store.manifest.get("identity"), identity_of(experiment))
    new = extended(store.design(), experiment)
    if new.num_rows == 0 and experiment.replications == store.replications:
        return
    where = f"'{store.folder}'"
    if experiment.replications < store.replications:
        has, wants = f"{store.replications:,} replications", f"{experiment.replications:,}"
        raise Mistake(f"the sweep in it has {has}, and this experiment {wants}", where, hint=ELSEWHERE)
    if not is_extension:
        grown = f"{store.cells + new.num_rows:,} cells and {experiment.replications:,} replications"
        raise Mistake(
            f"the sweep in it has {store.cells:,} cells and {store.replications:,} replications, and this experiment "
            f"{grown}", where, hint=f"add --extend to let it grow, or {ELSEWHERE}",
        )  # fmt: skip
    store.extend(
        design=new,
        replications=experiment.replications,
        block_cells=asked.block_cells(new if new.num_rows else store.design(), experiment.replications),
        files=_files(experiment),
    )


def _manifest(experiment: Experiment, command: Sequence[str]) -> dict[str, Any]:
    now = datetime.now(UTC)
    manifest = build_manifest(
        scenario=experiment.base.as_dict(),
        seeds=[experiment.seed],
        packages=PACKAGES,
        source_hash=source_hash(),
        command=command,
        started=now,
        finished=now,
        more={
            "weeks": experiment.weeks,
            "experiment": experiment.as_dict(),
            "identity": identity_of(experiment),
        },
    )
    del manifest["finished"]  # what is finished, the parts say
    return manifest


def _files(experiment: Experiment) -> dict[str, str]:
    return {"experiment.toml": experiment.text, "scenario.toml": to_toml(experiment.base)}


def _kept(experiment: Experiment) -> tuple[str, ...]:
    """Names of the indicators that are kept, in the order of the weekly table."""
    wanted = experiment.keep.indicators
    return tuple(name for name in INDICATORS if wanted is None or name in wanted)


def _some_cells(experiment: Experiment, design: pa.Table) -> Iterator[Scenario]:
    """Scenarios of a few cells, those left out that cannot be."""
    step = max(1, design.num_rows // SAMPLED)
    for point in design.take(pa.array(range(0, design.num_rows, step))).to_pylist():
        del point["cell"]
        try:
            yield scenario_of(experiment.base, point, experiment.others)
        except Mistake:
            continue


def _engine(name: EngineName) -> EngineName:
    if name not in {"threads", "processes"}:
        raise Mistake("there is no such engine", f"engine = {name!r}", "threads, processes")
    return name


def _limit(seconds: float | None) -> float | None:
    if seconds is not None and not 0 < seconds <= LONGEST_LIMIT:
        raise Mistake("is no time limit in seconds", f"cell_seconds = {seconds}", f"above 0, to {LONGEST_LIMIT:,}")
    return seconds


def _nobody(_progress: SweepProgress) -> None:
    """Where nobody asked for progress."""
