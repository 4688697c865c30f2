"""A sweep's folder: what is asked, what is finished and what came out, read back as it was written."""

import json
import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from results.errors import ResultsError
from results.folders.digest import digest
from results.sweeps.grid import Block
from results.sweeps.parts import RUNS, Part, path_of
from results.sweeps.store import SweepStore
from tests.sweeps import IDENTITY, MANIFEST, WEEKS, design, fill, rows, runs, sweep

CELLS = 10
REPLICATIONS = 2


@pytest.fixture
def store(tmp_path: Path) -> SweepStore:
    """A sweep of 10 cells and 2 replications in blocks of 4, only begun."""
    return sweep(tmp_path / "held", CELLS, REPLICATIONS, 4)


def test_all_cells_once_before_any_cell_twice(store: SweepStore) -> None:
    """Blocks come replication by replication, and cover each cell of each replication exactly once."""
    names = [block.name for block in store.blocks()]
    runs_of_all = [(block.replication, cell) for block in store.blocks() for cell in block.cells]

    assert ["r00000-c0000000-0000003", "r00000-c0000004-0000007", "r00000-c0000008-0000009"] == names[:3]
    assert [(r, c) for r in range(REPLICATIONS) for c in range(CELLS)] == runs_of_all
    assert [Block.named(name) for name in names] == list(store.blocks())


def test_what_was_written_is_read(store: SweepStore) -> None:
    """Rows, runs and design come back to the bit, in the order of the blocks, from a store opened anew."""
    back = SweepStore.open(fill(store, failed={3}).folder)
    blocks = list(store.blocks())

    assert digest(pa.concat_tables([rows(block, {3}) for block in blocks])) == digest(back.weekly())
    assert pa.concat_tables([runs(block, {3}) for block in blocks]).equals(back.runs())
    assert design(CELLS).equals(back.design())
    assert frozenset(blocks) == back.finished() == back.finished(thoroughly=True)
    assert (CELLS, REPLICATIONS, IDENTITY) == (back.cells, back.replications, back.manifest["identity"])
    assert "schema = 1\n" == (back.folder / "experiment.toml").read_text(encoding="utf-8")
    assert [] == back.verify()


def test_any_reader_of_parquet_reads_a_part(store: SweepStore) -> None:
    """A part is plain Parquet, with the columns in their order."""
    block = next(fill(store).blocks())

    assert digest(rows(block)) == digest(pq.read_table(path_of(store.folder, block)))


def test_some_columns_of_some_cells(store: SweepStore) -> None:
    """Only what is asked for is read, as a table or in pieces of at most so many rows."""
    fill(store)
    whole = store.weekly()
    cells = pa.compute.is_in(whole.column("cell"), pa.array([9, 2]))
    expected = whole.filter(cells).select(["profit", "week"])
    pieces = list(store.batches(["profit", "week"], [9, 2, 2], rows=3))

    assert digest(expected) == digest(store.weekly(["profit", "week"], [9, 2]))
    assert digest(expected) == digest(pa.Table.from_batches(pieces))
    assert 3 >= max(piece.num_rows for piece in pieces)


@pytest.mark.parametrize(("columns", "cells", "words"), [(["loyality"], None, "'loyality'"), (None, [77], "finished")])
def test_what_is_not_there_is_said(
    store: SweepStore, columns: list[str] | None, cells: list[int] | None, words: str
) -> None:
    """An unknown column and a cell without a run are told in a sentence."""
    with pytest.raises(ResultsError, match=words):
        fill(store).weekly(columns, cells)


def test_nothing_finished_is_said(store: SweepStore) -> None:
    """A sweep that is only begun has no rows, no runs and no digest of any, and says what lacks."""
    assert frozenset() == store.finished()
    assert RUNS.empty_table().equals(store.runs())
    assert ["missing"] == [problem.kind for problem in store.verify()]
    with pytest.raises(ResultsError, match="no finished run"):
        store.weekly()


