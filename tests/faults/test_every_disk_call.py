"""The disk fails, or the power goes, at the k-th call that changes a file, for every k: nothing is lost or torn.

As SQLite is tested: a library before the C library counts the calls of all that writes, ours, Arrow's and SQLite's, and
refuses the k-th, all from the k-th on, or ends the process there, with half of what it was to write.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.faults.disk_trials import FROM_THEN_ON, KILL_HALF_WRITTEN, ONCE, POWER_CUT, WORKS

HOUSE: Final = Path(__file__).parent.parent.parent
COMPILER: Final = shutil.which("cc")
WAYS: Final = {
    "killed": (KILL_HALF_WRITTEN, "EIO"),
    "power cut": (POWER_CUT, "EIO"),
    "refused once": (ONCE, "EIO"),
    "full from then on": (FROM_THEN_ON, "ENOSPC"),
}

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or COMPILER is None, reason="There is no C compiler here: failing disks were NOT tested."
)


@pytest.fixture(scope="session")
def failing_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that fails on purpose."""
    library = tmp_path_factory.mktemp("library") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(
        [COMPILER or "cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl"], check=True
    )
    return library


def trials(failing_disk: Path, folder: Path, work: str, way: str, step: int) -> list[dict[str, Any]]:
    """What came of each k."""
    how, error = WAYS[way]
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.disk_trials", str(folder), work, str(how), error, str(step)],
        cwd=HOUSE,
        env=os.environ | {"LD_PRELOAD": str(failing_disk)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(found: list[dict[str, Any]], work: str, way: str) -> None:
    """Hold what is left and what comes of a second try against the try that met no fault, which is the last."""
    *met, clean = found
    assert met, "no call failed"
    assert "done" in clean["first"]
    whole = clean["first"]["done"]
    assert (0, True) == (clean["seen"]["unfinished"], clean["seen"]["done"] in {whole, ""}), "lost when all was done"
    for one in met:
        first, seen = one["first"], one["seen"]
        assert first.keys() & {"killed", "done", "told"}, one
        assert ("killed" in first) == (way in {"killed", "power cut"}), one
        assert whole == one["again"]["done"], one
        assert way == "power cut" or [] == one["left"], one  # who owned a draft may be forgotten too
        told = first.get("told", "written: told, in a sentence, by name")
        assert "\n" not in told, one
        if work == "keeping":
            check_kept(seen["done"], is_done="done" in first)
        elif work.endswith("sweep"):
            assert "" == seen["done"], one
            assert max(one["earlier"]["finished"], first["finished"]) <= seen["finished"], one
        else:
            assert seen["done"] in {one["earlier"]["done"], whole, ""}, one
        if "done" in first:
            assert whole == first["done"], one


def check_kept(seen: str, *, is_done: bool) -> None:
    """Each text is the old or the new one, and what was said to be kept is."""
    texts = {name: text[:3] for name, text in json.loads(seen).items()}

    assert texts in ([{"old": "new", "new": "ano"}] if is_done else [{"old": "old"}, {"old": "new"}, {**texts}])
    assert texts.keys() <= {"old", "new"}
    assert texts["old"] in {"old", "new"}
    assert texts.get("new", "ano") == "ano"


@pytest.mark.parametrize("work", ["sweep", "keeping"])
def test_now_and_then(failing_disk: Path, tmp_path: Path, work: str) -> None:
    """A quick look at a few of all the moments."""
    check(trials(failing_disk, tmp_path, work, "killed", 17), work, "killed")


@pytest.mark.faults
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("work", WORKS)
def test_at_every_call(failing_disk: Path, tmp_path: Path, work: str, way: str) -> None:
    """Sweeps begun and extended, runs new and replaced, and the file of what is kept: every k."""
    check(trials(failing_disk, tmp_path, work, way, 1), work, way)
