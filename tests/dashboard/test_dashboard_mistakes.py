"""What goes wrong is told in the reader's language, on every page."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from effectchain.dashboard import mistakes
from effectchain.dashboard.mistakes import sentence
from results.errors import ResultsError
from scenarios.errors import Mistake, Mistakes

TABLE: Final = tomllib.loads(Path(mistakes.__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PAGES: Final = Path(mistakes.__file__).parent
HOUSE: Final = PAGES.parent.parent
PLACES: Final = [
    PAGES / "downloads.py",
    *(path for page in ("diagnosis", "experiments", "people", "roadmap", "strategist", "taking")
      for path in sorted((PAGES / page).glob("*.py"))),
    *(HOUSE / name for name in ("effectchain/keeping.py", "scenarios/sharing.py", "experiments/live/limits.py")),
]  # fmt: skip
"""What pages call; a trainer's own stories and the command line's own words are in English."""

SAME: Final = {"{}", "", "1 to {}", "pip install 'effectchain[documents]'"}
"""Shapes that are filled in whole, or are no language."""


def test_a_mistake_is_told_in_dutch_part_by_part() -> None:
    """What is wrong, what to do and what is allowed; a part without Dutch stays as it is."""
    pinned = Mistake("there are 3 pinned scenarios already", hint="take one away first")
    assert "er zijn al 3 scenario's vastgezet; haal er eerst een weg" == sentence(pinned, "nl")
    assert str(pinned) == sentence(pinned, "en")
    assert "here: odd. Toegestaan: 1 tot 5" == sentence(Mistake("odd", "here", "1 to 5"), "nl")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Mistakes(2, [Mistake("one"), Mistake("other")]), "2 mistakes:\none\nother"),
        (ResultsError("There is nothing here."), "There is nothing here."),
        (ZeroDivisionError("by 0"), "ZeroDivisionError: by 0"),
        (ValueError("\x1b[31mred"), "ValueError: \\x1b[31mred"),
    ],
)
def test_nothing_is_lost_of_what_has_no_dutch(error: Exception, told: str) -> None:
    """Several mistakes stay several; a failure of ours is called by its name; nothing hidden comes through."""
    assert told == sentence(error, "nl")


@pytest.mark.parametrize("path", PLACES, ids=[str(path.relative_to(HOUSE)) for path in PLACES])
def test_no_page_complains_half_in_english(path: Path) -> None:
    """Each phrase that a page's mistakes are made of stands in the table as it is in the code."""
    for part, shape in phrases_in(path):
        assert shape in TABLE[part] or shape in SAME, f"{part}: {shape}"


def phrases_in(path: Path) -> Iterator[tuple[str, str]]:
    """Parts of mistakes in this file, with {} for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Mistake":
            given = dict(zip(("what", "where", "allowed", "hint"), node.args, strict=False))
            given |= {str(one.arg): one.value for one in node.keywords}
            yield from ((part, shape_of(given[part])) for part in ("what", "hint", "allowed") if part in given)


def shape_of(text: ast.expr) -> str:
    """A text with {} for what is filled in; all of it where it is no text."""
    if isinstance(text, ast.Constant):
        return str(text.value)
    if isinstance(text, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in text.values)
    return "{}"
