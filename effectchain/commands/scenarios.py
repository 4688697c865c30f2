"""`effectchain scenarios`: what there is to start from, and scenario files of one's own."""

import json
from pathlib import Path

import click

from effectchain.commands.options import as_json, language


@click.group(short_help="List, show, check and make scenarios.")
def scenarios() -> None:
    """Scenarios that come with EffectChain, and files of your own.

    Where a SCENARIO is asked for, give the name of one that is listed, or the path of a file, such as mine.toml.
    """


@scenarios.command("list", short_help="What there is to start from.")
@language
@as_json
def list_(language: str, as_json: bool) -> None:  # noqa: FBT001
    """List the scenarios that come with EffectChain."""
    from experiments.telling import title as title_of  # noqa: PLC0415  `--help` must stay quick
    from scenarios.loading import load, presets  # noqa: PLC0415

    titles = {name: title_of(load(name), language) for name in presets()}
    if as_json:
        click.echo(json.dumps([{"name": name, "title": title} for name, title in titles.items()], indent=1))
        return
    width = max(map(len, titles))
    for name, title in titles.items():
        click.echo(f"{name:{width}}  {title}".rstrip())


@scenarios.command(short_help="All that a scenario says.")
@click.argument("scenario")
@as_json
def show(scenario: str, as_json: bool) -> None:  # noqa: FBT001
    """Print all keys of SCENARIO, also those that it takes from another or leaves at their defaults.

    Without --json it is a scenario file itself.
    """
    from scenarios.loading import load  # noqa: PLC0415
    from scenarios.writing import to_toml  # noqa: PLC0415

    found = load(scenario)
    click.echo(json.dumps(found.as_dict(), indent=1) if as_json else to_toml(found).rstrip())


@scenarios.command(short_help="Is this file right, and does it do what it promises?")
@click.argument("files", nargs=-1, required=True)
@click.option("--bands", is_flag=True, help="Simulate the first year and hold it against the file's [expected].")
@click.pass_context
def check(context: click.Context, files: tuple[str, ...], bands: bool) -> None:  # noqa: FBT001
    """Check FILES, scenarios of your own or those listed, and tell every mistake with its place.

    With --bands, the first year is simulated 20 times without interventions and shocks, and the mean of each indicator
    is held against the band that the file states under [expected].

    Exit code 2 when a file has a mistake; 1 when all are right but a mean lies outside its band.
    """
    from effectchain.checking import check_files  # noqa: PLC0415

    context.exit(check_files(files, bands=bands))


@scenarios.command(short_help="Write a file to change.")
@click.argument("name")
@click.option(
    "--extends", "base", default="mobile_provider", show_default=True, help="The listed scenario to build on."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The file to write. [default: NAME.toml]")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
def new(name: str, base: str, out: Path | None, force: bool) -> None:  # noqa: FBT001
    """Write a scenario file NAME.toml that builds on another scenario, with every key explained in it."""
    from effectchain.files import write_file  # noqa: PLC0415
    from effectchain.starter import starter  # noqa: PLC0415

    path = out or Path(f"{name}.toml")
    write_file(path, starter(name, base), force=force)
    click.echo(f"Written: {path}. Change it, then: effectchain compare {base} {path}")


@scenarios.command(short_help="The form of scenario files, as JSON Schema.")
def schema() -> None:
    """Print the JSON Schema of scenario files: every key with its meaning, unit, range and default."""
    from scenarios.schema import json_schema  # noqa: PLC0415

    click.echo(json.dumps(json_schema(), indent=1))


@scenarios.command(short_help="Every parameter of the agents' rules, and every mechanism's switch.")
@click.argument("words", nargs=-1)
@as_json
def parameters(words: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001
    """List the parameters of the agents' rules: default, range, unit, where the default comes from, meaning.

    With WORDS only those that have one of them in their name, section, meaning or source, as in
    `effectchain scenarios parameters recovery`. Set one with --set behaviour.NAME=VALUE or under [behaviour] in a file.
    Mechanisms, with what switches them off, follow.
    """
    from effectchain.parameters import parameters_as_data, parameters_in_words  # noqa: PLC0415

    if as_json:
        click.echo(json.dumps(parameters_as_data(words), indent=1, ensure_ascii=False))
        return
    click.echo("\n".join(parameters_in_words(words)))
