"""What is written is read back as the same scenario."""

import tomllib

import pytest
from hypothesis import given

from scenarios.loading import load, parse, presets
from scenarios.scenario import Scenario
from scenarios.writing import to_toml
from tests.scenario_forms import scenarios


@given(scenarios)
def test_written_and_read_again_is_equal(scenario: Scenario) -> None:
    """To the last bit of every number."""
    again = parse(to_toml(scenario))

    assert scenario == again
    assert scenario.digest() == again.digest()
    assert to_toml(scenario) == to_toml(again)


@pytest.mark.parametrize("name", presets())
def test_presets_survive_writing(name: str) -> None:
    """A preset, flattened, is the preset."""
    assert load(name) == parse(to_toml(load(name)))


def test_all_keys_are_written() -> None:
    """A manifest holds the scenario as run, also where it relies on defaults."""
    scenario = Scenario().strengthen("culture", to=0.8)
    written = tomllib.loads(to_toml(scenario))
    blocks = written.pop("building_blocks")
    whole = scenario.as_dict()

    assert dict.fromkeys(whole.pop("building_blocks"), 0.4) == blocks
    assert whole == written


def test_arrays_of_tables_are_written_one_below_the_other() -> None:
    """People go on writing in these files."""
    text = to_toml(Scenario().strengthen("culture", to=0.8).with_({"building_blocks.design.lived": 0.2}))

    assert '[[interventions]]\nblock = "culture"\nstart = 1\n' in text
    assert "[customers.segments.weights]\nwelcome = 1.0\n" in text
    assert "[building_blocks.design]\ndesigned = 0.4\nlived = 0.2\n" in text
    assert "culture = 0.4\n" in text
