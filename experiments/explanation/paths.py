"""Along which path: the whole effect of a what-if, shared among the links of the effect chain and what passes none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from agents.records import Record
from experiments.explanation.cutting import Cuts, live_cut
from experiments.explanation.measures import Measures
from experiments.explanation.outcome import course, final_values
from experiments.explanation.shapley import Coalition, coalitions_of, orders, shares
from experiments.worlds.watch import Watch
from experiments.worlds.workers import Progress, in_threads
from results.statistics import LAST_WEEKS, Interval, mean_interval
from simulation.links import LINKS

Courses = npt.NDArray[np.float64]
"""One row a replication, one column a week."""

DIRECT: Final = "direct"
"""What passes no link: what customers meet in the process and the design themselves, and what is spent."""

ORDERS: Final = 4
"""Orders in which links are opened: along the chain, against it, and a random one with its reverse."""

SEEN_IN: Final[Mapping[str, str]] = {
    "leaders": "leadership_style",
    "adoption": "adoption",
    "autonomy": "autonomy",
    "engagement": "engagement",
    "competence": "competence",
    "load": "exhaustion",
    "failures": "failure_rate",
    "recovery": "recovery_quality",
    "expectations": "expectation",
    "delight": "bond",
    "word_of_mouth": "reputation",
}
"""The indicator in which one sees what passes each link."""

SMOOTHED: Final = 13
LONGEST_LAG: Final = 104
CLEAR: Final = 0.5
"""Correlation from which a lag counts as found."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What one link passes on of the whole effect; how far its own indicator moved; and how late the outcome follows.

    lag: weeks by which the outcome's gain through this link follows the link's own gain; None where that is not clear.
    by_week: mean contribution in each week.
    """

    share: Interval
    moved: float
    lag: int | None
    by_week: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Paths:
    """The whole effect, what passes no link, and what each link passes on; the shares add up to the whole.

    orders: in how many orders links were opened; between_orders: the largest difference that an order makes to a
    link's mean share.
    """

    total: Interval
    direct: Passage
    by_link: Mapping[str, Passage]
    orders: int
    between_orders: float

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON, DIRECT first."""
        passages = {DIRECT: self.direct, **self.by_link}
        return {
            name: {
                "share": passage.share.mean,
                "interval": [passage.share.low, passage.share.high],
                "lag_weeks": passage.lag,
            }
            for name, passage in passages.items()
        }


def trace(
    measures: Measures,
    indicator: str,
    *,
    weeks: int,
    replications: int,
    seed: int,
    number_of_orders: int = ORDERS,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> Paths:
    """Cut the links and open them one by one, in several orders; what each adds on being opened is its share.

    A closed link passes on what it does in the baseline, person by person, in the same luck. Links that work in a row
    share what passes through them: each gets its part in each order, and the mean over orders counts.
    Raises Mistake and Stopped as run_ensemble does, and Mistake where the what-if has other numbers of people.
    """
    some = orders(tuple(LINKS), number_of_orders, seed)
    opened = coalitions_of(some)
    cuts = tuple(frozenset(LINKS) - links for links in opened)
    jobs = [Cuts(measures.base, measures.what_if, number, seed, weeks, cuts) for number in range(replications)]

    def do(job: Cuts, watch: Watch) -> "_World":
        lived = live_cut(job, watch)
        return _World(
            course(lived.base, indicator),
            {links: course(lived.what_ifs[cut], indicator) for links, cut in zip(opened, cuts, strict=True)},
            _gains(lived.base, lived.what_ifs[frozenset()]),
        )

    all_weeks = sum(job.all_weeks for job in jobs)
    worlds = in_threads(jobs, do, all_weeks, workers=workers, on_progress=on_progress, stop=stop)
    return _shared(worlds, indicator, some)


@dataclass(frozen=True, slots=True)
class _World:
    """One replication: courses of the outcome by links that are open, and how far each link's indicator moved."""

    base: npt.NDArray[np.float64]
    opened: dict[Coalition, npt.NDArray[np.float64]]
    gains: dict[str, npt.NDArray[np.float64]]


def _gains(base: Record, what_if: Record) -> dict[str, npt.NDArray[np.float64]]:
    return {link: course(what_if, name) - course(base, name) for link, name in SEEN_IN.items()}


def _shared(worlds: Sequence[_World], indicator: str, some: Sequence[Sequence[str]]) -> Paths:
    """The shares of all links, and of what passes none."""
    opened = list(worlds[0].opened)
    base = [world.base for world in worlds]
    courses = {links: [world.opened[links] for world in worlds] for links in opened}
    before = final_values(base, indicator)
    values = {links: final_values(courses[links], indicator) for links in opened}
    weekly = {links: np.array(courses[links]) for links in opened}
    gains = {link: _mean([world.gains[link] for world in worlds]) for link in LINKS}
    by_order = [shares(values, [order]) for order in some]
    share, by_week = shares(values, some), shares(weekly, some)
    nothing, everything = frozenset[str](), frozenset(LINKS)
    direct = _mean(list(weekly[nothing] - np.array(base)))
    spread = [np.ptp([order[link].mean() for order in by_order]) for link in LINKS]
    return Paths(
        mean_interval(values[everything] - before),
        Passage(mean_interval(values[nothing] - before), 0.0, None, direct),
        {link: _passage(share[link], gains[link], _mean(list(by_week[link]))) for link in LINKS},
        len(some),
        float(max(spread)),
    )


def _passage(share: npt.NDArray[np.float64], gain: npt.NDArray[np.float64], added: npt.NDArray[np.float64]) -> Passage:
    last = gain[-LAST_WEEKS:]
    moved = float(np.nanmean(last)) if np.isfinite(last).any() else 0.0
    return Passage(mean_interval(share), moved, lag_between(gain, added), added)


def _mean(rows: Sequence[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """The mean over replications; 0 in a week in which none has a value."""
    table = np.array(rows)
    present = np.isfinite(table)
    total = np.where(present, table, 0.0).sum(axis=0)
    return np.asarray(total / np.maximum(present.sum(axis=0), 1))


def lag_between(cause: npt.NDArray[np.float64], effect: npt.NDArray[np.float64]) -> int | None:
    """Weeks by which an effect's growth follows that of its cause, where the two clearly belong together.

    Both courses are smoothed over a quarter; the lag is the shift, up to two years, at which quarter-on-quarter growth
    of the one agrees best with that of the other, up or down. None where they agree too little at any.
    """
    one, other = _growth(cause), _growth(effect)
    if not one.size:
        return None
    found = [(abs(_correlation(one[: len(one) - lag], other[lag:])), lag) for lag in range(_most_lag(len(one)) + 1)]
    best, lag = max(found, key=lambda entry: (entry[0], -entry[1]), default=(0.0, 0))
    return lag if best >= CLEAR else None


def _most_lag(weeks: int) -> int:
    """At least half of the weeks must overlap."""
    return min(LONGEST_LAG, weeks // 2)


def _growth(course_: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    if len(course_) < 3 * SMOOTHED:
        return np.zeros(0)
    smooth = np.convolve(course_, np.full(SMOOTHED, 1.0 / SMOOTHED), "valid")
    return np.asarray(smooth[SMOOTHED:] - smooth[:-SMOOTHED])


def _correlation(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> float:
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / size if size > 0.0 else 0.0
