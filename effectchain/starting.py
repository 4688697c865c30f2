"""Where the program begins and ends: who stops it gets one sentence, also while it loads and when all is done."""

import os
from contextlib import suppress
from functools import partial
from signal import SIG_DFL, SIGINT, SIGTERM, default_int_handler, getsignal, signal
from types import FrameType
from typing import Final

INTERRUPTED: Final = 130
GOODBYE: Final = "Interrupted; nothing half-written is left behind."
CLEAR: Final = "\r\x1b[2K\x1b[?25h"


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


def leave(code: int, words: str, _signal: int = 0, _frame: FrameType | None = None) -> None:
    """End at once, with a line in the place of that on which progress stands, and the cursor to be seen again."""
    with suppress(OSError):
        os.write(2, f"{CLEAR if words and os.isatty(2) else ''}{words}".encode())
    os._exit(code)
