"""A run folder is whole or absent, and what is read is what was written."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from results.errors import ResultsError
from results.folders.digest import digest
from results.folders.run import RunWriter, read_run, write_run
from tests.synthetic import weekly

MANIFEST = {"scenario": {"name": "hotel"}, "seeds": [1, 2]}


@pytest.fixture(scope="module")
def table() -> pa.Table:
    """90 rows of a baseline."""
    return weekly(weeks=30, replications=3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place that does not exist yet, nor does the folder above it."""
    return tmp_path / "runs" / "hotel-1a2b"


@pytest.fixture
def run(folder: Path, table: pa.Table) -> Path:
    """A finished run."""
    return write_run(folder, {"weekly": table}, MANIFEST, {"report.html": "<p>é"})


def left_over(folder: Path) -> list[str]:
    """What else lies beside the run folder."""
    return sorted(path.name for path in folder.parent.iterdir() if path != folder) if folder.parent.exists() else []


def test_what_is_read_is_what_was_written(run: Path, table: pa.Table) -> None:
    """Tables come back to the bit, with manifest and files."""
    back = read_run(run)
    back.verify()

    assert table.equals(back.weekly)
    assert {"weekly": {"rows": 90, "digest": digest(table)}} == back.manifest["tables"]
    assert MANIFEST["scenario"] == back.manifest["scenario"]
    assert "<p>é" == (run / "report.html").read_text("utf-8")
    assert ["manifest.json", "report.html", "weekly.parquet"] == sorted(path.name for path in run.iterdir())
    assert [] == left_over(run)


def test_other_readers_see_the_same(run: Path, table: pa.Table) -> None:
    """The Parquet file is plain: any reader gets the same rows."""
    assert table.equals(ds.dataset(run / "weekly.parquet").to_table())


def test_a_log_in_pieces_equals_the_whole(folder: Path, table: pa.Table) -> None:
    """Row groups that are appended read as one table, in memory or in batches."""
    with RunWriter(folder) as writer:
        for start in range(0, 90, 25):
            writer.append("events", table.slice(start, 25))
        assert digest(table) == writer.summaries()["events"]["digest"]
        writer.describe(MANIFEST)
    back = read_run(folder)

    assert table.equals(back.events)
    assert table.equals(pa.Table.from_batches(back.batches("events", rows=13)))


def test_an_earlier_run_is_replaced_as_a_whole(run: Path, table: pa.Table) -> None:
    """The second run takes the place of the first, of which nothing stays."""
    write_run(run, {"events": table.slice(0, 5)}, MANIFEST)

    assert ["events.parquet", "manifest.json"] == sorted(path.name for path in run.iterdir())
    assert [] == left_over(run)


@pytest.mark.parametrize("stranger", ["notes.txt", "people.parquet", ".git"])
def test_other_peoples_files_are_never_removed(run: Path, table: pa.Table, stranger: str) -> None:
    """A folder that holds anything that its manifest does not name is refused, and left as it is."""
    (run / stranger).write_text("mine")

    with pytest.raises(ResultsError, match="would be lost"):
        write_run(run, {"weekly": table}, MANIFEST)
    assert "mine" == (run / stranger).read_text()


@pytest.mark.parametrize(
    "manifest", ["{}", '{"name": "a web page"}', "no json", '{"schema": 1, "tables": {"../x": {}}}']
)
def test_another_programs_manifest_is_no_run(folder: Path, table: pa.Table, manifest: str) -> None:
    """A folder whose manifest.json is not ours is refused, for writing and for reading."""
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(manifest)

    with pytest.raises(ResultsError, match="holds other files"):
        write_run(folder, {"weekly": table}, MANIFEST)
    with pytest.raises(ResultsError, match=r"manifest\.json"):
        read_run(folder)


def test_a_file_in_the_place_is_refused(folder: Path, table: pa.Table) -> None:
    """A file with the folder's name is left as it is."""
    folder.parent.mkdir()
    folder.write_text("mine")

    with pytest.raises(ResultsError, match="new or empty"):
        write_run(folder, {"weekly": table}, MANIFEST)
    assert "mine" == folder.read_text()


def test_an_empty_folder_is_taken(folder: Path, table: pa.Table) -> None:
    """An empty folder that the user made is a good place."""
    folder.mkdir(parents=True)

    assert 90 == read_run(write_run(folder, {"weekly": table}, MANIFEST)).weekly.num_rows


def stopped_by(stop: type[BaseException], folder: Path, table: pa.Table) -> None:
    """Begin a run in the folder, write a table, and be stopped."""
    with RunWriter(folder) as writer:
        writer.append("weekly", table)
        raise stop


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError, MemoryError])
def test_an_error_on_the_way_leaves_nothing(folder: Path, table: pa.Table, stop: type[BaseException]) -> None:
    """Whatever ends the writing, no folder and no draft stays."""
    with pytest.raises(stop):
        stopped_by(stop, folder, table)
    assert not folder.exists()
    assert [] == left_over(folder)


