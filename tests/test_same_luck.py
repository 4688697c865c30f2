"""Worlds that differ in one thing share all luck that this thing doesn't touch, and nothing else decides anything."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any, Final

import numpy as np
import pytest

from agents.blocks import BLOCKS
from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from scenarios.scenario import Scenario
from scenarios.shock import SIZES
from simulation.market import contact_of
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import begin, copy, live_logged, recorded
from tests.worlds import (
    EFFORTS,
    HOUSE,
    KINDS,
    ONLY_PEOPLE,
    SEGMENTS,
    Numbers,
    begun,
    bits,
    differences,
    lived,
    small,
    week_by_week,
)

every_kind = pytest.mark.parametrize("kind", KINDS)

UNTOUCHED: Final = sorted(set(BLOCKS) - {str(effort["block"]) for effort in EFFORTS})
"""Blocks on which no kind of organisation works."""


def changes(one: World, other: World, but: tuple[str, ...] = ("plan",)) -> list[str]:
    """What differs between two worlds, apart from these records."""
    return [column for column in differences(one, other) if column.partition(".")[0] not in but]


def those(world: World) -> set[int]:
    """The customers."""
    return set(np.flatnonzero(world.customers.status == CUSTOMER).tolist())


def visits(scenario: Scenario, seed: int = 1) -> Iterator[tuple[set[int], set[int]]]:
    """For each recorded week who was a customer as it began, and who had an encounter."""
    before: set[int] = set()
    for number, (world, _) in enumerate(week_by_week(scenario, seed), 1 - scenario.warmup):
        if number >= 1:
            yield before, set(world.visitors[: world.tally[0].visitors].tolist())
        before = those(world)


def test_another_seed_or_replication_is_another_world() -> None:
    """The instrument of these tests sees a difference where there is one."""
    scenario = small()
    one = lived(scenario)

    assert "customers.satisfaction" in differences(one, lived(scenario, seed=2))
    assert "employees.engagement" in differences(one, lived(scenario, replication=1))
    assert [] == differences(one, lived(scenario))


@every_kind
def test_effort_of_nothing_changes_nothing(kind: str) -> None:
    """An intervention without effort is none, on whatever block, whoever leads it."""
    scenario = small(KINDS[kind])
    approaches = ("top_down", "bottom_up", "combined")
    nothing = [
        {
            "block": block,
            "start": 2 + n,
            "weeks": 9,
            "approach": approaches[n % 3],
            **({"budget": 0.0} if n % 2 else {"effort": 0.0}),
        }
        for n, block in enumerate(UNTOUCHED)
    ]
    more = scenario.with_(interventions=[*scenario.as_dict()["interventions"], *nothing])

    assert [] == changes(lived(scenario), lived(more))


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"everything"}))
def test_a_target_that_is_reached_changes_nothing(kind: str) -> None:
    """Who wants what is there already, or less, does nothing, as long as what is there is kept up."""
    scenario = small(KINDS[kind])
    designed = dict(zip(BLOCKS, scenario.designed(), strict=True))
    reached = [
        {"block": block, "start": 2 + n, "weeks": 9, "to": designed[block] * (1.0, 0.5)[n % 2], "approach": "top_down"}
        for n, block in enumerate(UNTOUCHED)
    ]
    more = scenario.with_(interventions=[*scenario.as_dict()["interventions"], *reached])

    assert [] == changes(lived(scenario), lived(more))


@every_kind
def test_shocks_of_size_0_change_nothing(kind: str) -> None:
    """Each kind of shock, without any size, overlapping whatever else befalls."""
    scenario = small(KINDS[kind])
    nothing = [{"kind": shock, "start": 3, "weeks": 20, "size": 0.0} for shock in SIZES]
    more = scenario.with_(shocks=[*scenario.as_dict()["shocks"], *nothing])

    assert [] == differences(lived(scenario), lived(more))


@every_kind
def test_nothing_happens_before_an_intervention_starts(kind: str) -> None:
    """Until the week before, both worlds are the same; in its first week the same people come; later it works."""
    scenario = small(KINDS[kind])
    action = {"block": "leadership", "start": 12, "weeks": 10, "effort": 1.0}
    more = scenario.with_(interventions=[*scenario.as_dict()["interventions"], action])
    one, other = begun(scenario), begun(more)
    for world in (one, other):
        live_weeks(world, 1, 11)
    until_now = changes(one, other)
    for world in (one, other):
        live_weeks(world, 12, 12)
    same_visitors = bits(one.visitors, "") == bits(other.visitors, "")
    for world in (one, other):
        live_weeks(world, 13, 30)

    assert [] == until_now
    assert same_visitors
    assert {"weekly.designed_leadership", "employees.autonomy", "customers.expectation"} <= set(changes(one, other))


def test_whatever_is_done_the_same_customers_come() -> None:
    """Who is a customer in both worlds comes in the same weeks, though all else about the worlds has changed."""
    scenario = small(KINDS["on_the_move"], {"customers.segments": list(SEGMENTS)})
    actions = [{"block": block, "start": 2, "weeks": 20, "effort": 1.0} for block in BLOCKS]
    weeks = list(zip(visits(scenario), visits(scenario.with_(interventions=actions)), strict=True))

    assert any(there != here for (here, _), (there, _) in weeks)
    for (here, one), (there, other) in weeks:
        assert one & there == other & here


def test_whatever_is_done_the_same_failures_are_as_bad() -> None:
    """What goes wrong in both worlds for one customer in one week goes wrong at the same step, as badly."""
    scenario = small(KINDS["on_the_move"], {"behaviour.failure_base": 0.5})
    actions = [{"block": block, "start": 2, "weeks": 20, "effort": 1.0} for block in BLOCKS]
    staff = [{"kind": "seats", "start": 1, "weeks": 30, "size": 1.0}]
    one, other = failures(scenario), failures(scenario.with_(interventions=actions, shocks=staff))
    both = one.keys() & other.keys()

    assert one.keys() != other.keys()
    assert len(both) > 30
    assert {who: one[who] for who in both} == {who: other[who] for who in both}


def failures(scenario: Scenario) -> dict[tuple[int, int], tuple[int, float]]:
    """Step and severity of each failure, by week and customer."""
    events, _ = live_logged(begun(scenario, log=True), 1, 30)
    told = ("week", "customer", "step", "severity")
    failed = zip(*(events[name][events["failed"] == 1].tolist() for name in told), strict=True)
    return {(week, who): (step, severity) for week, who, step, severity in failed}


def test_acquaintances_are_others_and_stay() -> None:
    """Everybody knows as many others as the scenario says, never themselves, and the same ones in every world."""
    near, far = small({"market.random_contacts": 0.0}), small({"market.random_contacts": 1.0})
    for scenario in (near, far, small({"customers": {"active": 1, "prospects": 1}})):
        one, other = begin(scenario, 1), begin(scenario.strengthen("culture", effort=1.0), 1)
        people = len(one.customers)
        known = {(i, slot): contact_of(one, i, slot) for i in range(people) for slot in range(8)}

        assert all(0 <= whom < people and whom != who for (who, _), whom in known.items())
        assert known == {(i, slot): contact_of(other, i, slot) for i, slot in known}
    assert {1, 149, 2, 148, 3, 147, 4, 146} == {contact_of(begin(near, 1), 0, slot) for slot in range(8)}


def test_newcomers_are_who_they_are_by_seat_and_week() -> None:
    """Whoever is hired for the same seat in the same week is the same person, whatever happened before."""
    scenario = small({"organisation.employees": 40, "behaviour": {"quit_base": 0.05, "vacancy_weeks": 0.0}})
    pull = [{"kind": "labour_market", "start": 1, "weeks": 30, "size": 1.0}]
    one, other = lived(scenario), lived(scenario.with_(shocks=pull))
    alike = (one.employees.hired_week == other.employees.hired_week) & (one.employees.hired_week > 0)
    both = alike & (one.employees.status == EMPLOYED) & (other.employees.status == EMPLOYED)

    assert both.sum() > 10
    assert sum(recorded(one, 30).hires) < sum(recorded(other, 30).hires)
    assert "employees.engagement" in differences(one, other)
    for trait in ("talent", "disposition", "strain"):
        assert (one.employees[trait] == other.employees[trait])[both].all()


@every_kind
def test_logging_changes_nothing(kind: str) -> None:
    """Whether somebody takes notes is no part of the world."""
    scenario = small(KINDS[kind])
    noted = begun(scenario, log=True)
    live_logged(noted, 1, 30)

    assert ["settings.log_events"] == changes(lived(scenario), noted, ("events", "departures"))


@every_kind
def test_room_for_growth_changes_nothing(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many seats could be opened doesn't matter while they aren't."""
    scenario = small(KINDS[kind])
    one = lived(scenario)
    monkeypatch.setattr("simulation.world.SPARE_SEATS", 50)
    other = lived(scenario)

    assert len(one.employees) < len(other.employees)
    assert [] == changes(one, other._replace(employees=other.employees[: len(one.employees)]))


