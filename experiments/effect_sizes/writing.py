"""The table of effect sizes as a folder of results: all numbers, the figure and the page."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from agents.rule import source_hash
from experiments.writing import PACKAGES, RUNS
from results.charts import to_png, to_svg
from results.effect_sizes.figure import sizes_figure
from results.effect_sizes.page import sizes_page
from results.effect_sizes.table import EffectSizes
from results.manifest import build_manifest
from results.store import RunWriter
from scenarios.scenario import Scenario


def write_sizes(
    sizes: EffectSizes,
    folder: str | Path | None = None,
    *,
    started: datetime,
    finished: datetime,
    language: str = "en",
    command: Sequence[str] = (),
) -> Path:
    """Write into a folder and return it; by default runs/effect-sizes-<units>-<seed> in the current folder.

    The folder holds effect_sizes.parquet, effect_sizes.json, forest.png, forest.svg, report.html and manifest.json.
    Raises ResultsError, with nothing half-written, for a place that is taken or cannot be written.
    """
    figure = sizes_figure(sizes, language)
    files: dict[str, bytes | str] = {
        "effect_sizes.json": json.dumps(sizes.as_data(), indent=1) + "\n",
        "forest.png": to_png(figure, 150),
        "forest.svg": to_svg(figure),
        "report.html": sizes_page(sizes, language),
    }
    with RunWriter(folder or RUNS / f"effect-sizes-{sizes.units}-{sizes.seed}") as run:
        run.append("effect_sizes", as_table(sizes))
        for name, content in files.items():
            run.add_file(name, content)
        run.describe(
            build_manifest(
                scenario=Scenario.model_validate({"schema": 1}).as_dict(),  # what all units are drawn about
                seeds=[sizes.seed],
                packages=PACKAGES,
                source_hash=source_hash(),
                command=command
                or ["effectchain", "effect-sizes", "--units", f"{sizes.units}", "--seed", f"{sizes.seed}"],
                started=started,
                finished=finished,
                more={"kind": "effect sizes", "units": sizes.units, "firms": sizes.firms},
            )
        )
    return run.folder


def as_table(sizes: EffectSizes) -> pa.Table:
    """One row an effect size."""
    rows = [row.as_data() for row in sizes.rows]
    low, high = zip(*((row["interval"] or (None, None)) for row in rows), strict=True)
    least, most = zip(*(row["tolerance"] for row in rows), strict=True)
    plain = ("id", "ref", "what", "source", "status", "use", "scale")
    return pa.table(
        {
            **{name: [row[name] for row in rows] for name in plain},
            "published": pa.array([row["published"] for row in rows], pa.list_(pa.float64())),
            "tolerance_low": pa.array(least, pa.float64()),
            "tolerance_high": pa.array(most, pa.float64()),
            "measured": pa.array([row["measured"] for row in rows], pa.float64()),
            "low": pa.array(low, pa.float64()),
            "high": pa.array(high, pa.float64()),
            "verdict": [row["verdict"] for row in rows],
            "sure": [row["sure"] for row in rows],
        }
    )
