"""What a what-if brings in every plausible scenario: what is not known of the organisation, beside luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

import numpy as np

from experiments.calibration.words import phrase
from experiments.comparison.comparison import Comparison, compare
from experiments.worlds.workers import Progress
from results.chain import chain_links
from results.columns import as_lines
from results.indicators import INDICATORS
from results.numbers import bounds, decimal, difference
from results.statistics import Interval, PairedDifference, finite
from scenarios.errors import Mistake, shown
from scenarios.scenario import Scenario

IN_NAME_ONLY: Final = frozenset({"name", "about", "expected", "weeks"})
LEVEL: Final = 0.95


@dataclass(frozen=True, slots=True)
class Carried:
    """One indicator's effect. luck: in the baseline, with the interval of luck. effects: one a plausible scenario.

    All are of the last year, and paired with doing nothing in the same worlds.
    """

    indicator: str
    luck: PairedDifference
    effects: tuple[float, ...]

    @property
    def parameters(self) -> Interval:
        """The mean effect over plausible scenarios, and the interval that holds 19 of 20 of them."""
        low, high = np.quantile(self.effects, [0.5 - LEVEL / 2.0, 0.5 + LEVEL / 2.0]).tolist()
        return Interval(float(np.mean(self.effects)), low, high, len(self.effects), LEVEL)

    @property
    def same_way(self) -> int:
        """Plausible scenarios in which the effect goes the way it goes in the baseline."""
        return int(np.sum(np.sign(self.effects) == np.sign(self.luck.mean)))

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; null for the ends of an interval that one world does not have."""
        over = self.parameters
        return {
            "difference": self.luck.mean,
            "luck": [finite(self.luck.low), finite(self.luck.high)],
            "over_plausible": over.mean,
            "parameters": [over.low, over.high],
            "same_way": self.same_way,
            "plausible": len(self.effects),
        }


def over(
    found: Comparison,
    plausible: Sequence[Scenario],
    *,
    workers: int | None = None,
    on_progress: Progress | None = None,
    stop: Event | None = None,
) -> list[dict[str, Carried]]:
    """What each what-if of a comparison changes in the last year, over plausible scenarios of its baseline.

    What a what-if changes in the baseline is changed in each of them, in the worlds of the comparison. A list by
    what-if of effects by indicator; those that some scenario has no value of are left out. Raises Mistake for a
    scenario of another sector, and Stopped once `stop` is set.
    """
    base, *what_ifs = found.scenarios
    _refuse_others(base, plausible)
    told = _Together(on_progress, len(plausible))
    by_scenario = [
        _changes(found, base, what_ifs, one, workers, told.part(number), stop) for number, one in enumerate(plausible)
    ]
    return [_carried(found, place, [effects[place] for effects in by_scenario]) for place in range(len(found.what_ifs))]


def _refuse_others(base: Scenario, plausible: Sequence[Scenario]) -> None:
    for one in plausible:
        if one.organisation.sector != base.organisation.sector:
            raise Mistake(
                f"is of another sector than '{base.name}'",
                shown(one.name),
                hint="take plausible scenarios of the baseline's own organisation",
            )


def _changes(
    found: Comparison,
    base: Scenario,
    what_ifs: Sequence[Scenario],
    plausible: Scenario,
    workers: int | None,
    on_progress: Progress | None,
    stop: Event | None,
) -> list[Mapping[str, float]]:
    """What each what-if changes in one plausible scenario, by indicator."""
    done = [plausible.with_({**changes_between(base, one), "name": one.name}) for one in what_ifs]
    lived = compare(
        plausible,
        done,
        weeks=found.base.weeks,
        replications=found.base.replications,
        seed=found.base.seed,
        workers=workers,
        on_progress=on_progress,
        stop=stop,
    )
    return [
        {name: one.difference.mean for name, one in lived.changes(place).items() if one.difference is not None}
        for place in range(len(what_ifs))
    ]


def _carried(found: Comparison, place: int, effects: Sequence[Mapping[str, float]]) -> dict[str, Carried]:
    return {
        name: Carried(name, change.difference, tuple(one[name] for one in effects))
        for name, change in found.changes(place).items()
        if change.difference is not None and all(name in one for one in effects)
    }


def changes_between(base: Scenario, what_if: Scenario) -> dict[str, Any]:
    """What a what-if changes, by dotted path as `with_` takes it: arrays as a whole, None for what it takes away."""
    one, other = (
        {name: value for name, value in scenario.as_dict().items() if name not in IN_NAME_ONLY}
        for scenario in (base, what_if)
    )
    return dict(_between(one, other, ""))


def _between(one: Mapping[str, Any], other: Mapping[str, Any], path: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name in dict.fromkeys([*one, *other]):
        here, there = one.get(name), other.get(name)
        if isinstance(here, Mapping) and isinstance(there, Mapping):
            found += _between(here, there, f"{path}{name}.")
        elif here != there:
            found.append((f"{path}{name}", there))
    return found


class _Together:
    """The progress of comparisons that are made one after another, as of one."""

    def __init__(self, on_progress: Progress | None, parts: int) -> None:
        self._on_progress, self._parts = on_progress, parts

    def part(self, number: int) -> Progress | None:
        """What the comparison of this number is to tell its progress."""
        on_progress = self._on_progress
        if on_progress is None:
            return None
        return lambda done, weeks: on_progress(number * weeks + done, self._parts * weeks)


def over_text(found: Mapping[str, Carried], what_if: str, sector: str, language: str) -> str:
    """The effect chain with both intervals, as plain text."""
    names = [name for link in chain_links(sector) for name in link.indicators if name in found]
    heads = tuple(phrase(key, language) for key in ("indicator", "effect", "luck", "over", "same_way"))
    rows = [heads, *(_row(found[name], language) for name in names)]
    count = len(next(iter(found.values())).effects) if found else 0
    heading = phrase("over_heading", language).format(what_if=what_if, count=count)
    return "\n".join([heading, *(f"  {line}" for line in as_lines(rows)), "", phrase("over_meaning", language)])


def _row(one: Carried, language: str) -> tuple[str, ...]:
    indicator = INDICATORS[one.indicator]
    return (
        indicator.label(language),
        difference(one.luck, indicator, language),
        bounds(one.luck, indicator, language),
        bounds(one.parameters, indicator, language),
        decimal(one.same_way, 0, language),
    )
