"""What `effect-sizes` does: simulate units, measure, write, and tell what came of it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from effectchain.compiling import compile_rules
from effectchain.places import refuse_wrong_place
from effectchain.progress import progress
from effectchain.telling import tell_folder
from experiments.effect_sizes.effect_sizes import effect_sizes
from experiments.effect_sizes.writing import write_sizes
from results.effect_sizes.terminal import print_sizes


def measure_and_tell(
    units: int, seed: int, workers: int | None, out: Path | None, language: str, *, as_json: bool, quiet: bool
) -> None:
    """Measure, write the folder, and print as the user chose."""
    refuse_wrong_place(out)
    compile_rules(quiet=quiet)
    started = datetime.now(UTC)
    with progress("effect sizes", quiet=quiet) as on_progress:
        found = effect_sizes(units, seed=seed, workers=workers, on_progress=on_progress)
    folder = write_sizes(found, out, started=started, finished=datetime.now(UTC), language=language)
    if as_json:
        click.echo(json.dumps(found.as_data() | {"folder": str(folder)}, indent=1))
    elif not quiet:
        print_sizes(found, language)
        tell_folder(folder)
