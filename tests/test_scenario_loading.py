"""Finding, reading and laying over each other of scenario files."""

import os
from pathlib import Path

import pytest

from agents.blocks import BLOCKS
from scenarios.errors import Mistake
from scenarios.loading import load, parse, preset_path, presets
from scenarios.scenario import Scenario
from tests.diagnosis_forms import IDS, Person, form_csv, same


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A folder with a parent and a child in a folder below."""
    write(tmp_path / "parent.toml", 'name = "parent"\nweeks = 20\n[organisation]\nemployees = 80\nleaders = 9')
    write(tmp_path / "below" / "child.toml", 'extends = "../parent.toml"\n[organisation]\nleaders = 8')
    return tmp_path


def write(path: Path, text: str) -> Path:
    """A scenario file with this text below its first line."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"schema = 1\n{text}", encoding="utf-8")
    return path


def refusal(source: str | Path) -> str:
    """What the user reads who loads this."""
    with pytest.raises(Mistake) as caught:
        load(source)
    return str(caught.value)


@pytest.mark.parametrize("name", presets())
def test_every_preset_loads_under_its_own_name(name: str) -> None:
    """A preset is a file like any other; its name is the file's."""
    assert name == load(name).name
    assert load(name) == load(preset_path(name))


def test_the_first_presets_are_there() -> None:
    """Others build on these names."""
    assert {"hotel", "mobile_provider"} <= set(presets())


def test_all_that_is_not_said_has_its_default() -> None:
    """The shortest file is a whole scenario."""
    assert Scenario(name="text") == parse("schema = 1")


def test_a_whole_number_will_do_for_a_real_one() -> None:
    """Types are strict, but nobody has to write 60.0."""
    price = parse("schema = 1\n[economics]\nprice = 60").economics.price

    assert (60.0, float) == (price, type(price))


def test_a_child_is_laid_over_its_parent_key_by_key(folder: Path) -> None:
    """What the child does not say stays; its name is its own."""
    child = load(folder / "below" / "child.toml")

    assert ("child", 20, 80, 8) == (child.name, child.weeks, child.organisation.employees, child.organisation.leaders)


def test_arrays_replace_the_parents_as_a_whole(tmp_path: Path) -> None:
    """Two lists of interventions do not mix."""
    work = '[[interventions]]\nblock = "{}"\nstart = 1\nweeks = 2\nto = 0.9\n'
    write(tmp_path / "a.toml", work.format("culture") + work.format("design"))
    write(tmp_path / "b.toml", 'extends = "a.toml"\n' + work.format("strategy"))
    write(tmp_path / "c.toml", 'extends = "b.toml"\ninterventions = []')

    assert ["strategy"] == [item.block for item in load(tmp_path / "b.toml").interventions]
    assert () == load(tmp_path / "c.toml").interventions


def test_half_a_block_leaves_the_parents_other_half(tmp_path: Path) -> None:
    """One number stands for designed and lived, also where only one of them is changed later."""
    write(tmp_path / "a.toml", "[building_blocks]\nculture = 0.6")
    write(tmp_path / "b.toml", 'extends = "a.toml"\n[building_blocks]\nculture = { designed = 0.8 }')

    culture = load(tmp_path / "b.toml").building_blocks.culture

    assert (0.8, 0.6) == (culture.designed, culture.lived)


def test_a_mistake_is_placed_in_the_file_that_made_it(tmp_path: Path) -> None:
    """Parent and child each answer for their own lines."""
    write(tmp_path / "a.toml", "weeks = 0\n[market]\n\ncontacts = -1")
    write(tmp_path / "b.toml", 'extends = "a.toml"\n[market]\npromise = 7')
    told = refusal(tmp_path / "b.toml")

    assert "a.toml, line 2, weeks = 0" in told
    assert "a.toml, line 5, market.contacts = -1" in told
    assert "b.toml, line 4, market.promise = 7" in told


