"""`effectchain roadmap` from the command line: what it writes and tells, and how it answers what cannot be."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import effectchain as ec
from results.sweeps.lock import holding
from tests.command_line import done, refused, small_file
from tests.small_organisation import small

QUICK = "--trials 16 --replications 3"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_folder_holds_the_plan_and_runs_to_the_same_numbers() -> None:
    """roadmap.toml, run by the command that is told, gives the very gain that was told."""
    ending = done(
        "roadmap", small_file(weeks=52), "--budget", "9000", "--goal", "loyalty", "--out", "best", *QUICK.split()
    )
    told = json.loads(Path("best/roadmap.json").read_text(encoding="utf-8"))
    command = ending.out.strip().splitlines()[-1].partition("effectchain ")[2].split()
    compared = done(*command, "--json").data["indicators"]["loyalty"]

    assert pytest.approx(compared["difference"]) == told["gain"]["loyalty"]["difference"]
    assert pytest.approx(compared["interval"]) == told["gain"]["loyalty"]["interval"]
    names = {path.name for path in Path("best").iterdir()}
    assert {"roadmap.toml", "scenario.toml", "plan.png", "plan.svg", "impatience.png", "weekly.parquet"} <= names
    assert told["tried"] == 16
    assert "only_operations" in told["rules"]
    assert {"stopped-at-25", "stopped-at-50", "stopped-at-75"} == set(told["impatience"])
    assert pq.read_table("best/weekly.parquet").num_rows == 52 * 3 * (1 + len(list(Path("best/plans").iterdir())) - 1)


def test_a_search_is_not_started_twice() -> None:
    """The same command again tries no new plans, and a longer one goes on."""
    file = small_file(weeks=26)
    words = ("roadmap", file, "--budget", "9000", "--replications", "2", "--out", "here", "--json", "--trials")
    first, again, longer = (done(*words, trials).data for trials in ("8", "8", "16"))

    assert first == again
    assert (8, 16) == (first["tried"], longer["tried"])


def test_no_money_to_speak_of_means_no_work() -> None:
    """A budget that buys nothing gives the empty plan, differences of exactly nothing, and plain words."""
    ending = done(
        "roadmap",
        small_file(weeks=26),
        "--budget",
        "0.001",
        "--goal",
        "nps",
        "--out",
        "best",
        "--lang",
        "nl",
        *QUICK.split(),
    )
    told = json.loads(Path("best/roadmap.json").read_text(encoding="utf-8"))

    assert ([], "same", 0.0) == (told["plan"], told["verdict"], told["gain"]["nps"]["difference"])
    assert "Geen werk aan bouwstenen." in ending.out
    assert "niets doen" in ending.out


def test_two_goals_give_a_front() -> None:
    """None of the plans that are told beats another in both goals; there is a figure of them."""
    words = "--budget 9000 --goal npv --goal engagement --out both --json"
    found = done("roadmap", small_file(weeks=52), *words.split(), *QUICK.split()).data
    gains = [[plan["gain"][goal]["difference"] for goal in ("npv", "engagement")] for plan in found["front"]]
    own = [found["gain"][goal]["difference"] for goal in ("npv", "engagement")]
    others = [gain for gain in gains if gain != own]

    assert not [one for one in others for two in others if one[0] < two[0] and one[1] < two[1]]
    assert own in gains
    assert Path("both/front.svg").exists()


def test_a_robust_plan_is_held_against_its_variants() -> None:
    """Regret by plan and variant, never below zero, zero for somebody in each variant; the draws can be run again."""
    words = "--budget 9000 --goal satisfaction --robust 2 --out robust --json"
    found = done("roadmap", small_file(weeks=39), *words.split(), *QUICK.split()).data

    assert {"small", "draw-1", "draw-2"} == set(found["regrets"]["roadmap"])
    for variant in found["regrets"]["roadmap"]:
        assert 0.0 == min(plan[variant] for plan in found["regrets"].values())
    assert 2 == len(list(Path("robust/variants").iterdir()))
    assert Path("robust/regret.png").exists()


def test_draws_are_plausible_and_named_by_the_seed() -> None:
    """Only what is assumed changes, by half as much again at most, and the same seed gives the same draws."""
    from agents.registry import PARAMETERS  # noqa: PLC0415
    from experiments.roadmaps.variants import variants_of  # noqa: PLC0415

    base, one, two = variants_of(small(), 2, seed=5)
    changed = {name: value / PARAMETERS[name].default for name, value in one.behaviour.items() if value}

    assert {"assumed"} == {PARAMETERS[name].origin for name in one.behaviour}
    assert all(0.66 < factor < 1.51 for factor in changed.values())
    assert (base, one, two) == variants_of(small(), 2, seed=5)
    assert one.behaviour != two.behaviour


def test_from_python() -> None:
    """`ec.roadmap` gives the plan, paired differences and figures."""
    found = ec.roadmap(small(weeks=26), budget=9000, goal="loyalty", trials=8, replications=2, blocks=("operations",))

    assert {"operations"} >= set(found.plan.blocks())
    assert found.beside("roadmap").difference is not None
    assert "roadmap" == found.scenario.name
    assert found.plot("plan", language="nl").get_axes()
    with pytest.raises(ec.ResultsError, match="choose one of plan, impatience, front, regret"):
        found.plot("nothing")
    with pytest.raises(ec.ResultsError, match="no front"):
        found.plot("front")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--budget 0", "budget = 0"),
        ("--budget -5", "budget = -5"),
        ("--budget nan", "budget = nan"),
        ("--budget lots", "not a valid float"),
        ("", "Missing option '--budget'"),
        ("--budget 9 --horizon 12", "horizon = 12"),
        ("--budget 9 --horizon 99999", "horizon = 99999"),
        ("--budget 9 --goal loyality", "did you mean 'loyalty'"),
        ("--budget 9 --goal trust", "commercial organisation"),
        ("--budget 9 --goal nps --goal nps", "given twice"),
        ("--budget 9 --goal nps --goal npv --goal bond", "3 times"),
        ("--budget 9 --most-at-once 0", "most_at_once = 0"),
        ("--budget 9 --most-effort 0", "most_effort = 0"),
        ("--budget 9 --block leaders", "did you mean 'leadership'"),
        ("--budget 9 --trials 0", "trials = 0"),
        ("--budget 9 --minutes -1", "minutes = -1"),
        ("--budget 9 --replications 1", "from 2"),
        ("--budget 9 --robust nowhere.toml", "nowhere.toml"),
        ("--budget 9 --robust .", "another sector"),
        ("--budget 9 --robust 0", "robust = 0"),
        ("--budget 9 --robust 2 --goal npv --goal nps", "one goal"),
    ],
)
def test_what_cannot_be_is_answered(words: str, said: str) -> None:
    """One clear sentence, exit code 2, and nothing written."""
    file = small_file(weeks=52)
    small_file("public", organisation__sector="nonprofit", economics__budget=400_000.0)
    before = set(Path().iterdir())

    assert said in refused("roadmap", file, *words.split())
    assert before == set(Path().iterdir())


def test_a_folder_of_something_else_is_refused() -> None:
    """Other files, another search, or a search that is running are not disturbed."""
    file = small_file(weeks=26)
    words = ("roadmap", file, "--trials", "8", "--replications", "2", "--budget")
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("dear", encoding="utf-8")

    assert "holds other files" in refused(*words, "9000", "--out", "mine")
    done(*words, "9000", "--out", "first")
    assert "budget was 9000.0 and is 8000.0" in refused(*words, "8000", "--out", "first")
    with holding(Path("first")):
        assert "Another process" in refused(*words, "9000", "--out", "first")
    assert "dear" == Path("mine/letter.txt").read_text(encoding="utf-8")
