"""`effectchain diagnose`, as a user types it."""

import csv
import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agents.blocks import BLOCKS
from effectchain.cli import commands
from effectchain.commands.diagnose import DEFAULT_PRESET
from effectchain.diagnosis_files import OURS, diagnosis_picture
from effectchain.diagnosis_report import findings
from effectchain.endings import exit_code
from results.figures.diagnosis import picture as as_picture
from scenarios.diagnosis import diagnose as diagnosis_of
from scenarios.loading import load, presets
from scenarios.statements import LANGUAGES, Language, words
from tests.diagnosis_forms import IDS, Person, answers_of, by_aspect, form_csv, form_xlsx, same

PRESET = presets()[0]
LEADER, FRONT = Person(by_aspect(5, 4, 3), "Anna", "leader"), Person(by_aspect(4, 2, 1), "", "front line")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    return iter(())


@dataclass(frozen=True)
class Ending:
    """How a command ended."""

    exit_code: int
    stdout: str
    stderr: str


def ask(*arguments: str) -> Ending:
    """Do what `effectchain diagnose` with these arguments does."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as error:
        code = exit_code(lambda: commands.main(["diagnose", *arguments], "effectchain", standalone_mode=False))
    return Ending(code, out.getvalue(), error.getvalue())


def score(*arguments: str) -> Ending:
    """The same with a preset, and without a mistake."""
    result = ask(*arguments, "--preset", PRESET)

    assert 0 == result.exit_code, result.stderr
    return result


def as_json(*arguments: str) -> Any:
    """What other programs get."""
    return json.loads(score(*arguments, "--json").stdout)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_is_written_and_refused_as_answers_while_empty(ending: str, language: Language) -> None:
    """What `template` writes, `diagnose` reads; an empty one is one clear sentence."""
    name = f"answers.{ending}"

    assert 0 == ask("template", "--out", name, "--lang", language, "--respondents", "4").exit_code
    result = ask(name)
    assert (2, "") == (result.exit_code, result.stdout)
    assert result.stderr.startswith(f"{name}: has a header, but no answers")


def test_a_full_disk_leaves_nothing_of_a_template(tmp_path: Path) -> None:
    """A limit on the size of files is what a disk without room is like; no hidden file stays behind."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        result = ask("template", "--out", "answers.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (2, "--out answers.csv: cannot be written: File too large\n") == (result.exit_code, result.stderr)
    assert [] == list(tmp_path.iterdir())


def test_a_template_never_overwrites_answers() -> None:
    """Unless told to."""
    Path("answers.xlsx").write_text("precious", encoding="utf-8")

    result = ask("template")
    assert 2 == result.exit_code
    assert "--out answers.xlsx: exists" in result.stderr
    assert "precious" == Path("answers.xlsx").read_text(encoding="utf-8")
    assert 0 == ask("template", "--force").exit_code
    assert ["answers.xlsx"] == [path.name for path in Path().iterdir()]


@pytest.mark.parametrize("name", ["answers.ods", "answers", "answers.csv/x.csv"])
def test_a_template_that_cannot_be_written_leaves_nothing(name: str) -> None:
    """Another ending, or a place that is a file."""
    Path("answers.csv").write_text("a file", encoding="utf-8")

    result = ask("template", "--out", name)

    assert 2 == result.exit_code
    assert result.stderr.startswith(f"--out {name}: cannot be written")
    assert ["answers.csv"] == [path.name for path in Path().iterdir()]


