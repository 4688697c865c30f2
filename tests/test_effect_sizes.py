"""Effect sizes of real, tiny units: what is read off people and encounters, and the command line."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from agents.customer import CUSTOMER
from agents.encounter import ENCOUNTER
from agents.loyalty import chance_to_praise
from agents.records import Record, empty
from agents.registry import parameter_record
from experiments.effect_sizes.contacts import (
    RUNGS,
    SEVERITIES,
    contact_figures,
    felt_at,
    had_a_problem,
    last_contacts,
    stay_rates,
    stayed,
)
from experiments.effect_sizes.effect_sizes import effect_sizes, jobs_of, measured
from experiments.effect_sizes.measures import MEASURES, Population
from experiments.effect_sizes.people import told, who_was_satisfied
from experiments.effect_sizes.published import published
from experiments.effect_sizes.unit import VARIABLES, Job, live, value_elasticity
from experiments.effect_sizes.writing import as_table, write_sizes
from experiments.population import population
from experiments.worlds.watch import Watch
from results.effect_sizes.table import EffectSizes
from scenarios.errors import Mistake
from simulation.state import DEPARTURE
from simulation.world import begin
from tests.command_line import done, refused
from tests.small_organisation import small


@pytest.fixture(scope="module")
def lived() -> Population:
    """Twelve small units of two firms, and three more as contact centres."""
    units = population(12, firms=2, base=small(shocks=[]))
    jobs = [Job(unit, number, seed=1) for number, unit in enumerate(units)]
    centres = [Job(unit, 100 + number, seed=1, is_read=False) for number, unit in enumerate(units[:3])]
    return Population([live(job, Watch()) for job in jobs], [live(job, Watch()) for job in centres])


@pytest.fixture(scope="module")
def sizes(lived: Population) -> EffectSizes:
    """The table of these units."""
    return EffectSizes(measured(lived), 12, 2, 1, 0.5)


def log(*rows: dict[str, float]) -> Record:
    """An encounter log with these values, zeros elsewhere."""
    events = empty(ENCOUNTER, len(rows))
    for event, values in zip(events, rows, strict=True):
        for name, value in values.items():
            event[name] = value
    return events


def departures(*who: tuple[int, int]) -> Record:
    """Who left, and in which week."""
    left = empty(DEPARTURE, len(who))
    for one, (customer, week) in zip(left, who, strict=True):
        one.customer, one.week = customer, week
    return left


def test_every_row_is_measured_on_real_units(sizes: EffectSizes) -> None:
    """Each measure gives a figure within its interval; correlations lie from -1 to 1."""
    rows = {row.published.id: row for row in sizes.rows}

    assert {row.id for row in published()} == set(rows)
    for name in MEASURES:
        found = rows[name].found
        assert found is not None
        if np.isfinite(found.mean):
            assert found.low - 1e-9 <= found.mean <= found.high + 1e-9, name
            if rows[name].published.scale == "correlation" and "justice" not in name:
                assert -1.0 <= found.mean <= 1.0, name


def test_the_same_unit_gives_the_same_figures() -> None:
    """Luck is named by seed and number; another number is other luck."""
    unit = population(1, firms=1, base=small(shocks=[]))[0]
    one, same, other = (live(Job(unit, number, seed=3), Watch()).figures for number in (5, 5, 6))

    assert one == pytest.approx(same, nan_ok=True)
    assert one["engagement"] != other["engagement"]


def test_individuals_have_all_variables(lived: Population) -> None:
    """A matrix of sums a kind has a row for each variable and one for the count; there are people of each kind."""
    for kind, names in VARIABLES.items():
        sums = lived.sums(kind)
        assert (12, len(names) + 1, len(names) + 1) == sums.shape
        assert sums[:, 0, 0].sum() > 0.0


def test_complaints_are_counted_by_kind_and_by_where_they_end() -> None:
    """Ten outcome failures, six voiced, one of which ends above; five mistreatments, one voiced and taken up."""
    below = {"failed": 1, "kind": 0, "satisfaction_before": 0.7, "satisfaction_after": 0.6}
    above = {**below, "satisfaction_after": 0.75, "voiced": 1, "recovered": 1}
    rows = [above, *([{**below, "voiced": 1}] * 5), *([below] * 4), *([{**below, "kind": 2}] * 4)]
    found = contact_figures(log(*rows, {**below, "kind": 2, "voiced": 1, "recovered": 1}), departures())

    assert (0.6, 0.2) == (found["voiced_outcome"], found["voiced_mistreatment"])
    assert pytest.approx(7.0 / 15.0) == found["voiced"]
    assert pytest.approx(5.0 / 7.0) == found["got_nothing"]
    assert (1.0, 7.0) == (found["complaints_above"], found["complaints_changed"])
    assert pytest.approx(1.0 / 15.0) == found["paradox"]
    assert pytest.approx(0.45) == found["paradox_size"]


def test_who_had_a_problem_is_asked_of_those_who_stayed() -> None:
    """Customers 1 and 2 stayed, 1 with a failure; 3 had one and left."""
    events = log({"customer": 1, "failed": 1}, {"customer": 1}, {"customer": 2}, {"customer": 3, "failed": 1})

    assert 0.5 == had_a_problem(events, departures((3, 9)))


def test_stay_rates_compare_rungs_at_the_same_severity() -> None:
    """The silent had milder failures, and yet equal rates at equal severity give equal rates in the end."""
    counts = np.zeros((len(RUNGS), SEVERITIES, 2))
    for rung, (mild, worse) in enumerate([(90.0, 10.0), (10.0, 90.0), (50.0, 50.0), (50.0, 50.0)]):
        counts[rung, 1] = mild, 0.9 * mild
        counts[rung, 4] = worse, 0.5 * worse

    assert pytest.approx([0.7] * 4) == stay_rates(counts, large=False)
    assert np.isnan(stay_rates(counts, large=True)).all()


def test_who_stays_is_known_half_a_year_later() -> None:
    """Four silent failures of one severity: two left in time, one too late, one stays; later ones don't count."""
    silent = {"failed": 1, "severity": 0.35, "week": 10}
    events = log(*({**silent, "customer": customer} for customer in range(4)), {**silent, "customer": 9, "week": 40})

    counts = stayed(events, departures((0, 10), (1, 36), (2, 37)))

    assert (4.0, 2.0) == tuple(counts[RUNGS.index("silent"), 3])
    assert 4.0 == counts[..., 0].sum()


