"""Ctrl-C at any moment of any command: one sentence, code 130, and nothing half-written or left running."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from effectchain.diagnosis_files import OURS, SCENARIO
from experiments.searching import JOURNAL
from experiments.worlds.replication import prepare
from results.folders.disk import ENDING
from results.folders.run import read_run
from results.sweeps.store import SweepStore
from scenarios.loading import load
from scenarios.writing import to_toml
from tests.calibrations import all_but, firm
from tests.diagnosis_forms import Person, by_aspect, form_csv
from tests.faults.sweeping import experiment_file

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them"),
]
PROGRAM: Final = (sys.executable, "-c", "import sys; from effectchain.starting import main; sys.exit(main())")
MOMENTS: Final = int(os.environ.get("EFFECTCHAIN_MOMENTS", "5"))
LONGEST: Final = 15.0
"""Seconds after which nothing new is looked for."""

STEP: Final = ("home_care", "--strengthen", "leadership=0.7", "--weeks", "26", "--replications", "4")
SEARCH: Final = ("--horizon", "52", "--trials", "12", "--replications", "2")
FIXED: Final = all_but("behaviour.failure_base", "behaviour.churn_base")
QUICK: Final = (*(word for key in FIXED for word in ("--fix", key)), "--replications", "2", "--members", "3")
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("scenarios", "list"),
    "run": ("run", "hotel", "--weeks", "52", "--replications", "4", "--out", "out"),
    "compare": ("compare", *STEP, "--out", "out"),
    "explain": ("explain", *STEP, "--out", "out"),
    "roadmap": ("roadmap", "hotel", "--budget", "150000", *SEARCH, "--out", "out"),
    "validate": ("validate", "--pattern", "7", "--replications", "2", "--out", "out"),
    "calibrate": ("calibrate", "firm.toml", "--to", "figures.csv", "--out", "out", *QUICK),
    "diagnose": ("diagnose", "answers.csv", "--out", "out"),
    "template": ("diagnose", "template", "--out", "form.xlsx"),
    "sweep": ("sweep", "tiny.toml", "--out", "out", "--workers", "2"),
    "sweep on processes": ("sweep", "tiny.toml", "--out", "out", "--workers", "2", "--engine", "processes"),
    "dashboard": ("dashboard", "--no-browser", "--port", "0"),
}
GOODBYES: Final = r"(Interrupted; nothing|Stopped: |Stopped at once|.* are kept in ).*|"
"""Lines that may be said; none, when all was done and the signal ended Python's own last moments."""

DRAFTS: Final = (".draft", ".replaced", ".part", "-journal", ENDING)


@dataclass(frozen=True)
class Stopped:
    """How a command ended, what it said of it, what still runs and what lies there."""

    code: int
    said: str
    running: list[str]
    drafts: list[str]


def begun(folder: Path, words: tuple[str, ...]) -> "subprocess.Popen[str]":
    """The command in a process group of its own, as a terminal starts it."""
    experiment_file(folder, replications=4)
    (folder / "firm.toml").write_text(to_toml(firm()), encoding="utf-8")
    (folder / "figures.csv").write_text("indicator;value\nfouten;8%\nklantverloop;0,4\n", encoding="utf-8")
    form_csv(folder / "answers.csv", [Person(by_aspect(5, 4, 3))])
    return subprocess.Popen(
        (*PROGRAM, *words), cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


def wait_until_it_listens(process: "subprocess.Popen[str]") -> None:
    """Until Python itself has begun and our first lines are loaded: then SIGTERM has a handler."""
    while process.poll() is None:
        with suppress(OSError):
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            if int(re.findall(r"SigCgt:\s(\w+)", status)[0], 16) >> signal.SIGTERM - 1 & 1:
                return
        time.sleep(0.001)


def in_session(leader: int) -> list[str]:
    """What still runs of those that this process has started."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getsid(int(path.name)) == leader and ") Z " not in (path / "stat").read_text():
                found.append((path / "cmdline").read_text().replace("\0", " ")[:200])
    return found


def stopped(folder: Path, words: tuple[str, ...], number: int, after: float) -> Stopped:
    """Send the signal to the whole group after this time."""
    with begun(folder, words) as process:
        wait_until_it_listens(process)
        time.sleep(after)
        os.killpg(process.pid, number)
        try:
            _, said = process.communicate(timeout=120)
            end = time.monotonic() + 5.0
            while in_session(process.pid) and time.monotonic() < end:
                time.sleep(0.1)
            running = in_session(process.pid)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    drafts = [path.name for path in folder.rglob("*") if path.name.endswith(DRAFTS)]
    return Stopped(process.returncode, said, running, drafts)


def seconds_of(folder: Path, words: tuple[str, ...]) -> float:
    """How long the command takes when nobody stops it, at most the longest time that we look at."""
    with begun(folder, words) as process:
        wait_until_it_listens(process)
        began = time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=LONGEST)
        os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
        process.communicate()
    return time.monotonic() - began


@pytest.fixture(scope="module", autouse=True)
def _rules_are_compiled() -> None:
    """So that commands do what they are for, and say no word of what they do once."""
    prepare()


def what_is_there_is_whole(folder: Path) -> bool:
    """A run, comparison, sweep, calibration or diagnosis that can be read, or none."""
    out = folder / "out"
    if (out / JOURNAL).exists() and (out / "best.toml").exists():
        return all(load(path) for path in (out / "best.toml", *(out / "plausible").iterdir()))
    if (out / SCENARIO).exists() and not (out / "manifest.json").exists():
        return {path.name for path in out.iterdir()} == OURS
    if not (out / "manifest.json").exists():
        return not out.exists() or not list(out.glob("*.parquet"))
    if (out / "parts").exists():
        return {"missing"} >= {one.kind for one in SweepStore.open(out).verify()}
    read_run(out).verify()
    return True


@pytest.mark.parametrize("name", COMMANDS)
def test_interrupted_at_any_moment(tmp_path: Path, name: str) -> None:
    """From the first line of ours to the last one; Ctrl-C and, every third time, SIGTERM."""
    luck = random.Random(name)  # noqa: S311  moments, no secrets
    (tmp_path / "whole").mkdir()
    longest = seconds_of(tmp_path / "whole", COMMANDS[name])
    wrong: list[Any] = []
    for turn in range(MOMENTS):
        folder = tmp_path / f"{turn}"
        folder.mkdir()
        after = luck.uniform(0.0, longest) if turn % 2 else luck.uniform(0.0, min(longest, 2.0))
        how = stopped(folder, COMMANDS[name], signal.SIGTERM if turn % 3 == 2 else signal.SIGINT, after)
        words = not all(re.fullmatch(GOODBYES, line) for line in how.said.split("\n"))
        ended = how.code not in {0, 130, -signal.SIGINT, -signal.SIGTERM}
        if words or ended or how.running or how.drafts or not what_is_there_is_whole(folder):
            wrong.append((after, how))

    assert [] == wrong