@every_kind
def test_planning_more_weeks_changes_nothing(kind: str) -> None:
    """The first weeks of a long life are those of a short one."""
    scenario = small(KINDS[kind])
    long = begun(scenario, weeks=50)
    live_weeks(long, 1, 30)

    assert [] == changes(lived(scenario), long, ("plan", "weekly"))
    assert recorded(lived(scenario), 30).tobytes() == recorded(long, 30).tobytes()


@every_kind
def test_names_change_nothing(kind: str) -> None:
    """What a scenario, a segment or an intervention is called, and what is said of it."""
    scenario = small(KINDS[kind])
    data = scenario.as_dict()
    for number, named in enumerate([*data["customers"]["segments"], *data["interventions"]]):
        named["name"] = f"other-{number}"
    other = scenario.with_(
        {
            "name": "another",
            "about.text_en": "Another text.",
            "expected.nps": [-100.0, 100.0],
            "customers.segments": data["customers"]["segments"],
            "interventions": data["interventions"],
        }
    )

    assert [] == differences(lived(scenario), lived(other))


@every_kind
def test_a_life_in_parts_is_one_life(kind: str) -> None:
    """Stopped after week 11 and copied, the copy goes on as the whole does, and the original stays as it was."""
    scenario = small(KINDS[kind])
    part = begun(scenario)
    live_weeks(part, 1, 11)
    kept = copy(part)
    for week in range(12, 31):
        live_weeks(part, week, week)

    assert [] == differences(lived(scenario), part)
    assert "customers.satisfaction" in differences(kept, part)
    live_weeks(kept, 12, 30)
    assert [] == differences(part, kept)


