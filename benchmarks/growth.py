"""How time and memory grow: with customers, replications, weeks and encounters."""

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from benchmarks.engine import Found
from benchmarks.organisations import organisation, warm
from benchmarks.turns import Job, Prepare, in_turns
from experiments.worlds.beginnings import size_of
from experiments.worlds.replication import Replication, live, prepare
from experiments.worlds.watch import Watch
from scenarios.scenario import Scenario
from simulation.state import World
from simulation.week import live_weeks
from simulation.world import copy

if TYPE_CHECKING:
    from benchmarks.figures import Row

Size = TypeVar("Size", int, float)

WEEKS: Final = 12
"""Of each size the same ones: an organisation's first weeks are not its hundredth, and would be taken for growth."""

CUSTOMERS: Final = 50_000
"""At least so many in a measurement, in as many worlds as that takes."""


def exponent(times: Mapping[int, float]) -> float:
    """The power with which these times grow, by least squares over their logarithms."""
    slope: float = statistics.linear_regression(
        [math.log(size) for size in times], [math.log(time) for time in times.values()]
    ).slope
    return slope


def least(jobs: Mapping[Size, Prepare], turns: int) -> dict[Size, float]:
    """Least seconds of each job, taken in turns; the least, since other work makes a time longer and never shorter."""
    spent = in_turns({str(size): job for size, job in jobs.items()}, turns)
    return {size: min(spent[str(size)]) for size in jobs}


def lives(worlds: Mapping[Size, World], turns: int) -> dict[Size, float]:
    """Least seconds of a week of each of these worlds; of small ones several copies are lived, one after the other."""
    copies = {size: max(1, CUSTOMERS // int(world.settings[0].active)) for size, world in worlds.items()}

    def life(world: World, count: int) -> Job:
        return partial(live_all, [copy(world) for _ in range(count)])

    times = least({size: partial(life, world, copies[size]) for size, world in worlds.items()}, turns)
    return {size: time / copies[size] / weeks_of(worlds[size]) for size, time in times.items()}


def live_all(worlds: Sequence[World]) -> None:
    """All recorded weeks of each of these worlds."""
    for world in worlds:
        live_weeks(world, 1, weeks_of(world))


def weeks_of(world: World) -> int:
    """Recorded weeks that a world has room for."""
    return len(world.plan) - 1 + int(world.settings[0].first_week)


def with_customers(sizes: Sequence[int], turns: int) -> Found:
    """Seconds a week, and bytes a person, from small to large."""
    worlds = {size: warm(organisation(size, warmup=2, weeks=WEEKS)) for size in sizes}
    times = lives(worlds, turns)
    del worlds
    power = exponent(times)
    small, large = (warm(organisation(size, warmup=0, weeks=1)) for size in (10_000, 20_000))
    each = (size_of(large) - size_of(small)) / (len(large.customers) - len(small.customers))
    told = ", ".join(f"{1e9 * time / size:.0f}" for size, time in times.items())
    names = ", ".join(f"{size:,}" for size in sizes)
    rows = [
        (f"growth with customers ({names})", f"exponent {power:.3f}", "below 1.05"),
        ("nanoseconds a customer and week, at these sizes", told, ""),
        ("memory", f"{each:.0f} bytes a person", "at most 200"),
    ]
    return rows, {"growth_exponent": power, "bytes_per_person": each, "seconds_a_week": times}


def with_replications(numbers: Sequence[int], turns: int) -> Found:
    """Seconds of so many worlds of a small organisation, from founding to the weekly table."""
    scenario = organisation(300, warmup=4, weeks=26)
    seeds = itertools.count()  # another luck each time, so that no warm-up is taken over

    def some(count: int) -> Job:
        return partial(replicate, scenario, count, next(seeds))

    prepare()
    times = least({count: partial(some, count) for count in numbers}, turns)
    told = ", ".join(f"{1e3 * time / count:.2f}" for count, time in times.items())
    names = ", ".join(f"{count:,}" for count in numbers)
    rows = [
        (f"growth with replications ({names})", f"exponent {exponent(times):.3f}", "linear"),
        ("milliseconds a world of 300 customers and 30 weeks, at these", told, ""),
    ]
    return rows, {"replications_exponent": exponent(times), "seconds_of_replications": times}


def replicate(scenario: Scenario, count: int, seed: int) -> None:
    """Live so many worlds, one after the other."""
    for number in range(count):
        live(Replication(scenario, number, seed, scenario.weeks), Watch())


def with_weeks(numbers: Sequence[int], turns: int) -> Found:
    """Seconds of a life of so many weeks."""
    worlds = {weeks: warm(organisation(1_000, warmup=2, weeks=weeks)) for weeks in numbers}
    times = {weeks: time * weeks for weeks, time in lives(worlds, turns).items()}
    names = ", ".join(f"{weeks:,}" for weeks in numbers)
    return [(f"growth with weeks ({names})", f"exponent {exponent(times):.3f}", "linear")], {
        "weeks_exponent": exponent(times)
    }


def with_encounters(chances: Sequence[float], turns: int) -> Found:
    """Seconds a week by how many customers come in it: so much for everybody, and so much an encounter more."""
    worlds = {chance: warm(organisation(10_000, warmup=2, weeks=20, **visited(chance))) for chance in chances}
    times = lives(worlds, turns)
    line = statistics.linear_regression([10_000 * chance for chance in times], list(times.values()))
    names = ", ".join(f"{10_000 * chance:,.0f}" for chance in chances)
    told = f"{1e9 * line.slope:.0f} nanoseconds an encounter, {1e9 * line.intercept / 10_000:.0f} a customer besides"
    row: Row = (f"growth with encounters a week ({names}; 10,000 customers)", told, "linear")
    return [row], {"nanoseconds_an_encounter": 1e9 * line.slope, "seconds_by_visits": times}


def visited(chance: float) -> dict[str, Any]:
    """Changes after which customers come with this chance in a week, and people can handle that."""
    segment = {"name": "everyone", "share": 1.0, "visits": chance}
    return {"customers.segments": [segment], "organisation.capacity": 58.0 * chance}


def measure(*, quick: bool) -> Found:
    """All of it."""
    turns = 3 if quick else 7
    largest = 5 if quick else 6
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for found in (
        with_customers([10**power for power in range(3, largest + 1)], turns),
        with_replications([1, 10, 100] if quick else [1, 10, 100, 1000], 2 if quick else 3),
        with_weeks([26, 104, 416], turns),
        with_encounters([0.05, 0.2, 0.8], turns),
    ):
        rows += found[0]
        figures |= found[1]
    return rows, figures
