"""What one cell of an answers file says: a statement's id, an answer, a name."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from scenarios.errors import UNSAFE_CATEGORIES, Mistake, shown
from scenarios.sheet import Cell
from scenarios.statements import HIGHEST, LANGUAGES, LOWEST, questionnaire

ALLOWED: Final = "a number from 1 to 5, such as 4 or 3,5, or an empty cell for no answer"
LONGEST_NAME: Final = 80

NO_ANSWER: Final = frozenset({"", "-", "?", "n/a", "na", "n.v.t.", "nvt", "no answer", "geen antwoord"})
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,6}([.,][0-9]{0,12})?")
STATEMENT_ID: Final = re.compile(r"[\[(\"']?(B[0-9])[._-]([0-9]{2})(?![0-9])", re.IGNORECASE)
LIKE_AN_ID: Final = re.compile(r"B\W?([0-9]{1,2})[\W_]?([0-9]{1,3})", re.IGNORECASE)
PLACEHOLDER: Final = re.compile(r"(respondent|answers?|antwoord(en)?)( ?[0-9]+)?", re.IGNORECASE)
"""Headers left as the template has them name nobody."""


def plain(cell: Cell) -> str:
    """The cell in plain words: without hidden signs, on one line, composed as typed."""
    if isinstance(cell, float):
        return f"{cell:.15g}"  # all digits of a personnel number, and no more than spreadsheets keep
    signs = (" " if unicodedata.category(sign) in UNSAFE_CATEGORIES else sign for sign in cell or "")
    return unicodedata.normalize("NFC", " ".join("".join(signs).split()))


def statement_id(cell: Cell) -> str | None:
    """The id with which a header or a row begins, known or not; the statement itself may follow."""
    match = STATEMENT_ID.match(plain(cell))
    return f"{match[1].upper()}.{match[2]}" if match else None


def seems_id(word: str) -> bool:
    """Whether this must have been meant as a statement's id."""
    return statement_id(word) is not None or LIKE_AN_ID.fullmatch(word) is not None


def known_id(word: str, where: str) -> str:
    """The statement's id, in one spelling. Raises Mistake, with the nearest one, when there is no such statement."""
    statement = statement_id(word)
    if statement in _known_ids():
        return statement
    nearest = _nearest_id(word)
    hint = f"did you mean '{nearest}'?" if nearest else ""
    what = f"{shown(word)} is no statement" if word else "there are answers in a row without a statement's id"
    raise Mistake(what, where, "B1.01 to B1.11, and so on to B9.11", hint)


def answer(cell: Cell, where: str) -> float | None:
    """An answer from 1 to 5, None where none was given. Raises Mistake for anything else."""
    text = plain(cell)
    value = cell if isinstance(cell, float) else _number(text)
    if value is None or LOWEST <= value <= HIGHEST:
        return value
    hint = "replace the formula by its value" if text.startswith("=") else ""
    raise Mistake(f"{shown(text)} is not an answer", where, ALLOWED, hint)


def name(cell: Cell, where: str) -> str:
    """The name of a respondent or a role, empty where none was given. Raises Mistake when it is too long."""
    text = plain(cell)
    if len(text) > LONGEST_NAME:
        raise Mistake(f"{shown(text)} is too long a name", where, f"at most {LONGEST_NAME} characters")
    return "" if PLACEHOLDER.fullmatch(text) else text


@cache
def _known_ids() -> frozenset[str]:
    return frozenset(statement.id for statement in questionnaire().statements)


def _nearest_id(word: str) -> str:
    if (match := LIKE_AN_ID.match(word)) and (padded := f"B{int(match[1])}.{int(match[2]):02}") in _known_ids():
        return padded
    near = get_close_matches(word[:LONGEST_NAME].upper(), sorted(_known_ids()), n=1)
    return near[0] if near else ""


def _number(text: str) -> float | None:
    """The answer that the text stands for; None for no answer, NaN for what is none."""
    if text.casefold() in NO_ANSWER:
        return None
    if NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return _scale().get(text.casefold(), float("nan"))


@cache
def _scale() -> Mapping[str, float]:
    """What survey tools export in place of a number."""
    texts = (questionnaire().scale(language) for language in LANGUAGES)
    return {label.casefold(): float(value) for scale in texts for value, label in enumerate(scale, LOWEST)}
