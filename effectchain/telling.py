"""What the user is told once a simulation is done: the effect chain, where the results lie, and how long it took."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from results.chain import ChainTable
from results.effect_terminal import print_effects
from results.terminal import print_chain

if TYPE_CHECKING:
    from experiments.comparison import Comparison

CONTENTS: Final[dict[str, str]] = {
    "report.html": "the report; open it in a browser",
    "chain.png": "the effect chain over time, for slides",
    "chain.svg": "the same, for print",
    "cash.png": "extra profit, added up, with its pay-back",
    "comparison.json": "differences, who changed, pay-back: all numbers",
    "weekly.parquet": "the numbers, week by week",
    "events.parquet": "the encounter log",
    "people.parquet": "snapshots of all people",
    "beside.png": "each simulated figure beside the real sample's interval",
    "answers.csv": "one row a respondent, one column an item",
    "survey.json": "means, reliabilities, correlations: all numbers",
    "validation.json": "every pattern, part by part: all numbers",
    "parts.parquet": "the same as a table",
    "robustness.png": "which conclusions survive, and the ranks of blocks",
    "robustness.json": "all margins under all rules",
    "forest.png": "each measured effect size beside the published one",
    "effect_sizes.json": "effect sizes, published and measured: all numbers",
    "scenario.toml": "the scenario as run",
    "instrument.toml": "the instrument as asked",
    "manifest.json": "what made these results",
}


def tell_results(chain: ChainTable, folder: Path, language: str) -> None:
    """Print the effect chain and what lies in the folder."""
    print_chain(chain, language)
    tell_folder(folder)


def tell_comparison(comparison: "Comparison", folder: Path, language: str) -> None:
    """Print the effect chain, what each what-if comes to, and what lies in the folder."""
    chain = comparison.chain()
    print_chain(chain, language)
    print_effects(chain, comparison.all_effects(), comparison.stopping, language)
    tell_folder(folder)


def tell_folder(folder: Path) -> None:
    """Print what lies in the folder."""
    click.echo(f"Results: {shown(folder)}")
    what_ifs = dict.fromkeys((path.name for path in sorted(folder.glob("what-if-*.toml"))), "a what-if as run")
    present = {name: meaning for name, meaning in (CONTENTS | what_ifs).items() if (folder / name).exists()}
    width = max(map(len, present))
    for name, meaning in present.items():
        click.echo(f"  {name:{width}}  {meaning}")


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
