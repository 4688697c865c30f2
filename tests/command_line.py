"""The command line in this process, and what it said."""

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from effectchain.cli import main
from scenarios.writing import to_toml
from tests.small_organisation import small


@dataclass(frozen=True)
class Ending:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


def effectchain(*words: str | Path) -> Ending:
    """Do what `effectchain` with these words does."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main([str(word) for word in words])
    return Ending(code, out.getvalue(), err.getvalue())


def done(*words: str | Path) -> Ending:
    """The same, and it must succeed without a word on standard error."""
    ending = effectchain(*words)

    assert (0, "") == (ending.code, ending.err), ending
    return ending


def refused(*words: str | Path) -> str:
    """What a mistake is answered with: a few lines on standard error, and nothing else."""
    ending = effectchain(*words)

    assert (2, "") == (ending.code, ending.out), ending
    assert 1 <= ending.err.count("\n") <= 8, ending.err
    assert "Traceback" not in ending.err
    return ending.err


def small_file(name: str = "small", **changes: Any) -> Path:
    """A file with the small organisation, in the current folder."""
    path = Path(f"{name}.toml")
    path.write_text(to_toml(small(name=name, **changes)), encoding="utf-8")
    return path
