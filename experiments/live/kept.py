"""Worlds that were lived to their end, by content: a scenario that comes back is answered at once."""

from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

from agents.records import Record

ROOM: Final = 192 * 2**20
"""Bytes of weekly records that are kept: some 30 scenarios of 60 worlds over three years."""


class Key(NamedTuple):
    """What decides every number of a world: the scenario's content, seed, weeks and the world's number."""

    digest: str
    seed: int
    weeks: int
    number: int


class Kept:
    """The worlds used latest, as far as there is room; for any number of threads."""

    def __init__(self, room: int = ROOM) -> None:
        """room: bytes that are kept at most."""
        self._room = room
        self._records: OrderedDict[Key, Record] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """Bytes that are kept now."""
        return self._bytes

    def take(self, key: Key) -> Record | None:
        """The weekly record of this world, which nobody may change; None where it is not kept."""
        with self._lock:
            if key in self._records:
                self._records.move_to_end(key)
            return self._records.get(key)

    def keep(self, key: Key, weekly: Record) -> None:
        """Keep this world's weekly record; those used longest ago make room."""
        weekly.flags.writeable = False
        with self._lock:
            if key in self._records:
                return
            self._records[key] = weekly
            self._bytes += weekly.nbytes
            while self._bytes > self._room and self._records:
                _, oldest = self._records.popitem(last=False)
                self._bytes -= oldest.nbytes
