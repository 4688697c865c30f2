"""What respondents answered, read from files in either of two layouts.

Form, as `effectchain diagnose template` writes it: one row a statement, with a header that has a column `id`
(B1.01 to B9.11), perhaps `block` and `statement`, and one column a respondent; a row `role` is optional.
Survey, as survey tools export it: one row a respondent, with a header of statement ids, and perhaps the columns
`respondent` and `role`. One file may hold one respondent or many; several files are taken together.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios.answer_cells import ALLOWED
from scenarios.answer_layouts import LAYOUTS, Respondent, is_header, respondents_in, unused_columns
from scenarios.errors import Mistake, shortened, shown
from scenarios.sheet import Sheet, read_sheet, sheet_of


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the answers that a reader of the scores must know: which words, and what to fill in."""

    word: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Answers:
    """All respondents who answered anything, in the order of files and of columns or rows."""

    respondents: tuple[Respondent, ...]
    remarks: tuple[Remark, ...] = ()


def read_answers(paths: Sequence[Path]) -> Answers:
    """The respondents of all files together.

    Raises Mistake, with file, row and column, for what cannot be read, an answer outside 1 to 5, an unknown or
    repeated statement, a repeated respondent or file, and a file in which nobody answered anything.
    """
    _refuse_repeated_files(paths)
    return _answers([read_sheet(path, is_header, LAYOUTS) for path in paths])


def answers_of(contents: Mapping[str, bytes]) -> Answers:
    """The respondents of files of which there is only the content, by the name of each; as `read_answers`."""
    return _answers([sheet_of(content, shortened(name), is_header, LAYOUTS) for name, content in contents.items()])


def _answers(sheets: Sequence[Sheet]) -> Answers:
    everybody = [(sheet, respondents_in(sheet)) for sheet in sheets]
    present = [_present(sheet, respondents) for sheet, respondents in everybody]
    answers = tuple(respondent for respondents in present for respondent in respondents)
    _refuse_repeated_respondents(answers)
    return Answers(answers, (*_alike(sheets), *_left_out(everybody), *_unused(sheets)))


def _present(sheet: Sheet, respondents: Sequence[Respondent]) -> list[Respondent]:
    present = [respondent for respondent in respondents if respondent.answers]
    if not present:
        raise Mistake("has a header, but no answers", sheet.file, ALLOWED, "fill in at least one column or row")
    return present


def _left_out(everybody: Sequence[tuple[Sheet, Sequence[Respondent]]]) -> list[Remark]:
    absent = {sheet.file: sum(not respondent.answers for respondent in group) for sheet, group in everybody}
    return [Remark("note_without_answers", {"file": file, "count": count}) for file, count in absent.items() if count]


def _unused(sheets: Sequence[Sheet]) -> list[Remark]:
    unused = {sheet.file: ", ".join(shown(word) for word in unused_columns(sheet)) for sheet in sheets}
    return [Remark("note_ignored", {"file": file, "columns": columns}) for file, columns in unused.items() if columns]


def _alike(sheets: Sequence[Sheet]) -> list[Remark]:
    first: dict[str, str] = {}
    for sheet in sheets:
        first.setdefault(sheet.fingerprint, sheet.file)
    repeated = [sheet for sheet in sheets if first[sheet.fingerprint] != sheet.file]
    return [Remark("note_alike", {"file": first[sheet.fingerprint], "other": sheet.file}) for sheet in repeated]


def _refuse_repeated_files(paths: Sequence[Path]) -> None:
    real = [os.path.realpath(path) for path in paths]
    for position, path in enumerate(paths):
        if real[position] in real[:position]:
            raise Mistake("is named twice", str(path), hint="name each file once")


def _refuse_repeated_respondents(respondents: Sequence[Respondent]) -> None:
    places: dict[str, str] = {}
    for respondent in respondents:
        place = places.setdefault(respondent.label.casefold(), respondent.place)
        if respondent.label and place != respondent.place:
            hint = "give each respondent a name of their own, or leave names out"
            raise Mistake(f"{shown(respondent.label)} answered already in {place}", respondent.place, hint=hint)
