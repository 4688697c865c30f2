"""Parts that are not what was written: never read as if they were, set aside under the lock, run again."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from results.errors import ResultsError
from results.folders.digest import digest
from results.folders.sealed import read_record, sealed
from results.sweeps.parts import path_of
from results.sweeps.store import SweepStore
from tests.sweeps import IDENTITY, MANIFEST, fill, rows, runs, sweep

Damage = Callable[[Path], object]


def flip(path: Path, place: int, bit: int = 1) -> None:
    """One bit of the file turned over."""
    data = bytearray(path.read_bytes())
    data[place] ^= bit
    path.write_bytes(data)


def size(path: Path) -> int:
    """Bytes of the file."""
    return path.stat().st_size


def footer_place(path: Path) -> int:
    """Where the footer begins."""
    return size(path) - 8 - int.from_bytes(path.read_bytes()[-8:-4], "little")


BROKEN: dict[str, Damage] = {
    "truncated": lambda path: os.truncate(path, size(path) // 2),
    "torn": lambda path: os.truncate(path, size(path) - 1),
    "empty": lambda path: os.truncate(path, 0),
    "zero-filled": lambda path: path.write_bytes(bytes(size(path))),
    "zeros after the half": lambda path: path.write_bytes(
        path.read_bytes()[: size(path) // 2] + bytes(size(path) - size(path) // 2)
    ),
    "a bit of the footer": lambda path: flip(path, footer_place(path) + 40),
    "a huge footer": lambda path: flip(path, size(path) - 5, 0x7F),
    "bytes lost in the middle": lambda path: path.write_bytes(path.read_bytes()[:100] + path.read_bytes()[101:]),
    "another part": lambda path: shutil.copy(path.with_name("r00001-c0000000-0000003.parquet"), path),
    "no parquet": lambda path: path.write_text("mine"),
    "parquet of another program": lambda path: path.write_bytes(b"PAR1" + b"x" * 90 + b"PAR1"),
}


@pytest.fixture
def store(tmp_path: Path) -> SweepStore:
    """A sweep of 6 blocks, all finished."""
    return fill(sweep(tmp_path / "held"))


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN)
def test_a_broken_part_is_set_aside_and_run_again(store: SweepStore, damage: Damage) -> None:
    """Its block counts as not run, readers pass over it; under the lock it is renamed; the rerun gives the same."""
    whole, block = store.digest(), next(store.blocks())
    path = path_of(store.folder, block)
    damage(path)

    assert {block} == set(store.blocks()) - store.finished()
    assert 16 == 80 - store.weekly().num_rows
    assert path.exists(), "without the lock nothing is renamed"
    assert ["damaged", "missing"] == [problem.kind for problem in store.verify()]
    with store.locked():
        assert {block} == set(store.blocks()) - store.finished()
        assert [f"{block.name}.bad"] == [one.name for one in path.parent.iterdir() if one.suffix != ".parquet"]
        store.write(block, rows(block), runs(block))
    assert (whole, []) == (store.digest(), store.verify())


def test_a_part_of_another_experiment_is_not_taken_for_one_of_this(store: SweepStore, tmp_path: Path) -> None:
    """The same block of a sweep with another seed, or with other design: known by its key."""
    other = fill(sweep(tmp_path / "other", manifest={**MANIFEST, "identity": {**IDENTITY, "seed": 8}}))
    block = next(store.blocks())
    shutil.copy(path_of(other.folder, block), path_of(store.folder, block))

    assert "it belongs to another experiment" == store.part(block)
    assert block not in store.finished()


@pytest.mark.parametrize("name", ["copy.parquet", "r00000-c0000000-0000002.parquet", "r00009-c0000000-0000003.parquet"])
def test_what_is_no_part_of_the_sweep_is_never_read(store: SweepStore, name: str) -> None:
    """A good part under a name that is none of the grid's; set aside under the lock, so that no glob finds it."""
    whole, parts = store.digest(), store.folder / "parts"
    shutil.copy(path_of(store.folder, next(store.blocks())), parts / name)

    assert (whole, 80) == (store.digest(), store.weekly().num_rows)
    assert [f"parts/{name}"] == [problem.path for problem in store.verify()]
    with store.locked():
        store.finished()
    assert (parts / name).with_suffix(".bad").exists()
    assert [] == store.verify()


