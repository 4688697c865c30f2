"""A roadmap as a folder: the plan as a scenario that runs, its rivals, tables, figures and words."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from agents.blocks import BLOCKS
from agents.rule import source_hash
from experiments.roadmaps.drawing import FIGURES, figures_of
from experiments.roadmaps.keeping import default_folder, kept_in
from experiments.roadmaps.result import Roadmap
from experiments.roadmaps.telling import as_text
from experiments.writing import PACKAGES
from results.charts import to_png, to_svg
from results.disk import explaining, put
from results.manifest import build_manifest, to_json
from scenarios.writing import to_toml


def write_roadmap(found: Roadmap, folder: str | Path | None = None, *, language: str = "en") -> Path:
    """Write a roadmap into a folder, which may be the one that its search is kept in, and return it.

    roadmap.toml is the plan as a scenario and scenario.toml the organisation as it is; plans/ holds every plan that
    was compared. Raises ResultsError where that cannot be written.
    """
    place = Path(folder) if folder is not None else default_folder(found.request)
    with kept_in(place, found.request), explaining(f"'{place}' cannot be written", "Make room, and run again."):
        for inner in ("plans", *(["variants"] if found.robust else [])):
            (place / inner).mkdir(exist_ok=True)
        for name, content in _files(found, language):
            put(place / name, content)
    return place.resolve()


def compare_command(found: Roadmap, folder: str) -> list[str]:
    """The command that lives the roadmap's own worlds once more, to the same numbers."""
    request = found.request
    numbers = {"weeks": request.limits.weeks, "replications": request.replications, "seed": request.seed}
    options = [word for name, number in numbers.items() for word in (f"--{name}", str(number))]
    return ["effectchain", "compare", f"{folder}/scenario.toml", f"{folder}/roadmap.toml", *options]


def search_command(found: Roadmap) -> list[str]:
    """The command that, given inside the folder, searches the same plans again."""
    request, limits = found.request, found.request.limits
    options: list[tuple[str, object]] = [("budget", f"{limits.budget:g}"), ("horizon", limits.weeks)]
    options += [("goal", goal.name) for goal in request.goals]
    options += [("most-at-once", limits.most_at_once), ("most-effort", f"{limits.most_effort:g}")]
    options += [("block", block) for block in request.blocks if len(request.blocks) < len(BLOCKS)]
    options += [("trials", found.tried), ("replications", request.replications), ("seed", request.seed)]
    options += [("robust", "variants")] if found.robust else []
    words = [str(word) for name, value in options for word in (f"--{name}", value)]
    return ["effectchain", "roadmap", "scenario.toml", *words]


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
    manifest = build_manifest(
        scenario=found.request.scenario.as_dict(),
        seeds=[found.request.seed],
        packages=(*PACKAGES, "optuna"),
        source_hash=source_hash(),
        command=search_command(found),
        started=ensemble.started,
        finished=ensemble.finished,
        more={"kind": "roadmap", "asked": found.request.decides(), "tried": found.tried},
    )
    return to_json(manifest)
