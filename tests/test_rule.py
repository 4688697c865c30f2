"""Rules become compiled code, and the code kept on disk is never older than the sources."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numba
import pytest

from agents import rule as subject

WEEK = """
from agents.customer import gain
from agents.rule import entry

@entry
def week(satisfaction):
    return gain(satisfaction)
"""
CUSTOMER = """
from agents.rule import rule

@rule
def gain(satisfaction):
    return satisfaction + {gain}
"""
LIVE = """
from agents.rule import cache_folder, entry
from simulation.week import week
print(week(1.0), sum(week.stats.cache_hits.values()), cache_folder())
"""
FORMS = """
from agents.customer import gain
from simulation.week import week
print(type(gain).__name__, type(week).__name__, week(1.0))
"""

Live = Callable[..., list[str]]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of two files of its own: a week, and a rule in another room that it calls."""
    for room in ("agents", "simulation"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for name in ("rule.py", "compiler.py"):
        shutil.copy(Path(subject.__file__).with_name(name), tmp_path / "agents" / name)
    (tmp_path / "simulation" / "week.py").write_text(WEEK)
    write_gain(tmp_path, 1.0)
    return tmp_path


@pytest.fixture
def live(house: Path) -> Live:
    """Runs a program in that house, in a process of its own, and gives the words that it prints."""

    def run(program: str = LIVE, **environment: str) -> list[str]:
        ours = {"PYTHONPATH": str(house), "EFFECTCHAIN_CACHE": str(house / "kept"), "EFFECTCHAIN_INTERPRETED": "0"}
        command = [sys.executable, "-B", "-W", "error", "-c", program]
        everything = os.environ | ours | environment
        done = subprocess.run(command, env=everything, capture_output=True, text=True, check=False, cwd=house)
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout.split()

    return run


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules defined in this test are compiled, even where all tests run interpreted."""
    monkeypatch.setenv("EFFECTCHAIN_INTERPRETED", "0")


def numba_places() -> list[str]:
    """Where numba would now keep what it compiles."""
    return [getattr(numba.config, name) for name in ("CACHE_DIR", "CACHE_LOCATOR_CLASSES")]


def write_gain(house: Path, gain: float) -> None:
    """Lets the called rule add so much."""
    (house / "agents" / "customer.py").write_text(CUSTOMER.format(gain=gain))


def test_second_start_does_not_compile(live: Live) -> None:
    """What one process compiled, the next one takes from disk."""
    first, second = live(), live()

    assert ["2.0", "0"] == first[:2]
    assert ["2.0", "1"] == second[:2]
    assert first[2] == second[2]


def test_change_in_a_called_rule_of_another_file_is_noticed(house: Path, live: Live) -> None:
    """The file of the entry point stays as it was; a rule that it calls elsewhere changes; the new rule holds."""
    live()
    write_gain(house, 5.0)
    changed = live()
    write_gain(house, 1.0)
    back = live()

    assert ["6.0", "0"] == changed[:2]
    assert ["2.0", "1"] == back[:2]


def test_change_in_a_table_is_another_model(house: Path, live: Live) -> None:
    """Manifests tell models apart by their numbers too."""
    program = "from agents.rule import source_hash; print(source_hash())"
    table = house / "agents" / "parameters.toml"
    table.write_text("decay = 0.1")
    before, same = live(program), live(program)
    table.write_text("decay = 0.2")

    assert before == same != live(program)


def test_compiler_settings_have_code_of_their_own(live: Live) -> None:
    """Code without bounds checks is never taken for code with them."""
    plain, checked = live(), live(NUMBA_BOUNDSCHECK="1")

    assert ["2.0", "0"] == checked[:2]
    assert plain[2] != checked[2]


def test_unwritable_cache_still_runs(house: Path, live: Live) -> None:
    """Where nothing can be kept, rules are compiled anew each time, without a word."""
    occupied = house / "occupied"
    occupied.write_text("a file, not a folder")

    assert ["2.0", "0", "None"] == live(EFFECTCHAIN_CACHE=str(occupied))
    assert [] == list(house.rglob("*.nbi"))


def test_interpreted_rules_are_plain_functions(house: Path, live: Live) -> None:
    """One switch makes entry points, too, the Python that stands in their file, and writes nothing."""
    assert ["function", "function", "2.0"] == live(FORMS, EFFECTCHAIN_INTERPRETED="1")
    assert not (house / "kept").exists()


@pytest.mark.usefixtures("compiled")
def test_division_by_zero_follows_numpy() -> None:
    """A rule within compiled code does not raise on a zero; it gives what NumPy gives."""

    @subject.rule
    def share(part: float, whole: float) -> float:
        return part / whole

    @subject.entry
    def week(part: float, whole: float) -> float:
        return share(part, whole)

    assert float("inf") == week(1.0, 0.0)
    with pytest.raises(ZeroDivisionError):
        share(1.0, 0.0)


def test_others_keep_their_numba_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another user of numba in the process finds the settings as they were, whatever happened meanwhile."""
    monkeypatch.setattr(numba.config, "CACHE_DIR", "theirs")
    before = numba_places()

    with suppress(KeyError), subject.compiled_into(tmp_path):
        inside = numba_places()
        raise KeyError

    assert str(tmp_path) == inside[0]
    assert ["theirs", ""] == before == numba_places()


@pytest.mark.usefixtures("compiled")
def test_functions_from_elsewhere_are_not_kept() -> None:
    """An entry point outside the rooms is compiled, but not kept: the key does not know its sources."""

    @subject.entry
    def double(number: float) -> float:
        return 2.0 * number

    assert 6.0 == double(3.0)
    assert "NullCache" == type(double._cache).__name__  # type: ignore[attr-defined]


def test_only_the_newest_compiled_folders_stay(tmp_path: Path) -> None:
    """The folders used last stay; older ones go; what is not ours is never touched."""
    folders = [tmp_path / f"rules-{number:016x}" for number in range(6)]
    for age, folder in enumerate(folders):
        (folder / "agents").mkdir(parents=True)
        os.utime(folder, (1e9 - age, 1e9 - age))
    (tmp_path / "rules-of-the-house").mkdir()

    subject.forget_old_folders(tmp_path)

    expected = {folder.name for folder in folders[: subject.FOLDERS_KEPT]} | {"rules-of-the-house"}
    assert expected == {path.name for path in tmp_path.iterdir()}
