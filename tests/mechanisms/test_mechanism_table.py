"""The tables of mechanisms and parameters are complete: all is tested, used and explained."""

import re
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from agents.parameters import Mechanism, Parameter
from agents.registry import PARAMETERS, mechanisms

HERE = Path(__file__).parent
HOUSE = HERE.parent.parent
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for room in ("agents", "simulation") for path in (HOUSE / room).glob("*.py")
)
BY_BLOCK = re.compile(r"(lag|people_share)_\w+")
"""Parameters that are read by the name of their building block."""


def themes() -> list[ModuleType]:
    """The modules of this folder that hold tests of patterns."""
    return [import_module(f"tests.mechanisms.{path.stem}") for path in sorted(HERE.glob("test_*.py"))]


def test_every_mechanism_has_a_test_of_its_pattern() -> None:
    """No mechanism without a test that shows its pattern and fails without it; no test of a mechanism that isn't."""
    tested = {getattr(test, "mechanism", None) for theme in themes() for test in vars(theme).values()} - {None}

    assert set(mechanisms()) == tested


@pytest.mark.parametrize("mechanism", mechanisms().values(), ids=str)
def test_every_mechanism_can_be_switched_off(mechanism: Mechanism) -> None:
    """Its switch is a parameter, off is within that parameter's range, and it is on by default."""
    switch = PARAMETERS[mechanism.switch]

    assert switch.low <= mechanism.off <= switch.high
    assert switch.default != mechanism.off


@pytest.mark.parametrize("mechanism", mechanisms().values(), ids=str)
def test_every_mechanism_is_explained(mechanism: Mechanism) -> None:
    """Pattern and source are there to be read."""
    assert mechanism.pattern.strip()
    assert mechanism.source.strip()


def test_no_two_mechanisms_share_a_switch() -> None:
    """Switching one off leaves all others on."""
    switches = [mechanism.switch for mechanism in mechanisms().values()]

    assert sorted(set(switches)) == sorted(switches)


@pytest.mark.parametrize("parameter", PARAMETERS.values(), ids=lambda parameter: parameter.name)
def test_every_parameter_is_used_and_explained(parameter: Parameter) -> None:
    """A rule reads it, the default lies in its range, and unit, source and meaning say what it is."""
    is_read = re.search(rf"\b(p|parameters\[0\])\.{parameter.name}\b", SOURCES) or BY_BLOCK.fullmatch(parameter.name)

    assert is_read, f"no rule reads {parameter.name}"
    assert parameter.low <= parameter.default <= parameter.high
    assert parameter.low < parameter.high
    assert all(text.strip() for text in (parameter.unit, parameter.source, parameter.meaning))
    assert parameter.origin in {"evidence", "calibrated", "assumed"}


@pytest.mark.parametrize("prefix", ["lag", "people_share"])
def test_parameters_by_block_are_read_for_each_block(prefix: str) -> None:
    """The week's world takes them by name from the list of blocks."""
    assert f'parameters[f"{prefix}_{{block}}"]' in SOURCES
