"""`effectchain sweep` and `status` as a user meets them: exit codes, words, signals, kills and full disks."""

import json
import os
import pty
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import tomli_w

from effectchain.starting import INTERRUPTED
from results.errors import ResultsError
from results.sweeps.store import SweepStore
from tests.command_line import done, effectchain, refused, small_file
from tests.sweep_forms import digest, parts

PROGRAM: Final = (sys.executable, "-c", "import sys; from effectchain.cli import main; sys.exit(main())")

LONG: Final = {"weeks": 200, "replications": 40}
"""Of the small organisation this takes a minute or so."""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own, and puts back what an interruption changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


def experiment_file(**changes: Any) -> str:
    """An experiment of eight cells of the small organisation, three worlds each, in a file in the current folder."""
    small_file()
    data = {
        "schema": 1,
        "scenario": "./small.toml",
        "weeks": 6,
        "replications": 3,
        "seed": 3,
        "design": {"kind": "sobol", "points": 8},
        "factors": {"customers.active": {"low": 60, "high": 160}},
    }
    Path("tiny.toml").write_text(tomli_w.dumps(data | changes), encoding="utf-8")
    return "tiny.toml"


def begun(*words: str | Path, finished: int = 1, **how: Any) -> "subprocess.Popen[str]":
    """A sweep in a process of its own that has finished so many parts."""
    process = subprocess.Popen(
        (*PROGRAM, "sweep", *map(str, words), "--out", "out"), stderr=subprocess.PIPE, text=True, **how
    )
    while finished_parts(Path("out")) < finished and process.poll() is None:
        time.sleep(0.05)
    assert process.poll() is None
    return process


def finished_parts(folder: Path) -> int:
    """How many parts stand there."""
    with suppress(ResultsError, OSError):
        return len(SweepStore.open(folder).finished())
    return 0


def test_a_sweep_tells_what_is_done_and_where() -> None:
    """In words, and as JSON with the same numbers; the second time there is nothing left to do."""
    told = done("sweep", experiment_file()).out
    data = done("sweep", "tiny.toml", "--json").data

    assert re.match(r"Sweep 'tiny': 8 cells x 3 replications, 24 runs done, in [\d.]+ s\.\nResults: runs/tiny-", told)
    assert (8, 3, 24, 0, []) == tuple(data[name] for name in ("cells", "replications", "done", "failed", "failures"))
    assert digest(Path(data["folder"])) == data["digest"]
    assert [Path(data["folder"])] == [path.resolve() for path in Path("runs").iterdir()]


def test_quiet_is_quiet() -> None:
    """Nothing but errors."""
    assert "" == done("sweep", experiment_file(), "--quiet").out


def test_the_command_line_overrides_the_file() -> None:
    """Weeks, replications, seed and any key of the scenario; the folder keeps what was run."""
    data = done(
        "sweep", experiment_file(), "--json", "--weeks", "4", "--replications", "2", "--seed", "9",
        "--set", "organisation.employees=9",
    ).data  # fmt: skip
    store = SweepStore.open(data["folder"])

    assert (8, 2) == (store.cells, store.replications)
    assert ({9}, {1, 2, 3, 4}) == tuple(set(store.weekly()[name].to_pylist()) for name in ("seed", "week"))
    assert 9 == store.manifest["scenario"]["organisation"]["employees"]
    assert "seed = 9" in Path(data["folder"], "experiment.toml").read_text(encoding="utf-8")
    assert "--seed 9" in store.manifest["command"]


def test_engines_give_the_same() -> None:
    """Threads and processes, one worker or two."""
    experiment_file()
    ways = (["--workers", "1"], ["--workers", "2"], ["--engine", "processes", "--workers", "2"])
    found = {
        done("sweep", "tiny.toml", "--json", "--out", f"out-{place}", *way).data["digest"]
        for place, way in enumerate(ways)
    }

    assert 1 == len(found)


def test_failed_runs_are_told_and_the_exit_code_is_three() -> None:
    """What could be lived is, and the first reasons are given."""
    factors = {"organisation.employees": {"values": [4, 10]}, "organisation.leaders": {"values": [2, 5]}}
    ending = effectchain("sweep", experiment_file(design={"kind": "grid"}, factors=factors), "--out", "out")
    again = effectchain("sweep", "tiny.toml", "--out", "out", "--json", "--retry-failed")
    status = done("status", "out").out

    assert (3, 3) == (ending.code, again.code)
    assert "9 runs done" in ending.out
    first, reason, *_ = ending.err.splitlines()
    assert "3 of 12 runs failed, such as:" == first
    assert re.match(r"  cell \d, replication 0, at the stage 'scenario': Mistake: .*5 leaders for 4 employees", reason)
    assert ("scenario", "Mistake") == (again.data["failures"][0]["stage"], again.data["failures"][0]["type"])
    assert "Finished      12 of 12 runs (100 %)" in status
    assert "Failed        3 runs, such as:" in status


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nope"], "there is no experiment 'nope'"),
        (["nope.toml"], "nope.toml"),
        (["tiny.toml", "--cluster", "here"], "tcp://host:port or tls://host:port"),
        (["tiny.toml", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"], "--workers is for this machine"),
        (["tiny.toml", "--engine", "magic"], "'threads', 'processes'"),
        (["tiny.toml", "--workers", "0"], "'0' is no whole number from 1 to 1024"),
        (["tiny.toml", "--cell-seconds", "-1"], "cell_seconds = -1"),
        (["tiny.toml", "--set", "organisation.employes=3"], "employes"),
        (["tiny.toml", "--out", "small.toml"], "small.toml"),
    ],
    ids=str,
)
def test_mistakes_are_told(words: list[str], told: str) -> None:
    """In a few lines, with exit code 2, and before anything is written."""
    experiment_file()

    assert told in refused("sweep", *words)
    assert {"small.toml", "tiny.toml"} == {path.name for path in Path().iterdir()}


