"""The dashboard as a user starts it: the command in a process of its own, until the test ends it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOUSE: Final = Path(__file__).parent.parent
PROGRAM: Final = (sys.executable, "-c", "import sys; from effectchain.cli import main; sys.exit(main())")


@dataclass(frozen=True)
class Served:
    """A dashboard that listens."""

    process: "subprocess.Popen[str]"
    address: str
    said: str

    def kill(self) -> None:
        """Kill -9, for it alone."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def served(data: Path, *words: str, **environment: str) -> Iterator[Served]:
    """The dashboard, which keeps its things in this folder; the address is that which it tells, without a slash."""
    own = {"EFFECTCHAIN_DATA": str(data), "SOLARA_HOME": str(data / "solara"), "EFFECTCHAIN_WORLDS": "4"}
    command = (*PROGRAM, "dashboard", "--no-browser", *(words if "--port" in words else (*words, "--port", "0")))
    surroundings = os.environ | own | environment
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=HOUSE, env=surroundings
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", said)
        assert found, said + process.stdout.read()
        try:
            yield Served(process, found[0], said)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.communicate(timeout=30)
