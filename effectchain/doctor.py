"""The doctor: looks at this machine and this installation, and says of each thing whether it will do."""

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions, requires, version
from pathlib import Path
from typing import Final, Literal

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

Verdict = Literal["ok", "warn", "fail"]

SCARCE_MEMORY: Final = 1e9
"""Bytes; a world of a million customers takes a fifth of this, beside the libraries."""

SCARCE_DISK: Final = 1e9
"""Bytes; room for some thousands of weekly tables."""

INSTALL: Final = "install EffectChain again, into an environment of its own"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor found about one thing.

    verdict: "ok", "warn" (works, but less well) or "fail" (something won't work).
    says: one sentence; advice: what to do, empty where nothing need be done.
    """

    name: str
    verdict: Verdict
    says: str
    advice: str = ""


def doctor() -> list[Finding]:
    """Everything that decides whether EffectChain works here and how well. Takes a few seconds; keeps nothing."""
    return [
        python(),
        *packages(),
        compiler(),
        compiled_rules(),
        cores(),
        memory(),
        results_folder(Path.cwd()),
        disk(Path.cwd()),
    ]


def python() -> Finding:
    """Whether this Python is new enough for the installed EffectChain."""
    running = platform.python_version()
    try:
        wanted = SpecifierSet(metadata("effectchain")["Requires-Python"])
    except PackageNotFoundError:
        return Finding("python", "fail", f"Python {running} runs, but EffectChain isn't installed in it.", INSTALL)
    if not wanted.contains(running, prereleases=True):
        advice = "make an environment with a Python that fits"
        return Finding("python", "fail", f"Python {running} does not fit {wanted}.", advice)
    return Finding("python", "ok", f"Python {running} on {platform.system()} {platform.machine()}.")


def packages() -> Iterator[Finding]:
    """One finding for each package that EffectChain requires on this Python and system."""
    for requirement in required():
        yield package(requirement)


def required() -> list[Requirement]:
    """What the installed EffectChain requires here; nothing where it isn't installed."""
    try:
        lines = requires("effectchain") or []
    except PackageNotFoundError:
        return []
    found = [Requirement(line) for line in lines]
    return [
        requirement for requirement in found if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    ]


def package(requirement: Requirement) -> Finding:
    """Whether this package is there, fits, and can be loaded."""
    name = requirement.name
    try:
        installed = version(name)
    except PackageNotFoundError:
        return Finding(name, "fail", f"{name} is missing.", INSTALL)
    if not requirement.specifier.contains(installed, prereleases=True):
        return Finding(name, "fail", f"{name} {installed} does not fit {requirement.specifier}.", INSTALL)
    try:
        import_module(module_of(name))
    except Exception as trouble:  # noqa: BLE001  whatever a broken package raises is the finding
        return Finding(name, "fail", f"{name} {installed} can't be loaded: {trouble}", INSTALL)
    return Finding(name, "ok", f"{name} {installed}.")


def module_of(name: str) -> str:
    """The module that one imports of a package, whose name may be written otherwise: SALib of salib."""
    plain = name.replace("-", "_").lower()
    return next((module for module in packages_distributions() if module.lower() == plain), plain)


def compiler() -> Finding:
    """Whether a rule compiles here, gives the right number, and how long that takes."""
    started = time.perf_counter()
    try:
        rules = import_module("agents.rule")
        answer = rules.rule(ratio)(1.0, 4.0)
    except Exception as trouble:  # noqa: BLE001  whatever the compiler raises is the finding
        return Finding("compiler", "fail", f"Rules can't be compiled: {trouble}", INSTALL)
    if rules.is_interpreted():
        advice = "unset EFFECTCHAIN_INTERPRETED"
        return Finding("compiler", "warn", "Rules run as plain Python, many times slower.", advice)
    if answer != 0.25:
        return Finding("compiler", "fail", f"A compiled rule says that 1 / 4 is {answer}.", INSTALL)
    return Finding("compiler", "ok", f"A small rule compiles in {time.perf_counter() - started:.1f} s.")


def ratio(part: float, whole: float) -> float:
    """A rule small enough to try the compiler on."""
    return part / whole


def compiled_rules() -> Finding:
    """Where compiled rules are kept, how much that takes, and whether it can be written."""
    try:
        rules = import_module("agents.rule")
        folder: Path | None = rules.cache_folder()
        base: Path = rules.cache_base()
    except Exception as trouble:  # noqa: BLE001  without numba there is nothing to keep
        return Finding("compiled rules", "fail", f"Rules can't be compiled: {trouble}", INSTALL)
    if folder is None:
        advice = "name a folder that can be written in EFFECTCHAIN_CACHE"
        says = f"Compiled rules can't be kept in {base}, so each start compiles them anew."
        return Finding("compiled rules", "warn", says, advice)
    return Finding("compiled rules", "ok", f"Compiled rules are kept in {base} ({megabytes(size(base))}).")


def cores() -> Finding:
    """How many replications can run at the same time."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Finding("cores", "ok", f"{usable} of {os.cpu_count()} processor cores can be used.")


def memory() -> Finding:
    """Whether a large world fits."""
    free = available_memory()
    if free is None:
        return Finding("memory", "ok", "This system doesn't say how much memory is available.")
    if free < SCARCE_MEMORY:
        advice = "close other programs, or use fewer customers or workers"
        return Finding("memory", "warn", f"Only {megabytes(free)} of memory is available.", advice)
    return Finding("memory", "ok", f"{megabytes(free)} of memory is available.")


def available_memory(table: Path = Path("/proc/meminfo")) -> int | None:
    """Bytes that can be had without swapping, from the kernel's table; None on a system without one."""
    try:
        lines = table.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")]
    return kilobytes[0] * 1024 if kilobytes else None


def results_folder(here: Path) -> Finding:
    """Whether results can be written where they go by default: runs/ in the current folder."""
    runs = here / "runs"
    folder = runs if runs.exists() else here
    if not is_writable(folder):
        advice = "go to a folder of your own, or name one with --out"
        return Finding("results folder", "fail", f"Results can't be written in {folder}.", advice)
    return Finding("results folder", "ok", f"Results go to {runs}.")


def disk(here: Path) -> Finding:
    """Whether there is room for results."""
    free = shutil.disk_usage(here).free
    if free < SCARCE_DISK:
        return Finding(
            "disk", "warn", f"Only {megabytes(free)} of disk is free here.", "make room, or name another --out"
        )
    return Finding("disk", "ok", f"{megabytes(free)} of disk is free here.")


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in this folder, found out by making one."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def size(folder: Path) -> int:
    """Bytes of all files in this folder and below."""
    return sum(file_size(path) for path in folder.rglob("*"))


def file_size(path: Path) -> int:
    """Bytes of this file; 0 for a folder, and for a file that another process has just removed."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def megabytes(count: float) -> str:
    """So many bytes, as a reader likes them."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
