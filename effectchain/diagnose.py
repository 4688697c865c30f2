"""`effectchain diagnose`: the file to fill in for a self-diagnosis, and what the answers say."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click

from results.folders.disk import put
from scenarios.errors import Mistake

if TYPE_CHECKING:
    from scenarios.diagnosis import Diagnosis
    from scenarios.statements import Language

SEPARATORS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}
DEFAULT_PRESET: Final = "mobile_provider"

language_option = click.option(
    "--lang", "language", type=click.Choice(["en", "nl"]), default="en", show_default=True, help="English or Dutch."
)
separator_option = click.option(
    "--separator",
    type=click.Choice(list(SEPARATORS)),
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
@language_option
@click.option(
    "--respondents", type=click.IntRange(1, 1000), default=1, show_default=True, help="Columns for answers in the file."
)
@separator_option
@click.option("--force", is_flag=True, help="Replace the file if it exists; answers in it are lost.")
def template(out: Path | None, language: str, respondents: int, separator: str | None, force: bool) -> None:  # noqa: FBT001
    """Write a file to fill in: one row a statement, with its scale and instructions."""
    from scenarios.template import csv_template, xlsx_template  # noqa: PLC0415  `--help` must stay quick

    path, chosen = out or Path("answers.xlsx"), cast("Language", language)
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise Mistake("cannot be written", f"--out {path}", "a name that ends in .csv or .xlsx")
    if path.suffix.lower() == ".csv":
        content = csv_template(chosen, respondents, _separator(separator, language))
    else:
        content = xlsx_template(chosen, respondents)
    _write_file(path, content, force=force)
    click.echo(f"Written: {path}. Fill it in, then run: effectchain diagnose {path}")


@diagnose.command(short_help="Score filled-in ANSWERS; the word itself may be left out.")
@click.argument("answers", nargs=-1, required=True, type=click.Path(path_type=Path))
@language_option
@click.option(
    "--preset", default=DEFAULT_PRESET, show_default=True, help="What the scenario starts from: a preset, or a file."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for scores, picture, scenario. [default: runs/diagnosis-…]"
)
@separator_option
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON instead of tables.")
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
    from effectchain.diagnosis_files import fingerprint, write_diagnosis  # noqa: PLC0415  `--help` must stay quick
    from scenarios.answers import read_answers  # noqa: PLC0415
    from scenarios.diagnosis import diagnose as diagnosis_of  # noqa: PLC0415

    chosen = cast("Language", language)
    diagnosis = diagnosis_of(read_answers(answers))
    folder = out or Path("runs") / f"diagnosis-{fingerprint(diagnosis, preset, language)}"
    files = write_diagnosis(diagnosis, folder, chosen, preset, _separator(separator, language))
    (_print_json if as_json else _print)(diagnosis, chosen, folder, files)


def _separator(name: str | None, language: str) -> str:
    return SEPARATORS[name or ("semicolon" if language == "nl" else "comma")]


def _print_json(diagnosis: "Diagnosis", language: "Language", folder: Path, files: dict[str, Path]) -> None:
    from effectchain.diagnosis_report import as_data  # noqa: PLC0415

    data: dict[str, Any] = as_data(diagnosis, language)
    data |= {"folder": str(folder), "files": {name: str(path) for name, path in files.items()}}
    click.echo(json.dumps(data, indent=1))


def _print(diagnosis: "Diagnosis", language: "Language", folder: Path, files: dict[str, Path]) -> None:
    from rich.console import Console  # noqa: PLC0415

    from effectchain.diagnosis_files import SCENARIO, SCORES  # noqa: PLC0415
    from effectchain.diagnosis_report import print_diagnosis  # noqa: PLC0415
    from scenarios.statements import words  # noqa: PLC0415

    said = words(language)
    print_diagnosis(diagnosis, language, Console(file=sys.stdout, highlight=False), SCORES)
    click.echo(f"\n{said['written'].format(folder=folder, files=', '.join(files))}")
    click.echo(said["next_step"].format(scenario=files[SCENARIO]))


def _write_file(path: Path, content: bytes, *, force: bool) -> None:
    """The file with all of its content, or nothing; never over another file unless told to."""
    if not force and os.path.lexists(path):
        hint = "choose another name, or add --force to lose what is in it"
        raise Mistake("exists", f"--out {path}", hint=hint)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)
    except OSError as error:
        raise Mistake(f"cannot be written: {error.strerror}", f"--out {path}") from error
