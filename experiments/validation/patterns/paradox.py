"""Patterns 1 and 2: when a recovered failure leaves more satisfaction than before, how often, and not in loyalty."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from agents.records import Record
from agents.recovery import change_by_recovery, loss_by_failure
from agents.registry import parameter_record
from experiments.validation.encounters import (
    EXCELLENT,
    FAIR,
    MILD,
    SEVERE,
    YEAR,
    change_of,
    is_first,
    left_within,
    mean_where,
    recovered,
    standardised,
)
from experiments.validation.organisations import levels
from experiments.validation.pattern import Arm, Figures, Pattern, Worlds
from results.validation.estimates import exact, mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

TWO_YEARS = 2 * YEAR
USUAL, GOOD = "default", "excellent"
DEMANDINGNESS, EXPECTED = 0.33, 0.55
"""Of a usual customer whose recovery expectation is what it starts with."""

MILD_ONES, SEVERE_ONES = (0.15, 0.2, 0.3), (0.6, 0.85)
FINE_RECOVERIES, FAIR_RECOVERIES = (0.9, 0.95, 1.0), (0.3, 0.5, 0.65, 0.75)
"""Severities, and qualities of recovery, at which the rules themselves are asked."""

CELLS: Mapping[str, Said] = {
    "mild_first_excellent": Said(
        "first, mild (severity up to .3), excellent recovery (.9 or more)",
        "eerste, mild (ernst tot ,3), uitstekend herstel (,9 of meer)",
    ),
    "later": Said("with an earlier failure in mind", "met een eerdere fout in het geheugen"),
    "fair": Said("recovery of .75 or less", "herstel van ,75 of minder"),
    "severe": Said("severe (.6 or more)", "ernstig (,6 of meer)"),
}

SHORT = (
    ("first, mild, excellent recovery", "eerste, mild, uitstekend herstel"),
    ("with an earlier failure in mind", "met een eerdere fout in gedachten"),
    ("recovery of .75 or less", "herstel van ,75 of minder"),
    ("severe (.6 or more)", "ernstig (,6 of meer)"),
)
"""The cells, as a figure has room for them."""


def read(events: Record, departures: Record) -> Figures:
    """What failures do to satisfaction by cell, how many end above, and what the recovered do within a year."""
    change, taken_up, first = change_of(events), recovered(events), is_first(events)
    mild, quality = events["severity"] <= MILD, events["recovery_quality"]
    failed = events["failed"] == 1
    early = events["week"] <= events["week"].max() - YEAR
    strata = np.asarray(events["satisfaction_before"] * 50.0, dtype="i8")
    left = left_within(events, departures, YEAR).astype("f8")
    recovered_left, matched_left = standardised(left, taken_up & first & early, ~failed & first & early, strata)
    return {
        "mild_first_excellent": mean_where(change, taken_up & first & mild & (quality >= EXCELLENT)),
        "later": mean_where(change, taken_up & ~first),
        "fair": mean_where(change, taken_up & (quality <= FAIR)),
        "severe": mean_where(change, taken_up & (events["severity"] >= SEVERE)),
        "share": float(np.mean(change[failed] > 0.0)),
        "recovered_left": recovered_left,
        "matched_left": matched_left,
    }


def arms(base: Scenario) -> Mapping[str, Arm]:
    """The default organisation and one with all blocks at .85, which recovers excellently often enough to see it."""
    lasting = base.with_({"weeks": TWO_YEARS})
    return {USUAL: Arm(lasting, read=read), GOOD: Arm(lasting.with_(levels(0.85)), read=read)}


def by_the_rule(base: Scenario, severity: float, quality: float, failures: float) -> float:
    """What failure and recovery do to a usual customer's satisfaction, by the rules alone."""
    p = parameter_record(base.behaviour_values())[0]
    gained = change_by_recovery(severity, quality, EXPECTED, failures, p)
    return float(gained - loss_by_failure(severity, DEMANDINGNESS, p))


def judge_paradox(worlds: Worlds) -> list[Part]:
    """By the rules over a grid, and by the log of an excellent organisation."""
    where = min(by_the_rule(worlds.base, *cell, 0.0) for cell in product(MILD_ONES, FINE_RECOVERIES))
    nowhere = max(
        *(by_the_rule(worlds.base, *cell) for cell in product(MILD_ONES, FINE_RECOVERIES, (1.0, 2.0))),
        *(by_the_rule(worlds.base, *cell, 0.0) for cell in product((*MILD_ONES, 0.45), FAIR_RECOVERIES)),
        *(by_the_rule(worlds.base, *cell, 0.0) for cell in product(SEVERE_ONES, FINE_RECOVERIES)),
    )
    rule = Said("by the rules", "volgens de regels")
    return [
        Part(_of(rule, "mild_first_excellent"), exact(where), low=0.0, strict=True, decimals=3),
        Part(
            Said("by the rules: everywhere else", "volgens de regels: overal elders"),
            exact(nowhere),
            high=0,
            decimals=3,
        ),
        *(_lived(worlds, cell) for cell in CELLS),
    ]