def test_a_thousand_million_cells_need_a_yes() -> None:
    """The number is told at once."""
    names = ("building_blocks.leadership", "building_blocks.culture", "building_blocks.operations")
    factors = {name: {"low": 0.1, "high": 0.9, "levels": 1000} for name in names}
    told = refused("sweep", experiment_file(design={"kind": "grid"}, factors=factors))

    assert "1,000,000,000 cells x 3 replications = 3,000,000,000 runs" in told
    assert "--yes" in told


def test_another_experiment_in_the_folder_is_refused() -> None:
    """Naming what is different; growth needs a word."""
    done("sweep", experiment_file(), "--out", "out", "--quiet")

    assert "seed was 3, is now 4" in refused("sweep", "tiny.toml", "--out", "out", "--seed", "4")
    assert "add --extend" in refused("sweep", "tiny.toml", "--out", "out", "--replications", "4")
    assert "32 runs done" in done("sweep", "tiny.toml", "--out", "out", "--replications", "4", "--extend").out


def test_a_torn_part_is_told_when_its_runs_are_done_again() -> None:
    """Which one and why, in one line of `status` before, of the sweep that goes on, and of its JSON; then no more."""
    done("sweep", experiment_file(), "--out", "out", "--quiet")
    part = min(Path("out/parts").iterdir())
    part.write_bytes(part.read_bytes()[:-20])
    before, data = done("status", "out").out, done("status", "out", "--json").data
    again = effectchain("sweep", "tiny.toml", "--out", "out")
    part.write_bytes(b"")
    Path("out/parts/mine.parquet").write_text("mine")
    ending = effectchain("sweep", "tiny.toml", "--out", "out", "--json")

    name = f"parts/{part.name}"
    assert "Damaged       1 part, such as:" in before
    assert f"  {name}: it is cut off; the same command sets it aside and does its runs again." in before
    assert [(name, "it is cut off")] == [(one["path"], one["what"]) for one in data["damaged"]]
    assert (0, f"{name}: it is cut off; it was set aside, and its runs are done again.\n") == (again.code, again.err)
    assert [
        f"{name}: it is empty; it was set aside, and its runs are done again.",
        "parts/mine.parquet: it is no part of this sweep; it was set aside.",
    ] == ending.err.splitlines()
    assert [name, "parts/mine.parquet"] == [one["path"] for one in ending.data["set_aside"]]
    assert "Damaged" not in done("status", "out").out
    assert "" == effectchain("sweep", "tiny.toml", "--out", "out").err


def test_status_of_what_is_no_sweep() -> None:
    """A clear word."""
    assert "holds no sweep" in refused("status", ".")


@pytest.mark.parametrize(("number", "engine"), [(signal.SIGINT, "threads"), (signal.SIGTERM, "processes")])
def test_an_interrupted_sweep_says_how_far_it_is_and_goes_on(number: signal.Signals, engine: str) -> None:
    """Exit code 130 and one line; what is finished stays, and nothing half-written."""
    words = (experiment_file(**LONG), "--engine", engine, "--workers", "2")
    with begun(*words) as process:
        process.send_signal(number)
        said = process.communicate(timeout=30)[1]
    before = parts(Path("out"))
    data = done("status", "out", "--json").data

    assert 130 == process.returncode
    assert re.fullmatch(r"Stopped: \d+ of 320 runs are finished in '.*out'; the same command goes on\.\n", said)
    assert (False, 320) == (data["running"], data["runs"])
    assert data["done"] == sum(len(block) for block in (part.block.cells for part in SweepStore.open("out").parts()))
    assert all(name.endswith(".parquet") and not name.startswith(".") for name in before)


def test_a_second_interruption_ends_it_at_once() -> None:
    """Without waiting for weeks that take long; interpreted they do."""
    environment = os.environ | {"EFFECTCHAIN_INTERPRETED": "1"}
    words = (experiment_file(weeks=52), "--set", "customers.prospects=20000")
    with begun(*words, finished=0, env=environment) as process:
        while not Path("out", ".lock").exists():
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=5)[1]

    assert (130, "Stopped at once; finished parts are kept, and the same command goes on.\n") == (
        process.returncode,
        said,
    )


