"""Tables as files for other programs: the same numbers, no formula, whole or not at all."""

import csv
import errno
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from results.errors import ResultsError
from results.final_years import final_years
from results.folders.digest import digest
from results.folders.export import SHEET_ROWS, Selection, export, harmless_cells, select
from results.folders.run import write_run
from results.folders.tables import open_folder, tables_of
from results.statistics import by_indicator, final_year
from results.sweeps.store import SweepStore
from tests.sweeps import fill, rows, runs, sweep
from tests.synthetic import weekly

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LEFT_OUT = "".join(map(chr, range(33))) + "\ufffe\uffff"


@pytest.fixture
def store(tmp_path: Path) -> SweepStore:
    """A finished sweep of 10 cells and 2 replications in which cell 3 failed."""
    return fill(sweep(tmp_path / "held"), failed={3})


def table_of(rows: list[dict[str, Any]], schema: pa.Schema | None = None) -> Selection:
    """A table to export."""
    table = pa.Table.from_pylist(rows, schema=schema)
    return Selection(table.schema, table.num_rows, iter(table.to_batches()))


def sheet_of(path: Path) -> list[tuple[Any, ...]]:
    """The cells of a spreadsheet, and none is a formula."""
    book = load_workbook(path)
    assert book.active is not None
    assert not [cell for row in book.active for cell in row if cell.data_type == "f"]
    return list(book.active.iter_rows(values_only=True))


def test_parquet_is_the_table_to_the_bit(store: SweepStore, tmp_path: Path) -> None:
    """Nothing is changed in it, not even words that look like formulas."""
    count = export(select(tables_of(store), "weekly"), tmp_path / "new" / "x.parquet")

    assert 72 == count
    assert digest(store.weekly()) == digest(pq.read_table(tmp_path / "new" / "x.parquet"))


def test_csv_has_every_digit(store: SweepStore, tmp_path: Path) -> None:
    """Numbers come back to the bit; where there is none, the field is empty; formulas have their apostrophe."""
    export(select(tables_of(store), "weekly"), tmp_path / "x.CSV")
    back = pacsv.read_csv(tmp_path / "x.CSV")

    assert store.weekly().column_names == back.column_names
    assert store.weekly(["loyalty", "cell"]).equals(back.select(["loyalty", "cell"]))
    assert {"'=hotel"} == set(back.column("scenario").to_pylist())
    assert store.weekly(["week"]).column("week").to_pylist().count(3) == back.column("profit").null_count
    assert "nan" not in (tmp_path / "x.CSV").read_text(encoding="utf-8")


def test_a_spreadsheet_has_the_same_cells(store: SweepStore, tmp_path: Path) -> None:
    """One sheet, names above, nothing where there is no number."""
    export(select(tables_of(store), "weekly", ["profit"]), tmp_path / "x.xlsx")
    names, *rows = sheet_of(tmp_path / "x.xlsx")

    assert ("scenario", "cell", "replication", "seed", "week", "building_blocks.leadership", "approach") == names[:-1]
    expected = store.weekly(["profit"]).column("profit").to_pylist()
    assert [value for value in expected if value == value] == pytest.approx([row[-1] for row in rows if row[-1]])  # noqa: PLR0124
    assert {3} == {row[4] for row in rows if row[-1] is None}
    assert {"'=hotel"} == {row[0] for row in rows}


def test_design_and_runs_can_be_had_too(store: SweepStore, tmp_path: Path) -> None:
    """Whole, as they are."""
    for name, table in {"design": store.design(), "runs": store.runs()}.items():
        export(select(tables_of(store), name), tmp_path / f"{name}.parquet")
        assert table.equals(pq.read_table(tmp_path / f"{name}.parquet"))


def test_some_indicators_beside_the_keys(store: SweepStore) -> None:
    """Keys and factors always come along; each indicator once."""
    chosen = select(tables_of(store), "weekly", ["profit", "profit"])

    assert ["profit"] == [name for name in chosen.schema.names if name in {"profit", "loyalty"}]
    assert {"cell", "approach", "week"} <= set(chosen.schema.names)


def test_a_final_year_is_one_row_a_run(store: SweepStore) -> None:
    """With keys, factors and the year's values: a mean for loyalty, a sum for profit."""
    chosen = select(tables_of(store), "weekly", by_year=True)
    table = pa.Table.from_batches(chosen.pieces)
    (row,) = (one for one in table.to_pylist() if (one["cell"], one["replication"]) == (6, 1))
    weeks = [one for one in store.weekly(cells=[6]).to_pylist() if one["replication"] == 1]

    assert 18 == table.num_rows
    assert "week" not in table.column_names
    assert ("combined", 6 / 64, 7) == (row["approach"], row["building_blocks.leadership"], row["seed"])
    assert sum(one["loyalty"] for one in weeks) / 4 == pytest.approx(row["loyalty"])


