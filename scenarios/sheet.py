"""One CSV or XLSX file as rows of cells, whatever its encoding, separator or author, within fixed limits."""

import csv
import io
import os
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from scenarios.errors import Mistake, shown, visible

LARGEST_FILE: Final = 5_000_000
LARGEST_UNPACKED: Final = 40_000_000
MOST_CELLS: Final = 200_000
ENTITIES: Final = tuple("<!ENTITY".encode(form) for form in ("utf-8", "utf-16-le", "utf-16-be"))
"""How XML begins to make much of little, in each form in which it may be written."""

HEADER_WITHIN: Final = 30
"""A header stands in the first 30 rows; titles and explanation may stand above it."""

ZIP: Final = b"PK\x03\x04"
OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS: Final = (";", "\t", ",")

Cell = str | float | None
Row = Sequence[Cell]
IsHeader = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as in a spreadsheet: the first is row 1, its first cell column A.

    file: the name by which the user knows it; header: position of the header row in `rows`;
    fingerprint: of the file's bytes.
    """

    file: str
    rows: list[Row]
    header: int
    fingerprint: str

    def where(self, row: int, column: int) -> str:
        """A cell as the user finds it, from positions that count from 0."""
        return f"{self.file}, row {row + 1}, column {column_letters(column)}"


def column_letters(column: int) -> str:
    """A spreadsheet's name of a column: A for 0, AA for 26."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def read_sheet(path: Path, is_header: IsHeader, layouts: str) -> Sheet:
    """The rows of a file of at most 5 MB and 200,000 cells.

    CSV: comma, semicolon or tab; UTF-8, UTF-16 with a mark, or Windows-1252. XLSX: the one sheet with a header.
    is_header tells the header row, by which the separator or the sheet is known as well; layouts says what is
    expected when no row passes. Raises Mistake when the file cannot be read as such.
    """
    file = visible(str(path))
    return sheet_of(_content(path, file), file, is_header, layouts)


def sheet_of(content: bytes, file: str, is_header: IsHeader, layouts: str) -> Sheet:
    """The rows of a file's content, as `read_sheet` reads them; file: the name by which the user knows it."""
    _refuse_size(content, file)
    read = _workbook_rows if content.startswith(ZIP) else _separated_rows
    rows = read(content, is_header, file)
    header = _header(rows, is_header)
    if header is None:
        raise Mistake(f"no header in the first {HEADER_WITHIN} rows", file, layouts)
    return Sheet(file, rows, header, sha256(content).hexdigest())


def _header(rows: Sequence[Row], is_header: IsHeader) -> int | None:
    return next((position for position, row in enumerate(rows[:HEADER_WITHIN]) if is_header(row)), None)


def _content(path: Path, file: str) -> bytes:
    if not os.path.isfile(path):  # noqa: PTH113  unlike Path.is_file, it never raises
        problem = "is no file" if os.path.lexists(path) else "does not exist"
        raise Mistake(problem, file, "a CSV or XLSX file with answers")
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Mistake(f"cannot be read ({error.strerror})", file) from error


def _refuse_size(content: bytes, file: str) -> None:
    if len(content) > LARGEST_FILE:
        raise Mistake("is larger than 5 MB", file, hint="keep only the answers, or split it into several files")
    if not content.strip():
        raise Mistake("is empty", file, "a CSV or XLSX file with answers")


def _separated_rows(content: bytes, is_header: IsHeader, file: str) -> list[Row]:
    """The rows under the separator that gives the widest header; none when no separator gives one."""
    text = _text(content, file)
    stated = {f"sep={separator}": separator for separator in SEPARATORS}
    first, _, rest = text.partition("\n")
    if separator := stated.get(first.strip("\r\n").lower()):
        return _records(rest, separator, is_header, file)
    found: list[list[Row]] = [[]]
    complaints = []
    for separator in SEPARATORS:
        try:
            found.append(_records(text, separator, is_header, file))
        except Mistake as mistake:
            complaints.append(mistake)
    widest = max(found, key=lambda rows: _width(rows, is_header))
    if complaints and not widest:
        raise complaints[0]
    return widest


def _width(rows: Sequence[Row], is_header: IsHeader) -> int:
    header = _header(rows, is_header)
    return 0 if header is None else len(rows[header])


def _text(content: bytes, file: str) -> str:
    if content.startswith(OLD_EXCEL):
        raise Mistake("is in the old Excel format or has a password", file, "CSV or XLSX", "save it as .xlsx")
    try:
        if content.startswith(UTF_16):
            return content.decode("utf-16")
        return _decoded(content)
    except UnicodeDecodeError as error:
        raise Mistake("is no text", file, "CSV in UTF-8 or Windows-1252, or XLSX") from error


def _decoded(content: bytes) -> str:
    if b"\0" in content:
        raise UnicodeDecodeError("utf-8", content[:1], 0, 1, "a zero byte")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _records(text: str, separator: str, is_header: IsHeader, file: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _bounded((list(row) for row in reader), is_header, file)
    except csv.Error as error:
        hint = "check the quotation marks"
        raise Mistake(f"line {reader.line_num} cannot be read as CSV ({error})", file, hint=hint) from error


def _bounded(rows: Iterable[Row], is_header: IsHeader, file: str) -> list[Row]:
    """The rows, none when no header comes in time; refused as soon as they are too many to be answers."""
    kept: list[Row] = []
    cells = 0
    for row in rows:
        cells += max(1, len(row))
        if cells > MOST_CELLS:
            hint = "delete empty rows and columns, or split it into several files"
            raise Mistake(f"has more than {MOST_CELLS:,} cells", file, hint=hint)
        kept.append(row)
        if len(kept) == HEADER_WITHIN and _header(kept, is_header) is None:
            return []
    return kept if _header(kept, is_header) is not None else []


def _workbook_rows(content: bytes, is_header: IsHeader, file: str) -> list[Row]:
    try:
        _refuse_bombs(content, file)
        found = {title: rows for title, rows in _sheets(content, is_header, file) if rows}
    except Mistake:
        raise
    # A damaged or hostile workbook makes openpyxl raise almost anything; to the user it is one thing.
    except Exception as error:
        raise Mistake("cannot be read as an Excel workbook", file, hint="save it anew as .xlsx or as CSV") from error
    if len(found) > 1:
        titles = ", ".join(shown(title) for title in found)
        raise Mistake(f"has several sheets with answers: {titles}", file, hint="keep one, or save each as a file")
    return next(iter(found.values()), [])


def _refuse_bombs(content: bytes, file: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise Mistake("unpacks to more than 40 MB", file, hint="keep only the answers")
        if any(_has_entities(archive.read(part)) for part in parts):
            raise Mistake("holds XML entities, which no spreadsheet program writes", file, hint="save it anew as .xlsx")


def _has_entities(xml: bytes) -> bool:
    return any(entity in xml for entity in ENTITIES)


def _sheets(content: bytes, is_header: IsHeader, file: str) -> Iterator[tuple[str, list[Row]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  slow to import, and needed for workbooks only

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions, which do not matter here
        workbook = load_workbook(io.BytesIO(content), read_only=True)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows = ([_cell(value) for value in row] for row in sheet.iter_rows(values_only=True))
            yield sheet.title, _bounded(rows, is_header, file)


def _cell(value: Any) -> Cell:
    """Numbers stay numbers; dates, formulas and whatever else become text, which is then no answer."""
    if value is None or isinstance(value, str):
        return value
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
