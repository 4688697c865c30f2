"""What a result's folder records of the command that made it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.run_folders import options


@pytest.mark.parametrize(
    ("given", "typed"),
    [(1234567.0, "1234567"), (1234568.0, "1234568"), (0.05, "0.05"), (52, "52"), (-0.5, "-0.5"), ("money", "money")],
)
def test_options_stand_as_one_types_them(given: object, typed: str) -> None:
    """A whole number without a point, any other with all of its figures, never 1.23457e+06."""
    assert ["--most-effort", typed] == options(most_effort=given)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_it_was(value: float) -> None:
    """So that the recorded command comes to the same numbers."""
    assert value == float(options(budget=value)[1])


def test_each_item_of_a_list_has_its_own_option() -> None:
    """And what nobody asked for has none."""
    assert ["--goal", "profit", "--goal", "loyalty"] == options(goal=["profit", "loyalty"], budget=None)
