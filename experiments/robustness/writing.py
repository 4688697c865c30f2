"""Which conclusions survive, as a folder of results: all numbers, the figure and the page."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from experiments.run_folders import default_folder, manifest_of, options
from results.figures.charts import to_png, to_svg
from results.folders.run import write_run
from results.robustness.figure import robustness_figure
from results.robustness.page import robustness_page
from results.robustness.table import CONCLUSIONS, Robustness
from scenarios.scenario import Scenario
from scenarios.writing import to_toml


def write_robustness(
    found: Robustness,
    base: Scenario,
    folder: str | Path | None = None,
    *,
    started: datetime,
    finished: datetime,
    language: str = "en",
    command: Sequence[str] = (),
) -> Path:
    """Write into a folder and return it; by default runs/<scenario>-robustness-<digest>.

    base: the organisation for which all was rerun. The folder holds conclusions.parquet, robustness.json,
    robustness.png, robustness.svg, report.html, scenario.toml and manifest.json. Raises ResultsError, with nothing
    half-written, for a place that is taken or cannot be written.
    """
    figure = robustness_figure(found, language)
    files: dict[str, bytes | str] = {
        "robustness.json": json.dumps(found.as_data(), indent=1) + "\n",
        "robustness.png": to_png(figure, 150),
        "robustness.svg": to_svg(figure),
        "report.html": robustness_page(found, language),
        "scenario.toml": to_toml(base),
    }
    asked = options(draws=len(found.draws), replications=found.replications, weeks=found.weeks, seed=found.seed)
    manifest = manifest_of(
        base,
        seed=found.seed,
        command=command or ["effectchain", "robustness", "scenario.toml", *asked],
        started=started,
        finished=finished,
        kind="robustness",
        of=found.scenario,
    )
    place = folder or default_folder(f"{found.scenario}-robustness", base.digest(), asked)
    return write_run(place, {"conclusions": as_table(found)}, manifest, files)


def as_table(found: Robustness) -> pa.Table:
    """One row a set of rules and conclusion."""
    rows = [(one, name) for one in found.reruns for name in CONCLUSIONS]
    margins = [one.margins[name] for one, name in rows]
    return pa.table(
        {
            "rules": [one.id for one, _ in rows],
            "drawn": [one.is_drawn for one, _ in rows],
            "plausible": [one.is_plausible for one, _ in rows],
            "conclusion": [name for _, name in rows],
            "margin": [margin.mean for margin in margins],
            "low": [margin.low for margin in margins],
            "high": [margin.high for margin in margins],
            "verdict": [one.verdict(name) for one, name in rows],
        }
    )
