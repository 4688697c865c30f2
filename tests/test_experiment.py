"""Experiment files: what they say, how they are checked, and how every mistake is told with its place."""

import pickle
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.designs.design import points, runs, size
from experiments.designs.experiment import experiment_of, load_experiment, parse_experiment, preset_names
from experiments.designs.schema import json_schema
from scenarios.errors import Mistake, Mistakes
from scenarios.writing import to_toml
from tests.experiment_forms import data_of, experiment
from tests.small_organisation import small

HELD = """\
schema = 1
name = "held"
scenario = "hotel"
weeks = 104
replications = 4
seed = 3
[design]
kind = "latin_hypercube"
points = 24
[factors]
"building_blocks.leadership" = { low = 0.1, high = 0.9 }
"building_blocks.operations" = { low = 0.1, high = 0.9 }
"""


def told(text: str) -> str:
    """How this file is refused."""
    with pytest.raises(Mistake) as caught:
        parse_experiment(text, "e.toml")
    return str(caught.value)


def refused(**changes: Any) -> str:
    """How the small experiment is refused with these changes."""
    with pytest.raises(Mistake) as caught:
        experiment_of(data_of() | changes)
    return str(caught.value)


def test_an_experiment_file_is_read_as_it_stands() -> None:
    """All that the file says is there, and the scenario that it names is found."""
    found = parse_experiment(HELD)

    assert ("held", "hotel", 104, 4, 3) == (
        found.name,
        found.scenario,
        found.weeks,
        found.replications,
        found.seed,
    )
    assert ["building_blocks.leadership", "building_blocks.operations"] == [one.path for one in found.factors]
    assert "hotel" == found.base.name
    assert (24, 96) == (size(found), runs(found))
    assert HELD == found.text


def test_what_is_left_out_is_filled_in(tmp_path: Path) -> None:
    """The name is that of the file, the weeks are the scenario's, and there is one world a cell."""
    data = {name: value for name, value in data_of().items() if name in {"schema", "scenario", "design", "factors"}}
    (tmp_path / "My plan.toml").write_text(tomli_w.dumps(data))

    found = load_experiment(tmp_path / "My plan.toml")

    assert ("my-plan", 156, 1, 1) == (found.name, found.weeks, found.replications, found.seed)
    assert (None, 1) == (found.keep.indicators, found.keep.every)
    assert "experiment" == parse_experiment(tomli_w.dumps(data), "(?)").name


@pytest.mark.parametrize("name", preset_names())
def test_the_experiments_that_come_along_are_good(name: str) -> None:
    """Each is found by its name, and small enough to be tried."""
    found = load_experiment(name)

    assert name == found.name
    assert runs(found) <= 1_000
    assert size(found) == points(found).num_rows


def test_a_scenario_lies_beside_the_experiment(tmp_path: Path) -> None:
    """Paths are relative to the experiment's folder, not to where the command is given."""
    (tmp_path / "mine.toml").write_text(to_toml(small(name="mine")))
    (tmp_path / "e.toml").write_text(tomli_w.dumps(data_of() | {"scenario": "mine.toml"}))

    assert "mine" == load_experiment(tmp_path / "e.toml").base.name


def test_a_longer_experiment_lengthens_the_scenario() -> None:
    """What starts in weeks that the scenario alone doesn't have may be a factor; a shorter one changes nothing."""
    assert 400 == experiment_of(data_of() | {"weeks": 400}).base.weeks
    assert 156 == experiment_of(data_of() | {"weeks": 10}).base.weeks


def test_a_factor_may_be_written_without_quotes() -> None:
    """TOML makes tables of dots; what is meant is the same, and mistakes still find their line."""
    plain = HELD.replace('"building_blocks.operations"', "building_blocks.operations")

    assert parse_experiment(HELD).digest() == parse_experiment(plain).digest()
    assert 'e.toml, line 12, factors."building_blocks.operations".high = 9.0: must be' in told(
        plain.replace("operations = { low = 0.1, high = 0.9", "operations = { low = 0.1, high = 9.0")
    )


