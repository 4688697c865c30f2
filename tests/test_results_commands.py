"""`effectchain results` and `verify`: looking into a folder from the command line."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from results.folders.run import write_run
from results.sweeps.parts import path_of
from results.sweeps.store import SweepStore
from results.sweeps.summary import summarise
from tests.command_line import done, effectchain, refused
from tests.sweeps import fill, rows, runs, sweep
from tests.synthetic import weekly


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SweepStore:
    """A finished sweep in ./held, in which cell 3 failed."""
    monkeypatch.chdir(tmp_path)
    return fill(sweep(tmp_path / "held"), failed={3})


def test_show_tells_a_sweep(store: SweepStore) -> None:
    """What was asked, how far it is, what failed in which cells, and between which levels the cells lie."""
    told = done("results", "show", store.folder).out

    assert "Experiment    held (unknown design)" in told
    assert "Factors       building_blocks.leadership, approach" in told
    assert "Size          10 cells x 2 replications" in told
    assert "Finished      18 of 20 runs" in told
    assert "2 at stage 'weeks', ValueError: loyalty is NaN in week 3 (cells 3)" in told
    assert "The final year of 9 cells" in told
    assert all(len(line) <= 110 for line in told.splitlines())


def test_show_tells_it_in_dutch(store: SweepStore) -> None:
    """The same in Dutch."""
    told = done("results", "show", store.folder, "--lang", "nl").out

    assert "Experiment    held (onbekend ontwerp)" in told
    assert "Omvang        10 cellen x 2 herhalingen" in told
    assert "Klantloyaliteit ligt tussen" in told


def test_show_tells_a_run_in_the_language_asked_for(tmp_path: Path) -> None:
    """What was run, how long and with which luck: no English head stands before Dutch words."""
    manifest = {
        "scenario": {"name": "own"},
        "what_ifs": [{"name": "bold"}],
        "weeks": 5,
        "replications": 1,
        "seeds": [7],
    }
    folder = write_run(tmp_path / "run", {"weekly": weekly(weeks=5)}, manifest, {})
    english, dutch = (done("results", "show", folder, "--lang", language).out for language in ("en", "nl"))
    rows = pq.read_metadata(folder / "weekly.parquet").num_rows

    heads = [line[:14].strip() for line in dutch.split("\n\n")[0].splitlines()]
    assert ["Scenario", "Lengte", "Zaad", "Opdracht", "Klaar", "Tabel"] == heads
    assert "Scenario      bold tegenover own\n" in dutch
    assert "Lengte        5 weken, 1 herhalingen\n" in dutch
    assert f"Table         weekly, {rows} rows\n" in english


def test_show_has_every_number_as_json(store: SweepStore) -> None:
    """The levels are those of the cells' means: extremes with their cells, quarters and middle."""
    data = done("results", "show", store.folder, "--json").data
    means = {}
    for cell in sorted(set(range(10)) - {3}):
        loyalty = store.weekly(["loyalty"], [cell]).column("loyalty").to_pylist()
        means[sum(loyalty) / len(loyalty)] = cell
    found = {one["indicator"]: one for one in data["final_year"]}["loyalty"]

    assert (10, 2, 20, 18, 2) == tuple(data[name] for name in ("cells", "replications", "runs", "done", "failed"))
    assert [3] == data["failures"][0]["cells"]
    assert min(means) == pytest.approx(found["low"])
    assert max(means) == pytest.approx(found["high"])
    assert (means[min(means)], means[max(means)]) == (found["lowest_cell"], found["highest_cell"])
    assert sorted(means)[4] == pytest.approx(found["middle"])


def test_show_of_a_sweep_that_is_only_begun(tmp_path: Path) -> None:
    """Nothing is finished; that is no mistake."""
    told = done("results", "show", sweep(tmp_path / "held").folder).out

    assert "Finished      0 of 20 runs" in told
    assert "final year" not in told


def test_a_summary_without_known_indicators(tmp_path: Path) -> None:
    """A sweep that kept none of the chain's indicators still tells how far it is."""
    store = sweep(tmp_path / "held")
    block = next(store.blocks())
    store.write(block, rows(block).drop_columns(["loyalty", "profit"]), runs(block))

    assert (4, ()) == (summarise(store).done, summarise(store).spreads)


def test_show_tells_what_hostile_names_do_not_do(tmp_path: Path) -> None:
    """Control characters in names reach no terminal."""
    manifest = {"experiment": {"name": "\x1b[31mred\u202e", "design": {"kind": "grid\x07"}}}
    told = done("results", "show", sweep(tmp_path / "held", manifest=manifest).folder).out

    assert "Experiment    [31mred (grid)" in told


