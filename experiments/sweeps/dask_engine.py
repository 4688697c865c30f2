"""A Dask cluster as engine; Dask is loaded only when a cluster is asked for."""

import re
import time
from collections.abc import Callable, Collection
from concurrent.futures import CancelledError, Executor
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from experiments.sweeps.blocks import BlockTask, Receipt, run_block
from experiments.sweeps.handshake import Place, check_workers, greet
from results.errors import ResultsError
from scenarios.errors import Mistake, shown

ADDRESS: Final = re.compile(r"(tcp|tls)://[^\s/]+:[0-9]{1,5}")
ALLOWED: Final = "tcp://host:port or tls://host:port"

PATIENCE: Final = 15
"""Seconds within which a cluster must answer, and have a worker."""

FRESH: Final = 5.0
"""Seconds for which the number of workers is taken to be what it was."""


class Cluster:
    """Workers of a Dask cluster, wherever they are; they come and go, and Dask moves what they were doing."""

    job: Callable[[BlockTask], Receipt]

    def __init__(self, address: str, place: Place) -> None:
        """address: tcp://host:port, or tls://host:port with certificates from Dask's own configuration."""
        check_cluster(address)
        self.address = address
        self.job = run_there
        self._place = place
        self._threads = 0
        self._asked = 0.0

    @property
    def workers(self) -> int:
        """Threads of all workers; at least 1, so that blocks wait for the first worker to come."""
        return max(1, self._counted())

    @property
    def executor(self) -> Executor:
        """The cluster's client, as an executor."""
        return self._executor

    @property
    def state(self) -> str:
        """Whether the cluster has no worker left."""
        return "" if self._counted() else "waiting for the cluster's workers"

    def start(self) -> None:
        """Connect, and let all workers show that they can do the work."""
        distributed = _distributed()
        self._killed = distributed.KilledWorker
        self._client = self._connected(distributed)
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            check_workers(self._place, self._greeted())
        except TimeoutError:
            self._client.close()
            hint = "start some, and give the same command again"
            raise Mistake("the cluster has no workers", self._where, hint=hint) from None
        except BaseException:
            self._client.close()
            raise
        self._executor: Executor = self._client.get_executor(pure=False)

    @property
    def _where(self) -> str:
        return f"--cluster {self.address}"

    def _connected(self, distributed: Any) -> Any:
        """A client of the cluster. Raises Mistake where nobody answers, or not to us."""
        protocol = self.address.partition(":")[0]
        if protocol == "tls" and not distributed.Security().get_connection_args("client").get("ssl_context"):
            hint = "name them in Dask's own configuration, distributed.comm.tls (docs/cluster.md shows how)"
            raise Mistake("tls needs certificates", self._where, hint=hint)
        try:
            return distributed.Client(self.address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError) as error:
            hint = f"is its scheduler running there, and does it speak {protocol}? ({error})"
            raise Mistake("the cluster does not answer", self._where, hint=hint) from None

    def deaths(self, error: BaseException) -> int:
        """Dask itself tries a block on other workers, and tells how many died of it."""
        return error.allowed_failures + 1 if isinstance(error, self._killed) else 0

    def told(self, error: BaseException) -> BaseException:
        """That the cluster is gone, where that is so."""
        if isinstance(error, CancelledError) or self._client.status != "running":
            return ResultsError(
                f"The cluster at {self.address} was lost. Finished parts are kept; the same command goes on once it "
                "is back."
            )
        return error

    def renew(self, hanging: Collection[str]) -> None:
        """Restart workers in which a cell hangs; those that died Dask replaces itself, where it can."""
        if hanging:
            with suppress(Exception):  # a worker without a nanny cannot be restarted, and goes on with what it has left
                self._client.restart_workers(list(hanging), timeout=PATIENCE, raise_for_error=False)

    def close(self, *, at_once: bool) -> None:
        """Leave the cluster; what waits there is cancelled, and what runs comes to its end without harm."""
        with suppress(Exception):
            self._executor.shutdown(wait=not at_once)
        self._client.close()

    def _counted(self) -> int:
        if time.monotonic() - self._asked > FRESH:
            with suppress(Exception):  # who has lost the cluster learns that from the blocks
                self._threads = sum(self._client.nthreads().values())
            self._asked = time.monotonic()
        return self._threads

    def _greeted(self) -> dict[str, Place]:
        """What each worker has."""
        answers: dict[str, Any] = self._client.run(greet, self._place, on_error="return")
        for worker, answer in answers.items():
            if not isinstance(answer, Place):
                raise Mistake(
                    f"cannot load EffectChain ({type(answer).__name__}: {answer})",
                    worker,
                    hint="install the same EffectChain on all machines",
                )
        return answers


def check_cluster(address: str) -> None:
    """See that this may be a cluster's address, and that Dask is installed. Raises Mistake."""
    if not ADDRESS.fullmatch(address):
        raise Mistake("is no address of a cluster", f"--cluster {shown(address)}", ALLOWED)
    _distributed()


def run_there(task: BlockTask) -> Receipt:
    """Live a block on a worker of the cluster, which signs the receipt."""
    receipt = run_block(task)
    return replace(receipt, worker=_distributed().get_worker().address)


def _distributed() -> Any:
    """Dask's own package. Raises Mistake where it is not installed."""
    try:
        import distributed  # noqa: PLC0415  a sweep on one machine needs none of it
    except ImportError:
        raise Mistake(
            "a cluster needs Dask, which is not installed", hint="type: pip install 'effectchain[cluster]'"
        ) from None
    return distributed
