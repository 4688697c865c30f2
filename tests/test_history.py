"""What is kept of a world for those who look on is what happened in it."""

import copy
from functools import partial
from threading import Event

import numpy as np
import pytest

from agents.customer import CUSTOMER
from experiments.comparison.census import NOBODY
from experiments.history.course import course_of
from experiments.history.history import COUNTS, DELIGHTED, FAILED, GONE, STATES, TOTALS, History, in_hundredths
from experiments.history.living import live_histories
from experiments.history.sampling import drawn_order, shown_part, shown_people
from experiments.history.talking import PRAISED, WARNED, talk_draws, told_by
from experiments.keep import Keep
from experiments.worlds.beginnings import warmed_up
from experiments.worlds.watch import Stopped, Watch
from scenarios.errors import Mistake
from simulation.luck import TALK, four
from simulation.state import Causes, makers_of
from simulation.week import CHANGE, CHOOSING, ENDING, SERVING, TALKING, live_parts, live_weeks
from simulation.world import live_logged, recorded
from tests.small_organisation import small

SEED = 7


@pytest.fixture(scope="module")
def history() -> History:
    """The small organisation, everybody shown."""
    return live_histories((small(),), SEED, Watch())[0]


def test_looking_on_changes_nothing(history: History) -> None:
    """The weekly table is, to the bit, that of a world nobody looks at."""
    world = warmed_up(small(), SEED, 0, 20, Watch())
    live_weeks(world, 1, 20)

    assert recorded(world, 20).tobytes() == history.weekly.tobytes()


def test_a_copy_of_a_history_is_itself(history: History) -> None:
    """Nobody changes it; so pages whose state is held against a deep copy find it unchanged, within a tuple too."""
    assert (history, None) == copy.deepcopy((history, None))


def test_every_visit_is_one_of_the_log(history: History) -> None:
    """With everybody shown there is a visit for each row of the log: same week, customer, seat and outcome."""
    world = warmed_up(small(), SEED, 0, 20, Watch(), log=True)
    events, departures = live_logged(world, 1, 20)
    visits = history.visits

    assert len(events) == len(visits) > 500
    np.testing.assert_array_equal(events["week"], visits["week"])
    np.testing.assert_array_equal(events["customer"], history.people[visits["person"]])
    np.testing.assert_array_equal(events["employee"], visits["seat"])
    np.testing.assert_array_equal(events["failed"] == 1, (visits["happened"] & FAILED) > 0)
    np.testing.assert_array_equal(events["delighted"] == 1, (visits["happened"] & DELIGHTED) > 0)
    np.testing.assert_array_equal(in_hundredths(events["satisfaction_after"]), visits["satisfaction"])
    assert len(departures) == history.totals[:, TOTALS.index("left")].sum()
    assert (visits["happened"] & GONE > 0).sum() == history.totals[:, TOTALS.index("dropped")].sum()


def test_moves_lead_from_the_first_statuses_to_the_last(history: History) -> None:
    """Whoever applies the moves week by week ends with as many customers as the world has."""
    status = history.status.copy()
    for move in history.moves:
        status[move["person"]] = move["status"]

    assert history.customers == (history.status == CUSTOMER).sum()
    assert history.weekly["customers"][-1] == (status == CUSTOMER).sum()
    joined, left = (history.totals[:, TOTALS.index(name)].sum() for name in ("joined", "left"))
    assert (status == CUSTOMER).sum() - (history.status == CUSTOMER).sum() == joined - left


def test_states_are_those_of_who_holds_the_seat(history: History) -> None:
    """The last states are the employees' own, in hundredths; seats without anybody are marked."""
    world = warmed_up(small(), SEED, 0, 20, Watch())
    live_weeks(world, 1, 20)
    held = world.employees.status == 2

    np.testing.assert_array_equal(~held, history.hired[-1] == NOBODY)
    for place, name in enumerate(STATES):
        np.testing.assert_array_equal(in_hundredths(world.employees[name]), history.states[-1, :, place])


def test_counts_are_of_all_customers_however_few_are_shown() -> None:
    """With a tenth of the customers shown, counts stay whole."""
    whole, part = (live_histories((small(),), SEED, Watch(), most=most)[0] for most in (3_000, 12))

    assert len(part.people) == 20
    np.testing.assert_array_equal(whole.counts, part.counts)
    np.testing.assert_array_equal(whole.totals, part.totals)
    assert part.counts[..., COUNTS.index("served")].sum() == len(whole.visits) > len(part.visits)
    shown = np.isin(whole.people[whole.visits["person"]], part.people)
    np.testing.assert_array_equal(whole.visits["satisfaction"][shown], part.visits["satisfaction"])


