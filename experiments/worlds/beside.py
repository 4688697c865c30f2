"""Another process that compiles while this one does: how a world begins, beside how its weeks pass."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from agents.rule import HOUSE, cache_folder, is_interpreted, is_kept
from experiments.request import cores

PROGRAM: Final = (
    "from simulation.world import begin; from scenarios.scenario import Scenario; begin(Scenario.model_validate({}), 0)"
)


@contextmanager
def compiled_beside(entry: Callable[..., Any]) -> Iterator[None]:
    """While this goes on, let another process begin a world, where that entry point is not kept yet but will be.

    Nothing is lost where the other one fails: whoever calls the entry point compiles what isn't kept.
    """
    other = None if is_interpreted() or is_kept(entry) else _begun()
    try:
        yield
        if other:
            other.wait()
    finally:
        if other and other.poll() is None:
            other.kill()
            other.wait()


def _begun() -> "subprocess.Popen[bytes] | None":
    if not sys.executable or cores() < 2 or cache_folder() is None:
        return None
    places = [str(HOUSE), *filter(None, [os.environ.get("PYTHONPATH")])]
    nothing = subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", PROGRAM],
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        )
    except OSError:
        return None
