"""The page of the self-diagnosis without a browser: who answers, what is shown, and the baseline that comes of it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from effectchain.dashboard import mistakes
from effectchain.dashboard.diagnosis.baseline import baseline
from effectchain.dashboard.diagnosis.doing import Doing
from effectchain.dashboard.diagnosis.outcome import diagnosis_of, outcome
from effectchain.dashboard.diagnosis.people import People
from effectchain.dashboard.diagnosis.picture import form, picture
from effectchain.dashboard.diagnosis.work import Work
from effectchain.dashboard.words import words_of
from scenarios.answers import answers_of, read_answers
from scenarios.errors import Mistake
from scenarios.loading import load, parse
from scenarios.scenario import Scenario
from tests.diagnosis_forms import IDS, Person, form_csv, same

SECRET = "ab" * 16
PAGE = Path(mistakes.__file__).parent


@pytest.fixture
def doing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Doing:
    """A visitor who has just come, with nothing kept."""
    monkeypatch.setenv("EFFECTCHAIN_DATA", str(tmp_path))
    return come()


def come() -> Doing:
    """Another visit of the same browser."""
    doing = Doing()
    doing.arrive(SECRET)
    return doing


def give(doing: Doing, answers: dict[str, float], person: int = 0) -> None:
    """Answer these statements."""
    for number, (statement, value) in enumerate(answers.items(), doing.work.seen + 1):
        doing.answer({"person": person, "statement": statement, "value": value, "number": number})


def test_answers_are_there_at_the_next_visit(doing: Doing) -> None:
    """Each is kept as it is given; one that was taken away is gone."""
    give(doing, {"B1.01": 4, "B1.02": 2, "B9.11": 1})
    give(doing, {"B1.02": None})  # type: ignore[dict-item]

    assert {"B1.01": 4, "B9.11": 1} == picture(come().work, "en")["answers"]


def test_two_tabs_of_one_browser_keep_each_others_answers(doing: Doing) -> None:
    """What was answered in the other tab meanwhile stays."""
    other = come()
    give(doing, {"B1.01": 4})
    give(other, {"B1.02": 2})

    assert {"B1.01": 4, "B1.02": 2} == picture(come().work, "en")["answers"]


def test_deleting_leaves_nothing(doing: Doing) -> None:
    """Neither here nor at the next visit."""
    give(doing, {"B1.01": 4})
    doing.upload("one.csv", b"respondent,B1.01,B1.02\nAnna,1,2\n")
    doing.forget("sure")

    assert People() == doing.work.people == come().work.people
    assert words_of("diagnosis", "nl")["forgotten"] == picture(doing.work, "nl")["told"]


def test_several_people_fill_in_one_after_another(doing: Doing) -> None:
    """Each with answers, a name and a role of their own; whoever is removed is gone."""
    give(doing, {"B1.01": 4})
    doing.change_people({"act": "add"})
    assert 1 == doing.work.person
    give(doing, {"B1.01": 1}, person=1)
    doing.change_people({"act": "call", "number": 1, "label": "Anna", "role": "leader"})
    doing.change_people({"act": "remove", "number": 0})

    (left,) = doing.work.people.here
    assert ("Anna", "leader", {"B1.01": 1}) == (left.label, left.role, left.answers)


@pytest.mark.parametrize(
    "wish", [{"label": "Anna"}, {"label": "aNNA"}, {"label": "x" * 81}, {"label": "", "role": "x" * 81}]
)
def test_a_name_that_cannot_be_is_refused_in_a_sentence(doing: Doing, wish: dict[str, str]) -> None:
    """One that another has, or one too long; nothing changes."""
    doing.change_people({"act": "call", "number": 0, "label": "Anna", "role": ""})
    doing.change_people({"act": "add"})
    before = doing.work.people
    doing.change_people({"act": "call", "number": 1, "label": "", "role": "", **wish})

    assert before == doing.work.people
    assert "fill" == picture(doing.work, "en")["complaint"]["place"]


@pytest.mark.parametrize("given", [("B1.01", 6), ("B1.01", 0), ("B0.01", 3), ("__class__", 3)])
def test_what_is_no_answer_is_refused(doing: Doing, given: tuple[str, int]) -> None:
    """A message that our page never sends changes nothing."""
    give(doing, {given[0]: given[1]})

    assert () == doing.work.people.answering


def test_a_file_gives_the_same_scores_as_the_command_line(doing: Doing, tmp_path: Path) -> None:
    """What the page scores is what `effectchain diagnose` scores, whatever the file is called here."""
    people = [Person(same(4.0), "a", "leader"), Person(same(2.0), "b", "support")]
    path = form_csv(tmp_path / "answers.csv", people)
    doing.upload("C:\\fakepath\\answers.csv", path.read_bytes())

    found = diagnosis_of(doing.work.people)
    assert found
    assert [dict(one.answers) for one in read_answers([path]).respondents] == [
        dict(one.answers) for one in found.respondents
    ]
    assert [{"name": "answers.csv", "text": "2 respondents"}] == picture(doing.work, "en")["files"]


def test_a_file_that_is_read_again_replaces_itself(doing: Doing) -> None:
    """Nobody counts twice."""
    for value in (1, 5):
        doing.upload("one.csv", f"respondent,B1.01,B1.02\nAnna,{value},2\n".encode())

    assert [5.0] == [one.answers["B1.01"] for one in doing.work.people.from_files]


@pytest.mark.parametrize(
    ("content", "english", "dutch"),
    [
        (b"", "is empty", "is leeg"),
        (b"PK\x03\x04 rubbish", "cannot be read as an Excel workbook", "niet als Excel-werkmap"),
        (b"\x00\x01\x02", "is no text", "is geen tekst"),
        (b"a,b\n1,2\n", "no header in the first 30 rows", "geen kopregel in de eerste 30 rijen"),
        (b"B1.01,B1.02\n9,1\n", "row 2, column A", "rij 2, kolom A"),
        (b"B1.01,B1.02\n9,1\n", "'9' is not an answer", "'9' is geen antwoord"),
        (b"id,x\nB1.99,3\n", "'B1.99' is no statement", "'B1.99' is geen stelling"),
        (b"x" * 5_000_001, "is larger than 5 MB", "is groter dan 5 MB"),
    ],
)
def test_a_damaged_file_gives_a_sentence_in_the_readers_language(
    doing: Doing, content: bytes, english: str, dutch: str
) -> None:
    """With the name of the file as the user knows it, and no path of this machine."""
    doing.upload("mine.csv", content)

    for language, text in {"en": english, "nl": dutch}.items():
        told = picture(doing.work, language)["complaint"]
        assert "files" == told["place"]
        assert told["text"].startswith("mine.csv")
        assert text in told["text"]
    assert () == doing.work.people.from_files


def test_no_sentence_for_dutch_readers_is_half_english() -> None:
    """Each phrase that the reader of files has stands in the table as it is in the code."""
    table = tomllib.loads((PAGE / "mistakes.toml").read_text(encoding="utf-8"))
    sources = "".join((Path("scenarios") / name).read_text(encoding="utf-8") for name in ("sheet.py", "answers.py"))
    for english in re.findall(r'raise Mistake\(\s*f?"([^"]+)"', sources):
        shape = re.sub(r"\{[^}]*\}", "{}", english)
        assert shape in table["what"] or shape in {"{} ({})", "is named twice", "cannot be read ({})"}, shape


def test_dots_show_each_respondent_and_nobody_when_there_is_one() -> None:
    """One person's answers are the mean; two are two dots, or one larger one."""
    one = outcome_of([Person(same(3.0))])["rows"][0]
    two = outcome_of([Person(same(1.0)), Person(same(5.0))])["rows"][0]
    alike = outcome_of([Person(same(3.0)), Person(same(3.0)), Person(same(5.0))])["rows"][0]["dots"]["designed"]

    assert {"designed": [], "lived": []} == one["dots"]
    assert [3.0, 97.0] == [dot["x"] for dot in two["dots"]["designed"]]
    assert alike[0]["r"] > alike[1]["r"]
    assert "0.50" == one["designed"]["text"]


