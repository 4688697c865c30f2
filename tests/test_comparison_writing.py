"""Run folders hold all that is needed to read, to trust and to repeat a result."""

import json
import re
import tomllib
from pathlib import Path

import pyarrow.compute as pc
import pytest

from agents.rule import source_hash
from experiments.comparison.comparison import Comparison, compare
from experiments.ensemble import Ensemble, run_ensemble
from experiments.writing import write_ensemble
from results.errors import ResultsError
from results.folders.digest import digest
from results.folders.run import Run, read_run
from scenarios.loading import load
from tests.small_organisation import small

BASE = small(
    behaviour__failure_base=0.11, about={"title_nl": "Klein", "text_en": "A small one.", "assumptions": ["All."]}
)
WHAT_IFS = [
    BASE.with_(name="first").strengthen("leadership", to=0.9, start=5, weeks=10),
    BASE.with_(name="second", about={"text_en": "<b>Bold</b>"}),
]


@pytest.fixture(scope="module")
def ensemble() -> Ensemble:
    """A run with everything that can be kept."""
    return run_ensemble(BASE, replications=2, seed=5, events=True, people_every=10)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Two what-ifs beside a baseline."""
    return compare(BASE, WHAT_IFS, replications=2, weeks=12)


@pytest.fixture(scope="module")
def compared(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The comparison, written in Dutch."""
    return read_run(comparison.save(tmp_path_factory.mktemp("runs") / "compared", language="nl"))


def test_run_is_kept_whole(ensemble: Ensemble, tmp_path: Path) -> None:
    """All tables come back bit by bit, the scenario as it was, and nothing more is in the folder."""
    run = read_run(ensemble.save(tmp_path / "run"))

    run.verify()
    assert ["events", "people", "weekly"] == run.tables
    for name in run.tables:
        assert digest(getattr(ensemble, name)) == digest(run.table(name))
    assert BASE == load(run.folder / "scenario.toml")
    files = {"scenario.toml", "manifest.json", "weekly.parquet", "events.parquet", "people.parquet"}
    assert files == {path.name for path in run.folder.iterdir()}


def test_manifest_says_what_was_run(ensemble: Ensemble, tmp_path: Path) -> None:
    """Scenario, seed, sizes, versions, source and a command that gives the same run."""
    manifest = json.loads((ensemble.save(tmp_path / "run") / "manifest.json").read_text())

    assert BASE.as_dict() == manifest["scenario"]
    assert ("run", [5], 20, 2) == tuple(manifest[key] for key in ("kind", "seeds", "weeks", "replications"))
    assert source_hash() == manifest["source_hash"]
    assert {"numba", "numpy", "pyarrow", "effectchain"} <= manifest["packages"].keys()
    command = "effectchain run scenario.toml --weeks 20 --replications 2 --seed 5 --events --people 10"
    assert command == manifest["command"]
    assert manifest["started"] <= manifest["finished"]
    given = json.loads(
        (
            write_ensemble(ensemble, tmp_path / "two", command=["effectchain", "run", "a b"]) / "manifest.json"
        ).read_text()
    )
    assert "effectchain run 'a b'" == given["command"]


