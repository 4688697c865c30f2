"""What-ifs of one organisation share their warm-up, and nobody can tell from the numbers."""

import numpy as np
import pytest

from experiments.keep import Keep
from experiments.sweeps.cells import Cell
from experiments.worlds import beginnings
from experiments.worlds.beginnings import ROOM, key_of, size_of, warmed_up
from experiments.worlds.watch import Watch
from scenarios.scenario import Scenario
from simulation.state import SETTINGS, World
from simulation.week import live_weeks
from simulation.world import copy, founded
from tests.worlds import EFFORTS, KINDS, SMALL, STORM, Numbers, begun, differences, lived, small

AFTER_WEEK_ONE: tuple[Numbers, ...] = (
    {"interventions": list(EFFORTS)},
    {"shocks": list(STORM)},
    {"programme": {"start": 2, "coaching": 0.6, "upkeep": 0.3}},
    {"name": "another", "weeks": 20},
)
"""What is done or happens once the warm-up is over."""

NOTES = ("events", "departures", "settings.log_events", "tally.events", "tally.departures")
"""Where a log shows itself."""

BEFORE: tuple[Numbers, ...] = (
    {"building_blocks.leadership": 0.9},
    {"organisation.employees": 9},
    {"organisation.coaching_hours": 3.0},
    {"customers.active": 91},
    {"customers.prospects": 61},
    {"behaviour.failure_base": 0.2},
    {"warmup": 5},
    {"market.contacts": 3},
    {"programme": {"coaching": 0.6}},
)
"""What makes another warm-up."""


@pytest.fixture(name="kept", autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> Keep[World]:
    """Nothing is kept from other tests."""
    kept = Keep(ROOM, size_of)
    monkeypatch.setattr(beginnings, "_BEGINNINGS", kept)
    return kept


def warm(scenario: Scenario, *, log: bool = False, replication: int = 0) -> World:
    """A world after its warm-up, lived or taken over."""
    return warmed_up(scenario, 1, replication, None, Watch(), log=log)


def digest(scenario: Scenario, seed: int = 1, replication: int = 0) -> bytes:
    """What decides this scenario's warm-up."""
    return key_of(founded(scenario, seed, replication), 0)


def test_the_same_world_has_the_same_key_wherever_it_stands_in_memory() -> None:
    """Gaps between numbers in memory hold anything, and decide nothing."""
    first = founded(small(), 1)
    again = copy(first)
    known = {where for name in SETTINGS.names or () for where in range(*span(name))}
    gaps = [place for place in range(SETTINGS.itemsize) if place not in known]
    again.settings.view(np.ndarray).view("u1")[gaps] = 173

    assert gaps
    assert key_of(first, 0) == key_of(again, 0)


def span(name: str) -> tuple[int, int]:
    """Where a setting begins and ends in memory."""
    fields = SETTINGS.fields
    assert fields is not None
    kind, start = fields[name][:2]
    return start, start + kind.itemsize


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("log", [False, True])
def test_a_warm_up_taken_over_is_the_one_lived(kind: str, log: bool) -> None:  # noqa: FBT001
    """The first world lives its warm-up, the second takes it over; both go on as one that knows of no sharing."""
    scenario = small(KINDS[kind])
    for _ in range(2):
        world = warm(scenario, log=log)
        assert [] == differences(begun(scenario, log=log), world)
        live_weeks(world, 1, scenario.weeks)
        assert [] == [name for name in differences(lived(scenario), world) if not name.startswith(NOTES)]


@pytest.mark.parametrize("change", AFTER_WEEK_ONE)
def test_what_is_done_after_week_one_shares_the_warm_up(change: Numbers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A what-if begins where its baseline does: nobody is put in place a second time."""
    warm(small())
    monkeypatch.setattr(beginnings, "populate", None)
    world = warm(small(change))
    live_weeks(world, 1, world.weekly.shape[0])

    assert [] == differences(lived(small(change)), world)


@pytest.mark.parametrize("change", BEFORE)
def test_what_is_otherwise_from_the_start_does_not(change: Numbers) -> None:
    """Another organisation has another past."""
    assert digest(small()) != digest(small(change))


def test_luck_makes_another_warm_up() -> None:
    """Each seed and replication has its own."""
    assert 3 == len({digest(small()), digest(small(), seed=2), digest(small(), replication=1)})


def test_who_lives_on_changes_nothing_that_is_kept() -> None:
    """A kept world is copied, never lent."""
    scenario = small()
    live_weeks(warm(scenario), 1, 30)
    live_weeks(warm(scenario), 1, 30)

    assert [] == differences(begun(scenario), warm(scenario))


def test_only_so_much_is_kept(kept: Keep[World]) -> None:
    """The world used longest ago makes room, and one that is used again stays."""
    worlds = [begun(small()) for _ in range(3)]
    room = Keep(2 * size_of(worlds[0]) + 1, size_of)
    room.keep(b"first", worlds[0])
    room.keep(b"second", worlds[1])
    assert room.take(b"first") is worlds[0]
    room.keep(b"third", worlds[2])

    assert (worlds[0], None, worlds[2]) == (room.take(b"first"), room.take(b"second"), room.take(b"third"))
    assert kept.take(b"first") is None


def test_a_world_too_large_to_keep_is_not_kept(monkeypatch: pytest.MonkeyPatch, kept: Keep[World]) -> None:
    """It is warmed up again instead."""
    monkeypatch.setattr(beginnings, "LARGEST", 1000)
    warm(small())

    assert SMALL["warmup"] == 4
    assert kept.take(digest(small())) is None


def test_a_world_that_nobody_will_begin_alike_is_not_kept(kept: Keep[World]) -> None:
    """Nor is another world than the others lived for that."""
    alone = warmed_up(small(), 1, 0, None, Watch(), keep=False)

    assert kept.take(digest(small())) is None
    assert [] == differences(warm(small()), alone)


@pytest.mark.parametrize(
    ("factors", "alone"),
    [
        ({"building_blocks.leadership": 0.5, "behaviour.failure_base": 0.04}, True),
        ({"interventions.0.effort": 0.5, "behaviour.failure_base": 0.04}, False),
        ({"shocks.0.size": 0.5}, False),
        ({"programme.coaching": 0.5}, False),
        ({"scenario": "hotel"}, False),
    ],
)
def test_cells_whose_factors_leave_the_warm_up_alone_share_it(factors: Numbers, alone: bool) -> None:  # noqa: FBT001
    """Others have one of their own, of which nothing need be kept."""
    assert alone == Cell(0, factors, small(), {}, 0, 1, 20).begins_alone
