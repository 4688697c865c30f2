"""Pattern 14: nine blocks together bring more than the sum of their single gains, because they align."""

from collections.abc import Mapping
from math import exp, log
from typing import Final

import numpy as np

from agents.blocks import BLOCKS
from experiments.validation.organisations import levels
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Form, Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LOW, HIGH = 0.40, 0.80
BALANCED_LEVEL: Final = 1.0 - (1.0 - LOW) * exp(-log((1.0 - LOW) / (1.0 - HIGH)) / len(BLOCKS))
"""Level of all nine blocks for the effort that takes one of them from LOW to HIGH: effort goes with log(1 - level)."""

LATER: Final[Weeks] = (53, 104)
USUAL, ALL, BALANCED = "usual", "all", "balanced"
ALIGNED, NULL = "", "chi=0 "
JUDGED: Final = "nps"
INDICATORS: Final = {
    "nps": Said("NPS", "NPS"),
    "satisfaction": Said("satisfaction", "tevredenheid"),
    "loyalty": Said("loyalty", "loyaliteit"),
}


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Each block alone, all nine, and a balanced organisation; with the shipped chi and with chi = 0."""
    usual = base.with_({"weeks": LATER[1]})
    null = usual.with_({"behaviour": {**base.behaviour, "alignment_strength": 0.0}})
    changes = {
        USUAL: levels(LOW),
        ALL: levels(HIGH),
        BALANCED: levels(BALANCED_LEVEL),
        **{block: {**levels(LOW), **levels(HIGH, block)} for block in BLOCKS},
    }
    return {
        f"{rules}{name}": Arm(scenario.with_(change))
        for rules, scenario in ((ALIGNED, usual), (NULL, null))
        for name, change in changes.items()
    }


def gain(worlds: Worlds, rules: str, name: str, indicator: str) -> Numbers:
    """What an organisation has more than the usual one under the same rules."""
    return worlds.change(f"{rules}{name}", f"{rules}{USUAL}", indicator, LATER)


def single_gains(worlds: Worlds, rules: str, indicator: str) -> Numbers:
    """The nine single gains: a row a replication."""
    return np.stack([gain(worlds, rules, block, indicator) for block in BLOCKS], axis=1)


def balanced_beyond_best(worlds: Worlds, rules: str, indicator: str) -> Numbers:
    """What balance brings beyond the single block that brings most in the mean."""
    single = single_gains(worlds, rules, indicator)
    return gain(worlds, rules, BALANCED, indicator) - single[:, single.mean(axis=0).argmax()]


def judge(worlds: Worlds) -> list[Part]:
    """The sum over the whole, and balance against the best single block; and both without alignment."""
    return [part for indicator in INDICATORS for part in (*sums(worlds, indicator), *balances(worlds, indicator))]


def sums(worlds: Worlds, indicator: str) -> list[Part]:
    """Single gains added up, over the joint gain."""
    said, judged = INDICATORS[indicator], indicator == JUDGED
    aligned, null = (
        ratio_of(single_gains(worlds, rules, indicator).sum(axis=1), gain(worlds, rules, ALL, indicator))
        for rules in (ALIGNED, NULL)
    )
    text = Said(f"{said.en}: sum of single gains over the joint", f"{said.nl}: som van losse winsten over gezamenlijke")
    without = Said(f"{said.en}, chi = 0: sum over the joint", f"{said.nl}, chi = 0: som over gezamenlijke")
    return [Part(text, aligned, high=0.8, judged=judged), Part(without, null, low=0.8, strict=True, judged=judged)]


def balances(worlds: Worlds, indicator: str) -> list[Part]:
    """What balance brings beyond the best single block."""
    said, judged = INDICATORS[indicator], indicator == JUDGED
    form: Form = "number" if judged else "points"
    aligned, null = (mean_of(balanced_beyond_best(worlds, rules, indicator)) for rules in (ALIGNED, NULL))
    text = Said(f"{said.en}: balanced less the best single", f"{said.nl}: evenwichtig min beste losse")
    without = Said(
        f"{said.en}, chi = 0: balanced less the best single", f"{said.nl}, chi = 0: evenwichtig min beste losse"
    )
    return [
        Part(text, aligned, low=0.0, form=form, decimals=1, judged=judged),
        Part(without, null, high=0.0, strict=True, form=form, decimals=1, judged=judged),
    ]


def draw(worlds: Worlds) -> Panel:
    """Gains in NPS: singly in sum, together, balanced, the best single."""
    best = single_gains(worlds, ALIGNED, "nps")
    return Dots(
        ("What it adds to NPS", "Wat het toevoegt aan NPS"),
        {
            ("nine single gains, added", "negen losse winsten, opgeteld"): mean_of(best.sum(axis=1)),
            ("all nine together", "alle negen samen"): mean_of(gain(worlds, ALIGNED, ALL, "nps")),
            ("balanced, cost of one", "evenwichtig, kosten van één"): mean_of(gain(worlds, ALIGNED, BALANCED, "nps")),
            ("the best single block", "de beste losse bouwsteen"): mean_of(best[:, best.mean(axis=0).argmax()]),
        },
    )


PATTERN: Final = Pattern(
    id="14",
    claim=Said(
        "Nine blocks together bring more than their single gains added up, and balance beats the best single block.",
        "Negen bouwstenen samen brengen meer dan hun losse winsten opgeteld, en evenwicht wint van de beste losse.",
    ),
    grade="A/B; S",
    sources=(
        Source(
            "Ichniowski, Shaw & Prennushi 1997",
            "V",
            Said("HR practices in steel finishing", "HR-praktijken in staalfabrieken"),
        ),
        Source(
            "Combs et al. 2006",
            "V",
            Said("HR practices, 92 studies: more as systems", "HR-praktijken, 92 studies: meer als systeem"),
        ),
        Source("002", "S", Said("the nine blocks as one whole", "de negen bouwstenen als één geheel")),
    ),
    criterion=Said(
        "In NPS of the second year, elastic staffing: the gains of nine organisations with one block at .80 and the "
        "others at .40 add up to at most .8 of the gain of all nine at .80; all nine at .47, which costs as much "
        "effort as one block from .40 to .80, bring at least as much as the best single block; and at chi = 0 neither "
        "holds.",
        "In NPS van het tweede jaar, met meebewegend personeel: de winsten van negen organisaties met één bouwsteen "
        "op ,80 en de andere op ,40 zijn samen hoogstens ,8 van de winst van alle negen op ,80; alle negen op ,47, "
        "wat evenveel inspanning kost als één bouwsteen van ,40 naar ,80, brengen minstens zoveel als de beste losse; "
        "en bij chi = 0 geldt geen van beide.",
    ),
    note=Said(
        "The alignment exponent chi was set on this pattern: it does not emerge from the other rules, as chi = 0 "
        "shows. Satisfaction and loyalty are shown for information.",
        "De exponent chi is op dit patroon gezet: het komt niet vanzelf uit de andere regels, zoals chi = 0 toont. "
        "Tevredenheid en loyaliteit staan er ter informatie.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)
