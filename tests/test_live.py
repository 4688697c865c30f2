"""Live what-ifs: the newest move is answered first, ever more surely, with the numbers of `effectchain compare`."""

import itertools
import time
from collections.abc import Iterator
from threading import Event
from typing import Any

import numpy as np
import pytest

from experiments.comparison.comparison import Comparison, compare
from experiments.live.answer import Answer
from experiments.live.course import Course
from experiments.live.ground import Ground, Halfway
from experiments.live.kept import Key, room_for_worlds
from experiments.live.limits import MOST_AGENT_WEEKS, Limit, agent_weeks, worlds_allowed
from experiments.live.pool import Pool
from experiments.live.session import Session
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Stopped, Watch
from results.folders.digest import digest
from results.trajectories import trajectories
from scenarios.errors import Mistake
from tests.small_organisation import small
from tests.waiting import until

BASE = small()
STRONG = BASE.with_(name="strong").strengthen("operations", effort=1.0, start=6, weeks=12)
LATE = BASE.with_({"name": "late", "weeks": 60}).strengthen("leadership", to=0.9, start=40, weeks=10)
IMPOSSIBLE = BASE.with_(name="dear").strengthen("leadership", budget=1e9)
NAMES = ("loyalty", "profit", "engagement", "delight_rate", "churn", "leadership_style")
PATIENCE = 60.0


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """Two threads."""
    pool = Pool(2)
    yield pool
    pool.close()


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """What `effectchain compare` says of the same worlds."""
    return compare(BASE, [STRONG], replications=6, seed=4)


def finished(session: Session) -> Answer:
    """The last answer to the newest move."""
    answer = session.wait(PATIENCE)
    assert answer is not None
    assert answer.is_finished
    return answer


def told_to_the_end(session: Session, told: list[Answer]) -> Answer:
    """The last answer to the newest move, once it was told too: that comes after it can be looked at."""
    answer = finished(session)
    until(lambda: bool(told) and told[-1] is answer)
    return answer


