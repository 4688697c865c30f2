"""Figures from a table, in whatever spreadsheet it was made, or from Python."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from experiments.calibration.figures import YEAR, Figure, checked_figure, figure_name
from scenarios.errors import Mistake, did_you_mean, one_mistake, shown
from scenarios.sheet import Row, Sheet, read_sheet

COLUMNS: Final[Mapping[str, str]] = {
    "indicator": "indicator",
    "figure": "indicator",
    "name": "indicator",
    "cijfer": "indicator",
    "naam": "indicator",
    "value": "value",
    "waarde": "value",
    "plus_minus": "plus_minus",
    "marge": "plus_minus",
    "low": "low",
    "laag": "low",
    "high": "high",
    "hoog": "high",
    "weeks": "weeks",
    "weken": "weeks",
}
LAYOUT: Final = "a header with the columns indicator and value, and perhaps plus_minus, or low and high, or weeks"
A_FILE: Final = "a CSV or XLSX file with figures"
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,15})?([eE][+-]?[0-9]{1,2})?")
MOST_WEEKS: Final = 520


def read_figures(source: str | Path | Mapping[str, Any]) -> tuple[Figure, ...]:
    """The figures of a CSV or XLSX file, or of a mapping: {"churn": 0.18, "nps": (12, 5)}, value and plus or minus.

    A file has one row a figure; comma, semicolon or tab, decimal point or comma, percentages with their sign.
    Raises Mistake, with file and row, for what cannot be read or cannot be.
    """
    if isinstance(source, Mapping):
        return _distinct([_from_pair(name, given) for name, given in source.items()], "figures")
    return _rows(_table(Path(source)))


def _table(path: Path) -> Sheet:
    """The rows of a file, in whose mistakes it is figures that are missed."""
    try:
        return read_sheet(path, _is_header, LAYOUT)
    except Mistake as mistake:
        allowed = A_FILE if "answers" in mistake.allowed else mistake.allowed
        hint = mistake.hint.replace("answers", "figures")
        raise Mistake(mistake.what.replace("answers", "figures"), mistake.where, allowed, hint) from None


def _from_pair(name: str, given: Any) -> Figure:
    where = f"figures, {shown(name)}"
    pair = given if isinstance(given, (tuple, list)) else (given,)
    if len(pair) not in {1, 2} or not all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in pair):
        raise Mistake("must be a number, or a number and how far the truth may lie from it", where)
    room = float(pair[1]) if len(pair) == 2 else None
    return checked_figure(Figure(figure_name(name, "figures"), float(pair[0]), room, room), "figures")


def _is_header(row: Row) -> bool:
    named = {_column(cell) for cell in row}
    return {"indicator", "value"} <= named


def _column(cell: object) -> str | None:
    return COLUMNS.get("_".join(str(cell or "").strip().lower().replace("±", "plus_minus").split()).replace("-", "_"))


def _rows(sheet: Sheet) -> tuple[Figure, ...]:
    heads = _heads(sheet)
    found: list[Figure] = []
    mistakes: list[Mistake] = []
    for row in range(sheet.header + 1, len(sheet.rows)):
        cells = {name: text_of(sheet.rows[row], place) for name, place in heads.items()}
        if not any(cells.values()):
            continue
        try:
            found.append(_figure(cells, f"{sheet.file}, row {row + 1}"))
        except Mistake as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise one_mistake(mistakes)
    return _distinct(found, sheet.file)


def _heads(sheet: Sheet) -> dict[str, int]:
    """Where each column stands. Raises Mistake for a column that means nothing, or that stands twice."""
    heads: dict[str, int] = {}
    for place, cell in enumerate(sheet.rows[sheet.header]):
        word, column = str(cell or "").strip(), _column(cell)
        if column in heads:
            raise Mistake(f"has two columns for {column}", sheet.where(sheet.header, place))
        if word and column is None:
            hint = did_you_mean(word, COLUMNS) or "leave other columns out"
            raise Mistake(f"column {shown(word)} means nothing here", sheet.file, ", ".join(_OWN), hint)
        if column is not None:
            heads[column] = place
    return heads


_OWN: Final = tuple(dict.fromkeys(COLUMNS.values()))


def text_of(row: Row, place: int) -> str:
    """What stands in a cell, as text; empty where the row is too short."""
    cell = row[place] if place < len(row) else None
    return f"{cell:.15g}" if isinstance(cell, float) else str(cell or "").strip()


def _figure(cells: Mapping[str, str], where: str) -> Figure:
    name = figure_name(cells["indicator"], where)
    numbers = {
        column: number(cells[column], f"{where}, {column}")
        for column in ("value", "plus_minus", "low", "high", "weeks")
        if cells.get(column)
    }
    if "value" not in numbers and not {"low", "high"} <= numbers.keys():
        raise Mistake("has no value", f"{where}, {name}", "a number, such as 0.18, 0,18 or 18%")
    if "plus_minus" in numbers and {"low", "high"} & numbers.keys():
        raise Mistake("has both plus_minus and low or high", f"{where}, {name}", hint="give one of the two")
    wanted = numbers.get("value", 0.5 * (numbers.get("low", 0.0) + numbers.get("high", 0.0)))
    below, above = _room(numbers, wanted)
    return checked_figure(Figure(name, wanted, below, above, _weeks(numbers, where)), where)


def _room(numbers: Mapping[str, float], wanted: float) -> tuple[float | None, float | None]:
    """How far the truth may lie below and above; a side that is not told is as wide as the other."""
    room = numbers.get("plus_minus")
    below = wanted - numbers["low"] if "low" in numbers else room
    above = numbers["high"] - wanted if "high" in numbers else room
    return (above if below is None else below), (below if above is None else above)


def _weeks(numbers: Mapping[str, float], where: str) -> int:
    weeks = numbers.get("weeks", YEAR)
    if not (1 <= weeks <= MOST_WEEKS and weeks == int(weeks)):
        raise Mistake(f"must be a whole number from 1 to {MOST_WEEKS}", f"{where}, weeks = {weeks:g}")
    return int(weeks)


def number(text: str, where: str) -> float:
    """The number that a cell holds: 0.18, 0,18 or 18%. Raises Mistake for what is none."""
    plain = text.replace("€", "").replace("\N{MINUS SIGN}", "-").strip()
    is_percentage = plain.endswith("%")
    digits = plain.removesuffix("%").strip()
    if not NUMBER.fullmatch(digits):
        raise Mistake(f"{shown(text)} is no number", where, "a number, such as 0.18, 0,18 or 18%")
    found = float(digits.replace(",", "."))
    return float(f"{found / 100.0:.12g}") if is_percentage else found


def _distinct(figures: Sequence[Figure], where: str) -> tuple[Figure, ...]:
    names = [figure.name for figure in figures]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise Mistake(f"gives {shown(twice)} twice", where, hint="keep one of the two")
    if not figures:
        raise Mistake("has a header, but no figures", where, LAYOUT)
    return tuple(figures)
