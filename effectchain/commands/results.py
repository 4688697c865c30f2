"""`effectchain results`: what lies in a finished folder."""

from pathlib import Path

import click

from effectchain.commands.options import as_json, folder, language


@click.group(short_help="Look into a finished folder.")
def results() -> None:
    """Look into the folder of a finished run or comparison, or of a sweep, finished or not."""


@results.command(short_help="What was run, and what came of it.")
@folder
@language
@as_json
def show(folder: Path, language: str, as_json: bool) -> None:  # noqa: FBT001
    """Show what was run in DIR and the effect chain in the final year.

    Of a sweep: how far it is, what failed, and between which levels the final year lies over the cells.
    """
    from effectchain.finished import show_folder  # noqa: PLC0415  `--help` must stay quick

    show_folder(folder, language, as_json=as_json)


@results.command(short_help="Ask a question in SQL.")
@folder
@click.argument("sql")
@as_json
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table.")
def query(folder: Path, sql: str, as_json: bool, as_csv: bool) -> None:  # noqa: FBT001
    """Answer a question in SQL (DuckDB's) about the tables in DIR; nothing else can be read, and nothing changed.

    Tables of a sweep: weekly, design, runs; of a run or comparison: weekly and, where kept, events and people.

    \b
    effectchain results query DIR "SELECT cell, avg(loyalty) FROM weekly GROUP BY cell ORDER BY 2"
    """  # noqa: D301  click knows \b: lines below it stay as they are
    from effectchain.asking import answer_question  # noqa: PLC0415  `--help` must stay quick

    if as_json and as_csv:
        raise click.UsageError("choose --json or --csv.")
    answer_question(folder, sql, form="json" if as_json else "csv" if as_csv else "text")


@results.command(short_help="Write a table for other programs.")
@folder
@click.option(
    "--to",
    "path",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The file; its name ends in .csv, .xlsx or .parquet.",
)
@click.option("--table", default="weekly", show_default=True, help="Of a sweep weekly, design or runs.")
@click.option("--indicators", metavar="NAMES", default="", help="Only these, separated by commas. [default: all]")
@click.option("--final-year", is_flag=True, help="One row a run, with the value of its last 52 weeks.")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def export(folder: Path, path: Path, table: str, indicators: str, final_year: bool, force: bool) -> None:  # noqa: FBT001
    """Write a table from DIR as CSV, as a spreadsheet or as Parquet.

    Of a final year, money and counts of people or messages are sums, all other indicators are means.
    """
    from effectchain.asking import export_table  # noqa: PLC0415  `--help` must stay quick

    names = [name.strip() for name in indicators.split(",") if name.strip()]
    export_table(folder, path, table, names, final_year=final_year, force=force)
