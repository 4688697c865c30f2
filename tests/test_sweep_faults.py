"""Disks that refuse, processes that are killed, two at once: one sentence, nothing torn, and the same numbers after."""

import errno
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from results.errors import ResultsError
from results.folders.disk import ENDING
from results.sweeps.parts import path_of
from results.sweeps.store import SweepStore
from tests.sweeps import design, fill, rows, runs, sweep

HOUSE = Path(__file__).parent.parent

REFUSALS = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EMFILE]
CALLS = ["open", "write", "fsync", "replace"]
"""What a part's way to the disk consists of."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="uses what Linux has")


def failing(call: str, k: int, number: int) -> Callable[..., Any]:
    """The system's own call, which fails the k-th time, and from then on."""
    real, calls = getattr(os, call), count(1)

    def refusing(*given: Any, **named: Any) -> Any:
        if next(calls) >= k:
            raise OSError(number, os.strerror(number))
        return real(*given, **named)

    return refusing


def unwritten(store: SweepStore) -> list[str]:
    """Files in parts/ that are no parts."""
    return sorted(path.name for path in (store.folder / "parts").iterdir() if path.suffix != ".parquet")


@pytest.mark.parametrize("number", REFUSALS, ids=[errno.errorcode[one] for one in REFUSALS])
@pytest.mark.parametrize("call", CALLS)
def test_whatever_call_fails_nothing_is_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """The k-th open, write, fsync or rename fails, for every k until all goes well: one sentence that says why, parts
    that were finished stay so, nothing is left half-written, and going on gives the same numbers.
    """  # noqa: D205
    whole = fill(sweep(tmp_path / "whole", 6, 1, 3)).digest()
    for k in count(1):
        store = sweep(tmp_path / f"{k}", 6, 1, 3)
        with monkeypatch.context() as broken:
            broken.setattr(os, call, failing(call, k, number))
            try:
                fill(store)
                told = None
            except ResultsError as error:
                told = str(error)
        if told is None:
            break
        assert os.strerror(number) in told
        assert "Finished parts are kept" in told
        assert [] == unwritten(store)
        assert all(path_of(store.folder, block).exists() for block in store.finished())
        assert (whole, []) == (fill(store).digest(), store.verify())
    assert k > 2, "the fault must have been met at least once a block"


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "listdir", "scandir", "mkdir"])
def test_whatever_call_fails_an_extension_is_whole_or_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """The sweep can be read at every moment, and extended once the disk gives in."""
    for k in range(1, 12):
        store = fill(sweep(tmp_path / f"{k}", 6, 1, 3))
        before = store.digest()
        with monkeypatch.context() as broken:
            broken.setattr(os, call, failing(call, k, errno.EIO))
            try:
                store.extend(design=design(2, 6), replications=2, block_cells=4, files={"experiment.toml": "more"})
                failed = False
            except ResultsError:
                failed = True
        back = SweepStore.open(store.folder)
        assert back.cells in ({6, 8} if failed else {8})
        assert before == back.digest()
        if back.cells == 6:
            back.extend(design=design(2, 6), replications=2, block_cells=4)
        assert [] == fill(back).verify()


def test_who_cannot_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many open files is no reason to think that a part is damaged: it is told, and nothing is set aside."""
    store = fill(sweep(tmp_path / "held"))
    whole = store.digest()
    with store.locked(), monkeypatch.context() as broken:
        broken.setattr(os, "open", failing("open", 3, errno.EMFILE))
        with pytest.raises(ResultsError, match="Too many open files"):
            store.finished()

    assert ([], whole) == (unwritten(store), store.digest())


FULL = """
import sys
from pathlib import Path
from results.errors import ResultsError
from results.sweeps.store import SweepStore
from tests.sweeps import fill, sweep
folder = Path(sys.argv[1])
store = SweepStore.open(folder) if folder.exists() else sweep(folder)
try:
    with store.locked():
        fill(store)
except ResultsError as error:
    print(error)
print(len(store.finished()))
"""


def in_a_process(program: str, *words: object, before: Callable[[], None] | None = None, **more: Any) -> str:
    """What the program prints."""
    command = [*more.pop("first", []), sys.executable, "-W", "error", "-c", program, *map(str, words)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=False,
        preexec_fn=before,
        **more,
    )
    assert (0, "") == (done.returncode, done.stderr), done
    return str(done.stdout)


@linux
def test_files_may_not_be_larger(tmp_path: Path) -> None:
    """A real limit of the system, met in the middle of a part."""
    store = sweep(tmp_path / "held")

    told = in_a_process(
        FULL, store.folder, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
    ).splitlines()

    assert "File too large. Finished parts are kept" in told[0]
    assert ("0", []) == (told[1], unwritten(store))
    assert fill(sweep(tmp_path / "whole")).digest() == fill(store).digest()


def mounted(options: str, script: str) -> list[str]:
    """Words before a command that run it with a mount of its own, gone with it; the folder is its first argument."""
    return ["unshare", "-rm", "sh", "-c", f'd="$1"; shift; mount {options} && {script}', "sh"]


def can_mount() -> bool:
    """Whether this system lets a test mount something for itself."""
    command = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]
    return sys.platform == "linux" and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="may not mount here")
def test_a_full_disk(tmp_path: Path) -> None:
    """What fits on a disk of a few kilobytes is finished, the rest is told; with room, the same numbers."""
    place, kept = tmp_path / "disk", tmp_path / "kept"
    place.mkdir()
    script = f'"$@"; cp -a "$d"/held {kept}'

    told = in_a_process(
        FULL, place / "held", first=[*mounted('-t tmpfs -o size=28k none "$d"', script), str(place)]
    ).splitlines()

    assert "No space left on device. Finished parts are kept" in told[0]
    store = SweepStore.open(kept)
    assert 0 < int(told[1]) == len(store.finished()) < 6
    assert [] == unwritten(store)
    assert fill(sweep(tmp_path / "whole")).digest() == fill(store).digest()


READ = """
import sys
from results.errors import ResultsError
from results.folders.query import answer
from results.sweeps.store import SweepStore
from results.folders.tables import tables_of
store = SweepStore.open(sys.argv[1])
print(store.digest(), store.weekly().num_rows, len(store.verify()))
with answer(tables_of(store), "SELECT count(*) AS n FROM weekly") as found:
    print(found.read_all().to_pylist())
