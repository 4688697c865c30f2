"""Which measure did it: the whole effect of a what-if, shared among its measures, with their synergy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from threading import Event
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from experiments.explanation.measures import Measures
from experiments.explanation.outcome import course, final_values
from experiments.explanation.shapley import (
    Coalition,
    all_coalitions,
    bare_synergies,
    coalitions_of,
    exact_shares,
    orders,
    shares,
    synergies,
)
from experiments.worlds.replication import Replication, live
from experiments.worlds.watch import Watch
from experiments.worlds.workers import Progress, in_threads
from results.statistics import Interval, mean_interval

MOST_EXACT: Final = 9
"""Measures up to which every coalition is lived: 512 of them."""

ORDERS: Final = 24
"""Orders in which more measures than that come in, each with its reverse."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What one measure brings: its fair share of the whole, what it would bring alone, and on top of all others."""

    share: Interval
    alone: Interval
    last: Interval


@dataclass(frozen=True, slots=True)
class Attribution:
    """The whole effect and how it is shared; each a mean over replications with its 95 % interval.

    synergy: by pair, what the two bring beyond their sum: averaged over all else that may be done where `exact`,
    else when nothing else is done. exact: every coalition was lived; else `orders` random orders of coming in.
    """

    total: Interval
    by_measure: Mapping[str, Credit]
    synergy: Mapping[tuple[str, str], Interval]
    exact: bool
    orders: int

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            name: {
                "share": credit.share.mean,
                "interval": [credit.share.low, credit.share.high],
                "alone": credit.alone.mean,
                "last": credit.last.mean,
            }
            for name, credit in self.by_measure.items()
        }


def attribute(
    measures: Measures,
    indicator: str,
    *,
    weeks: int,
    replications: int,
    seed: int,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Attribution:
    """Live the coalitions of measures in the same worlds, and share what all of them bring together.

    indicator: its value in the last year counts. Raises Mistake and Stopped as run_ensemble does.
    """
    names = measures.names
    exact = len(names) <= MOST_EXACT
    some = [] if exact else orders(names, ORDERS, seed)
    wanted = all_coalitions(names) if exact else _sampled(names, some)
    values = _lived(
        measures, wanted, indicator, (weeks, replications, seed), workers=workers, on_progress=on_progress, stop=stop
    )
    everything = frozenset(names)
    shared = exact_shares(values, names) if exact else shares(values, some)
    pairs = synergies(values, names) if exact else bare_synergies(values, names)
    return Attribution(
        mean_interval(values[everything] - values[frozenset()]),
        {
            name: Credit(
                mean_interval(shared[name]),
                mean_interval(values[frozenset({name})] - values[frozenset()]),
                mean_interval(values[everything] - values[everything - {name}]),
            )
            for name in names
        },
        {pair: mean_interval(found) for pair, found in pairs.items()},
        exact,
        len(some),
    )


def _sampled(names: Sequence[str], some: Sequence[Sequence[str]]) -> list[Coalition]:
    """What the orders meet, each measure alone and left out, and each pair."""
    alone = [frozenset({name}) for name in names]
    pairs = [frozenset(pair) for pair in combinations(names, 2)]
    without = [frozenset(names) - one for one in alone]
    return list(dict.fromkeys([*coalitions_of(some), *alone, *pairs, *without]))


def _lived(
    measures: Measures,
    wanted: Sequence[Coalition],
    indicator: str,
    luck: tuple[int, int, int],
    *,
    workers: int | None,
    on_progress: Progress | None,
    stop: Event | None,
) -> dict[Coalition, npt.NDArray[np.float64]]:
    """What each coalition comes to in each replication; a replication's coalitions follow each other."""
    weeks, replications, seed = luck
    firsts = [Replication(measures.with_only(taken), 0, seed, weeks) for taken in wanted]
    jobs = [replace(first, number=number) for number in range(replications) for first in firsts]

    def do(job: Replication, watch: Watch) -> npt.NDArray[np.float64]:
        return course(live(job, watch).weekly, indicator)

    all_weeks = sum(job.all_weeks for job in jobs)
    courses = in_threads(jobs, do, all_weeks, workers=workers, on_progress=on_progress, stop=stop)
    found = np.reshape(final_values(courses, indicator), (replications, len(wanted)))
    return {taken: found[:, place] for place, taken in enumerate(wanted)}
