"""A design that the user lists: a CSV or Parquet file with one column a factor and one row a cell."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.designs.factor_checks import Load, factor_at
from experiments.designs.factors import SCENARIO, TYPES, Factor, scenario_of
from scenarios.errors import MOST_LISTED, Mistake, end_of, one_mistake, shown
from scenarios.scenario import Scenario

LARGEST_FILE: Final = 500_000_000
MOST_VALUES: Final = 100_000_000
A_FILE: Final = "a CSV or Parquet file with one column a factor"
CELL: Final = "cell"
"""A column of this name, as our own tables have, is passed over: rows number the cells."""

ROWS_TRIED: Final = 1_000
"""Of a longer table, only the rows in which a factor is at its least or greatest are tried on the scenario."""

YES_NO: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Listed:
    """The table as read: columns by factor, a place for each row, and the scenarios that it names."""

    factors: tuple[Factor, ...]
    points: pa.Table
    others: Mapping[str, Scenario]


@dataclass(frozen=True, slots=True)
class _Raw:
    """Columns as they stand in the file; None where a cell is empty. The first row stands on line `first`."""

    where: str
    columns: Mapping[str, Sequence[Any]]
    lines: Sequence[int]
    row: str

    def place(self, row: int) -> str:
        return f"{self.where}, {self.row} {self.lines[row]}"


def read_design(path: Path, base: Scenario, load: Load) -> Listed:
    """The points that the file lists; an empty cell leaves the factor as the scenario has it.

    Raises Mistake for a file that cannot be read, for columns that are no factors and, with its line, for a value that
    the scenario cannot have.
    """
    where = end_of(str(path))
    raw = _read(path, where)
    factors = [_column(name, base, raw) for name in raw.columns]
    table = pa.table({one.path: _typed(one, raw) for one in factors})
    others = _others(factors, raw, load)
    _try_rows(table, base, others, raw)
    return Listed(tuple(factors), table, others)


def _column(name: str, base: Scenario, raw: _Raw) -> Factor:
    return factor_at(name, base, raw.columns, f"{raw.where}, column")


def _read(path: Path, where: str) -> _Raw:
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except OSError as error:
        raise Mistake(f"cannot be read: {(error.strerror or 'no access').lower()}", where, A_FILE) from None
    except ValueError:
        raise Mistake("is not the name of a file", where, A_FILE) from None
    if content is None:
        raise Mistake("is larger than 500 MB", where, A_FILE)
    raw = _parquet(content, where) if content[:4] == b"PAR1" else _csv(content, where)
    if not raw.columns or not raw.lines:
        raise Mistake("has no rows" if raw.columns else "has no columns with factors", where, A_FILE)
    return raw


def _parquet(content: bytes, where: str) -> _Raw:
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_rows * file.metadata.num_columns > MOST_VALUES:
            raise Mistake(f"has more than {MOST_VALUES:,} values", where)
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise Mistake("is no readable Parquet file", where, hint=str(error).splitlines()[0][:80]) from None
    names = [name for name in table.column_names if name != CELL]
    _refuse_twice(names, where)
    columns = {name: table.column(name).to_pylist() for name in names}
    return _Raw(where, columns, range(1, table.num_rows + 1), "row")


def _csv(content: bytes, where: str) -> _Raw:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Mistake(f"is not UTF-8 at byte {error.start + 1}", where, hint="save the file as UTF-8") from None
    head = text.partition("\n")[0]
    is_european = ";" in head
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if is_european else ",")
    try:
        header = [name.strip() for name in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if any(one.strip() for one in row)]
    except csv.Error as error:
        raise Mistake(f"is no CSV: {error}", f"{where}, line {reader.line_num}") from None
    _refuse_twice([name for name in header if name != CELL], where)
    ragged = next((line for line, row in rows if len(row) != len(header)), None)
    if ragged:
        raise Mistake(f"has another number of values than the {len(header)} of the header", f"{where}, line {ragged}")
    columns = {
        name: [_value(row[place], is_european=is_european) for _, row in rows]
        for place, name in enumerate(header)
        if name != CELL
    }
    return _Raw(where, columns, [line for line, _ in rows], "line")


def _refuse_twice(names: Sequence[str], where: str) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Mistake(f"two columns are called {shown(twice)}", where)
    if "" in names:
        raise Mistake("a column has no name", where, "dotted paths, as in building_blocks.leadership")


def _value(text: str, *, is_european: bool) -> Any:
    """A number, true or false where it reads as one, else the text; None for nothing."""
    plain = text.strip()
    if not plain or plain.lower() in YES_NO:
        return YES_NO.get(plain.lower())
    number = plain.replace(",", ".") if is_european else plain
    try:
        return int(number)
    except ValueError:
        pass
    try:
        return float(number)
    except ValueError:
        return plain


def _typed(factor: Factor, raw: _Raw) -> pa.Array:
    """The column in the type of its factor. Raises Mistake for values of another kind, each with its line."""
    values = [_as_asked(factor, value) for value in raw.columns[factor.path]]
    wrong = [
        Mistake(f"must be {_WANTED[factor.kind]}", f"{raw.place(row)}, {shown(factor.path)} = {shown(given)}")
        for row, (value, given) in enumerate(zip(values, raw.columns[factor.path], strict=True))
        if value is None and given is not None
    ]
    if wrong:
        raise one_mistake(wrong[: MOST_LISTED + 1])
    return pa.array(values, TYPES[factor.kind])


_WANTED: Final = {"whole": "a whole number", "real": "a number", "text": "a text", "yes_no": "true or false"}


def _as_asked(factor: Factor, value: Any) -> Any:
    """The value in the kind of the factor; None where it is of another."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if factor.kind == "whole":
        return int(value) if is_number and float(value).is_integer() and abs(value) < 2**63 else None
    if factor.kind == "real":
        return float(value) if is_number and abs(value) < float("inf") else None
    return value if isinstance(value, str if factor.kind == "text" else bool) else None


