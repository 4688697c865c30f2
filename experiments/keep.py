"""What was made, for all who ask for it again: what is alike is made and kept once."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Keep(Generic[Kept]):
    """The things used latest, by all that decides them; nobody may change them. For any number of threads."""

    def __init__(self, room: int, size_of: Callable[[Kept], int]) -> None:
        """room: the sum of sizes that is kept at most, in the unit of size_of; the newest stays, however large."""
        self._room, self._size_of = room, size_of
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    @property
    def size(self) -> int:
        """The sum of sizes that is kept now."""
        return self._size

    def take(self, key: Hashable) -> Kept | None:
        """What is kept under this key, or None."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Hashable, made: Kept) -> None:
        """Keep this, unless something is kept under its key; what was used longest ago makes room."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = made
            self._size += self._size_of(made)
            while self._size > self._room and len(self._kept) > 1:
                _, oldest = self._kept.popitem(last=False)
                self._size -= self._size_of(oldest)

    def get(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """What is kept under this key, or else is made now; two who ask at once may both make it."""
        known = self.take(key)
        if known is not None:
            return known
        made = make()
        self.keep(key, made)
        return made