def test_query_prints_text_json_and_csv(store: SweepStore) -> None:
    """One answer in three forms; CSV is safe for spreadsheets."""
    question = "SELECT cell, scenario, count(*) AS n FROM weekly WHERE cell < 2 GROUP BY ALL ORDER BY 1"

    assert ["cell  scenario  n", "   0  =hotel    8", "   1  =hotel    8"] == done(
        "results", "query", store.folder, question
    ).out.splitlines()
    assert [{"cell": 0, "scenario": "=hotel", "n": 8}, {"cell": 1, "scenario": "=hotel", "n": 8}] == done(
        "results", "query", store.folder, question, "--json"
    ).data
    printed = done("results", "query", store.folder, question, "--csv").out
    assert [["cell", "scenario", "n"], ["0", "'=hotel", "8"], ["1", "'=hotel", "8"]] == list(
        csv.reader(io.StringIO(printed))
    )


def test_csv_of_any_letters_is_whole(store: SweepStore) -> None:
    """Letters of several bytes are never cut in two."""
    question = "SELECT repeat('é€😀', 1 + x % 7) AS w FROM range(30000) t(x)"
    printed = done("results", "query", store.folder, question, "--csv").out

    assert ["é€😀" * (1 + x % 7) for x in range(30_000)] == [row[0] for row in csv.reader(io.StringIO(printed))][1:]


def test_query_answers_a_mistake_with_what_there_is(store: SweepStore) -> None:
    """DuckDB's sentence, and the tables with their columns."""
    told = refused("results", "query", store.folder, "SELECT loyality FROM weekly")

    assert 'Referenced column "loyality" not found' in told
    assert "weekly: scenario, cell, replication, seed, week, building_blocks.leadership" in told
    assert "--json or --csv" in refused("results", "query", store.folder, "SELECT 1", "--json", "--csv")


def test_export_writes_a_file(store: SweepStore) -> None:
    """Week by week or by final year; a second time only if told so."""
    assert "72 rows: weekly.csv\n" == done("results", "export", store.folder, "--to", "weekly.csv").out
    assert "add --force" in refused("results", "export", store.folder, "--to", "weekly.csv")
    words = ["--indicators", "loyalty, profit", "--final-year", "--force"]
    done("results", "export", store.folder, "--to", "y.parquet", *words)
    done("results", "export", store.folder, "--to", "y.parquet", *words)

    assert (18, 8) == pq.read_table("y.parquet").shape
    assert "choose from loyalty, profit" in refused(
        "results", "export", store.folder, "--to", "z.csv", "--indicators", "nps"
    )
    assert "choose from weekly, design, runs" in refused(
        "results", "export", store.folder, "--to", "z.csv", "--table", "people"
    )
    assert not Path("z.csv").exists()


def test_verify_of_a_whole_sweep(store: SweepStore) -> None:
    """Says so, with the digest of the numbers."""
    assert f"6 parts, all whole. Digest of the numbers: {store.digest()}\n" == done("verify", store.folder).out
    assert {"digest": store.digest(), "problems": []} == done("verify", store.folder, "--json").data


def test_verify_tells_an_unfinished_sweep_from_a_damaged_one(store: SweepStore) -> None:
    """3 where only runs lack, 1 where something is damaged; --repair turns the one into the other."""
    block = next(store.blocks())
    path = path_of(store.folder, block)
    data = bytearray(path.read_bytes())
    data[100] ^= 4
    path.write_bytes(data)

    damaged = effectchain("verify", store.folder)
    assert (1, "") == (damaged.code, damaged.err)
    assert f"parts/{path.name}: its data are damaged; give the sweep's command again" in damaged.out
    assert "whole" not in damaged.out
    repaired = effectchain("verify", store.folder, "--repair", "--json")
    assert (3, ["missing"]) == (repaired.code, [one["kind"] for one in repaired.data["problems"]])
    assert path.with_suffix(".bad").exists()
    store.write(block, rows(block, {3}), runs(block, {3}))
    assert "all whole" in done("verify", store.folder).out


def test_verify_checks_runs_too(tmp_path: Path) -> None:
    """Tables against their digests, and files of which the manifest knows."""
    folder = write_run(tmp_path / "run", {"weekly": weekly(weeks=5)}, {"scenario": {}}, {"scenario.toml": "x"})
    assert "All tables are whole: weekly.\n" == done("verify", folder).out
    (folder / "scenario.toml").unlink()
    assert "scenario.toml: it is missing" in effectchain("verify", folder).out
    with (folder / "weekly.parquet").open("r+b") as file:
        file.seek(200)
        file.write(b"xxxx")
    damaged = effectchain("verify", folder)

    assert (1, True) == (damaged.code, "weekly.parquet' is damaged" in damaged.out)


@pytest.mark.parametrize(
    ("before", "after"), [(["results", "show"], []), (["verify"], []), (["results", "query"], ["SELECT 1"])]
)
def test_what_is_no_folder_of_results_is_told(tmp_path: Path, before: list[str], after: list[str]) -> None:
    """An empty folder."""
    assert "holds no finished run" in refused(*before, tmp_path, *after)
