"""How the command line ends when things go wrong: the right exit code, a few words, and nothing left behind."""

import errno
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from effectchain.endings import exit_code, insisting
from effectchain.starting import INTERRUPTED
from results.errors import ResultsError
from scenarios.errors import Mistake
from tests.command_line import refused, small_file

PROGRAM = (sys.executable, "-c", "import sys; from effectchain.cli import main; sys.exit(main())")
ENDLESS = ("--weeks", "5000", "--replications", "900")
"""Of the small organisation this takes minutes."""


def raising(error: BaseException) -> Callable[[], None]:
    """A job that ends so."""

    def job() -> None:
        raise error

    return job


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own, and puts back what an interruption changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Mistake("is wrong", "here"), 2, "here: is wrong\n"),
        (ResultsError("No such run."), 2, "No such run.\n"),
        (click.ClickException("No \x1b[31mred."), 2, "No \\x1b[31mred.\n"),
        (MemoryError(), 2, "There is not enough memory; ask for fewer customers, weeks, replications or workers.\n"),
        (OSError(errno.ENOSPC, "No space left"), 2, "The disk is full, or your share of it; make room, or choose"),
        (KeyboardInterrupt(), 130, "Interrupted; nothing half-written is left behind.\n"),
        (BrokenPipeError(), 141, ""),
        (click.exceptions.Exit(1), 1, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_each_ending_has_its_code_and_its_words(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Mistakes 2, interruption 130, a reader that went away 141; at most one line each."""
    assert code == exit_code(raising(error))

    said = capsys.readouterr()
    assert "" == said.out
    assert said.err.startswith(told)
    assert said.err.count("\n") <= 1


def test_our_own_failure_is_said_to_be_ours(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, exit code 1; the traceback goes to a file for who wants to report it."""
    assert 1 == exit_code(raising(KeyError("gone\nwrong")))

    said = capsys.readouterr().err
    assert re.fullmatch(r"EffectChain failed, and that is our fault, not yours \(KeyError: .*\)\. .*\n", said)
    trace = Path(said.rstrip().rpartition(": ")[2])
    assert "in job" in trace.read_text(encoding="utf-8")
    trace.unlink()


def test_debugging_shows_where_it_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """The traceback first, then the same line."""
    assert 1 == exit_code(raising(KeyError("gone")), is_debugging=True)

    said = capsys.readouterr().err
    assert said.startswith("Traceback")
    assert said.rstrip().endswith("(KeyError: 'gone').")


def test_debug_may_stand_anywhere() -> None:
    """Who needs it adds it to what they typed; it changes nothing else."""
    assert "there is no preset 'nope'" in refused("run", "nope", "--debug")
    assert "there is no preset 'nope'" in refused("--debug", "run", "nope")


def test_termination_is_an_interruption(capsys: pytest.CaptureFixture[str]) -> None:
    """SIGTERM ends a job as Ctrl-C does, and means afterwards what it meant before."""
    before = signal.getsignal(signal.SIGTERM)

    assert 130 == exit_code(lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert before == signal.getsignal(signal.SIGTERM)
    assert capsys.readouterr().err.startswith("Interrupted")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_nothing(number: signal.Signals) -> None:
    """Neither a folder nor a hidden part of one, and one line is all that is said."""
    run = (*PROGRAM, "run", str(small_file()), *ENDLESS, "--quiet", "--out", "runs/mine")
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2.5)
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]

    assert (130, "Interrupted; nothing half-written is left behind.\n") == (process.returncode, said)
    assert [] == list(Path().glob("runs/*"))


def test_the_first_compilation_is_announced_and_can_be_interrupted(tmp_path: Path) -> None:
    """Who waits for half a minute learns why; Ctrl-C does not wait for the compiler."""
    run = (*PROGRAM, "run", str(small_file()), "--weeks", "2")
    environment = {**os.environ, "EFFECTCHAIN_CACHE": str(tmp_path / "empty")}
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr
        announced = process.stderr.readline()
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=60)[1]

    assert announced.startswith("Compiling the rules for this machine, once; this takes up to a minute")
    assert (130, "Interrupted; nothing half-written is left behind.\n") == (process.returncode, said)


def test_an_interruption_that_falls_where_python_drops_it_comes_again() -> None:
    """As in a destructor or the compiler's callbacks, where what is raised goes nowhere."""

    class TidiesUp:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0)

    def job() -> None:
        TidiesUp()
        time.sleep(10.0)
        pytest.fail("the interruption was lost")

    assert INTERRUPTED == exit_code(job)


def test_work_that_loses_an_interruption_is_interrupted_again() -> None:
    """As the compiler's C code may, which takes it for an error of its own."""

    def job() -> None:
        with insisting():
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                time.sleep(10.0)
            pytest.fail("the interruption was lost")

    assert INTERRUPTED == exit_code(job)


STOPPED_WHEN_LOADED = """
import os, signal, sys
how, when = sys.argv[1:]
sys.argv[1:] = ["--help"]
class Stops:
    def find_spec(self, name, *_):
        if name == when:
            os.kill(os.getpid(), getattr(signal, how))
sys.meta_path.insert(0, Stops())
from effectchain.starting import main
code = main()
import colorsys  # something is loaded when all is done
sys.exit(code)
"""


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("module", ["effectchain.cli", "effectchain.commands.sweep"])
def test_an_interruption_while_the_program_loads_is_told_in_a_sentence(number: str, module: str) -> None:
    """Before any of our commands is known."""
    run = (sys.executable, "-c", STOPPED_WHEN_LOADED, number, module)
    ended = subprocess.run(run, capture_output=True, text=True, check=False)

    assert (130, "", "Interrupted; nothing half-written is left behind.\n") == (
        ended.returncode,
        ended.stdout,
        ended.stderr,
    )


def test_an_interruption_when_all_is_done_changes_nothing() -> None:
    """The code says what was done, without a traceback of threads that are waited for."""
    run = (sys.executable, "-c", STOPPED_WHEN_LOADED, "SIGINT", "colorsys")
    ended = subprocess.run(run, capture_output=True, text=True, check=False)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert ended.stdout.startswith("Usage: ")


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    """`effectchain ... | head` is quiet."""
    with subprocess.Popen((*PROGRAM, "--help"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        said = process.stderr.read()

    assert (141, "") == (process.wait(), said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_told_in_a_sentence() -> None:
    """Also when it is the output itself that cannot be written."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run((*PROGRAM, "--help"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert 2 == ended.returncode
    assert ended.stderr.startswith("The disk is full")
    assert 1 == ended.stderr.count("\n")


def test_progress_is_shown_to_a_person_and_not_in_a_pipe() -> None:
    """Standard error is a terminal here, standard output a pipe that stays clean."""
    terminal, inside = pty.openpty()
    run = (*PROGRAM, "run", str(small_file()), "--weeks", "300", "--replications", "20", "--json")
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=inside) as process:
        os.close(inside)
        shown = b""
        while piece := read_or_end(terminal):
            shown += piece
        assert process.stdout
        printed = process.stdout.read()
    os.close(terminal)

    assert re.search(rb"small .* of 6,160 weeks, [\d,]+ a second", shown)
    assert printed.startswith(b"{")
    assert b"\x1b" not in printed


def read_or_end(terminal: int) -> bytes:
    """What was written next; nothing once the other side is gone."""
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""
