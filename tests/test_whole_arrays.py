"""Visits, talk and the market as whole arrays do what the compiled week does: same people, same numbers.

Only rounding differs: NumPy's exponentials and sums are not the C library's.
"""

import numpy as np
import pytest

from benchmarks.whole_arrays import Crowd
from simulation.state import Causes, World, makers_of
from simulation.week import CHANGE, CHOOSING, ENDING, SERVING, TALKING, WORKLOAD, live_parts
from simulation.world import copy
from tests.worlds import KINDS, begun, small

CLOSE = 1e-12


def live(world: World, week: int, first: int, last: int) -> None:
    """Parts of a week of ours."""
    own = makers_of(world)
    live_parts(world, Causes(own, own, own), (week, week), (first, last))


@pytest.mark.parametrize("kind", KINDS)
def test_whole_arrays_do_the_same(kind: str) -> None:
    """Each week anew from our world: who comes, who hears what, who leaves and joins, and what is counted."""
    scenario = small(KINDS[kind], {"customers": {"active": 400, "prospects": 300}}, weeks=16)
    world = begun(scenario)
    for week in range(1, scenario.weeks + 1):
        live(world, week, CHANGE, WORKLOAD)
        visitors = Crowd(world).receive(week)
        assert world.visitors[: world.tally[0].visitors].tolist() == visitors.tolist()
        live(world, week, SERVING, SERVING)
        other = copy(world)
        crowd = Crowd(other)
        crowd.talk(week)
        crowd.choose(week)
        live(world, week, TALKING, CHOOSING)
        same_people(world, crowd)
        live(world, week, CHOOSING + 1, ENDING)


def same_people(world: World, crowd: Crowd) -> None:
    """Whole numbers are equal, others as close as rounding lets them be."""
    for name, values in crowd.customers.items():
        ours = np.asarray(world.customers[name])
        if values.dtype.kind == "i":
            assert np.array_equal(ours, values), name
        else:
            assert np.allclose(ours, values, rtol=CLOSE, atol=CLOSE), name
    counted = ("praised", "warned", "appeals", "lost", "joined", "active")
    summed = ("satisfaction", "expectation", "desired", "bond", "loyalty", "promoters", "detractors", "revenue_fees")
    ours, theirs = world.tally[0], crowd.tally
    assert [ours[name] for name in counted] == [theirs[name] for name in counted]
    assert np.allclose([ours[name] for name in summed], [theirs[name] for name in summed], rtol=CLOSE)