def test_satisfaction_with_the_contact_is_read_back_from_what_it_moved() -> None:
    """Satisfaction moves a part of the way to what was felt, faster downwards; failures say nothing of it."""
    p = parameter_record({})[0]
    up, down = p.satisfaction_pace, p.satisfaction_pace * p.satisfaction_pace_down
    events = log(
        {"satisfaction_before": 0.6, "satisfaction_after": 0.6 + up * 0.2},
        {"satisfaction_before": 0.6, "satisfaction_after": 0.6 - down * 0.3},
        {"failed": 1},
    )

    assert pytest.approx([0.8, 0.3, np.nan], nan_ok=True) == felt_at(events, p)


def test_the_last_contact_of_each_customer_counts() -> None:
    """Received is performance with its surprise, less what was expected."""
    first = {"customer": 4, "performance": 0.1}
    last = {"customer": 4, "performance": 0.7, "surprise": 0.1, "expectation": 0.6}

    found = last_contacts(log(first, last), parameter_record({})[0])

    assert pytest.approx([0.2]) == found["disconfirmation"]


def test_satisfied_customers_who_leave_are_counted_from_the_start_of_the_year() -> None:
    """Three give a 7 or more, of whom one leaves; the dissatisfied do not count."""
    world = begin(small(), 1)
    world.customers.status[:] = 0
    world.customers.status[:4] = CUSTOMER
    world.customers.satisfaction[:4] = 0.7, 0.9, 0.67, 0.2

    assert pytest.approx(1.0 / 3.0) == who_was_satisfied(world.customers, departures((1, 3), (3, 4)))["satisfied_left"]


def test_talk_is_compared_between_the_dissatisfied_and_the_satisfied() -> None:
    """With no warnings at all the dissatisfied tell nobody; with few of either nothing is said."""
    scenario = small(behaviour={"warn_base": 0.0, "warn_dissatisfaction": 0.0, "warn_failures": 0.0})
    world = begin(scenario, 1)
    world.customers.status[:] = CUSTOMER
    world.customers.satisfaction[:20] = 0.3
    world.customers.satisfaction[20:40] = 0.8

    assert 0.0 == told(world)
    assert chance_to_praise(world.customers[20], world.parameters[0]) > 0.0
    world.customers.satisfaction[:] = 0.8
    assert np.isnan(told(world))


def test_value_rises_more_than_retention() -> None:
    """Worth is r / (1 + i - r): at r = .8 and i = .1: 1 % more retention is 3.67 % more value [Gupta et al. 2004]."""

    def worth(retention: float) -> float:
        return retention / (1.1 - retention)

    assert pytest.approx(11.0 / 3.0) == value_elasticity(0.8, 0.1)
    assert pytest.approx(value_elasticity(0.8, 0.1), rel=0.001) == (worth(0.80008) / worth(0.8) - 1.0) / 0.0001


def test_units_and_contact_centres_share_no_luck() -> None:
    """A quarter as many centres, of which only the year's figures are asked; each has a number of its own."""
    jobs = jobs_of(40, 1)

    assert 50 == len({job.number for job in jobs})
    assert [True] * 40 + [False] * 10 == [job.is_read for job in jobs]


def test_a_folder_holds_table_figure_and_page(sizes: EffectSizes, tmp_path: Path) -> None:
    """One row an effect size, and what made it."""
    now = datetime.now(UTC)
    folder = write_sizes(sizes, tmp_path / "sizes", started=now, finished=now, language="nl")

    names = {path.name for path in folder.iterdir()}
    assert {
        "effect_sizes.parquet",
        "effect_sizes.json",
        "forest.png",
        "forest.svg",
        "report.html",
        "manifest.json",
    } == names
    assert len(published()) == as_table(sizes).num_rows


def test_mistakes_are_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too few units say nothing; a taken place is refused before anything is lived."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work", encoding="utf-8")

    assert "40 to 2000" in refused("effect-sizes", "--units", "12").replace(",", "")
    assert "mine" in refused("effect-sizes", "--units", "40", "--out", "mine")
    with pytest.raises(Mistake, match="units"):
        effect_sizes(3)


@pytest.mark.slow
def test_the_command_measures_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty real units: every row is in the JSON, and the same again with one worker."""
    monkeypatch.chdir(tmp_path)
    data = done("effect-sizes", "--units", "40", "--json", "--out", "one").data
    again = done("effect-sizes", "--units", "40", "--json", "--out", "two", "--workers", "1").data

    assert [row.id for row in published()] == [row["id"] for row in data["rows"]]
    assert data["rows"] == again["rows"]
    assert sum(data["verdicts"].values()) == len(published())
    assert (tmp_path / "one" / "forest.png").stat().st_size > 50_000
