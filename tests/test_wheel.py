"""The wheel works where the source is not: in an empty environment, from another folder."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
ROOMS = ["agents", "scenarios", "simulation", "experiments", "results", "effectchain"]

Run = Callable[..., str]


def finish(*command: str | Path, where: Path) -> str:
    """What this command prints; a failure shows all of it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=where, env=kept, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout with the locked tools."""
    folder = tmp_path_factory.mktemp("wheel")
    finish(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, where=HOUSE)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a program of an environment that holds the wheel and the locked libraries, but not this checkout.

    The libraries are lent by a path file: path files among them, such as the one of the checkout, are not followed.
    """
    environment, folder = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("elsewhere")
    finish(sys.executable, "-m", "venv", "--without-pip", environment, where=folder)
    programs = environment / Path(sys.executable).parent.name
    (packages,) = environment.glob("**/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    into = ("-m", "pip", "--python", programs / "python", "install", "--no-deps", "--no-index", wheel)
    finish(sys.executable, *into, where=folder)

    def run(program: str, *words: str) -> str:
        return finish(programs / program, *words, where=folder)

    return run


def test_wheel_holds_every_file_of_the_rooms(wheel: Path) -> None:
    """Code and data of the six rooms are in the wheel, and nothing else is."""
    files = [path for room in ROOMS for path in (HOUSE / room).rglob("*") if path.is_file()]
    source = {file.relative_to(HOUSE).as_posix() for file in files if file.parent.name != "__pycache__"}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert source == packed


def test_source_is_not_within_reach(elsewhere: Run) -> None:
    """What that environment imports is what the wheel brought."""
    program = f"import sys, {', '.join(ROOMS)}\nfor room in {', '.join(ROOMS)}: print(room.__file__, sys.prefix)"
    places = [line.split() for line in elsewhere("python", "-c", program).splitlines()]

    assert len(ROOMS) == len(places)
    assert [] == [file for file, prefix in places if not Path(file).is_relative_to(prefix)]


def test_presets_come_along(elsewhere: Run) -> None:
    """The presets are package data: they are listed from anywhere."""
    assert "hotel" in elsewhere("effectchain", "scenarios", "list")


def test_installed_command_runs_a_scenario(elsewhere: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The main job runs from the wheel alone and leaves its results in the current folder."""
    monkeypatch.setenv("EFFECTCHAIN_CACHE", str(tmp_path))
    elsewhere("effectchain", "run", "hotel", "--weeks", "2", "--replications", "1")

    program = "from pathlib import Path; print(*Path('runs').rglob('*.parquet'))"
    assert ".parquet" in elsewhere("python", "-c", program)
