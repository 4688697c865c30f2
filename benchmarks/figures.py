"""Where figures go: into benchmarks/latest.json, by key, and as a table between two marks of docs/benchmarks.md."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

HOUSE: Final = Path(__file__).resolve().parent.parent
LATEST: Final = HOUSE / "benchmarks" / "latest.json"
PAGE: Final = HOUSE / "docs" / "benchmarks.md"

Row = tuple[str, str, str]


def keep(figures: Mapping[str, Any]) -> None:
    """Add figures to the latest ones; those of other runs stay until they are measured anew."""
    known = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.exists() else {}
    LATEST.write_text(json.dumps({**known, **figures}, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_table(mark: str, head: Row, rows: Sequence[Row], note: str) -> None:
    """Put a table where the page has this mark. Raises ValueError if it has none."""
    text = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {mark}: made by the benchmarks -->", f"<!-- end of {mark} -->"
    if begin not in text or end not in text:
        raise ValueError(f"{PAGE.name} has no place for '{mark}'")
    lines = ["| " + " | ".join(row) + " |" for row in (head, ("---", "---", "---"), *rows)]
    before, after = text.split(begin)[0], text.split(end)[1]
    PAGE.write_text("\n".join([before + begin, note, "", *lines, end + after]), encoding="utf-8")


def machine() -> str:
    """What this was measured on, without naming the machine."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        )
        if Path("/proc/cpuinfo").exists()
        else iter(()),
        platform.processor(),
    )
    packages = ", ".join(f"{name} {version(name)}" for name in ("numba", "numpy", "mesa"))
    return f"{model}, {os.cpu_count()} processors, Python {platform.python_version()}, {packages}"
