"""What the user is told once a simulation is done: the effect chain, where the results lie, and how long it took."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from effectchain.commands.options import Choices
from results.chain import ChainTable
from results.effects.terminal import print_effects
from results.terminal import print_chain
from results.words import words_of

if TYPE_CHECKING:
    from experiments.comparison.comparison import Comparison

words = partial(words_of, "effectchain")
"""What the command line says of what came out, by language; a phrase about a file has the file's name for its key."""


def tell_results(chain: ChainTable, folder: Path, language: str) -> None:
    """Print the effect chain and what lies in the folder."""
    print_chain(chain, language)
    tell_folder(folder, language)


def tell_comparison(comparison: "Comparison", folder: Path, language: str) -> None:
    """Print the effect chain, what each what-if comes to, and what lies in the folder."""
    chain = comparison.chain()
    print_chain(chain, language)
    print_effects(chain, comparison.all_effects(), comparison.stopping, language)
    tell_folder(folder, language)


def tell_folder(folder: Path, language: str) -> None:
    """Print what lies in the folder."""
    phrases = words(language)
    files = {key: text for key, text in phrases.items() if "." in key}
    what_ifs = dict.fromkeys((path.name for path in sorted(folder.glob("what-if-*.toml"))), phrases["what_if"])
    tell_contents(phrases["results"], folder, {**files, **what_ifs})


def tell_contents(head: str, folder: Path, meanings: Mapping[str, str]) -> None:
    """Print a head with the folder's path, and a line for each of these files that lies in it."""
    click.echo(head.format(folder=shown(folder)))
    present = {name: meaning for name, meaning in meanings.items() if (folder / name).exists()}
    width = max(map(len, present), default=0)
    for name, meaning in present.items():
        click.echo(f"  {name:{width}}  {meaning}")


def tell_found(choices: Choices, folder: Path, data: Mapping[str, Any], in_words: Callable[[], None]) -> None:
    """Tell what was found and written into a folder as the user chose: as JSON, in words, or not at all."""
    if choices.as_json:
        click.echo(json.dumps({"folder": str(folder), **data}, indent=1))
    elif not choices.quiet:
        in_words()


def shown(folder: Path) -> str:
    """The folder's path, as short as it can be written from here."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) and folder != here else str(folder)


def seconds_in_words(seconds: float) -> str:
    """0.4 s, 12 s, 2 min 5 s."""
    if seconds < 10.0:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
