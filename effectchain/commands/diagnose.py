"""`effectchain diagnose`: the file to fill in for a self-diagnosis, and what the answers say."""

from pathlib import Path
from typing import Final

import click

from effectchain.commands.options import SomeFolder, as_json, language

SEPARATORS: Final = ("comma", "semicolon", "tab")
DEFAULT_PRESET: Final = "mobile_provider"

separator = click.option(
    "--separator",
    type=click.Choice(SEPARATORS),
    help="Of CSV files: semicolon for spreadsheet programs with a decimal comma. [default: semicolon with --lang nl]",
)


class _ScoresByDefault(click.Group):
    """`diagnose FILE` is short for `diagnose score FILE`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["score", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_ScoresByDefault,
    options_metavar="",
    subcommand_metavar="ANSWERS... [OPTIONS] | template [OPTIONS]",
    short_help="Find out where your organisation stands: 99 statements.",
)
def diagnose() -> None:
    """Self-diagnosis of the nine building blocks: 99 statements, answered by one person or many.

    \b
    effectchain diagnose template --out answers.xlsx    writes a file to fill in
    effectchain diagnose answers.xlsx                   scores it (more files may follow)

    Answers are read from CSV or XLSX in either of two layouts. Form, as the template: one row a statement, with a
    column 'id' (B1.01 to B9.11) and one column for each respondent; a row 'role' is optional. Survey, as survey tools
    export it: one row a respondent, with columns B1.01 to B9.11 and perhaps 'respondent' and 'role'. An answer is a
    number from 1 to 5; an empty cell is no answer. One file may hold one respondent or many.

    The outcome is no validated measurement, no certification and no check of conformity with ISO or CEN standards.
    Answers are personal data: they stay on this machine.
    """  # noqa: D301  click knows \b: lines below it stay as they are


@diagnose.command(short_help="Write a file to fill in.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file to write: .xlsx or .csv. [default: answers.xlsx]"
)
@language
@click.option(
    "--respondents", type=click.IntRange(1, 1000), default=1, show_default=True, help="Columns for answers in the file."
)
@separator
@click.option("--force", is_flag=True, help="Replace the file if it exists; answers in it are lost.")
def template(out: Path | None, language: str, respondents: int, separator: str | None, force: bool) -> None:  # noqa: FBT001
    """Write a file to fill in: one row a statement, with its scale and instructions."""
    from effectchain.diagnosing import write_template  # noqa: PLC0415  `--help` must stay quick

    write_template(out or Path("answers.xlsx"), language, respondents, separator, force=force)


@diagnose.command(short_help="Score filled-in ANSWERS; the word itself may be left out.")
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@language
@click.option(
    "--preset", default=DEFAULT_PRESET, show_default=True, help="What the scenario starts from: a preset, or a file."
)
@click.option("--out", type=SomeFolder(), help="Folder for scores, picture, scenario. [default: runs/diagnosis-…]")
@separator
@as_json
def score(
    answers: tuple[Path, ...],
    language: str,
    preset: str,
    out: Path | None,
    separator: str | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Score filled-in ANSWERS, one file or several, and write scores, picture and scenario.

    `effectchain diagnose FILE` is short for `effectchain diagnose score FILE`.
    """
    from effectchain.diagnosing import score_and_tell  # noqa: PLC0415  `--help` must stay quick

    score_and_tell(answers, language, preset, out, separator, as_json=as_json)
