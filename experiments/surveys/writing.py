"""A survey as a folder of results: answers, summary, the figure beside the real sample, and what made them."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Drawing
from pyarrow.csv import write_csv

from experiments.run_folders import default_folder, manifest_of, options
from experiments.surveys.survey import Survey
from experiments.telling import title
from results.errors import ResultsError
from results.figures.charts import to_png, to_svg
from results.folders.run import write_run
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
    manifest = _manifest(found, command or _command(found))
    return write_run(folder or _folder(found), {"answers": found.answers}, manifest, files)


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
    numbers = {"week": found.week, "units": found.units, "seed": found.seed, "sample": found.sample}
    return ["effectchain", "survey", "scenario.toml", *options(instrument="./instrument.toml", **numbers)]


def _folder(found: Survey) -> Path:
    name = f"{found.scenario.name}-survey-{found.instrument.name[:40]}"
    return default_folder(name, found.scenario.digest(), found.instrument.digest(), _command(found))


def _manifest(found: Survey, command: Sequence[str]) -> dict[str, Any]:
    return manifest_of(
        found.scenario,
        seed=found.seed,
        command=command,
        started=found.started,
        finished=found.finished,
        kind="survey",
        instrument=found.instrument.digest(),
        week=found.week,
        units=found.units,
        sample=found.sample,
    )
