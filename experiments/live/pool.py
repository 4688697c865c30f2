"""Threads that live the worlds of all sessions: first answers before refinements, and nobody's before another's."""

import logging
import os
import sys
import threading
import time
from collections.abc import Iterator
from functools import cache
from threading import Condition, Lock, Thread
from typing import TYPE_CHECKING, Final, NamedTuple

from experiments.live.course import Course
from experiments.live.ground import Halfway
from experiments.live.kept import Key, room_for_worlds
from experiments.live.limits import NOTHING, Taken
from experiments.live.scene import FIRST, Scene
from experiments.request import threads_of
from experiments.worlds.replication import prepare
from experiments.worlds.watch import Stopped
from scenarios.errors import Mistake

if TYPE_CHECKING:
    from experiments.live.session import Session

_LOG: Final = logging.getLogger(__name__)
_READY: Final = Lock()
ASIDE: Final = 10
"""Niceness of the threads that live worlds: a page that waits for a core feels slower than a world that does."""


class _Step(NamedTuple):
    """What a thread does next: a step of this world, for this session and what it wants to see."""

    session: "Session"
    scene: "Scene"
    key: Key
    course: Course


class Pool:
    """Some threads, the worlds that are kept, and the sessions that want worlds."""

    def __init__(self, workers: int | None = None) -> None:
        """workers: threads, by default as many as there are cores."""
        self.kept = room_for_worlds()
        self.halfway = Halfway()
        self.changed = Condition(Lock())
        self._workers = threads_of(workers)
        self._threads: list[Thread] = []
        self._sessions: list[Session] = []
        self._busy: dict[Key, Scene] = {}
        self._is_open = True

    def join(self, session: "Session") -> None:
        """Work for this session too, from here on. Under the lock."""
        self._sessions.append(session)
        if not self._threads:
            self._threads = [Thread(target=self._work, name=f"live-{n}", daemon=True) for n in range(self._workers)]
            for thread in self._threads:
                thread.start()

    def leave(self, session: "Session") -> None:
        """Work no more for this session. Under the lock."""
        if session in self._sessions:
            self._sessions.remove(session)
        self.replace(session, None)
        self.changed.notify_all()

    def replace(self, session: "Session", scene: Scene | None) -> None:
        """A session wants this scene instead of its last one; worlds of both go on, others stop. Under the lock."""
        last, session.scene = session.scene, scene
        for key, course in last.courses.items() if last else ():
            if scene and scene.wants(key):
                scene.courses[key] = course
                self._busy[key] = scene
            else:
                course.halt()
                del self._busy[key]
        if last and scene:
            scene.stepping |= last.stepping & scene.courses.keys()
        if scene:
            scene.take_over(self.kept)
            busy = [other.spent for other in self._sessions if other.scene and other is not session]
            session.spent = max(session.spent, min(busy, default=0.0))
        self.changed.notify_all()

    def taken(self, besides: "Session") -> Taken:
        """What all other sessions ask of the machine. Under the lock."""
        return sum((session.load for session in self._sessions if session is not besides), NOTHING)

    def close(self) -> None:
        """Let the threads end; waits for their steps."""
        with self.changed:
            self._is_open = False
            for session in tuple(self._sessions):
                self.leave(session)
            self.changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        """One thread: the most urgent step, again and again, after those who show what is known already."""
        _step_aside()
        make_ready()
        while step := self._next():
            started = time.perf_counter()
            reason, always = _taken(step)
            self._after(step, time.perf_counter() - started, reason, always=always)

    def _next(self) -> _Step | None:
        """The most urgent step, as soon as there is one; None when the pool is closed."""
        with self.changed:
            while self._is_open:
                found = min(self._possible(), key=lambda one: (one[1].key.number >= FIRST, one[0]), default=None)
                if found:
                    return self._started(found[1])
                self.changed.wait()
        return None

    def _possible(self) -> Iterator[tuple[float, _Step]]:
        """The next step of each session that has one, with the seconds that were spent on it."""
        for session in self._sessions:
            scene = session.scene
            step = scene and self._step_of(session, scene)
            if step:
                yield session.spent, step

    def _step_of(self, session: "Session", scene: Scene) -> _Step | None:
        """The first world in order that is neither done nor on its way in a thread or another session."""
        for place, number in scene.order:
            key = scene.key(place, number)
            if key in scene.stepping or scene.look_at(key, self.kept):
                continue
            if self._busy.get(key, scene) is scene:
                course = scene.courses.get(key) or Course(
                    scene.grounds[place], number, self.halfway if number < FIRST else None
                )
                return _Step(session, scene, key, course)
        return None

    def _started(self, step: _Step) -> _Step:
        step.scene.courses[step.key] = step.course
        step.scene.stepping.add(step.key)
        self._busy[step.key] = step.scene
        return step

    def _after(self, step: _Step, seconds: float, reason: str, *, always: bool) -> None:
        """Write down what a step came to, and tell the sessions that have news."""
        _, _, key, course = step
        with self.changed:
            step.session.spent += seconds
            if course.is_whole:
                self.kept.keep(key, course.weekly(course.weeks))
            owner = self._busy.get(key)
            if owner and owner.courses.get(key) is course:
                owner.stepping.discard(key)
                if reason:
                    owner.fail(key, reason, always=always)
                if reason or course.is_whole:
                    del owner.courses[key], self._busy[key]
            told = [session for session in self._sessions if session.publish(key)]
            self.changed.notify_all()
        for session in told:
            _tell(session)


def _step_aside() -> None:
    """Let pages and the browser on this machine go before this thread, where the system can tell threads apart."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), ASIDE)


def _taken(step: _Step) -> tuple[str, bool]:
    """Take a step; why its world cannot be lived, and whether that holds for all worlds of its scenario."""
    try:
        step.course.step()
    except Stopped:
        return "", False
    except Mistake as mistake:
        return str(mistake), True
    except Exception as error:  # noqa: BLE001  one world that fails must not end the others
        _LOG.exception("world %s of %s", step.course.number, step.course.ground.scenario.name)
        return f"{type(error).__name__}: {error}", False
    return "", False


def _tell(session: "Session") -> None:
    """Say that there is a newer answer; who listens may have gone, or fail."""
    try:
        session.tell()
    except Exception:  # noqa: BLE001  nor may one page that is gone
        _LOG.exception("a session could not be told its answer")


def make_ready() -> None:
    """Compile the rules or load them, once, however many threads ask for it."""
    with _READY:
        prepare()


@cache
def shared() -> Pool:
    """The pool of this process."""
    return Pool()
