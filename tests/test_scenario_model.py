"""The scenario as an object: what it says of itself, and copies with other values."""

import subprocess
import sys
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from pydantic import ValidationError

from agents.blocks import BLOCKS
from agents.registry import PARAMETERS
from scenarios.building_blocks import Block, BuildingBlocks
from scenarios.errors import Mistake
from scenarios.expected import check_expected
from scenarios.intervention import Intervention
from scenarios.scenario import Scenario
from scenarios.shock import SIZES, Kind
from tests.scenario_forms import scenarios

PARAMETER = next(iter(PARAMETERS.values()))


def test_the_nine_blocks_are_those_of_the_agents() -> None:
    """Their keys and order are written twice, for type checkers; they must not differ."""
    assert BLOCKS == get_args(Block)
    assert BLOCKS == tuple(BuildingBlocks.model_fields)


def test_every_kind_of_shock_has_a_size() -> None:
    """A kind without a range could not be checked."""
    assert tuple(SIZES) == get_args(Kind)


def test_a_scenario_cannot_be_changed() -> None:
    """A run must be of the scenario that its manifest holds."""
    with pytest.raises(ValidationError, match="frozen"):
        Scenario().weeks = 3  # type: ignore[misc]


def test_with_changes_one_value_and_nothing_else() -> None:
    """The original stays as it was."""
    before = Scenario()
    after = before.with_({"organisation.employees": 80})

    assert (60, 80) == (before.organisation.employees, after.organisation.employees)
    assert before == after.with_({"organisation.employees": 60})


def test_with_takes_keywords_and_tables() -> None:
    """A table is laid over the present one."""
    after = Scenario().with_(weeks=9, building_blocks={"culture": {"lived": 0.7}, "design": 0.2})

    assert (9, 0.4, 0.7) == (after.weeks, after.building_blocks.culture.designed, after.building_blocks.culture.lived)
    assert (0.2, 0.2) == (after.building_blocks.design.designed, after.building_blocks.design.lived)


def test_with_reaches_into_arrays() -> None:
    """Interventions are counted from 0; None takes an optional key away."""
    before = Scenario().strengthen("culture", to=0.8, start=2, weeks=10).strengthen("design", effort=0.1)
    after = before.with_({"interventions.0.start": 10, "interventions.1.effort": None, "interventions.1.budget": 5})

    assert Intervention(block="culture", start=10, weeks=10, to=0.8) == after.interventions[0]
    assert Intervention(block="design", start=1, weeks=26, budget=5.0) == after.interventions[1]
    assert after.interventions[1:] == after.with_({"interventions.0": None}).interventions


def test_numbers_of_numpy_are_numbers() -> None:
    """Designs of experiments come from NumPy, truth values too."""
    after = Scenario().with_({"organisation.employees": np.int64(70), "economics.price": np.float32(0.5)})

    assert Scenario().with_({"programme.respectful_exit": np.True_}).programme.respectful_exit
    assert (70, 0.5) == (after.organisation.employees, after.economics.price)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"organisation.employes": 3}, "organisation.employes: unknown key; did you mean 'employees'?"),
        ({"organisation.employees": True}, "organisation.employees = true: must be a whole number"),
        ({"organisation.employees": np.True_}, "organisation.employees"),
        ({"nosuch.deeper": 3}, "nosuch: unknown key"),
        ({"weeks.x": 1}, "weeks: has no keys of its own; leave out 'x'"),
        ({"interventions.0.start": 1}, "interventions: no position '0'. Allowed: none: the array is empty"),
        ({"customers.segments.1.share": 1}, "customers.segments: no position '1'. Allowed: 0 to 0"),
        ({"customers.segments.-1.share": 1}, "no position '-1'"),
        ({"customers.segments.x": 1}, "no position 'x'"),
        ({"customers.segments.0.name": None}, "customers.segments.0.name: must be given"),
        ({"a..b": 1}, "'a..b': is no path"),
        ({"": 1}, "'': is no path"),
        ({"extends": "hotel"}, "extends = 'hotel': can only be given in a scenario file"),
        ({"building_blocks.from_diagnosis": "x"}, "can only be given in a scenario file"),
        ({"about.text_en": "\ud800"}, r"about.text_en = '\ud800': must be a text"),
        ({".".join("a" * 5000): 1}, "…': is no path. Allowed: keys and positions joined by dots"),
    ],
)
def test_a_wrong_change_is_a_mistake(changes: dict[str, object], told: str) -> None:
    """The same words as for a file, without a line."""
    with pytest.raises(Mistake) as caught:
        Scenario().with_(changes)

    assert told in str(caught.value)


