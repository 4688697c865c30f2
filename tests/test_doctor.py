"""The doctor says what will do and what will not, and for each trouble what to do."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from agents.rule import cache_folder
from effectchain import doctor as subject


@pytest.fixture
def keep_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Chooses where compiled rules are kept, as the environment would; put back afterwards."""

    def choose(folder: Path) -> None:
        monkeypatch.setenv("EFFECTCHAIN_CACHE", str(folder))
        cache_folder.cache_clear()

    yield choose
    cache_folder.cache_clear()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An installed package that can't be loaded."""
    (tmp_path / "broken_thing.py").write_text("raise OSError('libthing.so is missing')")
    about = tmp_path / "broken_thing-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-thing\nVersion: 1.0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "broken-thing"
    sys.modules.pop("broken_thing", None)


def test_locked_environment_has_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keep_in: Callable[[Path], None]
) -> None:
    """Where everything was installed from the lock, nothing fails, and everything required is named."""
    monkeypatch.chdir(tmp_path)
    keep_in(tmp_path / "kept")

    findings = {finding.name: finding for finding in subject.doctor()}

    assert [] == [finding for finding in findings.values() if finding.verdict == "fail"]
    assert {"python", "numba", "mesa", "pyarrow", "compiler", "compiled rules", "cores", "memory"} <= set(findings)
    assert [] == list(tmp_path.glob("runs"))


def test_findings_are_plain_data(tmp_path: Path) -> None:
    """A finding can be written as JSON."""
    finding = subject.results_folder(tmp_path)

    expected = {"name": "results folder", "verdict": "ok", "says": f"Results go to {tmp_path / 'runs'}.", "advice": ""}
    assert expected == json.loads(json.dumps(asdict(finding)))


@pytest.mark.parametrize(
    ("requirement", "says"),
    [
        ("no-such-package-anywhere", "no-such-package-anywhere is missing."),
        ("numpy>=99", "does not fit >=99"),
        ("broken-thing", "broken-thing 1.0 can't be loaded: libthing.so is missing"),
    ],
)
@pytest.mark.usefixtures("broken")
def test_package_that_will_not_do_fails(requirement: str, says: str) -> None:
    """A package that is missing, of the wrong version or broken is a failure with its reason and a way out."""
    finding = subject.package(Requirement(requirement))

    assert "fail" == finding.verdict
    assert says in finding.says
    assert finding.advice


def test_requirements_are_those_of_this_python() -> None:
    """Of the two versions of Mesa that are declared, only the one for this Python is asked for."""
    names = [requirement.name for requirement in subject.required()]

    assert 1 == names.count("mesa")
    assert len(names) == len(set(names)) > 10


def test_cache_that_cannot_be_written_is_a_warning(tmp_path: Path, keep_in: Callable[[Path], None]) -> None:
    """Rules still run without a cache, so it warns, naming the place and the way out."""
    occupied = tmp_path / "occupied"
    occupied.write_text("a file, not a folder")
    keep_in(occupied)

    finding = subject.compiled_rules()

    assert "warn" == finding.verdict
    assert str(occupied) in finding.says
    assert "EFFECTCHAIN_CACHE" in finding.advice


def test_cache_size_is_told(tmp_path: Path, keep_in: Callable[[Path], None]) -> None:
    """All that is kept counts, also of older rules."""
    keep_in(tmp_path)
    (tmp_path / "rules-0123456789abcdef").mkdir()
    (tmp_path / "rules-0123456789abcdef" / "week.nbc").write_bytes(bytes(2_500_000))

    assert f"Compiled rules are kept in {tmp_path} (2.5 MB)." == subject.compiled_rules().says


def test_interpreted_rules_are_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who left the switch on learns why it is slow."""
    monkeypatch.setenv("EFFECTCHAIN_INTERPRETED", "1")

    finding = subject.compiler()

    assert ("warn", "unset EFFECTCHAIN_INTERPRETED") == (finding.verdict, finding.advice)


def test_results_that_cannot_be_written_are_a_failure(tmp_path: Path) -> None:
    """Where runs/ can't be written, the doctor says so before an hour of simulation does."""
    (tmp_path / "runs").write_text("a file, not a folder")

    finding = subject.results_folder(tmp_path)

    assert "fail" == finding.verdict
    assert "--out" in finding.advice


def test_available_memory_is_the_kernels(tmp_path: Path) -> None:
    """What can be had without swapping, in bytes; nothing where the system keeps no such table."""
    table = tmp_path / "meminfo"
    table.write_text("MemTotal: 2000 kB\nMemFree: 10 kB\nMemAvailable: 500 kB\n")

    assert 512_000 == subject.available_memory(table)
    assert subject.available_memory(tmp_path / "none") is None


@pytest.mark.parametrize(("count", "expected"), [(0, "0.0 MB"), (2_500_000, "2.5 MB"), (24.7e9, "24.7 GB")])
def test_bytes_are_readable(count: float, expected: str) -> None:
    """Small sizes in megabytes, large ones in gigabytes."""
    assert expected == subject.megabytes(count)
