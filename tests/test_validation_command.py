"""`effectchain validate` from the command line: exit codes, JSON, the folder and its report."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from experiments.validation.registry import PATTERNS
from tests.command_line import done, effectchain, refused

CONTRACT = {"id", "claim", "grade", "criterion", "measured", "interval", "verdict"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def test_a_pattern_that_is_met_ends_well(tmp_path: Path) -> None:
    """Exit code 0, the contract on standard output, and a folder with report, figure and numbers."""
    data = done("validate", "--pattern", "C16", "--json", "--out", "found").data
    (pattern,) = data["patterns"]

    assert pattern.keys() >= CONTRACT
    assert ("C16", "met", True) == (pattern["id"], pattern["verdict"], data["all_met"])
    assert pattern["interval"][0] <= pattern["measured"] <= pattern["interval"][1]
    folder = tmp_path / "found"
    assert {"report.html", "pattern-C16.png", "parts.parquet", "validation.json", "manifest.json"} == {
        path.name for path in folder.iterdir()
    }
    kept = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    assert data["patterns"] == kept["patterns"]
    assert len(pattern["parts"]) == pq.read_table(folder / "parts.parquet").num_rows
    assert "effectchain validate --pattern C16" in (folder / "manifest.json").read_text(encoding="utf-8")


def test_a_pattern_that_is_not_met_ends_with_1() -> None:
    """Exit code 1 and nothing on standard error: it is a finding, no failure; the changed rule is told."""
    ending = effectchain("validate", "--pattern", "C16", "--set", "behaviour.hearsay_bad_stay=0.8")

    assert (1, "") == (ending.code, ending.err)
    assert "Not the shipped model: hearsay_bad_stay = 0.8" in ending.out
    assert "1 not met" in ending.out


def test_too_few_replications_are_no_verdict() -> None:
    """Exit code 1, and it is said how many it takes."""
    ending = effectchain("validate", "--pattern", "C16", "--replications", "3")

    assert 1 == ending.code
    assert "1 too few to judge" in ending.out
    assert "3 replications are too few to judge: a verdict takes 20." in ending.out


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_report_stands_alone_in_both_languages(language: str) -> None:
    """No script, no outside address; claim, criterion and every part are in it."""
    effectchain("validate", "--pattern", "C16", "--replications", "2", "--lang", language, "--out", "found", "-q")
    page = Path("found/report.html").read_text(encoding="utf-8")
    pattern = PATTERNS["C16"]

    assert f'<html lang="{language}">' in page
    assert pattern.claim.told(language) in page
    assert pattern.criterion.told(language) in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert 1 == page.count("<figure")


def test_mistakes_are_answered_before_anything_is_lived() -> None:
    """A pattern that there is not, another setting than a rule, too many replications."""
    assert "no pattern 'E19'. Allowed: 1, 2, 3" in refused("validate", "--pattern", "E19")
    assert "patterns set their own organisations" in refused("validate", "--set", "organisation.employees=3")
    assert "from 2 to 1000" in refused("validate", "--replications", "1")


@pytest.mark.slow
def test_the_whole_validation_is_judged() -> None:
    """Every pattern has a verdict; those of the list that were met stay met."""
    data = effectchain("validate", "--json").data

    assert list(PATTERNS) == [pattern["id"] for pattern in data["patterns"]]
    assert {"met", "not met", "undecided"} >= {pattern["verdict"] for pattern in data["patterns"]}
    looked_again = {part["replications"] for part in data["patterns"] if part["verdict"] == "undecided"}
    assert looked_again <= {40}
