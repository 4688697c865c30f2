"""Wait for what another thread does."""

import time
from collections.abc import Callable
from typing import Final

LONGEST: Final = 60.0


def until(holds: Callable[[], bool]) -> None:
    """Wait until this holds; fails after a minute."""
    end = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < end, "It never came to hold."
        time.sleep(0.005)
