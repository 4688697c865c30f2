"""`exp`, `log`, powers and the normal distribution: right, and the same bits however and wherever they are computed."""

import ast
import hashlib
import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.special import ndtr

from agents.mathematics import exp, log, normal_below, power
from agents.rule import ROOMS

FUNCTIONS: Final[dict[str, Any]] = {"exp": exp, "log": log, "normal_below": normal_below}

TRIED: Final = {
    "exp": np.linspace(-40.0, 40.0, 20_011),
    "log": np.geomspace(1e-12, 1e6, 20_011),
    "normal_below": np.linspace(-12.0, 12.0, 20_011),
}

DIGESTS: Final = {
    "exp": "980a5f43cf988637",
    "log": "b34f00362350214e",
    "normal_below": "5bbff6507c832b42",
}
"""Of the bits of each function at the numbers tried: x86-64 with AVX-512 and FMA, Linux."""

EXACT: Final = {"sqrt", "inf", "nan"}
"""What the standard says to the last bit, or no function at all."""


def bits(value: float) -> bytes:
    """All 64 of them."""
    return np.float64(value).tobytes()


def ulps(found: float, true: float) -> float:
    """How many units of the last place lie between."""
    return abs(found - true) / math.ulp(true)


@given(some.floats(-700.0, 700.0))
def test_exp_is_within_two_units_of_the_last_place(value: float) -> None:
    """Of the C library's, which is itself within one of the truth."""
    assert ulps(exp(value), math.exp(value)) <= 2.0


@given(some.floats(1e-300, 1e300))
def test_log_is_within_two_units_of_the_last_place(value: float) -> None:
    """Of the C library's."""
    assert ulps(log(value), math.log(value)) <= 2.0


@given(some.floats(1e-300, 1.0), some.floats(0.0, 60.0))
def test_power_is_near(base: float, exponent: float) -> None:
    """Within the rounding of its logarithm, times the exponent."""
    assert power(base, exponent) == pytest.approx(math.pow(base, exponent), rel=1e-13, abs=1e-150)


@given(some.floats(-45.0, 45.0))
def test_chances_below_are_those_of_the_normal_distribution(value: float) -> None:
    """Both sides together are everything."""
    assert normal_below(value) == pytest.approx(float(ndtr(value)), rel=0.0, abs=1e-15)
    assert normal_below(value) + normal_below(-value) == pytest.approx(1.0, rel=0.0, abs=1e-15)


@pytest.mark.parametrize(
    ("function", "value", "expected"),
    [
        (exp, 0.0, 1.0),
        (exp, -math.inf, 0.0),
        (exp, math.inf, math.inf),
        (exp, 710.0, math.inf),
        (exp, -1e300, 0.0),
        (log, 1.0, 0.0),
        (log, 0.0, -math.inf),
        (log, math.inf, math.inf),
        (log, -1.0, math.nan),
        (normal_below, 0.0, 0.5),
        (normal_below, math.inf, 1.0),
        (normal_below, -math.inf, pytest.approx(0.0, abs=1e-300)),
        *((function, math.nan, math.nan) for function in FUNCTIONS.values()),
    ],
)
def test_ends_of_the_scale(function: Callable[[float], float], value: float, expected: float) -> None:
    """Nothing is undefined: a NaN stays one, so that guards find it."""
    assert expected == pytest.approx(function(value), nan_ok=True)


@pytest.mark.parametrize(("base", "exponent", "expected"), [(0.0, 0.4, 0.0), (0.0, 0.0, 1.0), (1.0, 3.7, 1.0)])
def test_powers_of_nothing_and_all(base: float, exponent: float, expected: float) -> None:
    """As rules need them: a block that isn't there, an exponent that switches something off."""
    assert expected == power(base, exponent)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_compiled_and_interpreted_have_the_same_bits(name: str) -> None:
    """Also where the compiler takes several numbers at once."""
    function, values = FUNCTIONS[name], TRIED[name][::20]

    assert [bits(function(value)) for value in values] == [bits(function.py_func(float(value))) for value in values]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_bits_are_those_on_record(name: str) -> None:
    """A compiler or processor that rounds a product and a sum at once, or in another order, would change them."""
    found = b"".join(bits(FUNCTIONS[name](value)) for value in TRIED[name])

    assert DIGESTS[name] == hashlib.sha256(found).hexdigest()[:16]


def test_rules_use_nothing_that_differs_between_machines() -> None:
    """No function of the C library, in any rule, but those that the standard rounds for all."""
    used = {
        (file.name, node.attr)
        for room in ROOMS
        for file in room.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"math", "np"}
        if hasattr(math, node.attr)
    }

    assert {"sqrt", "inf"} <= {name for _, name in used}
    assert set() == {(file, name) for file, name in used if name not in EXACT}
