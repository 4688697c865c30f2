"""Plans stay within budget and limits by construction, and cost what the simulation books."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.blocks import BLOCKS
from experiments.roadmaps.impatience import stopped
from experiments.roadmaps.plan import Limits, Plan, Work, costs, efforts, limits_of, plan_from, plan_within, years
from experiments.roadmaps.rules import rules_of_thumb
from experiments.worlds.replication import Replication
from experiments.worlds.workers import live_all
from tests.small_organisation import small

WEEKS = 104
LIMITS = limits_of([small()], 15_000.0, WEEKS)

works = st.builds(
    Work,
    block=st.sampled_from(BLOCKS),
    start=st.integers(1, 120),
    weeks=st.integers(1, 120),
    effort=st.floats(0.0, 1.0),
    approach=st.sampled_from(("combined", "top_down", "bottom_up")),
    upkeep=st.sampled_from((0.0, 0.5, 1.0)),
)
wishes = st.lists(works, max_size=9, unique_by=lambda work: work.block)
limits = st.builds(
    Limits,
    budget=st.floats(0.01, 200_000.0),
    weeks=st.integers(13, 120),
    most_at_once=st.integers(1, 9),
    most_effort=st.floats(0.05, 9.0),
    price=st.floats(1.0, 3_000.0),
    maintenance=st.floats(0.001, 1.0),
)


@given(wishes, limits)
def test_no_wish_breaks_a_limit(wanted: list[Work], within: Limits) -> None:
    """Whatever is wished, each year's budget, the blocks at once, the effort of a week and the horizon hold."""
    plan = plan_within(wanted, within)
    done = efforts(plan.works, within.weeks)

    assert (costs(plan, within) <= within.budgets * (1.0 + 1e-9)).all()
    assert (done > 0.0).sum(axis=1).max() <= within.most_at_once
    assert done.sum(axis=1).max() <= within.most_effort * (1.0 + 1e-9)
    assert all(1 <= work.start < work.end <= within.weeks + 1 for work in plan.works)
    assert all(0.0 < work.effort <= 1.0 for work in plan.works)


@given(wishes, limits)
def test_a_block_is_worked_on_in_one_stretch(wanted: list[Work], within: Limits) -> None:
    """Where a budget changes the effort from year to year the work goes on without a gap, and is kept up once."""
    plan = plan_within(wanted, within)
    for block in plan.blocks():
        mine = plan.of(block)

        assert [work.end for work in mine[:-1]] == [work.start for work in mine[1:]]
        assert all(work.upkeep == 0.0 for work in mine[:-1])


@given(wishes, limits)
def test_a_plan_survives_being_written_down(wanted: list[Work], within: Limits) -> None:
    """What the ledger keeps of a plan is that plan."""
    plan = plan_within(wanted, within)

    assert plan == plan_from(plan.as_data())


def test_what_the_limits_allow_is_done_as_wished() -> None:
    """A wish within all limits is the plan."""
    wish = Work("culture", 14, 26, 0.2, "bottom_up", 0.5)

    assert Plan((wish,)) == plan_within([wish], LIMITS)


def test_work_that_is_one_too_many_waits() -> None:
    """With one block at a time the second begins when the first ends, and keeps its length."""
    one = limits_of([small()], 15_000.0, WEEKS, most_at_once=1)
    plan = plan_within([Work("culture", 1, 26, 0.2), Work("design", 3, 13, 0.2)], one)

    assert [(1, 27), (27, 40)] == [(work.start, work.end) for work in plan.works]


def test_upkeep_comes_out_of_the_budget() -> None:
    """A later year that pays upkeep of earlier work has less for new work than the first."""
    plan = plan_within([Work("culture", 1, 52, 1.0), Work("design", 53, 52, 1.0)], LIMITS)
    first, second = plan.works

    assert pytest.approx(LIMITS.maintenance, abs=1e-3) == first.effort - second.effort
    assert pytest.approx(LIMITS.budgets, rel=1e-3) == costs(plan, LIMITS)


