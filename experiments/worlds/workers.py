"""Many replications at once: threads over compiled weeks, the same numbers whatever their number."""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event
from typing import Final, TypeVar

from experiments.request import threads_of
from experiments.worlds.replication import Lived, Replication, live, prepare
from experiments.worlds.watch import Watch

Job = TypeVar("Job")
Done = TypeVar("Done")

Progress = Callable[[int, int], object]
"""Told now and then how many weeks have passed, and of how many, warm-up included, over all replications."""

TICK: Final = 0.1
"""Seconds between two reports of progress."""


def live_all(
    replications: Sequence[Replication],
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> list[Lived]:
    """What is left of each replication, in the order given.

    workers: threads, by default as many as there are cores. on_progress is called in the calling thread.
    Raises Stopped once `stop` is set, and Mistake for a number of workers that cannot be.
    """
    all_weeks = sum(replication.all_weeks for replication in replications)
    return in_threads(replications, live, all_weeks, workers=workers, on_progress=on_progress, stop=stop)


def in_threads(
    jobs: Sequence[Job],
    do: Callable[[Job, Watch], Done],
    all_weeks: int,
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> list[Done]:
    """What is done about each job, in the order given.

    do: gets a job and the watch to which it tells the weeks that pass; all_weeks: how many these will be.
    The other arguments, and what is raised, are those of live_all.
    """
    threads = min(threads_of(workers), len(jobs))
    prepare()
    waiting: SimpleQueue[int] = SimpleQueue()
    for place in range(len(jobs)):
        waiting.put(place)
    finished: dict[int, Done] = {}
    watch = Watch(stop)

    def work() -> None:
        """One thread: do whichever job is next, until none waits."""
        with suppress(Empty):
            while True:
                place = waiting.get_nowait()
                finished[place] = do(jobs[place], watch)

    with ThreadPoolExecutor(threads, "replications") as pool:
        working = [pool.submit(work) for _ in range(threads)]
        try:
            _follow(working, watch, all_weeks, on_progress or _nobody)
        finally:
            watch.halt()
    return [finished[place] for place in range(len(jobs))]


def _follow(working: Sequence[Future[None]], watch: Watch, all_weeks: int, on_progress: Progress) -> None:
    """Report progress until all threads are done; raises what one of them raised."""
    going = set(working)
    told = 0
    while going:
        done, going = wait(going, TICK, FIRST_EXCEPTION)
        for future in done:
            future.result()
        if watch.weeks > told:
            told = watch.weeks
            on_progress(told, all_weeks)


def _nobody(_done: int, _all: int) -> None:
    """Where nobody asked for progress."""