def _lived(worlds: Worlds, cell: str) -> Part:
    text = _of(Said("lived", "geleefd"), cell)
    found = mean_of(worlds.figure(GOOD, cell))
    if cell == "mild_first_excellent":
        return Part(text, found, low=0.0, strict=True, decimals=3)
    return Part(text, found, high=0.0, decimals=3)


def _of(where: Said, cell: str) -> Said:
    return Said(f"{where.en}: {CELLS[cell].en}", f"{where.nl}: {CELLS[cell].nl}")


def draw_paradox(worlds: Worlds) -> Panel:
    """Mean change of satisfaction by cell."""
    return Dots(
        ("Satisfaction after less before a recovered failure", "Tevredenheid na min voor een herstelde fout"),
        {label: mean_of(worlds.figure(GOOD, cell)) for cell, label in zip(CELLS, SHORT, strict=True)},
    )


def judge_rare(worlds: Worlds) -> list[Part]:
    """How rare, and what the recovered do within a year beside others who were as satisfied."""
    names = {USUAL: Said("default organisation", "standaardorganisatie"), GOOD: Said("excellent one", "uitstekende")}
    return [
        *(
            Part(
                Said(f"{said.en}: failures that end above", f"{said.nl}: fouten die hoger eindigen"),
                mean_of(worlds.figure(arm, "share")),
                high=0.10,
                form="percent",
                decimals=1,
            )
            for arm, said in names.items()
        ),
        *(
            Part(
                Said(
                    f"{said.en}: the recovered leave within a year, less the matched without failure",
                    f"{said.nl}: vertrek na herstel binnen een jaar, min dat van vergelijkbaren zonder fout",
                ),
                mean_of(worlds.figure(arm, "recovered_left") - worlds.figure(arm, "matched_left")),
                low=-0.01,
                form="points",
                decimals=1,
            )
            for arm, said in names.items()
        ),
    ]


def draw_rare(worlds: Worlds) -> Panel:
    """Who leaves within a year."""
    return Dots(
        ("Leave within a year", "Vertrekt binnen een jaar"),
        {
            ("default: recovered", "standaard: na herstel"): mean_of(worlds.figure(USUAL, "recovered_left")),
            ("default: no failure", "standaard: zonder fout"): mean_of(worlds.figure(USUAL, "matched_left")),
            ("excellent: recovered", "uitstekend: na herstel"): mean_of(worlds.figure(GOOD, "recovered_left")),
            ("excellent: no failure", "uitstekend: zonder fout"): mean_of(worlds.figure(GOOD, "matched_left")),
        },
        percent=True,
    )


PARADOX = Pattern(
    id="1",
    claim=Said(
        "A failure leaves a customer more satisfied than before only if it is the first, mild, and excellently "
        "recovered.",
        "Een fout laat een klant alleen tevredener achter als het de eerste is, mild, en uitstekend hersteld.",
    ),
    grade="A",
    sources=(
        Source("R1 de Matos et al. 2007", "V"),
        Source("R2 Magnini et al. 2007", "V"),
        Source("R4 Michel & Meuter 2008", "V"),
        Source("003", "S", Said("'generally', which overstates", "'over het algemeen', wat te ver gaat")),
    ),
    criterion=Said(
        "Mean satisfaction after less before a recovered failure is above 0 for first failures of severity .3 or less "
        "recovered at .9 or better, and not above 0 with an earlier failure in mind, at recovery .75 or less, or at "
        "severity .6 or more; by the rules for a usual customer, and in two years of an organisation with all blocks "
        "at .85 (the default one hardly ever recovers at .9).",
        "De gemiddelde tevredenheid na min voor een herstelde fout is boven 0 bij eerste fouten van ernst ,3 of "
        "minder met herstel van ,9 of beter, en niet boven 0 met een eerdere fout in het geheugen, bij herstel van "
        ",75 of minder of bij ernst van ,6 of meer; volgens de regels voor een gewone klant, en in twee jaar van een "
        "organisatie met alle bouwstenen op ,85 (de standaardorganisatie herstelt zelden op ,9).",
    ),
    arms=arms,
    judge=judge_paradox,
    draw=draw_paradox,
)

RARE = Pattern(
    id="2",
    claim=Said(
        "The recovery paradox is rare, and does not reach loyalty.",
        "De herstelparadox is zeldzaam en bereikt de loyaliteit niet.",
    ),
    grade="A",
    sources=(Source("R4 Michel & Meuter 2008", "V"), Source("R1 de Matos et al. 2007", "V")),
    criterion=Said(
        "At most 10% of all failures end above the satisfaction before them, and customers whose first failure was "
        "recovered leave within a year at least as often as customers equally satisfied (within .02) without a "
        "failure, minus 1 point; in two years of the default organisation and of one with all blocks at .85.",
        "Hoogstens 10% van alle fouten eindigt boven de tevredenheid ervoor, en klanten van wie de eerste fout is "
        "hersteld vertrekken binnen een jaar minstens zo vaak als even tevreden klanten (binnen ,02) zonder fout, min "
        "1 punt; in twee jaar van de standaardorganisatie en van een met alle bouwstenen op ,85.",
    ),
    arms=arms,
    judge=judge_rare,
    draw=draw_rare,
)
