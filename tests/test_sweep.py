"""A sweep and its folder: stopped and gone on with, extended, refused, tried again; always the same numbers."""

from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from experiments.designs.experiment import Experiment
from experiments.sweeps.progress import SweepProgress
from experiments.sweeps.sweep import SweepResult, SweepStopped, sweep
from results.errors import ResultsError
from results.sweeps.store import SweepStore
from scenarios.errors import Mistake
from simulation.indicators import INDICATORS
from tests import sweep_forms as forms
from tests.sweep_forms import CELLS, FIRST, WEEKS, at, digest, experiment, failed, parts

ALL = 2 * CELLS


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> SweepResult:
    """The experiment on two threads, undisturbed."""
    folder = tmp_path_factory.mktemp("clean")
    return sweep(experiment(folder), folder / "out", workers=2)


def refused(told: str, asked: Experiment, folder: Path, **choices: Any) -> str:
    """How this is refused; the folder stays as it is."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises((Mistake, ResultsError)) as caught:
        sweep(asked, folder, **choices)

    assert told in str(caught.value)
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return str(caught.value)


def test_the_result_has_all_runs(clean: SweepResult) -> None:
    """One row a cell, replication and week, with keys, factors and indicators, and one row a run."""
    assert (CELLS, 2, ALL, 0) == (clean.cells, clean.replications, clean.done, clean.failed)
    assert ALL * WEEKS == clean.weekly.num_rows == len(clean.to_pandas())
    names = ["scenario", "cell", "replication", "seed", "week", "customers.active", *list(INDICATORS)[:2]]
    assert names == clean.weekly.column_names[: len(names)]
    assert {"small"} == set(clean.weekly["scenario"].to_pylist())
    assert list(range(FIRST, FIRST + CELLS)) == clean.design["customers.active"].to_pylist()
    assert ["done"] * ALL == clean.runs["status"].to_pylist()


def test_only_what_is_asked_for_is_kept(clean: SweepResult, tmp_path: Path) -> None:
    """These indicators and these weeks, with the very numbers that they have where all is kept."""
    keep = {"indicators": ["loyalty", "engagement"], "every": 4}
    weekly = sweep(experiment(tmp_path, keep=keep), tmp_path / "out", workers=2).weekly

    assert ["engagement", "loyalty"] == weekly.column_names[6:]
    assert {2, 6} == set(weekly["week"].to_pylist())
    whole = clean.weekly.filter((clean.weekly["week"].to_numpy() % 4) == 2)
    assert whole.select(weekly.column_names).equals(weekly)


def test_the_cells_are_lived_once_before_any_is_lived_twice(tmp_path: Path) -> None:
    """So a sweep that is stopped is a balanced sample."""
    order: list[int] = []
    stop = Event()

    def told(progress: SweepProgress) -> None:
        order.append(progress.finished)
        if progress.finished >= CELLS:
            stop.set()

    with pytest.raises(SweepStopped):
        sweep(experiment(tmp_path), tmp_path / "out", workers=1, on_progress=told, stop=stop)

    runs = SweepStore.open(tmp_path / "out").runs()
    first = [row["cell"] for row in runs.to_pylist() if row["replication"] == 0]
    assert list(range(CELLS)) == sorted(first)


def test_a_stopped_sweep_goes_on_where_it_was(clean: SweepResult, tmp_path: Path) -> None:
    """What is finished is not lived again, and the end is the same to the bit."""
    stop = Event()

    def told(progress: SweepProgress) -> None:
        if progress.finished >= 5:
            stop.set()

    folder = tmp_path / "out"
    with pytest.raises(SweepStopped) as caught:
        sweep(experiment(tmp_path), folder, workers=2, on_progress=told, stop=stop, live_cell=forms.slowly(0.05))
    before = parts(folder)
    result = sweep(experiment(tmp_path), folder, workers=2)

    assert 5 <= caught.value.progress.finished < ALL
    assert f"{caught.value.progress.finished} of {ALL} runs are finished" in str(caught.value)
    assert len(before) > 0
    assert before.items() <= parts(folder).items()
    assert (clean.digest, ALL) == (result.digest, result.done)


def test_a_finished_sweep_is_only_looked_at(clean: SweepResult) -> None:
    """The same call again does nothing, and says the same."""
    before = parts(clean.folder)
    again = sweep(experiment(clean.folder.parent), clean.folder)

    assert before == parts(clean.folder)
    assert (clean.done, clean.digest) == (again.done, again.digest)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"seed": 4}, "seed was 3, is now 4"),
        ({"weeks": 7}, "weeks was 6, is now 7"),
        ({"keep": {"every": 2}}, "keep.every was 1, is now 2"),
        ({"replications": 1}, "has 2 replications, and this experiment 1"),
        ({"replications": 3}, "12 cells and 3 replications; add --extend"),
        ({"factors": {"customers.active": {"values": [60]}}}, "leaves out 11 of the 12 cells"),
        ({"factors": {"customers.prospects": {"values": [60]}}}, "the factor 'customers.active' is gone"),
        ({"factors": {"customers.active": {"values": [*range(60, 73)]}}}, "13 cells and 2 replications; add --extend"),
    ],
    ids=str,
)
def test_another_experiment_is_refused(clean: SweepResult, changes: dict[str, Any], told: str) -> None:
    """With what is different, and what to do; nothing in the folder changes."""
    message = refused(told, experiment(clean.folder.parent, **changes), clean.folder)

    assert "--out" in message


def test_another_scenario_is_refused(clean: SweepResult) -> None:
    """A key that was edited is named, with its value then and now."""
    asked = experiment(clean.folder.parent)
    edited = replace(asked, base=asked.base.with_({"organisation.employees": 9, "behaviour.quit_base": 0.02}))

    message = refused("scenario.organisation.employees was 10, is now 9", edited, clean.folder)
    assert "scenario.behaviour.quit_base was absent, is now 0.02" in message


def test_other_rules_are_refused(clean: SweepResult, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep is of one model."""
    monkeypatch.setattr("experiments.sweeps.identity.source_hash", lambda: "f" * 64)

    refused(", is now ffffffff", experiment(clean.folder.parent), clean.folder)


