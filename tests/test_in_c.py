"""The costly half of a week, translated to C for the benchmarks, gives the same bits: so both do the same work."""

import pytest

from benchmarks.in_c.build import STRICT, Live, build, compiler
from simulation.state import Causes, World, makers_of
from simulation.week import CHANGE, CHOOSING, ENDING, LIVING, SPREADING, WORKLOAD, live_parts, live_weeks
from simulation.world import copy
from tests.worlds import KINDS, begun, differences, small

pytestmark = pytest.mark.skipif(compiler() is None, reason="there is no C compiler here")


@pytest.fixture(name="in_c", scope="module")
def _in_c() -> Live:
    """The C function."""
    return build(STRICT)


def live(world: World, week: int, first: int, last: int) -> None:
    """Parts of a week of ours."""
    own = makers_of(world)
    live_parts(world, Causes(own, own, own), (week, week), (first, last))


@pytest.mark.parametrize("kind", KINDS)
def test_c_lives_the_same_weeks(kind: str, in_c: Live) -> None:
    """From who comes to who stays, in organisations of every kind; the other parts of the week are ours."""
    scenario = small(KINDS[kind])
    world = begun(scenario)
    other = copy(world)
    for week in range(1, scenario.weeks + 1):
        live(other, week, CHANGE, SPREADING)
        in_c(other, week, week, WORKLOAD, CHOOSING)
        live(other, week, LIVING, ENDING)
    live_weeks(world, 1, scenario.weeks)

    assert [] == differences(world, other)
