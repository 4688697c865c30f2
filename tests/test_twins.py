"""Who changed: the same people in two worlds, counted, reconciled with the tables, and looked up one by one."""

import io
import json

import numpy as np
import pytest
from rich.console import Console

from agents.customer import CUSTOMER
from agents.employee import EMPLOYED
from experiments.comparison.census import NOBODY, live_counted
from experiments.comparison.comparison import Comparison, compare
from experiments.comparison.twins import cells
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Watch
from results.effects.terminal import effects_renderable, print_effects
from results.effects.twins import CELLS, EXHAUSTED, OUTCOMES, Example, WhoChanged, count_twins
from results.effects.words import effect_words
from results.errors import ResultsError
from results.terminal import plain_text
from results.words import LANGUAGES
from scenarios.scenario import Scenario
from simulation.week import live_weeks
from tests.small_organisation import small
from tests.worlds import begun

BASE = small(weeks=30, behaviour__exhaustion_base=0.3, behaviour__quit_base=0.01, behaviour__quit_exhaustion=8.0)
BUSY = {"kind": "demand", "start": 2, "weeks": 28, "size": 0.5}
HARD = BASE.with_({"name": "hard", "shocks": [*BASE.as_dict()["shocks"], BUSY]})
KIND = BASE.with_(name="kind").strengthen("operations", effort=1.0, start=2, weeks=28)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """A what-if that wears people out, and one that helps."""
    return compare(BASE, [HARD, KIND], replications=6, seed=2)


@pytest.fixture(scope="module")
def hard(comparison: Comparison) -> WhoChanged:
    """Who changed under the first."""
    return comparison.who_changed(0, examples=5)


def people_at(scenario: Scenario, number: int, week: int) -> tuple[set[int], set[tuple[int, int]]]:
    """Customers, and employees by seat and week of coming, as this week ends; 0 for the start of week 1."""
    world = begun(scenario, 2, replication=number)
    live_weeks(world, 1, week)
    seats = np.flatnonzero(world.employees.status == EMPLOYED)
    hired = world.employees.hired_week[seats]
    return set(np.flatnonzero(world.customers.status == CUSTOMER).tolist()), set(
        zip(seats.tolist(), hired.tolist(), strict=True)
    )


def test_counts_are_those_of_plain_sets(comparison: Comparison) -> None:
    """In each world, who is where by sets of the worlds themselves gives the same four cells."""
    for number in (0, 3):
        (before, staff), (after, kept), (other, other_kept) = (
            people_at(BASE, number, 0), people_at(BASE, number, 30), people_at(HARD, number, 30),
        )  # fmt: skip
        found = cells(comparison.census[0][number], comparison.census[1][number])

        everybody = set(range(len(comparison.census[0][number].customer_before)))
        expected = {
            "only_what_if": (before & other) - after,
            "only_base": (before & after) - other,
            "both": before & after & other,
            "neither": before - after - other,
        }
        for cell in CELLS:
            assert expected[cell] == set(np.flatnonzero(found["customers_kept"][cell]).tolist())
        assert (everybody - before) & other - after == set(
            np.flatnonzero(found["customers_won"]["only_what_if"]).tolist()
        )
        assert {seat for seat, _ in (staff & kept) - other_kept} == set(
            np.flatnonzero(found["employees_kept"]["only_base"]).tolist()
        )


def test_counts_add_up_to_the_tables(comparison: Comparison, hard: WhoChanged) -> None:
    """Net kept and won customers are the difference in customers at the end; all cells are all people."""
    ends = [
        one.weekly["customers"].to_numpy().reshape(6, 30)[:, -1] for one in (comparison.base, comparison.what_ifs[0])
    ]

    net = hard.of("customers_kept").net.mean + hard.of("customers_won").net.mean
    assert pytest.approx((ends[1] - ends[0]).mean()) == net
    assert 200 == hard.of("customers_kept").people + hard.of("customers_won").people
    for found in hard.twins:
        assert pytest.approx(found.people) == sum(found.cells[cell].mean for cell in CELLS)
        assert (
            pytest.approx(found.cells["only_what_if"].mean - found.cells["only_base"].mean, abs=1e-12) == found.net.mean
        )
    assert hard.of("employees_well").cells["only_base"].mean > hard.of("employees_well").cells["only_what_if"].mean


def test_an_intervention_that_changes_nothing_changes_nobody() -> None:
    """All twins fare alike in every world; there is no example and nothing to pay back."""
    found = compare(BASE, [BASE.strengthen("leadership", effort=0.0, start=3, weeks=10)], replications=3, weeks=12)
    who = found.who_changed()

    assert who.is_unchanged
    assert () == who.examples
    for twins in who.twins:
        assert (0.0, 0.0, 0.0) == (twins.net.mean, twins.net.low, twins.net.high)
    assert found.payback().is_nothing
    assert (0.0, 0.0, 0.0) == (found.npv().mean, found.npv().low, found.npv().high)
    text = plain_text(effects_renderable(found.chain(), found.all_effects()))
    assert "Nobody: everyone fares exactly as in the baseline." in text
    assert "There is nothing to pay back" in text


