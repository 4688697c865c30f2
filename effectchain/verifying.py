"""What `verify` tells: whether a folder is whole."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from effectchain.endings import FAILED, PARTLY
from results.errors import ResultsError
from results.folders.run import Run
from results.folders.tables import open_folder
from results.sweeps.store import SweepStore
from results.sweeps.verify import Problem
from results.words import harmless


def verify_folder(folder: Path, *, repair: bool, as_json: bool) -> None:
    """Tell all that is wrong. Ends with exit code 0, 1 for damage, or 3 for a sweep that is not finished.

    repair: first set the damaged parts of a sweep aside; ResultsError where another process is running it.
    """
    opened = open_folder(folder)
    if repair and isinstance(opened, SweepStore):
        with opened.locked():
            opened.finished(thoroughly=True)
    problems = opened.verify() if isinstance(opened, SweepStore) else problems_of_run(opened)
    if as_json:
        click.echo(json.dumps({"digest": digest_of(opened), "problems": [asdict(one) for one in problems]}, indent=1))
    else:
        tell(opened, problems)
    if problems:
        raise click.exceptions.Exit(PARTLY if all(one.kind == "missing" for one in problems) else FAILED)


def problems_of_run(run: Run) -> list[Problem]:
    """What is wrong with a run or comparison: the first thing that is found."""
    try:
        run.verify()
    except ResultsError as error:
        return [Problem("damaged", ".", str(error).rstrip("."), "nothing else was checked")]
    absent = [name for name in run.manifest.get("files", []) if not (run.folder / name).is_file()]
    return [Problem("damaged", name, "it is missing", "the numbers do not need it") for name in absent]


def digest_of(opened: Run | SweepStore) -> object:
    """The fingerprint of the numbers: of a sweep in all, of a run one for each table."""
    if isinstance(opened, SweepStore):
        return opened.digest()
    return {name: table["digest"] for name, table in opened.manifest["tables"].items()}


def tell(opened: Run | SweepStore, problems: list[Problem]) -> None:
    """One line for each problem; what is whole is said too."""
    for problem in problems:
        click.echo(harmless(problem, 500))
    if any(one.kind == "damaged" for one in problems):
        return
    if isinstance(opened, SweepStore):
        click.echo(f"{len(opened.finished()):,} parts, all whole. Digest of the numbers: {opened.digest()}")
    else:
        click.echo(f"All tables are whole: {', '.join(opened.tables)}.")
