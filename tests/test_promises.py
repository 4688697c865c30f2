"""The page of promises names tests that are there; and those promises that no other file holds."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from experiments.sweeps import sweep as sweeping
from experiments.sweeps.sweep import SweepResult, sweep
from tests import sweep_forms as forms
from tests.worlds import HOUSE

PAGE = HOUSE / "docs" / "promises.md"
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8"))


@cache
def names_in(path: str) -> frozenset[str]:
    """Names of the tests in a file."""
    tree = ast.parse((HOUSE / path).read_text(encoding="utf-8"))
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_each_promise_is_held_by_a_test(path: str, name: str) -> None:
    """It is there under this very name."""
    assert name in names_in(path)


def test_no_promise_stands_alone() -> None:
    """Each row of the tables names its test."""
    rows = [line for line in PAGE.read_text(encoding="utf-8").split("\n") if re.match(r"\| (?!promise|--)", line)]

    assert len(rows) > 25
    assert [] == [row for row in rows if "::" not in row]


def test_blocks_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last block first: the same digest and the same rows."""
    usual = lived(tmp_path / "usual")
    forwards = sweeping._tasks

    def backwards(*given: Any) -> Any:
        return reversed(list(forwards(*given)))

    monkeypatch.setattr(sweeping, "_tasks", backwards)
    other = lived(tmp_path / "other")

    assert usual.digest == other.digest
    assert forms.bits(usual.weekly) == forms.bits(other.weekly)


def lived(folder: Path) -> SweepResult:
    """The small experiment, on one thread."""
    folder.mkdir()
    return sweep(forms.experiment(folder), folder / "out", workers=1)


PROGRAM = """
from experiments.ensemble import run_ensemble
from results.folders.digest import digest
from scenarios.loading import load
for name in ("hotel", "municipality"):
    weekly = run_ensemble(load(name), weeks=40, replications=1, seed=5, workers=1).weekly
    print(digest(weekly), sum(weekly.column("satisfaction").to_pylist()) / 40)
"""


def digests(environment: Mapping[str, str]) -> str:
    """Of two organisations, lived in a process with this environment."""
    words = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(words, cwd=HOUSE, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return done.stdout


x86 = pytest.mark.skipif(os.uname().machine != "x86_64", reason="switches off what x86-64 processors have")


@x86
@pytest.mark.slow
def test_without_features_in_numpy() -> None:
    """NumPy's other routines give the same numbers."""
    assert digests({}) == digests({"NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"})


@x86
@pytest.mark.slow
def test_without_features_in_the_c_library() -> None:
    """Rules ask nothing of it that its versions and processors answer differently."""
    assert digests({}) == digests({"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"})


@x86
@pytest.mark.slow
def test_rules_compiled_for_any_processor(tmp_path: Path) -> None:
    """What numba makes for the plainest x86-64 gives the same numbers; compiling takes a minute."""
    assert digests({}) == digests({"NUMBA_CPU_NAME": "generic", "EFFECTCHAIN_CACHE": str(tmp_path)})
