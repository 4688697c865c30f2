"""The two layouts of an answers file: a form, with one row a statement, and a survey, with one row a respondent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from scenarios.answer_cells import answer, known_id, name, plain, seems_id, statement_id
from scenarios.errors import Mistake, shown
from scenarios.sheet import Cell, Row, Sheet

LAYOUTS: Final = (
    "one row a statement, with a column 'id' (B1.01 to B9.11), a column for each respondent and perhaps a row 'role'; "
    "or one row a respondent, with columns B1.01 to B9.11 and perhaps 'respondent' and 'role'. "
    "'effectchain diagnose template' writes a file to fill in"
)

ID: Final = "id"
FORM_WORDS: Final = frozenset({ID, "block", "bouwsteen", "statement", "stelling", "aspect"})
RESPONDENT: Final = "respondent"
RESPONDENT_WORDS: Final = frozenset({RESPONDENT, "name", "naam"})
ROLE: Final = "role"
ROLE_WORDS: Final = frozenset({ROLE, "rol"})


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's answers: statement id to 1 … 5, without those not given; label and role as given, or empty.

    place: file and column or row, for messages.
    """

    answers: Mapping[str, float]
    label: str
    role: str
    place: str


def is_header(row: Row) -> bool:
    """Whether this row can be the header of a form or of a survey."""
    return _is_survey(row) or any(plain(cell).casefold() == ID for cell in row)


def respondents_in(sheet: Sheet) -> list[Respondent]:
    """All respondents of the file, also those who answered nothing. Raises Mistake at the first thing amiss."""
    _refuse_cells_without_header(sheet)
    return _survey(sheet) if _is_survey(sheet.rows[sheet.header]) else _form(sheet)


def unused_columns(sheet: Sheet) -> list[str]:
    """The headers of a survey's columns that are neither statements nor about the respondent."""
    header = [plain(cell) for cell in sheet.rows[sheet.header]]
    return [word for word in header if word and not _survey_column(word, "")] if _is_survey(header) else []


def _is_survey(row: Row) -> bool:
    return sum(statement_id(cell) is not None for cell in row) > 1


def _form(sheet: Sheet) -> list[Respondent]:
    header = [plain(cell) for cell in sheet.rows[sheet.header]]
    columns = [column for column, word in enumerate(header) if word and word.casefold() not in FORM_WORDS]
    if not columns:
        raise Mistake("the header has no column for a respondent", f"{sheet.file}, row {sheet.header + 1}", LAYOUTS)
    rows = _form_rows(sheet, [word.casefold() for word in header].index(ID))
    role_row = rows.pop(ROLE, None)
    return [_form_respondent(sheet, column, rows, role_row) for column in columns]


def _form_rows(sheet: Sheet, id_column: int) -> dict[str, int]:
    """Where each statement and the roles stand."""
    rows: dict[str, int] = {}
    for position, row in _rows_below_header(sheet):
        word = plain(_at(row, id_column))
        if known := _form_row(word, sheet.where(position, id_column), holds_answers=_holds_answers(sheet, row)):
            _refuse_repeated(known, rows, sheet.where(position, id_column))
            rows[known] = position
    return rows


def _form_row(word: str, where: str, *, holds_answers: bool) -> str:
    """What stands in this row: a statement, the roles, or, as in a heading, nothing."""
    if word.casefold() in ROLE_WORDS:
        return ROLE
    return known_id(word, where) if holds_answers or seems_id(word) else ""


def _form_respondent(sheet: Sheet, column: int, rows: Mapping[str, int], role_row: int | None) -> Respondent:
    place = sheet.where(sheet.header, column)
    label = name(sheet.rows[sheet.header][column], place)
    answers = _answers({statement: (row, column) for statement, row in rows.items()}, sheet)
    return Respondent(answers, label, "" if role_row is None else _name_at(sheet, role_row, column), place)


def _survey(sheet: Sheet) -> list[Respondent]:
    columns = _survey_columns(sheet)
    label, role = columns.pop(RESPONDENT, None), columns.pop(ROLE, None)
    return [
        _survey_respondent(sheet, position, columns, label, role)
        for position, row in _rows_below_header(sheet)
        if any(plain(cell) for cell in row)
    ]


def _survey_columns(sheet: Sheet) -> dict[str, int]:
    """Where each statement, the respondent's name and the role stand."""
    columns: dict[str, int] = {}
    for column, cell in enumerate(sheet.rows[sheet.header]):
        where = sheet.where(sheet.header, column)
        if known := _survey_column(plain(cell), where):
            _refuse_repeated(known, columns, where)
            columns[known] = column
    return columns


def _survey_column(word: str, where: str) -> str:
    if word.casefold() in RESPONDENT_WORDS:
        return RESPONDENT
    if word.casefold() in ROLE_WORDS:
        return ROLE
    return known_id(word, where) if seems_id(word) else ""


def _survey_respondent(
    sheet: Sheet, row: int, columns: Mapping[str, int], label: int | None, role: int | None
) -> Respondent:
    answers = _answers({statement: (row, column) for statement, column in columns.items()}, sheet)
    called, has_role = ("" if column is None else _name_at(sheet, row, column) for column in (label, role))
    return Respondent(answers, called, has_role, f"{sheet.file}, row {row + 1}")


def _answers(places: Mapping[str, tuple[int, int]], sheet: Sheet) -> dict[str, float]:
    """Statement to answer, from where each stands, without those not given."""
    given = {
        statement: answer(_at(sheet.rows[row], column), f"{sheet.where(row, column)} ({statement})")
        for statement, (row, column) in places.items()
    }
    return {statement: value for statement, value in given.items() if value is not None}


def _name_at(sheet: Sheet, row: int, column: int) -> str:
    return name(_at(sheet.rows[row], column), sheet.where(row, column))


def _rows_below_header(sheet: Sheet) -> Iterator[tuple[int, Row]]:
    below = range(sheet.header + 1, len(sheet.rows))
    return ((position, sheet.rows[position]) for position in below)


def _refuse_cells_without_header(sheet: Sheet) -> None:
    header = sheet.rows[sheet.header]
    for position, row in _rows_below_header(sheet):
        for column, cell in enumerate(row):
            if plain(cell) and not plain(_at(header, column)):
                hint = "name the column, or put a decimal comma between quotation marks"
                what = f"{shown(plain(cell))} stands in a column without a header"
                raise Mistake(what, sheet.where(position, column), hint=hint)


def _holds_answers(sheet: Sheet, row: Row) -> bool:
    header = sheet.rows[sheet.header]
    return any(plain(cell) and plain(_at(header, place)).casefold() not in FORM_WORDS for place, cell in enumerate(row))


def _at(row: Row, column: int) -> Cell:
    return row[column] if column < len(row) else None


def _refuse_repeated(word: str, seen: Mapping[str, int], where: str) -> None:
    if word in seen:
        raise Mistake(f"'{word}' stands there for the second time", where, hint="keep one of them")
