"""What `diagnose` does: write the file to fill in, or read answers, score and write them, and tell what they say."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

import click
from rich.console import Console

from effectchain.diagnosis_files import SCENARIO, SCORES, fingerprint, write_diagnosis
from effectchain.diagnosis_report import as_data, print_diagnosis
from effectchain.files import write_file
from scenarios.answers import read_answers
from scenarios.diagnosis import Diagnosis
from scenarios.diagnosis import diagnose as diagnosis_of
from scenarios.errors import Mistake
from scenarios.statements import Language, words
from scenarios.template import csv_template, xlsx_template

SIGNS: Final = {"comma": ",", "semicolon": ";", "tab": "\t"}


def write_template(path: Path, language: str, respondents: int, separator: str | None, *, force: bool) -> None:
    """Write a file to fill in. Raises Mistake for one that cannot be, or that is there already and not to be lost."""
    chosen = cast("Language", language)
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise Mistake("cannot be written", f"--out {path}", "a name that ends in .csv or .xlsx")
    if path.suffix.lower() == ".csv":
        content = csv_template(chosen, respondents, sign_of(separator, language))
    else:
        content = xlsx_template(chosen, respondents)
    write_file(path, content, f"--out {path}", force=force)
    click.echo(f"Written: {path}. Fill it in, then run: effectchain diagnose {path}")


def score_and_tell(
    answers: Sequence[Path], language: str, preset: str, out: Path | None, separator: str | None, *, as_json: bool
) -> None:
    """Score these answers, write their folder, and tell what they say. Raises Mistake or ResultsError."""
    chosen = cast("Language", language)
    diagnosis = diagnosis_of(read_answers(answers))
    folder = out or Path("runs") / f"diagnosis-{fingerprint(diagnosis, preset, language)}"
    files = write_diagnosis(diagnosis, folder, chosen, preset, sign_of(separator, language))
    (tell_as_json if as_json else tell)(diagnosis, chosen, folder, files)


def sign_of(separator: str | None, language: str) -> str:
    """What stands between the cells of a CSV file: spreadsheets with a decimal comma want a semicolon."""
    return SIGNS[separator or ("semicolon" if language == "nl" else "comma")]


def tell_as_json(diagnosis: Diagnosis, language: Language, folder: Path, files: dict[str, Path]) -> None:
    """Print everything as plain data."""
    data: dict[str, Any] = as_data(diagnosis, language)
    data |= {"folder": str(folder), "files": {name: str(path) for name, path in files.items()}}
    click.echo(json.dumps(data, indent=1))


def tell(diagnosis: Diagnosis, language: Language, folder: Path, files: dict[str, Path]) -> None:
    """Print scores and findings, and where the rest lies."""
    said = words(language)
    print_diagnosis(diagnosis, language, Console(file=sys.stdout, highlight=False), SCORES)
    click.echo(f"\n{said['written'].format(folder=folder, files=', '.join(files))}")
    click.echo(said["next_step"].format(scenario=files[SCENARIO]))
