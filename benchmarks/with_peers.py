"""One task, ten numbers and a draw an agent and step, in other people's engines and as a rule on our records.

    python -m benchmarks.with_peers [--quick]

Makes an environment for each engine under build/peers, with pinned versions, when there is none yet; that needs a
package index. Each engine runs in a process of its own, one after the other in turns, on one processor; what is
counted is processor time of all its threads while it takes its steps, after a few steps that load and compile.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks.figures import HOUSE, keep, machine, write_table
from benchmarks.turns import Spread

PLACE: Final = HOUSE / "build" / "peers"
HERE: Final = Path(__file__).with_name("peers")


class Peer(NamedTuple):
    """An engine: the file with its version of the task, and what is installed to run it; nothing for our own place."""

    file: str
    packages: tuple[str, ...] = ()


PEERS: Final = {
    "EffectChain: a rule on records": Peer("in_ours.py"),
    "Mesa: AgentSet.do": Peer("in_mesa.py"),
    "mesa-frames 0.1.0a0": Peer("in_mesa_frames.py", ("mesa-frames==0.1.0a0", "numpy==1.26.4", "polars==2.1.0")),
    "Starsim 3.7.2": Peer("in_starsim.py", ("starsim==3.7.2", "numpy==2.4.6", "numba==0.68.1")),
    "ambr 0.5.2: array lane": Peer("in_ambr.py", ("ambr==0.5.2", "numpy==2.4.6", "polars==2.1.0")),
    "laser-core 1.0.5: own numba loop": Peer(
        "in_laser_core.py", ("laser-core==1.0.5", "numpy==2.4.6", "numba==0.68.1")
    ),
}
OURS: Final = next(iter(PEERS))

SIZES: Final = {1_000: 300, 10_000: 100, 100_000: 30}
"""Agents, and steps to take with so many."""

SLOW: Final = 20
"""Objects in Python take so many times fewer steps."""

ONE_THREAD: Final = dict.fromkeys(
    ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"
)

DEVIATIONS: Final = 5.0
"""So many standard deviations of luck a mean may be off."""


def interpreter(peer: Peer) -> Path:
    """Python with this engine, installed if it isn't yet. Raises subprocess.CalledProcessError where it can't be."""
    if not peer.packages:
        return Path(sys.executable)
    folder = PLACE / peer.packages[0].replace("==", "-")
    python, done = folder / "bin" / "python", folder / "installed"
    if not done.exists():
        print(f"Installing {peer.packages[0]} into {folder.relative_to(HOUSE)}.", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", *peer.packages]
        subprocess.run(install, check=True, capture_output=True, text=True)  # noqa: S603  pip, with pinned packages
        done.touch()
    return python


def run(python: Path, peer: Peer, agents: int, steps: int) -> float:
    """Nanoseconds an agent and step. Raises RuntimeError where it fails or does other work."""
    command = [str(python), str(HERE / peer.file), str(agents), str(steps)]
    environment = {**os.environ, **ONE_THREAD}
    if not peer.packages:
        environment["PYTHONPATH"] = str(HOUSE)
    done = subprocess.run(  # noqa: S603  our own programs
        command, capture_output=True, text=True, check=False, env=environment, timeout=600
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    found = json.loads(done.stdout.splitlines()[-1])
    if found["error"] > DEVIATIONS * 0.07 / agents**0.5:  # 0.07: the widest of the ten numbers' spreads
        raise RuntimeError(f"a mean is off by {found['error']:.4f}: this is other work")
    return float(1e9 * found["seconds"] / agents / steps)


def ready() -> tuple[dict[str, Path], dict[str, str]]:
    """The engines that can be run here, and why others can't."""
    pythons, failed = {}, {}
    for name, peer in PEERS.items():
        try:
            pythons[name] = interpreter(peer)
        except (subprocess.CalledProcessError, OSError) as error:
            said = str(getattr(error, "stderr", "") or error).strip().splitlines()
            failed[name] = f"could not be installed: {said[-1] if said else error}"
    return pythons, failed


def rounds(pythons: dict[str, Path], failed: dict[str, str], turns: int) -> dict[str, dict[int, list[float]]]:
    """Nanoseconds of each engine at each size, turn by turn; who fails is told in `failed` and left out from then."""
    found: dict[str, dict[int, list[float]]] = {name: {size: [] for size in SIZES} for name in pythons}
    for _ in range(turns):
        for agents, steps in SIZES.items():
            for name in [name for name in pythons if name not in failed]:
                few = max(2, steps // SLOW) if "Mesa:" in name else steps
                try:
                    found[name][agents].append(run(pythons[name], PEERS[name], agents, few))
                except (RuntimeError, subprocess.TimeoutExpired) as error:
                    failed[name] = str(error)
    return found


def told(found: dict[str, dict[int, list[float]]], failed: dict[str, str]) -> list[tuple[str, str, str]]:
    """A row an engine: times a step, and how many times as long as ours."""
    rows = []
    for name in PEERS:
        if name in failed:
            rows.append((name, failed[name], ""))
            continue
        spreads = {size: Spread.of(times) for size, times in found[name].items()}
        ratios = {
            size: Spread.of([one / ours for one, ours in zip(times, found[OURS][size], strict=True)])
            for size, times in found[name].items()
        }
        times, times_ours = (" / ".join(f"{one.median:,.3g}" for one in each.values()) for each in (spreads, ratios))
        rows.append((name, times, times_ours))
    return rows


def main() -> None:
    """Install, measure, tell, keep."""
    parser = argparse.ArgumentParser(description="One task in other people's engines and in ours.")
    parser.add_argument("--quick", action="store_true", help="one turn instead of five")
    turns = 1 if parser.parse_args().quick else 5
    pythons, failed = ready()
    found = rounds(pythons, failed, turns)
    rows = told(found, failed)
    for row in rows:
        print(" | ".join(row))
    sizes = " / ".join(f"{size:,}" for size in SIZES)
    head = ("engine", f"nanoseconds an agent and step, at {sizes} agents", "times as long as ours")
    note = f"{machine()}; median of {turns} turns, one thread, processor time."
    write_table("peers", head, rows, note)
    measured: dict[str, Any] = {name: sizes for name, sizes in found.items() if name not in failed}
    keep({"peers": {"nanoseconds": measured, "failed": failed}})


if __name__ == "__main__":
    main()
