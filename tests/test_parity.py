"""The rules are one source: interpreted as plain Python they give what they give compiled, to the bit.

That holds because compiled code keeps the order of operations (no fastmath) and takes exp, log, pow and erfc from the
same C library as Python does.
"""

import os
import subprocess
import sys
from typing import Any, Final

import pytest

from scenarios.scenario import Scenario
from simulation.beginning import populate
from simulation.state import World
from simulation.week import live_parts
from tests.worlds import HOUSE, KINDS, STORM, Numbers, differences, small, week_by_week

FEW: Final[Numbers] = {"organisation.employees": 5, "customers": {"active": 30, "prospects": 15}, "warmup": 2}
WEEKS: Final = 10

EDGES: Final[dict[str, Numbers]] = {
    "one of each": {"organisation": {"employees": 1, "leaders": 1}, "customers": {"active": 1, "prospects": 1}},
    "nobody may leave": {"customers.choice": 0.0, "economics.interest": 0.0, "behaviour.retention_lag": 1.0},
    "nobody quits": {"behaviour": {"quit_base": 0.0, "churn_base": 0.0}},
    "far too much work": {"organisation.capacity": 0.01},
    "everybody talks": {"market": {"contacts": 64, "random_contacts": 1.0}, "behaviour.message_rate": 1.0},
    "nobody is hired": {"shocks": [{"kind": "hiring_freeze", "start": 1, "weeks": 8, "size": 1.0}, STORM[2]]},
}
"""Where a division by nothing or an empty mean would show itself, as changes of SMALL."""


def plain(function: Any) -> Any:
    """The Python of a compiled entry point."""
    return getattr(function, "py_func", function)


@pytest.fixture(name="interpreted")
def _interpreted(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Takes back, when asked to, what makes worlds begin and live without compiled code."""
    monkeypatch.setattr("simulation.world.populate", plain(populate))
    monkeypatch.setattr("simulation.week.live_parts", plain(live_parts))
    return monkeypatch


def after(scenario: Scenario, weeks: int) -> World:
    """The world after so many weeks, with the encounter log of the last one."""
    return [world for world, _ in week_by_week(scenario, seed=5, log=True, last=weeks)][-1]


@pytest.mark.parametrize("kind", KINDS)
def test_interpreted_worlds_are_the_compiled_ones(kind: str, interpreted: pytest.MonkeyPatch) -> None:
    """From the first person put in place to the last log entry, in organisations of every kind."""
    scenario = small(KINDS[kind], FEW)
    slow = after(scenario, WEEKS)
    interpreted.undo()

    assert [] == differences(after(scenario, WEEKS), slow)


@pytest.mark.parametrize("edge", EDGES)
def test_interpreted_edges_are_the_compiled_ones(edge: str, interpreted: pytest.MonkeyPatch) -> None:
    """Where plain Python would stop at a division by zero, neither divides by zero."""
    scenario = small(FEW, EDGES[edge])
    slow = after(scenario, 4)
    interpreted.undo()

    assert [] == differences(after(scenario, 4), slow)


PROGRAM: Final = """
from hashlib import sha256
from simulation.week import live_parts
from tests.test_parity import FEW, after
from tests.worlds import HOUSE, KINDS, small
world = after(small(KINDS["everything"], FEW), 1)
digest = sha256(b"".join(records.tobytes() for records in world))
print(type(live_parts).__name__, digest.hexdigest())
"""


def test_one_switch_runs_everything_interpreted() -> None:
    """EFFECTCHAIN_INTERPRETED=1 compiles nothing and changes no bit of a world."""
    words = {}
    for interpreted in ("0", "1"):
        environment = os.environ | {"EFFECTCHAIN_INTERPRETED": interpreted}
        command = [sys.executable, "-W", "error", "-c", PROGRAM]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=HOUSE)
        words[interpreted] = done.stdout.split()

    assert "function" == words["1"][0] != words["0"][0]
    assert words["0"][1] == words["1"][1]
