"""A finished folder, shown again: a run, a comparison or a sweep."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from effectchain.telling import tell_results
from results.chain import by_scenario, chain_table
from results.folders.run import Run
from results.folders.tables import open_folder
from results.sweeps.store import SweepStore
from results.sweeps.summary import summarise
from results.sweeps.terminal import summary_lines
from results.words import harmless


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
    for line in summary(run):
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
    name, kind = experiment.get("name", ""), experiment.get("design", {}).get("kind", "unknown design")
    click.echo(f"Experiment    {harmless(name, 64)} ({harmless(kind, 40)})")
    for line in summary_lines(found, language):
        click.echo(line)


def sector(manifest: Mapping[str, Any]) -> str:
    """Whether it was a commercial organisation."""
    return str(manifest.get("scenario", {}).get("organisation", {}).get("sector", "commercial"))


def summary(run: Run) -> Iterator[str]:
    """What was run, when and by what, a line each."""
    manifest = run.manifest
    others = [scenario.get("name", "") for scenario in manifest.get("what_ifs", [])]
    names = [manifest.get("scenario", {}).get("name", ""), *others]
    yield f"Scenario      {' against '.join(harmless(name, 64) for name in reversed(names))}"
    yield f"Length        {manifest.get('weeks', '?')} weeks, {manifest.get('replications', '?')} replications"
    yield f"Seed          {', '.join(map(str, manifest.get('seeds', [])))}"
    yield f"Command       {harmless(manifest.get('command', ''))}"
    yield f"Finished      {harmless(manifest.get('finished', ''))}"
    for name, table in manifest["tables"].items():
        yield f"Table         {name}, {table['rows']:,} rows"
