"""How each effect size is measured on the lived units; the rows themselves are in published.toml."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from experiments.effect_sizes.contacts import stay_rates
from experiments.effect_sizes.unit import VARIABLES, Lived
from results.effect_sizes.gram import correlations, weights
from results.effect_sizes.within import (
    LEVEL,
    bootstrapped,
    correlation,
    partial,
    quartile_change,
    quartile_levels,
    slope,
    standard,
    within,
)
from results.statistics import Interval, mean_interval

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


class Figure(NamedTuple):
    """A measured figure with its interval, and the figures behind it."""

    found: Interval
    details: tuple[float, ...] = ()


class Population:
    """The lived units as columns: one number a unit, and one matrix of sums a unit."""

    def __init__(self, lived: Sequence[Lived], others: Sequence[Lived] = ()) -> None:
        """others: contact centres, of which only the year's figures are known."""
        self._lived = lived
        self.firms = np.array([unit.firm for unit in lived], dtype=np.int64)
        self.units = np.arange(len(lived))
        self.centres = np.array([unit.figures["turnover"] for unit in others])

    def of(self, name: str) -> Numbers:
        """A figure of all units; satisfied_and_loyal and span_times_style are made of two."""
        if name == "satisfied_and_loyal":
            return standard(self.of("satisfaction"), self.firms) + standard(self.of("loyalty"), self.firms)
        if name == "span_times_style":
            return within(self.of("span"), self.firms) * within(self.of("leadership_style"), self.firms)
        return np.array([unit.figures[name] for unit in self._lived])

    def sums(self, kind: str) -> Numbers:
        """The matrices of sums over one kind of individuals or encounters, the first axis being the units."""
        return np.array([unit.sums[kind] for unit in self._lived])


Measure = Callable[[Population], Figure]


def units(one: str, other: str) -> Measure:
    """Correlation of two figures of units within firms; units that have none of either do not count."""

    def measure(population: Population) -> Figure:
        x, y = population.of(one), population.of(other)
        known = np.isfinite(x) & np.isfinite(y)
        return Figure(correlation(x[known], y[known], population.firms[known]))

    return measure


def at_equal(one: str, other: str, given: str) -> Measure:
    """The same at equal values of a third figure."""

    def measure(population: Population) -> Figure:
        x, y, z = (population.of(name) for name in (one, other, given))
        firms = population.firms
        raw = correlation(x, y, firms).mean
        return Figure(bootstrapped(lambda drawn: partial(x[drawn], y[drawn], z[drawn], firms[drawn]), firms), (raw,))

    return measure


def quartiles(of: str) -> Measure:
    """How much higher a figure is in the quarter of units with the most engaged people than in that with the least."""

    def measure(population: Population) -> Figure:
        by, figure, firms = population.of("engagement"), population.of(of), population.firms
        found = bootstrapped(lambda drawn: quartile_change(by[drawn], figure[drawn], firms[drawn]), firms)
        return Figure(found, quartile_levels(by, figure, firms))

    return measure


def gradient(one: str, other: str) -> Measure:
    """How much a figure rises with another, within firms."""

    def measure(population: Population) -> Figure:
        x, y, firms = population.of(one), population.of(other), population.firms
        return Figure(bootstrapped(lambda drawn: slope(x[drawn], y[drawn], firms[drawn]), firms))

    return measure


def individuals(kind: str, one: str, other: str, *, of_firm: bool = False) -> Measure:
    """Correlation over individuals within units, or over all of a firm; the interval is over units drawn anew."""
    row, column = (VARIABLES[kind].index(name) for name in (one, other))

    def measure(population: Population) -> Figure:
        grams = population.sums(kind)
        groups = population.firms if of_firm else population.units

        def figure(drawn: Places) -> float:
            return float(correlations(grams[drawn], groups[drawn] if of_firm else np.arange(len(drawn)))[row, column])

        return Figure(bootstrapped(figure, population.firms))

    return measure


def explained(kind: str, one: str, other: str) -> Measure:
    """Part of the variance between individuals of a firm that two variables have in common."""
    correlated = individuals(kind, one, other, of_firm=True)

    def measure(population: Population) -> Figure:
        r = correlated(population).found
        low, high = sorted((r.low * r.low, r.high * r.high))
        return Figure(Interval(r.mean * r.mean, 0.0 if r.low < 0.0 < r.high else low, high, r.n, LEVEL), (r.mean,))

    return measure


def more_justice(place: int, than: int) -> Measure:
    """By how much one kind of justice weighs more on satisfaction with recovery than another (standardised)."""

    def measure(population: Population) -> Figure:
        grams = population.sums("recoveries")

        def figure(drawn: Places) -> float:
            found = weights(grams[drawn], np.arange(len(drawn)))
            return float(found[place] - found[than])

        return Figure(bootstrapped(figure, population.firms), tuple(weights(grams, population.units).tolist()))

    return measure


def mean(name: str) -> Measure:
    """Mean over units of a figure of each; units that have none do not count."""

    def measure(population: Population) -> Figure:
        values = population.of(name)
        return Figure(_mean_of(values[np.isfinite(values)]))

    return measure


