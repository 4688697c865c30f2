"""What lives the blocks of a sweep: threads of this process, or processes of this machine.

Each engine is a `concurrent.futures.Executor` and what the runner must know of it. A cluster is in `dask_engine`.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from threading import Event, Thread
from typing import Final, Protocol

from experiments.sweeps.blocks import BlockTask, Receipt, run_block
from experiments.sweeps.handshake import Place, check_workers, greet
from experiments.worlds.replication import prepare
from scenarios.errors import Mistake

PRELOADED: Final = "experiments.sweeps.prepared"
"""What the parent of all workers loads before it makes them: the model, with its rules compiled."""


class Engine(Protocol):
    """What the runner needs of an engine. It is started and closed once; `renew` may be called in between."""

    @property
    def workers(self) -> int:
        """How many blocks are lived at the same time."""

    @property
    def executor(self) -> Executor:
        """Where blocks are submitted."""

    @property
    def job(self) -> Callable[[BlockTask], Receipt]:
        """What is submitted, with a block."""

    @property
    def state(self) -> str:
        """A few words where something keeps the sweep waiting; else empty."""

    def start(self) -> None:
        """Make workers ready and see that they can do the work. Raises Mistake."""

    def deaths(self, error: BaseException) -> int:
        """How many workers died of a block that ended with this error; 0 for an error of another kind."""

    def told(self, error: BaseException) -> BaseException:
        """What the user should hear of an error that ends the sweep; by default itself."""

    def renew(self, hanging: Collection[str]) -> None:
        """Replace workers that died, and those of these names in which a cell hangs; nothing is on its way."""

    def close(self, *, at_once: bool) -> None:
        """Let workers go; at once: whatever they are doing."""


class Threads:
    """Threads of this process; the compiled weeks run free of the GIL."""

    def __init__(self, workers: int) -> None:
        """workers: how many threads."""
        self.workers = workers
        self.state = ""
        self._stop = Event()
        self.job: Callable[[BlockTask], Receipt] = partial(run_block, stop=self._stop)

    @property
    def executor(self) -> Executor:
        """The threads."""
        return self._pool

    def start(self) -> None:
        """Compile the rules before threads ask for them."""
        prepare()
        self._pool = ThreadPoolExecutor(self.workers, "cells")

    def deaths(self, _error: BaseException) -> int:
        """A thread does not die alone."""
        return 0

    def told(self, error: BaseException) -> BaseException:
        """Itself."""
        return error

    def renew(self, _hanging: Collection[str]) -> None:
        """A thread that hangs cannot be ended; a cell of its own hangs, and the block's thread goes on."""

    def close(self, *, at_once: bool) -> None:
        """Let the threads end; at once: between two blocks of weeks."""
        if at_once:
            self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


class Processes:
    """Processes of this machine, which end with this one, whatever happens to it."""

    job: Callable[[BlockTask], Receipt] = staticmethod(run_block)

    def __init__(self, workers: int, place: Place) -> None:
        """workers: how many processes. place: what they must have in common with this one."""
        self.workers = workers
        self.state = ""
        self._place = place

    @property
    def executor(self) -> Executor:
        """The pool of processes."""
        return self._pool

    def start(self) -> None:
        """Compile the rules once for all, and let one worker show that it can do the work."""
        prepare()
        self._open()
        try:
            check_workers(self._place, {"a worker process": self._pool.submit(greet, self._place).result()})
        except BaseException as error:
            self.close(at_once=True)
            if not isinstance(error, BrokenProcessPool):
                raise
            raise Mistake(
                "worker processes cannot start",
                hint="in a script of your own, call sweep() below `if __name__ == '__main__':`; or use engine threads",
            ) from None

    def deaths(self, error: BaseException) -> int:
        """One, where the pool broke."""
        return int(isinstance(error, BrokenProcessPool))

    def told(self, error: BaseException) -> BaseException:
        """Itself."""
        return error

    def renew(self, _hanging: Collection[str]) -> None:
        """A new pool; the old one's processes end."""
        self.close(at_once=True)
        self._open()

    def close(self, *, at_once: bool) -> None:
        """Let the processes end; at once: in the middle of a block."""
        if at_once:
            self._lifeline.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._lifeline.close()

    def _open(self) -> None:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == "forkserver":
            context.set_forkserver_preload([PRELOADED])
            resource_tracker.ensure_running()  # it would end the deafness of who starts it
            with deaf():
                forkserver.ensure_running()
        reader, self._lifeline = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(self.workers, context, _attend, (reader,))


@contextmanager
def deaf() -> Iterator[None]:
    """Who is started in here does not hear what interrupts everybody in a terminal or a job, nor do its children."""
    earlier = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, earlier)


def _attend(lifeline: Connection) -> None:
    """A worker begins: Ctrl-C is for its parent to handle, and when the parent is gone, so is the worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # by which a pool that broke ends the others
    Thread(target=_end_with, args=(lifeline,), name="lifeline", daemon=True).start()


def _end_with(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    os._exit(0)
