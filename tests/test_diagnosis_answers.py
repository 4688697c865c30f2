"""From files with answers to respondents: both layouts, both languages, and every mistake."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from scenarios.answers import Answers, read_answers
from scenarios.errors import Mistake, shown
from scenarios.statements import HIGHEST, LANGUAGES, LOWEST, Language, questionnaire
from tests.diagnosis_forms import IDS, Person, form_csv, form_xlsx, same, survey_csv

ANNA = Person(same(4), "Anna", "leader")
BORIS = Person(same(2, IDS[:50]) | same(3.5, IDS[50:60]), "Boris")


def people(answers: Answers) -> list[Person]:
    """What was read, without where it stood."""
    return [Person(dict(each.answers), each.label, each.role) for each in answers.respondents]


def text_file(path: Path, text: str) -> Path:
    """A CSV file with this text."""
    path.write_text(text, encoding="utf-8")
    return path


def refusal(*paths: Path) -> str:
    """The message with which these files are refused."""
    with pytest.raises(Mistake) as caught:
        read_answers(paths)
    return str(caught.value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("separator", "decimal"), [(",", "."), (";", ","), ("\t", ","), (",", ",")])
def test_a_filled_in_csv_form_is_read_back(tmp_path: Path, language: Language, separator: str, decimal: str) -> None:
    """Whatever the separator, decimal sign and language, everybody's answers, name and role arrive."""
    path = form_csv(tmp_path / "a.csv", [ANNA, BORIS], language, separator, decimal)

    assert [ANNA, BORIS] == people(read_answers([path]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_in_workbook_is_read_back(tmp_path: Path, language: Language) -> None:
    """The same for XLSX."""
    assert [ANNA, BORIS] == people(read_answers([form_xlsx(tmp_path / "a.xlsx", [ANNA, BORIS], language)]))


def test_a_survey_export_is_read_and_says_what_it_did_not_use(tmp_path: Path) -> None:
    """One row a respondent gives the same as the form; other columns are named, not silently dropped."""
    answers = read_answers([survey_csv(tmp_path / "a.csv", [ANNA, BORIS])])

    assert [ANNA, BORIS] == people(answers)
    assert ["note_ignored"] == [remark.word for remark in answers.remarks]
    assert "'Timestamp'" == answers.remarks[0].values["columns"]


def test_one_file_a_respondent_needs_no_names(tmp_path: Path) -> None:
    """Two people who left 'respondent 1' as it was are two anonymous respondents, in the order of the files."""
    first = form_csv(tmp_path / "a.csv", [Person(same(4))])
    second = form_xlsx(tmp_path / "b.xlsx", [Person(same(2))], "nl")

    assert [Person(same(4)), Person(same(2))] == people(read_answers([first, second]))


def test_who_answered_nothing_is_left_out_and_counted(tmp_path: Path) -> None:
    """Empty columns of a form made for ten people are no respondents, and no secret."""
    answers = read_answers([form_csv(tmp_path / "a.csv", [ANNA, Person(), Person()])])

    assert [ANNA] == people(answers)
    assert [("note_without_answers", 2)] == [(remark.word, remark.values["count"]) for remark in answers.remarks]


def test_old_windows_files_keep_their_accents(tmp_path: Path) -> None:
    """Windows-1252, as older Excel saves CSV."""
    path = form_csv(tmp_path / "a.csv", [Person(same(4), "Zoë", "één")], "nl", ";")
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("cp1252"))

    assert [Person(same(4), "Zoë", "één")] == people(read_answers([path]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_the_scale_count_as_answers(tmp_path: Path, language: Language) -> None:
    """Survey tools that export 'largely true of us' instead of 4 are understood in both languages."""
    scale = questionnaire().scale(language)
    text = "B1.01,B1.02,B1.03,B1.04,B1.05\n" + ",".join(label.upper() for label in scale)
    (person,) = people(read_answers([text_file(tmp_path / "a.csv", text)]))

    assert {f"B1.{value:02}": value for value in range(LOWEST, 6)} == person.answers


def test_ids_may_be_followed_by_the_statement(tmp_path: Path) -> None:
    """Headers as survey tools make them, in any capitals."""
    text = "[B1.01] It is so.,b1-02: And so,b9_11\n1,2,3\n"
    (person,) = people(read_answers([text_file(tmp_path / "a.csv", text)]))

    assert {"B1.01": 1, "B1.02": 2, "B9.11": 3} == person.answers


@pytest.mark.parametrize("empty", ["", " ", "-", "?", "n/a", "N.v.t.", "geen antwoord"])
def test_ways_to_say_nothing(tmp_path: Path, empty: str) -> None:
    """No answer is no answer, and never a 0 or a 3."""
    (person,) = people(read_answers([text_file(tmp_path / "a.csv", f"id;x\nB1.01;{empty}\nB1.02;3,5")]))

    assert {"B1.02": 3.5} == person.answers


@pytest.mark.parametrize(
    "wrong", ["7", "0", "5,01", "0.99", "-1", "nan", "inf", "1e0", "4 5", "yes", "2026-05-03", "٣", "1" * 400]
)
def test_an_answer_off_the_scale_names_its_place(tmp_path: Path, wrong: str) -> None:
    """File, row, column, statement, the value as given, and what is allowed."""
    path = text_file(tmp_path / "a.csv", f"title\nid;Anna;Boris\nB1.01;4;4\nB1.02;4;{wrong}\n")

    assert (
        f"{path}, row 4, column C (B1.02): {shown(wrong)} is not an answer. "
        "Allowed: a number from 1 to 5, such as 4 or 3,5, or an empty cell for no answer"
    ) == refusal(path)


def test_an_unfinished_formula_has_a_remedy(tmp_path: Path) -> None:
    """What a formula would give is not in the file, so it cannot be an answer."""
    path = text_file(tmp_path / "a.csv", "id;Anna\nB1.01;=B2\n")

    assert "'=B2' is not an answer; replace the formula by its value" in refusal(path)


@pytest.mark.parametrize(
    ("word", "nearest"), [("B1.1", "B1.01"), ("B1.12", "B1.11"), ("B101", "B1.01"), ("B0.03", "B9.03"), ("B10.01", "")]
)
@pytest.mark.parametrize("layout", ["id;Anna\nB2.01;4\n{};4\n", "B2.01;B2.02;{}\n4;4;4\n"])
def test_an_unknown_statement_is_refused_with_the_nearest(tmp_path: Path, word: str, nearest: str, layout: str) -> None:
    """In both layouts; answers to statements that do not exist are never dropped."""
    message = refusal(text_file(tmp_path / "a.csv", layout.format(word)))

    assert f"'{word}' is no statement" in message
    assert (f"did you mean '{nearest}'?" if nearest else "Allowed: B1.01 to B1.11") in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id;Anna\n", "has a header, but no answers"),
        ("id;Anna\nB1.01;\n", "has a header, but no answers; fill in at least one column or row"),
        ("B1.01;B1.02\n", "has a header, but no answers"),
        ("id;block;statement\nB1.01;x;y\n", "row 1: the header has no column for a respondent"),
        ("id;Anna\nB1.01;4\nB1.01;5\n", "row 3, column A: 'B1.01' stands there for the second time"),
        ("B1.01;B1.02;B1.01\n4;4;4\n", "row 1, column C: 'B1.01' stands there for the second time"),
        ("id;Anna\n;4\n", "row 2, column A: there are answers in a row without a statement's id"),
        ("id,Anna\nB1.01,3,5\n", "row 2, column C: '5' stands in a column without a header; name the column"),
        ("id;Anna;anna\nB1.01;4;4\n", "column C: 'anna' answered already in"),
        ("respondent;B1.01;B1.02\nAnna;4;4\nAnna;5;5\n", "row 3: 'Anna' answered already in"),
        (f"id;{'A' * 81}\nB1.01;4\n", "is too long a name. Allowed: at most 80 characters"),
        ("just;some;table\n1;2;3\n", "no header in the first 30 rows. Allowed: one row a statement"),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, text: str, says: str) -> None:
    """What is wrong, where, and what to do."""
    message = refusal(text_file(tmp_path / "a.csv", text))

    assert says in message
    assert "\n" not in message


def test_headings_between_the_statements_do_no_harm(tmp_path: Path) -> None:
    """Rows without answers that a user added for reading."""
    text = "id;statement;Anna\nUnderstanding customers;;\n;;\nB1.01;x;4\nthat is all;;\n"
    (person,) = people(read_answers([text_file(tmp_path / "a.csv", text)]))

    assert {"B1.01": 4} == person.answers


def test_personnel_numbers_are_kept_to_the_last_digit(tmp_path: Path) -> None:
    """A spreadsheet keeps them as numbers; two that differ in the last digit only are two people."""
    workbook = Workbook()
    for row in (["respondent", *IDS], [1234567, *([3] * len(IDS))], [1234568, *([4] * len(IDS))]):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "a.xlsx")

    assert ["1234567", "1234568"] == [one.label for one in people(read_answers([tmp_path / "a.xlsx"]))]


def test_a_respondent_in_two_files_is_refused(tmp_path: Path) -> None:
    """Nobody counts twice."""
    first = form_csv(tmp_path / "a.csv", [ANNA])
    second = form_csv(tmp_path / "b.csv", [Person(same(3), "ANNA")])

    assert "'ANNA' answered already in" in refusal(first, second)


def test_a_file_named_twice_is_refused_and_a_copy_is_remarked(tmp_path: Path) -> None:
    """The same file cannot be meant twice; equal files may be two people who agree, and are pointed out."""
    path = form_csv(tmp_path / "a.csv", [Person(same(4))])
    copy = tmp_path / "b.csv"
    copy.write_bytes(path.read_bytes())

    assert "is named twice" in refusal(path, tmp_path / "." / "a.csv")
    assert ["note_alike"] == [remark.word for remark in read_answers([path, copy]).remarks]


def test_hidden_signs_in_names_and_messages_do_not_reach_the_terminal(tmp_path: Path) -> None:
    """Escape sequences and reversed writing are taken out of names and shown as codes in messages."""
    hostile = "An\x1b[31mna\u202e"
    good = text_file(tmp_path / "a.csv", f"id;{hostile}\nB1.01;4\n")
    bad = text_file(tmp_path / "b.csv", f"id;Anna\nB1.01;{hostile}\n")

    assert ["An [31mna"] == [respondent.label for respondent in read_answers([good]).respondents]
    assert not any(sign in refusal(bad) for sign in "\x1b\u202e")


HEADS = st.sampled_from(["id", "B1.01", "B1.02", "B9.12", "role", "respondent", "Anna", "", "block", "=1", "\x1b[1m"])
CELLS = st.one_of(HEADS, st.sampled_from(["4", "3,5", "7", '"', "'", "geldt deels voor ons"]), st.text(max_size=5))


@settings(max_examples=150)
@given(
    st.lists(HEADS, min_size=1, max_size=5), st.lists(st.lists(CELLS, max_size=6), max_size=5), st.sampled_from(";,")
)
def test_whatever_a_file_says_it_is_answers_or_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], rows: list[list[str]], separator: str
) -> None:
    """Any cells in any order: every answer that comes out is a known statement's, from 1 to 5; the rest is refused."""
    path = tmp_path_factory.getbasetemp() / "whatever.csv"
    lines = (separator.join(row) for row in (header, *rows))
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")

    try:
        answers = read_answers([path])
    except Mistake as mistake:
        assert len(str(mistake).splitlines()) == 1  # noqa: PT017  either outcome is right
    else:
        for respondent in answers.respondents:
            assert set(IDS) >= respondent.answers.keys()
            assert all(LOWEST <= value <= HIGHEST for value in respondent.answers.values())
