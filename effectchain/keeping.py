"""What a user wants to find again, in one file of theirs: scenarios by name, answers in progress, preferences.

Nothing is half-written, whenever the machine stops, and what cannot be read is left as it is.
"""

import os
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from platformdirs import user_data_path

from scenarios.errors import Mistake, shown, visible
from scenarios.loading import parse
from scenarios.scenario import Scenario
from scenarios.writing import to_toml

Kind = Literal["scenario", "diagnosis", "preference"]

FILE: Final = "kept.sqlite"
FORM: Final = 1
"""Version of the file's form."""

OURS: Final = 0x45434B31
"""What tells our file from other programs': "ECK1"."""

LONGEST_NAME: Final = 80
LONGEST_TEXT: Final = 1_000_000
MOST: Final = 10_000
"""Texts of a kind."""

PATIENCE: Final = 5.0
"""Seconds in which another process may finish what it is writing."""

TABLE: Final = """
CREATE TABLE kept (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    changed TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name, and when what it stands for was last changed, in UTC."""

    name: str
    changed: datetime


class Keeping:
    """The file and what is in it; any number of threads and processes at once."""

    def __init__(self, folder: Path | None = None) -> None:
        """folder: by default that which data_folder names."""
        self.path = (folder or data_folder()) / FILE

    def save(self, kind: Kind, name: str, text: str, *, replace: bool = True) -> str:
        """Keep a text under a name, and return the name as it is kept; it is on the disk when this returns.

        Raises Mistake for a name or text that cannot be, and, unless `replace`, for a name that is taken.
        """
        proper = proper_name(name)
        if len(text.encode()) > LONGEST_TEXT:
            raise Mistake("is too large to be kept", shown(proper), "at most 1 MB")
        row = (kind, proper, text, datetime.now(UTC).isoformat())
        with self._writing() as file:
            is_new = not _has(file, kind, proper)
            if not is_new and not replace:
                raise _taken(proper)
            if is_new and len(_names(file, kind)) >= MOST:
                raise Mistake(f"{MOST} of them are kept already", hint="delete some first")
            file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?)", row)
        return proper

    def load(self, kind: Kind, name: str) -> str:
        """The text of this name. Raises Mistake where there is none."""
        with self._reading() as file:
            row = file and file.execute("SELECT text FROM kept WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        if not row:
            raise _missing(name)
        return str(row[0])

    def entries(self, kind: Kind) -> list[Entry]:
        """All names of a kind, what was changed last first."""
        with self._reading() as file:
            rows = _names(file, kind) if file else []
        return [Entry(name, datetime.fromisoformat(changed)) for name, changed in rows]

    def rename(self, kind: Kind, old: str, new: str) -> str:
        """Give what is kept another name, and return that as it is kept.

        Raises Mistake for a name that is taken, that cannot be, or that there is not.
        """
        proper = proper_name(new)
        with self._writing() as file:
            if not _has(file, kind, old):
                raise _missing(old)
            if proper != old and _has(file, kind, proper):
                raise _taken(proper)
            file.execute("UPDATE kept SET name = ? WHERE kind = ? AND name = ?", (proper, kind, old))
        return proper

    def delete(self, kind: Kind, name: str) -> None:
        """Keep it no longer. Raises Mistake where there is none of this name."""
        with self._writing() as file:
            if not file.execute("DELETE FROM kept WHERE kind = ? AND name = ?", (kind, name)).rowcount:
                raise _missing(name)

    def save_scenario(self, name: str, scenario: Scenario, *, replace: bool = True) -> str:
        """Keep a scenario under a name of the user's own; the rest is as for `save`."""
        return self.save("scenario", name, to_toml(scenario), replace=replace)

    def load_scenario(self, name: str) -> Scenario:
        """The scenario of this name, equal to the one that was kept. Raises Mistake where there is none."""
        return parse(self.load("scenario", name), shown(name))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """The file, open; None where there is none yet."""
        with self._explaining():
            if not self.path.exists():
                yield None
                return
            with closing(_opened(self.path)) as file:
                yield file if self._form(file) else None

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The file, made if need be, in one step that is done as a whole or not at all."""
        with self._explaining():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _private(self.path)
            with closing(_opened(self.path)) as file:
                file.execute("BEGIN IMMEDIATE")
                try:
                    if not self._form(file):
                        _lay_out(file)
                    yield file
                    file.execute("COMMIT")
                finally:
                    if file.in_transaction:
                        file.execute("ROLLBACK")

    def _form(self, file: sqlite3.Connection) -> int:
        """Version of the file's form, 0 of an empty one. Raises Mistake for a newer one, or a file not ours."""
        program, form = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
        is_empty = file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if (program or not is_empty) and program != OURS:
            raise Mistake("is a database of another program", str(self.path), hint="move it elsewhere")
        if form > FORM:
            raise Mistake(
                "was written by a newer EffectChain, and is left as it is",
                str(self.path),
                hint="install that version, or name another folder in EFFECTCHAIN_DATA",
            )
        return int(form)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Turn what the database or the system says into one sentence for the user."""
        try:
            yield
        except sqlite3.OperationalError as error:
            hint = "try again, or name another folder in EFFECTCHAIN_DATA"
            raise Mistake(_reason(error), str(self.path), hint=hint) from None
        except sqlite3.DatabaseError:
            raise Mistake(
                "is damaged, and is left as it is",
                str(self.path),
                hint="put a copy from a backup in its place, or move it elsewhere to begin anew",
            ) from None
        except OSError as error:
            reason = (error.strerror or "no access").lower()
            raise Mistake(
                f"cannot be read or written: {reason}", str(self.path), hint="name another folder in EFFECTCHAIN_DATA"
            ) from None


def data_folder() -> Path:
    """Where the user's own things are kept: EFFECTCHAIN_DATA, or else the user's own data folder."""
    chosen = os.environ.get("EFFECTCHAIN_DATA")
    return Path(chosen).absolute() if chosen else user_data_path("effectchain", appauthor=False)


def proper_name(name: str) -> str:
    """The name without spaces around it, and with each letter written in one way. Raises Mistake for none."""
    proper = unicodedata.normalize("NFC", " ".join(name.split()))
    if not proper:
        raise Mistake("must have a name", hint="give it one")
    if len(proper) > LONGEST_NAME:
        raise Mistake("is too long a name", shown(proper), f"at most {LONGEST_NAME} characters")
    if visible(proper) != proper:
        raise Mistake("holds signs that cannot be seen", shown(proper), "letters, digits and signs")
    return proper


def _opened(path: Path) -> sqlite3.Connection:
    """The database; each change is on the disk before it counts."""
    file = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    file.execute("PRAGMA synchronous = FULL")
    file.execute("PRAGMA trusted_schema = OFF")
    file.execute("PRAGMA secure_delete = ON")  # answers of people: what is deleted is overwritten
    return file


def _private(path: Path) -> None:
    """Nobody else on this machine reads it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _lay_out(file: sqlite3.Connection) -> None:
    file.execute(TABLE)
    file.execute(f"PRAGMA application_id = {OURS}")
    file.execute(f"PRAGMA user_version = {FORM}")


def _has(file: sqlite3.Connection, kind: Kind, name: str) -> bool:
    return file.execute("SELECT 1 FROM kept WHERE kind = ? AND name = ?", (kind, name)).fetchone() is not None


def _names(file: sqlite3.Connection, kind: Kind) -> list[tuple[str, str]]:
    return file.execute("SELECT name, changed FROM kept WHERE kind = ? ORDER BY changed DESC", (kind,)).fetchall()


def _taken(name: str) -> Mistake:
    return Mistake("is kept already", shown(name), hint="choose another name, or replace it")


def _missing(name: str) -> Mistake:
    return Mistake("is not kept", shown(name), hint="perhaps it was deleted or renamed in another window")


def _reason(error: sqlite3.OperationalError) -> str:
    """Why the database cannot be used now."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    known = {
        sqlite3.SQLITE_BUSY: "is in use by another process",
        sqlite3.SQLITE_READONLY: "cannot be written",
        sqlite3.SQLITE_FULL: "cannot be written: the disk is full",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    }
    return known.get(code, "cannot be read or written")
