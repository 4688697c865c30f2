"""`effectchain scenarios`, as a user types it."""

import re
import tomllib
from pathlib import Path

import pytest

from effectchain.compiling import compile_rules
from scenarios.loading import load, parse, presets
from scenarios.schema import json_schema
from tests.command_line import done, effectchain, refused, small_file


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_list_has_a_line_a_preset(language: str) -> None:
    """Its name, and its title in the reader's language."""
    lines = done("scenarios", "list", "--lang", language).out.splitlines()

    assert list(presets()) == [line.split()[0] for line in lines]
    assert all(line.endswith(getattr(load(line.split()[0]).about, f"title_{language}")) for line in lines)


def test_list_is_there_for_programs() -> None:
    """The same as JSON."""
    found = done("scenarios", "list", "--json").data

    assert [{"name": name, "title": load(name).about.title_en} for name in presets()] == found


@pytest.mark.parametrize("name", presets())
def test_show_gives_all_that_a_scenario_says(name: str) -> None:
    """As a file that is the same scenario, or as JSON."""
    assert load(name) == parse(done("scenarios", "show", name).out)
    assert load(name).as_dict() == done("scenarios", "show", name, "--json").data


def test_schema_is_that_of_scenario_files() -> None:
    """For editors that check while one writes."""
    assert json_schema() == done("scenarios", "schema").data


def test_new_writes_a_file_that_changes_one_thing() -> None:
    """It builds on the preset, and strengthens its leadership."""
    told = done("scenarios", "new", "mine", "--extends", "hotel").out

    mine = load("mine.toml")
    assert "mine.toml" in told
    assert "mine" == mine.name
    assert ["leadership"] == [intervention.block for intervention in mine.interventions]
    assert load("hotel") == mine.with_(name="hotel", interventions=[], about=load("hotel").about.model_dump())


def test_every_line_of_a_new_file_may_be_taken_into_force() -> None:
    """Without its #, each key says what the preset says, so that one may start from there."""
    done("scenarios", "new", "mine", "--extends", "mobile_provider")
    text = Path("mine.toml").read_text(encoding="utf-8")
    in_force = re.sub(r"(?m)^# (?=\w+ = |\[\[)", "", text)

    mine, all_in_force = load("mine.toml"), parse(in_force)
    assert len(tomllib.loads(in_force)["organisation"]) > 5
    assert mine == all_in_force.with_(shocks=[])
    assert ["demand"] == [shock.kind for shock in all_in_force.shocks]


def test_new_never_replaces_a_file_unless_told_to() -> None:
    """Somebody may have worked on it."""
    Path("mine.toml").write_text("precious", encoding="utf-8")

    assert "mine.toml: exists; choose another name, or add --force" in refused("scenarios", "new", "mine")
    assert "precious" == Path("mine.toml").read_text(encoding="utf-8")
    done("scenarios", "new", "mine", "--extends", "hotel", "--force")
    assert "mine" == load("mine.toml").name


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("new Mine --extends hotel", "must be a name of at most 64 small letters"),
        ("new mine --extends hotle", "did you mean 'hotel'?"),
        ("new mine --extends hotel --out taken/mine.toml", "cannot be written"),
        ("show hotle", "did you mean 'hotel'?"),
        ("show taken", "there is no preset 'taken'"),
        ("show ./nothing.toml", "cannot be read"),
    ],
)
def test_a_mistake_leaves_nothing_behind(words: str, told: str) -> None:
    """One clear answer, and no file."""
    Path("taken").write_text("a file", encoding="utf-8")

    assert told in refused("scenarios", *words.split())
    assert ["taken"] == [path.name for path in Path().iterdir()]


def test_check_tells_of_every_file() -> None:
    """What is right on standard output, what is wrong on standard error; exit code 2 for any mistake."""
    small_file()
    Path("wrong.toml").write_text("schema = 1\n[organisation]\nemployes = 3\n", encoding="utf-8")
    costly = [{"block": "culture", "start": 1, "weeks": 1, "budget": 1e9}]
    small_file("costly", interventions=costly)

    ending = effectchain("scenarios", "check", "wrong.toml", "small.toml", "costly.toml")
    assert 2 == ending.code
    assert ["small.toml"] == [line.partition(":")[0] for line in ending.out.splitlines()]
    assert "10 employees, 120 customers, 20 weeks, 0 interventions, 1 shock" in ending.out
    assert "did you mean 'employees'?" in ending.err
    assert "an effort can't exceed 1" in ending.err
    assert 0 == done("scenarios", "check", "small.toml", "hotel").code


def test_bands_are_held_against_the_first_year() -> None:
    """Without what is done and what befalls: the year of this file is ordinary but for its shock."""
    compile_rules(quiet=True)
    shocks = [{"kind": "demand", "start": 1, "weeks": 20, "size": 5.0}]
    small_file("kept", shocks=shocks, expected={"failure_rate": [0.0, 0.5], "employees": [5, 15]})
    small_file("broken", expected={"employees": [5, 15], "engagement": [0.99, 1.0]})
    small_file("silent")

    kept = done("scenarios", "check", "kept.toml", "--bands").out
    broken = effectchain("scenarios", "check", "broken.toml", "kept.toml", "--bands")
    assert re.search(r"  first year +band +mean\n", kept)
    assert 2 == kept.count("  inside\n")
    assert 1 == broken.code
    assert re.search(r"engagement +0.99 to 1 +0\.\d+  OUTSIDE\n", broken.out)
    assert 3 == broken.out.count("  inside\n")
    assert "It has no [expected] bands" in done("scenarios", "check", "silent.toml", "--bands").out