def test_numbers_are_those_of_compare(pool: Pool, comparison: Comparison) -> None:
    """The weekly tables of the final answer are those of a comparison to the bit, and so are all changes."""
    with Session(worlds=6, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        answer = finished(session)

    assert 6 == answer.worlds
    assert [digest(table) for table in comparison.worlds.values()] == [
        digest(table) for table in answer.tables().values()
    ]
    changes = comparison.changes()
    outcomes = answer.outcomes(1, NAMES)
    assert {name: changes[name] for name in NAMES} == {name: found.change for name, found in outcomes.items()}


def test_curves_are_those_of_figures(pool: Pool, comparison: Comparison) -> None:
    """Mean and band of a finished answer are those that figures of the comparison show."""
    with Session(worlds=6, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        answer = finished(session)

    for name in NAMES:
        for place, expected in enumerate(trajectories(comparison.worlds, name)):
            curve = answer.curve(place, name)
            assert curve is not None
            np.testing.assert_array_equal(expected.mean, curve.mean)
            np.testing.assert_array_equal(expected.low, curve.low)
            np.testing.assert_array_equal(expected.high, curve.high)


def test_each_answer_on_the_way_is_that_of_fewer_worlds(comparison: Comparison) -> None:
    """An answer of n paired worlds holds worlds 0 to n - 1, and their number never falls."""
    told: list[Answer] = []
    pool = Pool(2)
    with Session(told.append, worlds=6, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        told_to_the_end(session, told)
    pool.close()

    counts = [answer.worlds for answer in told]
    assert sorted(counts) == counts
    assert 6 == counts[-1]
    rows = comparison.what_ifs[0].weekly.column("profit").to_numpy().reshape(6, -1)
    for answer in told:
        assert list(range(answer.worlds)) == answer.pairs(1)
        if answer.worlds:
            table = answer.weekly(1, ["profit"])
            np.testing.assert_array_equal(rows[: answer.worlds].ravel(), table.column("profit").to_numpy())


def test_what_was_lived_before_is_answered_at_once(pool: Pool) -> None:
    """Undo and pins: all worlds of a scenario that comes back are in the answer that `ask` gives, under any name."""
    with Session(worlds=6, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        finished(session)
        session.ask(BASE, [BASE.with_(name="other").strengthen("culture", effort=0.5)])
        finished(session)
        answer = session.ask(BASE, [STRONG.with_(name="pinned")])

    assert (True, 6) == (answer.is_finished, answer.worlds)


def test_newest_move_wins() -> None:
    """Of many moves in a row only the last one is lived to its end, and its answers come last."""
    told: list[Answer] = []
    pool = Pool(2)
    with Session(told.append, worlds=40, pool=pool) as session:
        for step in range(60):
            session.ask(BASE, [BASE.strengthen("culture", effort=step / 60, weeks=15)])
            time.sleep(0.002)
        answer = told_to_the_end(session, told)
    pool.close()

    assert 60 == answer.move
    moves = [one.move for one in told]
    assert sorted(moves) == moves
    whole = sum(one.worlds == 40 for one in told)
    assert 1 == whole


def test_worlds_under_way_go_on_in_the_next_move() -> None:
    """A baseline on its way is not begun again because the what-if beside it changed."""
    pool = Pool(1)
    long = BASE.with_({"weeks": 2000})
    with Session(worlds=2, pool=pool) as session:
        session.ask(long)
        before = under_way(session)
        session.ask(long, [long.strengthen("culture", effort=0.5)])
        with pool.changed:
            scene = session.scene
            assert scene is not None
            assert all(scene.courses.get(key) is course or key in scene.lived for key, course in before.items())
        assert 2 == finished(session).worlds
    pool.close()


def under_way(session: Session) -> dict[Key, Course]:
    """The worlds that have begun, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        scene = session.scene
        if scene is not None and scene.courses:
            return dict(scene.courses)
        time.sleep(0.001)
    raise TimeoutError


def test_scenario_that_cannot_be_is_told_and_the_rest_kept(pool: Pool) -> None:
    """A what-if whose budget buys too much gives one sentence; baseline and other what-ifs are lived."""
    with Session(worlds=4, pool=pool) as session:
        session.ask(BASE, [IMPOSSIBLE, STRONG])
        answer = finished(session)

    assert [1] == [failure.place for failure in answer.failures]
    assert answer.failures[0].number is None
    assert "an effort can't exceed 1" in answer.failures[0].reason
    assert 4 == answer.worlds
    assert (None, {}) == (answer.curve(1, "loyalty"), answer.outcomes(1, NAMES))
    assert answer.levels(1, ["loyalty"]) == {"loyalty": None}


def test_world_that_fails_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """One world that breaks off is told; differences are over the worlds that both scenarios have."""
    whole = Course.step

    def step(course: Course) -> None:
        if course.number == 1 and course.ground.scenario.name == "strong":
            raise MemoryError("no room")
        whole(course)

    monkeypatch.setattr(Course, "step", step)
    pool = Pool(2)
    with Session(worlds=4, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        answer = finished(session)
    pool.close()

    assert [(1, 1)] == [(failure.place, failure.number) for failure in answer.failures]
    assert "no room" in answer.failures[0].reason
    assert [0, 2, 3] == answer.pairs(1)
    change_of = answer.outcomes(1, ["loyalty"])["loyalty"].change
    assert change_of.difference
    assert 3 == change_of.difference.n


def test_listener_that_fails_ends_nothing(pool: Pool, caplog: pytest.LogCaptureFixture) -> None:
    """A page that is gone raises where it is told; the session's answers go on."""

    def gone(_answer: Answer) -> None:
        raise RuntimeError("page closed")

    with Session(gone, worlds=3, seed=77, pool=pool) as session:
        session.ask(BASE, [STRONG])
        assert 3 == finished(session).worlds
        until(lambda: "could not be told" in caplog.text)


def test_slow_listener_is_told_in_order() -> None:
    """While somebody listens to an answer no newer one overtakes it: the last that is told is the newest."""
    told: list[Answer] = []
    calls = itertools.count()

    def listen(answer: Answer) -> None:
        time.sleep(0.02 * (next(calls) % 2))
        told.append(answer)

    pool = Pool(2)
    with Session(listen, worlds=8, seed=78, pool=pool) as session:
        session.ask(BASE, [STRONG])
        told_to_the_end(session, told)
    pool.close()

    lived = [(answer.worlds, answer.weeks_of(1)) for answer in told]
    assert sorted(lived) == lived


def test_closed_session_stops_its_work() -> None:
    """After close, no step of its worlds begins, and nobody is told anything."""
    told: list[Answer] = []
    pool = Pool(2)
    session = Session(told.append, worlds=1000, pool=pool)
    session.ask(BASE.with_(weeks=500), [])
    session.close()
    time.sleep(0.2)
    kept, count = pool.kept.size, len(told)
    time.sleep(0.2)

    assert (kept, count) == (pool.kept.size, len(told))
    assert not session.ask(BASE).is_finished
    assert session.wait() is session.answer, "nobody waits for what nobody lives"
    pool.close()


def test_first_answers_go_before_refinements() -> None:
    """With one thread busy refining, another session's first worlds come at once, not after the rest."""
    pool = Pool(1)
    with Session(worlds=400, pool=pool) as busy, Session(worlds=2, seed=9, pool=pool) as other:
        busy.ask(BASE.with_(weeks=200))
        time.sleep(0.3)
        other.ask(BASE, [STRONG])
        answer = finished(other)
        assert busy.answer
        assert not busy.answer.is_finished
        assert 2 == answer.worlds
    pool.close()


def test_sessions_share_worlds_and_nothing_else(pool: Pool) -> None:
    """Two sessions with the same baseline both finish; each sees its own what-if."""
    other = BASE.with_(name="other").strengthen("culture", effort=0.7)
    with Session(worlds=5, seed=31, pool=pool) as one, Session(worlds=5, seed=31, pool=pool) as two:
        one.ask(BASE, [STRONG])
        two.ask(BASE, [other])
        answers = finished(one), finished(two)

    assert ["strong", "other"] == [answer.scenarios[1].name for answer in answers]
    assert all(answer.worlds == 5 for answer in answers)
    same = [answer.weekly(0, ["profit"]).column("profit") for answer in answers]
    assert same[0].equals(same[1])


def test_halfway_worlds_go_on_to_the_bit() -> None:
    """A scenario that begins at a kept world has the numbers that it has when it is lived from its first week."""
    halfway = Halfway()
    first = Course(Ground(LATE, 3, 60), 0, halfway)
    while not first.is_whole:
        first.step()
    changed = BASE.with_(weeks=60).strengthen("leadership", to=0.6, start=40, weeks=20, approach="top_down")
    second = Course(Ground(changed, 3, 60), 0, halfway)
    second.step()

    assert 39 + 13 == second.weeks
    while not second.is_whole:
        second.step()
    for course in (first, second):
        lived = live(Replication(course.ground.scenario, 0, 3, 60), Watch()).weekly
        assert lived.tobytes() == course.weekly(60).tobytes()


@pytest.mark.parametrize(
    "change_of",
    [
        {"organisation.employees": 11},
        {"organisation.coaching_hours": 3.0},
        {"building_blocks.culture": 0.9},
        {"behaviour": {"turnover": 0.2}},
        {"warmup": 9},
        {"interventions": [{"block": "culture", "start": 5, "weeks": 4, "effort": 0.3}]},
        {"shocks": []},
    ],
    ids=lambda change: next(iter(change)),
)
def test_halfway_worlds_are_for_those_that_began_alike(change_of: dict[str, Any]) -> None:
    """Whatever differs before the kept week, or in the organisation itself, no kept world is taken over."""
    halfway = Halfway()
    first = Course(Ground(LATE, 3, 60), 0, halfway)
    while not first.is_whole:
        first.step()
    try:
        other = LATE.with_(change_of)
    except Mistake:
        other = LATE.with_({"behaviour": {next(iter(LATE.behaviour_values())): 0.11}})
    again = Course(Ground(other.with_(name="again"), 3, 60), 0, halfway)
    again.step()

    assert 39 > again.weeks


def test_worlds_from_one_ground_are_those_begun_alone() -> None:
    """Founding a scenario once for all its worlds changes no number of any of them."""
    ground = Ground(STRONG, 12, STRONG.weeks)
    for number in (0, 1, 7):
        course = Course(ground, number)
        while not course.is_whole:
            course.step()
        lived = live(Replication(STRONG, number, 12, STRONG.weeks), Watch()).weekly
        assert lived.tobytes() == course.weekly(STRONG.weeks).tobytes()


def test_halted_course_stops() -> None:
    """A course that nobody wants raises Stopped at its next step."""
    course = Course(Ground(BASE, 1, 20), 0)
    course.halt()
    with pytest.raises(Stopped):
        course.step()


def test_first_curves_come_before_worlds_are_whole() -> None:
    """While the first worlds are on their way their weeks are told, and the curves only grow."""
    told: list[Answer] = []
    long = BASE.with_({"weeks": 3000})
    pool = Pool(2)
    with Session(told.append, worlds=2, pool=pool) as session:
        session.ask(long)
        answer = finished(session)
    pool.close()

    partial = [one for one in told if not one.worlds]
    assert partial
    curves = [one.curve(0, "loyalty") for one in partial]
    assert all(
        curve is not None and 0 < len(curve.mean) == one.weeks_of(0) for curve, one in zip(curves, partial, strict=True)
    )
    last = answer.curve(0, "loyalty")
    assert last is not None
    assert 3000 == len(last.mean)


def test_few_worlds_are_held_against_the_whole_baseline(pool: Pool) -> None:
    """A what-if with fewer worlds than the baseline is shown as the baseline's level and the paired difference."""
    first: list[Answer] = []
    ready = Event()

    def look(answer: Answer) -> None:
        if not ready.is_set() and 0 < answer.worlds < 12:
            first.append(answer)
            ready.set()

    with Session(look, worlds=12, seed=50, pool=pool) as session:
        session.ask(BASE)
        finished(session)
        ready.clear()
        first.clear()
        session.ask(BASE, [STRONG])
        finished(session)

    answer = first[0]
    base = answer.levels(0, ["loyalty"])["loyalty"]
    found = answer.outcomes(1, ["loyalty"])["loyalty"]
    assert base is not None
    assert found.mean is not None
    assert base + found.mean == answer.levels(1, ["loyalty"])["loyalty"]
    curve, whole = answer.curve(1, "loyalty"), answer.curve(0, "loyalty")
    assert curve is not None
    assert whole is not None
    mine = np.mean([record["loyalty"] for record in answer.lived[1].values()], axis=0)
    same = np.mean([answer.lived[0][number]["loyalty"] for number in answer.pairs(1)], axis=0)
    np.testing.assert_allclose(whole.mean + mine - same, curve.mean)


def test_worlds_better_are_counted_the_right_way_round(pool: Pool, comparison: Comparison) -> None:
    """Less churn is better, more loyalty is better, and of leadership style neither way is."""
    with Session(worlds=6, seed=4, pool=pool) as session:
        session.ask(BASE, [STRONG])
        found = finished(session).outcomes(1, NAMES)

    for name, sign in (("loyalty", 1), ("churn", -1)):
        better = found[name].better
        assert better
        before, after = (_finals(one, name) for one in (comparison.base, comparison.what_ifs[0]))
        assert ((after - before) * sign > 0).sum() == better.count
        lower, upper = np.quantile(after - before, (0.1, 0.9))
        assert (lower, upper) == (pytest.approx(found[name].lower), pytest.approx(found[name].upper))
    assert found["leadership_style"].better is None


def _finals(ensemble: Any, name: str) -> np.ndarray[Any, Any]:
    rows = ensemble.weekly.column(name).to_numpy().reshape(ensemble.replications, -1)
    return np.array([np.nanmean(row) for row in rows])


def test_large_organisations_get_fewer_worlds_and_are_told() -> None:
    """People times weeks times worlds over all scenarios stays within the limit, and a sentence says so."""
    large = BASE.with_({"customers.active": 400_000, "customers.prospects": 100_000, "weeks": 100})
    allowed = worlds_allowed([large, large], 100, 60)

    assert MOST_AGENT_WEEKS // (2 * agent_weeks(large, 100)) == allowed < 60
    for language in ("en", "nl"):
        assert str(allowed) in Limit(allowed, 60).sentence(language)
    with pytest.raises(Mistake, match="too many to answer while you wait"):
        worlds_allowed([large], 5200, 60)
    with pytest.raises(Mistake, match="at most 5"):
        worlds_allowed([BASE] * 7, 20, 60)


def test_memory_is_bounded() -> None:
    """Worlds used longest ago make room, and what is kept is never above the room given."""
    rows = live(Replication(BASE, 0, 1, 20), Watch()).weekly
    kept = room_for_worlds(3 * rows.nbytes)
    keys = [Key("x", 1, 20, number) for number in range(5)]
    for key in keys:
        kept.keep(key, rows.copy())
        kept.take(keys[0])

    assert [True, False, False, True, True] == [kept.take(key) is not None for key in keys]
    assert 3 * rows.nbytes == kept.size
