"""The command line as a whole: what it offers, how soon it answers, and how it takes what it does not understand."""

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from effectchain.cli import commands
from tests.command_line import done, effectchain, refused

HEAVY = ("numba", "numpy", "pyarrow", "pydantic", "rich", "matplotlib", "scipy", "mesa", "jinja2", "openpyxl")
"""Packages that take longer to load than a person likes to wait for help."""


def paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words that lead to each command and group."""
    yield path
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from paths(inner, (*path, name))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def test_version_is_the_installed_one() -> None:
    """As packages have it."""
    assert f"effectchain {version('effectchain')}\n" == done("--version").out


def test_help_names_every_command_in_the_order_of_use() -> None:
    """First what a newcomer does first."""
    listed = done("--help").out.partition("Commands:\n")[2].splitlines()

    assert list(commands.commands) == [line.split()[0] for line in listed]
    assert ["demo", "dashboard", "run", "compare"] == list(commands.commands)[:4]


@pytest.mark.parametrize("path", list(paths(commands)), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    """With what it does and each of its options."""
    told = done(*path, "--help").out

    assert told.startswith(f"Usage: {' '.join(('effectchain', *path))}")
    assert "--help" in told
    assert told == done(*path, "-h").out


@pytest.mark.parametrize("path", [(), ("scenarios",), ("results",)])
def test_asking_for_nothing_is_asking_for_help(path: tuple[str, ...]) -> None:
    """And no mistake."""
    assert done(*path, "--help").out.strip() == done(*path).out.strip()


def test_help_loads_nothing_heavy() -> None:
    """So that it answers at once; what simulates is loaded when something is simulated."""
    program = (
        "import sys, json; from effectchain.cli import main; main(['--help']); main(['run', '--help'])\n"
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert [] == json.loads(said.splitlines()[-1])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rnu", "No such command 'rnu'. Did you mean 'run'?"),
        ("scenarios lst", "No such command 'lst'. Did you mean 'list'?"),
        ("run hotel --seeed 3", "No such option '--seeed'. (Did you mean one of: '--seed', '--set'?)"),
        ("run", "Missing argument 'SCENARIO'."),
        ("run hotel retail_bank", "unexpected extra argument"),
        ("run hotel --weeks -3", "Invalid value for '--weeks': '-3' is no whole number from 1 to 5200."),
        ("run hotel --weeks many", "'many' is no whole number from 1 to 5200."),
        ("run hotel --weeks 1.5", "'1.5' is no whole number"),
        ("run hotel --weeks 5201", "'5201' is no whole number"),
        ("run hotel --replications 0", "Invalid value for '--replications': '0' is no whole number from 1 to"),
        ("run hotel --seed -1", "'-1' is no whole number from 0 to"),
        ("run hotel --seed 9223372036854775808", "is no whole number from 0 to 9223372036854775807."),
        ("run hotel --people 0", "Invalid value for '--people': '0' is no whole number"),
        ("run hotel --workers 0", "Invalid value for '--workers'"),
        ("run hotel --lang fr", "Invalid value for '--lang': 'fr' is not one of 'en', 'nl'."),
        ("compare hotel hotel --replications 0", "Invalid value for '--replications'"),
    ],
)
def test_a_wrong_word_is_told_with_what_would_be_right(words: str, told: str) -> None:
    """The nearest command or option, or the range, and where to read more."""
    message = refused(*words.split())

    assert told in message
    assert f"See: {message.partition(':')[0]} --help" in message


def test_a_folder_needs_a_name() -> None:
    """An empty variable in a script must not make results land in the current folder itself."""
    assert "Invalid value for '--out': an empty name is no folder." in refused("run", "hotel", "--out", "")


def test_doctor_says_of_each_thing_whether_it_will_do() -> None:
    """For people and for programs alike."""
    told, found = done("doctor"), done("doctor", "--json").data

    assert {"ok", "warn"} >= {finding["verdict"] for finding in found}
    assert all(f" {finding['name']}: " in told.out for finding in found)


def test_doctor_fails_when_something_will_not_work() -> None:
    """With what to do; its exit code can be tested in a script."""
    Path("runs").write_text("a file, not a folder", encoding="utf-8")

    ending = effectchain("doctor")
    assert 1 == ending.code
    assert "fail  results folder: " in ending.out
    assert "--out" in ending.out


def test_self_diagnosis_is_one_of_the_commands() -> None:
    """With its own subcommands."""
    assert "Written: answers.csv" in done("diagnose", "template", "--out", "answers.csv").out
