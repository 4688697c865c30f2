"""Goals are what `compare` tells, and only those of the organisation's own sector can be asked for."""

import numpy as np
import pytest

from experiments.ensemble import run_ensemble
from experiments.roadmaps.goals import COMMERCIAL, GOALS, PUBLIC, goal_named, goals_named, present_value
from experiments.roadmaps.result import lines_in
from results.effects.payback import discounted
from results.statistics import by_indicator, final_year
from scenarios.errors import Mistake
from tests.small_organisation import small

PUBLIC_BODY = small(organisation__sector="nonprofit", economics__budget=400_000.0)


@pytest.mark.parametrize("weeks", [20, 70])
def test_a_goal_is_what_the_last_year_comes_to(weeks: int) -> None:
    """Every indicator's goal equals that of a comparison, for runs shorter and longer than a year."""
    found = run_ensemble(small(), weeks=weeks, replications=2)
    last = by_indicator(final_year(found.weekly))
    for name in set(GOALS) - {"npv"} - PUBLIC:
        reached = goal_named(name, small()).reached(lambda indicator: lines_in(found, indicator))

        np.testing.assert_allclose(last[name], reached, err_msg=name)


def test_net_present_value_is_that_of_a_comparison() -> None:
    """Each week's profit counts at its end, less by the interest; the last of the running sums is the whole."""
    profit = np.array([[5.0, -3.0, 8.0], [1.0, 1.0, 1.0]])

    np.testing.assert_allclose(discounted(profit, 0.1), present_value(profit, 0.1)[:, -1])


def test_what_is_better_lower_is_lowered() -> None:
    """A goal such as churn counts against its sign."""
    assert -1.0 == goal_named("churn", small()).sign
    assert 1.0 == goal_named("nps", small()).sign


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_results_of_public_bodies_are_no_goals_of_firms(name: str) -> None:
    """A commercial organisation has no commissioners and no public trust to plan for."""
    with pytest.raises(Mistake, match=r"commercial organisation.*take npv"):
        goal_named(name, small())
    assert name == goal_named(name, PUBLIC_BODY).name


@pytest.mark.parametrize("name", sorted(COMMERCIAL))
def test_results_of_firms_are_no_goals_of_public_bodies(name: str) -> None:
    """A body that lives on a budget earns no profit."""
    with pytest.raises(Mistake, match=r"non-profit organisation.*take trust"):
        goal_named(name, PUBLIC_BODY)


def test_the_nearest_goal_is_suggested() -> None:
    """A misspelt goal is answered with the one that was meant; neutral indicators are no goals."""
    with pytest.raises(Mistake, match="did you mean 'loyalty'"):
        goal_named("loyality", small())
    with pytest.raises(Mistake, match="is no goal"):
        goal_named("utilisation", small())


@pytest.mark.parametrize(("names", "what"), [((), "0 times"), (("npv", "npv"), "twice"), (("npv",) * 3, "3 times")])
def test_one_goal_or_two(names: tuple[str, ...], what: str) -> None:
    """None, the same one twice, or more than two are mistakes."""
    with pytest.raises(Mistake, match=what):
        goals_named(names, small())