def test_an_error_keeps_the_earlier_run(run: Path, table: pa.Table) -> None:
    """A replacement that fails leaves the earlier run as it was."""
    with pytest.raises(KeyboardInterrupt):
        stopped_by(KeyboardInterrupt, run, table.slice(0, 3))
    read_run(run).verify()

    assert 90 == read_run(run).weekly.num_rows
    assert [] == left_over(run)


@pytest.mark.parametrize("call", [1, 2, 3])
def test_an_interruption_keeps_the_earlier_run(
    run: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """Whichever rename it comes before or after: the draft's own, the one that sets the earlier run aside, the last."""
    before, calls, real = digest(read_run(run).weekly), count(1), Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        if path.suffix == ".table":
            return real(path, target)
        number = next(calls)
        if number == call != 2:
            raise KeyboardInterrupt
        there = real(path, target)
        if number == call:
            raise KeyboardInterrupt
        return there

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_run(run, {"weekly": table.slice(1)}, MANIFEST)

    assert before == digest(read_run(run).weekly)
    assert [] == left_over(run)


def test_a_run_without_manifest_is_not_kept(folder: Path, table: pa.Table) -> None:
    """Forgetting the manifest is an error, not a run without provenance."""
    with pytest.raises(ResultsError, match="no manifest"), RunWriter(folder) as writer:
        writer.append("weekly", table)
    assert not folder.exists()


def test_columns_stay_what_they_were(folder: Path, table: pa.Table) -> None:
    """A piece with another column, type or width is refused by name."""
    with RunWriter(folder) as writer:
        writer.append("weekly", table)
        with pytest.raises(ResultsError, match="'mood'"):
            writer.append("weekly", table.rename_columns(["mood", *table.column_names[1:]]))
        with pytest.raises(ResultsError, match="columns"):
            writer.append("weekly", table.select(table.column_names[:4]))
        writer.describe(MANIFEST)

    assert 90 == read_run(folder).weekly.num_rows


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "manifest.json", "x.parquet", "a\n", "é"])
def test_file_names_cannot_leave_the_folder(folder: Path, name: str) -> None:
    """Names of files and tables are plain names."""
    with pytest.raises(ResultsError, match="cannot be"), RunWriter(folder) as writer:
        writer.add_file(name, b"")
    with pytest.raises(ResultsError, match="cannot be"), RunWriter(folder) as writer:
        writer.append(name, pa.table({"x": [1]}))


