"""Whole surveys: worlds are lived, people asked, answers gathered; the same to the bit, whatever the workers."""

import json
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from pyarrow import csv

import effectchain as ec
from agents.registry import PARAMETERS
from experiments.surveys.instrument import load_instrument, parse_instrument
from experiments.surveys.survey import Survey, lived, survey
from experiments.worlds.watch import Watch
from results.errors import ResultsError
from results.surveys.beside import OF_PAIRS
from scenarios.errors import Mistake
from tests.command_line import done, refused, small_file
from tests.small_organisation import small


def ask(name: str, **more: Any) -> Survey:
    """A survey in the small organisation."""
    return survey(small(), load_instrument(name), **{"week": 12, "units": 3, "sample": 30, "workers": 2, **more})


@pytest.mark.parametrize("name", ["ecsi", "employees"])
def test_answers_are_the_same_to_the_bit_whatever_the_workers(name: str) -> None:
    """One thread or three, again or later: the same table; another seed, another table."""
    one = ask(name, workers=1)

    assert one.answers.equals(ask(name, workers=3).answers)
    assert one.as_data() == ask(name, workers=3).as_data()
    assert not one.answers.equals(ask(name, seed=2).answers)


def test_the_first_units_are_the_same_however_many_there_are() -> None:
    """More units add answers and change none."""
    few, many = ask("ecsi", units=2).answers, ask("ecsi", units=3).answers

    assert few.equals(many.slice(0, few.num_rows))
    assert {0, 1, 2} == set(many.column("unit").to_pylist())


def test_units_of_a_population_differ_and_those_by_luck_are_one_organisation() -> None:
    """Many-unit surveys ask organisations of different size; others the same one in several worlds."""
    sizes = np.bincount(ask("enps", units=4, sample=1000).answers.column("unit").to_numpy())
    assert max(sizes) <= 20
    varied = ask("employees", units=6, sample=1000)
    assert len(set(np.bincount(varied.answers.column("unit").to_numpy()).tolist())) > 2


def test_quality_is_remembered_as_its_definition_says() -> None:
    """Encounter by encounter, by hand: the memory that the vectorised one must equal to the last digit."""
    scene = lived(small(), 1, 0, 20, Watch(None), log=True)
    people, p = scene.world.customers, scene.parameters
    by_hand = people.expectation.copy()
    met: set[int] = set()
    for log in scene.encounters:
        who = int(log["customer"])
        if people.status[who] != 1 or log["week"] < people.joined_week[who]:
            continue
        before = by_hand[who] if who in met else log["expectation"]
        met.add(who)
        received = log["performance"] + log["surprise"]
        pace = p.satisfaction_pace * (p.satisfaction_pace_down if received < before else 1.0)
        lost = p.failure_loss * log["failed"] * log["severity"] * (1.0 - log["recovered"] * log["recovery_quality"])
        by_hand[who] = min(1.0, max(0.0, before + pace * (received - before) - lost))

    assert 50 < len(met)
    present = scene.present
    assert by_hand[present].tolist() == pytest.approx(scene.quality[present].tolist(), abs=1e-12)


def test_only_who_complained_has_something_to_say_of_recovery() -> None:
    """Satisfaction with recovery is that of the year's latest complaint; all others have none, but imagine it."""
    scene = lived(small(), 1, 0, 20, Watch(None), log=True)
    voiced = scene.encounters[scene.encounters["voiced"] == 1]
    here = [one for one in voiced if one["week"] >= scene.world.customers.joined_week[one["customer"]]]
    present = set(scene.present.tolist())
    complained = {int(one["customer"]) for one in here} & present
    states = load_instrument("ecsi").states

    assert complained
    assert complained == {int(who) for who in np.flatnonzero(~np.isnan(scene.recovery))} & present
    assert not np.isnan(states["complaint_handling"].read(scene, scene.present)).any()
    latest = {int(one["customer"]): one for one in here if one["recovered"] == 1}
    who, last = next(
        (who, one)
        for who, one in latest.items()
        if one["week"] == max(other["week"] for other in here if other["customer"] == who) and who in present
    )
    assert last["recovery_satisfaction"] == pytest.approx(scene.recovery[who])


def test_every_state_can_be_asked_about() -> None:
    """All states of customers and employees give a finite number for everybody, but for recovery."""
    scene = lived(small(), 1, 0, 12, Watch(None), log=True)
    for name, group in (("ecsi", scene.present), ("employees", scene.at_work)):
        for state, one in load_instrument(name).states.items():
            values = one.read(scene, group)
            assert len(group) == len(values)
            assert state == "recovery" or np.isfinite(values).all(), state


