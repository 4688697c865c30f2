"""Questions in SQL: answered from the finished parts, and able to see or do nothing else."""

import json
import math
from pathlib import Path

import pyarrow as pa
import pytest

from results.columns import aligned
from results.errors import ResultsError
from results.folders.query import answer, as_json, as_text
from results.folders.run import write_run
from results.folders.tables import Tables, open_folder, tables_of
from results.sweeps.parts import path_of
from results.sweeps.store import SweepStore
from tests.sweeps import fill, rows, runs, sweep
from tests.synthetic import weekly


@pytest.fixture
def store(tmp_path: Path) -> SweepStore:
    """A finished sweep of 10 cells and 2 replications in which cell 3 failed."""
    return fill(sweep(tmp_path / "held"), failed={3})


@pytest.fixture
def tables(store: SweepStore) -> Tables:
    """Its tables."""
    return tables_of(open_folder(store.folder))


def asked(tables: Tables, question: str) -> list[dict[str, object]]:
    """The whole answer."""
    with answer(tables, question) as found:
        rows_found: list[dict[str, object]] = found.read_all().to_pylist()
    return rows_found


def test_the_three_tables_of_a_sweep(tables: Tables, store: SweepStore) -> None:
    """weekly, design and runs, which can be joined."""
    question = """
        SELECT d.approach, count(*) AS rows, count(DISTINCT w.cell) AS cells, avg(w.loyalty) AS loyalty
        FROM weekly w JOIN design d USING (cell) JOIN runs r USING (cell, replication)
        WHERE r.status = 'done' GROUP BY 1 ORDER BY 1
    """
    found = asked(tables, question)

    assert [("combined", 40, 5), ("top_down", 32, 4)] == [(one["approach"], one["rows"], one["cells"]) for one in found]
    combined = store.weekly(["loyalty", "approach"]).to_pylist()
    mean = math.fsum(row["loyalty"] for row in combined if row["approach"] == "combined") / 40
    assert mean == pytest.approx(found[0]["loyalty"])
    assert [{"n": 2}] == asked(tables, "SELECT count(*) AS n FROM runs WHERE message LIKE 'loyalty is NaN%'")


def test_only_listed_parts_are_read(store: SweepStore) -> None:
    """A stray file, a leftover or a torn part beside them changes no answer."""
    parts, block = store.folder / "parts", next(store.blocks())
    good = path_of(store.folder, block).read_bytes()
    for name in ("copy.parquet", "_x.parquet", ".hidden.parquet", "r00007-c0000000-0000003.parquet"):
        (parts / name).write_bytes(good)
    path_of(store.folder, block).write_bytes(good[:500])

    assert [{"n": 72 - 12}] == asked(tables_of(store), "SELECT count(*) AS n FROM weekly")


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM glob('*')",
        "COPY weekly TO '{file}'",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "EXPORT DATABASE '{file}'",
        "SET enable_external_access = true",
        "PRAGMA enable_external_access = true",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW weekly",
        "DELETE FROM weekly",
        "SELECT * FROM tables",
        "SELECT getenv('HOME')",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY weekly TO '{file}'",
        "",
        "   ;  ",
        "-- nothing",
        "selct",
        "SELECT nope FROM weekly",
        "SELECT * FROM nope",
        "SELECT CAST('x' AS INT)",
        "SELECT avg(",
        "\x00",
        "SELECT '\ud800' FROM nope",
    ],
)
def test_what_is_no_question_about_the_tables_is_refused(tables: Tables, tmp_path: Path, question: str) -> None:
    """No file, network, setting, change, second statement or mistake gets through; nothing is written."""
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")

    with pytest.raises(ResultsError) as refusal:
        asked(tables, question.format(file=file))
    assert "a\n1\n" == file.read_text()
    assert 9 > str(refusal.value).count("\n")
    assert {"held", "secret.csv"} == {path.name for path in tmp_path.iterdir()}


def test_a_mistake_is_answered_with_what_there_is(tables: Tables) -> None:
    """DuckDB's own sentence, then tables and columns; no tables of DuckDB's own."""
    with pytest.raises(ResultsError) as refusal:
        asked(tables, "SELECT loyality FROM nope")
    first, *others = str(refusal.value).splitlines()

    assert "Table with name nope does not exist!" in first
    assert "pg_" not in first
    assert "  design: cell, building_blocks.leadership, approach" in others
    assert "  runs: cell, replication, status, stage, type, message" in others


@pytest.mark.parametrize("name", ["a [b]*?", "it's", "é {x} ; --", "*"])
def test_any_place_will_do(tmp_path: Path, name: str) -> None:
    """A folder's name is neither pattern nor SQL: the listed parts are read, and nothing that it might match."""
    store = fill(sweep(tmp_path / name))
    fill(sweep(tmp_path / "a b"))

    assert [{"n": 80}] == asked(tables_of(store), "SELECT count(*) AS n FROM weekly")