def test_a_circle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever closes the circle must see all of it."""
    write(tmp_path / "a.toml", 'extends = "b.toml"')
    write(tmp_path / "b.toml", 'extends = "./a.toml"')
    monkeypatch.chdir(tmp_path)

    assert "b.toml, line 2: `extends` goes round in a circle: a.toml -> b.toml -> a.toml" == refusal("a.toml")


def test_a_file_that_extends_itself_is_a_circle(tmp_path: Path) -> None:
    """Also by its absolute path."""
    path = write(tmp_path / "a.toml", f'extends = "{(tmp_path / "a.toml").as_posix()}"')

    assert "goes round in a circle" in refusal(path)


def test_a_chain_has_an_end(tmp_path: Path) -> None:
    """Sixteen scenarios on top of each other are enough for anybody."""
    write(tmp_path / "0.toml", "")
    for number in range(1, 17):
        write(tmp_path / f"{number}.toml", f'extends = "{number - 1}.toml"')

    assert "15" == load(tmp_path / "15.toml").name
    assert "more than 16 scenarios build on each other" in refusal(tmp_path / "16.toml")


@pytest.mark.parametrize(
    ("parent", "told"),
    [
        ('"nosuch"', "extends = 'nosuch': there is no preset 'nosuch'"),
        ('"nosuch.toml"', "nosuch.toml: cannot be read: no such file"),
        ("3", "extends = 3: must be the name of a preset or file"),
        ('""', "there is no preset ''"),
        ('"."', "is a folder"),
    ],
)
def test_a_parent_that_is_not_there(tmp_path: Path, parent: str, told: str) -> None:
    """The line of `extends` is named, and what is wrong with it."""
    answer = refusal(write(tmp_path / "a.toml", f"extends = {parent}"))

    assert "a.toml, line 2, extends" in answer
    assert told in answer


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"schema = 1\nname = 'caf\xe9'", "is not UTF-8 at byte 23; save the file as UTF-8"),
        ("schema = 1".encode("utf-16"), "is not UTF-8 at byte 1"),
        (b"schema = 1\0", "is not valid TOML"),
        (b"\0" * 10, "is not valid TOML"),
        (b"# " + b"a" * 1_000_000, "is larger than 1 MB"),
        (b"", "the line `schema = 1` is missing"),
    ],
)
def test_files_that_hold_no_scenario(tmp_path: Path, content: bytes, told: str) -> None:
    """Whatever the bytes, the answer is one sentence about them."""
    path = tmp_path / "a.toml"
    path.write_bytes(content)

    assert told in refusal(path)


def test_bytes_that_editors_add_do_no_harm(tmp_path: Path) -> None:
    """A byte order mark and the line ends of another system."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbfschema = 1\r\nweeks = 7\r\n")

    assert 7 == load(path).weeks


@pytest.mark.parametrize("name", ["nosuch.toml", ".", "/dev/zero", "a\0.toml", "./" + "a" * 5000, "\ud800.toml"])
def test_names_that_are_no_file(name: str) -> None:
    """Folders, devices, names that no system can have: refused, not waited for."""
    answer = refusal(name)

    assert "Allowed: a scenario file (.toml, UTF-8, at most 1 MB)" in answer
    assert len(answer) < 300


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Nobody may ever write into it."""
    os.mkfifo(tmp_path / "pipe.toml")

    assert "is not a plain file" in refusal(tmp_path / "pipe.toml")


def test_a_nameless_scenario_is_called_after_its_file(tmp_path: Path) -> None:
    """In signs that names may have."""
    assert "my-great-plan" == load(write(tmp_path / "My great (plan).toml", "")).name
    assert "scenario" == load(write(tmp_path / "()().toml", "")).name


def test_diagnosis_gives_maturity_and_explicit_keys_override(tmp_path: Path) -> None:
    """The path is relative to the scenario file; a block that the file names itself is not taken from the answers."""
    form_csv(tmp_path / "answers.csv", [Person(same(5, IDS))])
    blocks = '[building_blocks]\nfrom_diagnosis = "answers.csv"\nculture = 0.25\ndesign = { lived = 0.5 }'
    scenario = load(write(tmp_path / "a.toml", blocks))

    others = [block for block in BLOCKS if block not in {"culture", "design"}]
    assert {(1.0, 1.0)} == {
        (getattr(scenario.building_blocks, name).designed, getattr(scenario.building_blocks, name).lived)
        for name in others
    }
    assert (0.25, 0.25) == (scenario.building_blocks.culture.designed, scenario.building_blocks.culture.lived)
    assert (1.0, 0.5) == (scenario.building_blocks.design.designed, scenario.building_blocks.design.lived)


def test_a_diagnosis_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    """No traceback, but the name of the file."""
    assert "answers.csv" in refusal(write(tmp_path / "a.toml", '[building_blocks]\nfrom_diagnosis = "answers.csv"'))
