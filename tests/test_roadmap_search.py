"""The search finds what is there, and neither threads, interruptions nor kills change what it finds."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from experiments.request import MOST_REPLICATIONS
from experiments.roadmaps.choice import LAST_LOOK, SECOND, chosen
from experiments.roadmaps.goals import goals_named
from experiments.roadmaps.ledger import Ledger, Trial
from experiments.roadmaps.marks import balanced, marks_of, regrets, unbeaten
from experiments.roadmaps.plan import Plan, limits_of
from experiments.roadmaps.request import IN_SEARCH
from experiments.roadmaps.rules import rules_of_thumb
from experiments.roadmaps.search import BATCH, FIRST, Search
from experiments.roadmaps.space import Space
from experiments.roadmaps.worlds import Worlds
from scenarios.writing import to_toml
from tests.command_line import done
from tests.small_organisation import small
from tests.worlds import HOUSE

TINY = small(weeks=52, warmup=4)
BLOCKS = ("culture", "operations")


def searching(trials: int, *, workers: int | None = None, blocks: Sequence[str] = BLOCKS, goal: str = "npv") -> Search:
    """A search in the tiny organisation, with nothing to start from but doing nothing."""
    within = limits_of([TINY], 8_000.0, 39)
    worlds = Worlds((TINY,), goals_named((goal,), TINY), 39, 1, workers)
    space = Space(tuple(blocks), within, approaches=("combined",), amounts=(0.0, 0.25, 1.0), upkeeps=(0.0,))
    return Search(space, worlds, 2, [space.near(Plan(()))], trials)


def found_by(search: Search, folder: Path | None = None) -> list[Trial]:
    """All trials of a search, from where the folder's ledger ends."""
    ledger = Ledger(folder, search.space.distributions)
    search.go_on(ledger)
    return ledger.trials


def test_the_search_finds_the_known_best_plan() -> None:
    """Where all plans can be tried, the search comes upon the best of them in half as many trials."""
    search = searching(80, goal="loyalty")
    space, worlds = search.space, search.worlds
    ranges = {name: list(_values(one)) for name, one in space.distributions.items()}
    points = [dict(zip(ranges, values, strict=True)) for values in product(*ranges.values())]
    plans = list(dict.fromkeys(map(space.plan, points)))
    every = worlds.gains(plans, range(FIRST, FIRST + 2)).mean(axis=-1)[:, 0, 0]
    trials = found_by(search)

    assert len(plans) > 2 * 80
    assert every.max() == max(trial.gains[0][0] for trial in trials)


def _values(distribution: Any) -> Sequence[Any]:
    return getattr(distribution, "choices", None) or range(distribution.low, distribution.high + 1)


def test_threads_do_not_change_the_search() -> None:
    """One worker tries the same plans as three."""
    assert found_by(searching(24, workers=1)) == found_by(searching(24, workers=3))


@pytest.mark.parametrize("stops", [(BATCH,), (BATCH + 3, 2 * BATCH + 1), (1, 2, 3)])
def test_a_search_that_goes_on_is_the_search_that_never_stopped(tmp_path: Path, stops: tuple[int, ...]) -> None:
    """Wherever a search ended, in the middle of a batch too, going on gives the same trials to the bit."""
    for stop in stops:
        found_by(searching(stop), tmp_path)

    assert found_by(searching(30)) == found_by(searching(30), tmp_path)


def test_time_ends_a_search_after_a_whole_batch() -> None:
    """A search by the clock tries at least one batch, and only whole ones."""
    search = replace(searching(1), trials=None, minutes=1e-6)

    assert BATCH == len(found_by(search))


def test_a_torn_last_line_is_no_trial(tmp_path: Path) -> None:
    """A journal that a kill cut in the middle of a line is read up to there, and the search goes on as if whole."""
    found_by(searching(20), tmp_path)
    journal = tmp_path / "search.journal"
    journal.write_bytes(journal.read_bytes()[:-40])

    assert found_by(searching(30)) == found_by(searching(30), tmp_path)


