"""The dashboard where there is no network at all: in a network namespace that has nothing but this machine itself."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.journey

HERE = Path(__file__).parent
INSIDE = "EFFECTCHAIN_WITHOUT_NETWORK"
ALONE = ("unshare", "--user", "--map-root-user", "--net", "--")
LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door:
    fcntl.ioctl(door, 0x8914, struct.pack("16sh14x", b"lo", 1 | 64))
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Switch the loopback on, and become the command that follows."""


def alone(*words: str) -> subprocess.CompletedProcess[str]:
    """Run this with Python where no packet can leave the machine."""
    command = [*ALONE, sys.executable, "-c", LOOPBACK, sys.executable, *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, env=environment | {INSIDE: "1"}, cwd=HERE
    )


def why_not() -> str:
    """Why this machine cannot do it; empty where it can."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return "there is no 'unshare' here, which Linux has"
    tried = alone("-c", "print('alone')")
    return "" if tried.stdout == "alone\n" else f"unshare is refused: {tried.stderr.strip()[:200]}"


def test_every_page_works_without_a_network() -> None:
    """Every page in both languages, and a what-if that is lived, with no way out of the machine; nothing is skipped."""
    if os.environ.get(INSIDE):
        pytest.skip("This is the inner run.")
    if reason := why_not():
        pytest.skip(f"The dashboard was NOT tested without a network: {reason}.")
    assert "unreachable" in alone("-c", "import socket; socket.create_connection(('192.0.2.1', 80), 5)").stderr

    tests = [HERE / "test_dashboard_pages.py", f"{HERE / 'test_dashboard_strategist.py'}::{LEVER}"]
    ended = alone("-m", "pytest", "-n", "0", "-q", "-m", "journey or not journey", *map(str, tests))
    said = f"{ended.stdout[-3000:]}\n{ended.stderr[-1000:]}"
    assert 0 == ended.returncode, said
    assert re.search(r"^\d\d passed in", ended.stdout, re.MULTILINE), said


LEVER = "test_a_lever_that_is_moved_by_keyboard_changes_the_chain"
