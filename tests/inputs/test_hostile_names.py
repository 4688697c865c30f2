"""Names that would do something elsewhere are refused in a sentence, or come out as the words that they are."""

import csv
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
import tomli_w

from effectchain.dashboard.experiments.finding import below, find
from effectchain.dashboard.strategist.keeping import from_code
from effectchain.keeping import Keeping
from experiments.designs.experiment import load_experiment, parse_experiment
from results.errors import ResultsError
from results.folders.run import write_run
from scenarios.answers import answers_of
from scenarios.errors import Mistake, visible
from scenarios.loading import parse
from scenarios.sharing import packed, unpacked
from scenarios.writing import to_toml
from tests.command_line import done, effectchain
from tests.diagnosis_forms import Person, form_csv, same
from tests.experiment_forms import data_of
from tests.inputs.hostile import HARMLESS, NAMES
from tests.inputs.targets import run_files, the_sheet, weekly
from tests.small_organisation import SMALL, small
from tests.test_results_report import Page

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

hostile = pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
harmless = pytest.mark.parametrize("name", HARMLESS.values(), ids=list(HARMLESS))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own."""
    place = tmp_path / "a" / "b"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)


def told(act: Callable[[], object]) -> str:
    """What was said of an attempt; empty where it succeeded. Soon, short, and in signs that can be seen."""
    began = time.thread_time()
    try:
        act()
        said = ""
    except (Mistake, ResultsError) as error:
        said = str(error)
    assert time.thread_time() - began < 1.0
    assert len(said) < 2000
    assert all(line == visible(line) for line in said.split("\n"))
    return said


def experiment(**changes: Any) -> str:
    """The text of an experiment file."""
    return tomli_w.dumps(data_of() | changes)


@pytest.mark.faults
@hostile
def test_files_and_links(name: str) -> None:
    """In every place of a file in which a name may stand, and as a name of a file."""
    scenario = dict(SMALL)
    segment = {**SMALL["customers"]["segments"][0], "name": name}
    for data in (
        scenario | {"name": name},
        scenario | {"extends": name},
        scenario | {"about": {"title_en": name, "assumptions": [name], "sources": [name]}},
        scenario | {"customers": {**SMALL["customers"], "segments": [segment]}},
        scenario | {"expected": {name: [0.0, 1.0]}},
        scenario | {"behaviour": {name: 1.0}},
        scenario | {name: 1},
    ):
        text = tomli_w.dumps(data)
        told(lambda text=text: parse(text))  # type: ignore[misc]
    for more in ({"name": name}, {"scenario": name}, {"factors": {name: {"low": 0, "high": 1}}}):
        assert told(lambda more=more: parse_experiment(experiment(**more))) or name == "x"  # type: ignore[misc]
    assert told(lambda: load_experiment(name))
    assert told(lambda: from_code(name))
    assert [] == list(Path().iterdir())


@pytest.mark.faults
@hostile
def test_respondents_and_their_files(tmp_path: Path, name: str) -> None:
    """Labels, roles and names of files of answers."""
    path = form_csv(tmp_path / "x.csv", [Person(same(4.0), name, name)])
    content = path.read_bytes()
    if not told(lambda: answers_of({name: content})):
        (respondent,) = answers_of({name: content}).respondents
        assert visible(respondent.label) == respondent.label
    ending = effectchain("diagnose", path, "--out", tmp_path / "out")
    assert ending.code in {0, 2}, ending
    assert all(line == visible(line) for line in (ending.out + ending.err).split("\n"))
    for table in tmp_path.glob("out/*.csv"):
        cells = [cell for row in rows_of(table) for cell in row]
        assert not [cell for cell in cells if cell.startswith(FORMULA) and not is_number(cell)]


def rows_of(path: Path) -> list[list[str]]:
    """The cells of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def is_number(cell: str) -> bool:
    """Whether the cell is a plain number, which may be below 0."""
    try:
        float(cell.replace(",", "."))
    except ValueError:
        return False
    return True