try:
    with store.locked():
        pass
except ResultsError as error:
    print(error)
"""


@pytest.mark.skipif(not can_mount(), reason="may not mount here")
def test_a_folder_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    """All reading works; who wants to write is told why not."""
    store = fill(sweep(tmp_path / "held"))
    readonly = mounted('--bind "$d" "$d" && mount -o remount,ro,bind "$d"', '"$@"')

    told = in_a_process(READ, store.folder, first=[*readonly, str(tmp_path)]).splitlines()

    assert [f"{store.digest()} 80 0", "[{'n': 80}]"] == told[:2]
    assert "Read-only file system. It can still be read" in told[2]


SLOW = """
import sys
from results.sweeps.store import SweepStore
from tests.sweeps import rows, runs
store = SweepStore.open(sys.argv[1])
with store.locked():
    finished = store.finished(thoroughly=True)
    print(len(finished), flush=True)
    for block in store.blocks():
        if block not in finished:
            store.write(block, rows(block), runs(block))
"""


@linux
def test_killed_again_and_again_it_ends_with_the_same_numbers(tmp_path: Path) -> None:
    """A real writer, killed in the midst of its work: nothing finished is lost or torn, and leftovers go away."""
    whole = fill(sweep(tmp_path / "whole", 80, 2, 4)).digest()
    store = sweep(tmp_path / "held", 80, 2, 4)
    before: frozenset[Any] = frozenset()
    for more in (1, 5, 12):
        process = subprocess.Popen(
            [sys.executable, "-c", SLOW, str(store.folder)], cwd=HOUSE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert str(len(before)) == process.stdout.readline().strip()
        while len(store.names()) < len(before) + more:
            assert process.poll() is None
            time.sleep(0.001)
        process.kill()
        process.wait()
        process.stdout.close()
        after = store.finished(thoroughly=True)
        assert before < after
        before = after
    assert 0 < len(before) < 40, "it must have been killed half-way"
    in_a_process(SLOW, store.folder)

    assert (whole, [], []) == (store.digest(), store.verify(), unwritten(store))


def test_leftovers_of_the_dead_are_removed_and_never_read(tmp_path: Path) -> None:
    """Half a part under a hidden name: readers leave it alone, the next writer removes it; other files stay."""
    store = fill(sweep(tmp_path / "held"))
    block = next(store.blocks())
    left = store.folder / "parts" / f".{block.name}.parquet.0011aabbccdd{ENDING}"
    left.write_bytes(path_of(store.folder, block).read_bytes()[:100])
    (store.folder / "parts" / "notes.txt").write_text("mine")

    assert (80, []) == (store.weekly().num_rows, store.verify())
    assert left.exists()
    with store.locked():
        assert not left.exists()
    assert ["notes.txt"] == unwritten(store)


HOLD = """
import sys
from results.sweeps.store import SweepStore
store = SweepStore.open(sys.argv[1])
with store.locked():
    print("held", flush=True)
    sys.stdin.readline()
"""


def test_two_processes_cannot_write_one_experiment(tmp_path: Path) -> None:
    """The second is told at once and changes nothing; another experiment is free; a killed holder holds nothing."""
    store, other = fill(sweep(tmp_path / "held")), sweep(tmp_path / "other")
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.folder)], cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert b"held" == process.stdout.readline().strip()
    with pytest.raises(ResultsError, match="Another process is running this experiment"), store.locked():
        pytest.fail("both hold it")
    with pytest.raises(ResultsError, match="Another process is running this experiment"):
        store.extend(design=design(1, 10), replications=2, block_cells=4)
    assert 80 == store.weekly().num_rows
    with other.locked():
        assert frozenset() == other.finished()
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()
    with store.locked(), store.locked():
        assert 6 == len(store.finished())


def test_a_store_sees_how_another_extended_it(tmp_path: Path) -> None:
    """Who takes the lock looks again at what is asked."""
    one = sweep(tmp_path / "held")
    other = SweepStore.open(one.folder)
    other.extend(design=design(2, 10), replications=3, block_cells=4)
    with one.locked():
        assert (12, 3) == (one.cells, one.replications)


def test_a_late_writer_changes_nothing(tmp_path: Path) -> None:
    """A worker that was given up writes its part after all: the same bytes under the same name."""
    store = sweep(tmp_path / "held")
    late = store.writer
    fill(store)
    store.extend(design=design(2, 10), replications=3, block_cells=3)
    block = next(store.blocks())
    before = path_of(store.folder, block).read_bytes()
    late.write(block, rows(block), runs(block))

    assert before == path_of(store.folder, block).read_bytes()
