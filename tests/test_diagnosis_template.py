"""The file to fill in, as a spreadsheet program and its user meet it."""

import csv
import io

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from scenarios.statements import LANGUAGES, Language, questionnaire, words
from scenarios.template import csv_template, xlsx_template
from tests.diagnosis_forms import IDS


def rows_of(content: bytes, separator: str) -> list[list[str]]:
    """The rows of a CSV template."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=separator))


def workbook_of(language: Language, respondents: int) -> Workbook:
    """The workbook as a user opens it."""
    return load_workbook(io.BytesIO(xlsx_template(language, respondents)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_row_a_statement_in_the_chosen_language(language: Language) -> None:
    """Id, block and text of all 99, below a header and a row for roles."""
    rows = rows_of(csv_template(language, 2, ";"), ";")
    header, roles, *statements = rows[3:]

    assert [words(language)[word] for word in ("id", "block", "statement")] == header[:3]
    assert ["respondent 1", "respondent 2"] == header[3:]
    assert words(language)["role"] == roles[0]
    assert list(IDS) == [row[0] for row in statements]
    assert [each.text(language) for each in questionnaire().statements] == [row[2] for row in statements]
    assert {("", "")} == {tuple(row[3:]) for row in statements}


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_files_say_what_the_outcome_is_not(language: Language) -> None:
    """The caveat and the scale stand above the statements."""
    text = csv_template(language, 1, ",").decode("utf-8-sig")
    sheet = workbook_of(language, 1).worksheets[0]

    assert words(language)["caveat"] in text
    assert words(language)["caveat"] == sheet["A3"].value
    for label in questionnaire().scale(language):
        assert label in text
        assert label in sheet["A2"].value


def test_csv_opens_with_a_double_click() -> None:
    """A byte order mark and Windows line ends, the chosen separator, and no cell that would be computed."""
    content = csv_template("nl", 1, ";")

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows_of(content, ";") for cell in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_checks_answers_and_roles_while_typing(language: Language) -> None:
    """1 to 5 or nothing for every statement and respondent; roles are suggested, others allowed."""
    rules = {str(rule.sqref): rule for rule in workbook_of(language, 3).worksheets[0].data_validations.dataValidation}
    answers, roles = rules["D6:F104"], rules["D5:F5"]

    assert ('"1,2,3,4,5"', True, True) == (answers.formula1, answers.showErrorMessage, answers.allow_blank)
    assert words(language)["role_examples"] == roles.formula1.strip('"')
    assert not roles.showErrorMessage
    for rule in (answers, roles):
        assert len(rule.promptTitle) <= 32  # what Excel can show; it repairs a file with more
        assert len(rule.prompt) <= 255


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_keeps_its_header_in_view_and_has_instructions(language: Language) -> None:
    """Header and statements stay while scrolling; the second sheet explains, with the scale and the caveat."""
    workbook = workbook_of(language, 1)
    answers, instructions = workbook.worksheets
    explained = [cell.value for (cell,) in instructions.iter_rows(max_col=1)]

    assert [words(language)["answers_sheet"], words(language)["instructions_sheet"]] == workbook.sheetnames
    assert "D5" == answers.freeze_panes
    assert "id" == answers["A4"].value
    assert words(language)["caveat"] in explained
    assert sum(any(label in str(line) for line in explained) for label in questionnaire().scale(language)) == 5
