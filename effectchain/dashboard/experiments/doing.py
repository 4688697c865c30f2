"""What happens on the page: folders are looked for and read in threads of their own; the newest wish wins."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from effectchain.dashboard.downloads import next_download
from effectchain.dashboard.errands import in_thread
from effectchain.dashboard.experiments.finding import find
from effectchain.dashboard.experiments.opening import Opened, mover, opened, scenario_at, with_status
from effectchain.dashboard.experiments.taking import FIGURES, TABLES, movers_file, points_file
from effectchain.dashboard.experiments.work import Work
from effectchain.dashboard.session import Watched
from results.errors import ResultsError
from results.sensitivity.table import Sensitivity
from results.sweeps.store import KIND
from scenarios.errors import Mistake
from scenarios.scenario import Scenario

RESTS: Final = 8.0
"""Times as long as the last reading took in which points are not read again."""

Mover = Sensitivity | Exception


class Doing(Watched[tuple[Work, Mover | None]]):
    """One visit: what is looked at, and what was worked out."""

    def __init__(self, start: Callable[[], Path] = Path.cwd) -> None:
        """start: says below which folder is looked."""
        super().__init__()
        self.work = Work()
        self._start = start
        self._movers: dict[tuple[str, str], Mover] = {}
        self._wish = 0
        self._is_busy = False
        self._due = 0.0

    def watched(self, hear: Callable[[tuple[Work, Mover | None]], object]) -> Callable[[], None]:
        """Tell of every change from now on, and look for folders; what comes back ends that."""
        leave = super().watched(hear)
        self.refresh(None)
        return leave

    @property
    def mover(self) -> Mover | None:
        """What moves the outcome that is looked at; None as long as that is not known."""
        return self._movers.get((self.work.path, self.work.outcome))

    def refresh(self, _asked: object) -> None:
        """Look for folders anew."""
        in_thread(self._look_for_folders)

    def choose(self, path: object) -> None:
        """Open a folder; the one before it is not waited for."""
        with self._lock:
            self._wish += 1
            wish = self._wish
            self._now(self.work.on(str(path)))
        in_thread(lambda: self._open(str(path), wish))

    def again(self, _asked: object) -> None:
        """Read the folder that is open again, as while its sweep goes on; not while that is being done already.

        A large one takes long to read, so most times only its progress is.
        """
        with self._lock:
            found, wish = self.work.opened, self._wish
            if found is None or self._is_busy:
                return
            self._is_busy = True
        is_due = time.monotonic() >= self._due
        in_thread(lambda: self._open(found.path, wish) if is_due else self._look_how_far(found, wish))

    def look(self, wish: Mapping[str, Any]) -> None:
        """Another outcome, factor, axis or part of the points."""
        with self._lock:
            self._now(self.work.looking(wish))
        self._work_out()

    def scenario(self, number: int) -> Scenario | None:
        """The scenario of a point; a mistake is told."""
        if self.work.opened is None:
            return None
        try:
            return scenario_at(self.work.opened, number)
        except Exception as error:  # noqa: BLE001  whatever a file of somebody else's holds
            self._change(mistake=explained(error))
            return None

    def take(self, form: object, language: str) -> None:
        """Hand over what moves the outcome (png, svg) or all points (csv, xlsx, parquet)."""
        work, found = self.work, self.mover
        points = work.opened.points if work.opened else None
        if work.opened is None or points is None:
            return
        try:
            if form in TABLES:
                name, content = points_file(work.opened, points, str(form))
            elif form in FIGURES and isinstance(found, Sensitivity):
                name, content = movers_file(work.opened, found, str(form), language)
            else:
                return
            download = next_download(work.download, name, content)
        except (Mistake, ResultsError) as error:
            self._change(mistake=error)
            return
        self._change(download=download, mistake=None)

    def _look_for_folders(self) -> None:
        self._change(findings=find(self._start()))

    def _open(self, path: str, wish: int) -> None:
        began = time.monotonic()
        try:
            found = opened(self._start(), path)
        except Exception as error:  # noqa: BLE001  whatever a file of somebody else's holds, the page goes on
            trouble = explained(error)
            self._come_in(wish, lambda work: replace(work, opened=None, is_opening=False, mistake=trouble))
            return
        finally:
            self._is_busy = False
            self._due = time.monotonic() + RESTS * (time.monotonic() - began)
        self._come_in(wish, lambda work: work.with_opened(found))
        shown = (path, self.work.outcome)
        self._movers = {key: one for key, one in self._movers.items() if key[0] != path or key == shown}
        if wish == self._wish and found.kind == KIND and found.points is not None:
            self._worked_out(*shown)

    def _look_how_far(self, found: Opened, wish: int) -> None:
        try:
            later = with_status(self._start(), found)
            self._come_in(wish, lambda work: work.with_opened(later))
        except Exception:  # noqa: BLE001
            self._due = 0.0  # the next reading tells what has become of it
        finally:
            self._is_busy = False

    def _come_in(self, wish: int, change: Callable[[Work], Work]) -> None:
        with self._lock:
            if wish == self._wish:
                self._now(change(self.work))

    def _work_out(self) -> None:
        """What moves the outcome, in a thread of its own, where a sweep is open and it is not known yet."""
        work = self.work
        is_sweep = work.opened is not None and work.opened.kind == KIND and work.opened.points is not None
        if is_sweep and work.outcome and (work.path, work.outcome) not in self._movers:
            in_thread(lambda: self._worked_out(work.path, work.outcome))

    def _worked_out(self, path: str, outcome: str) -> None:
        found = _mover(self._start(), path, outcome)
        with self._lock:
            self._movers[path, outcome] = found
            self._now(self.work)

    def _change(self, **more: Any) -> None:
        """Change this of the work as it is now: threads come in at any moment."""
        with self._lock:
            self._now(replace(self.work, **more))

    def _now(self, work: Work) -> None:
        self.work = work
        self._tell((work, self.mover))


def explained(error: Exception) -> Exception:
    """The error itself where it is a sentence for people, or one that says what it must mean."""
    if isinstance(error, (Mistake, ResultsError)):
        return error
    return ResultsError(f"A file in this folder is not as EffectChain writes it ({type(error).__name__}).")


def _mover(start: Path, path: str, outcome: str) -> Mover:
    try:
        return mover(start, path, outcome)
    except Exception as error:  # noqa: BLE001  whatever a file of somebody else's holds
        return explained(error)
