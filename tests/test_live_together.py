"""Many at work on one machine: each gets room, fewer worlds when it is scarce, and nothing of who has left."""

from collections.abc import Iterator

import pytest

from experiments.live import limits
from experiments.live.limits import Limit, Taken, limit_of, load_of
from experiments.live.pool import Pool
from experiments.live.session import Session
from scenarios.errors import Mistake
from tests.small_organisation import small

BASE = small()
WHAT_IF = BASE.strengthen("culture", to=0.9, start=1)
WORLDS = 8


@pytest.fixture
def pool() -> Iterator[Pool]:
    """A pool that lives nothing, so that what is asked stays asked."""
    pool = Pool(workers=1)
    pool._threads = [None]  # type: ignore[list-item]  # as if they were busy elsewhere
    yield pool
    pool._threads = []
    pool.close()


def test_who_comes_late_gets_fewer_worlds(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until somebody leaves; the sentence says that others are at work."""
    one = load_of([BASE, WHAT_IF], BASE.weeks, 1)
    monkeypatch.setattr(limits, "MOST_TOGETHER", 11 * one.agent_weeks)
    first, second, third = (Session(worlds=WORLDS, pool=pool) for _ in range(3))
    assert Limit(8, 8) == first.ask(BASE, [WHAT_IF]).limit
    assert Limit(8, 8) == first.ask(BASE, [WHAT_IF]).limit, "one's own worlds do not count twice"
    late = second.ask(BASE, [WHAT_IF]).limit

    assert Limit(3, 8, is_busy=True) == late
    for language in ("en", "nl"):
        assert "3" in late.sentence(language)
    with pytest.raises(Mistake, match="so many people are at work"):
        third.ask(BASE, [WHAT_IF])
    first.close()
    assert Limit(8, 8) == second.ask(BASE, [WHAT_IF]).limit


def test_room_for_records_is_counted_while_they_are_held(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lived worlds take memory, though no more time."""
    one = load_of([BASE, WHAT_IF], BASE.weeks, 1)
    monkeypatch.setattr(limits, "MOST_BYTES", 10 * one.bytes)
    first, second = (Session(worlds=WORLDS, pool=pool) for _ in range(2))
    first.ask(BASE, [WHAT_IF])

    assert Limit(2, 8, is_busy=True) == second.ask(BASE, [WHAT_IF]).limit


def test_what_is_lived_asks_for_no_time() -> None:
    """So that people who look at their answers hinder nobody."""
    pool = Pool(workers=2)
    with Session(worlds=4, pool=pool) as session:
        session.ask(BASE, [WHAT_IF])
        with pool.changed:
            assert session.load == load_of([BASE, WHAT_IF], BASE.weeks, 4)
        session.wait(60)
        with pool.changed:
            assert session.load == Taken(0, load_of([BASE, WHAT_IF], BASE.weeks, 4).bytes)
    with pool.changed:
        assert Taken() == session.load
    pool.close()


def test_large_scenarios_are_still_told_as_such() -> None:
    """Where it is the organisation and not the others, the sentence is the other one."""
    large = BASE.with_({"customers.active": 4_000_000})
    found = limit_of([large, large], 100, 60)

    assert not found.is_busy
    assert found.worlds < 60
    assert "organisation is so large" in found.sentence()