def _others(factors: Sequence[Factor], raw: _Raw, load: Load) -> dict[str, Scenario]:
    found: dict[str, Scenario] = {}
    for row, name in enumerate(raw.columns[SCENARIO] if SCENARIO in [one.path for one in factors] else ()):
        if name is not None and name not in found:
            try:
                found[name] = load(name)
            except Mistake as mistake:
                raise Mistake(str(mistake), f"{raw.place(row)}, {shown(SCENARIO)} = {shown(name)}") from None
    return found


def _try_rows(table: pa.Table, base: Scenario, others: Mapping[str, Scenario], raw: _Raw) -> None:
    """Refuse rows that the scenario cannot have, as far as can be told quickly."""
    wrong: list[Mistake] = []
    for row in _telling_rows(table):
        try:
            scenario_of(base, table.slice(row, 1).to_pylist()[0], others)
        except Mistake as mistake:
            listed = getattr(mistake, "listed", None) or [mistake]
            wrong += [Mistake(str(one), raw.place(row)) for one in listed]
        if len(wrong) > MOST_LISTED:
            break
    if wrong:
        raise one_mistake(wrong)


def _telling_rows(table: pa.Table) -> Sequence[int]:
    """All rows of a short table; of a long one those with the least and the greatest value of each factor."""
    if table.num_rows <= ROWS_TRIED:
        return range(table.num_rows)
    found: set[int] = set()
    for column in table.columns:
        first: dict[Any, int] = {}
        for row, value in enumerate(column.to_pylist()):
            first.setdefault(value, row)
        values = sorted(value for value in first if value is not None)
        kept = values if column.type in {pa.string(), pa.bool_()} else [*values[:1], *values[-1:]]
        found.update(first[value] for value in kept[:ROWS_TRIED])
    return sorted(found)
