"""KeptWorlds that were lived to their end, by content: a scenario that comes back is answered at once."""

from typing import Final, NamedTuple

from agents.records import Record
from experiments.keep import Keep

ROOM: Final = 192 * 2**20
"""Bytes of weekly records that are kept: some 30 scenarios of 60 worlds over three years."""

KeptWorlds = Keep[Record]
"""Weekly records, by the key of their world."""


class Key(NamedTuple):
    """What decides every number of a world: the scenario's content, seed, weeks and the world's number."""

    digest: str
    seed: int
    weeks: int
    number: int


def room_for_worlds(room: int = ROOM) -> KeptWorlds:
    """An empty place for so many bytes of weekly records."""
    return Keep(room, lambda weekly: int(weekly.nbytes))
