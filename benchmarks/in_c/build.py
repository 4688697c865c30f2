"""The week in C, compiled and ready to be called: records.h from the record types, gcc, and ctypes."""

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from agents.ahead import AHEAD
from agents.customer import CUSTOMER_RECORD, SEGMENT
from agents.employee import EMPLOYEE
from agents.encounter import ENCOUNTER
from agents.leader import LEADER
from agents.organisation import ORGANISATION
from agents.registry import PARAMETER_RECORD
from simulation.luck import DECISIONS
from simulation.state import BLOCK, PLAN, ROWS, SETTINGS, TALLY, World

SOURCE: Final = Path(__file__).with_name("week.c")

STRICT: Final = ("-O3", "-march=native", "-fno-math-errno", "-ffp-contract=off")
"""As fast as it can be with the very same bits."""

FREE: Final = ("-O3", "-march=native", "-fno-math-errno")
"""Free to round a product and a sum at once, which changes last bits."""

RECORDS: Final = {
    "Settings": SETTINGS,
    "Parameters": PARAMETER_RECORD,
    "Plan": PLAN,
    "Organisation": ORGANISATION,
    "Leader": LEADER,
    "Employee": EMPLOYEE,
    "Segment": SEGMENT,
    "Customer": CUSTOMER_RECORD,
    "Tally": TALLY,
    "Encounter": ENCOUNTER,
}

IN_C: Final = {"f8": "double", "i4": "int32_t", "i1": "int8_t", "u8": "uint64_t"}

POINTERS: Final = (
    *("settings", "parameters", "plan", "organisation", "leaders", "employees", "segments", "customers", "tally"),
    *("encounter", "visitors", "roll", "luck", "minds", "who"),
)
"""The fields of a world that week.c knows, in its order."""

Live = Callable[[World, int, int, int, int], None]


class CWorld(ctypes.Structure):
    """A world as week.c sees it."""

    _fields_ = (
        *((name, ctypes.c_void_p) for name in POINTERS),
        ("seats", ctypes.c_int64),
        ("people", ctypes.c_int64),
    )


def compiler() -> str | None:
    """The C compiler of this machine, if it has one."""
    return shutil.which("gcc") or shutil.which("clang")


def header() -> str:
    """All record types as C structures, with their places in memory asserted, and the numbers of decisions."""
    lines = ["#include <stddef.h>"]
    lines += [f"enum {{ {', '.join(ROWS)} }};", f"#define BLOCK {BLOCK}", f"#define AHEAD {AHEAD}"]
    lines += [f"#define DRAW_{name.upper()} {number}" for number, name in enumerate(DECISIONS)]
    for name, record in RECORDS.items():
        lines += structure(name, record)
    return "\n".join(lines) + "\n"


def structure(name: str, record: np.dtype[Any]) -> list[str]:
    """One record type."""
    fields = record.fields
    assert fields is not None  # noqa: S101
    rows = [(field, *fields[field][:2]) for field in record.names or ()]
    members = [
        f"    {IN_C[kind.base.str[1:]]} {field}{''.join(f'[{size}]' for size in kind.shape)};"
        for field, kind, _ in rows
    ]
    places = [f'_Static_assert(offsetof({name}, {field}) == {place}, "{field}");' for field, _, place in rows]
    size = f'_Static_assert(sizeof({name}) == {record.itemsize}, "{name}");'
    return ["typedef struct {", *members, f"}} {name};", *places, size]


def build(options: tuple[str, ...]) -> Live:
    """The week in C, compiled with these options. Raises RuntimeError with what the compiler says."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "records.h").write_text(header(), encoding="utf-8")
        target = Path(folder, "week.so")
        command = [
            compiler() or "gcc",
            *options,
            "-shared",
            "-fPIC",
            "-I",
            folder,
            str(SOURCE),
            "-o",
            str(target),
            "-lm",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  a compiler
        if done.returncode:
            raise RuntimeError(done.stderr)
        live = ctypes.CDLL(str(target)).live_parts
    live.argtypes = [ctypes.POINTER(CWorld), ctypes.c_int64, ctypes.c_int64, ctypes.c_int, ctypes.c_int]
    live.restype = None
    return calling(live)


def calling(live: Any) -> Live:
    """The C function, for our worlds: weeks from first to last, parts from first to last, all included."""

    def call(world: World, first: int, last: int, first_part: int, last_part: int) -> None:
        addresses = [getattr(world, name).ctypes.data for name in POINTERS]
        seen = CWorld(*addresses, len(world.employees), len(world.customers))
        live(ctypes.byref(seen), first, last, first_part, last_part)

    return call
