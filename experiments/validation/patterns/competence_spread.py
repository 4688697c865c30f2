"""Evidence E23: competence cuts the variance of what is delivered more than it lifts the mean."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from agents.records import Record
from experiments.validation.organisations import small
from experiments.validation.pattern import Arm, Figures, Pattern, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LESS, MORE = "less", "more"
HELD: Final = {LESS: 0.65, MORE: 0.80}
WEEKS: Final = 52


def read(events: Record, _departures: Record) -> Figures:
    """Mean and variance of performance over encounters, and the variance left within a customer."""
    customer, performance = events["customer"], np.asarray(events["performance"], dtype="f8")
    count, total, squares = (
        np.bincount(customer, weights) for weights in (None, performance, performance * performance)
    )
    often = count > 1
    within = squares[often].sum() - (total[often] ** 2 / count[often]).sum()
    return {
        "mean": float(performance.mean()),
        "variance": float(performance.var()),
        "within": float(within / (count[often] - 1).sum()),
    }


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Everybody's competence held at two levels."""
    return {
        name: Arm(small(base, WEEKS, {"behaviour": {**base.behaviour, "competence_held": level}}), read=read)
        for name, level in HELD.items()
    }


def judge(worlds: Worlds) -> list[Part]:
    """Relative fall of the variance, beside the relative rise of the mean."""
    rise = worlds.figure(MORE, "mean") / worlds.figure(LESS, "mean") - 1.0
    whole, within = (1.0 - worlds.figure(MORE, name) / worlds.figure(LESS, name) for name in ("variance", "within"))
    return [
        Part(
            Said("fall of the variance within customers", "daling van de variantie binnen klanten"),
            mean_of(within),
            low=0.0,
            strict=True,
            form="percent",
            decimals=1,
        ),
        Part(
            Said("fall of all variance less rise of the mean", "daling van alle variantie min stijging van gemiddelde"),
            mean_of(whole - rise),
            low=0.0,
            strict=True,
            form="points",
            decimals=1,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Both changes."""
    changes = {
        ("mean performance", "gemiddelde prestatie"): "mean",
        ("its variance", "de variantie ervan"): "variance",
        ("variance within a customer", "variantie binnen een klant"): "within",
    }
    return Dots(
        ("Change by more competence", "Verandering door meer bekwaamheid"),
        {
            label: mean_of(worlds.figure(MORE, name) / worlds.figure(LESS, name) - 1.0)
            for label, name in changes.items()
        },
        percent=True,
    )


PATTERN: Final = Pattern(
    id="E23",
    claim=Said(
        "Competence cuts the variance of what is delivered more than it lifts the mean.",
        "Bekwaamheid verkleint de variantie van wat wordt geleverd meer dan dat zij het gemiddelde verhoogt.",
    ),
    grade="B",
    sources=(
        Source(
            "E23 Bavafa & Jonasson 2021",
            "V",
            Said("service times: variance -8.7%, mean -2.7%", "servicetijden: variantie -8,7%, gemiddelde -2,7%"),
        ),
    ),
    criterion=Said(
        "Competence held at .80 instead of .65, one year, over all encounters: the variance of perceived performance "
        "falls by a larger part than its mean rises, and falls within customers.",
        "Bekwaamheid vast op ,80 in plaats van ,65, een jaar, over alle contacten: de variantie van ervaren prestatie "
        "daalt met een groter deel dan het gemiddelde stijgt, en daalt binnen klanten.",
    ),
    note=Said(
        "Not held out: the source gave the rule of spread its form. It measured times, the model perceived "
        "performance.",
        "Niet apart gehouden: de bron gaf de regel van spreiding zijn vorm. Zij mat tijden, het model ervaren "
        "prestatie.",
    ),
    listed=False,
    arms=arms,
    judge=judge,
    draw=draw,
)
