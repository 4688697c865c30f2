"""The table of effect sizes as a folder of results: all numbers, the figure and the page."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from experiments.run_folders import default_folder, manifest_of, options
from results.effect_sizes.figure import sizes_figure
from results.effect_sizes.page import sizes_page
from results.effect_sizes.table import EffectSizes
from results.figures.charts import to_png, to_svg
from results.folders.run import write_run
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
    """Write into a folder and return it; by default runs/effect-sizes-<digest>.

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
    asked = options(units=sizes.units, seed=sizes.seed)
    manifest = manifest_of(
        Scenario.model_validate({"schema": 1}),  # what all units are drawn about
        seed=sizes.seed,
        command=command or ["effectchain", "effect-sizes", *asked],
        started=started,
        finished=finished,
        kind="effect sizes",
        units=sizes.units,
        firms=sizes.firms,
    )
    return write_run(
        folder or default_folder("effect-sizes", asked), {"effect_sizes": as_table(sizes)}, manifest, files
    )


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
