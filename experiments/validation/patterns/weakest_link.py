"""Pattern 15: one weak block costs a good part of what all nine bring."""

from collections.abc import Mapping
from math import inf
from typing import Final

from agents.blocks import BLOCKS
from experiments.validation.organisations import block_name, levels
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Dots, Panel
from scenarios.scenario import Scenario

LOW, HIGH, WEAK = 0.40, 0.80, 0.20
LATER: Final[Weeks] = (53, 104)
USUAL, ALL = "usual", "all"
LEAST: Final = 0.15


def arms(base: Scenario) -> Mapping[str, Arm]:
    """All nine strong, and all but one."""
    usual = base.with_({"weeks": LATER[1]})
    return {
        USUAL: Arm(usual.with_(levels(LOW))),
        ALL: Arm(usual.with_(levels(HIGH))),
        **{block: Arm(usual.with_({**levels(HIGH), **levels(WEAK, block)})) for block in BLOCKS},
    }


def lost(worlds: Worlds, block: str) -> Numbers:
    """NPS that one weak block costs."""
    return worlds.change(ALL, block, "nps", LATER)


def judge(worlds: Worlds) -> list[Part]:
    """What each block costs as a share of the whole gain."""
    whole = worlds.change(ALL, USUAL, "nps", LATER)
    return [
        Part(block_name(block), ratio_of(lost(worlds, block), whole), low=LEAST, form="percent", decimals=0)
        for block in BLOCKS
    ]


def draw(worlds: Worlds) -> Panel:
    """The share that each block costs."""
    whole = worlds.change(ALL, USUAL, "nps", LATER)
    names = {block: block_name(block) for block in BLOCKS}
    rows = {(name.en, name.nl): ratio_of(lost(worlds, block), whole) for block, name in names.items()}
    return Dots(
        (
            "Share of the gain in NPS that one weak block costs",
            "Deel van de winst in NPS dat één zwakke bouwsteen kost",
        ),
        rows,
        dict.fromkeys(rows, (LEAST, inf)),
        percent=True,
    )


PATTERN: Final = Pattern(
    id="15",
    claim=Said(
        "One weak block costs a good part of what all nine bring.",
        "Eén zwakke bouwsteen kost een flink deel van wat alle negen brengen.",
    ),
    grade="S",
    sources=(Source("001, 002", "S", Said("all nine are needed", "alle negen zijn nodig")),),
    criterion=Said(
        "In NPS of the second year, dropping any one block from .80 to .20 costs at least 15% of what all nine at .80 "
        "bring beyond all nine at .40; each of the nine is judged.",
        "In NPS van het tweede jaar kost één bouwsteen die van ,80 naar ,20 zakt minstens 15% van wat alle negen op "
        ",80 brengen boven alle negen op ,40; elk van de negen wordt beoordeeld.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)
