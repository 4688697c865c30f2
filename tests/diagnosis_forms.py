"""Answers files for tests: our own template filled in as a user would, and what survey tools export."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook

from scenarios.answer_layouts import Respondent
from scenarios.answers import Answers
from scenarios.statements import Language, questionnaire
from scenarios.template import csv_template, xlsx_template

IDS = tuple(statement.id for statement in questionnaire().statements)


@dataclass(frozen=True)
class Person:
    """Somebody who answers; the form keeps the template's words where nothing is given."""

    answers: Mapping[str, float] = field(default_factory=dict)
    label: str = ""
    role: str = ""


def same(value: float, ids: Iterable[str] = IDS) -> dict[str, float]:
    """One answer to all these statements."""
    return dict.fromkeys(ids, value)


def by_aspect(design: float, practice: float, effect: float) -> dict[str, float]:
    """The same answer to all statements of an aspect."""
    values = {"design": design, "practice": practice, "effect": effect}
    return {statement.id: values[statement.aspect] for statement in questionnaire().statements}


def answers_of(*people: Person) -> Answers:
    """What reading a file with these people must give."""
    return Answers(tuple(Respondent(person.answers, person.label, person.role, "") for person in people))


def form_csv(
    path: Path, people: Sequence[Person], language: Language = "en", separator: str = ",", decimal: str = "."
) -> Path:
    """The CSV template, filled in."""
    text = csv_template(language, len(people), separator).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    for row in rows[3:]:
        for column, person in enumerate(people, 3):
            row[column] = str(_filled(row, column, person)).replace(".", decimal)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


def form_xlsx(path: Path, people: Sequence[Person], language: Language = "en") -> Path:
    """The XLSX template, filled in."""
    workbook = load_workbook(io.BytesIO(xlsx_template(language, len(people))))
    sheet = workbook.worksheets[0]
    for row in sheet.iter_rows(min_row=4):
        cells = [cell.value for cell in row]
        for column, person in enumerate(people, 3):
            row[column].value = _filled(cells, column, person) or None
    workbook.save(path)
    return path


def _filled(row: Sequence[str], column: int, person: Person) -> str | float:
    if row[0] == "id":
        return person.label or row[column]
    return person.role if row[0] in {"role", "rol"} else person.answers.get(row[0], "")


def survey_csv(path: Path, people: Sequence[Person], ids: Sequence[str] = IDS) -> Path:
    """One row a respondent, as survey tools export it, with a column that is none of ours."""
    header = ["Timestamp", "respondent", "role", *ids]
    rows = [["today", person.label, person.role, *(person.answers.get(each, "") for each in ids)] for person in people]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path