def test_default_folder_is_named_by_what_decides_the_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same run has the same folder; other luck, other weeks, other tables or another scenario have others."""
    monkeypatch.chdir(tmp_path)
    runs = [
        run_ensemble(BASE, weeks=3),
        run_ensemble(BASE, weeks=3, workers=1),
        run_ensemble(BASE, weeks=3, seed=2),
        run_ensemble(BASE, weeks=4),
        run_ensemble(BASE, weeks=3, replications=2),
        run_ensemble(BASE, weeks=3, events=True),
        run_ensemble(BASE, weeks=3, people_every=2),
        run_ensemble(BASE.with_({"organisation.employees": 11}), weeks=3),
    ]

    folders = [run.save() for run in runs]

    assert folders[0] == folders[1]
    assert 7 == len(set(folders)) == len(list((tmp_path / "runs").iterdir()))
    assert all(re.fullmatch(r"small-[0-9a-f]{12}", folder.name) for folder in folders)
    assert tmp_path / "runs" == folders[0].parent


def test_comparison_is_kept_whole(comparison: Comparison, compared: Run) -> None:
    """One weekly table of all scenarios, each scenario as run, figures and report."""
    compared.verify()

    assert digest(comparison.weekly) == digest(compared.weekly)
    assert ["small", "first", "second"] == compared.weekly["scenario"].unique().to_pylist()
    assert BASE == load(compared.folder / "scenario.toml")
    assert WHAT_IFS == [load(compared.folder / f"what-if-{name}.toml") for name in ("first", "second")]
    assert [one.as_dict() for one in WHAT_IFS] == compared.manifest["what_ifs"]
    assert b"\x89PNG" == (compared.folder / "chain.png").read_bytes()[:4]
    assert (compared.folder / "chain.svg").read_text().startswith("<?xml")
    assert "compare scenario.toml what-if-first.toml what-if-second.toml --weeks 12" in compared.manifest["command"]


def test_the_command_of_a_comparison_names_its_discount(tmp_path: Path) -> None:
    """Without it the same command would come to another value today."""
    comparison = compare(BASE, WHAT_IFS[:1], replications=2, weeks=4, discount=0.25)

    assert read_run(comparison.save(tmp_path / "run")).manifest["command"].endswith(" --discount 0.25")


def test_report_is_in_the_language_asked_for(compared: Run) -> None:
    """Heading, interventions, assumptions and data of the run stand in it; a user's text is only text."""
    page = (compared.folder / "report.html").read_text(encoding="utf-8")

    for words in (
        "first, second tegenover small",
        "Leiderschap naar 0,90",
        "vanaf week 5",
        "All.",
        "failure_base = 0,11",
    ):
        assert words in page
    assert compared.manifest["tables"]["weekly"]["digest"] in page
    assert "<b>Bold" not in page
    assert "&lt;b&gt;Bold" in page


def test_comparison_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named after the baseline and the first what-if; the rest is counted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("experiments.writing._drawn", lambda *_: {})
    one, two = (compare(BASE, WHAT_IFS[:count], replications=1, weeks=1).save() for count in (1, 2))

    assert re.fullmatch(r"small-vs-first-[0-9a-f]{12}", one.name)
    assert re.fullmatch(r"small-vs-first-and-1-more-[0-9a-f]{12}", two.name)


def test_run_can_have_a_report_too(tmp_path: Path) -> None:
    """With `report`, figures and report stand beside the tables, under the scenario's own title."""
    folder = run_ensemble(BASE, weeks=3).save(tmp_path / "run", report=True, language="nl")

    assert {"chain.png", "chain.svg", "report.html"} <= {path.name for path in folder.iterdir()}
    assert "<title>Klein" in (folder / "report.html").read_text(encoding="utf-8")


def test_place_that_is_taken_is_refused(ensemble: Ensemble, tmp_path: Path) -> None:
    """What a user keeps in a folder is never replaced by a run."""
    (tmp_path / "letter.txt").write_text("dear all")

    with pytest.raises(ResultsError, match="which would be lost"):
        ensemble.save(tmp_path)
    assert ["letter.txt"] == [path.name for path in tmp_path.iterdir()]


def test_scenario_file_of_a_run_gives_the_run_again(ensemble: Ensemble, tmp_path: Path) -> None:
    """What the folder holds is enough to repeat it, to the bit."""
    run = read_run(ensemble.save(tmp_path / "run"))
    again = run_ensemble(load(run.folder / "scenario.toml"), seed=5, replications=2, weeks=run.manifest["weeks"])

    assert digest(run.weekly) == digest(again.weekly)
    assert "failure_base" in tomllib.loads((run.folder / "scenario.toml").read_text())["behaviour"]
    assert pc.max(run.people["week"]).as_py() == 20
