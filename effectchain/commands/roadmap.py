"""`effectchain roadmap`: what to do first, and what after that."""

import click

from effectchain.commands.options import Choices, WholeNumber, simulating_without


@click.command(short_help="Search for the best plan within a budget.")
@click.argument("scenario")
@click.option(
    "--budget", type=float, required=True, metavar="EURO", help="What may be spent in a year, upkeep included."
)
@click.option("--horizon", type=int, metavar="WEEKS", help="How far to look. [default: as the scenario says]")
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="GOAL",
    default=("npv",),
    show_default="npv",
    help="npv, or an indicator in the last year, such as loyalty, engagement, trust, nps or profit; give it twice for "
    "the plans between two goals.",
)
@click.option("--most-at-once", type=int, metavar="N", help="How many blocks may be worked on in the same week.")
@click.option("--most-effort", type=float, metavar="E", help="Most effort of all blocks together in a week.")
@click.option("--block", "blocks", multiple=True, metavar="BLOCK", help="Work on this block only; may be repeated.")
@click.option("--trials", type=int, metavar="N", help="How many plans to try. [default: 240]")
@click.option("--minutes", type=float, metavar="M", help="How long to try plans.")
@click.option(
    "--replications",
    type=WholeNumber(2, 100_000),
    default=16,
    show_default=True,
    help="Worlds of the final figures; the search itself never sees them.",
)
@click.option(
    "--robust",
    metavar="FILE|N",
    help="The plan that one regrets least in the worst of these variants: a scenario file, a folder of them, or so "
    "many draws of what the model assumes.",
)
@simulating_without("weeks", "replications")
def roadmap(
    choices: Choices,
    scenario: str,
    budget: float,
    horizon: int | None,
    goals: tuple[str, ...],
    most_at_once: int | None,
    most_effort: float | None,
    blocks: tuple[str, ...],
    trials: int | None,
    minutes: float | None,
    replications: int,
    robust: str | None,
) -> None:
    """Search which building block of SCENARIO to work on when, how much and by which approach.

    Every plan stays within the budget of each year. The best one is shown beside plain rules of thumb that spend the
    same, in worlds that the search never saw. An interrupted search goes on when the same command is given again.

    The folder of results holds the plan as a scenario (roadmap.toml), which `effectchain compare` runs to the same
    numbers, every other plan (plans/), figures and tables.
    """
    from effectchain.roadmapping import Asked, search_and_tell  # noqa: PLC0415  `--help` must stay quick

    asked = Asked(budget, horizon, goals, most_at_once, most_effort, blocks, trials, minutes, replications, robust)
    search_and_tell(scenario, asked, choices)
