"""One user's what-ifs: told the newest scenario, it publishes ever surer answers."""

from collections.abc import Callable, Sequence
from threading import Lock
from types import TracebackType
from typing import Final, Self

from experiments.live.answer import Answer
from experiments.live.kept import Key
from experiments.live.limits import NOTHING, Taken, limit_of, load_of
from experiments.live.pool import Pool, shared
from experiments.live.scene import Scene
from experiments.request import check_luck, check_weeks
from scenarios.scenario import Scenario

WORLDS: Final = 60
"""Paired worlds in the end."""


class Session:
    """Answers to one user's moves; the newest move wins. Any thread may use it.

    It takes a context: with it left, its work stops.
    """

    def __init__(
        self,
        on_news: Callable[[Answer], object] | None = None,
        *,
        worlds: int = WORLDS,
        seed: int = 1,
        pool: Pool | None = None,
    ) -> None:
        """on_news: called in a thread of the pool with each new answer, one at a time; it should be quick.

        worlds: paired worlds in the end. Raises Mistake for numbers that cannot be.
        """
        self._wanted, self._seed = check_luck(worlds, seed)
        self._on_news = on_news
        self._pool = pool or shared()
        self._moves = 0
        self._answer: Answer | None = None
        self._told: Answer | None = None
        self._telling = Lock()
        self.scene: Scene | None = None
        self.spent = 0.0
        self._is_closed = False
        with self._pool.changed:
            self._pool.join(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def answer(self) -> Answer | None:
        """The newest answer; None before the first move."""
        return self._answer

    def ask(
        self, base: Scenario, what_ifs: Sequence[Scenario] = (), *, newest: int | None = None, weeks: int | None = None
    ) -> Answer:
        """Say what is to be shown now, and take at once what is known of it: all, where it was lived before.

        what_ifs: at most five, such as four pinned ones and the one that is being changed. newest: place among all of
        the one that is answered first, by default the last. weeks: of all, by default the baseline's.
        What was asked before is dropped. Raises Mistake for more than this machine should do while somebody waits.
        """
        scenarios = (base, *what_ifs)
        length = check_weeks(base, weeks)
        with self._pool.changed:
            taken = self._pool.taken(besides=self)
        limit = limit_of(scenarios, length, self._wanted, taken)
        place = len(what_ifs) if newest is None else newest
        scene = Scene(self._moves + 1, scenarios, self._seed, length, limit, place)
        with self._pool.changed:
            self._moves = scene.move = self._moves + 1
            if not self._is_closed:
                self._pool.replace(self, scene)
            self._answer = scene.answer()
            return self._answer

    def wait(self, seconds: float | None = None) -> Answer | None:
        """The answer of the newest move when it is finished, or what there is after so many seconds or once closed."""
        with self._pool.changed:
            self._pool.changed.wait_for(self._is_at_rest, seconds)
            return self._answer

    def _is_at_rest(self) -> bool:
        return self._is_closed or self._answer is None or self._answer.is_finished

    @property
    def load(self) -> Taken:
        """What it asks of the machine now: worlds that are lived ask for room only. Under the pool's lock."""
        if self.scene is None:
            return NOTHING
        asked = load_of(self.scene.scenarios, self.scene.weeks, self.scene.limit.worlds)
        is_lived = self._answer is not None and self._answer.is_finished
        return Taken(0, asked.bytes) if is_lived else asked

    def close(self) -> None:
        """Want nothing more; its worlds stop between two steps."""
        with self._pool.changed:
            self._is_closed = True
            self._pool.leave(self)

    def publish(self, key: Key) -> bool:
        """Whether there is a newer answer to tell, now that this world has come further. Under the pool's lock."""
        if self.scene and self.scene.wants(key):
            self.scene.look_at(key, self._pool.kept)
        news = self.scene and self.scene.news()
        if not news:
            return False
        self._answer = news
        return True

    def tell(self) -> None:
        """Hand the newest answer to who listens, once, never after a newer one, and none of a closed session."""
        with self._telling:
            answer = self._answer
            if self._on_news and answer and answer is not self._told and not self._is_closed:
                self._told = answer
                self._on_news(answer)
