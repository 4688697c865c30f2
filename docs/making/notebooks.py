"""Live through the notebooks: `python -m docs.making.notebooks [NAME ...]`; the files themselves stay light."""

import sys
import time
from pathlib import Path
from typing import Final

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS: Final = Path(__file__).parent.parent.parent / "notebooks"
PATIENCE: Final = 900
"""Seconds that one cell may take, compiling included."""

QUIET: Final = ["--log-level=ERROR"]


def live(notebook: Path) -> None:
    """Run all cells in a fresh kernel. Raises CellExecutionError where one fails."""
    read = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]  # has no types
    where = {"metadata": {"path": NOTEBOOKS}}
    NotebookClient(read, timeout=PATIENCE, kernel_name="python3", resources=where, extra_arguments=QUIET).execute()


def main(names: list[str]) -> int:
    """Live those that are named, or all; 1 where one of them fails."""
    chosen = [Path(name) for name in names] or sorted(NOTEBOOKS.glob("*.ipynb"))
    failed = 0
    for notebook in chosen:
        started = time.perf_counter()
        try:
            live(notebook)
        except CellExecutionError as error:
            failed += 1
            sys.stderr.write(f"{notebook.name}: {error}\n")
        else:
            sys.stdout.write(f"{notebook.name}: {time.perf_counter() - started:.0f} s\n")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
