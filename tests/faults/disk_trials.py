"""What the tests of a failing disk run in a process of its own, with `failing_disk.c` loaded before the C library.

For every k: a child of this process, in which the rules are compiled already, does some work while its k-th call that
changes a file fails; another child then looks at what is left and does the work once more. One line of JSON a k.
"""

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, Final

from effectchain.keeping import Keeping
from experiments.ensemble import run_ensemble
from experiments.sweeps.progress import SweepProgress
from experiments.sweeps.sweep import sweep
from experiments.worlds.replication import prepare
from results.errors import ResultsError
from results.folders.disk import ENDING
from results.folders.run import read_run
from results.sweeps.store import SweepStore
from scenarios.errors import Mistake
from tests.small_organisation import small
from tests.sweep_forms import experiment

NEVER, ONCE, FROM_THEN_ON, KILL, KILL_HALF_WRITTEN, POWER_CUT = range(6)
"""How a call fails, as in failing_disk.c."""

LISTENING: Final[list[int]] = []
"""Where a child says how far it is: nowhere, or into its parent's pipe."""

Work = Callable[[Path], str]
"""Does something in a folder and tells in a word what came of it."""


def sweeps(place: Path, cells: int = 3) -> str:
    """A sweep of a few cells, three worlds each: begun, gone on with, or only looked at."""
    factors = {"customers.active": {"values": list(range(60, 60 + cells))}}
    asked = experiment(place, factors=factors, replications=3)
    return sweep(asked, place / "out" / "sweep", workers=1, extend=True, on_progress=say).digest


def say(progress: SweepProgress) -> None:
    """Tell how many runs are finished; from then on they must not be lost."""
    for listener in LISTENING:
        os.write(listener, f"{progress.finished}\n".encode())


def grows(place: Path) -> str:
    """A finished sweep that gets two cells more."""
    return sweeps(place, 5)


def earlier_run(place: Path) -> str:
    """A run with its encounter log."""
    run_ensemble(small(), weeks=4, replications=2, seed=4, workers=1, events=True).save(place / "out" / "run")
    return a_run(place)


def runs(place: Path) -> str:
    """Another run in the same folder."""
    run_ensemble(small(), weeks=4, replications=2, seed=5, workers=1, events=True).save(place / "out" / "run")
    return a_run(place)


def a_run(place: Path) -> str:
    """The seeds and tables of the run that is there, read to the last number; empty where there is none."""
    folder = place / "out" / "run"
    if not folder.exists():
        return ""
    run = read_run(folder)
    run.verify()
    return json.dumps([run.manifest["seeds"], run.manifest["tables"]])


def a_sweep(place: Path) -> str:
    """What is wrong beside parts that are not finished yet; empty where nothing is, or nothing is begun."""
    folder = place / "out" / "sweep"
    if not (folder / "manifest.json").exists():
        return ""
    return " ".join(one.path for one in SweepStore.open(folder).verify() if one.kind != "missing")


def far(place: Path) -> dict[str, int]:
    """How many runs of the sweep are finished, and whether any is missing; 0 where there is no sweep."""
    folder = place / "out" / "sweep"
    if not (folder / "manifest.json").exists():
        return {"finished": 0, "unfinished": 0}
    store = SweepStore.open(folder)
    missing = sum(one.kind == "missing" for one in store.verify())
    return {"finished": store.runs().num_rows, "unfinished": missing}


def keeps(place: Path) -> str:
    """Two texts more in the file of what the dashboard keeps, one of them a new version of what is there."""
    keeping = Keeping(place / "out")
    keeping.save("scenario", "old", "new text " * 3000)
    keeping.save("scenario", "new", "another text " * 3000)
    return kept(place)


def kept(place: Path) -> str:
    """What is kept, all of it."""
    keeping = Keeping(place / "out")
    return json.dumps({one.name: keeping.load("scenario", one.name)[:20] for one in keeping.entries("scenario")})


def before_keeping(place: Path) -> str:
    """What was kept long ago."""
    Keeping(place / "out").save("scenario", "old", "old text " * 3000)
    return kept(place)


def nothing(_place: Path) -> str:
    """A folder in which nothing is yet."""
    return ""


WORKS: Final[Mapping[str, tuple[Work, Work, Work]]] = {
    "sweep": (nothing, sweeps, a_sweep),
    "growing sweep": (sweeps, grows, a_sweep),
    "run": (nothing, runs, a_run),
    "second run": (earlier_run, runs, a_run),
    "keeping": (before_keeping, keeps, kept),
}
"""What is done before the fault, what is done while it lasts and again after it, and how one looks at what is left."""


def in_a_child(place: Path, work: Work, fault: tuple[int, int, int] = (0, NEVER, 0)) -> dict[str, Any]:
    """Do the work in a child of this process, whose disk fails in this way: what came of it, as it told.

    fault: at which call, how, with which error of the system.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _do(place, work, fault, writer)
    os.close(writer)
    with os.fdopen(reader) as said:
        told = said.read().splitlines()
    _, status = os.waitpid(child, 0)
    finished = [int(line) for line in told if line.isdecimal()]
    ended = json.loads(told[-1]) if len(told) > len(finished) else {"killed": os.waitstatus_to_exitcode(status)}
    return ended | {"finished": max(finished, default=0)}


def _do(place: Path, work: Work, fault: tuple[int, int, int], writer: int) -> None:
    disk = ctypes.CDLL(None)
    LISTENING.append(writer)
    k, how, number = fault
    disk.disk_fails(os.fsencode(place / "out"), ctypes.c_long(k), how, number)
    try:
        told: dict[str, Any] = {"done": work(place)}
    except (ResultsError, Mistake) as error:
        told = {"told": str(error)}
    except BaseException as error:  # noqa: BLE001  it is what the test looks for
        told = {"failed": f"{type(error).__name__}: {error}"}
    told["calls"] = disk.disk_calls()
    if how == POWER_CUT:  # at once after the last word
        disk.disk_forgets()
    disk.disk_fails(b"", ctypes.c_long(0), NEVER, 0)
    os.write(writer, json.dumps(told).encode())
    os._exit(0)


def leftovers(place: Path) -> list[str]:
    """What nobody will ever read: half-written files, drafts, journals.

    An empty folder that somebody may just have made is removed by whoever comes a minute later.
    """
    endings = (ENDING, ".draft", ".replaced", "-journal")
    found = [
        one for one in place.rglob("*") if one.name.endswith(endings) or (one.suffix == ".new" and any(one.iterdir()))
    ]
    return sorted(one.name for one in found)


def trials(start: Path, name: str, how: int, number: int, step: int) -> Iterator[dict[str, Any]]:
    """What came of each k: the first try, what is to be seen of it, and the second one."""
    before, work, look = WORKS[name]
    origin = start / "before"
    origin.mkdir()
    earlier = in_a_child(origin, before)
    for k in count(1, step):
        place = start / f"{k}"
        shutil.copytree(origin, place)
        first = in_a_child(place, work, (k, how, number))
        seen = in_a_child(place, look) | far(place)
        again = in_a_child(place, work)
        yield {"k": k, "earlier": earlier, "first": first, "seen": seen, "again": again, "left": leftovers(place)}
        shutil.rmtree(place)
        if first.get("calls", k) < k:
            return


def main() -> None:
    """folder, name of the work, how it fails, error, step between two k."""
    start, name, how, number, step = sys.argv[1:]
    prepare()
    for trial in trials(Path(start), name, int(how), getattr(errno, number), int(step)):
        print(json.dumps(trial), flush=True)  # noqa: T201  the test reads it


if __name__ == "__main__":
    main()
