"""The compiled week beside the same rules as plain Mesa objects, as whole arrays of NumPy, and in C."""

import math
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from benchmarks.figures import Row
from benchmarks.in_c.build import FREE, STRICT, build, compiler
from benchmarks.organisations import live, organisation, warm
from benchmarks.plain.functions import python_functions
from benchmarks.plain.organisation import PlainOrganisation
from benchmarks.turns import Job, Spread, in_turns, ratio
from benchmarks.whole_arrays import Crowd
from simulation.indicators import INDICATORS
from simulation.state import World
from simulation.week import CHOOSING, SERVING, TALKING, WORKLOAD, live_weeks
from simulation.world import copy

Found = tuple[list[Row], dict[str, Any]]

WARM: Final = 8
PLAIN_WEEKS: Final = 4
LIVES: Final = 10
"""So many lives of ours for one as plain objects: a thousandth of a second more or less weighs little then."""

PARTS: Final = {
    "who comes, and the work": (WORKLOAD, WORKLOAD),
    "encounters": (SERVING, SERVING),
    "word of mouth": (TALKING, TALKING),
    "staying and choosing": (CHOOSING, CHOOSING),
    "all four": (WORKLOAD, CHOOSING),
}
PART_WEEKS: Final = 10


def beside_plain_mesa(customers: int, turns: int) -> Found:
    """Weeks as plain Mesa objects over weeks of ours. Raises RuntimeError if they don't give the same numbers."""
    world = warm(organisation(customers, warmup=WARM, weeks=PLAIN_WEEKS))
    lived: list[PlainOrganisation] = []

    def plain() -> Job:
        lived.append(PlainOrganisation(world, 0))
        return partial(step, lived[-1])

    spent = in_turns({"plain": plain, "ours": partial(lives, world)}, turns)
    same, by_itself = copy(world), PlainOrganisation(world, 0)
    live_weeks(same, 1, PLAIN_WEEKS)
    for _ in range(PLAIN_WEEKS):
        by_itself.step()
    check(same, by_itself)
    times = ratio(spent["plain"], spent["ours"], LIVES)
    bare = [whole - one.luck_seconds for whole, one in zip(spent["plain"], lived, strict=True)]
    without = ratio(bare, spent["ours"], LIVES)
    people = len(world.customers)
    rate = Spread.of([people * PLAIN_WEEKS * LIVES / seconds / 1e6 for seconds in spent["ours"]])
    rows = [
        (f"as plain Mesa objects, {customers:,} customers", times.told(".0f", "x"), "at least 100x at 10,000"),
        (f"the same, its draws not counted, {customers:,} customers", without.told(".0f", "x"), ""),
        (f"people-weeks a second of ours, {customers:,} customers", rate.told(".1f", " million"), ""),
    ]
    return rows, {
        f"plain_mesa_{customers}": times.plain(),
        f"plain_mesa_without_draws_{customers}": without.plain(),
        f"people_weeks_a_second_{customers}": rate.plain(),
    }


def step(model: PlainOrganisation) -> None:
    """Some weeks of plain objects, as plain as they come."""
    with python_functions():
        for _ in range(PLAIN_WEEKS):
            model.step()


def lives(world: World) -> Job:
    """The same weeks of ours, some times."""
    worlds = [copy(world) for _ in range(LIVES)]

    def job() -> None:
        for one in worlds:
            live_weeks(one, 1, PLAIN_WEEKS)

    return job


def check(world: World, plain: PlainOrganisation) -> None:
    """Every number of every week is the same. Raises RuntimeError."""
    for week, row in enumerate(plain.weekly):
        for name in INDICATORS:
            ours = float(world.weekly[WARM + week][name])
            if not (ours == row[name] or (math.isnan(ours) and math.isnan(row[name]))):
                raise RuntimeError(f"plain objects give {name} = {row[name]} in week {week + 1}, ours {ours}")


