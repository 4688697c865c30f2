"""The text of a scenario file: read safely, and taken apart as TOML."""

import re
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scenarios.errors import Mistake
from scenarios.lines import DOTTED_DEEPLY, line_of
from scenarios.table import KeyPath

LARGEST_FILE: Final = 1_000_000
SHALLOW: Final = "arrays and tables a few levels deep"
A_FILE: Final = "a scenario file (.toml, UTF-8, at most 1 MB)"


@dataclass(frozen=True, slots=True)
class Source:
    """One scenario as read: `where` names it in messages, `folder` is what its own paths are relative to.

    path: its file; None for a text that came from elsewhere.
    """

    where: str
    folder: Path
    path: Path | None
    text: str
    data: dict[str, Any]

    def slug(self, otherwise: str) -> str:
        """A name after the file's, in the signs that names may have; otherwise where none of its signs may stand."""
        stem = (self.path or Path(self.where)).stem.lower()
        return re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_")[:64] or otherwise

    def place(self, path: KeyPath) -> str:
        """File and line of a key: "hotel.toml, line 12"."""
        line = line_of(self.text, path)
        return self.where if line is None else f"{self.where}, line {line}"


def source_of_text(text: str, where: str, folder: Path, path: Path | None = None) -> Source:
    """The TOML text taken apart. Raises Mistake for what is no TOML, with line and column."""
    if len(text) > LARGEST_FILE:
        raise Mistake("is larger than 1 MB", where, A_FILE)
    if DOTTED_DEEPLY.search(text):
        raise Mistake("is nested too deeply", where, SHALLOW)
    try:
        return Source(where, folder, path, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(str(error), where) from None
    except RecursionError:
        raise Mistake("is nested too deeply", where, SHALLOW) from None
    except ValueError:
        raise Mistake("holds a number or date that cannot be", where) from None


def _no_toml(reason: str, where: str) -> Mistake:
    found = re.search(r" \(at (line \d+, column \d+|end of document)\)$", reason)
    what, at = (reason[: found.start()], f", {found[1]}") if found else (reason, "")
    hint = "numbers are written like 0.5 and texts between quotes" if what == "Invalid value" else ""
    return Mistake(f"is not valid TOML: {what[:1].lower()}{what[1:]}", f"{where}{at}", hint=hint)


def read_source(path: Path, where: str) -> Source:
    """A scenario file taken apart. Raises Mistake for what cannot be read, is no text, no TOML or above 1 MB."""
    content = _read(path, where)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistake(f"is not UTF-8 at byte {error.start + 1}", where, hint="save the file as UTF-8") from None
    return source_of_text(text, where, path.parent, path)


def _read(path: Path, where: str) -> bytes:
    """The bytes of the file, as far as it may be long."""
    try:
        kind = path.stat().st_mode
        content = _start_of(path) if stat.S_ISREG(kind) else b""
    except OSError as error:
        raise Mistake(f"cannot be read: {(error.strerror or 'no access').lower()}", where, A_FILE) from None
    except ValueError:
        raise Mistake("is not the name of a file", where, A_FILE) from None
    if not stat.S_ISREG(kind):
        # a pipe or device could make us wait for ever
        raise Mistake(f"is {'a folder' if stat.S_ISDIR(kind) else 'not a plain file'}", where, A_FILE)
    if len(content) > LARGEST_FILE:
        raise Mistake("is larger than 1 MB", where, A_FILE)
    return content


def _start_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
