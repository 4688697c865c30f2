"""`effectchain run`, `compare`, `results show` and `demo`, as a user types them."""

import json
from contextlib import chdir
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from agents.blocks import BLOCKS
from effectchain.compiling import compile_rules
from effectchain.memory import memory_needed, refuse_too_much
from effectchain.progress import progress, weeks_and_rate
from effectchain.strengthening import strengthened
from effectchain.telling import seconds_in_words
from results.chain import chain_links
from results.folders.run import read_run
from scenarios.errors import Mistake
from scenarios.loading import load
from simulation.indicators import INDICATORS
from tests.command_line import Ending, done, effectchain, refused, small_file
from tests.small_organisation import small

FEW = ("--replications", "2", "--workers", "1")
HEADLINES = [name for link in chain_links() for name in link.indicators]


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Rules are compiled before, so that no test meets the word on compiling."""
    compile_rules(quiet=True)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)


def test_a_run_tells_the_chain_and_where_its_results_lie() -> None:
    """By default in runs/<name>-<digest> of the current folder; and how long it took."""
    told = done("run", small_file(), *FEW).out

    (folder,) = Path("runs").iterdir()
    assert told.startswith("The effect chain: small\nlast 20 weeks, mean of 2 worlds\n")
    assert f"Results: {folder}\n" in told
    assert {"weekly.parquet", "manifest.json", "scenario.toml"} == {path.name for path in folder.iterdir()}
    assert all(f"  {path.name} " in told for path in folder.iterdir())
    assert told.rstrip().endswith("million customer-weeks a second.")


def test_options_reach_the_simulation() -> None:
    """Weeks, replications, seed and settings are those of the results, whose place is chosen."""
    options = ("--weeks", "5", "--replications", "3", "--seed", "9", "--set", "organisation.employees=12")
    done("run", small_file(), *options, "--out", "here")

    run = read_run("here")
    assert (5, 3, [9]) == tuple(run.manifest[key] for key in ("weeks", "replications", "seeds"))
    assert 15 == run.weekly.num_rows
    assert [9] == run.weekly.column("seed").unique().to_pylist()
    assert 12 == load("here/scenario.toml").organisation.employees


def test_numbers_do_not_depend_on_workers() -> None:
    """The same seed gives the same bits, whatever the number of workers."""
    for workers in ("1", "2"):
        done("run", small_file(), "--replications", "3", "--workers", workers, "--out", workers)

    one, two = (read_run(workers).manifest["tables"]["weekly"]["digest"] for workers in ("1", "2"))
    assert one == two


def test_json_is_one_object_for_programs() -> None:
    """With the final year's chain; nothing else is printed."""
    found = done("run", small_file(), *FEW, "--json").data

    assert ["folder", "scenario", "weeks", "replications", "seed"] == list(found)[:5]
    assert ("small", 20, 2, 1) == tuple(found[key] for key in ("scenario", "weeks", "replications", "seed"))
    assert HEADLINES == [row["indicator"] for row in found["chain"]]
    assert found["seconds"] > 0.0
    assert found["customer_weeks_per_second"] == pytest.approx(200 * 28 * 2 / found["seconds"])
    assert Path(found["folder"], "weekly.parquet").exists()


def test_quiet_says_nothing() -> None:
    """Results are written all the same."""
    assert "" == done("run", small_file(), *FEW, "--quiet", "--out", "here").out
    assert Path("here/weekly.parquet").exists()


def test_a_report_is_in_the_readers_language() -> None:
    """As are the effect chain and the figures in it."""
    told = done("run", small_file(), *FEW, "--report", "--lang", "nl", "--out", "hier").out

    assert "De effectketen: small" in told
    assert 'lang="nl"' in Path("hier/report.html").read_text(encoding="utf-8")
    assert {"chain.png", "chain.svg"} <= {path.name for path in Path("hier").iterdir()}


def test_encounters_and_people_are_kept_when_asked_for() -> None:
    """A row an encounter, and a snapshot every so many weeks, the first before week 1."""
    done("run", small_file(), *FEW, "--events", "--people", "10", "--out", "here")

    encounters = pq.read_table("here/weekly.parquet", columns=["encounters"]).column(0).to_pylist()
    assert sum(encounters) == read_run("here").events.num_rows
    assert [0, 10, 20] == read_run("here").people.column("week").unique().to_pylist()


