"""Questions to a finished folder, and tables taken out of it."""

import codecs
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from effectchain.telling import shown
from results.folders.export import as_csv, export, select
from results.folders.query import answer, as_json, as_text
from results.folders.tables import open_folder, tables_of

Form = Literal["text", "json", "csv"]


class Printed:
    """Standard output as a file that takes bytes of UTF-8."""

    closed = False

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:
        """Print them; half a letter waits for its other half."""
        sys.stdout.write(self._decoder.decode(bytes(data)))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here for long."""


def answer_question(folder: Path, question: str, *, form: Form) -> None:
    """Print the answer to a question in SQL. Raises ResultsError for one that cannot be answered."""
    with answer(tables_of(open_folder(folder)), question) as found:
        if form == "csv":
            as_csv(Printed(), found.schema, found)
            return
        for line in as_json(found) if form == "json" else as_text(found):
            click.echo(line)


def export_table(
    folder: Path, path: Path, table: str, indicators: Sequence[str], *, final_year: bool, force: bool
) -> None:
    """Write a table and say where. Raises ResultsError where that cannot be done."""
    chosen = select(tables_of(open_folder(folder)), table, indicators, by_year=final_year)
    rows = export(chosen, path, force=force)
    click.echo(f"{rows:,} rows: {shown(path.resolve())}")
