"""A real Dask cluster of two workers on this machine: the same numbers, workers lost, and clear words when it fails."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any, Final

import distributed
import pyarrow.compute as pc
import pytest

from experiments.sweeps import dask_engine
from experiments.sweeps.handshake import check_workers, greet, place_of
from experiments.sweeps.progress import SweepProgress
from experiments.sweeps.sweep import SweepResult, SweepStopped, sweep
from results.errors import ResultsError
from scenarios.errors import Mistake
from tests import sweep_forms as forms
from tests.sweep_forms import CELLS, at, bits, experiment, failed

HOUSE: Final = Path(__file__).parent.parent
FLOORS: Final = ("agents", "scenarios", "simulation", "results", "experiments", "effectchain")
ALL: Final = 2 * CELLS
LOCAL: Final = ("--host", "127.0.0.1", "--no-dashboard")


class Cluster:
    """A scheduler and its workers, each a process of its own; a nanny replaces a worker that is killed."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self.scheduler = self.start("scheduler", "--port", "0")
        self.workers = [self.start("worker", "--nthreads", "1") for _ in range(workers)]
        self.address = self.wait_for_address()

    def start(self, what: str, *words: str, house: Path = HOUSE) -> "subprocess.Popen[bytes]":
        """A process of Dask's that finds the rooms in this house, in a group of its own."""
        program = (sys.executable, "-m", "dask", what, *LOCAL, "--scheduler-file", str(self.file), *words)
        settings = {"PYTHONPATH": str(house), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        settings["DASK_TEMPORARY_DIRECTORY"] = str(self.folder)
        silent: Any = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(program, cwd=house, env=os.environ | settings, start_new_session=True, **silent)

    def wait_for_address(self) -> str:
        """Where the scheduler is, once it tells."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            with suppress(OSError, ValueError):
                return str(json.loads(self.file.read_text(encoding="utf-8"))["address"])
            time.sleep(0.05)
        raise TimeoutError

    def add_worker(self) -> None:
        """One more."""
        self.workers.append(self.start("worker", "--nthreads", "1"))

    def lose_a_worker(self) -> None:
        """The machine of the first worker loses its power."""
        lost = self.workers.pop(0)
        os.killpg(lost.pid, signal.SIGKILL)
        lost.wait()

    @contextmanager
    def stranger(self, house: Path) -> Iterator[None]:
        """While in here there is a worker from another house."""
        with client_of(self.address) as client:
            before = len(client.nthreads())
            process = self.start("worker", "--nthreads", "1", house=house)
            client.wait_for_workers(before + 1, timeout=60)
            try:
                yield
            finally:
                process.terminate()
                process.wait()
                while len(client.nthreads()) > before:
                    time.sleep(0.05)

    def close(self) -> None:
        """End all its processes."""
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def client_of(address: str) -> Any:
    """A client of one's own."""
    connect: Any = distributed.Client
    return connect(address, set_as_default=False)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One cluster of two workers for the tests of this file."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> SweepResult:
    """The experiment on threads of this process."""
    folder = tmp_path_factory.mktemp("clean")
    return sweep(experiment(folder), folder / "out", workers=2)


def test_a_cluster_leaves_no_trace_even_when_it_loses_workers(
    clean: SweepResult, cluster: Cluster, tmp_path: Path
) -> None:
    """Half-way one of the two workers is gone for good; another one comes."""
    lost: list[int] = []

    def told(progress: SweepProgress) -> None:
        if progress.finished >= CELLS and not lost:
            lost.append(progress.finished)
            cluster.lose_a_worker()
            cluster.add_worker()

    result = sweep(
        experiment(tmp_path), tmp_path / "out", cluster=cluster.address, on_progress=told, live_cell=forms.slowly(0.1)
    )

    assert lost
    assert lost[0] < ALL
    assert (clean.digest, ALL, 0) == (result.digest, result.done, result.failed)


def test_a_sweep_changes_over_from_a_cluster_to_threads(clean: SweepResult, cluster: Cluster, tmp_path: Path) -> None:
    """Stopped there, gone on with here: the same numbers."""
    stop = Event()

    def told(progress: SweepProgress) -> None:
        if progress.finished >= 3:
            stop.set()

    asked, folder = experiment(tmp_path), tmp_path / "out"
    with pytest.raises(SweepStopped) as caught:
        sweep(asked, folder, cluster=cluster.address, on_progress=told, stop=stop, live_cell=forms.slowly(0.1))

    assert 3 <= caught.value.progress.finished < ALL
    assert clean.digest == sweep(asked, folder, workers=2).digest


def test_a_cell_that_kills_its_worker_is_found_and_recorded(
    clean: SweepResult, cluster: Cluster, tmp_path: Path
) -> None:
    """On a cluster too; the others give what they always give."""
    killing = at(5, forms.kills_its_worker)
    result = sweep(experiment(tmp_path, replications=1), tmp_path / "out", cluster=cluster.address, live_cell=killing)

    assert [(5, 0, "worker", "WorkerKilled", "the worker was killed (out of memory?)")] == failed(result)
    once = clean.weekly.filter(pc.field("replication") == 0)
    assert bits(once, without=5) == bits(result.weekly)


def test_a_cell_that_hangs_is_given_up_and_its_worker_replaced(cluster: Cluster, tmp_path: Path) -> None:
    """A worker that goes on for ever is of no use to others."""
    result = sweep(
        experiment(tmp_path, replications=1), tmp_path / "out", cluster=cluster.address, cell_seconds=3.0,
        live_cell=at(5, forms.hangs),
    )  # fmt: skip

    assert [(5, 0, "begin", "TimeLimit", "took longer than the limit of 3 s for a cell")] == failed(result)
    with client_of(cluster.address) as client:
        assert not any(client.run(forms.has_a_cell).values())


def test_a_worker_with_other_rules_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    """Before the first block, by its name; nothing is lived."""
    for room in FLOORS:
        shutil.copytree(HOUSE / room, tmp_path / "other" / room, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other" / "agents" / "parameters.toml").open("a") as file:
        file.write("# other\n")

    with cluster.stranger(tmp_path / "other"), pytest.raises(Mistake) as caught:
        sweep(experiment(tmp_path), tmp_path / "out", cluster=cluster.address)

    assert "has other rules than this process; install the same EffectChain on all machines" in str(caught.value)
    assert str(caught.value).startswith("tcp://127.0.0.1:")
    assert [] == list((tmp_path / "out" / "parts").iterdir())


def test_a_worker_without_effectchain_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    """In words, and not by the traceback of an import."""
    (tmp_path / "other" / "experiments").mkdir(parents=True)
    (tmp_path / "other" / "experiments" / "__init__.py").touch()

    with cluster.stranger(tmp_path / "other"), pytest.raises(Mistake) as caught:
        sweep(experiment(tmp_path), tmp_path / "out", cluster=cluster.address)

    assert "cannot load EffectChain" in str(caught.value)


def test_a_lost_cluster_is_told_and_what_is_finished_is_kept(
    clean: SweepResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence; the same call goes on, here on threads. Without workers it is told as well."""
    own = Cluster(tmp_path, workers=0)
    monkeypatch.setattr(dask_engine, "PATIENCE", 1)
    with pytest.raises(Mistake, match="the cluster has no workers"):
        sweep(experiment(tmp_path), tmp_path / "out", cluster=own.address)
    monkeypatch.setattr(dask_engine, "PATIENCE", 15)
    own.add_worker()

    def told(progress: SweepProgress) -> None:
        if progress.finished >= 3 and own.scheduler.poll() is None:
            own.scheduler.kill()
            own.scheduler.wait()

    asked, folder = experiment(tmp_path), tmp_path / "out"
    with pytest.raises(ResultsError, match=r"was lost\. Finished parts are kept; the same command goes on"):
        sweep(asked, folder, cluster=own.address, on_progress=told, live_cell=forms.slowly(0.1))
    own.close()

    assert len(forms.parts(folder)) >= 1
    assert clean.digest == sweep(asked, folder, workers=2).digest


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler at this port."""
    monkeypatch.setattr(dask_engine, "PATIENCE", 1)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(Mistake, match=r"the cluster does not answer; is its scheduler running there, and .* tcp"):
            sweep(experiment(tmp_path), tmp_path / "out", cluster=address)
        with pytest.raises(Mistake, match=r"tls needs certificates; name them in Dask's own configuration"):
            sweep(experiment(tmp_path), tmp_path / "out", cluster=address.replace("tcp", "tls"))


def test_dask_is_only_needed_for_a_cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it everything else works, and whoever asks for a cluster is told what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Mistake, match=r"pip install 'effectchain\[cluster\]'"):
        sweep(experiment(tmp_path), tmp_path / "out", cluster="tcp://127.0.0.1:1")

    assert ALL == sweep(experiment(tmp_path), tmp_path / "out", workers=2).done


def test_a_worker_that_sees_another_folder_is_refused(tmp_path: Path) -> None:
    """As on a machine without the shared disk."""
    ours = replace(place_of(tmp_path), mark="{}")

    with pytest.raises(Mistake, match=r"host-7: does not see the results folder .* on a disk that all machines share"):
        check_workers(ours, {"host-7": greet(ours)})


def test_a_worker_with_another_numba_is_refused(tmp_path: Path) -> None:
    """Versions that can change a number's last bits are compared."""
    ours = place_of(tmp_path)
    other = replace(ours, packages=(("numba", "0.1"), *ours.packages[1:]))

    with pytest.raises(Mistake, match=r"host-7: has numba 0\.1, and this process \d"):
        check_workers(ours, {"host-7": other})
