"""Sweeps from the command line for tests that disturb them, and what there is to be seen of their processes."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import tomli_w

from results.errors import ResultsError
from results.sweeps.store import SweepStore
from scenarios.writing import to_toml
from tests.small_organisation import small

HOUSE: Final = Path(__file__).parent.parent.parent
PROGRAM: Final = (sys.executable, "-c", "import sys; from effectchain.cli import main; sys.exit(main())")


def experiment_file(folder: Path, **changes: Any) -> Path:
    """An experiment of eight cells of the small organisation, forty worlds each: some ten seconds of one core."""
    (folder / "small.toml").write_text(to_toml(small()), encoding="utf-8")
    data = {
        "schema": 1,
        "scenario": "./small.toml",
        "weeks": 200,
        "replications": 40,
        "seed": 3,
        "design": {"kind": "sobol", "points": 8},
        "factors": {"customers.active": {"low": 60, "high": 160}},
    }
    path = folder / "tiny.toml"
    path.write_text(tomli_w.dumps(data | changes), encoding="utf-8")
    return path


def begin(file: Path, out: Path, *words: str, **how: Any) -> "subprocess.Popen[str]":
    """The sweep in a process of its own, with a process group of its own."""
    return subprocess.Popen(
        (*PROGRAM, "sweep", str(file), "--out", str(out), *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=HOUSE,
        **how,
    )


def to_the_end(file: Path, out: Path, *words: str, **how: Any) -> tuple[int, str]:
    """Exit code of the sweep, and what it said of what went wrong."""
    with begin(file, out, *words, **how) as process:
        said = process.communicate(timeout=300)[1]
    return process.returncode, said


def finished(folder: Path) -> int:
    """How many parts stand there."""
    with suppress(ResultsError, OSError):
        return len(SweepStore.open(folder).finished())
    return 0


def end_group(process: "subprocess.Popen[str]") -> None:
    """Kill -9 for the process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def descendants(pid: int) -> list[int]:
    """Processes that this one has started, and those that they have started."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    with suppress(OSError):
        children = [int(child) for path in listed for child in path.read_text().split()]
        return children + [each for child in children for each in descendants(child)]
    return []


def left_behind(folder: Path) -> list[str]:
    """Files among the parts that are none."""
    return sorted(path.name for path in (folder / "parts").iterdir() if path.suffix != ".parquet")


def state(folder: Path) -> tuple[str, int, list[Any], list[str]]:
    """Digest of all numbers, runs that failed, what is wrong, what is left behind."""
    store = SweepStore.open(folder)
    failed = sum(len(part.failures) for part in store.parts())
    return store.digest(), failed, store.verify(), left_behind(folder)
