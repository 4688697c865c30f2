"""What the threads of a run share: how many weeks have passed, and whether to go on."""

import threading


class Stopped(Exception):
    """A run was stopped, as was asked, before it was whole; nothing of it is kept."""


class Watch:
    """Counts the weeks that pass in all threads, and stops them between two blocks of weeks."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        """stop: when somebody sets it, the run ends with Stopped."""
        self._stop = stop or threading.Event()
        self._halt = threading.Event()
        self._lock = threading.Lock()
        self._weeks = 0

    @property
    def weeks(self) -> int:
        """Weeks that have passed so far, warm-up included, over all replications."""
        return self._weeks

    def halt(self) -> None:
        """Stop this run only, because one of its threads failed or the user interrupted it."""
        self._halt.set()

    def passed(self, weeks: int) -> None:
        """Count these weeks, and raise Stopped when there should be no more."""
        with self._lock:
            self._weeks += weeks
        if self._halt.is_set() or self._stop.is_set():
            raise Stopped
