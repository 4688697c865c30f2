"""A file of one's own rules takes the place of the shipped ones, everywhere, and what is wrong in it is told."""

import importlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from agents.rule import ROOMS
from scenarios.errors import Mistake
from scenarios.writing import to_toml
from simulation.own_rules import put_in_place
from tests.small_organisation import small

COMMAND = "import sys; from effectchain.cli import main; sys.exit(main())"

NEVER = '''"""Nothing ever fails here."""


def chance_to_fail(employee, leader, common, p):
    """Never."""
    return _nothing()


def _nothing():
    return 0.0
'''

HALF = '''from agents.failure import chance_to_fail as shipped


def chance_to_fail(employee, leader, common, p):
    """Half as often, whatever it was."""
    return 0.5 * shipped(employee, leader, common, p)
'''


def ran(folder: Path, rules: str | None, *, interpreted: bool = True) -> subprocess.CompletedProcess[str]:
    """What `effectchain run` says of the small organisation under these rules, in a process of its own."""
    (folder / "small.toml").write_text(to_toml(small(weeks=8, warmup=2)), encoding="utf-8")
    environment = {**os.environ, "EFFECTCHAIN_INTERPRETED": "1" if interpreted else "0"}
    if rules is not None:
        (folder / "mine.py").write_text(rules, encoding="utf-8")
        environment["EFFECTCHAIN_RULES"] = str(folder / "mine.py")
    command = [sys.executable, "-c", COMMAND, "run", "small.toml", "--replications", "1", "--out", "run", "--json"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def failure_rate(folder: Path, rules: str | None, *, interpreted: bool = True) -> float:
    """The mean share of encounters in which something fails."""
    from pyarrow import parquet  # noqa: PLC0415

    folder.mkdir()
    ending = ran(folder, rules, interpreted=interpreted)
    assert ending.returncode == 0, ending.stderr
    file = next((folder / "run").rglob("weekly*.parquet"))
    rates = parquet.read_table(file).column("failure_rate").to_numpy()
    return float(rates.mean())


def test_rules_of_a_file_take_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    """A rule may call a function of its own, or the shipped rule; the manifest holds the text, in its hash too."""
    usual = failure_rate(tmp_path / "usual", None)

    assert failure_rate(tmp_path / "never", NEVER) == 0.0 < usual
    assert 0.0 < failure_rate(tmp_path / "half", HALF) < 0.8 * usual
    before, after = (
        json.loads((tmp_path / name / "run" / "manifest.json").read_text("utf-8")) for name in ("usual", "never")
    )
    assert "own_rules" not in before
    assert NEVER == after["own_rules"]
    assert before["source_hash"] != after["source_hash"]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("def chance_to_fial(employee, leader, common, p):\n    return 0.0\n", "did you mean 'chance_to_fail'?"),
        ("def chance_to_fail(p):\n    return 0.0\n", "Allowed: (employee, leader, common, p)"),
        ("x = 1\ny = 1 / 0\n", "mine.py, line 2: ZeroDivisionError"),
        ("def chance_to_fail(\n", "mine.py, line 1: SyntaxError"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rules: str, words: str) -> None:
    """With file and line, and what would be right; nothing is replaced."""
    (tmp_path / "mine.py").write_text(rules, encoding="utf-8")
    monkeypatch.setenv("EFFECTCHAIN_RULES", str(tmp_path / "mine.py"))

    with pytest.raises(Mistake) as refusal:
        put_in_place()

    assert words in str(refusal.value)


def test_the_command_line_tells_it_as_a_mistake(tmp_path: Path) -> None:
    """No traceback."""
    ending = ran(tmp_path, "def chance_to_fail(p):\n    return 0.0\n")

    assert (2, "") == (ending.returncode, ending.stdout)
    assert "mine.py, line 1" in ending.stderr
    assert "Traceback" not in ending.stderr


@pytest.mark.slow
def test_compiled_rules_of_a_file_are_the_plain_ones(tmp_path: Path) -> None:
    """At full speed, and not those that were kept compiled before."""
    plain = failure_rate(tmp_path / "plain", HALF)

    assert plain == failure_rate(tmp_path / "compiled", HALF, interpreted=False)


def test_no_two_rules_share_a_name() -> None:
    """A name in a file says which rule is meant."""
    modules = [importlib.import_module(f"{room.name}.{file.stem}") for room in ROOMS for file in room.glob("[!_]*.py")]
    own = [
        name for one in modules for name, each in vars(one).items() if getattr(each, "__module__", "") == one.__name__
    ]

    assert [] == [name for name, times in Counter(own).items() if times > 1 and not name.startswith("_")]