def test_strengthen_adds_one_intervention() -> None:
    """Behind those that are there."""
    after = Scenario().strengthen("leadership", to=0.8, start=5, weeks=12, approach="bottom_up", upkeep=0.5)
    wanted = Intervention(block="leadership", to=0.8, start=5, weeks=12, approach="bottom_up", upkeep=0.5)

    assert (wanted,) == after.interventions


def test_strengthen_needs_one_amount_and_a_known_block() -> None:
    """What a file refuses, this refuses."""
    with pytest.raises(Mistake, match="exactly one of effort, budget and to"):
        Scenario().strengthen("leadership")
    with pytest.raises(Mistake, match="did you mean 'leadership'"):
        Scenario().strengthen("leadershp", to=0.5)


def test_the_digest_stands_for_the_content() -> None:
    """Names and texts don't matter to a run; every other key does."""
    scenario = Scenario()
    same = scenario.with_(name="other", about={"title_en": "Other"})

    assert 12 == len(scenario.digest())
    assert scenario.digest() == same.digest()
    assert scenario.digest() != scenario.with_(weeks=10).digest()
    assert scenario.digest() != scenario.with_({f"behaviour.{PARAMETER.name}": PARAMETER.high}).digest()


def test_the_digest_is_the_same_in_another_process() -> None:
    """Folders of results are named after it."""
    program = "from scenarios.scenario import Scenario; print(Scenario(weeks=9).digest())"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert Scenario(weeks=9).digest() == other.stdout.strip()


def test_maturity_comes_in_the_order_of_the_blocks() -> None:
    """Arrays of nine are what the simulation reads."""
    changes = {
        f"building_blocks.{name}": {"designed": place / 10, "lived": place / 20} for place, name in enumerate(BLOCKS)
    }
    scenario = Scenario().with_(changes)

    assert tuple(place / 10 for place in range(9)) == scenario.designed()
    assert tuple(place / 20 for place in range(9)) == scenario.lived()


def test_behaviour_values_are_all_parameters() -> None:
    """Defaults, with what the scenario changes."""
    values = Scenario().with_({f"behaviour.{PARAMETER.name}": PARAMETER.low}).behaviour_values()

    assert list(PARAMETERS) == list(values)
    assert PARAMETER.low == values[PARAMETER.name]
    assert {name: values[name] for name in list(values)[1:]} == {
        name: parameter.default for name, parameter in list(PARAMETERS.items())[1:]
    }


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_parameter_keeps_to_its_range(name: str) -> None:
    """Both ends are allowed, and nothing beyond."""
    parameter = PARAMETERS[name]
    for value in (parameter.low, parameter.default, parameter.high):
        assert value == Scenario().with_({f"behaviour.{name}": value}).behaviour[name]
    for value in (np.nextafter(parameter.low, -np.inf), np.nextafter(parameter.high, np.inf)):
        with pytest.raises(Mistake, match="must be a number from"):
            Scenario().with_({f"behaviour.{name}": value})


def test_expected_indicators_must_exist() -> None:
    """The caller knows the weekly table; the nearest column is proposed."""
    scenario = Scenario().with_(expected={"nps": [0, 1], "chrun": [0.1, 0.2]})

    check_expected(scenario, ["nps", "chrun"])
    with pytest.raises(Mistake, match=r"expected\.chrun: unknown indicator; did you mean 'churn'\?"):
        check_expected(scenario, ["nps", "churn"])


@given(scenarios)
def test_every_valid_scenario_can_be_copied(scenario: Scenario) -> None:
    """A copy without changes is equal, as data and as digest."""
    copy = scenario.with_()

    assert scenario == copy
    assert scenario.as_dict() == copy.as_dict()
    assert scenario.digest() == copy.digest()
