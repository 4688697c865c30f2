"""The page of experiments without a browser: which folders are read, and what of them goes to the browser."""

import io
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

import experiments
from agents.registry import PARAMETERS
from effectchain.dashboard.experiments import finding
from effectchain.dashboard.experiments.doing import Doing
from effectchain.dashboard.experiments.drawing import MOST_DOTS, MOST_ROWS, scatter, selection, spreads
from effectchain.dashboard.experiments.finding import below, find
from effectchain.dashboard.experiments.opening import opened, scenario_at
from effectchain.dashboard.experiments.picture import KINDS, detail, kind_text, listing
from effectchain.dashboard.experiments.scales import Scale, called
from effectchain.dashboard.words import words_of
from experiments.designs.experiment import Experiment, parse_experiment
from experiments.meanings import meaning
from results.points import Points
from scenarios.errors import Mistake
from tests import sweeps
from tests.finished_sweeps import finished

PAGE = Path(finding.__file__).parent
HOSTILE = "<img src=x onerror=alert(1)>"


def experiment(kind: str = "saltelli", points: int = 8) -> Experiment:
    """Two building blocks of the hotel."""
    text = (
        'schema = 1\nname = "two_blocks"\nscenario = "hotel"\nreplications = 2\nseed = 3\n'
        f'[design]\nkind = "{kind}"\npoints = {points}\n'
        '[factors]\n"building_blocks.culture" = {low = 0.2, high = 0.8}\n'
        '"building_blocks.leadership" = {low = 0.2, high = 0.8}\n'
    )
    return parse_experiment(text, "text", Path())


def loyalty(design: Any, replication: int) -> Any:
    """Leadership counts three times as much as culture, and luck a little."""
    culture, leadership = (design.column(f"building_blocks.{name}").to_numpy() for name in ("culture", "leadership"))
    return 0.5 + 0.1 * culture + 0.3 * leadership + 0.001 * np.sin(np.arange(len(culture)) + replication)


def finished_page(start: Path, path: str, **looking: Any) -> Doing:
    """A visit in which this folder is open, and nothing is being worked out any more."""
    doing = Doing(lambda: start)
    doing.watched(lambda _: None)
    doing.choose(path)
    wait_for(lambda: doing.work.findings and (doing.work.opened or doing.work.mistake))
    if looking:
        doing.look(looking)
    return doing


def wait_for(what: Any) -> None:
    """Until it holds, ten seconds at most."""
    end = time.monotonic() + 10.0
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_folders_with_results_are_found_and_others_are_not(tmp_path: Path) -> None:
    """Three deep, without hidden ones; each with its kind and its state."""
    finished(tmp_path / "runs" / "whole", experiment(), loyalty)
    sweeps.sweep(tmp_path / "runs" / "begun")
    for name in (".hidden/run", "a/b/c/deep", "plain"):
        (tmp_path / name).mkdir(parents=True)
    for name in (".hidden/run", "a/b/c/deep"):
        (tmp_path / name / "manifest.json").write_text('{"kind": "run"}')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "manifest.json").write_text("{")

    states = {one.path: (one.kind, one.state) for one in find(tmp_path).folders}
    assert {
        "runs/whole": ("sweep", "finished"),
        "runs/begun": ("sweep", "stopped"),
        "broken": ("", "damaged"),
    } == states


def test_a_sweep_that_somebody_lives_is_running(tmp_path: Path) -> None:
    """As long as its lock is held."""
    store = sweeps.sweep(tmp_path / "begun")
    with store.locked():
        assert ["running"] == [one.state for one in find(tmp_path).folders]


@pytest.mark.parametrize(
    "path", ["", ".", "..", "../other", "/etc", "runs/../../other", "\0", "x" * 5_000, "link", "runs/none"]
)
def test_no_other_folder_can_be_read(tmp_path: Path, path: str) -> None:
    """Neither by its path nor by a link that leads there."""
    start, other = tmp_path / "start", tmp_path / "other"
    sweeps.sweep(other)
    (start / "runs").mkdir(parents=True)
    (start / "link").symlink_to(other)

    with pytest.raises(Mistake):
        below(start, path)
    assert () == find(start).folders