def test_a_table_too_large_for_memory_is_refused(store: SweepStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is read; in pieces it can still be had."""
    monkeypatch.setattr("results.sweeps.store.LARGEST_TABLE", 100)

    with pytest.raises(ResultsError, match="too many to read at once"):
        fill(store).weekly()
    assert 80 == sum(batch.num_rows for batch in store.batches())


def test_the_digest_tells_numbers_not_circumstances(tmp_path: Path) -> None:
    """Size and order of blocks, extensions and failures' messages leave no trace; a number or a failure does."""
    one = fill(sweep(tmp_path / "one", 10, 2, 4))
    other = sweep(tmp_path / "other", 10, 2, 3)
    for block in reversed(list(other.blocks())):
        other.write(block, rows(block), runs(block))
    grown = sweep(tmp_path / "grown", 7, 1, 5)
    grown.extend(design=design(3, 7), replications=2, block_cells=2)
    failed = fill(sweep(tmp_path / "failed", 10, 2, 4), failed={3})
    changed = fill(sweep(tmp_path / "changed", 10, 2, 4))
    block = next(changed.blocks())
    loyalty = rows(block).column("loyalty").to_numpy().copy()
    loyalty[5] = np.nextafter(loyalty[5], 1.0)
    place = rows(block).schema.get_field_index("loyalty")
    changed.write(block, rows(block).set_column(place, "loyalty", pa.array(loyalty)), runs(block))

    assert one.digest() == other.digest() == fill(grown).digest()
    assert 3 == len({one.digest(), failed.digest(), changed.digest()})


def test_the_digest_is_this_one(store: SweepStore) -> None:
    """On any machine; changed on purpose only, since it stands in people's notes."""
    block = Block(0, 0, 3)
    numbers = rows(block).select(["scenario", "cell", "replication", "week", "approach"])
    store.write(block, numbers, runs(block))

    assert "15f292cfa88e3dfe8a49ee58acf1dc27" == store.digest()


def test_parts_have_the_same_bytes_whoever_writes_them(tmp_path: Path) -> None:
    """Nothing of writer, place or time is in a part; a writer may be sent to another process."""
    one, other = (sweep(tmp_path / name) for name in ("one", "other"))
    fill(one)
    writer = pickle.loads(pickle.dumps(other.writer))  # noqa: S301  what cluster engines do
    for block in other.blocks():
        writer.write(block, rows(block), runs(block))

    for block in one.blocks():
        assert path_of(one.folder, block).read_bytes() == path_of(other.folder, block).read_bytes()


def test_an_extension_keeps_what_there_is(store: SweepStore) -> None:
    """New cells, then new replications: old files keep their bytes, old blocks their names, and only new ones lack."""
    fill(store)
    before = {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}
    old = frozenset(store.blocks())
    store.extend(design=design(5, 10), replications=2, block_cells=3, files={"experiment.toml": "points = 15\n"})
    store.extend(design=design(0, 15), replications=4, block_cells=6)

    assert before == {path: path.read_bytes() for path in before}
    assert old == store.finished()
    assert old < frozenset(store.blocks())
    assert sorted((b.replication, c) for b in store.blocks() for c in b.cells) == [
        (r, c) for r in range(4) for c in range(15)
    ]
    assert [0, 0, 0, 0, 0, 1] == [block.replication for block in store.blocks()][:6]
    assert design(15).equals(SweepStore.open(store.folder).design())
    assert "points = 15\n" == (store.folder / "experiment-00001.toml").read_text(encoding="utf-8")
    assert 60 * WEEKS == fill(store).weekly().num_rows
    assert [] == store.verify()


@pytest.mark.parametrize(
    ("cells", "first", "replications", "words"),
    [(2, 9, 2, "numbered 10"), (0, 10, 1, "can only grow"), (2, 0, 2, "numbered 10")],
)
def test_what_is_no_extension_is_refused(
    store: SweepStore, cells: int, first: int, replications: int, words: str
) -> None:
    """Old cells again, or fewer replications; nothing changes."""
    with pytest.raises(ResultsError, match=words):
        store.extend(design=design(cells, first), replications=replications, block_cells=4)
    assert (10, 2) == (SweepStore.open(store.folder).cells, SweepStore.open(store.folder).replications)


def test_new_cells_have_the_columns_of_the_old(store: SweepStore) -> None:
    """A factor more, or one of another type, is no extension."""
    with pytest.raises(ResultsError, match="must be alike"):
        store.extend(design=design(2, 10).drop_columns("approach"), replications=2, block_cells=4)


@pytest.mark.parametrize(("cells", "replications", "block_cells"), [(0, 2, 4), (3, 0, 4), (3, 2, 0)])
def test_an_empty_sweep_is_refused(tmp_path: Path, cells: int, replications: int, block_cells: int) -> None:
    """No cells, no replications or no block size: a sentence, and no folder."""
    with pytest.raises(ResultsError, match="can only grow"):
        sweep(tmp_path / "held", cells, replications, block_cells)
    assert [] == list(tmp_path.iterdir())


def test_a_sweep_never_replaces_anything(store: SweepStore, tmp_path: Path) -> None:
    """A folder with a sweep, or with any file, is refused as it stands."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")

    for folder in (store.folder, tmp_path / "mine"):
        with pytest.raises(ResultsError, match="would be lost"):
            sweep(folder)
    assert "mine" == (tmp_path / "mine" / "notes.txt").read_text()


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ('{"kind": "sweep", "schema": 99}', "schema 99"),
        ('{"kind": "run", "schema": 1}', "something else"),
        ("[1]", "something else"),
        ("no json", "damaged"),
    ],
)
def test_what_is_no_sweep_is_told(store: SweepStore, manifest: str, words: str) -> None:
    """Another kind of folder, a later version, a damaged manifest."""
    (store.folder / "manifest.json").write_text(manifest)

    with pytest.raises(ResultsError, match=words):
        SweepStore.open(store.folder)


def test_no_folder_is_told(tmp_path: Path) -> None:
    """A place where nothing stands."""
    with pytest.raises(ResultsError, match="holds no sweep"):
        SweepStore.open(tmp_path / "nowhere")


def test_a_changed_manifest_or_design_is_found(store: SweepStore) -> None:
    """Parts carry a digest of identity and design, so that neither can be changed under them unnoticed."""
    fill(store)
    changed = {**MANIFEST, "kind": "sweep", "schema": 1, "identity": {**IDENTITY, "seed": 8}}
    (store.folder / "manifest.json").write_text(json.dumps(changed))

    assert ["design/design-00000.parquet"] == [problem.path for problem in SweepStore.open(store.folder).verify()]


@pytest.mark.parametrize("name", ["r00000-c0000000-0000004", "r00002-c0000000-0000003", "r0-c0-3", "x", "../r"])
def test_only_blocks_of_the_sweep_have_parts(store: SweepStore, name: str) -> None:
    """Other cells or replications than the grid's, and what is no name of a block."""
    block = Block.named(name)

    assert block is None or store.grid.key(block) is None
    if block:
        with pytest.raises(ResultsError, match="no block of this sweep"):
            store.write(block, rows(block), runs(block))


def test_rows_that_are_not_those_of_the_block_are_refused(store: SweepStore) -> None:
    """A run without rows or rows without a run, a run told twice or not at all, another replication, torn cells."""
    block, other = Block(0, 0, 3), Block(1, 0, 3)
    torn = pa.concat_tables([rows(block).slice(1), rows(block).slice(0, 1)])
    wrong = {
        "weekly rows for each run": [(rows(block, {1}), runs(block)), (rows(block), runs(block, {1}))],
        "one row in its runs": [
            (rows(block), runs(block).slice(1)),
            (rows(block), pa.concat_tables([runs(block)] * 2)),
        ],
        "another replication": [(rows(other), runs(block)), (rows(block), runs(other))],
        "stand together": [(torn, runs(block))],
    }
    for words, tables in wrong.items():
        for weekly, told in tables:
            with pytest.raises(ResultsError, match=words):
                store.write(block, weekly, told)
    assert frozenset() == store.finished()


def test_parts_with_other_columns_are_not_mixed(store: SweepStore) -> None:
    """A reader never guesses how two shapes of table belong together."""
    first, second = list(store.blocks())[:2]
    store.write(first, rows(first), runs(first))
    store.write(second, rows(second).drop_columns("profit"), runs(second))

    with pytest.raises(ResultsError, match="different columns"):
        store.weekly()
    assert ["damaged", "missing"] == [problem.kind for problem in store.verify()]


def test_failures_are_kept_with_their_reason(store: SweepStore) -> None:
    """Stage, kind and message of each, also where a whole block failed."""
    block = next(store.blocks())
    store.write(block, rows(block, block.cells), runs(block, block.cells))
    part = store.part(block)

    assert isinstance(part, Part)
    assert [(0, "weeks", "ValueError")] == [(one.cell, one.stage, one.type) for one in part.failures][:1]
    assert ["failed"] * 4 == store.runs().column("status").to_pylist()
    assert 0 == store.weekly().num_rows
