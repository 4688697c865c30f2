"""An ensemble or a comparison as a run folder: tables, manifest, scenarios as run, figures and report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from agents.registry import PARAMETERS
from experiments.drawing import draw_cash
from experiments.meanings import meaning, plain, unit
from experiments.run_folders import default_folder, manifest_of, options
from experiments.telling import heading, starts, text
from results.effects.effects import Effects
from results.folders.manifest import in_utc
from results.folders.run import RunWriter
from results.stopping import Stopping
from scenarios.scenario import Scenario
from scenarios.writing import to_toml

if TYPE_CHECKING:
    from experiments.comparison.comparison import Comparison
    from experiments.ensemble import Ensemble
    from results.reports.report import Document


@dataclass(frozen=True, slots=True)
class _Told:
    """What a report says of the scenarios behind it."""

    scenarios: tuple[Scenario, ...]
    worlds: Mapping[str, pa.Table]
    effects: tuple[Effects, ...] = ()
    stopping: Stopping | None = None


def write_ensemble(
    ensemble: "Ensemble",
    folder: str | Path | None = None,
    *,
    command: Sequence[str] = (),
    report: bool = False,
    language: str = "en",
) -> Path:
    """Write a run into a folder and return it; by default runs/<scenario>-<digest> in the current folder.

    The folder holds weekly.parquet and, where they were kept, events.parquet and people.parquet, manifest.json and
    scenario.toml; with `report` also chain.png, chain.svg and report.html in this language (en or nl).
    command: what the user typed, by default the command that gives the same run.
    Raises ResultsError, with nothing half-written, for a place that is taken by something else or cannot be written.
    """
    tables = {"weekly": ensemble.weekly, "events": ensemble.events, "people": ensemble.people}
    files = {"scenario.toml": to_toml(ensemble.scenario)}
    name = ensemble.scenario.name
    told = _Told((ensemble.scenario,), ensemble.worlds) if report else None
    manifest = _manifest(ensemble, command or command_of(ensemble), {"kind": "run"})
    place = folder or _folder(name, ensemble, [ensemble.scenario])
    return _write(place, tables, files, manifest, told, language)


def write_comparison(
    comparison: "Comparison",
    folder: str | Path | None = None,
    *,
    command: Sequence[str] = (),
    language: str = "en",
    also: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a comparison into a folder and return it; by default runs/<base>-vs-<what-if>-<digest>.

    The folder holds weekly.parquet of all scenarios, manifest.json, scenario.toml of the baseline, what-if-<name>.toml
    of each what-if, comparison.json with all that came of it, and chain.png, chain.svg, report.html and, for a
    commercial organisation, cash.png in this language (en or nl).
    command: what the user typed, by default the command that gives the same run. also: more files, by name.
    Raises ResultsError, with nothing half-written, for a place that is taken by something else or cannot be written.
    """
    base, *what_ifs = comparison.scenarios
    files: dict[str, bytes | str] = dict(also or {})
    files |= {"scenario.toml": to_toml(base), **{what_if_file(one): to_toml(one) for one in what_ifs}}
    files["comparison.json"] = json.dumps(comparison.as_data(), indent=1) + "\n"
    more: dict[str, Any] = {"kind": "comparison", "what_ifs": [scenario.as_dict() for scenario in what_ifs]}
    more |= {"interest": comparison.interest}
    more |= {"until": comparison.stopping.as_data()} if comparison.stopping else {}
    again = [*command_of(comparison.base, what_ifs), *options(discount=comparison.discount)]
    manifest = _manifest(comparison.base, command or again, more)
    manifest["finished"] = in_utc(comparison.what_ifs[-1].finished)
    others = f"-and-{len(what_ifs) - 1}-more" if len(what_ifs) > 1 else ""
    name = f"{base.name}-vs-{what_ifs[0].name}{others}"
    place = folder or _folder(name, comparison.base, comparison.scenarios)
    told = _Told(comparison.scenarios, comparison.worlds, tuple(comparison.all_effects()), comparison.stopping)
    return _write(place, {"weekly": comparison.weekly}, files, manifest, told, language)


def _folder(name: str, ensemble: "Ensemble", scenarios: Sequence[Scenario]) -> Path:
    kept = (ensemble.events is not None, ensemble.people_every)
    asked = (ensemble.weeks, ensemble.replications, ensemble.seed, *kept)
    return default_folder(name, *(scenario.digest() for scenario in scenarios), *asked)