def test_a_question_for_too_much_memory_is_refused(tables: Tables) -> None:
    """The limit holds, and nothing is swapped to the disk."""
    with (
        pytest.raises(ResultsError, match="too much memory"),
        answer(tables, "SELECT * FROM range(30000000) t(x), range(2) ORDER BY hash(x)", memory="30MB") as found,
    ):
        found.read_all()


def test_damage_is_told_before_a_number_is_given(store: SweepStore) -> None:
    """A flipped bit in one column is found even by a question about another."""
    path = path_of(store.folder, next(store.blocks()))
    data = bytearray(path.read_bytes())
    data[60] ^= 1
    path.write_bytes(data)

    with pytest.raises(ResultsError, match=f"{path.name}' is damaged"):
        tables_of(store)


def test_a_sweep_without_a_finished_run_has_a_design(tmp_path: Path) -> None:
    """Design and runs can be asked for, weekly is not there yet."""
    tables = tables_of(sweep(tmp_path / "held"))

    assert [{"n": 10}] == asked(tables, "SELECT count(*) AS n FROM design")
    assert [{"n": 0}] == asked(tables, "SELECT count(*) AS n FROM runs")
    with pytest.raises(ResultsError, match="weekly does not exist"):
        asked(tables, "SELECT * FROM weekly")


def test_tables_of_a_run(tmp_path: Path) -> None:
    """A run or a comparison is asked in the same way; its digests are held first."""
    table = weekly(weeks=5, replications=2)
    folder = write_run(tmp_path / "run", {"weekly": table, "events": table}, {"scenario": {}})

    assert [{"n": 10}] == asked(tables_of(open_folder(folder)), "SELECT count(*) AS n FROM events")
    (folder / "events.parquet").write_bytes((folder / "weekly.parquet").read_bytes()[:-1])
    with pytest.raises(ResultsError, match="damaged"):
        tables_of(open_folder(folder))


def test_what_is_no_folder_of_results_is_told(tmp_path: Path) -> None:
    """An empty folder, and none at all."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(ResultsError, match="holds no finished run"):
            open_folder(folder)


def test_json_has_no_nan_and_loses_no_column(tables: Tables) -> None:
    """What is no number is null; dates, lists and large numbers are written; equal names are told apart."""
    question = """
        SELECT 'nan'::DOUBLE AS a, '-inf'::DOUBLE AS b, 1 AS a, DATE '2026-01-02' AS d, [1, 2] AS e,
               9007199254740993 AS f, true AS g, 1.5::DECIMAL(3, 1) AS h, {'x': 'nan'::DOUBLE} AS i, chr(27) AS j
    """
    with answer(tables, question) as found:
        (told,) = json.loads("\n".join(as_json(found)), parse_constant=pytest.fail)

    assert [None, None, 1, "2026-01-02", [1, 2], 9007199254740993, True, "1.5", {"x": None}, "\x1b"] == list(
        told.values()
    )
    assert ["a", "b", "a_1"] == list(told)[:3]


def test_json_of_nothing_and_of_much(tables: Tables) -> None:
    """An array in any case, in pieces or none."""
    for size in (0, 1, 25_000):
        with answer(tables, f"FROM range({size}) t(x)") as found:
            assert [{"x": x} for x in range(size)] == json.loads("".join(as_json(found)))


def test_text_is_a_table_for_people(tables: Tables) -> None:
    """Numbers right, words left, at most so many rows, no control characters."""
    with answer(tables, "SELECT x, 'a' || chr(27) || '[31m' AS w, x / 3 AS y FROM range(5) t(x)") as found:
        told = list(as_text(found, most=2))

    assert [
        "x  w              y",
        "0  a [31m         0",
        "1  a [31m  0.333333",
        "... and 3 rows more; --csv or --json give all.",
    ] == told


def test_columns_are_aligned() -> None:
    """The widest cell makes the column."""
    told = list(aligned(["name", "n"], [["a", 1], ["longer", 20], [None, None]]))

    assert ["name     n", "a        1", "longer  20", "-        -"] == told


def test_writing_while_reading(store: SweepStore) -> None:
    """A reader sees the parts that are finished when it looks; a later part does not disturb it."""
    store.extend(design=pa.table({"cell": []}), replications=3, block_cells=5)
    tables = tables_of(store)
    block = next(block for block in store.blocks() if block.replication == 2)
    store.write(block, rows(block), runs(block))

    assert [{"n": 72}] == asked(tables, "SELECT count(*) AS n FROM weekly")
    assert [{"n": 92}] == asked(tables_of(store), "SELECT count(*) AS n FROM weekly")
