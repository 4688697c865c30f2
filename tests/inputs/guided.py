"""Spoils content guided by what is reached in our code: `python -m tests.inputs.guided TARGET SECONDS`, with atheris.

Atheris is not among the locked packages, as it has wheels for some systems only: `pip install atheris` first. It ends
at the first content that is answered by anything but a sentence, takes seconds of a core or much memory, and leaves it
in a file.
"""

import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scenarios", "experiments", "results", "effectchain", "openpyxl"]):
    from tests.inputs.targets import REFUSALS, TARGETS

SECONDS = 5.0
"""Of a core: followed step by step, all goes several times slower. By the clock a busy machine would be to blame."""


def main() -> None:
    """Name of the target, and for how many seconds."""
    name, seconds = sys.argv[1:]
    target = TARGETS[name]
    with tempfile.TemporaryDirectory() as place:
        folder, known = Path(place) / "work", Path(place) / "known"
        folder.mkdir()
        known.mkdir()
        (known / "right").write_bytes(target.right())

        def try_one(content: bytes) -> None:
            for left in folder.iterdir():
                left.unlink()
            began = time.thread_time()
            with suppress(*REFUSALS):
                target.read(content, folder)
            if time.thread_time() - began > SECONDS:
                raise TimeoutError

        limits = [f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=1200", "-max_len=20000", "-verbosity=1"]
        atheris.Setup([sys.argv[0], *limits, str(known)], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