def test_weeks_that_are_not_planned_are_not_lived() -> None:
    """A world stops at its last week, and never begins before its first."""
    scenario = small()
    world = begin(scenario, 1)
    live_weeks(world, -1000, 1000)

    assert [] == differences(lived(scenario), world)


def test_warm_ups_share_the_luck_of_the_weeks_after() -> None:
    """The same people come in week 10, whether the world began nine weeks before or twenty."""
    weeks = [[who for _, who in visits(small(ONLY_PEOPLE, warmup=warmup, weeks=10))] for warmup in (0, 4, 10)]

    assert all(len(who) > 5 for who in weeks[0])
    assert weeks[0] == weeks[1] == weeks[2]


def test_people_are_who_they_are_however_many_there_are() -> None:
    """One more customer, employee or leader at the end makes nobody else another person."""
    more = {"organisation": {"employees": 9, "leaders": 3}, "customers": {"active": 91}}
    segments = {"customers.segments": list(SEGMENTS)}
    one, other = begin(small(ONLY_PEOPLE, segments), 1), begin(small(ONLY_PEOPLE, segments, more), 1)
    who: Numbers = {
        "customers": ("segment", "demandingness", "leniency", "free", "joined_week", "expectation", "satisfaction"),
        "employees": ("talent", "disposition", "strain", "hired_week"),
        "leaders": ("trait",),
    }

    assert (8, 9) == tuple((world.employees.status == EMPLOYED).sum() for world in (one, other))
    for records, traits in who.items():
        mine, theirs = getattr(one, records), getattr(other, records)
        number = {"customers": 90, "employees": 8, "leaders": 2}[records]
        assert [] == [trait for trait in traits if bits(mine[:number], trait) != bits(theirs[:number], trait)]


def test_one_customer_more_makes_nobody_else_come() -> None:
    """Everybody else comes in the same weeks as without the newcomer."""
    alone = [who for _, who in visits(small(ONLY_PEOPLE))]
    together = [who for _, who in visits(small(ONLY_PEOPLE, {"customers.active": 91}))]

    assert alone == [who - {90} for who in together]
    assert any(90 in who for who in together)


def digest(world: World) -> str:
    """One word for all bits of a world."""
    return sha256(b"".join(records.tobytes() for records in world)).hexdigest()


def kinds_lived(names: Any) -> list[str]:
    """Digests of the worlds of these kinds."""
    return [digest(lived(small(KINDS[name]))) for name in names]


def test_another_process_gives_the_same_worlds() -> None:
    """A fresh interpreter, with another hash seed, in another order."""
    program = "from tests.test_same_luck import *; print(*kinds_lived(sorted(KINDS, reverse=True)))"
    command = [sys.executable, "-R", "-W", "error", "-c", program]
    words = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOUSE).stdout.split()

    assert kinds_lived(sorted(KINDS, reverse=True)) == words


def test_threads_give_the_same_worlds() -> None:
    """Worlds that live at the same time don't know of each other."""
    larger = small({"customers": {"active": 3000, "prospects": 2000}, "organisation.employees": 60})
    alone = [digest(lived(larger, replication=replication)) for replication in range(6)]
    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(lambda replication: digest(lived(larger, replication=replication)), range(6)))

    assert alone == together
    assert 6 == len(set(alone))


def test_worlds_that_take_turns_do_not_meet() -> None:
    """A week of one, a week of the other: each lives as it does alone."""
    names = ("everything", "ordinary", "captive")
    worlds = [begun(small(KINDS[name])) for name in names]
    for week in range(1, 31):
        for world in worlds:
            live_weeks(world, week, week)

    assert kinds_lived(names) == [digest(world) for world in worlds]


def test_the_order_of_shocks_does_not_matter() -> None:
    """What befalls at the same time is one thing, in whatever order a file tells it."""
    scenario = small(KINDS["stormy"])
    backwards = scenario.with_(shocks=list(reversed(scenario.as_dict()["shocks"])))

    assert [] == differences(lived(scenario), lived(backwards))
