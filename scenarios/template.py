"""Files to fill in for the self-diagnosis, as CSV and XLSX, in Dutch and English."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from scenarios.statements import HIGHEST, LOWEST, Language, questionnaire, words

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

Line = list[str]

ABOVE_HEADER: Final = 3
"""Rows of explanation: title, what to do, what the outcome is not."""
BEFORE_ANSWERS: Final = 3
"""Columns id, block and statement."""
HEADER: Final = ABOVE_HEADER + 1
FIRST_STATEMENT: Final = HEADER + 2
"""Rows as a spreadsheet counts them; between the two stands the row of roles."""

INK: Final = "FF1F2933"
HEADER_FILL: Final = "FF0B3C5D"
WHITE: Final = "FFFFFFFF"
GREY: Final = "FFEEF3F7"
ANSWER_FILL: Final = "FFFFF9E5"
LINE_COLOUR: Final = "FFC9D3DC"


def csv_template(language: Language, respondents: int, separator: str) -> bytes:
    """A form with one row a statement and an empty column for each respondent, 1 to 1000.

    UTF-8 with a byte order mark and Windows line ends, so that spreadsheet programs open it with a double click;
    they expect a semicolon where the decimal sign is a comma, as in the Netherlands.
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(_lines(language, respondents))
    return text.getvalue().encode("utf-8-sig")


def xlsx_template(language: Language, respondents: int) -> bytes:
    """The same form as a workbook: answers checked while typing, the scale in view, and a sheet of instructions."""
    from openpyxl import Workbook  # noqa: PLC0415  slow to import, and needed for workbooks only

    workbook = Workbook()
    answers = workbook.active
    answers.title = words(language)["answers_sheet"]
    for line in _lines(language, respondents):
        answers.append(line)
    _dress(answers, respondents)
    _check_while_typing(answers, language, respondents)
    _instruct(workbook.create_sheet(words(language)["instructions_sheet"]), language)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _lines(language: Language, respondents: int) -> Iterator[Line]:
    """Explanation, header, roles and 99 statements."""
    said = words(language)
    yield [said["title"]]
    yield [said["how_to_fill"].format(scale=_scale(language))]
    yield [said["caveat"]]
    names = [said["respondent"].format(number=number) for number in range(1, respondents + 1)]
    yield [said["id"], said["block"], said["statement"], *names]
    yield [said["role"], "", said["role_question"], *[""] * respondents]
    for block in questionnaire().blocks:
        for statement in block.statements:
            yield [statement.id, block.name(language), statement.text(language), *[""] * respondents]


def _scale(language: Language) -> str:
    labels = questionnaire().scale(language)
    return ", ".join(f"{value} = {label}" for value, label in enumerate(labels, LOWEST))


def _dress(sheet: "Worksheet", respondents: int) -> None:
    """Widths, colours, and what stays in view while scrolling and on every printed page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    widths = [8, 26, 78, *[14] * respondents]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = sheet.cell(HEADER + 1, BEFORE_ANSWERS + 1)
    sheet.print_title_rows = f"{HEADER}:{HEADER}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _dress_explanation(sheet)
    _dress_form(sheet, respondents)


def _dress_explanation(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    for row in range(1, ABOVE_HEADER + 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=BEFORE_ANSWERS)
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = 34
    sheet.cell(1, 1).font = Font(bold=True, size=14, color=INK)
    sheet.row_dimensions[1].height = 22


def _dress_form(sheet: "Worksheet", respondents: int) -> None:
    """One named style a cell: a form for a thousand people has a hundred thousand cells."""
    for style in _styles():
        sheet.parent.add_named_style(style)
    for row in sheet.iter_rows(min_row=HEADER, max_col=BEFORE_ANSWERS + respondents):
        said = "said" if _block_of(row[0].row) % 2 else "said on grey"
        for position, cell in enumerate(row):
            cell.style = "answer" if position >= BEFORE_ANSWERS else said
    for cell in sheet[HEADER]:
        cell.style = "header"


def _styles() -> "list[NamedStyle]":
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415

    side = Side(style="thin", color=LINE_COLOUR)
    looks: list[dict[str, Any]] = [
        {"name": "header", "fill": HEADER_FILL, "font": Font(bold=True, color=WHITE)},
        {"name": "said", "fill": WHITE, "font": Font(color=INK)},
        {"name": "said on grey", "fill": GREY, "font": Font(color=INK)},
        {"name": "answer", "fill": ANSWER_FILL, "font": Font(color=INK)},
    ]
    return [
        NamedStyle(
            **look | {"fill": PatternFill("solid", fgColor=look["fill"])},
            border=Border(bottom=side, right=side),
            alignment=Alignment("center" if look["name"] == "answer" else None, "center", wrap_text=True),
        )
        for look in looks
    ]


def _block_of(row: int) -> int:
    """The number of the block to which a row of the form belongs, counted from 0; the row of roles counts as before."""
    return (row - FIRST_STATEMENT) // len(questionnaire().blocks[0].statements)


def _check_while_typing(sheet: "Worksheet", language: Language, respondents: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    said = words(language)
    values = ",".join(str(value) for value in range(LOWEST, HIGHEST + 1))
    answer = DataValidation("list", formula1=f'"{values}"', allow_blank=True, showErrorMessage=True)
    answer.errorTitle, answer.error = said["answer_refused_title"], said["answer_refused"]
    answer.promptTitle, answer.prompt = said["answer_prompt_title"], _scale(language).replace(", ", "\n")
    role = DataValidation("list", formula1=f'"{said["role_examples"]}"', allow_blank=True, showErrorMessage=False)
    role.promptTitle, role.prompt = said["role"], said["role_prompt"]
    answer.showInputMessage = role.showInputMessage = True
    last = FIRST_STATEMENT + len(questionnaire().statements) - 1
    answer.add(_answer_cells(sheet, FIRST_STATEMENT, last, respondents))
    role.add(_answer_cells(sheet, HEADER + 1, HEADER + 1, respondents))
    for validation in (answer, role):
        sheet.add_data_validation(validation)


def _answer_cells(sheet: "Worksheet", first_row: int, last_row: int, respondents: int) -> str:
    first = sheet.cell(first_row, BEFORE_ANSWERS + 1).coordinate
    return f"{first}:{sheet.cell(last_row, BEFORE_ANSWERS + respondents).coordinate}"


def _instruct(sheet: Any, language: Language) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    said = words(language)
    sheet.column_dimensions["A"].width = 110
    scale = [f"{value} = {label}" for value, label in enumerate(questionnaire().scale(language), LOWEST)]
    for line in (said["title"], "", *said["instructions"].strip().splitlines(), "", *scale, "", said["caveat"]):
        sheet.append([line])
    for (cell,) in sheet.iter_rows(max_col=1):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14, color=INK)