def test_a_role_with_one_respondent_keeps_that_persons_answers_to_itself() -> None:
    """Others are given by role."""
    people = [Person(same(3.0), role="leader"), Person(same(4.0), role="front"), Person(same(5.0), role="front")]
    alone, front = outcome_of(people)["roles"]

    assert ("leader (1)", []) == (alone["name"], alone["cells"])
    assert ("front (2)", ["0.88"] * 9, "") == (front["name"], front["cells"], front["hidden"])


def test_missing_answers_are_marked() -> None:
    """How many, per block; a block without a score has no dot."""
    rows = outcome_of([Person(same(3.0, IDS[:10]))])["rows"]

    assert ("10 of 11", "1 missing") == (rows[0]["answered"], rows[0]["missing"])
    assert ("11 missing", None, ["too few answers"]) == (
        rows[1]["missing"],
        rows[1]["designed"]["x"],
        rows[1]["remarks"],
    )


def test_thousands_of_respondents_are_few_dots() -> None:
    """What goes to the browser does not grow with their number."""
    people = [Person(same(1.0 + (number % 9) / 2)) for number in range(2000)]
    rows = outcome_of(people)["rows"]

    assert 9 == max(len(row["dots"]["designed"]) for row in rows)


def test_without_answers_the_page_says_what_is_needed() -> None:
    """And shows nothing."""
    assert not outcome_of([])["is_scored"]
    assert "4" in outcome_of([])["empty"]


