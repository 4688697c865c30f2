"""What takes a while on a page: it tells, ends, fails in a sentence, is called off, and the newest one wins."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Condition, Event

import pytest

pytest.importorskip("solara", reason="The dashboard is not installed: these tests did NOT run.")

from effectchain.dashboard.errands import Errand, Runner
from experiments.worlds.watch import Stopped
from scenarios.errors import Mistake


@dataclass(frozen=True, eq=False)
class Count(Errand):
    """How far one counts."""

    name: str
    far: int = 0


class News:
    """What was told, in order."""

    def __init__(self) -> None:
        self.all: list[Count] = []
        self._came = Condition()

    def hear(self, count: Count) -> None:
        """Keep it."""
        with self._came:
            self.all.append(count)
            self._came.notify_all()

    def wait(self, state: str) -> Count:
        """The last news, once it is of this state."""
        with self._came:
            assert self._came.wait_for(lambda: bool(self.all) and self.all[-1].state == state, 10)
            return self.all[-1]


def counted(count: Count, tell: Callable[[Count], object], _stop: Event) -> Count:
    """Counts to two."""
    tell(replace(count, far=1))
    return replace(count, far=2)


def waiting(count: Count, tell: Callable[[Count], object], stop: Event) -> Count:
    """Goes on until it is called off, and then still tells."""
    stop.wait(10)
    tell(replace(count, far=9))
    raise Stopped


def test_it_tells_how_far_it_is_and_what_came_of_it() -> None:
    """Running from the first news on, and done with the last."""
    news = News()
    Runner(news.hear).send(Count("one"), counted)

    assert 2 == news.wait("done").far
    assert [("running", 0), ("running", 1), ("done", 2)] == [(one.state, one.far) for one in news.all]


def test_what_is_called_off_says_so_and_nothing_else() -> None:
    """Not how far it was."""
    news = News()
    runner = Runner(news.hear)
    runner.send(Count("one"), waiting)
    runner.cancel()

    news.wait("none")
    assert [("running", 0), ("none", 0)] == [(one.state, one.far) for one in news.all]


def test_the_newest_wins() -> None:
    """Of one that another has replaced nothing is heard any more."""
    news = News()
    runner = Runner(news.hear)
    runner.send(Count("old"), waiting)
    runner.send(Count("new"), counted)

    assert "new" == news.wait("done").name
    assert [("old", "running")] == [(one.name, one.state) for one in news.all if one.name == "old"]


@pytest.mark.parametrize("error", [Mistake("too little"), ZeroDivisionError("by 0")])
def test_a_failure_is_handed_on(error: Exception) -> None:
    """A mistake, or whatever else went wrong, for the page to tell."""

    def failing(_count: Count, _tell: Callable[[Count], object], _stop: Event) -> Count:
        raise error

    news = News()
    Runner(news.hear).send(Count("one"), failing)

    assert error is news.wait("failed").trouble
