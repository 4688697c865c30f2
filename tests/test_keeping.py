"""What is kept is found again: after a restart, a kill, by two processes at once, and never lost to a damaged file."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effectchain.keeping import FILE, LONGEST_NAME, LONGEST_TEXT, Keeping, data_folder, proper_name
from scenarios.errors import Mistake
from scenarios.loading import load, presets
from tests.small_organisation import small

WRITER = """
import sys
from pathlib import Path
from effectchain.keeping import Keeping
keeping = Keeping(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 100_000):
    keeping.save("scenario", f"name {number}", str(number) * 20_000)
    keeping.save("preference", "last", str(number))
    print(number, flush=True)
"""
"""Says which number is kept, each time after it is."""


@pytest.fixture
def keeping(tmp_path: Path) -> Keeping:
    """An empty place."""
    return Keeping(tmp_path / "data")


@pytest.mark.parametrize("preset", presets())
def test_scenarios_come_back_equal(keeping: Keeping, preset: str) -> None:
    """A scenario that is loaded is the one that was saved, whatever name the user gave it."""
    scenario = load(preset).strengthen("leadership", to=0.9, start=10)
    keeping.save_scenario("Plan élan · 2027 / <b>", scenario)

    assert scenario == Keeping(keeping.path.parent).load_scenario("Plan élan · 2027 / <b>")


def test_names_are_listed_with_the_latest_change_first(keeping: Keeping) -> None:
    """What was changed last stands first; a change replaces, and another kind is another list."""
    assert [] == keeping.entries("scenario")
    for name in ("a", "b", "a"):
        keeping.save("scenario", name, name)
        time.sleep(0.002)
    keeping.save("diagnosis", "c", "{}")

    assert ["a", "b"] == [entry.name for entry in keeping.entries("scenario")]
    assert ["c"] == [entry.name for entry in keeping.entries("diagnosis")]


def test_renaming_and_deleting(keeping: Keeping) -> None:
    """A renamed text has its new name only; a deleted one is gone; neither touches others."""
    keeping.save("scenario", "old", "text")
    keeping.save("scenario", "other", "more")
    keeping.rename("scenario", "old", "new")
    keeping.rename("scenario", "new", "new")

    assert "text" == keeping.load("scenario", "new")
    with pytest.raises(Mistake, match="is kept already"):
        keeping.rename("scenario", "new", "other")
    with pytest.raises(Mistake, match="is kept already"):
        keeping.save("scenario", "other", "x", replace=False)
    for gone in ("old", "nobody"):
        for act in (keeping.load, keeping.delete):
            with pytest.raises(Mistake, match="is not kept"):
                act("scenario", gone)
    with pytest.raises(Mistake, match="is not kept"):
        keeping.rename("scenario", "old", "newest")
    keeping.delete("scenario", "new")
    assert ["other"] == [entry.name for entry in keeping.entries("scenario")]


@given(st.text(max_size=200))
def test_names_are_user_text(name: str) -> None:
    """Any text is a name that is returned, or one sentence; a proper name is proper, and short enough to show."""
    try:
        proper = proper_name(name)
    except Mistake:
        return
    assert proper == proper_name(proper)
    assert 1 <= len(proper) <= LONGEST_NAME


def test_same_letters_are_one_name(keeping: Keeping) -> None:
    """An e with an accent is one name however it is typed, and spaces around it do not count."""
    keeping.save("scenario", "  cafe\u0301 ", "one")
    keeping.save("scenario", "caf\u00e9", "two")

    assert ["caf\u00e9"] == [entry.name for entry in keeping.entries("scenario")]


@pytest.mark.parametrize("name", ["", "  \n", "a" * 81, "a\u202eb", "nul\0"])
def test_wrong_names_are_refused(keeping: Keeping, name: str) -> None:
    """No name, too long a one, and signs that hide or turn text around are refused in words."""
    with pytest.raises(Mistake):
        keeping.save("scenario", name, "x")
    assert not keeping.path.exists()


def test_too_large_a_text_is_refused(keeping: Keeping) -> None:
    """Above 1 MB nothing is kept."""
    with pytest.raises(Mistake, match="too large"):
        keeping.save("scenario", "big", "é" * (LONGEST_TEXT // 2 + 1))


def test_only_the_user_reads_it(keeping: Keeping) -> None:
    """Folder and file are the user's own: answers of a self-diagnosis are in it."""
    keeping.save("diagnosis", "answers", "{}")

    assert 0o600 == stat.S_IMODE(keeping.path.stat().st_mode)
    assert 0o700 == stat.S_IMODE(keeping.path.parent.stat().st_mode)


