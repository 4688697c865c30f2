"""Processes that die at any moment, clocks that jump, too little memory: the sweep ends with the same numbers."""

import os
import random
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from results.sweeps.store import SweepStore
from tests.faults.sweeping import HOUSE, begin, descendants, end_group, experiment_file, finished, state, to_the_end
from tests.faults.test_every_disk_call import failing_disk as _failing_disk

failing_disk = _failing_disk
KILLS: Final = 20
LARGEST: Final = 5_000_000
"""Customers of a world that takes about a gigabyte."""

ROOM: Final = 3 * 2**29
"""Bytes of address space in which the program finds room, and that world does not."""

pytestmark = [
    pytest.mark.faults,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them"),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of the sweep that nobody disturbed, on one thread."""
    folder = tmp_path_factory.mktemp("whole")
    assert (0, "") == to_the_end(experiment_file(folder), folder / "out", "--workers", "1", "--quiet")
    return SweepStore.open(folder / "out").digest()


@pytest.mark.parametrize("engine", ["threads", "processes"])
def test_killed_at_twenty_random_moments(tmp_path: Path, whole: str, engine: str) -> None:
    """Kill -9 for the group, from before the first file to the last part; then once more to the end."""
    file, out, luck = experiment_file(tmp_path), tmp_path / "out", random.Random(7)  # noqa: S311  moments, no secrets
    words = ("--workers", "2", "--engine", engine, "--quiet")
    there = [0]
    for _ in range(KILLS):
        process = begin(file, out, *words)
        if luck.random() < 0.3:  # before the first file, while it starts, or while it looks at what there is
            time.sleep(luck.uniform(0.0, 4.0))
        else:
            while finished(out) == there[-1] and process.poll() is None:
                time.sleep(0.05)
            time.sleep(luck.uniform(0.0, 0.3))
        end_group(process)
        there.append(finished(out))
        assert there[-1] >= there[-2], "a finished part is gone"

    assert 0 < there[-1] < len(list(SweepStore.open(out).blocks())), "it must have been killed half-way"
    assert (0, "") == to_the_end(file, out, *words)
    assert (whole, 0, [], []) == state(out)


def is_worker(pid: int) -> bool:
    """Whether this process lives cells: neither the one from which workers are made, nor the one that tidies up."""
    with suppress(OSError):
        return b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes() and not descendants(pid)
    return False


def test_workers_that_die_now_and_then(tmp_path: Path, whole: str) -> None:
    """One worker process is killed again and again: its cells are lived once more, and the sweep ends as any."""
    file, out, luck = experiment_file(tmp_path), tmp_path / "out", random.Random(8)  # noqa: S311
    killed = 0
    with begin(file, out, "--workers", "2", "--engine", "processes", "--quiet") as process:
        while process.poll() is None and killed < 6:
            time.sleep(luck.uniform(1.0, 2.0))
            workers = [one for one in descendants(process.pid) if is_worker(one)]
            if finished(out) and workers:
                with suppress(ProcessLookupError):
                    os.kill(luck.choice(workers), signal.SIGKILL)
                    killed += 1
        said = process.communicate(timeout=300)[1]

    assert killed > 1
    assert (0, "") == (process.returncode, said)
    assert (whole, 0, [], []) == state(out)


def test_three_at_once_on_a_new_folder(tmp_path: Path, whole: str) -> None:
    """Whoever comes second is told, and one command more ends the sweep; another folder is free."""
    file, out = experiment_file(tmp_path), tmp_path / "out"
    several = [begin(file, out, "--workers", "1", "--quiet") for _ in range(3)]
    other = begin(file, tmp_path / "other", "--workers", "1", "--quiet")
    said = [(process.communicate(timeout=300)[1], process.returncode) for process in several]
    refused = [words for words, code in said if code]

    assert 1 <= len(refused) <= 2
    assert all(re.search("Another process is running|exists", words) and words.count("\n") == 1 for words in refused)
    assert ("", 0) == (other.communicate(timeout=300)[1], other.returncode)
    assert (whole, 0, [], []) == state(out)
    assert (whole, 0, [], []) == state(tmp_path / "other")


JUMPS: Final = """
import ctypes, sys
from pathlib import Path
from tests.faults.disk_trials import runs, sweeps
ctypes.CDLL(None).clock_jumps(ctypes.c_long(int(sys.argv[2])))
folder = Path(sys.argv[1])
(folder / "run").mkdir(parents=True)
print(sweeps(folder), runs(folder / "run"))
"""


def test_clocks_that_jump(tmp_path: Path, failing_disk: Path) -> None:
    """Every second look at the time of day is thirty years back, or ahead: the numbers stay."""
    environment = os.environ | {"LD_PRELOAD": str(failing_disk)}
    found = set()
    for jump in (0, -(10**9), 10**9):
        words = [sys.executable, "-c", JUMPS, str(tmp_path / f"{jump}"), str(jump)]
        done = subprocess.run(words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=True)
        found.add(done.stdout)

    assert 1 == len(found)


def with_a_giant(folder: Path) -> Path:
    """Three cells, the second of which is larger than the memory that there is."""
    factors = {"customers.active": {"values": [60, LARGEST, 61]}}
    return experiment_file(folder, factors=factors, design={"kind": "grid"}, weeks=6, replications=1)


def others_are_lived(out: Path) -> list[str]:
    """Why the giant failed; the two others are there."""
    store = SweepStore.open(out)
    assert {0, 2} == set(store.weekly().column("cell").to_pylist())
    assert [] == store.verify()
    return [row["type"] for row in store.runs().to_pylist() if row["cell"] == 1]


@pytest.mark.parametrize("engine", ["threads", "processes"])
def test_a_cell_beyond_the_memory_allowed(tmp_path: Path, engine: str) -> None:
    """A limit on the process's memory: the cell is a row that says so, and the others are lived."""
    code, said = to_the_end(
        with_a_giant(tmp_path), tmp_path / "out", "--workers", "1", "--engine", engine,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM)),
    )  # fmt: skip

    assert 3 == code, said
    assert "Traceback" not in said
    assert others_are_lived(tmp_path / "out") in (["MemoryError"], ["WorkerKilled"])


@pytest.fixture
def small_memory() -> Iterator[Callable[[], None]]:
    """Puts a process, before it starts, where 700 MB is all there is, and the kernel kills who takes more."""
    group = Path("/sys/fs/cgroup/memory/effectchain-test")
    try:
        group.mkdir(exist_ok=True)
        (group / "memory.limit_in_bytes").write_text(str(700 * 2**20))
    except OSError:
        pytest.skip("may not limit memory here: the kernel's own killing was NOT tested")

    def enter() -> None:
        (group / "cgroup.procs").write_text(str(os.getpid()))

    yield enter
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with suppress(OSError):
            group.rmdir()
            return
        time.sleep(0.1)


def test_the_kernel_kills_who_takes_all_memory(tmp_path: Path, small_memory: Callable[[], None]) -> None:
    """The worker is gone without a word; its cell is a row that says so, its parent and the other cells live on."""
    code, said = to_the_end(
        with_a_giant(tmp_path), tmp_path / "out", "--workers", "1", "--engine", "processes", preexec_fn=small_memory
    )

    assert 3 == code, said
    assert others_are_lived(tmp_path / "out") == ["WorkerKilled"]