def test_a_link_within_a_folder_is_not_followed(tmp_path: Path) -> None:
    """A table that really stands elsewhere is not read."""
    start = tmp_path / "start"
    store = finished(start / "mine", experiment(), loyalty)
    part = next((store.folder / "parts").iterdir())
    elsewhere = tmp_path / "secret.parquet"
    part.rename(elsewhere)
    part.symlink_to(elsewhere)

    with pytest.raises(Mistake, match="link to another place"):
        opened(start, "mine")


def test_a_scenario_that_builds_on_another_file_is_not_followed(tmp_path: Path) -> None:
    """What moves an indicator is not said then, and nothing of that file is."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    (store.folder / "scenario.toml").write_text('schema = 1\nextends = "../../secret.toml"\n')
    doing = finished_page(tmp_path, "mine")
    wait_for(lambda: doing.mover is not None)

    assert "builds on another file" in detail(doing.work, doing.mover, "en")["movers"]["trouble"]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_finished_sweep_shows_what_moves_its_outcome(tmp_path: Path, language: str) -> None:
    """Leadership first, in the reader's language; the command that made it stands there."""
    finished(tmp_path / "mine", experiment(points=64), loyalty)
    doing = finished_page(tmp_path, "mine")
    wait_for(lambda: doing.mover is not None)
    shown = detail(doing.work, doing.mover, language)

    assert {"en": "Leadership", "nl": "Leiderschap"}[language] == shown["movers"]["rows"][0]["name"]
    assert [2, 2] == [len(row["bars"]) for row in shown["movers"]["rows"]]
    assert "finished" == shown["progress"]["state"]
    bars = [bar for row in shown["movers"]["rows"] for bar in row["bars"]]
    assert all(0.0 <= bar["low"] <= bar["to"] <= bar["high"] + 1e-9 <= 1.0 for bar in bars)


def test_failed_runs_are_told_with_their_reason_and_nothing_is_analysed(tmp_path: Path) -> None:
    """Together where they failed alike; an analysis without them would mislead."""
    finished(tmp_path / "mine", experiment(), loyalty, failed=[2, 5])
    doing = finished_page(tmp_path, "mine")
    wait_for(lambda: doing.mover is not None)
    shown = detail(doing.work, doing.mover, "nl")

    assert "4 mislukt" == shown["progress"]["failed"]
    assert 1 == len(shown["failures"])
    assert shown["failures"][0].startswith("4 in stap")
    assert words_of("experiments", "nl")["movers_failed"] == shown["movers"]["trouble"]


def test_an_assumption_is_named_in_the_readers_language() -> None:
    """By its key's words in English, by what it stands for in Dutch; each by a name of its own."""
    assert "Assumption: engagement coaching" == called("behaviour.engagement_coaching", "en")
    assert f"Aanname: {meaning('engagement_coaching', 'nl')}" == called("behaviour.engagement_coaching", "nl")
    for language in ("en", "nl"):
        assert len({called(f"behaviour.{name}", language) for name in PARAMETERS}) == len(PARAMETERS)
    assert called("behaviour.no_such", "nl").endswith("no such")


def test_folders_of_every_kind_have_a_name_in_both_languages() -> None:
    """Each kind that anything of ours writes; a sort is stable, and no folder."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(experiments.__file__).parent.rglob("*.py"))
    written = {*re.findall(r'kind="([a-z ]+)"', code)} - {"stable"}
    assert {"validation", "effect sizes", "survey"} <= written <= {*KINDS}
    for language in ("en", "nl"):
        words = words_of("experiments", language)
        assert len(KINDS) == len({kind_text(kind, words) for kind in KINDS})


def test_a_damaged_part_is_told_and_what_becomes_of_it(tmp_path: Path) -> None:
    """How many there are, which is one, and that the same command does its runs again."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    broken = min((store.folder / "parts").glob("*.parquet"))
    broken.write_bytes(b"no part")
    doing = finished_page(tmp_path, "mine")
    for language in ("en", "nl"):
        told = detail(doing.work, doing.mover, language)["progress"]["damaged"]
        assert words_of("experiments", language)["damaged_parts"].format(count=1, name=f"parts/{broken.name}") == told


