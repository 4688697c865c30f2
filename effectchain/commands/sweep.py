"""`effectchain sweep`: one experiment, in all its cells; given again, it goes on."""

from pathlib import Path

import click

from effectchain.commands.options import WholeNumber, as_json, out, quiet, settings, workers


@click.command(short_help="Live all cells of an experiment.")
@click.argument("experiment")
@out
@workers
@click.option(
    "--engine",
    type=click.Choice(["threads", "processes"]),
    default="threads",
    show_default=True,
    help="What lives the cells on this machine.",
)
@click.option("--cluster", metavar="ADDRESS", help="A Dask cluster instead: tcp://host:port or tls://host:port.")
@click.option("--extend", is_flag=True, help="Let the sweep in DIR grow to more points or replications.")
@click.option("--retry-failed", is_flag=True, help="Try once more what failed.")
@click.option(
    "--cell-seconds", type=float, metavar="S", help="Time limit of a run; one that takes longer counts as failed."
)
@click.option("--weeks", type=WholeNumber(1, 5200), help="Instead of what the experiment says.")
@click.option("--replications", type=WholeNumber(1, 1_000_000), help="Instead of what the experiment says.")
@click.option("--seed", type=WholeNumber(0, 2**63 - 1), help="Instead of what the experiment says.")
@settings
@click.option("--yes", is_flag=True, help="Yes, more than a million runs.")
@as_json
@quiet
def sweep(
    experiment: str,
    out: Path | None,
    workers: int | None,
    engine: str,
    cluster: str | None,
    extend: bool,  # noqa: FBT001
    retry_failed: bool,  # noqa: FBT001
    cell_seconds: float | None,
    weeks: int | None,
    replications: int | None,
    seed: int | None,
    settings: tuple[str, ...],
    yes: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Live all cells of EXPERIMENT, each in all its replications, into a folder that can be read at any time.

    EXPERIMENT is the path of a file, or the name of an experiment that comes with EffectChain.

    Interrupted, killed or out of power: the same command goes on where it was. No number depends on the engine, on the
    number of workers or on interruptions. A run that fails is told and kept in mind; the others go on, and the exit
    code is 3.
    """
    from effectchain.sweeping import Overrides, SweepChoices, sweep_and_tell  # noqa: PLC0415  `--help` must stay quick

    choices = SweepChoices(
        out=out,
        workers=workers,
        engine=engine,
        cluster=cluster,
        extend=extend,
        retry_failed=retry_failed,
        cell_seconds=cell_seconds,
        yes=yes,
        as_json=as_json,
        quiet=quiet,
    )
    sweep_and_tell(experiment, Overrides(weeks, replications, seed, settings), choices)