def test_what_comes_too_late_is_told() -> None:
    """An intervention after the last simulated week would silently do nothing."""
    path = small_file(interventions=[{"block": "culture", "start": 12, "weeks": 4, "effort": 0.5}])

    late = effectchain("run", path, *FEW, "--weeks", "11")
    assert (0, "Note: 1 of what happens in 'small' starts after week 11 and plays no part.\n") == (late.code, late.err)
    assert "" == done("run", path, *FEW, "--weeks", "12").err


def test_a_wrong_place_is_told_before_anything_is_simulated() -> None:
    """Not after minutes, as these worlds would take; and what is there stays."""
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("precious", encoding="utf-8")
    endless = ("--weeks", "5000", "--replications", "900")

    assert "exists and holds" in refused("run", small_file(), *endless, "--out", "mine")
    Path("runs").write_text("a file", encoding="utf-8")
    assert "Results can't be written in" in refused("run", small_file(), *endless)
    assert "precious" == Path("mine/letter.txt").read_text(encoding="utf-8")


def test_a_table_that_no_memory_holds_is_refused() -> None:
    """With what to do about it."""
    assert "replications" in refused("run", small_file(), "--weeks", "5200", "--replications", "100000")


def test_worlds_that_do_not_fit_are_refused() -> None:
    """Needed memory and free memory are told; more workers need more, until there is one for each world."""
    large = small(customers__active=1_000_000)
    sizes = [memory_needed([large], weeks=1, replications=8, workers=n, events=False) for n in (1, 2, 8, 16)]

    assert sizes[0] == pytest.approx(1_000_080 * 140, rel=0.01)
    assert [1, 2, 8, 8] == [round(size / sizes[0]) for size in sizes]
    with pytest.raises(Mistake, match=r"this needs about 1.1 GB of memory, and 10.0 MB is free; ask for fewer"):
        refuse_too_much([large], weeks=1, replications=8, workers=8, available=10_000_000)
    refuse_too_much([large], weeks=1, replications=8, workers=8, available=2_000_000_000)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("run nope", "there is no preset 'nope'"),
        ("run small.toml --set behaviour.nosuch=1", "behaviour.nosuch: unknown key"),
        ("run small.toml --set organisation.employees", "--set 'organisation.employees': is no setting"),
        ("compare small.toml", "small.toml: there is nothing to compare it with; name a what-if, or add --strengthen"),
        ("compare small.toml nope", "there is no preset 'nope'"),
        ("compare small.toml --strengthen leadershp=0.7", "did you mean 'leadership'?"),
        ("compare small.toml --strengthen leadership=1.7", "--strengthen 'leadership=1.7': is no what-if. Allowed: "),
        ("compare small.toml --strengthen leadership", "BLOCK=LEVEL"),
        ("compare small.toml --strengthen =0.5", "must be one of understanding"),
        ("results show nowhere", "'nowhere' holds no finished run"),
    ],
)
def test_a_mistake_gets_one_clear_answer(words: str, told: str) -> None:
    """And leaves nothing behind."""
    small_file()

    assert told in refused(*words.split())
    assert ["small.toml"] == [path.name for path in Path().iterdir()]


def test_a_band_on_an_unknown_indicator_is_a_mistake() -> None:
    """Also when nobody asked for the bands."""
    assert "did you mean 'churn'?" in refused("run", small_file(expected={"chrun": [0.1, 0.2]}))


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ending, Path]:
    """A comparison with a what-if of one's own and one without a file: how it ended, and where it lies."""
    folder = tmp_path_factory.mktemp("comparison")
    with chdir(folder):
        small_file("other", shocks=[])
        words = ("compare", small_file(), "other.toml", "--strengthen", "leadership=0.7", "--strengthen", "culture=0.6")
        return done(*words, *FEW, "--out", "here", "--json"), folder / "here"


def test_a_comparison_tells_per_indicator_what_changes(comparison: tuple[Ending, Path]) -> None:
    """base, what_if, difference, interval and correlation, for the first what-if and for others."""
    found = comparison[0].data

    assert ("small", "other", 2, 20) == tuple(found[key] for key in ("base", "what_if", "replications", "weeks"))
    assert ["leadership-70-culture-60"] == [other["what_if"] for other in found["others"]]
    assert set(INDICATORS) == set(found["indicators"])
    keys = {"base", "what_if", "difference", "interval", "correlation"}
    assert all(keys <= set(change) for change in found["indicators"].values())