def test_names_out_of_files_stay_text(tmp_path: Path) -> None:
    """Marks and hidden signs come out as they are or as escapes, and short."""
    place = tmp_path / f"{HOSTILE}"
    place.mkdir()
    text = {"kind": HOSTILE, "command": "x\u202ey" * 5_000, "experiment": {"name": "n\x1b" * 500}}
    (place / "manifest.json").write_text(json.dumps(text))
    doing = finished_page(tmp_path, HOSTILE)
    folder = listing(doing.work, "en")["folders"][0]
    shown = detail(doing.work, None, "en")

    assert HOSTILE[:30] in folder["kind_text"]
    assert len(folder["name"]) <= 80
    assert "\u202e" not in shown["command"]
    assert "\x1b" not in folder["name"] + shown["name"]
    assert len(shown["command"]) <= 2_000


def test_a_hundred_thousand_points_stay_on_the_machine() -> None:
    """Two thousand dots and a dozen rows go to the browser, and both say of how many."""
    count = 100_000
    along = np.random.default_rng(1).random(count)
    levels = {"loyalty": 0.5 + 0.2 * along}
    points = Points(np.arange(count), {"building_blocks.culture": along.tolist()}, levels, np.ones(count, int))
    words = words_of("experiments", "en")
    shown = scatter(points, "building_blocks.culture", "loyalty", words, "en")
    chosen = selection(points, "building_blocks.culture", "loyalty", (0.5, 1.0, 0.0, 1.0), words, "en")
    strips = spreads(points, "building_blocks.culture", "loyalty", words, "en")

    assert (MOST_DOTS, "2,000 of 100,000 points shown") == (len(shown["dots"]), shown["shown"])
    assert MOST_ROWS == len(chosen["rows"])
    assert chosen["shown"].startswith("49,951 points selected, the highest 12")
    assert ["20,000"] * 5 == [row["count"] for row in strips["rows"]]
    assert 60_000 > len(json.dumps([shown, chosen, strips]))


def test_a_point_becomes_the_scenario_that_was_lived(tmp_path: Path) -> None:
    """With the factors of its cell in the swept scenario."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    whole = {**store.manifest} | {"identity": {"scenario": experiment().base.as_dict(), "scenarios": {}}}
    (store.folder / "manifest.json").write_text(json.dumps(whole))
    found = opened(tmp_path, "mine")
    assert found.points
    scenario = scenario_at(found, 3)

    assert found.points.factors["building_blocks.culture"][3] == scenario.building_blocks.culture.lived
    assert found.points.factors["building_blocks.leadership"][3] == scenario.building_blocks.leadership.designed
    with pytest.raises(Mistake, match="no such point"):
        scenario_at(found, 99_999)


def test_a_folder_that_does_not_say_its_scenario_says_that(tmp_path: Path) -> None:
    """An older or a foreign sweep; the page tells it in a sentence."""
    sweeps.fill(sweeps.sweep(tmp_path / "mine"))
    doing = finished_page(tmp_path, "mine")

    assert doing.scenario(0) is None
    assert "does not say" in detail(doing.work, None, "en")["mistake"]


def test_a_damaged_part_gives_a_sentence(tmp_path: Path) -> None:
    """No number of it is shown."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    part = min((store.folder / "parts").iterdir())
    content = bytearray(part.read_bytes())
    content[40] ^= 1
    part.write_bytes(content)
    shown = detail(finished_page(tmp_path, "mine").work, None, "nl")

    assert not shown["has_points"]
    assert shown["trouble"].startswith("Dit is niet te lezen.")


