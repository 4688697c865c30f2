"""Histories that were lived, for all who look at them: what is alike is lived and kept once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final, Generic, TypeVar

from experiments.history.history import History
from experiments.history.living import live_histories
from experiments.watch import Watch
from scenarios.scenario import Scenario

Kept = TypeVar("Kept")

ROOM: Final = 64 * 2**20
"""Bytes of histories that are kept: some 20 worlds of the presets."""


class Keep(Generic[Kept]):
    """The latest things made, by all that decides them; nobody may change them. For any number of threads."""

    def __init__(self, room: int, size_of: Callable[[Kept], int]) -> None:
        """room: the sum of sizes that is kept at most."""
        self._room, self._size_of = room, size_of
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is kept under this key, or else is made now; two who ask at once may both make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made
                self._size += self._size_of(made)
            while self._size > self._room and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size -= self._size_of(oldest)
        return made


_HISTORIES: Final[Keep[History]] = Keep(ROOM, lambda history: history.nbytes)


def history_of(scenario: Scenario, seed: int, watch: Watch) -> History:
    """The first world of this scenario, lived now or before. Raises Mistake and Stopped as live_histories does."""
    return _HISTORIES.get((scenario.digest(), seed), lambda: live_histories((scenario,), seed, watch)[0])
