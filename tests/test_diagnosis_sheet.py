"""Reading CSV and XLSX files that anybody may have made, in good faith or not."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from scenarios.errors import Mistake
from scenarios.sheet import LARGEST_FILE, MOST_CELLS, Row, column_letters, read_sheet

ROWS = [["id", "naam", "één"], ["B1.01", "a, b; c", "3"]]


def is_header(row: Row) -> bool:
    """The header of these tests."""
    return "id" in row


def read(path: Path) -> list[Row]:
    """The rows of a file."""
    return read_sheet(path, is_header, "a header with id").rows


def refusal(path: Path) -> str:
    """The message with which a file is refused."""
    with pytest.raises(Mistake) as caught:
        read(path)
    return str(caught.value)


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets."""
    book = Workbook()
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(path)
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_separator_and_encoding_reads_alike(tmp_path: Path, separator: str, encoding: str) -> None:
    """What Excel and its likes write on any computer gives the same cells."""
    path = tmp_path / "answers.csv"
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS)
    path.write_bytes(text.encode(encoding))

    assert ROWS == read(path)


def test_a_stated_separator_counts(tmp_path: Path) -> None:
    """Excel's own first line, sep=;, is obeyed and is no row."""
    path = tmp_path / "answers.csv"
    path.write_text("sep=;\nid;a,b,c,d\nB1.01;4\n", encoding="utf-8")

    assert [["id", "a,b,c,d"], ["B1.01", "4"]] == read(path)


def test_explanation_above_the_header_may_hold_any_separator(tmp_path: Path) -> None:
    """The separator is that of the header, whatever stands above it."""
    path = tmp_path / "answers.csv"
    path.write_text("1 = no, 2 = a little, 3 = yes, 4 = very, 5 = wholly\nid;x\nB1.01;4,5\n", encoding="utf-8")

    assert ["B1.01", "4,5"] == read(path)[2]


def test_numbers_of_a_workbook_stay_numbers_and_the_rest_becomes_text(tmp_path: Path) -> None:
    """Only numbers are numbers: not true, not a formula."""
    path = workbook(tmp_path / "answers.xlsx", [["explanation"]], [["id", 4, 3.5, True, "=1+1", None]])

    assert [["id", 4.0, 3.5, "True", "=1+1"]] == [row[:5] for row in read(path)]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"nothing;of;ours\n1;2;3\n", "no header in the first 30 rows. Allowed: a header with id"),
        (b'id;a\nB1.01;"4\n', "line 2 cannot be read as CSV"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "old Excel format or has a password"),
        (b"id;a\0\n", "is no text"),
        (b"id;\x81\x8d\n", "is no text"),
        (b"PK\x03\x04 torn", "cannot be read as an Excel workbook"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    """Each kind of unreadable file has its own message, which names the file."""
    path = tmp_path / "answers.csv"
    path.write_bytes(content)

    message = refusal(path)

    assert says in message
    assert message.startswith(str(path))
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """Neither is a file with answers."""
    assert "does not exist" in refusal(tmp_path / "none.csv")
    assert "is no file" in refusal(tmp_path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """Above 5 MB nothing can be answers."""
    path = tmp_path / "answers.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)

    assert "is larger than 5 MB" in refusal(path)


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    """A small file may still hold more cells than any answers."""
    path = tmp_path / "answers.csv"
    path.write_text("id;a\n" + ";" * MOST_CELLS, encoding="utf-8")

    assert "has more than 200,000 cells" in refusal(path)


def test_a_workbook_that_claims_endless_rows_is_refused(tmp_path: Path) -> None:
    """One cell in the last row of a sheet stands for a million empty ones."""
    book = Workbook()
    book.worksheets[0]["A1"] = "id"
    book.worksheets[0]["A1048576"] = "B1.01"
    path = tmp_path / "answers.xlsx"
    book.save(path)

    assert "has more than 200,000 cells" in refusal(path)


def zipped(path: Path, part: str, content: bytes) -> Path:
    """A good workbook in which one part was replaced."""
    workbook(path, [["id", "a"], ["B1.01", 4]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, old in parts.items():
            archive.writestr(name, content if name == part else old)
    return path


@pytest.mark.parametrize("claimed", [b"A1", b"A1:XFD1048576"])
def test_what_a_sheet_claims_to_hold_does_not_matter(tmp_path: Path, claimed: bytes) -> None:
    """Some programs write a wrong size into the file; cells are neither lost nor made up."""
    path = workbook(tmp_path / "answers.xlsx", [["id", "a"], ["B1.01", 4]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    changed = sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="' + claimed + b'"')

    assert changed != sheet
    assert [["id", "a"], ["B1.01", 4.0]] == read(zipped(path, "xl/worksheets/sheet1.xml", changed))


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    """A workbook of some kilobytes that would fill the memory."""
    path = zipped(tmp_path / "answers.xlsx", "xl/worksheets/sheet1.xml", b" " * 41_000_000)

    assert "unpacks to more than 40 MB" in refusal(path)


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    """They are the other way to let a small file grow without end."""
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'

    assert "holds XML entities" in refusal(zipped(tmp_path / "answers.xlsx", "xl/workbook.xml", bomb))


@settings(max_examples=40)
@given(where=st.integers(0, 4000), what=st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_never_gives_anything_but_rows_or_a_mistake(
    tmp_path_factory: pytest.TempPathFactory, where: int, what: bytes
) -> None:
    """Whatever bytes went wrong, the user gets one sentence."""
    path = workbook(tmp_path_factory.mktemp("damaged") / "answers.xlsx", [["id", "a"], ["B1.01", 4]])
    content = bytearray(path.read_bytes())
    content[where : where + len(what)] = what
    path.write_bytes(content)

    try:
        rows = read(path)
    except Mistake as mistake:
        assert "\n" not in str(mistake)  # noqa: PT017  either outcome is right
    else:
        assert rows


def test_answers_on_several_sheets_are_refused_rather_than_half_read(tmp_path: Path) -> None:
    """Which sheet is meant is the user's to say."""
    rows: list[list[Any]] = [["id", "a"], ["B1.01", 4]]

    assert "several sheets with answers: 'Sheet1', 'Sheet2'" in refusal(workbook(tmp_path / "a.xlsx", rows, rows))


def test_a_sheet_without_a_header_does_not_matter(tmp_path: Path) -> None:
    """Instructions beside the answers may be as long as they like."""
    path = workbook(tmp_path / "a.xlsx", [["words"]] * 40, [["id", "a"], ["B1.01", 4]])

    assert [["id", "a"], ["B1.01", 4.0]] == read(path)


@given(st.integers(0, 16383))
def test_columns_are_named_as_in_a_spreadsheet(column: int) -> None:
    """A, Z, AA … as openpyxl names them, which counts from 1."""
    assert get_column_letter(column + 1) == column_letters(column)


def test_bytes_of_a_workbook_count_not_its_name(tmp_path: Path) -> None:
    """A workbook saved under .csv is still a workbook."""
    path = workbook(tmp_path / "answers.xlsx", [["id", "a"], ["B1.01", 4]])
    renamed = path.rename(tmp_path / "answers.csv")

    assert ["B1.01", 4.0] == read(renamed)[1]
    assert zipfile.is_zipfile(io.BytesIO(renamed.read_bytes()))
