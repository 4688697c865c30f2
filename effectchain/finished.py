"""A finished folder, shown again: a run, a comparison or a sweep."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click

from effectchain.telling import tell_results, words
from experiments.naming import value_name
from results.chain import by_scenario, chain_table
from results.folders.run import Run
from results.folders.tables import open_folder
from results.numbers import decimal
from results.sweeps.store import SweepStore
from results.sweeps.summary import summarise
from results.sweeps.terminal import summary_lines
from results.words import harmless

HEAD: Final = 14
"""Columns for what each line is about."""


def show_folder(folder: Path, language: str, *, as_json: bool) -> None:
    """Tell what was run and what came of it. Raises ResultsError for what is no finished folder."""
    opened = open_folder(folder)
    if isinstance(opened, SweepStore):
        show_sweep(opened, language, as_json=as_json)
    else:
        show_run(opened, folder, language, as_json=as_json)


def show_run(run: Run, folder: Path, language: str, *, as_json: bool) -> None:
    """Tell what was run and the effect chain."""
    chain = chain_table(by_scenario(run.weekly), sector=sector(run.manifest))
    if as_json:
        click.echo(json.dumps({"manifest": run.manifest, "chain": chain.as_data()}, indent=1))
        return
    for line in summary(run, language):
        click.echo(line)
    click.echo()
    tell_results(chain, folder.resolve(), language)


def show_sweep(store: SweepStore, language: str, *, as_json: bool) -> None:
    """Tell what was asked, how far it is, what failed, and between which levels the cells lie."""
    found = summarise(store, sector(store.manifest))
    if as_json:
        click.echo(json.dumps({"manifest": store.manifest, **found.as_data()}, indent=1))
        return
    experiment = store.manifest.get("experiment", {})
    name, kind = experiment.get("name", ""), experiment.get("design", {}).get("kind", "")
    phrases = words(language)
    design = value_name(str(kind), language) if kind else phrases["unknown_design"]
    click.echo(f"{phrases['experiment']:{HEAD}}{harmless(name, 64)} ({harmless(design, 40)})")
    for line in summary_lines(found, language):
        click.echo(line)


def sector(manifest: Mapping[str, Any]) -> str:
    """Whether it was a commercial organisation."""
    return str(manifest.get("scenario", {}).get("organisation", {}).get("sector", "commercial"))


def summary(run: Run, language: str) -> Iterator[str]:
    """What was run, when and by what, a line each."""
    manifest, phrases = run.manifest, words(language)
    others = [scenario.get("name", "") for scenario in manifest.get("what_ifs", [])]
    names = [manifest.get("scenario", {}).get("name", ""), *others]
    length = {key: manifest.get(key, "?") for key in ("weeks", "replications")}
    told = {
        "scenario": phrases["versus"].join(harmless(name, 64) for name in reversed(names)),
        "length": phrases["length_is"].format(**length),
        "seed": ", ".join(map(str, manifest.get("seeds", []))),
        "command": harmless(manifest.get("command", "")),
        "finished": harmless(manifest.get("finished", "")),
    }
    yield from (f"{phrases[key]:{HEAD}}{text}" for key, text in told.items())
    for name, table in manifest["tables"].items():
        rows = phrases["rows"].format(name=name, rows=decimal(table["rows"], 0, language))
        yield f"{phrases['table']:{HEAD}}{rows}"
