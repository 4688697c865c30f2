"""Where the program begins and ends: who stops it gets one sentence, also while it loads and when all is done."""

import os
from functools import partial
from signal import SIG_DFL, SIGINT, SIGTERM, default_int_handler, getsignal, signal
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
GOODBYE: Final = "Interrupted; nothing half-written is left behind."


def main() -> int:
    """What `effectchain` in a terminal does: its exit code."""
    heard = [
        number for number, usual in ((SIGINT, default_int_handler), (SIGTERM, SIG_DFL)) if getsignal(number) is usual
    ]
    for number in heard:
        signal(number, partial(leave, INTERRUPTED, f"{GOODBYE}\n"))
    from effectchain.cli import main as do  # noqa: PLC0415  loading takes time, in which one may think better of it

    code = do()
    for number in heard:
        signal(number, partial(leave, code, ""))
    return code


def leave(code: int, words: str, _signal: int, _frame: FrameType | None) -> None:
    """End at once: nothing is being written, so there is nothing to tidy up."""
    os.write(2, words.encode())
    os._exit(code)
