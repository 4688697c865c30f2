"""How soon an answer is there: of the live session in this process, of the page in a real browser, and of a cold start.

Whoever waits waits on the wall, so these are seconds on the wall; on a machine with other work they are too long.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from threading import Event
from typing import Any, Final

from benchmarks.engine import Found
from benchmarks.figures import HOUSE, Row
from benchmarks.organisations import organisation
from benchmarks.turns import Spread, late
from experiments.live.answer import Answer
from experiments.live.session import Session
from experiments.worlds.replication import prepare
from scenarios.scenario import Scenario

CUSTOMERS: Final = 3_000
"""Of the default organisation."""

PATIENCE: Final = 120.0
LONG_ENOUGH: Final = 40.0
"""Seconds after which no further move is made."""

RUN: Final = ("run", "hotel", "--weeks", "1", "--replications", "1", "--quiet")


class Listener:
    """Notes when a move's first curve comes, and when all of its worlds are lived."""

    def __init__(self) -> None:
        self.wanted = 0
        self.first = self.last = 0.0
        self.whole = Event()

    def __call__(self, answer: Answer) -> None:
        """News."""
        if answer.move != self.wanted:
            return
        if not self.first and answer.weeks_of(answer.newest):
            self.first = time.perf_counter()
        if answer.is_finished:
            self.last = time.perf_counter()
            self.whole.set()

    def expect(self, move: int) -> None:
        """Wait for this move."""
        self.wanted, self.first, self.last = move, 0.0, 0.0
        self.whole.clear()


def moved(base: Scenario, place: int) -> Scenario:
    """The baseline with a lever that nobody has asked for yet."""
    return base.with_({"building_blocks.leadership": 0.5 + 0.01 * place})


def in_process(moves: int) -> Found:
    """From a changed parameter to the first paired curve and to full intervals, the baseline being known."""
    prepare()
    listener = Listener()
    base = organisation(CUSTOMERS)
    first, whole = [], []
    with Session(listener) as session:
        session.ask(base)
        session.wait(PATIENCE)
        end = time.perf_counter() + LONG_ENOUGH
        for place in range(moves):
            if place and time.perf_counter() > end:
                break
            listener.expect(session.answer.move + 1 if session.answer else 1)
            start = time.perf_counter()
            session.ask(base, [moved(base, place)])
            if not listener.whole.wait(PATIENCE):
                told = f"no full answer within {PATIENCE:.0f} s: this machine has other work"
                return [("first paired curve and full intervals, in process", told, "")], {}
            first.append(1e3 * (listener.first - start))
            whole.append(listener.last - start)
    curve, intervals = Spread.of(first), Spread.of(whole)
    rows = [
        ("first paired curve, in process", curve.told(".0f", " ms"), "the browser's share comes on top"),
        ("full intervals (60 worlds), in process", intervals.told(".2f", " s"), "under 2 s"),
    ]
    return rows, {"first_curve_ms": curve.plain(), "full_intervals_s": intervals.plain()}


def in_browser(moves: int, *, quick: bool) -> Found:
    """What benchmarks/dashboard.py sees: from the key on a lever to pixels; full intervals too, unless quick."""
    told = "first curve on the screen, in a browser"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not (find_spec("playwright") and find_spec("solara") and chromium):
        return [(told, "left out: needs the extra 'dashboard', Playwright and Chromium", "")], {
            "first_repaint_ms": None
        }
    command = [sys.executable, str(HOUSE / "benchmarks" / "dashboard.py"), "--moves", str(moves), "--visitors", "0"]
    command += ["--only-moves"] if quick else []
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, capture_output=True, text=True, check=True, timeout=300
        )
    except subprocess.SubprocessError as error:
        said = str(getattr(error, "stderr", None) or error).strip().splitlines()[-1]
        return [(told, f"failed: {said}", "100 ms")], {"first_repaint_ms": None}
    found = json.loads(done.stdout.splitlines()[-1])
    times = found["first repaint"]
    rows = [(told, f"median {statistics.median(times):.0f} ms, p95 {late(times):.0f} ms", "100 ms median, 150 ms p95")]
    if not quick:
        rows.append(
            ("full intervals on the screen, in a browser (hotel)", f"{found['60 worlds, s']:.2f} s", "under 2 s")
        )
    return rows, {"first_repaint_ms": statistics.median(times), "first_repaint_p95_ms": late(times), "browser": found}


def seconds(arguments: list[str], **environment: str) -> tuple[float, float]:
    """Seconds on the wall, and of processors, of our Python with these arguments. Raises CalledProcessError."""
    before, wall = os.times(), time.perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(  # noqa: S603  our own programs
        command, check=True, capture_output=True, env={**os.environ, **environment}, cwd=HOUSE
    )
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, spent


def often(name: str, arguments: list[str], turns: int, budget: str, **environment: str) -> tuple[Row, dict[str, Any]]:
    """The least of some starts on the wall, and the median of processor seconds."""
    found = [seconds(arguments, **environment) for _ in range(turns)]
    wall, cpu = min(one for one, _ in found), statistics.median(spent for _, spent in found)
    return (name, f"{wall:.2f} s, of processors {cpu:.2f} s", budget), {"wall": wall, "processors": cpu}


def starting(turns: int, *, cold: bool) -> Found:
    """--help, imports, and the first result with rules compiled and with none."""
    command = ["-c", "import sys; from effectchain.cli import main; sys.exit(main())"]
    kinds = {
        "effectchain --help": ([*command, "--help"], "under 0.3 s"),
        "import of the engine (simulation.week)": (["-c", "import simulation.week"], ""),
        "import of the Python API (effectchain.api)": (["-c", "import effectchain.api"], ""),
        "import of the Mesa model (simulation.organisation)": (["-c", "import simulation.organisation"], ""),
    }
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for name, (arguments, budget) in kinds.items():
        row, figures[name] = often(name, arguments, turns, budget)
        rows.append(row)
    with tempfile.TemporaryDirectory() as folder:
        if cold:
            first = [*command, *RUN, "--out", f"{folder}/first"]
            row, figures["first run"] = often(
                "first result, nothing compiled yet",
                first,
                1,
                "compile under 15 s",
                EFFECTCHAIN_CACHE=f"{folder}/cache",
            )
            rows.append(row)
        later = [[*command, *RUN, "--out", f"{folder}/{turn}"] for turn in range(turns)]
        found = [seconds(run) for run in later]
        wall, cpu = min(one for one, _ in found), statistics.median(spent for _, spent in found)
        rows.append(("first result, rules compiled", f"{wall:.2f} s, of processors {cpu:.2f} s", "under 2 s"))
        figures["later run"] = {"wall": wall, "processors": cpu}
    return rows, {"starting": figures}


def measure(*, quick: bool) -> Found:
    """All of it."""
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for found in (
        in_process(2 if quick else 15),
        in_browser(5 if quick else 22, quick=quick),
        starting(1 if quick else 5, cold=not quick),
    ):
        rows += found[0]
        figures |= found[1]
    return rows, figures
