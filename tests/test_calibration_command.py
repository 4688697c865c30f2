"""`effectchain calibrate` and `compare --over`: what they write and tell, and how they answer what cannot be."""

import json
from pathlib import Path

import pytest

import effectchain as ec
from effectchain.calibrating import STAGES, standing_in_words
from experiments.calibration.calibrate import Standing
from results.folders.disk import put
from scenarios.writing import to_toml
from tests.calibrations import all_but, firm
from tests.command_line import done, effectchain, refused
from tests.small_organisation import small

QUICK = [word for key in all_but("behaviour.failure_base", "behaviour.churn_base") for word in ("--fix", key)]
QUICK += ["--replications", "2", "--members", "3"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("firm.toml").write_text(to_toml(firm()), encoding="utf-8")
    Path("figures.csv").write_text("indicator;value\nfouten;8%\nklantverloop;0,4\n", encoding="utf-8")


def test_the_folder_runs_compares_and_comes_to_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """best.toml runs, plausible/ goes into compare --over, and the command of the manifest repeats it all."""
    ending = done("calibrate", "firm.toml", "--to", "figures.csv", "--out", "c", *QUICK)
    told = json.loads(Path("c/calibration.json").read_text(encoding="utf-8"))
    base = done("run", "c/best.toml", "--replications", "6", "--weeks", "20", "--json").data["chain"]
    compared = done(
        *("compare", "c/best.toml", "--strengthen", "operations=0.9", "--over", "c"),
        *("--replications", "2", "--weeks", "20", "--json"),
    ).data
    command = json.loads(Path("c/manifest.json").read_text(encoding="utf-8"))["command"].split()[1:]
    monkeypatch.chdir("c")
    again = done(*command, "--out", "../again", "--json")
    monkeypatch.chdir("..")

    assert {"failure_rate", "churn"} == {one["name"] for one in told["figures"]}
    assert "failure_rate" in ending.out
    assert "Results: c" in ending.out
    assert base
    assert 3 == told["plausible"] == len(list(Path("c/plausible").iterdir()))
    assert 3 == compared["over"][0]["failure_rate"]["plausible"]
    assert compared["indicators"]["churn"]["difference"] == compared["over"][0]["churn"]["difference"]
    assert told["parameters"] == again.data["parameters"]


def test_dutch_is_dutch_and_quiet_is_silent() -> None:
    """The report in Dutch; nothing at all with --quiet; JSON is JSON."""
    words = ["calibrate", "firm.toml", "--to", "figures.csv", "--out", "c", *QUICK]

    told = done(*words, "--lang", "nl").out
    assert "geijkt op 2 cijfers" in told
    assert "vertrek van klanten" in told
    assert "failure_rate" not in told
    assert "" == done(*words, "--quiet").out
    assert 2 == len(done(*words, "--json").data["figures"])


def test_it_can_be_asked_from_python() -> None:
    """The same numbers as from the command line."""
    fix = all_but("behaviour.failure_base", "behaviour.churn_base")
    found = ec.calibrate("./firm.toml", "figures.csv", fix=fix, replications=2, members=3)
    told = done("calibrate", "firm.toml", "--to", "figures.csv", *QUICK, "--json").data

    assert told["parameters"] == found.as_data()["parameters"]
    assert ec.ensemble_of(told["folder"]) == found.ensemble


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "nowhere.csv"], "nowhere.csv: does not exist. Allowed: a CSV or XLSX file with figures"),
        (["--to", "figures.csv", "--free", "churn_bas"], "did you mean 'churn_base'?"),
        (["--to", "figures.csv", "--members", "-1"], "'-1' is no whole number from 0 to 200"),
        ([], "there are no figures to calibrate to; give --to FILE, or --survey FILE with answers"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(words: list[str], said: str) -> None:
    """Exit 2, before anything is simulated."""
    assert said in refused("calibrate", "firm.toml", *words)


def test_other_results_are_not_overwritten() -> None:
    """A folder with something else is left alone, and so is one of another calibration."""
    Path("taken").mkdir()
    Path("taken/notes.txt").write_text("mine", encoding="utf-8")

    assert "holds other files" in refused("calibrate", "firm.toml", "--to", "figures.csv", "--out", "taken", *QUICK)
    assert ["notes.txt"] == [path.name for path in Path("taken").iterdir()]


def test_interrupted_while_it_writes_it_keeps_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """All plausible scenarios of the first time stand while the second one writes, and it is told how to go on."""
    words = ["calibrate", "firm.toml", "--to", "figures.csv", "--out", "c", *QUICK]
    done(*words, "--quiet")
    before = {path.name: path.read_bytes() for path in Path("c/plausible").iterdir()}
    written: list[Path] = []

    def interrupted(path: Path, data: bytes) -> None:
        written.append(path)
        if len(written) == 3:
            raise KeyboardInterrupt
        put(path, data)

    monkeypatch.setattr("experiments.calibration.writing.put", interrupted)
    ending = effectchain(*words)

    assert 130 == ending.code
    assert ending.err.startswith("The trials that were lived are kept in c; the same command goes on from there.")
    assert 3 == len(before)
    assert before == {path.name: path.read_bytes() for path in Path("c/plausible").iterdir()}


def test_fewer_members_leave_none_of_the_earlier_ones() -> None:
    """The folder holds those that were asked for last."""
    words = ["calibrate", "firm.toml", "--to", "figures.csv", "--out", "c", *QUICK]
    done(*words, "--quiet")
    done(*words, "--members", "1", "--quiet")

    assert ["plausible-01.toml"] == [path.name for path in Path("c/plausible").iterdir()]


def test_over_takes_scenarios_of_the_same_sector_only() -> None:
    """A folder without scenarios, and one of another sector."""
    Path("other").mkdir()
    nonprofit = small(organisation__sector="nonprofit", economics__budget=400_000.0)
    Path("other/one.toml").write_text(to_toml(nonprofit), encoding="utf-8")
    words = ["compare", "firm.toml", "--strengthen", "culture=0.8", "--replications", "2", "--weeks", "4"]

    assert "'nowhere': is no folder" in refused(*words, "--over", "nowhere")
    assert 2 == effectchain(*words, "--over", "other", "--quiet").code


def test_the_line_of_progress_has_words_for_every_stage() -> None:
    """In both languages."""
    for stage in STAGES:
        assert "12 trials" in standing_in_words(Standing(stage, 12), "en")
        assert "12 pogingen" in standing_in_words(Standing(stage, 12), "nl")