def test_a_sweep_over_scenarios_has_final_years_too(tmp_path: Path) -> None:
    """The factor `scenario` and the key of that name are one column."""
    design = pa.table({"cell": [0, 1], "scenario": ["a.toml", "b.toml"]})
    store = sweep(tmp_path / "held", 2, 1, 2, design=design)
    block = next(store.blocks())
    store.write(block, rows(block).drop_columns(["building_blocks.leadership", "approach"]), runs(block))

    table = pa.Table.from_batches(select(tables_of(store), "weekly", ["loyalty"], by_year=True).pieces)
    assert ["scenario", "cell", "replication", "seed", "loyalty"] == table.column_names
    assert 2 == table.num_rows


def test_final_years_are_those_of_a_comparison() -> None:
    """The same sums and means as the effect chain shows, for each scenario and replication."""
    both = pa.concat_tables([weekly("base", replications=3), weekly("what-if", replications=3, strength=1.0)])
    years = final_years(both, ["profit", "loyalty"])

    for name in ("base", "what-if"):
        expected = by_indicator(final_year(both.filter(pa.compute.field("scenario") == name)))
        found = years.filter(pa.compute.field("scenario") == name)
        for indicator in ("profit", "loyalty"):
            assert expected[indicator].tolist() == found.column(indicator).to_pylist()
        assert [7, 8, 9] == found.column("seed").to_pylist()


def test_tables_of_a_run(tmp_path: Path) -> None:
    """A run's folder is exported in the same way."""
    folder = write_run(tmp_path / "run", {"weekly": weekly(replications=3)}, {"scenario": {}})
    years = select(tables_of(open_folder(folder)), "weekly", ["nps"], by_year=True)

    assert 3 == export(years, tmp_path / "x.csv")
    assert '"scenario","replication","seed","nps"' == (tmp_path / "x.csv").read_text("utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("table", "indicators", "by_year", "words"),
    [
        ("weekly", ["loyality"], False, "no indicator 'loyality'"),
        ("weekly", ["cell"], False, "no indicator 'cell'"),
        ("events", [], False, "no table 'events' here; choose from weekly, design, runs"),
        ("runs", ["loyalty"], False, "of the table 'weekly' only"),
        ("design", [], True, "of the table 'weekly' only"),
    ],
)
def test_what_is_not_kept_is_told(
    store: SweepStore,
    table: str,
    indicators: list[str],
    by_year: bool,  # noqa: FBT001
    words: str,
) -> None:
    """With what there is to choose from."""
    with pytest.raises(ResultsError, match=words):
        select(tables_of(store), table, indicators, by_year=by_year)


def test_nothing_finished_is_told(tmp_path: Path) -> None:
    """A sweep that is only begun has no weekly table to export."""
    with pytest.raises(ResultsError, match="no table 'weekly'"):
        select(tables_of(sweep(tmp_path / "held")), "weekly")


@pytest.mark.parametrize("name", ["x", "x.txt", "x.xls", "csv", ".csv"])
def test_the_name_says_the_form(tmp_path: Path, name: str) -> None:
    """Another ending, or none, is refused with those that there are."""
    with pytest.raises(ResultsError, match=r"must end in \.csv or \.xlsx or \.parquet"):
        export(table_of([{"a": 1}]), tmp_path / name)
    assert [] == list(tmp_path.iterdir())