def test_a_part_of_a_year_has_a_part_of_the_budget() -> None:
    """Half a year after two whole ones may cost half."""
    assert [15_000.0, 15_000.0, 7_500.0] == limits_of([small()], 15_000.0, 130).budgets.tolist()


def test_the_dearest_variant_sets_the_price() -> None:
    """A plan for several variants stays within the budget in each of them."""
    dear = small(economics__pay=100_000.0)

    assert limits_of([dear], 1.0, 52).price == limits_of([small(), dear], 1.0, 52).price


@pytest.mark.parametrize("kind", ["as it is", "busy already"])
def test_the_simulation_books_what_a_plan_costs(kind: str) -> None:
    """Investment beside doing nothing is the plan's cost year by year; never more where others work on blocks too."""
    base = small(weeks=WEEKS)
    if kind == "busy already":
        base = base.strengthen("culture", effort=0.7, start=10, weeks=60).strengthen("design", to=0.7, start=30)
    names = ("equal_split", "weakest_first", "leaders_first")
    plans = [rules_of_thumb(base, LIMITS)[name] for name in names]
    lived = live_all([Replication(plan.done_in(base, "plan", WEEKS), 0, 1, WEEKS) for plan in (Plan(()), *plans)])
    nothing, *invested = (np.bincount(years(WEEKS), weights=life.weekly["investment"]) for life in lived)

    for plan, booked in zip(plans, invested, strict=True):
        if kind == "as it is":
            assert pytest.approx(costs(plan, LIMITS)) == booked - nothing
        assert (booked - nothing <= LIMITS.budgets * (1.0 + 1e-9)).all()


def test_the_rules_spend_the_same_budget() -> None:
    """Every rule of thumb uses each year's budget up, to the rounding of its efforts."""
    rules = rules_of_thumb(small(), LIMITS)
    at_first = rules.pop("equal_at_first")
    for name, plan in rules.items():
        assert pytest.approx(LIMITS.budgets, rel=2e-3) == costs(plan, LIMITS), name

    assert pytest.approx(LIMITS.budgets[0], rel=2e-3) == costs(at_first, LIMITS)[0]
    assert 53 == at_first.end


@pytest.mark.parametrize("at_once", [1, 2, 4, 9])
def test_the_rules_stay_within_the_limit(at_once: int) -> None:
    """A rule that would work on all blocks takes them in turns."""
    within = limits_of([small()], 15_000.0, WEEKS, most_at_once=at_once)
    for plan in rules_of_thumb(small(), within).values():
        assert (efforts(plan.works, WEEKS) > 0.0).sum(axis=1).max() <= at_once
        assert (costs(plan, within) <= within.budgets * (1.0 + 1e-9)).all()


def test_the_rules_go_by_their_names() -> None:
    """Equal split works on all alike, the others begin with what they are called after."""
    base = small(building_blocks__monitoring=0.1, building_blocks__culture=0.2)
    rules = rules_of_thumb(base, LIMITS)

    assert 1 == len({(work.start, work.weeks, work.effort) for work in rules["equal_split"].works})
    assert ("monitoring", "culture", "leadership") == rules["weakest_first"].blocks()[:3]
    assert BLOCKS == rules["book_order"].blocks()
    assert "leadership" == rules["leaders_first"].blocks()[0]
    assert ("design",) == rules["only_design"].blocks()


def test_a_stopped_plan_ends_early_and_is_not_kept_up() -> None:
    """Stopped half-way, nothing begins later, work under way is cut, and no upkeep is paid."""
    plan = Plan((Work("culture", 5, 10, 0.3), Work("design", 9, 96, 0.4), Work("strategy", 80, 10, 0.4)))
    half = stopped(plan, 0.5)

    assert [("culture", 5, 15), ("design", 9, 55)] == [(work.block, work.start, work.end) for work in half.works]
    assert {0.0} == {work.upkeep for work in half.works}