def test_other_versions_are_refused(clean: SweepResult, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of packages that can change a number's last bits."""
    monkeypatch.setattr("experiments.sweeps.identity.installed_version", lambda name: f"{name} 0")

    refused("is now 'numba 0'", experiment(clean.folder.parent), clean.folder)


def test_something_else_is_no_place_for_a_sweep(tmp_path: Path) -> None:
    """A folder with files of the user's own, or a file, stays as it is."""
    place = tmp_path / "mine"
    place.mkdir()
    (place / "letter.txt").write_text("Dear all")

    refused("mine", experiment(tmp_path), place)


def test_a_sweep_that_grows_keeps_what_it_has(clean: SweepResult, tmp_path: Path) -> None:
    """More cells and replications: old parts are neither run nor written again, and old numbers do not move."""
    folder = tmp_path / "out"
    sweep(experiment(tmp_path), folder, workers=2)
    before = parts(folder)
    more = {"customers.active": {"values": [*range(FIRST - 2, FIRST), *range(FIRST, FIRST + CELLS)]}}
    grown = sweep(experiment(tmp_path, factors=more, replications=3), folder, workers=2, extend=True)

    assert (14, 3, 42) == (grown.cells, grown.replications, grown.done)
    assert before.items() <= parts(folder).items()
    assert [*range(FIRST, FIRST + CELLS), FIRST - 2, FIRST - 1] == grown.design["customers.active"].to_pylist()
    old = grown.weekly.filter((grown.weekly["cell"].to_numpy() < CELLS) & (grown.weekly["replication"].to_numpy() < 2))
    assert forms.bits(clean.weekly) == forms.bits(old)


def test_grown_and_begun_so_have_the_same_digest(tmp_path: Path) -> None:
    """Replications are numbered, so going on gives what starting with more would have given."""
    grown = tmp_path / "grown"
    sweep(experiment(tmp_path, replications=1), grown, workers=1)
    sweep(experiment(tmp_path), grown, workers=1, extend=True)

    whole = sweep(experiment(tmp_path), tmp_path / "whole", workers=2)
    assert whole.digest == digest(grown)


def test_what_failed_is_kept_in_mind_until_it_is_tried_again(clean: SweepResult, tmp_path: Path) -> None:
    """The same call leaves failures alone; retry_failed lives them once more."""
    folder = tmp_path / "out"
    sweep(experiment(tmp_path), folder, workers=2, live_cell=at(5, forms.raises_later))
    again = sweep(experiment(tmp_path), folder, workers=2)
    retried = sweep(experiment(tmp_path), folder, workers=2, retry_failed=True)

    assert (ALL - 2, 2) == (again.done, again.failed)
    assert [] == failed(retried)
    assert (ALL, clean.digest) == (retried.done, retried.digest)


def test_one_folder_has_one_writer(tmp_path: Path, clean: SweepResult) -> None:
    """Whoever comes second is told so at once, and the first goes on unharmed."""
    asked, folder = experiment(tmp_path), tmp_path / "out"
    told: list[str] = []

    def second(_progress: SweepProgress) -> None:
        if not told:
            with pytest.raises(ResultsError) as caught:
                sweep(asked, folder)
            told.append(str(caught.value))

    first = sweep(asked, folder, workers=2, on_progress=second)

    assert told[0].startswith("Another process is running this experiment")
    assert clean.digest == first.digest


def test_damaged_parts_are_lived_again(clean: SweepResult, tmp_path: Path) -> None:
    """Torn, empty or copied under another name: set aside, and the end is the same."""
    folder = tmp_path / "out"
    sweep(experiment(tmp_path), folder, workers=2)
    one, two, three, *_ = sorted((folder / "parts").iterdir())
    one.write_bytes(one.read_bytes()[:-20])
    two.write_bytes(b"")
    three.write_bytes(sorted((folder / "parts").iterdir())[3].read_bytes())

    told: list[SweepProgress] = []
    result = sweep(experiment(tmp_path), folder, workers=2, on_progress=told.append)

    assert clean.digest == result.digest
    again = "it was set aside, and its runs are done again"
    assert [(f"parts/{path.name}", again) for path in (one, two, three)] == [
        (part.path, part.advice) for part in result.set_aside
    ]
    assert ["it is cut off", "it is empty"] == [part.what for part in result.set_aside[:2]]
    assert "it is a copy of the part " in result.set_aside[2].what
    assert {result.set_aside} == {progress.set_aside for progress in told}
    assert () == sweep(experiment(tmp_path), folder).set_aside


def test_progress_counts_runs_and_failures(tmp_path: Path) -> None:
    """Up to all of them, and with what earlier calls did."""
    told: list[SweepProgress] = []
    folder = tmp_path / "out"
    sweep(experiment(tmp_path, replications=1), folder, workers=2, live_cell=at(5, forms.raises_at_once))
    sweep(experiment(tmp_path), folder, workers=2, extend=True, on_progress=told.append)

    finished = [progress.finished for progress in told]
    assert finished == sorted(finished)
    assert CELLS <= finished[0]
    last = told[-1]
    assert (ALL, ALL - 1, 1, CELLS) == (last.runs, last.done, last.failed, last.here)
    assert last.rate == pytest.approx(CELLS / last.seconds)
    assert 0.0 == last.remaining


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        ({"workers": 0}, "workers = 0"),
        ({"engine": "magic"}, "threads, processes"),
        ({"cell_seconds": 0.0}, "cell_seconds = 0.0"),
        ({"cell_seconds": float("nan")}, "cell_seconds = nan"),
        ({"cell_seconds": 2e7}, "above 0, to 10,000,000"),
        ({"cluster": "localhost"}, "tcp://host:port or tls://host:port"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    tmp_path: Path, choices: dict[str, Any], told: str
) -> None:
    """With what is allowed."""
    with pytest.raises(Mistake, match=told):
        sweep(experiment(tmp_path), tmp_path / "out", **choices)

    assert not (tmp_path / "out").exists()


def test_a_thousand_million_cells_are_asked_for_twice(tmp_path: Path) -> None:
    """The number is told at once; nothing is written."""
    names = ("building_blocks.leadership", "building_blocks.culture", "building_blocks.operations")
    factors = {name: {"low": 0.1, "high": 0.9, "levels": 1000} for name in names}
    with pytest.raises(Mistake) as caught:
        sweep(experiment(tmp_path, factors=factors), tmp_path / "out")

    assert "1,000,000,000 cells" in str(caught.value)
    assert "--yes" in str(caught.value)
    assert not (tmp_path / "out").exists()