def test_an_existing_file_is_replaced_only_if_asked(tmp_path: Path) -> None:
    """And a folder never."""
    path, folder = tmp_path / "x.csv", tmp_path / "y.csv"
    path.write_text("mine")
    folder.mkdir()

    with pytest.raises(ResultsError, match="exists; choose another name, or add --force"):
        export(table_of([{"a": 1}]), path)
    assert "mine" == path.read_text()
    with pytest.raises(ResultsError, match=r"exists; choose another name\.$"):
        export(table_of([{"a": 1}]), folder, force=True)
    export(table_of([{"a": 1}]), path, force=True)
    assert '"a"\n1\n' == path.read_text()


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_an_export_is_whole_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """Rows that break off half-way, or a disk that refuses, leave what stood there."""
    path = tmp_path / f"x{ending}"
    path.write_text("mine")

    def breaking() -> Any:
        yield pa.RecordBatch.from_pydict({"a": [1]})
        raise ResultsError("gone")

    with pytest.raises(ResultsError, match="gone"):
        export(Selection(pa.schema({"a": pa.int64()}), 2, breaking()), path, force=True)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(ResultsError, match="No space left on device"):
            export(table_of([{"a": 1}]), path, force=True)
    assert "mine" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_spreadsheet_that_would_be_cut_off_is_refused(tmp_path: Path) -> None:
    """Before it is written where the number of rows is known, and else while it is; with advice."""
    schema = pa.schema({"a": pa.int64()})
    batch = pa.RecordBatch.from_arrays([pa.array(range(SHEET_ROWS))], schema=schema)
    known = Selection(schema, SHEET_ROWS, iter([]))
    unknown = Selection(schema, None, iter([batch]))
    wide = pa.schema({f"c{number}": pa.int64() for number in range(16_385)})

    for selection in (known, unknown, Selection(wide, 1, iter([]))):
        with pytest.raises(ResultsError, match=r"A spreadsheet holds 1,048,575 rows.*--final-year"):
            export(selection, tmp_path / "x.xlsx")
    assert [] == list(tmp_path.iterdir())


def begins_a_formula(word: str) -> bool:
    """Whether it does so as it is, or without blanks and what a spreadsheet leaves out before it."""
    return word.startswith(DANGEROUS) or word.lstrip(LEFT_OUT).startswith(DANGEROUS[:4])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.one_of(
            st.none(),
            st.text(st.characters(codec="utf-8"), max_size=12),
            st.builds("{}{}".format, st.sampled_from(DANGEROUS), st.text(st.characters(codec="utf-8"), max_size=6)),
        ),
        min_size=1,
        max_size=5,
    )
)
@example(words=["\x08@", "\ufffe=1+1", "\n=2"])
def test_no_word_becomes_a_formula(tmp_path: Path, words: list[str | None]) -> None:
    """In CSV and spreadsheets a word that begins as a formula gets an apostrophe; every other stays as it is.

    Also one that begins so when a spreadsheet has left out what it cannot hold.
    """
    expected = [f"'{word}" if word and begins_a_formula(word) else word for word in words]
    schema = pa.schema({"word": pa.dictionary(pa.int32(), pa.string()), "=name": pa.int64()})
    rows = [{"word": word, "=name": 1} for word in words]
    export(table_of(rows, schema), tmp_path / "x.csv", force=True)
    export(table_of(rows, schema), tmp_path / "x.xlsx", force=True)

    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        head, *found = csv.reader(file)
    assert ["word", "'=name"] == head
    assert [word or "" for word in expected] == [row[0] for row in found]
    for row in sheet_of(tmp_path / "x.xlsx")[1:]:
        assert not str(row[0] or "").startswith(DANGEROUS)


def test_other_kinds_of_columns_are_written(tmp_path: Path) -> None:
    """Lists, exact decimals and bytes as words, endless numbers as nothing, whole numbers beyond 2^53 unrounded."""
    rows = [
        {"list": [1, None], "bytes": b"=1", "real": float("inf"), "large": 2**53 + 1, "yes": True, "word": "a\x0bb"}
    ]
    safe = harmless_cells(next(table_of(rows).pieces))
    export(table_of(rows), tmp_path / "x.xlsx")
    export(table_of(rows), tmp_path / "x.csv")

    assert ["[1, None]", "b'=1'", None, 2**53 + 1, True, "a\x0bb"] == list(safe.to_pylist()[0].values())
    assert ("[1, None]", "b'=1'", None, "9007199254740993", True, "ab") == sheet_of(tmp_path / "x.xlsx")[1]


def test_rows_are_streamed(tmp_path: Path) -> None:
    """Pieces are written as they come, so that a table may be larger than memory."""
    seen: list[int] = []

    def pieces() -> Any:
        for number in range(5):
            seen.append((tmp_path / "out").exists() and sum(f.stat().st_size for f in (tmp_path / "out").iterdir()))
            yield pa.RecordBatch.from_pydict({"a": list(range(number, 200_000))})

    schema = pa.schema({"a": pa.int64()})
    export(Selection(schema, None, pieces()), tmp_path / "out" / "x.csv")

    assert sorted(set(seen)) == seen


def test_a_dataset_of_several_parts_keeps_its_order(store: SweepStore) -> None:
    """Rows come block by block, as in the store."""
    found = pa.Table.from_batches(select(tables_of(store), "weekly").pieces)

    assert digest(store.weekly()) == digest(found)
