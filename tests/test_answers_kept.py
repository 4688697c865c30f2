"""Answers in progress are kept for the browser that gave them, and are gone when deleted."""

from pathlib import Path
from typing import Any

import pytest

from effectchain.answers_kept import AnswersKept
from effectchain.keeping import Keeping
from scenarios.errors import Mistake

MINE = "0123456789abcdef" * 2
OTHERS = "f" * 32


def somebody(label: str = "", **answers: float) -> dict[str, Any]:
    """A respondent as kept; B1_01 stands for B1.01."""
    given = {key.replace("_", "."): value for key, value in answers.items()}
    return {"answers": given, "label": label, "role": "", "file": ""}


def test_what_is_kept_comes_back_for_this_browser_only(tmp_path: Path) -> None:
    """Whole and broken answers, names with any sign; another secret sees nothing."""
    people = [somebody("Zoë 'x' <b>", B1_01=3, B9_11=4.5)]
    AnswersKept(MINE, tmp_path).change("here", lambda _: people)

    assert people == AnswersKept(MINE, tmp_path).read("here")
    assert [] == AnswersKept(OTHERS, tmp_path).read("here")
    assert [] == AnswersKept(MINE, tmp_path).read("from_files")


def test_a_change_is_made_on_what_is_kept(tmp_path: Path) -> None:
    """Two tabs, one after the other, both have their answers kept."""
    first, second = AnswersKept(MINE, tmp_path), AnswersKept(MINE, tmp_path)
    first.change("here", lambda before: [*before, somebody("a", B1_01=1)])
    second.change("here", lambda before: [*before, somebody("b", B1_01=2)])

    assert ["a", "b"] == [one["label"] for one in first.read("here")]


def test_what_is_deleted_is_gone_from_the_file(tmp_path: Path) -> None:
    """No byte of a name is left; another browser's answers stay."""
    mine, others = AnswersKept(MINE, tmp_path), AnswersKept(OTHERS, tmp_path)
    mine.change("here", lambda _: [somebody("Wilhelmina")])
    mine.change("from_files", lambda _: [somebody("Jacqueline")])
    others.change("here", lambda _: [somebody("Bartholomew")])
    mine.delete()

    content = mine.path.read_bytes()
    assert b"Wilhelmina" not in content
    assert b"Jacqueline" not in content
    assert [] == mine.read("here")
    assert ["Bartholomew"] == [one["label"] for one in others.read("here")]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"version": 2, "people": [3]}', '{"version": 2, "people": [["a", "b", "c", [1]]]}']
)
def test_what_is_no_set_of_answers_is_passed_over(tmp_path: Path, text: str) -> None:
    """A visitor begins anew instead of meeting an error."""
    Keeping(tmp_path).save("diagnosis", f"{MINE} here", text)

    assert [] == AnswersKept(MINE, tmp_path).read("here")


@pytest.mark.parametrize("secret", ["", "../" * 10, "F" * 32, "f" * 31, "f" * 33])
def test_a_secret_is_checked(secret: str, tmp_path: Path) -> None:
    """Nobody comes with another text than a browser makes."""
    with pytest.raises(Mistake, match="no key"):
        AnswersKept(secret, tmp_path)
