"""Units differ as real ones do: inside firms with their own policies; the first stay when more are asked for."""

from typing import Any

import numpy as np
import pytest

from experiments.population import Spread, population
from scenarios.errors import Mistake
from scenarios.loading import load

NONE = Spread(0.0, 0.0, 0.0, 0.0, 0.0, 12.0, 12.0, 0.0, 0.0, 0.0)


def test_a_firm_has_one_policy_and_its_units_live_it_differently() -> None:
    """Designed maturity is the firm's; lived maturity is the unit's."""
    units = population(12, firms=3, seed=4)
    designed = {unit.firm: {other.scenario.designed() for other in units if other.firm == unit.firm} for unit in units}

    assert [0, 1, 2] * 4 == [unit.firm for unit in units]
    assert [1, 1, 1] == [len(found) for found in designed.values()]
    assert 12 == len({unit.scenario.lived() for unit in units})


def test_more_units_leave_the_first_as_they_are() -> None:
    """And another seed makes others."""
    assert population(5, seed=2) == population(9, seed=2)[:5]
    assert population(5, seed=2) != population(5, seed=3)


def test_spreads_are_those_asked_for() -> None:
    """Standard deviations over many units, within four standard errors (false alarms: less than 1 in 1,000)."""
    units = population(600, firms=600, seed=1)
    log_size = np.log([unit.scenario.organisation.employees for unit in units])
    log_pay = np.log([unit.scenario.economics.pay for unit in units])
    gap = np.array([np.subtract(unit.scenario.lived(), unit.scenario.designed()) for unit in units])
    error = 4.0 / np.sqrt(2.0 * 600)

    assert pytest.approx(0.5, rel=error + 0.03) == log_size.std()
    assert pytest.approx(0.05, rel=error) == log_pay.std()
    assert pytest.approx(np.hypot(0.02, 0.05), rel=error) == gap[:, 2].std()


def test_without_spread_all_are_the_base() -> None:
    """Every difference comes from a spread; what a scenario is called and where it lies apart."""
    base = load("hotel")
    units = population(3, base=base, spread=NONE)
    same = {unit.scenario.with_(name="one").digest() for unit in units}

    assert 1 == len(same)
    assert base.economics == units[0].scenario.economics
    assert base.customers == units[0].scenario.customers


@pytest.mark.parametrize("wrong", [{"units": 0}, {"firms": 0}, {"seed": -1}])
def test_numbers_that_cannot_be_are_told(wrong: dict[str, Any]) -> None:
    """By name and range."""
    with pytest.raises(Mistake, match=next(iter(wrong))):
        population(**wrong)
