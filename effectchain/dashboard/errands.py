"""What takes a while, in a thread of its own: it says how far it is, can be called off, and the newest one wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Any, Generic, Literal, TypeVar

from experiments.worlds.watch import Stopped

State = Literal["none", "running", "done", "failed"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Errand:
    """What is asked, how far it is, and, where it failed, why."""

    state: State = "none"
    trouble: Exception | None = None


Asked = TypeVar("Asked", bound=Errand)


Job = Callable[[Asked, Callable[[Asked], object], Event], Asked]
"""The work: takes the errand, whom it tells how far it is, and what says to stop; returns the errand with its finding.

It raises Mistake or ResultsError for what cannot be, and Stopped once it is told to stop.
"""


class Runner(Generic[Asked]):
    """One visitor's errand; a new one calls off the last."""

    def __init__(self, on_news: Callable[[Asked], object]) -> None:
        """on_news: told in a thread of this visit."""
        self._on_news = on_news
        self._stop = Event()

    def send(self, errand: Asked, job: Job[Asked]) -> None:
        """Begin this."""
        self.cancel()
        self._stop = stop = Event()
        running = replace(errand, state="running")
        self._on_news(running)
        Thread(target=self._run, args=(running, job, stop), daemon=True).start()

    def cancel(self) -> None:
        """Call off what is being done."""
        self._stop.set()

    def _run(self, errand: Asked, job: Job[Asked], stop: Event) -> None:
        def tell(news: Asked) -> None:
            if not stop.is_set():
                self._on_news(news)

        found = self._ended(errand, job, tell, stop)
        if stop is self._stop and (not stop.is_set() or found.state == "none"):
            self._on_news(found)

    def _ended(self, errand: Asked, job: Job[Asked], tell: Callable[[Asked], object], stop: Event) -> Asked:
        try:
            return replace(job(errand, tell, stop), state="done")
        except Stopped:
            return replace(errand, state="none")
        except Exception as error:  # noqa: BLE001  what fails here must not take the page along
            return replace(errand, state="failed", trouble=error)


def in_thread(job: Callable[[], Any]) -> None:
    """Do this in a thread of its own; nobody waits for it."""
    Thread(target=job, daemon=True).start()
