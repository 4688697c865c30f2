"""Worlds whose warm-up is over: what-ifs of one organisation begin alike, so it is lived once for all of them."""

from hashlib import blake2b
from typing import Final

from experiments.keep import Keep
from experiments.worlds.watch import Watch
from experiments.worlds.weeks import warm_up
from scenarios.scenario import Scenario
from simulation.beginning import populate
from simulation.state import World
from simulation.world import LIVING, carry_over, founded

ROOM: Final = 256 * 2**20
"""Bytes of worlds that are kept for what-ifs to come: some 200 of a default organisation."""

LARGEST: Final = ROOM // 8
"""Bytes of a world at most, to be kept; larger ones are warmed up again."""

DECIDES: Final = ("parameters", "organisation", "leaders", "segments")
"""Records of a founded world that, beside settings and plan, decide how it goes on."""


def warmed_up(
    scenario: Scenario,
    seed: int,
    replication: int,
    weeks: int | None,
    watch: Watch,
    *,
    log: bool = False,
    keep: bool = True,
) -> World:
    """A world of one's own whose warm-up is over; the arguments are those of simulation.world.begin.

    keep: for others to come that begin alike; a copy of a few thousand people takes a millisecond or two.
    The same to the bit, whether it was lived now or taken over. Raises Stopped when the watch says so.
    """
    return warmed(founded(scenario, seed, replication, weeks, log=log), scenario, watch, keep=keep)


def warmed(world: World, scenario: Scenario, watch: Watch, *, keep: bool = True) -> World:
    """The same world, founded for this scenario, when its warm-up is over."""
    key = key_of(world, 0)
    warm = _BEGINNINGS.take(key)
    if warm is not None:
        carry_over(warm, world)
        watch.passed(scenario.warmup)
        return world
    populate(world, scenario.organisation.employees)
    warm_up(world, watch)
    if keep and size_of(world) <= LARGEST:
        _BEGINNINGS.keep(key, beginning_of(world, scenario.warmup))
    return world


def beginning_of(world: World, warmup: int) -> World:
    """A copy of what another world takes over of this one, which has just lived so many weeks of warm-up."""
    rows = dict.fromkeys((*LIVING, "settings")) | {"weekly": warmup}
    return World(**{name: getattr(world, name)[: rows.get(name, 0)].copy() for name in World._fields})


def key_of(world: World, week: int) -> bytes:
    """What decides where a founded world stands as this week ends, as 20 bytes.

    What is planned from then on plays no part, nor how long the world lives, nor its logs. Settings count number by
    number: the gaps between them in memory hold anything.
    """
    settings = [world.settings[name] for name in world.settings.dtype.names if name != "log_events"]
    weeks = week + 1 - int(world.settings[0].first_week)
    digest = blake2b(f"{week} {len(world.employees)} {len(world.customers)}".encode(), digest_size=20)
    for records in (*settings, world.plan[:weeks], *(getattr(world, name) for name in DECIDES)):
        digest.update(records.tobytes())
    return digest.digest()


def size_of(world: World) -> int:
    """Bytes of a world's records."""
    return sum(records.nbytes for records in world)


_BEGINNINGS: Final[Keep[World]] = Keep(ROOM, size_of)
"""The latest worlds at the end of their warm-up, by key_of."""