def test_killed_writer_loses_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    """A writer is killed at random moments: all that it said is there, nothing is half there, and writing goes on."""
    number = 0
    for pause in (0.0, 0.01, 0.033, 0.06, 0.11, 0.15):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), str(number)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout
        said = int(writer.stdout.readline())
        time.sleep(pause)
        os.kill(writer.pid, signal.SIGKILL)
        said = max([said, *map(int, writer.communicate()[0].split())])
        keeping = Keeping(tmp_path)
        names = {entry.name for entry in keeping.entries("scenario")}
        assert {f"name {one}" for one in range(said + 1)} <= names
        assert int(keeping.load("preference", "last")) in (said, said + 1)
        for one in names:
            assert keeping.load("scenario", one) == one.removeprefix("name ") * 20_000
        number = said + 1


def test_many_writers_at_once(tmp_path: Path) -> None:
    """Threads of two stores on one file all get their word in."""
    stores = [Keeping(tmp_path), Keeping(tmp_path)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: stores[n % 2].save("scenario", f"n{n}", "x"), range(40)))

    assert 40 == len(stores[0].entries("scenario"))


def test_damaged_file_is_told_and_left(keeping: Keeping) -> None:
    """What is no database gives one sentence with its path, for reading and writing, and keeps every byte."""
    keeping.path.parent.mkdir()
    keeping.path.write_bytes(b"not a database, but perhaps dear to somebody" * 100)
    before = keeping.path.read_bytes()

    for act in (lambda: keeping.entries("scenario"), lambda: keeping.save("scenario", "a", "b")):
        with pytest.raises(Mistake, match="is damaged, and is left as it is") as found:
            act()
        assert FILE in str(found.value)
    assert before == keeping.path.read_bytes()


def test_damage_within_is_told_and_left(keeping: Keeping) -> None:
    """Pages that were overwritten give a sentence, never wrong scenarios, and are not made worse."""
    for number in range(30):
        keeping.save("scenario", f"n{number}", str(number) * 3000)
    content = bytearray(keeping.path.read_bytes())
    content[5000:20000] = os.urandom(15000)
    keeping.path.write_bytes(content)

    with pytest.raises(Mistake, match="is damaged"):
        load_all(keeping)
    assert bytes(content) == keeping.path.read_bytes()


def load_all(keeping: Keeping) -> None:
    """A text is loaded as it was saved, or not at all."""
    for number in range(30):
        assert str(number) * 3000 == keeping.load("scenario", f"n{number}")


def test_newer_file_is_told_and_left(keeping: Keeping) -> None:
    """A file that a later version wrote is neither read wrongly nor changed."""
    keeping.save("scenario", "a", "b")
    with sqlite3.connect(keeping.path) as file:
        file.execute("PRAGMA user_version = 2")
    file.close()
    before = keeping.path.read_bytes()

    for act in (lambda: keeping.entries("scenario"), lambda: keeping.save("scenario", "c", "d")):
        with pytest.raises(Mistake, match="newer EffectChain"):
            act()
    assert before == keeping.path.read_bytes()


def test_file_of_another_program_is_told_and_left(keeping: Keeping) -> None:
    """A database that is not ours is not written into."""
    keeping.path.parent.mkdir()
    with sqlite3.connect(keeping.path) as file:
        file.execute("CREATE TABLE theirs (x)")
    file.close()

    with pytest.raises(Mistake, match="another program"):
        keeping.save("scenario", "a", "b")


def test_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder, one sentence says so."""
    (tmp_path / "file").write_text("x")

    with pytest.raises(Mistake, match="EFFECTCHAIN_DATA"):
        Keeping(tmp_path / "file" / "data").save("scenario", "a", "b")


def test_place_that_cannot_even_be_looked_at_is_told(tmp_path: Path) -> None:
    """As a folder that one may not enter, a name that no disk takes gives a sentence where one only reads."""
    with pytest.raises(Mistake, match="cannot be read or written"):
        Keeping(tmp_path / ("long" * 100)).entries("scenario")


def test_place_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """EFFECTCHAIN_DATA names the folder; without it, it is one of the user's own."""
    monkeypatch.setenv("EFFECTCHAIN_DATA", str(tmp_path))
    assert tmp_path / FILE == Keeping().path
    monkeypatch.delenv("EFFECTCHAIN_DATA")
    assert "effectchain" == data_folder().name


def test_kept_scenarios_are_files_that_others_read(keeping: Keeping) -> None:
    """The text is a scenario file: what is kept can be taken out without this program's help."""
    keeping.save_scenario("mine", small())

    assert keeping.load("scenario", "mine").startswith("schema = 1")
