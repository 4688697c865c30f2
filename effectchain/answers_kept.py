"""Answers to the self-diagnosis, kept on this machine while people fill it in.

Answers are personal data: each browser has a secret of its own, under which its answers are kept, so who comes with
another browser does not see them; and what is deleted is gone from the file.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

from effectchain.keeping import Keeping
from scenarios.errors import Mistake
from scenarios.statements import HIGHEST, LOWEST, questionnaire

SECRET: Final = re.compile(r"[0-9a-f]{32}")

_writing: Final = Lock()

Record = dict[str, Any]
"""One respondent as plain data: answers by statement, label, role, file."""


class AnswersKept:
    """The answers of one browser, in parts: those filled in by hand, and those read from files."""

    def __init__(self, secret: str, folder: Path | None = None) -> None:
        """secret: 32 hexadecimal figures; folder: of the user's own things. Raises Mistake for any other secret."""
        if not SECRET.fullmatch(secret):
            raise Mistake("is no key to kept answers", "this browser's key", "32 hexadecimal figures")
        self._secret = secret
        self._keeping = Keeping(folder)

    @property
    def path(self) -> Path:
        """The file in which they are."""
        return self._keeping.path

    def read(self, part: str) -> Sequence[Record]:
        """The respondents of a part; none where nothing is kept, or something else than answers to these."""
        try:
            found = json.loads(self._keeping.load("diagnosis", self._name(part)))
            is_ours = found["version"] == questionnaire().version
            return [_record(one) for one in found["people"]] if is_ours else []
        except (Mistake, ValueError, KeyError, TypeError):
            return []

    def change(self, part: str, change: Callable[[Sequence[Record]], Sequence[Record]]) -> None:
        """Read, change and write in one go, so that two tabs don't undo each other's answers.

        Raises Mistake where they cannot be kept.
        """
        with _writing:
            people = [_packed(one) for one in change(self.read(part))]
            text = json.dumps({"version": questionnaire().version, "people": people}, separators=(",", ":"))
            self._keeping.save("diagnosis", self._name(part), text)

    def delete(self) -> None:
        """Remove all of this browser's answers. Raises Mistake where that cannot be done."""
        with _writing:
            names = [one.name for one in self._keeping.entries("diagnosis") if one.name.startswith(self._secret)]
            for name in names:
                self._keeping.delete("diagnosis", name)

    def _name(self, part: str) -> str:
        return f"{self._secret} {part}"


def _packed(record: Mapping[str, Any]) -> list[Any]:
    """A respondent in few signs: answers in the order of the statements, for there may be thousands of people."""
    answers = [_short(record["answers"].get(one.id)) for one in questionnaire().statements]
    return [record["label"], record["role"], record["file"], answers]


def _record(packed: Sequence[Any]) -> Record:
    label, role, file, answers = packed
    given = zip(questionnaire().statements, answers, strict=True)
    found = {one.id: float(value) for one, value in given if value is not None and LOWEST <= value <= HIGHEST}
    return {"answers": found, "label": str(label), "role": str(role), "file": str(file)}


def _short(value: float | None) -> float | int | None:
    """3 rather than 3.0."""
    return int(value) if value is not None and value == int(value) else value
