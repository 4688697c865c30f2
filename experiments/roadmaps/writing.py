"""A roadmap as a folder: the plan as a scenario that runs, its rivals, tables, figures and words."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from agents.blocks import BLOCKS
from experiments.roadmaps.drawing import FIGURES, figures_of
from experiments.roadmaps.request import Request
from experiments.roadmaps.result import Roadmap
from experiments.roadmaps.telling import as_text
from experiments.run_folders import PACKAGES, default_folder, manifest_of, options
from experiments.searching import kept_in
from results.figures.charts import to_png, to_svg
from results.folders.disk import explaining, put
from results.folders.manifest import to_json
from scenarios.writing import to_toml


def folder_of(request: Request) -> Path:
    """runs/roadmap-<scenario>-<digest>: the same for the same search, however long it goes on."""
    return default_folder(f"roadmap-{request.scenario.name}", request.decides())


def write_roadmap(found: Roadmap, folder: str | Path | None = None, *, language: str = "en") -> Path:
    """Write a roadmap into a folder, which may be the one that its search is kept in, and return it.

    roadmap.toml is the plan as a scenario and scenario.toml the organisation as it is; plans/ holds every plan that
    was compared. Raises ResultsError where that cannot be written.
    """
    place = Path(folder) if folder is not None else folder_of(found.request)
    with kept_in(place, found.request), explaining(f"'{place}' cannot be written", "Make room, and run again."):
        for inner in ("plans", *(["variants"] if found.robust else [])):
            (place / inner).mkdir(exist_ok=True)
        for name, content in _files(found, language):
            put(place / name, content)
    return place.resolve()


def compare_command(found: Roadmap, folder: str) -> list[str]:
    """The command that lives the roadmap's own worlds once more, to the same numbers."""
    request = found.request
    given = options(weeks=request.limits.weeks, replications=request.replications, seed=request.seed)
    return ["effectchain", "compare", f"{folder}/scenario.toml", f"{folder}/roadmap.toml", *given]


def search_command(found: Roadmap) -> list[str]:
    """The command that, given inside the folder, searches the same plans again."""
    request, limits = found.request, found.request.limits
    asked = options(
        budget=limits.budget,
        horizon=limits.weeks,
        goal=[goal.name for goal in request.goals],
        most_at_once=limits.most_at_once,
        most_effort=limits.most_effort,
        block=list(request.blocks) if len(request.blocks) < len(BLOCKS) else None,
        trials=found.tried,
        replications=request.replications,
        seed=request.seed,
        robust="variants" if found.robust else None,
    )
    return ["effectchain", "roadmap", "scenario.toml", *asked]


def _files(found: Roadmap, language: str) -> Iterator[tuple[str, bytes]]:
    yield "roadmap.toml", to_toml(found.scenario).encode()
    yield "scenario.toml", to_toml(found.request.scenario).encode()
    for name, ensemble in found.worlds.items():
        yield f"plans/{name.replace('_', '-')}.toml", to_toml(ensemble.scenario).encode()
    for number, variant in enumerate(found.request.variants[1:], 1):
        yield f"variants/{number}-{variant.name}.toml", to_toml(variant).encode()
    yield "weekly.parquet", _parquet(found.comparison.weekly)
    for name in figures_of(found):
        figure = FIGURES[name](found, language)
        yield f"{name}.png", to_png(figure)
        yield f"{name}.svg", to_svg(figure).encode()
    yield "roadmap.txt", as_text(found, language).encode()
    yield "roadmap.json", (json.dumps(found.as_data(), indent=1) + "\n").encode()
    yield "manifest.json", _manifest(found).encode()


def _parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True)
    return sink.getvalue()


def _manifest(found: Roadmap) -> str:
    ensemble = found.comparison.base
    manifest = manifest_of(
        found.request.scenario,
        seed=found.request.seed,
        packages=(*PACKAGES, "optuna"),
        command=search_command(found),
        started=ensemble.started,
        finished=ensemble.finished,
        kind="roadmap",
        asked=found.request.decides(),
        tried=found.tried,
    )
    return to_json(manifest)
