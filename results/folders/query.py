"""Questions in SQL to a finished folder, answered by DuckDB, which sees the folder's tables and nothing else."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from glob import escape
from itertools import chain, count
from typing import Any, Final

import duckdb
import pyarrow as pa

from results.columns import aligned
from results.errors import ResultsError
from results.folders.tables import FileTable, Tables
from results.words import harmless

ROWS_AT_ONCE: Final = 10_000

_ALONE: Final = (
    "SET python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
"""No file, no network, no variable of this process, and no way back."""

_STRANGE_HINT: Final = re.compile(r'Did you mean "pg_[^"]*"\?')


@contextmanager
def answer(tables: Tables, question: str, *, memory: str = "2GB") -> Iterator[pa.RecordBatchReader]:
    """The answer to one SELECT statement over these tables, piece by piece.

    memory: DuckDB's limit. Raises ResultsError, with DuckDB's own sentence and the tables there are, for a question
    that cannot be answered.
    """
    connection = duckdb.connect(":memory:", config={"memory_limit": memory})
    try:
        with _explaining(tables):
            _let_in(connection, tables)
            for order in _ALONE:
                connection.execute(order)
            yield connection.sql(_only_question(connection, question)).to_arrow_reader(ROWS_AT_ONCE)
    finally:
        connection.close()


def as_json(reader: pa.RecordBatchReader) -> Iterator[str]:
    """The answer as a JSON array of objects, line by line; what is no number becomes null."""
    before, names = "[", unique(reader.schema.names)
    for batch in reader:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield before + json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False)
            before = ","
    yield "[]" if before == "[" else "]"


def unique(names: Sequence[str]) -> list[str]:
    """The names, with a number after one that comes again."""
    found: dict[str, None] = {}
    for name in names:
        others = (f"{name}_{number}" for number in count(1))
        found[next(one for one in chain([name], others) if one not in found)] = None
    return list(found)


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def as_text(reader: pa.RecordBatchReader, most: int = 200) -> Iterator[str]:
    """The answer as a table of plain text, at most so many rows, numbers to six figures."""
    rows: list[Sequence[Any]] = []
    left = 0
    for batch in reader:
        kept = batch.slice(0, max(0, most - len(rows)))
        rows += list(zip(*(column.to_pylist() for column in kept.columns), strict=True))
        left += batch.num_rows - kept.num_rows
    yield from aligned(reader.schema.names, rows)
    if left:
        yield f"... and {left:,} rows more; --csv or --json give all."


def _let_in(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Give each table its name, and leave to read just the files behind them."""
    paths = [str(path) for table in tables.values() if isinstance(table, FileTable) for path in table.paths]
    allowed = dict.fromkeys(one for path in paths for one in (path, escape(path)))
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, allowed))}]")
    for name, table in tables.items():
        if isinstance(table, FileTable):
            files = ", ".join(_quoted(escape(str(path))) for path in table.paths)
            connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM read_parquet([{files}])')  # noqa: S608
        else:
            connection.register(name, table)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _only_question(connection: duckdb.DuckDBPyConnection, question: str) -> str:
    statements = connection.extract_statements(question.encode(errors="replace").decode())
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise ResultsError('Ask one question, as in "SELECT cell, avg(loyalty) FROM weekly GROUP BY cell".')
    return str(statements[0].query)


@contextmanager
def _explaining(tables: Tables) -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise ResultsError("That question needs too much memory; ask for fewer rows or columns.") from error
    except duckdb.Error as error:
        raise ResultsError("\n".join([_sentence(error), *_there_are(tables)])) from error


def _sentence(error: duckdb.Error) -> str:
    """What DuckDB says, on one line, without the question, which the user has just typed."""
    said = _STRANGE_HINT.sub("", str(error).split("\n\nLINE ")[0])
    return f"DuckDB says: {harmless(said, 500)}"


def _there_are(tables: Tables) -> Iterator[str]:
    yield "There are these tables and columns:"
    for name, table in tables.items():
        yield f"  {name}: {', '.join(harmless(column, 80) for column in table.schema.names)}"