def test_a_comparison_leaves_figures_report_and_what_ifs(comparison: tuple[Ending, Path]) -> None:
    """So that it can be shown, and done again."""
    names = {path.name for path in comparison[1].iterdir()}
    assert {"report.html", "chain.png", "chain.svg", "weekly.parquet", "manifest.json"} <= names
    assert {"scenario.toml", "what-if-other.toml", "what-if-leadership-70-culture-60.toml"} <= names


def test_a_finished_folder_can_be_shown_again(comparison: tuple[Ending, Path]) -> None:
    """What was run, the chain, and what lies there; for programs as JSON."""
    told = done("results", "show", comparison[1], "--lang", "nl").out
    found = done("results", "show", comparison[1], "--json").data

    assert "leadership-70-culture-60 tegenover other tegenover small" in told
    assert "20 weken, 2 herhalingen" in told
    assert "De effectketen: other tegenover small" in told
    assert "what-if-other.toml" in told
    assert {"manifest", "chain"} == set(found)
    assert {"other", "leadership-70-culture-60"} == {row["scenario"] for row in found["chain"]}


def test_a_comparison_is_told_in_words() -> None:
    """The chain with differences, the place, and the speed."""
    told = done("compare", small_file(), "--strengthen", "operations=0.8", *FEW).out

    assert told.startswith("The effect chain: operations-80 against small\n")
    assert "difference (95% interval)" in told
    assert "Results: runs/small-vs-operations-80-" in told


@pytest.mark.parametrize("block", BLOCKS)
def test_a_what_if_without_a_file_brings_a_block_to_its_level(block: str) -> None:
    """In the first year; nothing else differs from the baseline."""
    base = small()
    what_if = strengthened(base, [f"{block}=0.75"])

    (intervention,) = what_if.interventions
    assert (block, 1, 52, 0.75) == (intervention.block, intervention.start, intervention.weeks, intervention.to)
    assert f"{block}-75" == what_if.name
    assert base == what_if.with_(name=base.name, interventions=[])


def test_demo_ends_with_chain_figure_report_and_numbers() -> None:
    """The main job: 156 weeks, 8 worlds of a preset and of a what-if; it says where each lies and how long it took."""
    told = done("demo", "--out", "shown").out

    assert "The effect chain: leaders_first against mobile_provider" in told
    assert "mean of 8 paired worlds" in told
    for name in ("report.html", "chain.png", "weekly.parquet"):
        assert f"  {name} " in told
        assert Path("shown", name).stat().st_size > 10_000
    assert 2 * 8 * 156 == read_run("shown").weekly.num_rows
    assert "  engagement +0.0" in told.split("In short")[1]
    assert "All of this took" in told


def test_a_dutch_reader_is_told_in_dutch_what_lies_in_the_folder() -> None:
    """Head, files and speed, as the chain above them."""
    told = done("run", small_file(), *FEW, "--lang", "nl").out

    assert "Resultaten: runs" in told
    assert "  weekly.parquet  de getallen, week voor week" in told
    assert "miljoen klantweken per seconde" in told


def test_progress_is_nothing_in_a_pipe() -> None:
    """Where nobody looks, nothing is reported."""
    with progress("small") as on_progress:
        assert on_progress is None


def test_progress_tells_weeks_and_rate() -> None:
    """As far as they are known."""
    assert "..." == weeks_and_rate(0.0, None, None)
    assert "416 of 1,248 weeks" == weeks_and_rate(416.0, 1248.0, None)
    assert "416 of 1,248 weeks, 870 a second" == weeks_and_rate(416.0, 1248.0, 870.4)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (12.4, "12 s"), (59.7, "1 min 0 s"), (125.0, "2 min 5 s")]
)
def test_seconds_are_readable(seconds: float, words: str) -> None:
    """Tenths only where they matter."""
    assert words == seconds_in_words(seconds)


def test_json_of_a_comparison_is_valid_for_strict_readers(comparison: tuple[Ending, Path]) -> None:
    """No NaN or infinity, which JSON does not have."""

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is not JSON")

    assert json.loads(comparison[0].out, parse_constant=refuse)