def test_a_second_interruption_at_a_terminal_is_told_too() -> None:
    """In the place of the line of progress, and the cursor can be seen again."""
    terminal, inside = pty.openpty()
    run = (*PROGRAM, "sweep", experiment_file(weeks=52), "--set", "customers.prospects=20000", "--out", "out")
    environment = os.environ | {"EFFECTCHAIN_INTERPRETED": "1"}
    with (
        subprocess.Popen(run, stderr=inside, env=environment) as process,
        os.fdopen(terminal, "rb", buffering=0) as screen,
    ):
        os.close(inside)
        shown = b""
        while b" 0 of " not in shown:
            shown += screen.read(4096)
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        with suppress(OSError):  # nobody writes to it any more
            while more := screen.read(4096):
                shown += more

    assert INTERRUPTED == process.returncode
    assert b"\r\x1b[2K\x1b[?25hStopped at once; finished parts are kept, and the same command goes on.\r\n" in shown


def test_killed_three_times_and_resumed_equals_never_killed() -> None:
    """Whatever moment it was; what was finished is not lived again."""
    words = (experiment_file(weeks=200), "--workers", "2")
    for finished in (1, 4, 8):
        with begun(*words, finished=finished) as process:
            process.kill()
    before = {name: part for name, part in parts(Path("out")).items() if name.endswith(".parquet")}
    resumed = done("sweep", *words, "--out", "out", "--json").data
    whole = done("sweep", *words, "--out", "whole", "--json").data

    assert len(before) >= 8
    assert before.items() <= parts(Path("out")).items()
    assert whole["digest"] == resumed["digest"]


def test_worker_processes_end_with_their_parent() -> None:
    """Killed without a chance to say so, it leaves nobody behind, and another engine goes on with the same numbers."""
    words = (experiment_file(weeks=200), "--workers", "2")
    with begun(*words, "--engine", "processes") as process:
        children = descendants(process.pid)
        process.kill()

    assert len(children) >= 2
    end = time.monotonic() + 20
    while any(is_alive(child) for child in children) and time.monotonic() < end:
        time.sleep(0.05)
    assert [] == [child for child in children if is_alive(child)]
    resumed = done("sweep", *words, "--out", "out", "--json").data
    assert done("sweep", *words, "--out", "whole", "--json").data["digest"] == resumed["digest"]


def is_alive(pid: int) -> bool:
    """Whether there is such a process, and it is more than a name that nobody has taken back yet."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False


def descendants(pid: int) -> list[int]:
    """Processes that this one has started, and those that they have started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for path in listed for child in path.read_text().split()]
    return children + [each for child in children for each in descendants(child)]


def test_a_second_process_leaves_at_once_and_status_looks_on() -> None:
    """The first is unharmed."""
    with begun(experiment_file(**LONG), "--workers", "1", finished=4) as process:
        told = refused("sweep", "tiny.toml", "--out", "out")
        status = done("status", "out", "--json").data
        in_words = done("status", "out").out
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)

    assert "Another process is running this experiment" in told
    assert 130 == process.returncode
    assert status["running"]
    assert status["rate"] > 0
    assert 4 <= status["done"] < 320
    assert "State         running" in in_words
    assert "runs a second" in in_words
    assert "stopped; give the same command again to go on" in done("status", "out").out


def test_a_full_disk_is_told_and_what_is_finished_is_kept() -> None:
    """A limit on the size of files is what a disk without room is like; with room, the same command goes on."""
    words = (experiment_file(weeks=60), "--workers", "1", "--out", "out")
    ended = subprocess.run(
        (*PROGRAM, "sweep", *words), stderr=subprocess.PIPE, text=True, check=False, preexec_fn=allow_small_files
    )
    left = [path.name for path in Path("out/parts").iterdir()]
    resumed = done("sweep", *words, "--json").data

    assert 2 == ended.returncode
    assert re.search(r"could not be written .*: File too large\. .*the same command again", ended.stderr)
    assert 1 == ended.stderr.count("\n")
    assert [] == left
    assert done("sweep", *words[:3], "--out", "whole", "--json").data["digest"] == resumed["digest"]


def allow_small_files() -> None:
    """From here on, a file may have 40 kB."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_progress_is_shown_to_a_person() -> None:
    """Runs done, how fast, what failed, and how long it will take."""
    from effectchain.sweep_line import in_words  # noqa: PLC0415
    from experiments.sweeps.progress import SweepProgress  # noqa: PLC0415

    progress = SweepProgress(runs=1200, done=298, failed=2, here=200, seconds=10.0, since=0.0)

    assert "300 of 1,200 runs, 20.0 a second, 2 failed, 45 s left" == in_words(progress)
    assert "0 of 5 runs, waiting" == in_words(SweepProgress(5, 0, 0, 0, 0.0, 0.0, state="waiting"))
    assert json.dumps(progress.rate) == "20.0"
