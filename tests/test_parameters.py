"""People and programs can read every parameter and every mechanism's switch."""

import json

import pytest
from click.testing import CliRunner

from agents.registry import PARAMETERS, mechanisms
from effectchain.cli import commands
from effectchain.parameters import parameters_as_data, parameters_in_words
from scenarios.errors import Mistake


def test_every_parameter_and_mechanism_is_listed() -> None:
    """The list is the registry, no more and no less."""
    found = parameters_as_data()
    text = "\n".join(parameters_in_words())

    assert list(PARAMETERS) == [one["name"] for one in found["parameters"]]
    assert list(mechanisms()) == [one["name"] for one in found["mechanisms"]]
    for name, one in PARAMETERS.items():
        assert f"  {name} = {one.default:g}  (" in text


def test_words_choose() -> None:
    """Words choose what has one of them in its name, meaning or source; words that nothing has are a mistake."""
    found = parameters_as_data(["Maxham"])

    assert "double_deviation" in [one["name"] for one in found["parameters"]]
    assert "loss_aversion" not in [one["name"] for one in found["parameters"]]
    with pytest.raises(Mistake, match="no parameter or mechanism"):
        parameters_in_words(["flogiston"])


def test_command() -> None:
    """The command prints the list, and as JSON the same for programs."""
    done = CliRunner().invoke(commands, ["scenarios", "parameters", "treadmill", "--json"])

    assert 0 == done.exit_code
    assert "treadmill" in [one["switch"] for one in json.loads(done.stdout)["mechanisms"]]