def test_examples_are_true(comparison: Comparison) -> None:
    """Each example is found again in two worlds lived by other means: who, when, and how they were that week."""
    examples = [
        (one, example)
        for place, one in enumerate((HARD, KIND))
        for example in comparison.who_changed(place, 4).examples
    ]

    assert {"customers_kept", "employees_kept", "employees_well"} <= {example.outcome for _, example in examples}
    for scenario, example in examples:
        base, what_if = (dict(states_of(one, example)) for one in (BASE, scenario))
        differing = [week for week in base if base[week][0] != what_if[week][0]]
        last = max(base)
        assert last == differing[-1]
        assert differing[-1] - example.week + 1 == len([week for week in differing if week >= example.week])
        assert base[example.week - 1][0] == what_if[example.week - 1][0]
        assert (example.cell == "only_what_if") == what_if[last][0]
        told = last if example.outcome == "employees_well" else example.week
        for name, values in example.states.items():
            assert pytest.approx((base[told][1][name], what_if[told][1][name]), rel=1e-6, abs=1e-6) == values


def states_of(scenario: Scenario, example: Example) -> list[tuple[int, tuple[bool, dict[str, float]]]]:
    """Week by week from the start: whether the outcome holds for this person, and their states."""
    found = [(0, (example.outcome != "customers_won", dict.fromkeys(example.states, 0.0)))]
    world = begun(scenario, 2, replication=example.replication)
    for week in range(1, scenario.weeks + 1):
        live_weeks(world, week, week)
        if example.hired is None:
            person = world.customers[example.person]
            holds = person.status == CUSTOMER
        else:
            person = world.employees[example.person]
            holds = person.status == EMPLOYED and person.hired_week == example.hired
        if example.outcome == "employees_well":
            holds = person.exhaustion < EXHAUSTED
        states = {
            name: float(world.organisation[0].reputation if name == "reputation" else person[name])
            for name in example.states
        }
        found.append((week, (bool(holds), states)))
    return found


def test_counting_changes_no_number() -> None:
    """A world that is counted gives the bits of one that is not, and who came back on a seat is somebody else."""
    one = Replication(HARD, 1, 2, 30)

    counted = live_counted(one, Watch())

    assert live(one, Watch()).weekly.tobytes() == counted.lived.weekly.tobytes()
    assert (counted.census.hired[~counted.census.stayed & (counted.census.hired != NOBODY)] <= 0).all()
    assert (np.isnan(counted.census.exhaustion) == (counted.census.hired == NOBODY)).all()


def test_nobody_has_a_twin_in_another_organisation() -> None:
    """With other numbers of people there is no saying who changed; all else is told."""
    found = compare(BASE, [small(weeks=30, customers__active=121)], replications=2, weeks=6)

    with pytest.raises(ResultsError, match="nobody has a twin"):
        found.who_changed()
    assert found.as_data()["who_changed"] is None
    assert "Nobody can be compared" in plain_text(effects_renderable(found.chain(), found.all_effects()))


def test_data_for_json(comparison: Comparison) -> None:
    """Each outcome has its four cells with intervals, its net, and its examples with a sentence in both languages."""
    data = json.loads(json.dumps(comparison.as_data(), allow_nan=False))

    for one in (data, *data["others"]):
        assert {"burnt_out_from_exhaustion", *OUTCOMES} == set(one["who_changed"])
        for outcome in OUTCOMES:
            entry = one["who_changed"][outcome]
            assert {"people", "net", "examples", *CELLS} == set(entry)
            assert all(entry[cell]["interval"][0] >= 0.0 for cell in CELLS)
            assert all(set(LANGUAGES) == set(example["sentence"]) for example in entry["examples"])
        assert ["organisation", "employees", "customers", "results"] == list(one["perspectives"])
        assert "reached" in one["payback"]
        assert 0.1 == one["npv"]["interest"]
    assert data["until"] is None


def test_interest_can_be_chosen() -> None:
    """The discount of the comparison is that of its net present value, by default the scenario's."""
    plain, other = (compare(BASE, [KIND], replications=2, discount=rate) for rate in (None, 0.5))

    assert (0.1, 0.5) == (plain.as_data()["npv"]["interest"], other.as_data()["npv"]["interest"])
    assert pytest.approx(plain.npv(discount=0.5).mean) == other.npv().mean
    assert other.npv().mean != plain.npv().mean


@pytest.mark.parametrize("language", LANGUAGES)
def test_terminal_is_narrow_and_tells_all(comparison: Comparison, language: str) -> None:
    """At most 80 columns; a section for everything that a what-if comes to, for each what-if."""
    text = plain_text(effects_renderable(comparison.chain(), comparison.all_effects(), None, language))
    phrases = effect_words(language)

    assert max(map(len, text.splitlines())) <= 80
    for title in ("perspectives", "saved_title", "who_changed", "payback"):
        assert 2 == text.splitlines().count(phrases[title])
    assert "…" not in text
    for example in comparison.who_changed(0).examples:
        assert example.sentence(language) in " ".join(text.split())


def test_terminal_without_letters_beyond_ascii(comparison: Comparison) -> None:
    """A pipe that knows plain letters only gets plain signs."""
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding="ascii"), highlight=False)

    print_effects(comparison.chain(), comparison.all_effects(), console=console)
    console.file.flush()

    assert b"Who changed" in raw.getvalue()


def test_counts_never_reach_below_none() -> None:
    """A count a world cannot be negative, and so neither can its interval; a net count can."""
    zeros = np.zeros(3)
    found = count_twins(
        "customers_won",
        {"only_what_if": np.array([0.0, 0.0, 1.0]), "only_base": zeros, "both": zeros, "neither": zeros},
    )

    assert 0.0 == found.cells["only_what_if"].low < found.cells["only_what_if"].high
    assert found.net.low < 0.0