def test_all_mistakes_are_told_at_once_with_their_lines() -> None:
    """Factors that there are not, values that cannot be, kinds that don't fit: each with file, line and what to do."""
    text = told(
        HELD + '"building_blocks.oprations" = { low = 0.1, high = 0.9 }\n'
        '"organisation.leaders" = { low = 1, high = 2.5 }\n'
        '"organisation.sector" = { values = ["commercial", "comercial"] }\n'
        '"organisation.elastic_staffing" = { low = 0, high = 1 }\n'
        '"behaviour.unit_varience" = { low = 0, high = 1 }\n'
        '"interventions.0.start" = { values = [1] }\n'
        '"programme" = { low = 0, high = 1 }\n'
        '"weeks" = { low = 10, high = 20 }\n'
    )

    assert text.startswith("8 mistakes:")
    for line, words in {
        13: "unknown factor; did you mean 'building_blocks.operations'?",
        14: 'factors."organisation.leaders".high = 2.5: must be a whole number',
        15: "factors.\"organisation.sector\".values.1 = 'comercial': must be one of commercial, nonprofit",
        16: "has no range, since it is true or false; give { values = [true, false] }",
        17: "did you mean 'behaviour.unit_variance'?",
        18: "the scenario has no interventions.0",
        19: "is no single value; name one key in it, such as programme.start",
        20: "cannot be a factor: it changes nothing",
    }.items():
        found = next(one for one in text.split("\n") if one.startswith(f"e.toml, line {line},"))
        assert words in found


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scenario": "hotl"}, "did you mean 'hotel'?"),
        ({"scenario": "./nowhere.toml"}, "cannot be read: no such file"),
        ({"replication": 4}, "unknown key; did you mean 'replications'?"),
        ({"replications": 0}, "must be a whole number from 1"),
        ({"factors": {}}, "there is none; name at least one key"),
        ({"factors": {"customers.active": {}}}, "must be a range, { low = 0.2, high = 0.8 }, or a list"),
        ({"factors": {"customers.active": 5}}, "must be a table"),
        ({"factors": {"customers.active": {"values": []}}}, "must be an array of 1 to 10000 entries"),
        ({"factors": {"customers.active": {"values": [5, 5]}}}, "is given twice"),
        ({"factors": {"customers.active": {"low": 5}}}, "must be a range"),
        ({"factors": {"customers.active": {"low": 5, "high": 4}}}, "must be above low, which is 5"),
        ({"factors": {"market.promise": {"low": -0.1, "high": 0.1, "scale": "log"}}}, "above 0 on a log scale"),
        ({"factors": {"customers.active": {"low": 5, "hihg": 9}}}, "did you mean 'high'?"),
        ({"factors": {"customers.active": {"low": 5, "high": 9, "levels": 3}}}, "plays no part in the design"),
        ({"design": {"kind": "sobl", "points": 4}}, "did you mean 'sobol'?"),
        ({"design": {"kind": "sobol"}}, "must be given for the design 'sobol'"),
        ({"design": {"kind": "sobol", "points": 0}}, "must be a whole number from 1"),
        ({"design": {"kind": "sobol", "points": 4, "levels": 2}}, "plays no part in the design 'sobol'"),
        ({"design": {"kind": "saltelli", "points": 100}}, "must be a power of two for 'saltelli', such as 64 or 128"),
        ({"design": {"kind": "morris", "points": 1}}, "at least 2 trajectories"),
        ({"design": {"kind": "morris", "points": 4, "levels": 3}}, "must be an even number"),
        ({"design": {"kind": "grid"}}, "a range in a grid needs levels"),
        ({"design": {"kind": "table", "file": "x.csv"}}, "leave [factors] out"),
        ({"design": {}}, "design.kind: must be given"),
        ({"keep": {"indicators": ["loyality"]}}, "unknown indicator; did you mean 'loyalty'?"),
        ({"keep": {"every": 0}}, "must be a whole number from 1"),
        ({"schema": 2}, "this file may need a newer EffectChain"),
    ],
)
def test_a_mistake_is_answered_with_what_is_right(changes: dict[str, Any], words: str) -> None:
    """One sentence that names the key and says what is allowed or meant."""
    assert words in refused(**changes)


def test_mistakes_of_form_scenario_and_indicators_come_together() -> None:
    """Nobody has to run a command three times to find three mistakes."""
    text = refused(scenario="hotl", replications=0, keep={"indicators": ["loyality"], "every": 0})

    assert text.startswith("3 mistakes:")