@pytest.mark.parametrize(
    "change",
    [
        {"experiment": "text"},
        {"experiment": {"design": 3, "factors": [1]}},
        {"identity": 7, "seeds": "x", "packages": [], "scenario": None, "weeks": {}},
        {"identity": {"scenario": {"organisation": 3}, "scenarios": [1]}},
    ],
)
def test_a_strange_manifest_gives_a_sentence_and_no_silence(tmp_path: Path, change: dict[str, Any]) -> None:
    """Whatever another program wrote there, the page says something and can be used."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    (store.folder / "manifest.json").write_text(json.dumps({**store.manifest} | change))
    finished(tmp_path / "other", experiment(), loyalty)
    doing = finished_page(tmp_path, "mine")
    listing(doing.work, "nl")
    if doing.work.opened and doing.work.opened.points:
        wait_for(lambda: doing.mover is not None)
        assert doing.scenario(0) is None
    shown = detail(doing.work, doing.mover, "nl")
    assert (shown["mistake"] or shown["trouble"]).startswith("Dit is niet te lezen.")
    doing.choose("other")
    wait_for(lambda: doing.work.opened and doing.work.opened.path == "other")


def test_the_newest_wish_wins(tmp_path: Path) -> None:
    """Who chooses another folder while one is being read sees the other."""
    finished(tmp_path / "one", experiment(), loyalty)
    finished(tmp_path / "two", experiment(), loyalty)
    doing = Doing(lambda: tmp_path)
    for path in ("one", "two", "one", "two"):
        doing.choose(path)
    wait_for(lambda: doing.work.opened)
    time.sleep(0.2)

    assert "two" == doing.work.path == doing.work.opened.path  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wish", [{"outcome": "nope"}, {"x": "__class__"}, {"factor": 3}, {"bounds": "abc"}, {"bounds": [1, 2]}]
)
def test_a_wish_that_cannot_be_changes_nothing(tmp_path: Path, wish: dict[str, Any]) -> None:
    """Names are held against those there are."""
    finished(tmp_path / "mine", experiment(), loyalty)
    doing = finished_page(tmp_path, "mine")
    before = doing.work
    doing.look(wish)

    assert (before.outcome, before.x, before.factor, None) == (
        doing.work.outcome,
        doing.work.x,
        doing.work.factor,
        doing.work.bounds,
    )


@pytest.mark.parametrize(
    ("low", "high", "texts"),
    [
        (0.2, 0.8, ["0.2", "0.4", "0.6", "0.8"]),
        (0.0, 1000.0, ["0", "200", "400", "600", "800", "1,000"]),
        (0.0001, 0.0002, ["0.0001", "0.00012", "0.00014", "0.00016", "0.00018", "0.0002"]),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, texts: list[str]) -> None:
    """About five of them, from end to end."""
    found = [tick["text"] for tick in Scale("f", low, high).ticks("en")]
    assert texts == [text.rstrip("0") if "." in text else text for text in found]


def test_few_folders_are_looked_at_where_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A start folder with a million folders doesn't hold the page up."""
    monkeypatch.setattr(finding, "MOST_LOOKED_AT", 10)
    for number in range(40):
        (tmp_path / f"f{number:02}").mkdir()
        (tmp_path / f"f{number:02}" / "manifest.json").write_text('{"kind": "run"}')
        os.utime(tmp_path / f"f{number:02}" / "manifest.json", (number, number))

    assert 9 == find(tmp_path).count


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "png", "svg"])
def test_what_is_taken_along_says_what_made_it(tmp_path: Path, form: str) -> None:
    """All points as a table, and what moves the outcome as a figure."""
    store = finished(tmp_path / "mine", experiment(), loyalty)
    whole = {**store.manifest} | {"command": "effectchain sweep of_mine.toml", "seeds": [3]}
    (store.folder / "manifest.json").write_text(json.dumps(whole))
    doing = finished_page(tmp_path, "mine")
    wait_for(lambda: doing.mover is not None)
    doing.take(form, "nl")
    found = doing.work.download

    assert found
    assert found.name.endswith(f".{form}")
    if form == "csv":
        assert 33 == len(found.content.splitlines())
    if form == "parquet":
        table = pq.read_table(io.BytesIO(found.content))
        assert doing.work.opened
        assert doing.work.opened.points
        assert doing.work.opened.points.levels["loyalty"].tolist() == table.column("loyalty").to_pylist()
    if form == "xlsx":
        sheets = load_workbook(io.BytesIO(found.content)).worksheets
        told = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
        assert "effectchain sweep of_mine.toml" in told
    if form == "svg":
        assert b"of_mine.toml" in found.content