def test_the_baseline_has_the_scores_and_what_was_set_by_hand() -> None:
    """Blocks as scored, or as the example has them where too few answered; changes are noted."""
    work = worked([Person(same(4.0, IDS[:22]))]).matured("strategy", "lived", 0.25)
    found = diagnosis_of(work.people)
    assert found
    scenario = baseline(found, "hotel", work.edits)

    assert (0.75, 0.75) == (
        scenario.building_blocks.understanding.designed,
        scenario.building_blocks.understanding.lived,
    )
    assert 0.25 == scenario.building_blocks.strategy.lived
    assert load("hotel").building_blocks.culture == scenario.building_blocks.culture
    assert "strategy.lived 0.25" in scenario.about.assumptions[-1]


def test_the_scenario_file_is_the_baseline(doing: Doing) -> None:
    """What one keeps as a file is read as the same scenario."""
    give(doing, same(4.0))
    found = diagnosis_of(doing.work.people)
    used = doing.base(found, {"act": "use"})
    doing.base(found, {"act": "keep"})

    assert isinstance(used, Scenario)
    assert doing.work.download
    assert used.digest() == parse(doing.work.download.content.decode()).digest()


def test_the_outcome_is_taken_along_as_picture_and_as_table(doing: Doing) -> None:
    """What the command line writes, handed over one after another."""
    give(doing, same(4.0))
    found = diagnosis_of(doing.work.people)
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "csv": b"\xef\xbb\xbfof;"}
    for number, (kind, start) in enumerate(begins.items(), 1):
        doing.take(found, kind, "nl")
        assert doing.work.download
        assert (number, f"zelfdiagnose.{kind}") == (doing.work.download.number, doing.work.download.name)
        assert doing.work.download.content.startswith(start)


def test_a_maturity_that_cannot_be_is_refused(doing: Doing) -> None:
    """Beyond 0 to 1, or of no block."""
    for wish in ({"block": "culture", "side": "lived", "value": 1.1}, {"block": "x", "side": "lived", "value": 1}):
        doing.mature(wish)
        assert not doing.work.edits
        assert "baseline" == picture(doing.work, "nl")["complaint"]["place"]


def test_forms_can_be_read_again(doing: Doing) -> None:
    """Both kinds hold the 99 statements; empty, they are refused for having no answers."""
    for kind in ("csv", "xlsx"):
        doing.template(kind, "nl")
        assert doing.work.download
        assert f"zelfdiagnose.{kind}" == doing.work.download.name
        with pytest.raises(Mistake, match="no answers"):
            answers_of({"x": doing.work.download.content})


def test_every_reason_has_words() -> None:
    """In both languages, and so have all levels."""
    source = Path("scenarios/confidence.py").read_text(encoding="utf-8")
    for word in re.findall(r'Remark\("(\w+)"', source):
        assert f"because_{word}" in words_of("diagnosis", "nl")


def test_the_form_has_all_statements_in_both_languages() -> None:
    """Nine blocks of eleven."""
    for language in ("en", "nl"):
        assert [11] * 9 == [len(block["statements"]) for block in form(language)["blocks"]]


def worked(people: list[Person]) -> Work:
    """A visit in which these people answered in a file."""
    from tests.diagnosis_forms import answers_of as read  # noqa: PLC0415  the name is taken here

    return Work(people=People().with_files(read(*people), {"": "f"}))


def outcome_of(people: list[Person]) -> dict[str, Any]:
    """What the page shows of them, in English."""
    work = worked(people)
    return outcome(work, diagnosis_of(work.people), "en")
