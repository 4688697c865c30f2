"""A survey as a folder of results: answers, summary, the figure beside the real sample, and what made them."""

import io
import json
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Drawing
from pyarrow.csv import write_csv

from agents.rule import source_hash
from experiments.surveys.survey import Survey
from experiments.telling import title
from experiments.writing import LONGEST_NAME, PACKAGES, RUNS
from results.charts import to_png, to_svg
from results.errors import ResultsError
from results.manifest import build_manifest
from results.store import RunWriter
from results.surveys.beside import OF_PAIRS, Beside
from results.surveys.figure import beside_figure
from results.surveys.terminal import Told
from scenarios.writing import to_toml


def write_survey(
    found: Survey, folder: str | Path | None = None, *, language: str = "en", command: Sequence[str] = ()
) -> Path:
    """Write a survey into a folder and return it; by default runs/<scenario>-survey-<instrument>-<digest>.

    The folder holds answers.parquet and answers.csv, survey.json with all figures, scenario.toml, instrument.toml,
    manifest.json and, where there is a real sample, beside.png and beside.svg in this language (en or nl).
    Raises ResultsError, with nothing half-written, for a place that is taken by something else or cannot be written.
    """
    table = io.BytesIO()
    write_csv(found.answers, table)
    files: dict[str, bytes | str] = {
        "answers.csv": table.getvalue(),
        "survey.json": json.dumps(found.as_data(), indent=1) + "\n",
        "scenario.toml": to_toml(found.scenario),
        "instrument.toml": found.instrument.text,
    }
    if _has_figure(found.beside):
        drawing = drawn(found, language)
        files |= {"beside.png": to_png(drawing, 150), "beside.svg": to_svg(drawing)}
    with RunWriter(folder or _default_folder(found)) as run:
        run.append("answers", found.answers)
        for name, content in files.items():
            run.add_file(name, content)
        run.describe(_manifest(found, command or _command(found)))
    return run.folder


def drawn(found: Survey, language: str) -> Drawing:
    """The figure beside the real sample. ResultsError where there is none."""
    if found.beside is None or not _has_figure(found.beside):
        raise ResultsError(f"The instrument '{found.instrument.name}' is held against no real sample: nothing to draw.")
    return beside_figure(
        found.beside,
        found.instrument.titles(language),
        title=found.instrument.title(language),
        scenario=title(found.scenario, language),
        week=found.week,
        language=language,
    )


def _has_figure(found: Beside | None) -> bool:
    return found is not None and bool(found.of((*OF_PAIRS, "icc")))


def told_of(found: Survey, language: str) -> Told:
    """The survey as people read it."""
    return Told(
        found.instrument.title(language),
        found.instrument.titles(language),
        found.week,
        found.invited,
        found.summary,
        found.beside,
        found.net_scores,
    )


def _command(found: Survey) -> list[str]:
    """The command that, given inside the folder, asks the same people the same once more."""
    words = ["effectchain", "survey", "scenario.toml", "--instrument", "./instrument.toml"]
    words += ["--week", str(found.week), "--units", str(found.units), "--seed", str(found.seed)]
    return [*words, "--sample", str(found.sample)] if found.sample else words


def _default_folder(found: Survey) -> Path:
    asked = [found.scenario.digest(), found.instrument.digest(), *_command(found)[5:], source_hash()]
    digest = blake2b(json.dumps(asked).encode(), digest_size=6).hexdigest()
    return RUNS / f"{found.scenario.name[:LONGEST_NAME]}-survey-{found.instrument.name[:40]}-{digest}"


def _manifest(found: Survey, command: Sequence[str]) -> dict[str, Any]:
    return build_manifest(
        scenario=found.scenario.as_dict(),
        seeds=[found.seed],
        packages=PACKAGES,
        source_hash=source_hash(),
        command=command,
        started=found.started,
        finished=found.finished,
        more={
            "kind": "survey",
            "instrument": found.instrument.digest(),
            "week": found.week,
            "units": found.units,
            "sample": found.sample,
        },
    )
