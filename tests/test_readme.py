"""Every command and every program in the README works as it stands there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parent.parent / "README.md"
SHELL = shutil.which("bash") or "bash"


def blocks(language: str) -> list[str]:
    """The code blocks of one language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def environment() -> dict[str, str]:
    """What is around us, with the commands of our own Python first."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def test_there_is_something_to_try() -> None:
    """The README has commands and a program, so that the tests below try something."""
    assert 2 <= len(blocks("sh"))
    assert 1 <= len(blocks("python"))


@pytest.mark.parametrize("commands", blocks("sh"), ids=lambda text: text.split("\n")[0])
def test_commands_of_the_readme(commands: str, tmp_path: Path) -> None:
    """A block of commands, typed into a shell in an empty folder, ends well."""
    done = subprocess.run(
        [SHELL, "-e", "-c", commands], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )

    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("program", blocks("python"), ids=lambda text: text.split("\n")[-2][:40])
def test_programs_of_the_readme(program: str, tmp_path: Path) -> None:
    """A program, run in an empty folder, ends well and prints a number."""
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr[-2000:]
    float(done.stdout.split()[-1])
