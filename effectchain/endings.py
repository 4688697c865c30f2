"""How a command may end: done, the user's mistake, an interruption or our own failure; each with an exit code."""

import errno
import os
import sys
import tempfile
import threading
import traceback
from _thread import interrupt_main
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from signal import SIG_IGN, SIGINT, SIGTERM, getsignal, signal
from types import FrameType
from typing import Final

import click

from effectchain.starting import GOODBYE, INTERRUPTED
from results.errors import ResultsError
from scenarios.errors import Mistake, visible

DONE: Final = 0
FAILED: Final = 1
MISTAKE: Final = 2
PARTLY: Final = 3
"""Something is done, but not all: runs of a sweep failed, or are still to come."""
UNHEARD: Final = 141
"""As the shell says of a program whose reader went away."""

FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})

SOON: Final = 0.05
"""Seconds until an interruption that was dropped comes again: outside what dropped it, before anybody notices."""

PATIENCE: Final = 1.0
"""Seconds that work which can lose an interruption gets to hear it."""

INSISTING: Final = threading.Event()
"""Whether such work goes on."""


def exit_code(job: Callable[[], None], *, is_debugging: bool = False) -> int:
    """Do the job and return the code for the shell; whatever goes wrong is told on standard error in a few lines.

    0 done, 1 our failure or a check that did not hold, 2 the user's mistake, 130 interrupted, 141 nobody read on.
    SIGTERM interrupts as Ctrl-C does. is_debugging: whether a failure of ours shows its traceback.
    """
    try:
        with interruptible():
            code = code_of(job)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        stop_writing()
        return UNHEARD
    except KeyboardInterrupt:
        tell(GOODBYE)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last place where it can be told in words
        words = in_words(error)
        tell(words or our_failure(error, is_debugging=is_debugging))
        stop_writing_where_that_fails()
        return MISTAKE if words else FAILED


def code_of(job: Callable[[], None]) -> int:
    """What the job says itself: it is done, or it leaves with a code."""
    try:
        job()
    except click.exceptions.Exit as end:
        return end.exit_code
    return DONE


def in_words(error: Exception) -> str | None:
    """What the user did wrong, or what is wrong with the machine; None for a failure of ours."""
    if isinstance(error, click.UsageError):
        return usage(error)
    if isinstance(error, click.ClickException):
        return visible(error.format_message())
    if isinstance(error, (Mistake, ResultsError)):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory; ask for fewer customers, weeks, replications or workers."
    if isinstance(error, OSError) and error.errno in FULL:
        return "The disk is full, or your share of it; make room, or choose another folder with --out."
    return None


def usage(error: click.UsageError) -> str:
    """A wrong word on the command line, and where to read which words there are."""
    words = error.format_message()
    if error.ctx is None:
        return words
    path = error.ctx.command_path
    return f"{path}: {words}\nSee: {path} --help"


def our_failure(error: Exception, *, is_debugging: bool) -> str:
    """One line that takes the blame and says where the traceback is; the traceback itself above it when debugging."""
    trace = "".join(traceback.format_exception(error))
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    if is_debugging:
        return f"{trace}EffectChain failed, and that is our fault, not yours ({reason})."
    with suppress(OSError):
        with tempfile.NamedTemporaryFile("w", prefix="effectchain-", suffix=".txt", delete=False) as file:
            file.write(f"{sys.version}\n{sys.argv}\n{trace}")
        return f"EffectChain failed, and that is our fault, not yours ({reason}). Where it happened: {file.name}"
    return f"EffectChain failed, and that is our fault, not yours ({reason}). To see where, add --debug."


def tell(text: str) -> None:
    """A few lines on standard error, without a mark of ours; silent when nobody can hear them."""
    lines = text.rstrip().split("\n")
    with suppress(OSError, ValueError):
        click.echo("\n".join(lines), err=True)


def stop_writing_where_that_fails() -> None:
    """What still waits to be written is written now, or never."""
    try:
        sys.stdout.flush()
    except OSError:
        stop_writing()


def stop_writing() -> None:
    """Nothing more goes to standard output, so that Python does not complain when it leaves."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


@contextmanager
def interruptible() -> Iterator[None]:
    """While in here, SIGTERM ends what is going on as tidily as Ctrl-C does, unless it is to be ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = {number: signal(number, interrupt) for number in (SIGINT, SIGTERM) if getsignal(number) is not SIG_IGN}
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal(number, handler)


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    """What Ctrl-C does; the compiler's objects that are left half-made complain to nobody."""
    sys.unraisablehook = interrupt_again
    if INSISTING.is_set():
        later(PATIENCE, insist)
    raise KeyboardInterrupt


def interrupt_again(trouble: "sys.UnraisableHookArgs") -> None:
    """Python drops what is raised where the compiler calls back or tidies up: an interruption then comes once more."""
    if isinstance(trouble.exc_value, KeyboardInterrupt):
        later(SOON, interrupt_main)


@contextmanager
def insisting() -> Iterator[None]:
    """While in here, an interruption comes again each second until it leads out: for work whose C code can lose it."""
    INSISTING.set()
    try:
        yield
    finally:
        INSISTING.clear()


def insist() -> None:
    """Interrupt once more, unless the first time was heard."""
    if INSISTING.is_set():
        interrupt_main()


def later(seconds: float, job: Callable[[], None]) -> None:
    """Do it after so many seconds, unless the program has ended by then."""
    timer = threading.Timer(seconds, job)
    timer.daemon = True
    timer.start()


@contextmanager
def keeping_what_was_found(what: str, folder: Path, *, quiet: bool) -> Iterator[None]:
    """When the user stops a search, say what is kept, and that it can go on. what: as a sentence begins."""
    try:
        yield
    except KeyboardInterrupt:
        if not quiet:
            tell(f"{what} are kept in {folder}; the same command goes on from there.")
        raise