def test_the_same_seed_shows_the_same_people() -> None:
    """Few are among many, another seed shows others, and small organisations are shown whole."""
    large = small(customers__active=12_000, customers__prospects=8_000)
    few, many = shown_people(large, 1, 20, 300), set(shown_people(large, 1, 20, 900).tolist())

    np.testing.assert_array_equal(few, shown_people(large, 1, 20, 300))
    assert len(few) == 500
    assert set(few.tolist()) < many
    assert set(few.tolist()) != set(shown_people(large, 2, 20, 300).tolist())
    assert shown_part(small(), 20) == 1.0
    assert sorted(drawn_order(3, 50).tolist()) == list(range(50))


def test_a_course_holds_what_the_log_says_of_the_customer(history: History) -> None:
    """Each encounter, departure and return of a customer is a turn, with the log's own figures."""
    world = warmed_up(small(), SEED, 0, 20, Watch(), log=True)
    events, _ = live_logged(world, 1, 20)
    number = int(events["customer"][events["failed"] == 1][0])
    course = course_of(history, number)
    assert course is not None
    own = events[events["customer"] == number]
    met = [turn.met for turn in course.turns if turn.met]

    assert own["week"].tolist() == [turn.week for turn in course.turns if turn.met]
    assert own["employee"].tolist() == [one.seat for one in met]
    assert own["expectation"].astype("f4").tolist() == [one.expected for one in met]
    assert own["satisfaction_after"].astype("f4").tolist() == [one.satisfaction_after for one in met]
    assert own["recovery_quality"].astype("f4").tolist() == [one.quality for one in met]
    for turn in course.turns:
        if turn.met:
            assert history.hired[turn.week - 1, turn.met.seat] == turn.met.since
    assert int(world.customers[number].status) == course.end.status


def test_somebody_who_is_not_shown_has_no_course() -> None:
    """Of few shown, only those have one."""
    few = live_histories((small(),), SEED, Watch(), most=12)[0]
    numbers = [number for number in range(210) if course_of(few, number)]

    assert few.people.tolist() == numbers


def test_messages_are_all_told_and_all_heard(history: History) -> None:
    """With everybody shown, told and heard are what the world counts."""
    told = history.messages["told"]

    assert (told == PRAISED).sum() == history.totals[:, TOTALS.index("praised")].sum()
    assert (told == WARNED).sum() == history.totals[:, TOTALS.index("warned")].sum()
    assert 0 < history.messages["good"].sum() <= (told == PRAISED).sum()
    assert history.messages["bad"].sum() <= (told == WARNED).sum()


def test_what_customers_tell_is_what_the_world_counts() -> None:
    """Told by everybody, one by one, makes the world's own number of praises and warnings."""
    world = warmed_up(small(), SEED, 0, 20, Watch())
    own = makers_of(world)
    causes = Causes(own, own, own)
    everybody = np.arange(len(world.customers), dtype=np.int32)
    counted, found = [], []
    for week in range(1, 9):
        live_parts(world, causes, (week, week), (CHANGE, SERVING))
        told = told_by(world, week, everybody).tolist()
        draws = talk_draws(world, week, everybody)
        assert four(world.settings[0].key, TALK, week, 17, 0)[0] == draws[17]
        found.append((told.count(PRAISED), told.count(WARNED)))
        live_parts(world, causes, (week, week), (TALKING, TALKING))
        counted.append((world.tally[0].praised, world.tally[0].warned))
        live_parts(world, causes, (week, week), (CHOOSING, ENDING))

    assert counted == found
    assert sum(sum(both) for both in found) > 0


def test_what_cannot_be_followed_is_refused_and_what_is_stopped_stops() -> None:
    """Too many people to look at, and a stop in between."""
    with pytest.raises(Mistake, match="too many to follow"):
        live_histories((small(customers__active=900_000),), SEED, Watch())
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        live_histories((small(),), SEED, Watch(stop))


def test_what_was_used_longest_ago_makes_room() -> None:
    """Room for two: the third pushes out the one that nobody asked for since."""
    made: list[str] = []
    keep: Keep[str] = Keep(2, lambda _: 1)

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        assert key == keep.get(key, partial(make, key))
    assert made == ["a", "b", "c", "b"]