@hostile
def test_kept_names(tmp_path: Path, name: str) -> None:
    """What is kept under a name is found under it, and there is no other file than ours."""
    keeping = Keeping(tmp_path / "data")
    said = told(lambda: keeping.save("scenario", name, "text"))

    assert [entry.name for entry in keeping.entries("scenario")] == ([] if said else [" ".join(name.split())])
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= {"kept.sqlite"}


@pytest.mark.faults
@hostile
def test_folders_with_results(tmp_path: Path, name: str) -> None:
    """A manifest of somebody else's, and a path from a page: nothing outside is read, nothing else is shown."""
    (tmp_path / "secret.toml").write_text("secret")
    start = tmp_path / "start"
    manifest = {"schema": 1, "kind": name[:1000], "command": name[:1000], "seeds": [1], "experiment": {"name": name}}
    write_run(start / "run", {"weekly": weekly()}, manifest)

    assert ["run"] == [found.path for found in find(start).folders]
    assert told(lambda: below(start, name))
    assert told(lambda: below(start, f"run/{name}"))
    ending = effectchain("results", "show", start / "run")
    assert ending.code in {0, 1, 2}
    assert len(ending.out) < 30_000
    assert all(line == visible(line) for line in (ending.out + ending.err).split("\n"))


@pytest.mark.faults
@harmless
def test_titles_come_out_as_they_went_in(name: str) -> None:
    """Through link, file, terminal, manifest, report and tables: as words, nowhere as anything that acts."""
    titled = small(about={"title_en": name, "text_en": name, "assumptions": [name], "sources": [name]}, weeks=4)
    assert (titled,) == unpacked(packed([titled]))
    assert titled == parse(to_toml(titled))
    Path("x.toml").write_text(to_toml(titled), encoding="utf-8")
    out = done(
        "compare", "x.toml", "--strengthen", "culture=0.9", "--weeks", "4", "--replications", "2", "--out", "o"
    ).out
    report = Path("o/report.html").read_text(encoding="utf-8")
    page = Page(report)

    assert name in " ".join(page.text.split())
    assert not [attribute for attribute, _ in page.attributes if attribute.startswith("on")]
    assert not [value for attribute, value in page.attributes if attribute in {"src", "href"} and "javascript" in value]
    assert page.tags["script"] == page.tags["img"] == 0
    assert all(line == visible(line) for line in out.split("\n"))
    assert name == json.loads(Path("o/manifest.json").read_bytes())["scenario"]["about"]["title_en"]
    assert "\x1b[31m" not in out


@pytest.mark.faults
@harmless
def test_cells_of_tables_are_words(name: str) -> None:
    """In CSV and XLSX nothing begins as a formula does; Parquet stays as it was."""
    table = weekly().set_column(0, "scenario", [[name] * 4])
    write_run(Path("run"), {"weekly": table}, {"schema": 1, "kind": "run", "seeds": [1]})
    done("results", "export", "run", "--to", "x.csv")
    done("results", "export", "run", "--to", "x.xlsx")
    rows = rows_of(Path("x.csv"))
    cells = [cell for row in openpyxl.load_workbook("x.xlsx").active.iter_rows(min_row=2) for cell in row[:1]]

    assert not [row[0] for row in rows if row[0].startswith(FORMULA)]
    assert {"s"} == {cell.data_type for cell in cells}
    assert {name} == {row[0].removeprefix("'") if name.startswith(FORMULA) else row[0] for row in rows[1:]}


BOMB: Final = (
    '<?xml version="1.0" encoding="{form}"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]><worksheet><sheetData><row><c t='inlineStr'><is><t>&a9;</t></is></c></row></sheetData></worksheet>"
)
"""A thousand million letters out of a few lines."""


@pytest.mark.parametrize("form", ["UTF-8", "UTF-16"])
def test_xml_that_makes_much_of_little_is_refused(tmp_path: Path, form: str) -> None:
    """However it is written."""
    content = BOMB.replace("{form}", form).encode(form)

    assert "holds XML entities" in told(lambda: the_sheet(content, tmp_path))


def test_all_of_these_are_tried() -> None:
    """What may be somebody's words is more than half of them."""
    assert len(HARMLESS) > len(NAMES) / 2
    assert run_files()
