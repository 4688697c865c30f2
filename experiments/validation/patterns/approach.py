"""Pattern 16: change from above dips and relapses, from below is slow, and both together live most."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from agents.blocks import BLOCKS
from experiments.validation.pattern import Arm, Numbers, Pattern, Weeks, Worlds
from results.validation.estimates import mean_of, ratio_of
from results.validation.findings import Part, Said, Source
from results.validation.panels import Courses, Panel
from scenarios.scenario import Scenario

EFFORT: Final = 0.33
PROGRAMME: Final = 52
LIVED: Final = 156
NOTHING, TOP, BOTTOM, BOTH = "nothing", "top_down", "bottom_up", "combined"
DIP: Final[Weeks] = (4, 16)
WINDOW: Final = 4
"""Weeks over which the deepest dip is averaged."""

END: Final[Weeks] = (49, 52)
LATER: Final[Weeks] = (LIVED - 12, LIVED)
HALFWAY: Final[Weeks] = (26, 26)
NAMES: Final = {
    NOTHING: Said("nothing done", "niets gedaan"),
    TOP: Said("top-down", "van bovenaf"),
    BOTTOM: Said("bottom-up", "van onderop"),
    BOTH: Said("combined", "gecombineerd"),
}


def arms(base: Scenario) -> Mapping[str, Arm]:
    """A year of equal effort on all nine blocks by each approach, and nothing done."""
    usual = base.with_({"weeks": LIVED})
    work = {"start": 1, "weeks": PROGRAMME, "effort": EFFORT, "upkeep": 1.0}
    return {
        NOTHING: Arm(usual),
        **{
            approach: Arm(
                usual.with_({"interventions": [{"block": block, **work, "approach": approach} for block in BLOCKS]})
            )
            for approach in (TOP, BOTTOM, BOTH)
        },
    }


def deepest_dip(worlds: Worlds, approach: str) -> Numbers:
    """Engagement below that without change in the worst four weeks of weeks 4 to 16, a positive number."""
    below = worlds.course(NOTHING, "engagement") - worlds.course(approach, "engagement")
    mean = below.mean(axis=0)
    starts = range(DIP[0], DIP[1] - WINDOW + 2)
    worst = max(starts, key=lambda week: mean[week - 1 : week - 1 + WINDOW].mean())
    return np.asarray(below[:, worst - 1 : worst - 1 + WINDOW].mean(axis=1))


def over_blocks(worlds: Worlds, approach: str, kind: str, weeks: Weeks) -> Numbers:
    """Mean designed or lived maturity of the nine blocks."""
    return np.asarray(np.mean([worlds.mean(approach, f"{kind}_{block}", weeks) for block in BLOCKS], axis=0))


def judge(worlds: Worlds) -> list[Part]:
    """Dips, adoption, relapse, pace of design, and what lives at the end."""
    lived = {approach: over_blocks(worlds, approach, "lived", LATER) for approach in (TOP, BOTTOM, BOTH)}
    second = max((TOP, BOTTOM), key=lambda approach: float(lived[approach].mean()))
    adopted = worlds.mean(TOP, "adoption", END)
    slower = over_blocks(worlds, BOTTOM, "designed", HALFWAY) - over_blocks(worlds, TOP, "designed", HALFWAY)
    return [
        Part(
            Said("top-down: deepest engagement dip, weeks 4-16", "van bovenaf: diepste dip in bevlogenheid, week 4-16"),
            mean_of(deepest_dip(worlds, TOP)),
            low=0.05,
            decimals=3,
        ),
        Part(
            Said("top-down: adopted at the end of the programme", "van bovenaf: meedoen aan het eind"),
            mean_of(adopted),
            low=0.10,
            high=0.90,
            form="percent",
            decimals=0,
        ),
        Part(
            Said("top-down: adoption two years later less then", "van bovenaf: meedoen twee jaar later min toen"),
            mean_of(worlds.mean(TOP, "adoption", LATER) - adopted),
            high=0.0,
            strict=True,
            form="points",
            decimals=0,
        ),
        Part(
            Said("bottom-up: its dip less the top-down one", "van onderop: dip min die van bovenaf"),
            mean_of(deepest_dip(worlds, BOTTOM) - deepest_dip(worlds, TOP)),
            high=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said("bottom-up: design halfway less top-down's", "van onderop: ontwerp halverwege min dat van bovenaf"),
            mean_of(slower),
            high=0.0,
            strict=True,
            decimals=3,
        ),
        Part(
            Said("combined: lived maturity over the next best", "gecombineerd: geleefde volwassenheid over de tweede"),
            ratio_of(lived[BOTH], lived[second]),
            low=1.05,
            high=1.20,
            decimals=3,
        ),
    ]


def draw(worlds: Worlds) -> Panel:
    """Engagement over the first two years."""
    lines = {(said.en, said.nl): worlds.course(arm, "engagement")[:, :104] for arm, said in NAMES.items()}
    return Courses(("Engagement", "Bevlogenheid"), lines, windows=[DIP])


PATTERN: Final = Pattern(
    id="16",
    claim=Said(
        "Change from above dips and relapses, from below it is slower but gentler, and both together live most.",
        "Verandering van bovenaf kost eerst en valt terug, van onderop gaat langzamer en zachter, en samen leeft het "
        "meest.",
    ),
    grade="S",
    sources=(
        Source("D1, D2 McKinsey surveys", "V", Said("self-report, modest support", "zelfrapportage, bescheiden steun")),
        Source("D4 Beer & Nohria 2000", "V", Said("an argument", "een betoog")),
        Source("000, 004", "S", Said("texts about the model", "teksten over het model")),
    ),
    criterion=Said(
        "A year of equal effort (.33 on each of the nine blocks) by each approach. Top-down: engagement at least .05 "
        "below the world without change in the worst four of weeks 4-16, 10 to 90% have adopted when it ends, and "
        "fewer two years later. Bottom-up: a smaller dip, and less designed after half a year. Combined: lived "
        "maturity of the nine, two years after the end, 5 to 20% above the next best.",
        "Een jaar gelijke inspanning (,33 op elk van de negen bouwstenen) volgens elke aanpak. Van bovenaf: "
        "bevlogenheid minstens ,05 onder de wereld zonder verandering in de slechtste vier van week 4-16, 10 tot 90% "
        "doet mee als het eindigt, en minder twee jaar later. Van onderop: een kleinere dip, en minder ontworpen na "
        "een half jaar. Gecombineerd: geleefde volwassenheid van de negen, twee jaar na het einde, 5 tot 20% boven de "
        "tweede.",
    ),
    arms=arms,
    judge=judge,
    draw=draw,
)
