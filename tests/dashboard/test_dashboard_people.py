"""The page People as data: what the address asks for, what the browser gets, and in which words."""

from base64 import b64decode
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pytest

from agents.customer import CUSTOMER
from effectchain.dashboard.people.asking import STRATEGIST, Who, Wish, who_of, wish_of, wished
from effectchain.dashboard.people.decisions import DECISIONS, decided
from effectchain.dashboard.people.frames import ABSENT, world_data
from effectchain.dashboard.people.handed import Handed, handed, link_of
from effectchain.dashboard.people.picture import picture, told_weeks
from effectchain.dashboard.people.telling import tell
from effectchain.dashboard.session import Session
from effectchain.dashboard.words import LANGUAGES, words_of
from experiments.history.history import STATES, TOTALS, History
from experiments.history.living import live_histories
from experiments.worlds.watch import Watch
from scenarios.loading import load, presets
from scenarios.scenario import Scenario
from tests.small_organisation import small

SEED = 7


@pytest.fixture(scope="module")
def history() -> History:
    """Of the small organisation."""
    return live_histories((small(),), SEED, Watch())[0]


def unpacked(packed: dict[str, str]) -> np.ndarray[Any, np.dtype[Any]]:
    """The numbers as the browser reads them."""
    return np.frombuffer(b64decode(packed["bytes"]), np.dtype(packed["type"]).newbyteorder("<"))


def test_the_browser_gets_what_was_kept(history: History) -> None:
    """Seats, states, visits and moves come back from their bytes; nobody is ABSENT; weeks begin where they begin."""
    data = world_data(history)
    seats = unpacked(data["seats"])
    hired = unpacked(data["hired"]).reshape(21, len(seats))
    states = unpacked(data["employees"]).reshape(21, len(seats), len(STATES))
    begin = unpacked(data["visit_from"])

    np.testing.assert_array_equal(history.states[:, seats], states)
    np.testing.assert_array_equal(hired != ABSENT, history.hired[:, seats] > np.iinfo(np.int32).min)
    np.testing.assert_array_equal(history.visits["person"], unpacked(data["visit_person"]))
    np.testing.assert_array_equal(history.visits["seat"], seats[unpacked(data["visit_seat"])])
    np.testing.assert_array_equal(history.visits["happened"], unpacked(data["visit_happened"]))
    assert [0, 0] == begin[:2].tolist()
    assert len(history.visits) == begin[-1]
    assert begin[5] == (history.visits["week"] < 5).sum()
    assert (unpacked(data["status"]) == CUSTOMER).sum() == history.customers


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_week_is_told_in_the_figures_of_all_customers(history: History, language: str) -> None:
    """The sentence of a week has the week's totals, also where few customers are shown."""
    few = live_histories((small(),), SEED, Watch(), most=12)[0]
    sentences = told_weeks(few, language)["summaries"]

    assert sentences == told_weeks(history, language)["summaries"]
    assert len(sentences) == 21
    for week in range(1, 21):
        for name in ("served", "failed", "recovered", "delighted", "joined", "left"):
            assert str(history.totals[week - 1, TOTALS.index(name)]) in sentences[week]


def test_how_many_are_shown_is_said(history: History) -> None:
    """All of them, or so many of so many."""
    few = live_histories((small(),), SEED, Watch(), most=12)[0]

    assert f"all {history.customers} customers shown" in told_weeks(history, "en")["shown"]
    assert f"{(few.status == CUSTOMER).sum()} of {history.customers} customers shown" in told_weeks(few, "en")["shown"]


def test_the_address_is_read_and_written_back() -> None:
    """What a wish says of itself makes the same wish."""
    wish = Wish("retail_bank", "nine", 12, "base", Who("employee", 11, -300))
    search = "&".join(f"{name}={value}" for name, value in wish.as_dict().items())

    assert wish == wish_of(search, has_strategist=False)