def test_dutch_templates_have_semicolons_and_the_user_may_choose() -> None:
    """Dutch spreadsheet programs expect them."""
    ask("template", "--out", "nl.csv", "--lang", "nl")
    ask("template", "--out", "tab.csv", "--lang", "nl", "--separator", "tab")

    assert "id;bouwsteen;stelling" in Path("nl.csv").read_text(encoding="utf-8")
    assert "id\tbouwsteen\tstelling" in Path("tab.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_says_what_it_is_not_everywhere(language: Language) -> None:
    """Terminal, scores, scenario, data and picture carry the caveat."""
    form_csv(Path("a.csv"), [LEADER, FRONT])
    caveat = words(language)["caveat"]
    output = score("a.csv", "--lang", language, "--out", "found").stdout

    assert caveat in " ".join(output.split())
    for name in ("scores.csv", "scenario.toml", "diagnosis.json"):
        assert caveat in Path("found", name).read_text(encoding="utf-8"), name
    picture = diagnosis_picture(diagnosis_of(answers_of(LEADER, FRONT)), language)
    assert caveat in [text.get_text() for text in picture.texts]


def test_files_and_people_are_taken_together() -> None:
    """Several files, of both kinds, give one diagnosis."""
    form_csv(Path("a.csv"), [LEADER])
    form_xlsx(Path("b.xlsx"), [FRONT], "nl")

    found = as_json("a.csv", "b.xlsx")

    assert [("Anna", "leader"), ("", "front line")] == [(who["label"], who["role"]) for who in found["respondents"]]
    expected = diagnosis_of(answers_of(LEADER, FRONT)).scores[0].mean
    assert expected is not None
    assert expected.designed == found["blocks"][0]["designed"]
    assert {"leader", "front line"} == found["roles"].keys()


def test_the_scenario_runs_on_from_the_preset_with_the_scores() -> None:
    """It loads, and its blocks are the diagnosis; a block without score keeps the preset's."""
    form_csv(Path("a.csv"), [Person(same(4, (each for each in IDS if not each.startswith("B4"))))])
    score("a.csv", "--out", "found")
    scenario, preset = load(Path("found/scenario.toml")), load(PRESET)

    assert preset.organisation == scenario.organisation
    assert preset.building_blocks.culture == scenario.building_blocks.culture
    others = [getattr(scenario.building_blocks, block) for block in BLOCKS if block != "culture"]
    assert {(0.75, 0.75)} == {(block.designed, block.lived) for block in others}
    assert "culture" in Path("found/scenario.toml").read_text(encoding="utf-8").split("schema")[0]


def test_without_a_word_on_it_the_scenario_starts_from_a_preset_that_exists() -> None:
    """So that the shortest command works."""
    form_csv(Path("a.csv"), [LEADER])

    assert 0 == ask("a.csv", "--out", "found").exit_code
    assert load(DEFAULT_PRESET).organisation == load(Path("found/scenario.toml")).organisation


def test_the_scenario_may_build_on_a_file_wherever_the_folder_is() -> None:
    """A path is given as seen from here, and written as seen from there."""
    Path("mine.toml").write_text("schema = 1\n[organisation]\nemployees = 77\n", encoding="utf-8")
    form_csv(Path("a.csv"), [LEADER])

    result = ask("a.csv", "--preset", "mine.toml", "--out", "deep/down")

    assert 0 == result.exit_code, result.stderr
    assert 77 == load(Path("deep/down/scenario.toml")).organisation.employees


def test_results_go_to_a_folder_of_their_own_and_again_to_the_same() -> None:
    """The default folder depends on the answers alone, so that a second time replaces the first."""
    form_csv(Path("a.csv"), [LEADER])
    first, second = (as_json("a.csv")["folder"] for _ in range(2))

    assert first == second
    assert OURS == {path.name for path in Path(first).iterdir()}
    assert [Path(first)] == list(Path("runs").iterdir())
    assert first != as_json("a.csv", "--lang", "nl")["folder"]


def test_a_mistake_leaves_nothing_half_written() -> None:
    """A 7, an unknown preset, a folder with something else in it: nothing appears, nothing is lost."""
    form_csv(Path("good.csv"), [LEADER])
    form_csv(Path("bad.csv"), [Person(same(7))])
    Path("mine").mkdir()
    Path("mine/answers.csv").write_text("precious", encoding="utf-8")
    mistakes = {
        ("bad.csv",): "row 6, column D (B1.01): '7' is not an answer",
        ("good.csv", "--preset", "hotell"): "there is no preset 'hotell'",
        ("good.csv", "--preset", PRESET, "--out", "mine"): "would be lost",
        ("good.csv", "--preset", PRESET, "--out", "good.csv"): "would be lost",
    }
    before = sorted(Path().rglob("*"))

    for arguments, says in mistakes.items():
        result = ask(*arguments)
        assert (2, "") == (result.exit_code, result.stdout)
        assert says in result.stderr
        assert "Traceback" not in result.stderr
    assert before == sorted(Path().rglob("*"))


def table(separator: str = ",") -> list[dict[str, str]]:
    """The rows of scores.csv."""
    text = Path("found/scores.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def test_scores_hold_all_roles_and_respondents() -> None:
    """A row a block for everybody together, for each role and for each respondent; names only where given."""
    form_csv(Path("a.csv"), [LEADER, FRONT])
    score("a.csv", "--out", "found")

    assert [(kind, 9 * count) for kind, count in (("all", 1), ("role", 2), ("respondent", 2))] == [
        (kind, sum(row["of"] == kind for row in table())) for kind in ("all", "role", "respondent")
    ]
    assert {"Anna", ""} == {row["label"] for row in table()}
    expected = diagnosis_of(answers_of(LEADER, FRONT)).scores[0]
    assert expected.mean is not None
    assert pytest.approx(expected.mean.lived, abs=5e-5) == float(table()[0]["lived"])


def test_dutch_scores_open_in_dutch_spreadsheets() -> None:
    """Semicolons between cells and decimal commas."""
    form_csv(Path("a.csv"), [LEADER])
    score("a.csv", "--out", "found", "--lang", "nl")

    assert "0,8750" == table(";")[0]["designed"]


HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "[red]x[/]", "$\\frac{$", "<b>&", "{0}", "名前")


def test_hostile_names_and_roles_stay_words() -> None:
    """Not computed by a spreadsheet, not obeyed by the terminal or the picture."""
    form_xlsx(Path("a.xlsx"), [Person(same(4), word, word) for word in HOSTILE])

    output = score("a.xlsx", "--out", "found").stdout

    for word in HOSTILE:
        assert word in output
    escaped = {f"'{word}" if word[0] in "=+-@" else word for word in HOSTILE}
    assert escaped == {row["label"] for row in table()} - {""} == {row["role"] for row in table()} - {""}


def test_hostile_roles_do_not_spoil_the_picture() -> None:
    """Up to five roles stand in it as given, without the meaning that a dollar sign would have there."""
    people = [Person(same(4), role=word) for word in HOSTILE[4:]]
    picture = diagnosis_picture(diagnosis_of(answers_of(*people)), "en")
    legend = next(axes for axes in picture.axes if not axes.get_xlabel()).get_legend()

    assert b"</svg>" in as_picture(picture, "svg")
    assert legend is not None
    assert [f"{word} (1)" for word in HOSTILE[4:]] == [text.get_text() for text in legend.get_texts()]


def test_findings_name_weak_links_and_paper_excellence() -> None:
    """In words, in both languages."""
    answers = by_aspect(5, 3, 2) | same(1, (each for each in IDS if each.startswith("B4")))
    found = diagnosis_of(answers_of(Person(answers)))
    english, dutch = ("\n".join(findings(found, language)) for language in LANGUAGES)

    assert "Weak links (lived at least 0.10 below the mean of 0.35): Culture." in english
    assert "Zwakke schakels (geleefd minstens 0,10 onder het gemiddelde van 0,35): Cultuur." in dutch
    assert "Paper excellence (designed at least 0.20 above lived): Understanding customers" in english
    assert "Papieren excellentie (ontworpen minstens 0,20 boven geleefd): Klanten begrijpen" in dutch


def test_asked_for_help_the_command_explains_itself() -> None:
    """Both ways of use, both layouts, and what the outcome is not."""
    text = " ".join(ask("--help").stdout.split())

    for phrase in ("diagnose template", "one row a statement", "one row a respondent", "no certification"):
        assert phrase in text
    assert "diagnose score [OPTIONS] ANSWERS..." in ask("score", "--help").stdout


def test_help_stays_quick() -> None:
    """Defining the command imports no library for spreadsheets, pictures or tables."""
    heavy = {"openpyxl", "matplotlib", "rich", "numpy", "pydantic"}
    code = f"import sys, effectchain.commands.diagnose; print({heavy} & {{*sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )

    assert "set()" == run.stdout.strip()
