"""One cell of a sweep, once: its scenario, its world, and whether what came of it can be believed.

Whatever goes wrong in a cell becomes part of the result; the sweep goes on.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final

from agents.records import Record
from experiments.designs.factors import scenario_of
from experiments.worlds.guarding import out_of_range
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Stopped, Watch
from scenarios.errors import visible
from scenarios.scenario import Scenario
from simulation.indicators import WEEKLY

LiveCell = Callable[[Replication, Watch], Record]
"""Lives one world and returns its weekly rows; a function of a module, so that other processes find it by name."""

GRACE: Final = 2.0
"""Seconds that a cell gets to end by itself after its time limit."""

LONGEST_MESSAGE: Final = 500

AFTER_WARM_UP: Final = frozenset({"interventions", "shocks", "programme", "scenario"})
"""Keys of the scenario that may leave the weeks before week 1 as they are; any other makes them another cell's own."""

SCENARIO: Final = "scenario"
BEGIN: Final = "begin"
WEEKS: Final = "weeks"
RESULT: Final = "result"
WORKER: Final = "worker"
"""Stages at which a cell can fail: making its scenario, its world before the first week, its weeks, what came of them,
and the worker that lived it."""


class TimeLimit(Exception):
    """A cell took longer than it may."""


class WrongResult(ValueError):
    """What a cell gave is no weekly table, or holds a number that cannot be."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result."""

    stage: str
    type: str
    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a cell: its weekly rows, or a failure.

    hangs: whether it goes on for ever in a thread that nothing can stop.
    """

    cell: int
    scenario: str = ""
    weekly: Record | None = None
    failure: Failure | None = None
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One design point, to be lived once."""

    number: int
    values: Mapping[str, Any]
    base: Scenario
    others: Mapping[str, Scenario]
    replication: int
    seed: int
    weeks: int

    @property
    def begins_alone(self) -> bool:
        """Whether its factors let no other cell have the same warm-up."""
        return AFTER_WARM_UP.isdisjoint(path.split(".")[0] for path in self.values)

    def world_of(self, scenario: Scenario) -> Replication:
        """The world to be lived, in this scenario, which is the cell's."""
        return Replication(scenario, self.replication, self.seed, self.weeks, begins_alone=self.begins_alone)


def weekly_of(replication: Replication, watch: Watch) -> Record:
    """The weekly rows of one world of the model itself."""
    return live(replication, watch).weekly


def outcome_of(cell: Cell, live_cell: LiveCell, stop: Event | None = None, seconds: float | None = None) -> Outcome:
    """Live a cell, for at most so many seconds; failures are returned. Raises Stopped once `stop` is set."""
    attempt = _Attempt(cell, live_cell, stop)
    if seconds is None:
        return attempt.outcome()
    running = _in_thread(attempt.outcome)
    try:
        return running.result(seconds)
    except TimeoutError:
        return attempt.given_up(running, seconds)


def wrong_with(weekly: Record, weeks: int) -> str:
    """What is wrong with these weekly rows, in words; empty where nothing is.

    An indicator may be NaN only in weeks in which it has nothing to measure, is never infinite and lies in its range.
    """
    if getattr(weekly, "dtype", None) != WEEKLY:
        return "the cell gave something else than weekly rows"
    if weekly.shape != (weeks,):
        return f"the cell gave {len(weekly):,} weeks instead of {weeks:,}"
    return out_of_range(weekly)


class _Attempt:
    """A cell on its way, which remembers how far it came."""

    def __init__(self, cell: Cell, live_cell: LiveCell, stop: Event | None) -> None:
        self.cell = cell
        self.live_cell = live_cell
        self.watch = Watch(stop)
        self.scenario: Scenario | None = None
        self.is_lived = False

    @property
    def stage(self) -> str:
        """What it is doing, or was when it failed."""
        if self.scenario is None:
            return SCENARIO
        if self.is_lived:
            return RESULT
        return WEEKS if self.watch.weeks else BEGIN

    def outcome(self) -> Outcome:
        """Rows or failure; Stopped passes."""
        try:
            return Outcome(self.cell.number, *self._lived())
        except Stopped:
            raise
        except BaseException as error:  # noqa: BLE001  whatever a cell does, the others go on
            return self._failed(_kind(error), str(error))

    def given_up(self, running: "Future[Outcome]", seconds: float) -> Outcome:
        """The failure of a cell that took too long; it's asked to end, and gets a moment to do so."""
        failed = self._failed(TimeLimit.__name__, f"took longer than the limit of {seconds:g} s for a cell")
        self.watch.halt()
        hangs = False
        try:
            running.exception(GRACE)
        except TimeoutError:
            hangs = True
        return Outcome(failed.cell, failure=failed.failure, hangs=hangs)

    def _lived(self) -> tuple[str, Record]:
        cell = self.cell
        self.scenario = scenario_of(cell.base, cell.values, cell.others)
        weekly = self.live_cell(cell.world_of(self.scenario), self.watch)
        self.is_lived = True
        wrong = wrong_with(weekly, cell.weeks)
        if wrong:
            raise WrongResult(wrong)
        return self.scenario.name, weekly

    def _failed(self, kind: str, message: str) -> Outcome:
        return Outcome(self.cell.number, failure=Failure(self.stage, kind, visible(message)[:LONGEST_MESSAGE]))


def _kind(error: BaseException) -> str:
    """The error's type; NumPy's own kinds of memory error have the name that everybody knows."""
    return "MemoryError" if isinstance(error, MemoryError) else type(error).__name__


def _in_thread(job: Callable[[], Outcome]) -> "Future[Outcome]":
    """The job in a thread of its own, which keeps nobody from leaving."""
    running: Future[Outcome] = Future()

    def run() -> None:
        try:
            running.set_result(job())
        except BaseException as error:  # noqa: BLE001  it is raised where the result is asked for
            running.set_exception(error)

    Thread(target=run, name="cell", daemon=True).start()
    return running
