"""How many machine instructions a fixed small run takes: the same on a busy machine as on a quiet one.

    python -m benchmarks.instructions            # count, and compare with what is stored
    python -m benchmarks.instructions --store    # after a change that is meant to be dearer, or another compiler

Counted by valgrind's callgrind, in code compiled for any processor of the kind (NUMBA_CPU_NAME=generic), with the
mathematical functions of the C library that every processor has, and with an own folder for compiled rules. The
first count after a change of the rules compiles them, which takes most of a minute; the next ones a quarter of that.
"""

import argparse
import ctypes
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import HOUSE
from benchmarks.in_c.build import compiler
from benchmarks.organisations import live, organisation, warm
from simulation.week import CHANGE, CHOOSING, ENDING, SERVING, TALKING, WORKLOAD

STORED: Final = HOUSE / "benchmarks" / "instructions.json"
SOURCE: Final = HOUSE / "benchmarks" / "counting.c"
PLACE: Final = HOUSE / "build" / "instructions"

TOLERANCE: Final = 0.05
"""So much more may be counted than was stored."""

WEEKS: Final = 20
CUSTOMERS: Final = 300

PARTS: Final = {
    "whole weeks": (CHANGE, ENDING),
    "who comes, and the work": (WORKLOAD, WORKLOAD),
    "encounters": (SERVING, SERVING),
    "word of mouth": (TALKING, TALKING),
    "staying and choosing": (CHOOSING, CHOOSING),
}

ENVIRONMENT: Final = {
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "EFFECTCHAIN_CACHE": str(PLACE),
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX,-AVX2,-FMA,-FMA4,-AVX512F,-AVX512VL,-AVX512BW,-ERMS",
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": str(HOUSE),
}

Counts = dict[str, int]


def why_not() -> str:
    """Why nothing can be counted here; empty where it can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "instructions are counted on Linux on x86-64 only"
    if shutil.which("valgrind") is None:
        return "valgrind is not installed (Debian and Ubuntu: apt install valgrind)"
    if compiler() is None:
        return "there is no C compiler here"
    if not any(Path(folder, "valgrind", "callgrind.h").exists() for folder in ("/usr/include", "/usr/local/include")):
        return "valgrind's headers are not installed"
    return ""


def made_with() -> dict[str, str]:
    """All but our own code that decides the counts."""
    packages = {name: version(name) for name in ("numba", "llvmlite")}
    return packages | {"libc": " ".join(platform.libc_ver()), "machine": platform.machine()}


def stored() -> dict[str, Any]:
    """What was counted when it was last stored: `counts`, and what they were `made_with`."""
    found: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8"))
    return found


def count() -> Counts:
    """Instructions of each part. Raises RuntimeError with what valgrind or the compiler says."""
    PLACE.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **ENVIRONMENT}
    with tempfile.TemporaryDirectory() as folder:
        library = str(Path(folder, "counting.so"))
        command = [compiler() or "gcc", "-O1", "-shared", "-fPIC", str(SOURCE), "-o", library]
        carried_out(command, environment)
        program = [sys.executable, "-m", "benchmarks.instructions", "--run", library]
        carried_out(program, environment)  # compiles what isn't compiled yet, and far faster than under valgrind
        out = Path(folder, "out")
        valgrind = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={out}"]
        carried_out([*valgrind, *program], environment)
        return dict(filter(None, map(counted, sorted(Path(folder).glob("out*")))))


def carried_out(command: list[str], environment: dict[str, str]) -> None:
    """Run it. Raises RuntimeError with what it says."""
    done = subprocess.run(  # noqa: S603  valgrind, a compiler, ourselves
        command, env=environment, cwd=HOUSE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")


def counted(file: Path) -> tuple[str, int] | None:
    """Name and number of instructions in one of callgrind's files; None for the last one, which names nothing."""
    text = file.read_text(encoding="utf-8")
    name = re.search(r"^desc: Trigger: Client Request: (.+)$", text, re.MULTILINE)
    number = re.search(r"^(?:summary|totals): (\d+)", text, re.MULTILINE)
    return (name[1], int(number[1])) if name and number else None


def run(library: str) -> None:
    """The fixed small run, each part announced to callgrind."""
    callgrind = ctypes.CDLL(library)
    world = warm(organisation(CUSTOMERS, warmup=4, weeks=WEEKS * len(PARTS)))
    for place, (name, parts) in enumerate(PARTS.items()):
        first = 1 + place * WEEKS
        callgrind.start_counting()
        live(world, first, first + WEEKS - 1, *parts)
        callgrind.stop_counting(name.encode())


def dearer(counts: Counts, before: Counts) -> list[str]:
    """Parts that take more than the tolerance allows, a sentence each."""
    return [
        f"{name}: {counts[name]:,} instructions, {counts[name] / number - 1.0:+.1%} against {number:,} stored"
        for name, number in before.items()
        if counts[name] > (1.0 + TOLERANCE) * number
    ]


def main() -> int:
    """Count, and store or compare."""
    parser = argparse.ArgumentParser(description="Machine instructions of a fixed small run.")
    parser.add_argument("--store", action="store_true", help="keep what is counted as what is allowed")
    parser.add_argument("--run", metavar="LIBRARY", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.run:
        run(asked.run)
        return 0
    if why_not():
        print(f"Nothing counted: {why_not()}.")
        return 2
    counts = count()
    if asked.store:
        kept = {"counts": counts, "made_with": made_with()}
        STORED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    before = stored()["counts"]
    for name, number in counts.items():
        print(f"{name}: {number:,} instructions, {number / before[name] - 1.0:+.2%} against those stored")
    print(*dearer(counts, before), sep="\n")
    return int(bool(dearer(counts, before)))


if __name__ == "__main__":
    sys.exit(main())
