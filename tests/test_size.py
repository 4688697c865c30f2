"""A world stays small: at most 200 bytes a person, so that a million customers fit in any machine."""

import subprocess
import sys
from typing import Any, Final

import pytest

from simulation.world import begin
from tests.worlds import HOUSE, small

MOST_BYTES: Final = 200
"""Memory a person may take, in everything that grows with the number of people."""


def bytes_of(people: int, **more: Any) -> int:
    """All memory of a world with so many people, half of them customers."""
    scenario = small({"customers": {"active": people // 2, "prospects": people - people // 2}})
    return sum(records.nbytes for records in begin(scenario, 1, **more))


def test_a_person_takes_at_most_200_bytes() -> None:
    """Every array that grows with people, counted by letting them be more."""
    assert MOST_BYTES >= (bytes_of(3000) - bytes_of(1000)) / 2000 > 8


def test_nothing_grows_faster_than_people() -> None:
    """The next thousand people take as much as the thousand before."""
    assert bytes_of(3000) - bytes_of(2000) == bytes_of(2000) - bytes_of(1000)


def test_weeks_and_employees_take_memory_of_their_own() -> None:
    """A longer life or a larger staff makes no person larger."""
    long, large = small(weeks=500), small({"organisation.employees": 500})

    for scenario in (long, large):
        more = scenario.with_({"customers.active": 1090})
        grown = sum(a.nbytes - b.nbytes for a, b in zip(begin(more, 1), begin(scenario, 1), strict=True))
        assert grown <= MOST_BYTES * 1000


MILLION: Final = """
import resource
from simulation.week import live_weeks
from simulation.world import begin, recorded
from tests.worlds import lived, small
lived(small())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
many = {"customers": {"active": 600_000, "prospects": 400_000}, "organisation": {"employees": 9000, "leaders": 900}}
world = begin(small(many, warmup=0, weeks=2), 1)
live_weeks(world, 1, 2)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = recorded(world, 2)
print(after - before, *(rows.customers + rows.prospects + rows.with_rival), rows.encounters.min())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts memory in the units that Linux has")
def test_a_million_people_live() -> None:
    """A world of a million begins and lives two weeks, and the process grows by its records and little else."""
    command = [sys.executable, "-W", "error", "-c", MILLION]
    words = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOUSE).stdout.split()
    grown, one, two, encounters = map(float, words)

    assert (1e6, 1e6) == (one, two)
    assert encounters > 1e5
    assert grown * 1024 < MOST_BYTES * 1e6 + 20e6
