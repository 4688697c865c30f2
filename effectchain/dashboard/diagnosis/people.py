"""Who answered what: those who fill in here, and those whose answers came in files; never changed, only replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from scenarios.answer_cells import LONGEST_NAME
from scenarios.answer_cells import name as plain_name
from scenarios.answer_layouts import Respondent
from scenarios.answers import Answers, Remark
from scenarios.errors import Mistake
from scenarios.statements import HIGHEST, LOWEST, questionnaire

MOST_HERE: Final = 50
"""People who fill in on one machine; more answer on files of their own."""

MOST_PEOPLE: Final = 3_000


@dataclass(frozen=True, slots=True)
class Person:
    """One respondent: statement id to answer, a name and a role as given, and the file that it came from, if any."""

    answers: Mapping[str, float] = field(default_factory=dict)
    label: str = ""
    role: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """All respondents of one visitor's diagnosis; here: those who fill in on this page, at least one."""

    here: tuple[Person, ...] = (Person(),)
    from_files: tuple[Person, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def answering(self) -> tuple[Person, ...]:
        """All who answered something, those on this page first."""
        return tuple(person for person in (*self.here, *self.from_files) if person.answers)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that answers came from."""
        return tuple(dict.fromkeys(person.file for person in self.from_files))

    def answered(self, number: int, statement: str, value: int | None) -> "People":
        """With this answer of the person with this number, or without it. Raises Mistake for what is no answer."""
        if statement not in _known():
            raise Mistake("there is no such statement")
        if value is not None and not LOWEST <= value <= HIGHEST:
            raise Mistake("is no answer", allowed="a number from 1 to 5")
        person = self._person(number)
        answers = {key: given for key, given in person.answers.items() if key != statement}
        if value is not None:
            answers[statement] = float(value)
        return self._with(number, replace(person, answers=answers))

    def called(self, number: int, label: str, role: str) -> "People":
        """With this name and role of the person with this number. Raises Mistake where one is too long."""
        label, role = (plain_name(text[: 2 * LONGEST_NAME], "") for text in (label, role))
        others = [one.label.casefold() for place, one in enumerate(self.here) if place != number]
        if label and label.casefold() in [*others, *(one.label.casefold() for one in self.from_files)]:
            raise Mistake(f"somebody else is called '{label}' already", hint="choose another name, or leave it out")
        return self._with(number, replace(self._person(number), label=label, role=role))

    def with_another(self) -> "People":
        """With one more person to fill in. Raises Mistake where there are many."""
        if len(self.here) >= MOST_HERE:
            hint = "let others fill in a file"
            raise Mistake(f"{MOST_HERE} people fill in here already", hint=hint)
        return replace(self, here=(*self.here, Person()))

    def without(self, number: int) -> "People":
        """Without the person with this number, and all their answers."""
        self._person(number)
        left = (*self.here[:number], *self.here[number + 1 :])
        return replace(self, here=left or (Person(),))

    def with_files(self, read: Answers, files: Mapping[str, str]) -> "People":
        """With the respondents of files; those of a file that was read before are replaced.

        files: how the reader knows each, by its name. Raises Mistake where they are too many, or one is called as
        another.
        """
        left = tuple(one for one in self.from_files if one.file not in files.values())
        new = tuple(Person(one.answers, one.label, one.role, _file_of(one, files)) for one in read.respondents)
        if len(left) + len(new) > MOST_PEOPLE:
            raise Mistake(f"there would be more than {MOST_PEOPLE:,} respondents", hint="use fewer files")
        _refuse_namesakes((*self.here, *left), new)
        return replace(self, from_files=(*left, *new), remarks=(*self.remarks, *read.remarks)[-20:])

    def without_files(self) -> "People":
        """Only those who fill in here."""
        return replace(self, from_files=(), remarks=())

    def as_answers(self) -> Answers:
        """What the scores are made of."""
        found = (Respondent(one.answers, one.label, one.role, one.file) for one in self.answering)
        return Answers(tuple(found), self.remarks)

    def _person(self, number: int) -> Person:
        if not 0 <= number < len(self.here):
            raise Mistake("there is no such person any more")
        return self.here[number]

    def _with(self, number: int, person: Person) -> "People":
        return replace(self, here=(*self.here[:number], person, *self.here[number + 1 :]))


def _known() -> frozenset[str]:
    return frozenset(statement.id for statement in questionnaire().statements)


def _file_of(one: Respondent, files: Mapping[str, str]) -> str:
    """The file in which this respondent stands; the longest name that fits, since one may begin as another."""
    fitting = [known for known in files if one.place.startswith(known)]
    return files[max(fitting, key=len)] if fitting else ""


def _refuse_namesakes(before: tuple[Person, ...], new: tuple[Person, ...]) -> None:
    known = {one.label.casefold() for one in before if one.label}
    twice = next((one.label for one in new if one.label.casefold() in known), None)
    if twice:
        raise Mistake(f"'{twice}' answered already", hint="take out one of the two, or give each a name of their own")