def test_a_folder_holds_answers_summary_and_figure(tmp_path: Path) -> None:
    """Both tables have the same rows, the summary the same figures, and the figure is drawn in either language."""
    found = ask("ecsi")
    folder = found.save(tmp_path / "s", language="nl")

    names = {path.name for path in folder.iterdir()}
    assert {"answers.parquet", "answers.csv", "survey.json", "beside.png", "beside.svg"} < names
    assert {"instrument.toml", "scenario.toml", "manifest.json"} < names
    assert found.answers.equals(pq.read_table(folder / "answers.parquet"))
    assert found.answers.num_rows == csv.read_csv(folder / "answers.csv").num_rows
    assert json.loads((folder / "survey.json").read_text())["answered"] == found.answers.num_rows
    assert "21" in found.plot(language="en").texts[2].get_text()


def test_the_command_in_a_folder_asks_the_same_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The manifest's command, given inside the folder, gives the same answers."""
    folder = ask("nps").save(tmp_path / "s")
    monkeypatch.chdir(folder)
    words = shlex.split(json.loads((folder / "manifest.json").read_text())["command"])
    again = done(*words[1:], "--out", "again", "--quiet")

    assert "" == again.out
    assert pq.read_table("answers.parquet").equals(pq.read_table("again/answers.parquet"))


def test_an_instrument_without_a_real_sample_has_no_figure(tmp_path: Path) -> None:
    """Nothing to hold it against: no figure, and a sentence for who asks for one."""
    found = ask("nps")

    assert not (found.save(tmp_path / "s") / "beside.png").exists()
    assert -100.0 <= found.net_scores["NPS"] <= 100.0
    with pytest.raises(ResultsError, match="no real sample"):
        found.plot()


def test_what_has_no_value_is_null_in_json() -> None:
    """Nobody has a complaint to tell of, and there is no pair to compare: no NaN, which is no JSON."""
    questions = parse_instrument(
        'schema = 1\nasks = "customers"\nreal = "ecsi"\nnet = ["R"]\nscale = { low = 0, high = 10 }\n'
        '[[constructs]]\nname = "satisfaction"\nreads = "satisfaction"\nitems = [{ name = "S" }]\n'
        '[[constructs]]\nname = "handling"\nreads = "recovery"\nitems = [{ name = "R" }]\n'
    )
    silent = small().with_({"behaviour": {"failure_base": PARAMETERS["failure_base"].low}, "customers.active": 30})
    found = survey(silent, questions, week=1, units=1)
    data = json.loads(json.dumps(found.as_data(), allow_nan=False))

    assert {"R": None} == data["net_scores"]
    assert data["beside"]["shares"]["correlation"]["part"] is None
    assert 1 == data["beside"]["shares"]["mean"]["figures"]


def test_where_nobody_answers_it_is_said() -> None:
    """One customer who does not answer is nobody."""
    questions = parse_instrument(
        'schema = 1\nasks = "employees"\nscale = { low = 1, high = 5 }\nsample = 1\n[response]\nrate = 0.001\n'
        '[[constructs]]\nname = "e"\nreads = "engagement"\nitems = [{ name = "E" }]\n'
    )
    with pytest.raises(Mistake, match="nobody answered"):
        survey(small(), questions, week=1, units=1)


def test_a_survey_from_python() -> None:
    """The public function asks what the command asks."""
    found = ec.survey(small(), "enps", week=12, units=2)

    assert isinstance(found, ec.Survey)
    assert found.answers.equals(ask("enps", units=2, sample=10_000).answers)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
def test_survey_on_the_command_line() -> None:
    """Text in both languages, JSON with all figures, and a folder."""
    small_file()
    words = ("survey", "small.toml", "--week", "12", "--units", "2", "--sample", "20")
    told = done(*words, "--out", "a").out
    data = done(*words, "--out", "b", "--json").data

    assert "of 21 inside the real sample's 95% interval" in told
    assert "binnen het 95%-interval" in done(*words, "--out", "c", "--lang", "nl").out
    assert (12, 2, 40, 21) == (
        data["week"], data["units"], data["answered"], data["beside"]["shares"]["correlation"]["figures"]
    )  # fmt: skip
    assert Path("b/survey.json").exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--instrument", "ecsy"], "did you mean 'ecsi'"),
        (["--instrument", "./none.toml"], "cannot be read"),
        (["--week", "0"], "no whole number from 1 to 5200"),
        (["--units", "0"], "no whole number from 1 to 10000"),
        (["--sample", "-3"], "no whole number from 1 to 1000000"),
        (["--instrument", "bad.toml"], "did you mean 'name'"),
    ],
)
def test_mistakes_on_the_command_line_are_told_in_a_sentence(words: list[str], said: str) -> None:
    """Exit code 2, the mistake, what is allowed, and no traceback."""
    small_file()
    Path("bad.toml").write_text("schema = 1\nnam = 'x'\n")
    assert said in refused("survey", "small.toml", *words)


@pytest.mark.slow
def test_ecsi_correlations_of_a_mobile_provider_are_those_of_real_customers() -> None:
    """At least four in five of the 21 correlations lie in the real sample's interval, and none has the wrong sign."""
    found = ec.survey("mobile_provider", "ecsi").beside
    assert found is not None
    share = found.share(["correlation"])

    assert 21 == share.figures
    assert share.part >= 0.8
    assert 0 == found.share(OF_PAIRS).wrong_sign
