"""Organisations whose parameters are known, and the figures that they would find in their own books."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.calibration.figures import Figure
from experiments.calibration.parameters import usual_rows
from experiments.worlds.replication import Replication
from experiments.worlds.workers import live_all
from scenarios.scenario import Scenario
from tests.small_organisation import small

OF_TRUTH = 77
"""Seed of the worlds in which an organisation's own figures came about."""


def firm(**changes: Any) -> Scenario:
    """A small organisation with little luck: outside influences are off, and customers are not too few."""
    return small(customers__active=400, customers__prospects=200, shocks=[], behaviour__unit_variance=0.0, **changes)


def own_figures(truth: Scenario, tolerances: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """What an organisation comes to over 24 worlds of a year, with these tolerances."""
    lived = live_all([Replication(truth, number, OF_TRUTH, 52) for number in range(24)], workers=2)
    return {
        name: (float(np.nanmean([Figure(name, 0.0).reached(one.weekly) for one in lived])), tolerance)
        for name, tolerance in tolerances.items()
    }


def all_but(*keys: str) -> list[str]:
    """The usual open parameters without these, to be fixed; those that only some figures open are left out."""
    return [key for key, row in usual_rows().items() if key not in keys and "figures" not in row]