def test_the_worlds_of_search_choice_and_figures_are_different_ones() -> None:
    """No world in which plans are searched or chosen can be one of a run, comparison or roadmap's figures."""
    figures, search = range(MOST_REPLICATIONS), range(FIRST, FIRST + IN_SEARCH)
    choice = range(SECOND, SECOND + LAST_LOOK)

    assert not set(search) & set(choice)
    assert min(*search, *choice) >= figures.stop


def test_a_plan_that_hurts_is_not_chosen() -> None:
    """When all that was tried loses money, doing nothing is the plan."""
    search = searching(8)
    trials = [one for one in found_by(search) if one.plan.works]
    choice = chosen(trials, {"nothing": Plan(())}, search.worlds)

    assert all(trial.gains[0][0] < 0.0 for trial in trials)
    assert Plan(()) == choice.plan


def test_rules_of_thumb_lie_near_points_of_the_search() -> None:
    """A search starts from plans like the rules: the same blocks, and starts less than a quarter away."""
    space = Space(BLOCKS, limits_of([TINY], 8_000.0, 52))
    for name, plan in rules_of_thumb(TINY, space.limits, BLOCKS).items():
        near = space.plan(space.near(plan))

        assert set(plan.blocks()) == set(near.blocks()), name
        assert all(abs(plan.of(block)[0].start - near.of(block)[0].start) <= 13 for block in plan.blocks())


def test_regret_is_what_the_best_plan_of_each_variant_gains_more() -> None:
    """The least worst regret is not the best mean: plan 2 is nowhere best and never far from it."""
    gains = np.array([[10.0, 0.0], [0.0, 10.0], [7.0, 7.0]])[:, :, None]

    assert [[0.0, 10.0], [10.0, 0.0], [3.0, 3.0]] == regrets(gains[:, :, 0]).tolist()
    assert 2 == int(marks_of(gains)[:, 0].argmax())


def test_the_front_holds_what_nothing_beats() -> None:
    """A plan that another equals in one goal and beats in the other is not on the front; the balanced one is inside."""
    marks = np.array([[0.0, 10.0], [6.0, 6.0], [10.0, 0.0], [6.0, 5.0], [-1.0, 10.0]])

    assert [True, True, True, False, False] == unbeaten(marks).tolist()
    assert 1 == balanced(marks)


COMMAND = "import sys; from effectchain.cli import main; sys.exit(main())"


def words(scenario: Path, out: Path) -> list[str]:
    """A search of 48 plans by the command line."""
    asked = "--budget 8000 --goal loyalty --block culture --block operations --trials 48 --replications 2 --quiet"
    return ["roadmap", str(scenario), *asked.split(), "--out", str(out)]


def started(scenario: Path, out: Path) -> subprocess.Popen[str]:
    """The same in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words(scenario, out)], cwd=HOUSE, stderr=subprocess.PIPE, text=True
    )


def wait_for_trials(journal: Path, count: int) -> None:
    """Until the journal holds so many trials."""
    until = time.monotonic() + 120.0
    while not journal.exists() or journal.read_bytes().count(b"\n") <= count:
        assert time.monotonic() < until, "the search does not get on"
        time.sleep(0.01)


def test_kill_and_interruption_lose_nothing(tmp_path: Path) -> None:
    """Killed by the system and then interrupted by the user, the same command ends where a whole search ends."""
    file, whole, broken = tmp_path / "tiny.toml", tmp_path / "whole", tmp_path / "broken"
    file.write_text(to_toml(small(weeks=52, warmup=4)), encoding="utf-8")
    for sign, trials, code in ((signal.SIGKILL, 4, -9), (signal.SIGINT, 20, 130)):
        process = started(file, broken)
        wait_for_trials(broken / "search.journal", trials)
        process.send_signal(sign)
        said = process.communicate(timeout=60)[1]

        assert (code, 0) == (process.returncode, said.count("Traceback"))
        assert not (broken / "roadmap.json").exists()
    for out in (whole, broken):
        done(*words(file, out))

    assert json.loads((whole / "roadmap.json").read_text()) == json.loads((broken / "roadmap.json").read_text())
    assert (whole / "roadmap.toml").read_bytes() == (broken / "roadmap.toml").read_bytes()
