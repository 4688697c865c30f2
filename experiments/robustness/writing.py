"""Which conclusions survive, as a folder of results: all numbers, the figure and the page."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from agents.rule import source_hash
from experiments.writing import LONGEST_NAME, PACKAGES, RUNS
from results.charts import to_png, to_svg
from results.manifest import build_manifest
from results.robustness.figure import robustness_figure
from results.robustness.page import robustness_page
from results.robustness.table import CONCLUSIONS, Robustness
from results.store import RunWriter
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
    """Write into a folder and return it; by default runs/<scenario>-robustness-<seed> in the current folder.

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
    options = ["--draws", f"{len(found.draws)}", "--replications", f"{found.replications}"]
    options += ["--weeks", f"{found.weeks}", "--seed", f"{found.seed}"]
    with RunWriter(folder or RUNS / f"{found.scenario[:LONGEST_NAME]}-robustness-{found.seed}") as run:
        run.append("conclusions", as_table(found))
        for name, content in files.items():
            run.add_file(name, content)
        run.describe(
            build_manifest(
                scenario=base.as_dict(),
                seeds=[found.seed],
                packages=PACKAGES,
                source_hash=source_hash(),
                command=command or ["effectchain", "robustness", "scenario.toml", *options],
                started=started,
                finished=finished,
                more={"kind": "robustness", "of": found.scenario},
            )
        )
    return run.folder


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
