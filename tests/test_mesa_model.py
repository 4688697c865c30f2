"""The organisation is a Mesa model: a step is a week of the compiled world, to the bit."""

import copy
import pickle
import random
from typing import Any

import mesa
import numpy as np
import pytest

from scenarios.errors import Mistake
from simulation.indicators import INDICATORS
from simulation.organisation import Organisation
from simulation.week import live_weeks
from simulation.world import begin, recorded, warm_up
from tests.mesa_forms import SEED, SMALL, different, same_bits, small


def test_stepping_gives_the_bits_of_living_at_once() -> None:
    """Mesa's steps, `run` and one call of the engine are the same life."""
    weeks = 20
    world = begin(SMALL, SEED, 0, weeks)
    warm_up(world)
    live_weeks(world, 1, weeks)
    stepped, ran = small(weeks=weeks), small(weeks=weeks)
    for _ in range(weeks):
        stepped.step()
    ran.run(weeks)

    assert isinstance(stepped, mesa.Model)
    assert [] == different(world, stepped.world)
    assert [] == different(world, ran.world)
    assert same_bits(recorded(world, weeks), stepped.weekly)


def test_a_new_model_has_lived_its_warm_up() -> None:
    """It stands before week 1, with nothing recorded, and knows the indicators of the week before."""
    world = begin(SMALL, SEED)
    warm_up(world)
    model = small()

    assert (0, 40, True) == (model.week, model.weeks, model.running)
    assert 0 == len(model.weekly)
    assert [] == different(world, model.world)
    assert float(world.weekly[SMALL.warmup - 1]["engagement"]) == model.indicators["engagement"]


def test_without_warm_up_there_are_no_indicators_yet() -> None:
    """What was never measured is no number."""
    model = Organisation(SMALL.with_(warmup=0), rng=SEED)

    assert set(INDICATORS) == set(model.indicators)
    assert all(np.isnan(list(model.indicators.values())))


def test_weekly_and_indicators_follow_the_weeks() -> None:
    """One row a recorded week; `indicators` is the latest."""
    model = small()
    model.run(7)

    assert (7, 7) == (model.week, len(model.weekly))
    assert tuple(INDICATORS) == model.weekly.dtype.names
    assert dict(zip(INDICATORS, model.weekly[-1].item(), strict=True)) == pytest.approx(model.indicators, nan_ok=True)


def test_seed_and_replication_name_the_world() -> None:
    """The same names give the same world, others another one."""
    world = small(replication=2, weeks=3).world

    assert [] == different(world, small(replication=2, weeks=3).world)
    assert "customers" in different(world, small(replication=1, weeks=3).world)
    assert "customers" in different(world, small(rng=SEED + 1, replication=2, weeks=3).world)


def test_a_seed_taken_from_the_system_can_be_used_again() -> None:
    """`seed` tells what rng=None took."""
    model = Organisation(SMALL, weeks=2)

    assert model.seed != Organisation(SMALL, weeks=2).seed
    assert [] == different(model.world, small(rng=model.seed, weeks=2).world)


def test_running_ends_with_the_plan() -> None:
    """`run()` and Mesa's run_model live the planned weeks, and those only."""
    left_alone, to_the_end = small(weeks=5), small(weeks=5)
    left_alone.run_model()
    to_the_end.run(2)
    to_the_end.run()
    to_the_end.run()

    assert (5, False) == (left_alone.week, left_alone.running)
    assert (5, False) == (to_the_end.week, to_the_end.running)
    assert [] == different(left_alone.world, to_the_end.world)


def test_a_model_goes_on_after_its_plan() -> None:
    """Stepped on beyond its weeks, it lives what a model that was planned longer lives."""
    short, long = small(weeks=3), small(weeks=120)
    for model in (short, long):
        model.run(120)

    assert 120 == len(short.weekly)
    assert [] == different(short.world, long.world)
    assert len(short.world.plan) >= len(long.world.plan)


def test_a_changed_plan_stays_when_it_grows() -> None:
    """What was written into the plan is lived and kept; added weeks follow the scenario."""
    model = small(weeks=3)
    model.world.plan.coaching[:] = 0.75
    model.run(5)

    assert [0.75] * 7 + [0.0] == model.world.plan.coaching[:8].tolist()
    assert "leaders" in different(small(weeks=3).world, model.world)


def test_mesa_own_clock_counts_along() -> None:
    """Mesa's own ways to let time pass let weeks pass, where the installed Mesa has them."""
    model = small()
    if hasattr(model, "run_for"):
        model.run_for(4)
    else:
        model.run(4)

    assert (4, 4) == (model.week, model.steps)


def test_no_other_luck_is_drawn_or_used() -> None:
    """Python's and NumPy's own generators are left alone, and drawing from Mesa's changes nobody's life."""
    drawn, quiet = small(weeks=6), small(weeks=6)
    before = random.getstate(), str(np.random.get_state())  # noqa: NPY002 - the global state is what must not change
    for _ in range(6):
        drawn.random.random()
        drawn.rng.random(3)
        drawn.step()
        quiet.step()

    assert before == (random.getstate(), str(np.random.get_state()))  # noqa: NPY002
    assert [] == different(quiet.world, drawn.world)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda model: pickle.loads(pickle.dumps(model))])  # noqa: S301
def test_a_copy_goes_on_by_itself(copied: Any) -> None:
    """A saved or copied model lives on as the original does; its agents write its own records."""
    model = small()
    model.run(4)
    seat = next(iter(model.employees)).place
    twin = copied(model)
    next(iter(twin.employees)).competence = 0.123
    model.run(6)
    original = next(agent for agent in twin.employees if agent.place == seat)

    assert 0.123 == original.competence == twin.world.employees[seat]["competence"]
    original.competence = copied(small_after(4)).world.employees[seat]["competence"]
    twin.run(6)
    assert [] == different(model.world, twin.world)
    assert sorted(model.agents.get("unique_id")) == sorted(twin.agents.get("unique_id"))


def small_after(weeks: int) -> Organisation:
    """The small organisation after so many weeks."""
    model = small()
    model.run(weeks)
    return model


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rng": -1}, "rng: can't be -1. Allowed: a whole number of at least 0"),
        ({"rng": "five"}, "rng: can't be 'five'. Allowed: a whole number of at least 0"),
        ({"replication": 1.5}, "replication: can't be 1.5. Allowed: a whole number of at least 0"),
        ({"weeks": 0}, "weeks: can't be 0. Allowed: a whole number from 1 to 5200"),
        ({"weeks": 10**9}, "weeks: can't be 1000000000. Allowed: a whole number from 1 to 5200"),
    ],
)
def test_wrong_arguments_get_a_sentence(arguments: dict[str, Any], words: str) -> None:
    """What is wrong, and what is allowed."""
    with pytest.raises(Mistake) as told:
        small(**arguments)

    assert words == str(told.value)


def test_scenario_may_be_a_name() -> None:
    """As in batch runs, whose parameters are plain values; an unknown name is told with the known ones."""
    assert "hotel" == Organisation("hotel", rng=1, weeks=1).description.name
    with pytest.raises(Mistake, match="there is no preset 'hotell'; did you mean 'hotel'"):
        Organisation("hotell", rng=1)
    with pytest.raises(Mistake, match="weeks: can't be -1"):
        small().run(-1)
