"""Evidence R7 and R8: which kind of justice weighs most, in the recovery itself and in cumulative satisfaction."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from agents.records import Record
from experiments.validation.encounters import change_of, recovered
from experiments.validation.pattern import Arm, Figures, Numbers, Pattern, Worlds
from results.validation.estimates import mean_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LIVED: Final = "default"
WEEKS: Final = 104
KINDS: Final = {
    "distributive": Said("distributive", "verdelend"),
    "interactional": Said("interactional", "bejegening"),
    "procedural": Said("procedural", "procedureel"),
}


def read(events: Record, _departures: Record) -> Figures:
    """Correlations of each justice with satisfaction with the recovery, and with the change of satisfaction.

    The change is taken apart from severity, which moves it most and has nothing to do with justice.
    """
    events = events[recovered(events)]
    severity = np.asarray(events["severity"], dtype="f8")
    change = change_of(events)
    apart = change - np.polyval(np.polyfit(severity, change, 1), severity)
    recovery = np.asarray(events["recovery_satisfaction"], dtype="f8")
    return {
        f"{outcome} {kind}": float(np.corrcoef(values, events[kind])[0, 1])
        for outcome, values in (("recovery", recovery), ("cumulative", apart))
        for kind in KINDS
    }


def arms(base: Scenario) -> Mapping[str, Arm]:
    """Two years of the default organisation."""
    return {LIVED: Arm(base.with_({"weeks": WEEKS}), read=read)}


def weighs_more(worlds: Worlds, outcome: str, one: str, other: str) -> Numbers:
    """Correlation of one kind with the outcome less that of the other."""
    return worlds.figure(LIVED, f"{outcome} {one}") - worlds.figure(LIVED, f"{outcome} {other}")


def part(worlds: Worlds, outcome: str, one: str, other: str) -> Part:
    """That one kind weighs more than the other."""
    text = Said(f"{KINDS[one].en} less {KINDS[other].en}", f"{KINDS[one].nl} min {KINDS[other].nl}")
    return Part(text, mean_of(weighs_more(worlds, outcome, one, other)), low=0.0, strict=True)


def judge_order(worlds: Worlds) -> list[Part]:
    """Distributive before interactional before procedural."""
    return [
        part(worlds, "recovery", "distributive", "interactional"),
        part(worlds, "recovery", "interactional", "procedural"),
    ]


def judge_channels(worlds: Worlds) -> list[Part]:
    """Which weighs more in the recovery itself and in the whole."""
    return [
        part(worlds, "recovery", "distributive", "interactional"),
        part(worlds, "cumulative", "interactional", "distributive"),
    ]


def draw_order(worlds: Worlds) -> Panel:
    """Correlations with satisfaction with the recovery."""
    rows = {(said.en, said.nl): mean_of(worlds.figure(LIVED, f"recovery {kind}")) for kind, said in KINDS.items()}
    return Dots(("Correlation with satisfaction with recovery", "Correlatie met tevredenheid over herstel"), rows)


def draw_channels(worlds: Worlds) -> Panel:
    """Correlations with the change of cumulative satisfaction."""
    rows = {(said.en, said.nl): mean_of(worlds.figure(LIVED, f"cumulative {kind}")) for kind, said in KINDS.items()}
    return Dots(
        ("Correlation with the change of overall satisfaction", "Correlatie met de verandering van tevredenheid"), rows
    )


ORDER: Final = Pattern(
    id="R7",
    claim=Said(
        "Of the three kinds of justice the distributive weighs most in a recovery, then how one is treated, then "
        "procedure.",
        "Van de drie soorten rechtvaardigheid weegt de verdelende het meest in herstel, dan bejegening, dan procedure.",
    ),
    grade="A",
    sources=(Source("R7 Orsingher et al. 2010", "V", Said("60 studies", "60 studies")),),
    criterion=Said(
        "Over all recoveries in two years of the default organisation, satisfaction with the recovery correlates more "
        "with distributive than with interactional justice, and more with that than with procedural justice.",
        "Over alle herstel in twee jaar van de standaardorganisatie correleert tevredenheid over herstel sterker met "
        "verdelende rechtvaardigheid dan met bejegening, en daarmee sterker dan met procedure.",
    ),
    note=Said(
        "Not held out: the weights of the rule follow this order.",
        "Niet apart gehouden: de gewichten van de regel volgen deze volgorde.",
    ),
    listed=False,
    arms=arms,
    judge=judge_order,
    draw=draw_order,
)

CHANNELS: Final = Pattern(
    id="R8",
    claim=Said(
        "Satisfaction with a recovery leans on what one got, cumulative satisfaction slightly more on how one was "
        "treated.",
        "Tevredenheid over herstel leunt op wat men kreeg, tevredenheid als geheel iets meer op hoe men werd bejegend.",
    ),
    grade="A",
    sources=(Source("R8 Gelbrich & Roschk 2011", "V", Said("meta-analysis", "meta-analyse")),),
    criterion=Said(
        "Over the same recoveries, distributive justice correlates more than interactional with satisfaction with the "
        "recovery, and less with the change of cumulative satisfaction, severity taken out.",
        "Over hetzelfde herstel correleert verdelende rechtvaardigheid sterker dan bejegening met tevredenheid over "
        "herstel, en zwakker met de verandering van tevredenheid als geheel, zonder de invloed van ernst.",
    ),
    why_red=Said(
        "The rules weigh the three kinds of justice alike in both channels.",
        "De regels wegen de drie soorten rechtvaardigheid in beide kanalen gelijk.",
    ),
    listed=False,
    held_out=True,
    arms=arms,
    judge=judge_channels,
    draw=draw_channels,
)
