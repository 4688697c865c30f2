"""The digest depends on the data and on nothing else."""

import struct
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.errors import ResultsError
from results.folders.digest import TableDigest, digest
from tests.synthetic import weekly

REALS = st.lists(st.none() | st.floats(width=64), min_size=1, max_size=30)
TEXTS = st.lists(st.none() | st.text(max_size=6), min_size=1, max_size=30)


def chunked(values: list[object], kind: pa.DataType, cuts: list[int]) -> pa.Table:
    """One column `x`, cut at these places."""
    places = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    chunks = [pa.array(values[a:b], kind) for a, b in pairwise(places)]
    return pa.table({"x": pa.chunked_array(chunks, kind)})


@given(REALS, st.lists(st.integers(0, 30), max_size=3))
def test_chunks_of_numbers_leave_no_trace(values: list[object], cuts: list[int]) -> None:
    """Where a column of numbers is cut does not count."""
    assert digest(chunked(values, pa.float64(), [])) == digest(chunked(values, pa.float64(), cuts))


@given(TEXTS, st.lists(st.integers(0, 30), max_size=3))
def test_chunks_and_dictionaries_of_text_leave_no_trace(values: list[object], cuts: list[int]) -> None:
    """Where a column of text is cut, and whether it is dictionary-encoded, does not count."""
    whole = chunked(values, pa.string(), [])
    encoded = pa.table({"x": chunked(values, pa.string(), cuts).column("x").dictionary_encode()})

    assert digest(whole) == digest(chunked(values, pa.string(), cuts)) == digest(encoded)


@given(st.lists(st.text(max_size=3), min_size=2, max_size=6), st.data())
def test_every_change_of_text_counts(values: list[str], data: st.DataObject) -> None:
    """Moving a letter from one text to the next gives another digest."""
    place = data.draw(st.integers(0, len(values) - 2))
    moved = values.copy()
    moved[place], moved[place + 1] = moved[place] + "x", moved[place + 1]
    other = values.copy()
    other[place + 1] = "x" + other[place + 1]

    assert digest(pa.table({"t": moved})) != digest(pa.table({"t": other}))


def test_one_bit_counts() -> None:
    """The smallest possible change of one number gives another digest."""
    values = np.linspace(0.0, 1.0, 500)
    changed = values.copy()
    changed[377] = np.nextafter(changed[377], 2.0)

    assert digest(pa.table({"x": values})) != digest(pa.table({"x": changed}))


@pytest.mark.parametrize(
    "other",
    [
        pa.table({"y": [1.0, 2.0]}),
        pa.table({"x": pa.array([1.0, 2.0], pa.float32())}),
        pa.table({"x": [2.0, 1.0]}),
        pa.table({"x": [1.0, None]}),
        pa.table({"x": [1.0, 2.0, 2.0]}),
        pa.table({"x": [1.0, 2.0], "y": [1.0, 2.0]}),
    ],
)
def test_name_type_order_nulls_and_size_count(other: pa.Table) -> None:
    """Names, types, row order, nulls and sizes are part of the data."""
    assert digest(pa.table({"x": [1.0, 2.0]})) != digest(other)


def test_null_is_not_zero_and_minus_zero_is_not_zero() -> None:
    """No value, 0.0, -0.0 and NaN are four things."""
    tables = [pa.table({"x": pa.array([value], pa.float64())}) for value in (None, 0.0, -0.0, float("nan"))]

    assert 4 == len({digest(table) for table in tables})


def test_all_nans_are_one() -> None:
    """The payload of a NaN differs between processors, so it does not count."""
    odd = np.array([struct.unpack("<d", struct.pack("<Q", 0xFFF8_0000_0000_BEEF))[0]])

    assert digest(pa.table({"x": np.array([np.nan])})) == digest(pa.table({"x": odd}))


def test_slices_equal_copies() -> None:
    """A view on part of a table has the digest of that part."""
    table = pa.table({"x": np.arange(9.0), "t": list("abcdefghi"), "l": [[i] * i for i in range(9)], "b": [True] * 9})
    copy = pa.table(table.slice(3, 4).to_pydict())

    assert digest(copy) == digest(table.slice(3, 4))


def test_lists_count_their_lengths() -> None:
    """[[1], [2]] is not [[1, 2], []]; fixed and variable lists of the same numbers agree."""
    one, other = pa.table({"l": [[1.0], [2.0]]}), pa.table({"l": [[1.0, 2.0], []]})
    fixed = pa.table({"l": pa.array([[1.0], [2.0]], pa.list_(pa.float64(), 1))})

    assert digest(one) != digest(other)
    assert digest(one) == digest(fixed)


def test_pieces_add_up() -> None:
    """A table that arrives in pieces ends with the digest of the whole."""
    table, pieces = weekly(weeks=20, replications=3), TableDigest()
    for start in range(0, table.num_rows, 7):
        pieces.update(table.slice(start, 7))

    assert {"rows": 60, "digest": digest(table)} == pieces.summary()


def test_known_answer() -> None:
    """The digest of fixed data never changes, on any machine: it stands in published manifests."""
    table = pa.table(
        {
            "scenario": ["a", "b", None],
            "week": pa.array([0, 1, 2], pa.int32()),
            "engagement": [0.5, float("nan"), -0.0],
        }
    )

    assert "9d0147dc63ac4009653d3d6ebf329fae" == digest(table)


def test_foreign_types_are_refused() -> None:
    """A type with no agreed bytes gives one clear sentence."""
    with pytest.raises(ResultsError, match="struct"):
        digest(pa.table({"x": [{"a": 1}]}))