def in_a_process(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the code in a Python of its own, with the folder as its argument."""
    paths = os.pathsep.join(path for path in sys.path if path)
    call, environment = [sys.executable, "-c", code, str(folder)], {**os.environ, "PYTHONPATH": paths}
    return subprocess.run(call, capture_output=True, text=True, check=False, env=environment)


def write_with_limit(folder: Path, limit: int) -> subprocess.CompletedProcess[str]:
    """Write a run in a process whose files cannot grow beyond `limit` bytes, as on a full disk."""
    code = (
        "import resource, sys; from tests.synthetic import weekly; from results.folders.run import write_run\n"
        "from results.errors import ResultsError\n"
        "table = weekly(weeks=30, replications=3)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        "try: write_run(sys.argv[1], {'weekly': table}, {}, {'a.txt': 'a' * 3000})\n"
        "except ResultsError as error: sys.exit(str(error))"
    )
    return in_a_process(code, folder)


@pytest.mark.parametrize("limit", [0, 100, 3_500, 20_000, 40_000])
def test_a_full_disk_leaves_nothing(folder: Path, limit: int) -> None:
    """When the disk takes no more, the user gets one sentence and no folder: header, table or file alike."""
    outcome = write_with_limit(folder, limit)

    assert f"could not be written to '{folder}': File too large. Nothing was half-written" in outcome.stderr
    assert 1 == len(outcome.stderr.strip().splitlines())
    assert not folder.exists()
    assert [] == left_over(folder)


def test_a_full_disk_keeps_the_earlier_run(run: Path) -> None:
    """A replacement for which there is no room leaves the earlier run."""
    assert 1 == write_with_limit(run, 1_000).returncode
    read_run(run).verify()


def test_a_refused_place_is_said(tmp_path: Path, table: pa.Table) -> None:
    """A place that cannot be written, here below a file, is one sentence that names what is in the way."""
    (tmp_path / "file").write_text("")

    with pytest.raises(ResultsError, match=f"{os.strerror(errno.EEXIST)} \\('{tmp_path / 'file'}'\\)"):
        write_run(tmp_path / "file" / "run", {"weekly": table}, MANIFEST)


def test_what_a_killed_process_left_is_removed(folder: Path, table: pa.Table) -> None:
    """The draft of a process that was killed goes when the next one writes there; it was never read."""
    code = (
        "import os, signal, sys; import pyarrow as pa; from results.folders.run import RunWriter\n"
        "run = RunWriter(sys.argv[1]).__enter__(); run.append('weekly', pa.table({'x': [1]}))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert -signal.SIGKILL == in_a_process(code, folder).returncode
    assert 1 == len(left_over(folder))

    write_run(folder, {"weekly": table}, MANIFEST)

    assert [] == left_over(folder)


def test_an_empty_draft_of_a_killed_process_is_removed_after_a_while(folder: Path, table: pa.Table) -> None:
    """One that was made this minute may be somebody's who is about to lock it."""
    drafts = [folder.parent / f".{folder.name}.{name}.new" for name in ("longago1", "justnow1")]
    for draft in drafts:
        draft.mkdir(parents=True)
    os.utime(drafts[0], (1e9, 1e9))
    write_run(folder, {"weekly": table}, MANIFEST)

    assert [False, True] == [draft.exists() for draft in drafts]


def test_a_living_writer_is_left_alone(folder: Path, table: pa.Table) -> None:
    """Two that write to one place do not remove each other's draft; the last to finish stands."""
    with RunWriter(folder) as slow:
        slow.append("weekly", table)
        write_run(folder, {"weekly": table.slice(0, 5)}, MANIFEST)
        assert 5 == read_run(folder).weekly.num_rows
        slow.describe(MANIFEST)

    assert 90 == read_run(folder).weekly.num_rows
    assert [] == left_over(folder)


def test_a_replacement_cut_short_is_undone(run: Path, table: pa.Table) -> None:
    """A run that had stepped aside when the power went comes back before the next is written."""
    run.rename(run.parent / f".{run.name}.abcdefgh.replaced")
    with pytest.raises(KeyboardInterrupt):
        stopped_by(KeyboardInterrupt, run, table)

    assert 90 == read_run(run).weekly.num_rows


def damaged(run: Path, change: str) -> Path:
    """The run's weekly table, damaged in one way."""
    path = run / "weekly.parquet"
    data = path.read_bytes()
    middle = len(data) // 3
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    contents = {"empty": b"", "torn": data[:-50], "zeros": bytes(len(data)), "flipped": flipped, "text": b"PAR1" * 9}
    path.write_bytes(contents[change])
    return path


@pytest.mark.parametrize("change", ["empty", "torn", "zeros", "flipped", "text"])
def test_a_damaged_table_is_refused(run: Path, change: str) -> None:
    """No damaged table is read: one sentence names the file and says what to do."""
    path = damaged(run, change)

    with pytest.raises(ResultsError, match=f"'{path}' is .*run"):
        read_run(run).weekly  # noqa: B018


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_never_gives_a_wrong_number(run: Path, table: pa.Table, data: st.DataObject) -> None:
    """Wherever one bit of the file is flipped, the reader refuses or gives the true table."""
    path = run / "weekly.parquet"
    good = path.read_bytes()
    place, bit = data.draw(st.integers(0, len(good) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(good[:place] + bytes([good[place] ^ (1 << bit)]) + good[place + 1 :])
    try:
        assert table.equals(read_run(run).weekly)
    except ResultsError:
        pass
    finally:
        path.write_bytes(good)


def test_a_swapped_table_is_found(run: Path, folder: Path) -> None:
    """A sound table of another run, of the same size, is not taken for this one."""
    other = write_run(folder.parent / "other", {"weekly": weekly(weeks=30, replications=3, seed=8)}, MANIFEST)
    (run / "weekly.parquet").write_bytes((other / "weekly.parquet").read_bytes())

    with pytest.raises(ResultsError, match="not the table"):
        read_run(run).weekly  # noqa: B018
    with pytest.raises(ResultsError, match="not the table"):
        read_run(run).verify()


def test_a_missing_table_is_named(run: Path) -> None:
    """Missing file and table never kept are two sentences, each with a way out."""
    (run / "weekly.parquet").unlink()

    with pytest.raises(ResultsError, match=r"weekly\.parquet' is missing"):
        read_run(run).weekly  # noqa: B018
    with pytest.raises(ResultsError, match="no table 'events'; run again with --events"):
        read_run(run).events  # noqa: B018


def test_no_run_is_said(tmp_path: Path, run: Path) -> None:
    """A folder without a run, a torn manifest and one of the future are each one sentence."""
    with pytest.raises(ResultsError, match="holds no finished run"):
        read_run(tmp_path)
    manifest = json.loads((run / "manifest.json").read_text())
    (run / "manifest.json").write_text(json.dumps({**manifest, "schema": 99}))
    with pytest.raises(ResultsError, match="schema 99"):
        read_run(run)
    (run / "manifest.json").write_text('{"schema": 1')
    with pytest.raises(ResultsError, match="damaged"):
        read_run(run)


def test_a_table_beyond_memory_is_refused(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that would fill the memory is read in batches only."""
    monkeypatch.setattr("results.folders.run.LARGEST_TABLE", 100)

    with pytest.raises(ResultsError, match="in batches"):
        read_run(run).weekly  # noqa: B018
    assert 90 == sum(batch.num_rows for batch in read_run(run).batches("weekly"))


def test_two_threads_write_two_runs(tmp_path: Path, table: pa.Table) -> None:
    """Runs side by side do not disturb each other."""
    places = [tmp_path / f"run-{number}" for number in range(4)]
    threads = [threading.Thread(target=write_run, args=(place, {"weekly": table}, MANIFEST)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [digest(table)] * 4 == [digest(read_run(place).weekly) for place in places]
