"""Designs that the user lists in a file."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.designs.design import points, size
from experiments.designs.experiment import Experiment, experiment_of
from scenarios.errors import Mistake
from tests.experiment_forms import data_of

GOOD = "building_blocks.leadership,organisation.employees\n0.2,30\n,40\n0.8,\n"


def listed(folder: Path, content: str | bytes | pa.Table, name: str = "points.csv") -> Experiment:
    """The experiment whose design is this file."""
    if isinstance(content, pa.Table):
        pq.write_table(content, folder / name)
    else:
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    data = {key: value for key, value in data_of("table", file=name).items() if key != "factors"}
    return experiment_of(data, folder)


def refused(folder: Path, content: Any, name: str = "points.csv") -> str:
    """How this file is refused."""
    with pytest.raises(Mistake) as caught:
        listed(folder, content, name)
    return str(caught.value)


def test_rows_are_cells(tmp_path: Path) -> None:
    """In their order; an empty place leaves the factor as the scenario has it."""
    found = listed(tmp_path, GOOD)

    assert 3 == size(found)
    assert [
        {"cell": 0, "building_blocks.leadership": 0.2, "organisation.employees": 30},
        {"cell": 1, "building_blocks.leadership": None, "organisation.employees": 40},
        {"cell": 2, "building_blocks.leadership": 0.8, "organisation.employees": None},
    ] == points(found).to_pylist()


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        GOOD.replace(",", ";").replace("0.", "0,"),
        "cell," + GOOD.replace("\n", "\n7,", 3).removesuffix("7,"),
        '"building_blocks.leadership", organisation.employees\n0.2, 30.0\n\n,40\n8e-1,\n',
    ],
    ids=["mark", "windows", "dutch", "numbered", "loose"],
)
def test_files_of_other_programs_are_read_alike(tmp_path: Path, content: str) -> None:
    """A byte order mark, other line ends, semicolons with decimal commas, our own numbers, blank lines."""
    assert points(listed(tmp_path, GOOD)).equals(points(listed(tmp_path, content, "other.csv")))


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    """Our own designs come back as they are, their numbers passed over."""
    table = points(listed(tmp_path, GOOD))
    again = listed(tmp_path, table, "points.parquet")

    assert table.equals(points(again))
    assert listed(tmp_path, GOOD).digest() == again.digest()


@given(st.lists(st.tuples(st.integers(1, 900), st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_numbers_come_through_to_the_bit(rows: list[tuple[int, float, bool]]) -> None:
    """Whatever is written with all its digits."""
    import tempfile  # noqa: PLC0415  a new folder each time

    lines = "".join(f"{a},{b!r},{str(c).lower()}\n" for a, b, c in rows)
    with tempfile.TemporaryDirectory() as folder:
        header = "customers.active,market.rival_share,organisation.elastic_staffing\n"
        found = points(listed(Path(folder), header + lines))

    assert rows == list(zip(*(found.column(place).to_pylist() for place in (1, 2, 3)), strict=True))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "has no columns"),
        (b"building_blocks.leadership\n", "has no rows"),
        (b"\xff\xfe\n", "is not UTF-8"),
        (b"PAR1 and no more", "is no readable Parquet file"),
        (b"building_blocks.leadershp\n0.2\n", "column, 'building_blocks.leadershp': unknown factor; did you mean"),
        (b"building_blocks.leadership,\n0.2,1\n", "a column has no name"),
        (b"customers.active,customers.active\n1,2\n", "two columns are called 'customers.active'"),
        (b"customers.active\n10\n20,30\n", "points.csv, line 3: has another number of values"),
        (b"customers.active\n10\n\n1.5\n", "line 4, 'customers.active' = 1.5: must be a whole number"),
        (b"market.promise\n0.1\nmuch\n", "line 3, 'market.promise' = 'much': must be a number"),
        (b"market.promise\n0.1\nnan\n", "line 3, 'market.promise' = nan: must be a number"),
        (b"market.promise\n0.1\n0.9\n", "line 3: market.promise = 0.9: must be a number from -0.5 to 0.5"),
        (b"organisation.sector\ncommercial\npublic\n", "line 3: organisation.sector = 'public': must be one of"),
        (b"scenario\nhotel\nhotl\n", "line 3, 'scenario' = 'hotl': there is no preset 'hotl'; did you mean 'hotel'?"),
        (b"customers.active\n" + b"99999999999999999999999\n", "must be a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, content: bytes, words: str) -> None:
    """File, line, value and what is allowed."""
    assert words in refused(tmp_path, content)


def test_values_in_a_row_must_go_together(tmp_path: Path) -> None:
    """Each row is tried as a whole: few leaders make few employees possible."""
    header = "organisation.employees,organisation.leaders\n"

    assert 1 == size(listed(tmp_path, header + "5,2\n"))
    assert "line 2" in refused(tmp_path, header + "5,6\n")


def test_a_long_table_is_tried_where_it_is_extreme(tmp_path: Path) -> None:
    """One impossible value among thousands is found before anything is lived."""
    rows = [f"{0.1 + 0.00001 * row:.5f}" for row in range(3000)]

    assert 3000 == size(listed(tmp_path, "market.rival_share\n" + "\n".join(rows)))
    rows[1234] = "1.2"
    assert "line 1236" in refused(tmp_path, "market.rival_share\n" + "\n".join(rows))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Relative to the experiment."""
    with pytest.raises(Mistake, match=r"nothing\.csv: cannot be read: no such file"):
        experiment_of({k: v for k, v in data_of("table", file="nothing.csv").items() if k != "factors"}, tmp_path)
