"""Whatever a file, a link or a folder of others holds: it is read, or refused in a sentence, soon and cheaply.

Right content is spoilt at random: cut, repeated, spliced with what means something in its language. `guided.py` does
the same guided by what is reached, where atheris is installed.
"""

import resource
import time
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.errors import visible
from tests.inputs.targets import REFUSALS, TARGETS, Target

SECONDS: Final = 1.0
MEGABYTES: Final = 200

PIECES: Final = [
    b"\x00", b"\xff", b"\n", b"\r\n", b"\xef\xbb\xbf", b",", b";", b"\t", b'"', b"'", b"=", b"[", b"]", b"[[", b"{",
    b"}", b"nan", b"inf", b"-inf", b"1e999", b"1e-999", b"-1", b"0", b"9" * 400, b"99999999999999999999", b"true",
    b"null",
    b"extends = 'x.toml'\n", b"../../etc/passwd", b"=cmd|'/c calc'!A1", b"<img src=x onerror=alert(1)>", b"{{7*7}}",
    "\u202e".encode(), b"&lol;", b'<!DOCTYPE x [<!ENTITY lol "lol">]>', b"PAR1", b"PK\x03\x04", b"a" * 3000,
]  # fmt: skip

CUTS: Final = st.lists(
    st.tuples(st.floats(0.0, 1.0), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=6)), max_size=5
)
"""Where something is taken out, how much, and what comes in its place."""


def spoilt(content: bytes, cuts: list[tuple[float, int, bytes]]) -> bytes:
    """The content with these changes."""
    for place, count, piece in cuts:
        at = round(place * len(content))
        content = content[:at] + piece + content[at + count :]
    return content


def told(target: Target, content: bytes, folder: Path) -> str:
    """What was said of this content; empty where it was read. Fails for any other error, and where it takes long."""
    for left in folder.iterdir():
        left.unlink()
    began = time.thread_time()
    try:
        target.read(content, folder)
        said = ""
    except REFUSALS as error:
        said = str(error)
    assert time.thread_time() - began < SECONDS
    assert said.count("\n") <= 10
    assert len(said) < 4000
    assert all(line == visible(line) for line in said.split("\n"))
    return said


@pytest.fixture(scope="module", name="folder")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is emptied for every example."""
    return tmp_path_factory.mktemp("inputs")


def memory() -> float:
    """Megabytes that this process had at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def try_out(name: str, folder: Path, examples: int) -> None:
    """Many spoilt contents, and some that were never right."""
    target = TARGETS[name]
    right = target.right()
    assert "" == told(target, right, folder) or name in {"answers book", "answers sheet", "sweep's manifest"}
    before = memory()

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CUTS.map(lambda cuts: spoilt(right, cuts)) | st.binary(max_size=200))
    def try_one(content: bytes) -> None:
        told(target, content, folder)

    try_one()
    assert memory() - before < MEGABYTES


@pytest.mark.parametrize("name", TARGETS)
def test_any_content(folder: Path, name: str) -> None:
    """A quick look at each."""
    try_out(name, folder, 12)


@pytest.mark.faults
@pytest.mark.parametrize("name", TARGETS)
def test_much_more_content(folder: Path, name: str) -> None:
    """Thousands of each."""
    try_out(name, folder, 1500)
