"""What one takes along of a folder: its points as a table, and what moves an outcome as a figure; each says of what."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from effectchain.dashboard.experiments.opening import Opened
from results.figures.charts import stamped, to_png, to_svg
from results.folders.export import Selection, export
from results.points import Points
from results.sensitivity.table import Sensitivity
from results.sensitivity.tornado import tornado
from results.words import harmless

TABLES: Final = ("csv", "xlsx", "parquet")
FIGURES: Final = ("png", "svg")
DPI: Final = 200


def points_file(opened: Opened, points: Points, form: str) -> tuple[str, bytes]:
    """Name and content: a row a point, all its factors and outcomes. Raises ResultsError where it is too large."""
    table = points.table()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"points.{form}"
        export(Selection(table.schema, table.num_rows, iter(table.to_batches())), path, about=_about(opened))
        return f"{_stem(opened)}-points.{form}", path.read_bytes()


def movers_file(opened: Opened, found: Sensitivity, form: str, language: str) -> tuple[str, bytes]:
    """Name and content: a bar for each factor, with the command, the seed and the version at its foot."""
    figure = tornado(found, language)
    stamped(figure, ", ".join(f"{key}: {value}" for key, value in _about(opened).items() if value))
    content = to_png(figure, DPI) if form == "png" else to_svg(figure).encode()
    return f"{_stem(opened)}-{found.indicator}.{form}", content


def _about(opened: Opened) -> dict[str, str]:
    """What made the folder."""
    manifest = opened.manifest
    packages = manifest.get("packages")
    version = packages.get("effectchain", "") if isinstance(packages, dict) else ""
    scenario = manifest.get("scenario")
    told = {
        "scenario": scenario.get("name", "") if isinstance(scenario, dict) else "",
        "seed": ", ".join(map(str, manifest["seeds"][:5])) if isinstance(manifest.get("seeds"), list) else "",
        "EffectChain": version,
        "command": manifest.get("command", ""),
    }
    return {key: harmless(value, 400) for key, value in told.items()}


def _stem(opened: Opened) -> str:
    """The folder's name in signs that any file may have."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", opened.path.rsplit("/", 1)[-1])[:60].strip("-") or "results"
