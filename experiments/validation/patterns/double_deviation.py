"""Pattern 3: a second failure poorly recovered costs more than the first, and the order of recoveries counts."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

import numpy as np

from agents.records import Record
from agents.recovery import change_by_recovery, learn_to_expect, loss_by_failure
from agents.registry import parameter_record
from experiments.validation.encounters import (
    POOR,
    YEAR,
    change_of,
    is_first,
    mean_where,
    recovered,
    standardised,
)
from experiments.validation.pattern import Arm, Figures, Pattern, Worlds
from experiments.validation.patterns.paradox import DEMANDINGNESS, EXPECTED
from results.validation.estimates import exact, mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LIVED: Final = "default"
SEVERITIES: Final = (0.2, 0.4, 0.6, 0.8)
BAD, GOOD = 0.4, 0.95
"""Of the rules' own example: two recoveries."""


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Three years of the default organisation."""
    return {LIVED: Arm(base.with_({"weeks": 3 * YEAR}), read=read)}


def read(events: Record, _departures: Record) -> Figures:
    """What first and second poor recoveries cost at equal severity, and what two recoveries in turn come to."""
    poor, strata = recovered(events) & (events["recovery_quality"] <= POOR), (events["severity"] * 20.0).astype("i8")
    second, first = standardised(change_of(events), poor & ~is_first(events), poor & is_first(events), strata)
    return {"first": -first, "second": -second, **in_turn(events)}


def in_turn(events: Record) -> dict[str, float]:
    """Satisfaction from before the first of two recovered failures to after the second, by the order of their quality.

    Poor and good are the lower and the upper quarter of the organisation's recoveries.
    """
    poor, good = np.quantile(events["recovery_quality"][recovered(events)], (0.25, 0.75))
    failures = events[events["failed"] == 1]
    failures = failures[np.lexsort((failures["week"], failures["customer"]))]
    one, other = failures[:-1], failures[1:]
    pair = (one["customer"] == other["customer"]) & (other["week"] - one["week"] <= YEAR) & is_first(one)
    pair &= recovered(one) & recovered(other)
    over_both = np.asarray(other["satisfaction_after"] - one["satisfaction_before"], dtype="f8")
    before, after = one["recovery_quality"], other["recovery_quality"]
    return {
        "bad_then_good": mean_where(over_both, pair & (before <= poor) & (after >= good)),
        "good_then_bad": mean_where(over_both, pair & (before >= good) & (after <= poor)),
    }


def after(base: Scenario, severity: float, *qualities: float) -> list[float]:
    """A usual customer's satisfaction after each of these failures, less before, by the rules of failure and recovery.

    The failures are of different kinds, and the first is still fully in mind when the second comes.
    """
    p = parameter_record(base.behaviour_values())[0]
    customer = np.rec.array([(EXPECTED,)], dtype=[("recovery_expectation", "f8")])[0]
    moved, failures = [0.0], 0.0
    for quality in qualities:
        change = change_by_recovery(severity, quality, customer.recovery_expectation, failures, p)
        moved.append(moved[-1] + change - loss_by_failure(severity, DEMANDINGNESS, p))
        customer.recovery_expectation = learn_to_expect(customer, quality, p)
        failures += 1.0
    return moved


def judge(worlds: Worlds) -> list[Part]:
    """By the rules over severities, and in the log."""
    base = worlds.base
    losses = [[first - last for first, last in pairwise(after(base, one, BAD, BAD))] for one in SEVERITIES]
    order = [after(base, one, BAD, GOOD)[-1] - after(base, one, GOOD, BAD)[-1] for one in SEVERITIES]
    lived = worlds.figure(LIVED, "bad_then_good") - worlds.figure(LIVED, "good_then_bad")
    return [
        Part(
            Said("by the rules: second loss over the first", "volgens de regels: tweede verlies over het eerste"),
            exact(min(second / first for first, second in losses)),
            low=1.1,
        ),
        Part(
            Said("by the rules: bad-then-good less good-then-bad", "volgens de regels: slecht-goed min goed-slecht"),
            exact(min(order)),
            low=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said("lived: second loss over the first at equal severity", "geleefd: tweede verlies over het eerste"),
            ratio_of(worlds.figure(LIVED, "second"), worlds.figure(LIVED, "first")),
            low=1.1,
        ),
        Part(
            Said("lived: bad-then-good less good-then-bad", "geleefd: slecht-goed min goed-slecht"),
            mean_of(lived),
            low=0.0,
            strict=True,
            decimals=3,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Lost satisfaction, first and second."""
    labels = {
        "first": ("first failure, poorly recovered", "eerste fout, slecht hersteld"),
        "second": ("a further one", "een volgende"),
        "bad_then_good": ("two: bad, then good recovery", "twee: slecht, dan goed herstel"),
        "good_then_bad": ("two: good, then bad recovery", "twee: goed, dan slecht herstel"),
    }
    signs = {"first": -1.0, "second": -1.0, "bad_then_good": 1.0, "good_then_bad": 1.0}
    return Dots(
        ("Satisfaction after less before", "Tevredenheid na min voor"),
        {label: mean_of(signs[name] * worlds.figure(LIVED, name)) for name, label in labels.items()},
    )


PATTERN: Final = Pattern(
    id="3",
    claim=Said(
        "A second failure that is poorly recovered costs more than the first, and bad-then-good beats good-then-bad.",
        "Een tweede fout met slecht herstel kost meer dan de eerste, en eerst slecht dan goed wint van andersom.",
    ),
    grade="A",
    sources=(Source("R3 Maxham & Netemeyer 2002", "V"),),
    criterion=Said(
        "A second failure with poor recovery loses at least 1.1 times the first at equal severity, and satisfaction "
        "ends higher after bad-then-good than after good-then-bad; by the rules (recovery .4 and .95, severity .2 to "
        ".8, the first fully in mind), and in three years of the default organisation (poor: .5 or less, further "
        "failures with one still in mind; in turn: its lower and upper quarter of recoveries, within a year).",
        "Een tweede fout met slecht herstel kost minstens 1,1 keer de eerste bij gelijke ernst, en tevredenheid "
        "eindigt hoger na slecht-dan-goed dan na goed-dan-slecht; volgens de regels (herstel ,4 en ,95, ernst ,2 tot "
        ",8, de eerste nog vol in het geheugen), en in drie jaar van de standaardorganisatie (slecht: ,5 of minder, "
        "met nog een fout in het geheugen; na elkaar: laagste en hoogste kwart van het herstel, binnen een jaar).",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)