def stay_rungs(*, large: bool) -> Measure:
    """The smallest step from one rung to the next of what is done about a failure, in the share that stays."""

    def measure(population: Population) -> Figure:
        counts = population.sums("stayed")

        def step(drawn: Places) -> float:
            return float(np.diff(stay_rates(counts[drawn].sum(axis=0), large=large)).min())

        rates = stay_rates(counts.sum(axis=0), large=large)
        return Figure(bootstrapped(step, population.firms), tuple(rates.tolist()))

    return measure


def large_below_small(population: Population) -> Figure:
    """By how much fewer stay after a large failure than after a small one on the same rung, where least."""
    counts = population.sums("stayed")

    def figure(drawn: Places) -> float:
        small, large = (stay_rates(counts[drawn].sum(axis=0), large=size) for size in (False, True))
        return float((small - large).min())

    return Figure(bootstrapped(figure, population.firms))


def part(of: str, whole: str) -> Measure:
    """One count over another, over all units together."""

    def measure(population: Population) -> Figure:
        one, other = population.of(of), population.of(whole)
        return Figure(bootstrapped(lambda drawn: float(one[drawn].sum() / other[drawn].sum()), population.firms))

    return measure


def centres_share(low: float, high: float) -> Measure:
    """Share of contact centres whose turnover lies between."""

    def measure(population: Population) -> Figure:
        return Figure(_mean_of(((population.centres >= low) & (population.centres < high)).astype("f8")))

    return measure


def centres_mean(population: Population) -> Figure:
    """Mean turnover of contact centres."""
    return Figure(_mean_of(population.centres))


def _mean_of(values: Numbers) -> Interval:
    return mean_interval(values, LEVEL) if values.size else Interval(float("nan"), -inf, inf, 0, LEVEL)


MEASURES: Final[Mapping[str, Measure]] = {
    "engagement_customers": units("engagement", "satisfied_and_loyal"),
    "engagement_turnover": units("engagement", "turnover"),
    "engagement_productivity": units("engagement", "productivity"),
    "engagement_profit": units("engagement", "margin"),
    "quartile_loyalty": quartiles("loyalty"),
    "quartile_profit": quartiles("margin"),
    "quartile_sales": quartiles("sales"),
    "quartile_turnover": quartiles("turnover"),
    "quartile_absence": quartiles("absence"),
    "quartile_failures": quartiles("failure_rate"),
    "engaged": mean("share_engaged"),
    "disengaged": mean("share_disengaged"),
    "quality_mediates": at_equal("engagement", "satisfaction", "performance"),
    "sears": gradient("engagement", "satisfaction"),
    "style_engagement_units": units("leadership_style", "engagement"),
    "style_engagement_individuals": individuals("employees", "style", "engagement", of_firm=True),
    "empowerment_attitude": individuals("employees", "autonomy", "engagement", of_firm=True),
    "empowerment_performance": individuals("employees", "autonomy", "served_well", of_firm=True),
    "empowerment_leaving": individuals("employees", "autonomy", "leaving", of_firm=True),
    "empowerment_strain": individuals("employees", "autonomy", "exhaustion", of_firm=True),
    "engagement_performance": individuals("employees", "engagement", "served_well", of_firm=True),
    "span_satisfaction": units("span", "satisfaction"),
    "span_turnover": units("span", "turnover"),
    "span_weakens": units("span_times_style", "engagement"),
    "turnover_performance": units("turnover", "margin"),
    "centres_mean": centres_mean,
    "centres_above_half": centres_share(0.5, inf),
    "centres_below_twentieth": centres_share(0.0, 0.05),
    "stressors_exhaustion": explained("employees", "stressor", "exhaustion"),
    "fit_attitude": individuals("employees", "values_fit", "engagement", of_firm=True),
    "fit_leaving": individuals("employees", "values_fit", "leaving", of_firm=True),
    "disconfirmation_contact": individuals("contacts", "disconfirmation", "felt"),
    "disconfirmation": individuals("contacts", "disconfirmation", "satisfaction"),
    "performance_contact": individuals("contacts", "performance", "felt"),
    "performance": individuals("contacts", "performance", "satisfaction"),
    "expectation_contact": individuals("contacts", "expectation", "felt"),
    "expectation": individuals("contacts", "expectation", "satisfaction"),
    "equity": individuals("customers", "fairness", "satisfaction"),
    "repurchase": individuals("customers", "satisfaction", "staying"),
    "complaining": individuals("customers", "satisfaction", "complained"),
    "warning": individuals("customers", "satisfaction", "warning"),
    "satisfied_leave": mean("satisfied_left"),
    "contacts_disloyalty": part("complaints_above", "complaints_changed"),
    "messages": mean("messages"),
    "told_bad_good": mean("told"),
    "retention_value": mean("value_elasticity"),
    "paradox_rare": mean("paradox"),
    "paradox_small": mean("paradox_size"),
    "justice_first": more_justice(0, 1),
    "justice_last": more_justice(1, 2),
    "voice": mean("voiced"),
    "voice_outcome": mean("voiced_outcome"),
    "voice_mistreatment": mean("voiced_mistreatment"),
    "stay_small": stay_rungs(large=False),
    "stay_large": stay_rungs(large=True),
    "stay_size": large_below_small,
    "problems": mean("had_a_problem"),
    "got_nothing": mean("got_nothing"),
}
"""By the row's id in published.toml; rows without a measure here say why there is none."""