def command_of(ensemble: "Ensemble", what_ifs: Sequence[Scenario] = ()) -> list[str]:
    """The command that, given inside the run's folder, does the same once more."""
    words = ["compare" if what_ifs else "run", "scenario.toml", *map(what_if_file, what_ifs)]
    words += options(weeks=ensemble.weeks, replications=ensemble.replications, seed=ensemble.seed)
    words += ["--events"] if ensemble.events is not None else []
    return ["effectchain", *words, *options(people=ensemble.people_every)]


def what_if_file(scenario: Scenario) -> str:
    """Name of the file that holds a what-if as run."""
    return f"what-if-{scenario.name}.toml"


def _manifest(ensemble: "Ensemble", command: Sequence[str], more: Mapping[str, Any]) -> dict[str, Any]:
    return manifest_of(
        ensemble.scenario,
        seed=ensemble.seed,
        command=command,
        started=ensemble.started,
        finished=ensemble.finished,
        weeks=ensemble.weeks,
        replications=ensemble.replications,
        **more,
    )


def _write(
    folder: str | Path,
    tables: Mapping[str, pa.Table | None],
    files: Mapping[str, bytes | str],
    manifest: Mapping[str, Any],
    told: _Told | None,
    language: str,
) -> Path:
    with RunWriter(folder) as run:
        for name, table in tables.items():
            if table is not None:
                run.append(name, table)
        drawn = _drawn(told, {**manifest, "tables": run.summaries()}, language) if told else {}
        for file, content in {**files, **drawn}.items():
            run.add_file(file, content)
        run.describe(manifest)
    return run.folder


def _drawn(told: _Told, manifest: Mapping[str, Any], language: str) -> dict[str, bytes | str]:
    """Figures and report."""
    from results.figures.charts import chain_figure, to_png, to_svg  # noqa: PLC0415  a run without report needs none of these
    from results.reports.report import html  # noqa: PLC0415

    document = document_of(
        told.scenarios, told.worlds, manifest, language, effects=told.effects, stopping=told.stopping
    )
    marked = document.interventions
    figure = chain_figure(
        told.worlds, title=document.title, sector=document.sector, interventions=marked, language=language
    )
    chain: dict[str, bytes | str] = {
        "chain.png": to_png(figure),
        "chain.svg": to_svg(figure),
        "report.html": html(document),
    }
    earned = {one.what_if: one.money for one in told.effects if one.money}
    if not earned:
        return chain
    curves = {name: money.cash for name, money in earned.items()}
    cash = draw_cash(curves, [money.payback for money in earned.values()], marked, language)
    return chain | {"cash.png": to_png(cash, dpi=200)}


def document_of(
    scenarios: Sequence[Scenario],
    worlds: Mapping[str, pa.Table],
    manifest: Mapping[str, Any],
    language: str,
    **more: Any,
) -> "Document":
    """What report, PDF and slides say of these scenarios, each sentence once; more: the other parts of a Document."""
    from results.reports.report import Document  # noqa: PLC0415

    assumed = {entry["text"]: entry for one in scenarios for entry in assumptions(one, language)}
    return Document(
        worlds=worlds,
        title=heading(scenarios, language),
        manifest=manifest,
        description=" ".join(dict.fromkeys(text(one, language) for one in scenarios)),
        sector=scenarios[0].organisation.sector,
        interventions=starts(scenarios, language),
        assumptions=list(assumed.values()),
        sources=list(dict.fromkeys(source for one in scenarios for source in one.about.sources)),
        language=language,
        **more,
    )


def assumptions(scenario: Scenario, language: str) -> list[dict[str, str]]:
    """What the scenario assumes, as it says itself, and the rules' numbers that it changes."""
    own = [{"text": text, "mark": "assumed", "source": ""} for text in scenario.about.assumptions]
    changed = [
        {
            "text": f"{name} = {plain(value, language)} ({unit(name, language)}): {meaning(name, language)}",
            "mark": "assumed",
            "source": scenario.name,
        }
        for name, value in scenario.behaviour.items()
        if value != PARAMETERS[name].default
    ]
    return own + changed