def beside_arrays(customers: int, turns: int) -> Found:
    """Parts of a week as whole arrays of NumPy over the same parts of ours."""
    world = warm(organisation(customers, warmup=WARM, weeks=PART_WEEKS))
    live(world, 1, 1, WORKLOAD, SERVING)
    jobs: dict[str, Callable[[Crowd, int], object]] = {
        "who comes, and the work": Crowd.receive,
        "word of mouth": Crowd.talk,
        "staying and choosing": Crowd.choose,
    }
    rows: list[Row] = []
    figures = {}
    for name, job in jobs.items():
        luck: list[float] = []
        spent = in_turns({"arrays": partial(crowded, world, job, luck), "ours": partial(part, world, name)}, turns)
        times = ratio(spent["arrays"], spent["ours"])
        rest = ratio([one - drawn for one, drawn in zip(spent["arrays"], luck, strict=True)], spent["ours"])
        said = f"{times.told('.1f', 'x')}; without its draws {rest.median:.1f}x"
        rows.append((f"as whole arrays (NumPy): {name}", said, ""))
        figures[f"numpy_{name}"] = times.plain()
    return rows, figures


def crowded(world: World, job: Callable[[Crowd, int], object], luck: list[float]) -> Job:
    """Some weeks of a part as whole arrays; adds the seconds that went into draws."""
    crowd = Crowd(copy(world))

    def weeks() -> None:
        for week in range(1, PART_WEEKS + 1):
            job(crowd, week)
        luck.append(crowd.luck_seconds)

    return weeks


def part(world: World, name: str) -> Job:
    """The same weeks of a part of ours."""
    return partial(live, copy(world), 1, PART_WEEKS, *PARTS[name])


def beside_c(customers: int, turns: int) -> Found:
    """Parts of a week of ours over the same parts in C. Raises RuntimeError if the bits differ."""
    if compiler() is None:
        return [("in C", "left out: there is no C compiler here", "at most 1.5x")], {"c_ratio": None}
    strict, free = build(STRICT), build(FREE)
    world = warm(organisation(customers, warmup=WARM, weeks=PART_WEEKS))
    live(world, 1, 1, WORKLOAD, SERVING)
    same(world, strict)
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for name, parts in PARTS.items():
        jobs = {
            "ours": lambda parts=parts: partial(live, copy(world), 1, PART_WEEKS, *parts),
            "free": lambda parts=parts: partial(free, copy(world), 1, PART_WEEKS, *parts),
            "strict": lambda parts=parts: partial(strict, copy(world), 1, PART_WEEKS, *parts),
        }
        spent = in_turns(jobs, turns)
        times = ratio(spent["ours"], spent["free"])
        bits = ratio(spent["ours"], spent["strict"])
        said = f"{times.told('.2f', 'x')}; with the same bits {bits.median:.2f}x"
        rows.append((f"over C: {name}", said, "at most 1.5x" if name == "all four" else ""))
        figures |= {f"c_{name}": times.plain(), f"c_strict_{name}": bits.plain()}
    figures["c_ratio"] = figures["c_all four"]["median"]
    return rows, figures


def same(world: World, in_c: Callable[..., None]) -> None:
    """C and ours change the same bits. Raises RuntimeError."""
    one, other = copy(world), copy(world)
    live(one, 1, PART_WEEKS, WORKLOAD, CHOOSING)
    in_c(other, 1, PART_WEEKS, WORKLOAD, CHOOSING)
    for name in ("organisation", "employees", "customers", "tally"):
        mine, theirs = getattr(one, name), getattr(other, name)
        differ = [field for field in mine.dtype.names if mine[field].tobytes() != theirs[field].tobytes()]
        if differ:
            raise RuntimeError(f"C gives other bits in {name}: {', '.join(differ)}")


def measure(*, quick: bool) -> Found:
    """All of it."""
    rows: list[Row] = []
    figures: dict[str, Any] = {}
    for customers in (1_000, 10_000):
        more, found = beside_plain_mesa(customers, 3 if quick else 9)
        rows += more
        figures |= found
    figures["plain_mesa_ratio"] = figures["plain_mesa_10000"]["median"]
    for beside in (beside_arrays, beside_c):
        more, found = beside(10_000, 5 if quick else 25)
        rows += more
        figures |= found
    return rows, figures