@pytest.mark.parametrize(
    "search",
    [
        "preset=../../etc&decision=x&seed=-1&world=moon&who=customer.x",
        "seed=1e5&who=employee.3&preset=",
        "who=leader.-2&seed=99999999999999999999",
        "who=" + "customer." * 50,
        None,
    ],
)
def test_an_address_that_asks_for_nonsense_gets_the_usual(search: str | None) -> None:
    """Nothing of it is believed, and nothing fails."""
    assert Wish() == wish_of(search, has_strategist=False)


def test_who_is_read_only_as_somebody() -> None:
    """A kind and its numbers, no more and no less."""
    assert Who("customer", 1204) == who_of("customer.1204")
    assert Who("employee", 3, -40) == who_of("employee.3.-40")
    assert who_of("customer.1.2") is None
    assert who_of("leader.٣") is None
    assert who_of("") is None


def test_the_strategists_worlds_are_shown_where_there_are_some() -> None:
    """They come first, may be asked for, and are not on offer without a strategist."""
    assert wish_of("", has_strategist=True).decision == STRATEGIST
    assert wished(Wish(), {"decision": STRATEGIST}, has_strategist=False).decision != STRATEGIST
    names = [one["name"] for one in picture(Wish(), "en", strategist=(small(), small()))["decisions"]]
    assert [*DECISIONS, STRATEGIST] == names


@pytest.mark.parametrize("preset", presets())
@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_can_be_taken_in_every_organisation(preset: str, decision: str) -> None:
    """It strengthens the blocks it names, and changes nothing else."""
    base = load(preset)
    what_if = decided(base, decision)

    assert [step[0] for step in DECISIONS[decision]] == [one.block for one in what_if.interventions]
    assert base.digest() == what_if.with_(interventions=[]).digest()


def test_who_does_not_exist_has_no_story(history: History) -> None:
    """An empty story for a number, a team or a person that there is not."""
    for who in (Who("customer", 200), Who("leader", 2), Who("employee", 3, 999), Who("employee", 400, 1)):
        assert tell((history, history), Wish(who=who), "en") == {}


def test_a_story_is_told_of_the_world_shown(history: History) -> None:
    """With the baseline shown, the baseline's story comes first."""
    told = tell((history, history), Wish(world="base", who=Who("customer", 41)), "nl")

    assert ("Basislijn", "Met de beslissing") == (told["mine"], told["twin"])
    assert told["said"] == words_of("people", "nl")["twin_same"]


def test_every_segment_of_a_preset_has_a_name() -> None:
    """In both languages; a segment of somebody's own is shown by its own name."""
    for preset in presets():
        for segment in load(preset).customers.segments:
            assert f"segment_{segment.name}" in words_of("people", "nl")


def test_worlds_of_a_link_and_of_the_other_page() -> None:
    """A link is opened; without one the page What-if's worlds are shown, if they differ; nonsense is a sentence."""
    session, what_if = Session(), small().strengthen("leadership", to=0.9)
    assert handed(session, "") == Handed()
    session.put("strategist.base", small())
    session.put("strategist.what_if", small())
    assert handed(session, "").pair is None
    session.put("strategist.what_if", what_if)
    assert handed(session, "lang=nl").pair == (small(), what_if)

    linked = handed(Session(), urlencode({"s": link_of((small(), what_if))})).pair
    assert linked is not None
    assert [one.digest() for one in linked] == [small().digest(), what_if.digest()]
    assert handed(Session(), "s=nonsense").mistake
    assert link_of(None) == ""


def test_large_organisations_are_sampled_and_bounded() -> None:
    """Twenty teams at most, three thousand customers, and a message of a few megabytes."""
    large = Scenario.model_validate(
        {
            "schema": 1,
            "weeks": 26,
            "warmup": 4,
            "organisation": {"employees": 400, "leaders": 40},
            "customers": {"active": 30_000, "prospects": 20_000},
        }
    )
    history = live_histories((large,), SEED, Watch())[0]
    data = world_data(history)

    assert data["leaders"] == 20
    assert "20 of 40 teams shown" in told_weeks(history, "en")["shown"]
    assert len(history.people) == 5_000
    assert sum(len(one["bytes"]) for one in data.values() if isinstance(one, dict)) < 1_000_000
