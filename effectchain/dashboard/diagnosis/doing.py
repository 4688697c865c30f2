"""What happens when a visitor does something: the work changes, and answers are kept on the machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, cast

from effectchain.answers_kept import AnswersKept
from effectchain.dashboard.diagnosis.baseline import baseline
from effectchain.dashboard.diagnosis.people import People, Person
from effectchain.dashboard.diagnosis.work import Work
from effectchain.dashboard.session import Watched
from effectchain.dashboard.words import words_of
from effectchain.diagnosis_files import diagnosis_picture, scores_csv
from results.figures.charts import stamped
from results.figures.diagnosis import picture
from results.folders.manifest import installed_version
from scenarios.answers import answers_of
from scenarios.diagnosis import Diagnosis
from scenarios.errors import Mistake, shortened
from scenarios.scenario import Scenario
from scenarios.template import csv_template, xlsx_template
from scenarios.writing import to_toml

if TYPE_CHECKING:
    from scenarios.statements import Language

HERE: Final = "here"
FROM_FILES: Final = "from_files"
RESPONDENTS: Final = 1
"""Columns for answers in the form that colleagues get."""


class Doing(Watched[Work]):
    """One visitor's work; events may come from several threads."""

    def __init__(self) -> None:
        super().__init__()
        self.work = Work()
        self._kept: AnswersKept | None = None

    def watched(self, hear: Callable[[Work], object]) -> Callable[[], None]:
        """Tell of the work now and of every change; what comes back ends that."""
        hear(self.work)
        return super().watched(hear)

    def arrive(self, secret: str) -> None:
        """The browser says under which secret its answers are kept."""
        if self.work.secret:
            return
        try:
            self._kept = AnswersKept(str(secret))
        except Mistake as error:
            self._now(self.work.complaining("fill", error))
            return
        here, files = (tuple(map(_person, self._kept.read(name))) for name in (HERE, FROM_FILES))
        people = People(here or (Person(),), files)
        self._now(replace(self.work, secret=str(secret), people=people))

    def look(self, change: Mapping[str, Any]) -> None:
        """Another tab, person or block."""
        self._now(self.work.at(change))

    def answer(self, given: Mapping[str, Any]) -> None:
        """One answer, or one taken away, kept at once."""
        person, statement, value = int(given["person"]), str(given["statement"]), given["value"]

        def answered(people: People) -> People:
            return people.answered(person, statement, None if value is None else int(value))

        self._change("fill", answered, HERE, seen=int(given["number"]))

    def change_people(self, wish: Mapping[str, Any]) -> None:
        """Somebody more or less, another name, or files taken out."""
        act, number = wish.get("act"), int(wish.get("number", 0))
        if act == "add":
            self._change("fill", People.with_another, HERE, person=len(self.work.people.here), block=0)
        elif act == "remove":
            self._change("fill", lambda people: people.without(number), HERE)
        elif act == "call":
            label, role = str(wish.get("label", "")), str(wish.get("role", ""))
            self._change("fill", lambda people: people.called(number, label, role), HERE)
        elif act == "drop_files":
            self._change("files", People.without_files, FROM_FILES)

    def upload(self, name: str, content: bytes) -> None:
        """Read a file that the visitor chose; its mistakes become a sentence."""
        called = shortened(PurePath(name.replace("\\", "/")).name) or "file"

        def with_file(people: People) -> People:
            return people.with_files(answers_of({called: content}), {called: called})

        self._change("files", with_file, FROM_FILES, told="read")

    def forget(self, _sure: object) -> None:
        """Delete all answers, here and on the disk."""
        try:
            if self._kept:
                self._kept.delete()
        except Mistake as error:
            self._now(self.work.complaining(self.work.tab, error))
            return
        self._now(Work(secret=self.work.secret, tab=self.work.tab, seen=self.work.seen, told="forgotten"))

    def template(self, kind: object, language: str) -> None:
        """Hand over a form to fill in."""
        tongue = cast("Language", language)
        if kind == "csv":
            content = csv_template(tongue, RESPONDENTS, ";" if language == "nl" else ",")
        else:
            kind, content = "xlsx", xlsx_template(tongue, RESPONDENTS)
        self._now(self.work.handing(f"{_stem(language)}.{kind}", content))

    def take(self, diagnosis: Diagnosis | None, form: object, language: str) -> None:
        """Hand over the picture (png, svg) or all scores (csv)."""
        if diagnosis is None or form not in {"png", "svg", "csv"}:
            return
        tongue = cast("Language", language)
        if form == "csv":
            content = scores_csv(diagnosis, tongue, ";" if language == "nl" else ",")
        else:
            figure = diagnosis_picture(diagnosis, tongue)
            stamped(figure, f"EffectChain {installed_version('effectchain')}, {datetime.now().astimezone():%Y-%m-%d}")
            content = picture(figure, "svg" if form == "svg" else "png")
        self._now(self.work.handing(f"{_stem(language)}.{form}", content))

    def mature(self, wish: Mapping[str, Any]) -> None:
        """Maturity set by hand, or all as the answers say again."""
        try:
            if wish.get("act") == "reset":
                self._now(replace(self.work, edits={}))
            else:
                self._now(self.work.matured(str(wish["block"]), str(wish["side"]), float(wish["value"])))
        except Mistake as mistake:
            self._now(self.work.complaining("baseline", mistake))

    def base(self, diagnosis: Diagnosis | None, wish: Mapping[str, Any]) -> Scenario | None:
        """Another example for the rest, the scenario as a file, or the scenario itself to go on with."""
        work = self.work
        try:
            if "preset" in wish:
                work = replace(work, preset=str(wish["preset"]))
            if diagnosis is None:
                return None
            scenario = baseline(diagnosis, work.preset, work.edits)
        except Mistake as mistake:
            self._now(self.work.complaining("baseline", mistake))
            return None
        if wish.get("act") == "use":
            return scenario
        self._now(work.handing(f"{scenario.name}.toml", to_toml(scenario).encode()) if wish.get("act") else work)
        return None

    def _change(self, place: str, change: Callable[[People], People], part: str, **more: Any) -> None:
        """Change who answered what, here and on the disk; a mistake changes nothing."""
        with self._lock:
            try:
                after = self._keep(change, part)
            except Mistake as error:
                self._now(replace(self.work.complaining(place, error), seen=more.get("seen", self.work.seen)))
                return
            self._now(self.work.with_people(after, **{"told": "", **more}))

    def _keep(self, change: Callable[[People], People], part: str) -> People:
        """The people after the change, which is made on what is kept, so that another tab's answers stay."""
        if self._kept is None:
            return change(self.work.people)
        found: list[People] = []

        def changed(records: Sequence[Mapping[str, Any]]) -> Sequence[dict[str, Any]]:
            kept = tuple(map(_person, records))
            people = self.work.people
            before = replace(people, here=kept or (Person(),)) if part == HERE else replace(people, from_files=kept)
            found.append(change(before))
            return [_record(one) for one in getattr(found[0], part)]

        self._kept.change(part, changed)
        return found[0]

    def _now(self, work: Work) -> None:
        self.work = work
        self._tell(work)


def _stem(language: str) -> str:
    return words_of("diagnosis", language)["file_name"]


def _record(person: Person) -> dict[str, Any]:
    return {**asdict(person), "answers": dict(person.answers)}


def _person(record: Mapping[str, Any]) -> Person:
    return Person(**record)