def test_a_flipped_bit_among_the_data_is_found_by_every_reader(store: SweepStore) -> None:
    """The footer still agrees; whoever reads the rows refuses, and a thorough look sets the part aside."""
    block = next(store.blocks())
    path = path_of(store.folder, block)
    flip(path, footer_place(path) // 2)

    assert block in store.finished()
    assert block not in store.finished(thoroughly=True)
    assert [f"parts/{path.name}"] == [problem.path for problem in store.verify()]
    with pytest.raises(ResultsError, match="is damaged"):
        store.weekly()
    with store.locked():
        assert block not in store.finished(thoroughly=True)
    assert 64 == store.weekly().num_rows


def test_every_bit_of_a_part_counts(store: SweepStore) -> None:
    """Wherever one bit turns over, a thorough look finds it; who reads on all the same gets the same rows or none."""
    block = next(store.blocks())
    path, expected = path_of(store.folder, block), digest(store.weekly(["profit"], block.cells))
    good = path.read_bytes()
    for place in range(0, len(good), 5):
        flip(path, place, 1 << place % 8)
        assert block not in store.finished(thoroughly=True), place
        if block in store.finished():
            with suppress(ResultsError):
                assert expected == digest(store.weekly(["profit"], block.cells)), place
        path.write_bytes(good)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_garbage_is_refused_in_a_sentence(store: SweepStore, data: st.DataObject) -> None:
    """Any bytes, any cut, any splice: the part is not finished, or it is the one that was written."""
    block = next(store.blocks())
    path = path_of(store.folder, block)
    good = path.read_bytes()
    start, stop = (data.draw(st.integers(0, len(good))) for _ in range(2))
    new = good[:start] + data.draw(st.binary(max_size=40)) + good[stop:]
    path.write_bytes(new)
    try:
        assert (new == good) == (block in store.finished(thoroughly=True))
        assert new == good or store.verify()
    finally:
        path.write_bytes(good)


def test_a_damaged_design_is_told(store: SweepStore) -> None:
    """The sweep cannot be read without it; the sentence names the file."""
    path = store.folder / "design" / "design-00000.parquet"
    flip(path, size(path) - 60)
    with pytest.raises(ResultsError, match=r"design-00000\.parquet' is damaged"):
        SweepStore.open(store.folder)
    path.unlink()
    with pytest.raises(ResultsError, match="lacks a file of the design"):
        SweepStore.open(store.folder)


def test_damaged_rows_of_the_design_are_told(store: SweepStore) -> None:
    """Its footer agrees, its cells do not."""
    path = store.folder / "design" / "design-00000.parquet"
    flip(path, 60)

    assert ["damaged"] == [problem.kind for problem in SweepStore.open(store.folder).verify()][:1]
    with pytest.raises(ResultsError, match="is damaged"):
        SweepStore.open(store.folder).design()


def test_clocks_do_not_count(store: SweepStore) -> None:
    """Files of the year 1970 or 2200 are as finished as any."""
    for number, block in enumerate(store.blocks()):
        moment = 7e9 if number % 2 else 0.0
        os.utime(path_of(store.folder, block), (moment, moment))

    assert frozenset(store.blocks()) == store.finished()
    assert [] == store.verify()


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"part": 7, "key": None},
        {"digests": "zz"},
        {"digests": 3},
        {"digests": ""},
        {"failures": [[1]]},
        {"failures": 7},
    ],
)
def test_a_seal_over_nonsense_is_no_part(store: SweepStore, record: dict[str, object]) -> None:
    """Anybody can make a seal; what it seals must make sense too."""
    block = next(store.blocks())
    path = path_of(store.folder, block)
    whole = {**read_record(path), **record} if record else {}
    path.write_bytes(sealed(rows(block), whole))

    assert isinstance(store.part(block), str)
    with store.locked():
        assert block not in store.finished()


def test_a_part_with_more_rows_than_it_says_is_not_read(store: SweepStore) -> None:
    """So that a small file cannot fill the memory."""
    block = next(store.blocks())
    path = path_of(store.folder, block)
    path.write_bytes(sealed(pa.concat_tables([rows(block)] * 9), read_record(path)))

    assert "parts/" + path.name in {problem.path for problem in store.verify()}
    with pytest.raises(ResultsError, match="is damaged"):
        store.weekly()
