"""The rules made ready to run, with a word to the user when that takes long."""

import time
from threading import Timer
from typing import Final

from agents.rule import cache_folder, is_interpreted, is_kept
from effectchain.endings import insisting, tell
from experiments.worlds.replication import prepare
from simulation.week import live_parts

ONCE: Final = "Compiling the rules for this machine, once; this takes up to a minute ..."
EVERY_TIME: Final = (
    "Compiling the rules; this takes up to a minute, and happens every time, because they cannot be kept on this "
    "machine (`effectchain doctor` says why) ..."
)

PATIENCE: Final = 4.0
"""Seconds; loading compiled rules takes less, unless they turn out to be of another copy of this very source."""


def compile_rules(*, quiet: bool) -> float:
    """Compile what is not kept compiled, and load the rest; returns the seconds that it took."""
    started = time.perf_counter()
    word = Timer(PATIENCE if is_compiled() else 0.0, tell, [ONCE if cache_folder() else EVERY_TIME])
    word.daemon = True
    if not quiet and not is_interpreted():
        word.start()
    try:
        with insisting():
            prepare()
    finally:
        word.cancel()
    return time.perf_counter() - started


def is_compiled() -> bool:
    """Whether these very rules are kept on disk."""
    return is_kept(live_parts)