def test_a_missing_first_line_is_asked_for() -> None:
    """As for scenario files."""
    assert "e.toml: the line `schema = 1` is missing; put it first" == told(HELD.replace("schema = 1\n", ""))


def test_text_that_is_no_toml_is_placed() -> None:
    """With line and column."""
    assert "e.toml, line 8" in told(HELD.replace('kind = "latin_hypercube"', "kind = latin"))


def test_values_that_only_go_together_are_allowed_together() -> None:
    """Five employees are too few for ten leaders, but not for those that another factor brings."""
    few = {"organisation.employees": {"values": [5, 60]}}
    leaders = {"organisation.leaders": {"values": [2, 10]}}

    assert "there are 10 leaders for 5 employees" in refused(factors=few)
    assert 2 == len(experiment_of(data_of() | {"factors": few | leaders}).factors)


def test_a_factor_within_another_is_refused() -> None:
    """It could not be told which of the two counts."""
    both = {"building_blocks.leadership": {"low": 0, "high": 1}, "building_blocks.leadership.lived": {"values": [0.2]}}

    assert "lies within another factor, 'building_blocks.leadership'" in refused(factors=both)


def test_scenarios_themselves_can_be_a_factor() -> None:
    """Presets and files are values; each is checked, and other factors must suit all of them."""
    factors = {"scenario": {"values": ["hotel", "municipality"]}, "organisation.employees": {"values": [60, 90]}}
    found = experiment_of(data_of("grid", factors))

    assert {"hotel", "municipality"} == set(found.others)
    assert "did you mean 'hotel'?" in refused(factors={"scenario": {"values": ["hotl"]}})
    assert "has no range" in refused(factors={"scenario": {"low": 1, "high": 2}})


@settings(max_examples=15)
@given(
    kind=st.sampled_from(["latin_hypercube", "sobol", "saltelli"]),
    exponent=st.integers(1, 6),
    seed=st.integers(0, 2**63 - 1),
    weeks=st.integers(1, 300),
)
def test_an_experiment_survives_being_written_and_read(kind: str, exponent: int, seed: int, weeks: int) -> None:
    """Its data say all: digest and cells are the same after a round trip."""
    one = experiment_of(data_of(kind, points=2**exponent) | {"seed": seed, "weeks": weeks})
    other = experiment_of(one.as_dict())

    assert one.digest() == other.digest()
    assert points(one).equals(points(other))


def test_the_digest_stands_for_what_decides_the_numbers() -> None:
    """Another name leaves it, and anything else changes it."""
    first = experiment().digest()

    assert first == experiment_of(data_of() | {"name": "other"}).digest()
    others: list[dict[str, Any]] = [
        {"seed": 4},
        {"weeks": 21},
        {"replications": 3},
        {"scenario": "municipality"},
        {"keep": {"every": 2}},
        {"design": {"kind": "sobol", "points": 8}},
        {"factors": {"building_blocks.leadership": {"low": 0.1, "high": 0.9}}},
    ]
    assert len(others) == len({experiment_of(data_of() | change).digest() for change in others} - {first})


def test_an_experiment_travels_between_processes() -> None:
    """Workers get it whole."""
    found = pickle.loads(pickle.dumps(experiment()))  # noqa: S301 our own bytes

    assert experiment().digest() == found.digest()


def test_the_json_schema_names_every_key() -> None:
    """An editor that knows it completes and checks what is typed."""
    schema = json_schema()

    assert ["schema", "scenario", "design"] == schema["required"]
    assert {"name", "scenario", "weeks", "replications", "seed", "design", "factors", "keep", "schema"} == set(
        schema["properties"]
    )
    assert all(key.get("description") for key in schema["properties"].values())


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8) | st.integers() | st.floats() | st.booleans()))
def test_any_nonsense_is_answered_with_a_mistake(data: dict[str, Any]) -> None:
    """Never a traceback of ours."""
    with pytest.raises(Mistake):
        parse_experiment(tomli_w.dumps({"schema": 1, **data, "factors": data}))


def test_many_mistakes_are_counted() -> None:
    """The first eight are shown."""
    factors = {f"customers.activ{number}": {"low": 0, "high": 1} for number in range(12)}
    with pytest.raises(Mistakes) as caught:
        experiment_of(data_of() | {"factors": factors})

    assert 12 == caught.value.count
