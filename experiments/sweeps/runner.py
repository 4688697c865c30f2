"""The runner: blocks through an engine, whatever engine it is, so that all of them promise the same.

Few blocks are on their way at a time, so memory does not grow with the sweep. A block whose worker died is tried
again cell by cell; a cell that kills its worker three times is recorded as failed, and the sweep goes on.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from itertools import islice
from threading import Event
from typing import Any, Final, TypeVar

from experiments.sweeps.blocks import KILLED, BlockTask, Receipt, live_block, write_block
from experiments.sweeps.cells import Outcome
from experiments.sweeps.engines import Engine
from experiments.worlds.watch import Stopped

Result = TypeVar("Result")

TICK: Final = 0.1
"""Seconds between two looks at the clock and at the wish to stop."""

WINDOW: Final = 4
"""Blocks on their way for each worker: enough that none waits, few enough that none is forgotten."""

MOST_DEATHS: Final = 3
"""Workers that a cell may kill before it counts as failed."""


def run_blocks(
    blocks: Iterable[BlockTask],
    engine: Engine,
    *,
    on_receipt: Callable[[Receipt], object],
    on_tick: Callable[[str], object],
    stop: Event,
) -> None:
    """Live all blocks. on_receipt gets each block's receipt, on_tick now and then what keeps the sweep waiting.

    Raises Stopped once `stop` is set, and what a block raises that is not about one of its cells, such as a full disk.
    """
    runner = _Runner(blocks, engine, on_receipt, on_tick, stop)
    engine.start()
    try:
        runner.run()
    except BaseException:
        engine.close(at_once=True)
        raise
    engine.close(at_once=False)


class _Runner:
    """What is on its way, and what must be looked at more closely."""

    def __init__(
        self,
        blocks: Iterable[BlockTask],
        engine: Engine,
        on_receipt: Callable[[Receipt], object],
        on_tick: Callable[[str], object],
        stop: Event,
    ) -> None:
        self.waiting = iter(blocks)
        self.engine = engine
        self.on_receipt = on_receipt
        self.on_tick = on_tick
        self.stop = stop
        self.going: dict[Future[Receipt], BlockTask] = {}
        self.suspects: list[BlockTask] = []
        self.hanging: set[str] = set()
        self.is_tired = False

    def run(self) -> None:
        """Live all blocks; where a worker died or hangs, first let the others finish what they are doing."""
        self._fill()
        while self.going:
            self._collect()
            if not self.going and (self.suspects or self.is_tired):
                self._recover()
            self._fill()

    def _collect(self) -> None:
        """Settle what is finished, and keep no hold of it: a cluster would live a lost receipt's block once more."""
        for future in self._finished(self.going):
            self._settle(self.going.pop(future), future)

    def _fill(self) -> None:
        if self.suspects or self.is_tired:
            return
        room = WINDOW * self.engine.workers - len(self.going)
        for task in islice(self.waiting, max(room, 0)):
            self.going[self._submit(self.engine.job, task)] = task

    def _submit(self, job: Callable[[BlockTask], Result], task: BlockTask) -> "Future[Result]":
        """On its way; where the workers are dead already, it has failed of that."""
        try:
            return self.engine.executor.submit(job, task)
        except Exception as error:
            if not self.engine.deaths(error):
                raise
            future: Future[Result] = Future()
            future.set_exception(error)
            return future

    def _finished(self, futures: Iterable["Future[Any]"]) -> "set[Future[Any]]":
        """Those that are finished within a tick."""
        if self.stop.is_set():
            raise Stopped
        self.on_tick(self.engine.state)
        return wait(futures, TICK, FIRST_COMPLETED).done

    def _settle(self, task: BlockTask, future: "Future[Receipt]") -> None:
        deaths = self._deaths(future)
        if deaths:
            self.suspects.append(task)
        else:
            self._take(future.result())

    def _take(self, receipt: Receipt) -> None:
        if receipt.hangs:
            self.is_tired = True
            self.hanging.add(receipt.worker)
        self.on_receipt(receipt)

    def _deaths(self, future: "Future[Any]") -> int:
        """Workers that died of it; raises what else went wrong."""
        try:
            error = future.exception()
        except CancelledError as cancelled:
            raise self.engine.told(cancelled) from cancelled
        deaths = self.engine.deaths(error) if error else 0
        if error and not deaths:
            raise self.engine.told(error) from error
        return deaths

    def _recover(self) -> None:
        """Replace workers, and try cell by cell what may have killed them."""
        suspects, self.suspects = self.suspects, []
        self._renew()
        for task in suspects:
            self._take(write_block(task, [self._cell(task.alone(cell)) for cell in task.cells]))
        if self.is_tired:
            self._renew()

    def _cell(self, task: BlockTask) -> Outcome:
        """What comes of a cell while nothing else is on its way."""
        deaths = 0
        while deaths < MOST_DEATHS:
            future = self._submit(live_block, task)
            while not self._finished([future]):
                pass
            died = self._deaths(future)
            if not died:
                return future.result()[0]
            deaths += died
            self._renew()
        return Outcome(task.cells[0], failure=KILLED)

    def _renew(self) -> None:
        self.engine.renew(self.hanging)
        self.hanging = set()
        self.is_tired = False
