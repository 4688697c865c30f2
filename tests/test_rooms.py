"""Which room may import which, and what the engine must never need."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from pkgutil import walk_packages

import pytest

import agents

HOUSE = Path(__file__).parent.parent
FLOORS = ["effectchain", "experiments", "results", "simulation", "scenarios", "agents"]
"""From the top floor down."""

ENGINE = ["simulation.week", "simulation.world"]
HEAVY = ["mesa", "pandas", "solara", "matplotlib"]
"""What a worker of a sweep must not have to load, nor even to have."""

LOAD = """
import json, sys
from importlib import import_module
modules, heavy = json.loads(sys.argv[1])
sys.modules.update(dict.fromkeys(heavy))
print(json.dumps([import_module(module).__name__ for module in modules]))
"""


def lint_imports(house: Path) -> tuple[int, str]:
    """Exit code and report of the import check over the rooms in this folder."""
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", program], cwd=house, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """Six rooms of one file each, under the real contracts."""
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    for room in FLOORS:
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    return tmp_path


def test_imports_run_down_the_floors() -> None:
    """The house as it stands keeps the contracts."""
    code, report = lint_imports(HOUSE)

    assert 0 == code, report
    assert "2 kept, 0 broken" in report


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        *zip(FLOORS[1:], FLOORS, strict=False),
        ("results", "simulation"),
        ("results", "scenarios"),
        ("results", "agents"),
    ],
)
def test_import_that_is_not_allowed_is_found(small_house: Path, lower: str, upper: str) -> None:
    """No floor knows the one above it, and results know no model at all."""
    (small_house / lower / "__init__.py").write_text(f"import {upper}\n")

    code, report = lint_imports(small_house)

    assert 1 == code
    assert "0 kept, 2 broken" in report or "1 kept, 1 broken" in report


def test_every_room_is_guarded_and_delivered() -> None:
    """The contracts and the wheel name the same six rooms."""
    tool = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]

    assert FLOORS == tool["importlinter"]["contracts"][0]["layers"]
    assert sorted(FLOORS) == sorted(tool["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert sorted(FLOORS) == sorted(tool["importlinter"]["root_packages"])
    assert set(FLOORS) < set(tool["mypy"]["files"])


def test_engine_needs_no_heavy_package() -> None:
    """Rules and week load in a fresh process in which Mesa, pandas, Solara and matplotlib do not exist."""
    rules = [module.name for module in walk_packages(agents.__path__, "agents.")]
    modules = [*rules, *ENGINE]

    program = [sys.executable, "-c", LOAD, json.dumps([modules, HEAVY])]
    done = subprocess.run(program, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stderr)
    assert modules == json.loads(done.stdout)
    assert len(rules) > 3
